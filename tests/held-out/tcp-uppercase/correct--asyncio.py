# Correct: asyncio streams, with drain() for clients that read slowly.
# It must hold every scenario of tcp-uppercase.
import asyncio
import sys


async def handle(reader, writer):
    try:
        while data := await reader.read(32768):
            writer.write(data.upper())
            await writer.drain()
    except ConnectionError as e:
        print(e)
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", int(sys.argv[1]), backlog=128)
    async with server:
        await server.serve_forever()


asyncio.run(main())
