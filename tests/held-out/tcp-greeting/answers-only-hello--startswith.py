# Wrong: greets only those who say hello; all others are let go without a word.
# Where: line 12.
import socket
import sys
import threading


def handle(conn):
    with conn:
        try:
            data = conn.recv(1024)
            if data.lower().startswith(b"hello"):
                conn.sendall(b"Hello, Client!")
            conn.shutdown(socket.SHUT_WR)
            conn.settimeout(5)
            while conn.recv(1024):
                pass
        except OSError as e:
            print(e)


s = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    conn, addr = s.accept()
    threading.Thread(target=handle, args=(conn,), daemon=True).start()
