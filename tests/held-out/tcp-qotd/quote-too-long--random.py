# Wrong: a quote may have 512 bytes at most, and nobody looks at the length.
# Where: line 15, all verses are sent.
import asyncio
import sys

VERSES = [
    "The time has come, the Walrus said, to talk of many things:",
    "Of shoes - and ships - and sealing-wax - of cabbages - and kings -",
    "And why the sea is boiling hot - and whether pigs have wings.",
]


async def quote(reader, writer):
    try:
        writer.write("\r\n".join(VERSES * 5).encode())
        writer.write_eof()
        while await reader.read(4096):
            pass
    except OSError:
        pass
    writer.close()


async def main():
    server = await asyncio.start_server(quote, "127.0.0.1", int(sys.argv[1]), backlog=128)
    await server.serve_forever()


asyncio.run(main())
