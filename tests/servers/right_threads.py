"""A correct TCP server with a thread per client:  right_threads.py echo|uppercase|uppercase-once PORT"""

import socket
import sys
import threading

TRANSFORMS = {"echo": bytes, "uppercase": bytes.upper, "uppercase-once": bytes.upper}


def serve(connection, kind):
    with connection:
        try:
            while data := connection.recv(65536):
                connection.sendall(TRANSFORMS[kind](data))
                if kind == "uppercase-once":
                    connection.shutdown(socket.SHUT_WR)
                    while connection.recv(65536):  # what was not read would turn the end into a reset
                        pass
        except OSError:
            pass  # this client is gone; the others are not


def main(kind, port):
    with socket.create_server(("127.0.0.1", port), backlog=128) as listener:
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection, kind), daemon=True).start()


main(sys.argv[1], int(sys.argv[2]))
