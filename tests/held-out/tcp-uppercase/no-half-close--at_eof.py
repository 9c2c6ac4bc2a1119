# Wrong: when the end has already arrived, the loop stops before the last bytes are answered.
# Where: line 12, at_eof() is asked before the answer.
import asyncio
import sys


async def handle_client(reader, writer):
    try:
        while True:
            data = await reader.read(65536)
            answer = await asyncio.to_thread(data.upper)  # long texts must not hold up the others
            if reader.at_eof():
                break
            writer.write(answer)
            await writer.drain()
    except ConnectionError as e:
        print("lost:", e)
    finally:
        writer.close()


async def run(port):
    server = await asyncio.start_server(handle_client, "127.0.0.1", port, backlog=128)
    await server.serve_forever()


asyncio.run(run(int(sys.argv[1])))
