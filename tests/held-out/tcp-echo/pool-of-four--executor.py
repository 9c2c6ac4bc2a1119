# Wrong: a pool of four workers, each busy with one client as long as that one stays.
# Where: line 19.
import socket
import sys
from concurrent.futures import ThreadPoolExecutor


def work(conn):
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with conn:
        try:
            while data := conn.recv(4096):
                conn.sendall(data)
        except OSError:
            pass


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
with ThreadPoolExecutor(max_workers=4) as pool:
    while True:
        conn, address = server.accept()
        pool.submit(work, conn)
