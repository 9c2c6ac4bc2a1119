# Wrong: Unicode capitals for each read: a letter that is cut in two stays small.
# Where: line 15, the bytes of the half letter should wait for the next read.
import socket
import sys
import threading


def serve(conn):
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        while True:
            data = conn.recv(4096)
            if not data:
                break
            text = data.decode("utf-8", "surrogateescape")
            conn.sendall(text.upper().encode("utf-8", "surrogateescape"))
    except OSError as e:
        print(e)
    finally:
        conn.close()


listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    conn, peer = listener.accept()
    threading.Thread(target=serve, args=(conn,), daemon=True).start()
