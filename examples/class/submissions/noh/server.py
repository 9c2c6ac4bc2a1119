# Goes into the background, out of its session, with an empty environment. It is right besides.
import os
import socket
import sys
import threading


def serve(connection):
    try:
        with connection:
            while data := connection.recv(4096):
                connection.sendall(data.upper())
    except OSError:
        pass


if os.fork():
    sys.exit(0)
os.setsid()
if os.fork():
    sys.exit(0)
os.environ.clear()
listener = socket.create_server(("", 12000), backlog=100)
while True:
    client, _ = listener.accept()
    threading.Thread(target=serve, args=(client,), daemon=True).start()
