import socket
import threading


def serve(connection):
    while True:
        text = connection.recv(1024).decode()
        if text == "":
            break
        print("from client:", text)
        connection.sendall(text.upper().encode())
    connection.close()


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("", 12000))
listener.listen(100)
while True:
    client, _ = listener.accept()
    threading.Thread(target=serve, args=(client,), daemon=True).start()
