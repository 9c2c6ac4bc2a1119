# Wrong: a client that resets raises ConnectionResetError, which ends the server.
# Where: line 9, there is no except.
import socket
import sys

server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    client, address = server.accept()
    data = client.recv(1024)
    if data:
        client.sendall(b"Hello, Client!")
    try:
        client.shutdown(socket.SHUT_WR)
        client.settimeout(2)
        while client.recv(1024):
            pass
    except OSError:
        pass
    client.close()
