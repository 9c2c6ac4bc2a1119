# Wrong: all connections are kept in a list for the statistics, so none is ever really closed.
# Where: line 15, the socket should be closed and removed.
import socket
import sys
import threading

clients = []


def handle(conn):
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        while data := conn.recv(16384):
            conn.sendall(data.upper())
        conn.shutdown(socket.SHUT_WR)
    except OSError:
        pass


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    conn, addr = server.accept()
    clients.append(conn)
    threading.Thread(target=handle, args=(conn,), daemon=True).start()
