import socket

listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("", 12000))
listener.listen(100)
while True:
    client, address = listener.accept()
    try:
        while True:
            data = client.recv(4096)
            if not data:
                break
            client.sendall(data.upper())
    except OSError as error:
        print("client", address, error)
    client.close()
