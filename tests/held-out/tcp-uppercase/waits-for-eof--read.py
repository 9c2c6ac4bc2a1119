# Wrong: read() without a size reads until the client has ended, and only then is anything answered.
# Where: line 9.
import asyncio
import sys


async def shout(reader, writer):
    try:
        data = await reader.read()
        writer.write(data.upper())
        await writer.drain()
    except ConnectionError:
        print("client lost")
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(shout, "127.0.0.1", int(sys.argv[1]), backlog=128)
    await server.serve_forever()


asyncio.run(main())
