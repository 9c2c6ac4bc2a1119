# Wrong: an empty read is taken for "nothing yet", so the thread of a client that left runs for ever.
# Where: line 14, it should be break.
import socket
import sys
import threading


def echo(conn):
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    while True:
        try:
            msg = conn.recv(1024)
            if not msg:
                continue
            conn.sendall(msg)
        except OSError:
            conn.close()
            return


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    conn, addr = server.accept()
    threading.Thread(target=echo, args=(conn,), daemon=True).start()
