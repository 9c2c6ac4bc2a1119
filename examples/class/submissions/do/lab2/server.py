import socket
import threading


def serve(connection):
    try:
        with connection:
            while data := connection.recv(1024):
                connection.sendall(data.upper() + b"\n")
    except OSError:
        pass


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("", 12000))
listener.listen(100)
while True:
    client, _ = listener.accept()
    threading.Thread(target=serve, args=(client,), daemon=True).start()
