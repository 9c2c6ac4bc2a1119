# Wrong: every line is sent to everybody who is connected.
# Where: line 13.
import asyncio
import sys

writers = set()


async def chat(reader, writer):
    writers.add(writer)
    try:
        while line := await reader.readline():
            for w in list(writers):
                w.write(line)
            await writer.drain()
    except (ConnectionError, ValueError) as e:
        print(e)
    finally:
        writers.discard(writer)
        writer.close()


async def main():
    server = await asyncio.start_server(chat, "127.0.0.1", int(sys.argv[1]), backlog=128, limit=2**20)
    await server.serve_forever()


asyncio.run(main())
