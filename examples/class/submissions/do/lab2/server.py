import socket
import threading

clients = []


def serve(connection):
    clients.append(connection)
    while True:
        data = connection.recv(1024)
        if not data:
            break
        for client in clients:
            client.sendall(data.upper())


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("", 12000))
listener.listen(100)
while True:
    client, _ = listener.accept()
    threading.Thread(target=serve, args=(client,), daemon=True).start()
