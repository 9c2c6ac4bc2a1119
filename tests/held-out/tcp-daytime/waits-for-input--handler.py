# Wrong: the time comes only after the client has said something.
# Where: line 12.
import socket
import sys
import threading
import time


def handle(conn):
    with conn:
        try:
            conn.recv(1024)
            conn.sendall(time.strftime("%A, %B %d, %Y %H:%M:%S-%Z\r\n").encode())
            conn.shutdown(socket.SHUT_WR)
            conn.settimeout(5)
            while conn.recv(1024):
                pass
        except OSError:
            pass


s = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    conn, _ = s.accept()
    threading.Thread(target=handle, args=(conn,), daemon=True).start()
