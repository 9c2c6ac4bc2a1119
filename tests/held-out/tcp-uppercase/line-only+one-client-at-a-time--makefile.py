# Wrong: answers by lines, and serves one client at a time.
# Where: lines 11 and 12.
import socket
import sys

server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    conn, addr = server.accept()
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        with conn, conn.makefile("rb") as reader:
            while line := reader.readline():
                conn.sendall(line.upper())
    except OSError as e:
        print(e)
