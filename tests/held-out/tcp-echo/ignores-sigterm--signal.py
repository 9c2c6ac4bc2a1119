# Wrong: SIGTERM is ignored ("so that nobody can stop my server"); only SIGKILL ends it.
# Where: line 8.
import signal
import socket
import sys
import threading

signal.signal(signal.SIGTERM, signal.SIG_IGN)


def serve(conn):
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with conn:
        try:
            while data := conn.recv(65536):
                conn.sendall(data)
        except OSError:
            pass


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    conn, _ = server.accept()
    threading.Thread(target=serve, args=(conn,), daemon=True).start()
