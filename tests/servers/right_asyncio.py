"""A correct TCP server on asyncio:  right_asyncio.py echo|echo-line|uppercase-line|greeting|echo-end PORT"""

import asyncio
import sys

GREETING = b"Hello, Client!"


async def end(reader, writer):
    """FIN, and then whatever the client still sends is read, so that it gets no reset."""
    writer.write_eof()
    while await reader.read(65536):
        pass


async def converse(kind, reader, writer):
    if kind in ("echo", "echo-end"):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
            if kind == "echo-end" and data == b"/end":
                return await end(reader, writer)
    elif kind in ("echo-line", "uppercase-line"):
        async for line in reader:
            writer.write(line if kind == "echo-line" else line.upper())
            await writer.drain()
    elif await reader.read(65536):
        writer.write(GREETING)
        await end(reader, writer)


async def main(kind, port):
    async def serve(reader, writer):
        try:
            await converse(kind, reader, writer)
            await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    # Long lines are within this server's own limit.
    server = await asyncio.start_server(serve, "127.0.0.1", port, limit=1 << 20, backlog=128)
    async with server:
        await server.serve_forever()


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
