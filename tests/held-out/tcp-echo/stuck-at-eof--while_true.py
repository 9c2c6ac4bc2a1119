# Wrong: one client at a time, and nobody asks whether recv() returned anything: the second client waits for ever.
# Where: line 18, b"" is sent back like a message.
import socket
import sys

HOST, PORT = "127.0.0.1", int(sys.argv[1])

server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((HOST, PORT))
server.listen(128)
while True:
    client, address = server.accept()
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        while True:
            data = client.recv(1024)
            client.sendall(data)
    except OSError as error:
        print(address, error)
        client.close()
