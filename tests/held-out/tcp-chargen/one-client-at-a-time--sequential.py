# Wrong: a client that reads for ever keeps all the others waiting.
# Where: line 22, no thread.
import socket
import sys

CHARS = bytes(range(32, 127)) * 2


def generate(conn):
    i = 0
    with conn:
        try:
            while True:
                conn.sendall(CHARS[i : i + 72] + b"\r\n")
                i = (i + 1) % 95
        except OSError as e:
            print("client has left:", e)


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    generate(server.accept()[0])
