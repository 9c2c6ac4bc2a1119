"""An echo server that does not set SO_REUSEADDR:  without_reuseaddr.py PORT

When it has ended with clients connected, its port is not free for a minute.
"""

import socket
import sys
import threading


def serve(connection):
    with connection:
        try:
            while data := connection.recv(65536):
                connection.sendall(data)
        except OSError:
            pass


with socket.socket() as listener:
    try:
        listener.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError as error:
        sys.exit(f"cannot bind: {error.strerror}")
    listener.listen(128)
    while True:
        threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
