# Wrong: waits a quarter of a second before each answer ("to simulate work").
# Where: line 10.
import asyncio
import sys


async def handle(reader, writer):
    try:
        while data := await reader.read(65536):
            await asyncio.sleep(0.25)
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    writer.close()


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", int(sys.argv[1]), backlog=128)
    await server.serve_forever()


asyncio.run(main())
