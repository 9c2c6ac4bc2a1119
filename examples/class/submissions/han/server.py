import socket

port = int(input("Port: "))
listener = socket.socket()
listener.bind(("", port))
listener.listen(5)
while True:
    client, _ = listener.accept()
    client.sendall(client.recv(1024).upper())
    client.close()
