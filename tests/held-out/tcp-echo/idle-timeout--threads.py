# Wrong: a client that is silent for one second is thrown out.
# Where: line 9.
import socket
import sys
import threading


def serve(conn):
    conn.settimeout(1)
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        while True:
            data = conn.recv(4096)
            if not data:
                break
            conn.sendall(data)
    except OSError as e:
        print("closing:", e)
    conn.close()


s = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    c, a = s.accept()
    threading.Thread(target=serve, args=(c,), daemon=True).start()
