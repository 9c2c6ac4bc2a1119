# Wrong: SO_REUSEPORT lets a second instance start on the same port without a word.
# Where: line 22.
import socket
import sys
import threading


def serve(conn):
    try:
        conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while True:
            data = conn.recv(2048)
            if not data:
                break
            conn.sendall(data)
    except OSError as e:
        print(e)
    finally:
        conn.close()


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128, reuse_port=True)
while True:
    conn, _ = server.accept()
    threading.Thread(target=serve, args=(conn,), daemon=True).start()
