# Wrong: answers with the number of bytes, not with the bytes. (In no list of faults.)
# Where: line 13.
import socket
import sys
import threading


def serve(conn):
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with conn:
        try:
            while text := conn.recv(4096):
                conn.sendall(b"%d\n" % len(text))
        except OSError:
            pass


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    conn, _ = server.accept()
    threading.Thread(target=serve, args=(conn,), daemon=True).start()
