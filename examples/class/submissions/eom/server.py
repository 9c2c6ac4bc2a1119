import socket
import threading


def serve(connection):
    while True:
        try:
            text = connection.recv(1024).decode()
        except UnicodeDecodeError:
            connection.sendall("please send text only\n".encode())
            continue
        except OSError:
            break
        if text == "":
            break
        print("from client:", text)
        try:
            connection.sendall(text.upper().encode())
        except OSError:
            break
    connection.close()


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("", 12000))
listener.listen(100)
while True:
    client, _ = listener.accept()
    threading.Thread(target=serve, args=(client,), daemon=True).start()
