# Goes into the background, out of its session, with an empty environment.
import os
import socket
import sys

if os.fork():
    sys.exit(0)
os.setsid()
if os.fork():
    sys.exit(0)
os.environ.clear()
listener = socket.create_server(("", 12000), backlog=100)
while True:
    client, _ = listener.accept()
    with client:
        while data := client.recv(4096):
            client.sendall(data.upper())
