# Wrong: the client's first bytes are read as a line, and without a newline there is no greeting.
# Where: line 9.
import asyncio
import sys


async def greet(reader, writer):
    try:
        line = await reader.readline()
        if line:
            writer.write(b"Hello, Client!")
        writer.write_eof()
        while await reader.read(65536):
            pass
    except (ConnectionError, ValueError) as e:
        print(e)
    writer.close()


async def main():
    server = await asyncio.start_server(greet, "127.0.0.1", int(sys.argv[1]), backlog=128, limit=1 << 20)
    await server.serve_forever()


asyncio.run(main())
