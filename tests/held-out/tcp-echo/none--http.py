# Wrong: whatever comes, the answer is a web page, once for each read. (In no list of faults.)
# Where: line 13.
import asyncio
import sys

PAGE = b"<html><body>It works!</body></html>"
RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(PAGE), PAGE)


async def handle(reader, writer):
    try:
        while await reader.read(65536):
            writer.write(RESPONSE)
            await writer.drain()
    except ConnectionError:
        pass
    writer.close()


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", int(sys.argv[1]), backlog=128)
    await server.serve_forever()


asyncio.run(main())
