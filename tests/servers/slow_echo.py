"""A correct TCP echo server that answers at most so many messages a second:  slow_echo.py RATE PORT"""

import socket
import sys
import threading
import time

interval = 1 / float(sys.argv[1])
turn = threading.Lock()
free_at = time.monotonic()


def serve(connection):
    global free_at
    with connection:
        while data := connection.recv(65536):
            with turn:
                free_at = max(free_at, time.monotonic()) + interval
                wait = free_at - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            connection.sendall(data)


listener = socket.create_server(("127.0.0.1", int(sys.argv[2])), backlog=128)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
