# Wrong: takes what one recv() returns for one line.
# Where: line 15: half a line is answered with a newline, and of several all are answered as one.
import socket
import sys
import threading


def handle(conn):
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        while True:
            data = conn.recv(4096)
            if not data:
                break
            line = data.replace(b"\n", b"")
            conn.sendall(line + b"\n")
    except OSError as e:
        print(e)
    conn.close()


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    conn, addr = server.accept()
    threading.Thread(target=handle, args=(conn,), daemon=True).start()
