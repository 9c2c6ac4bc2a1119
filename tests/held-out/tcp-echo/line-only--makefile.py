# Wrong: reads with readline, so text without a newline is only answered when the client has ended.
# Where: line 12, the loop over the file object.
import socket
import sys
import threading


def handle(conn):
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        with conn, conn.makefile("rb") as infile:
            for line in infile:
                conn.sendall(line)
    except OSError as e:
        print("client error:", e)


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    conn, addr = server.accept()
    threading.Thread(target=handle, args=(conn,), daemon=True).start()
