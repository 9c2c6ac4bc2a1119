# Wrong: sends the quote and leaves the connection open.
# Where: line 11, shutdown() is missing after it.
import socket
import sys
import threading


def quote(conn):
    with conn:
        try:
            conn.sendall(b"Be liberal in what you accept.\r\n")
            while conn.recv(1024):
                pass
        except OSError:
            pass


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    conn, _ = server.accept()
    threading.Thread(target=quote, args=(conn,), daemon=True).start()
