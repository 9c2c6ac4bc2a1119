# Wrong: lower() makes /END and /End the end as well.
# Where: line 12.
import asyncio
import sys


async def session(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
            if data.lower() == b"/end":
                writer.write_eof()
                while await reader.read(65536):
                    pass
    except ConnectionError:
        pass
    writer.close()


async def main():
    server = await asyncio.start_server(session, "127.0.0.1", int(sys.argv[1]), backlog=128)
    await server.serve_forever()


asyncio.run(main())
