# A correct tcp-echo server in Python:  sockspec check tcp-echo -- python3 echo.py {port}
import socket
import sys
import threading


def serve(client):
    with client:  # closes, whatever happens
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # short answers at once
        try:
            while data := client.recv(65536):  # bytes, as many as have come; b"" is the end
                client.sendall(data)  # all of them; send() may take fewer
        except OSError:
            pass  # this client is gone; the others are not


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    client, _ = server.accept()
    threading.Thread(target=serve, args=(client,), daemon=True).start()
