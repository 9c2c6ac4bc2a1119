# Wrong: "in" finds /end anywhere in the message, and ends the session then too.
# Where: line 16, it should be ==.
import socket
import sys
import threading


def session(conn):
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        while True:
            msg = conn.recv(65536)
            if not msg:
                break
            conn.sendall(msg)
            if b"/end" in msg:
                conn.shutdown(socket.SHUT_WR)
                conn.settimeout(5)
                while conn.recv(65536):
                    pass
                break
    except OSError as e:
        print(e)
    conn.close()


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    conn, _ = server.accept()
    threading.Thread(target=session, args=(conn,), daemon=True).start()
