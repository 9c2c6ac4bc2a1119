# Wrong: prints what came, closes, and never greets.
# Where: line 13, a sendall() should follow.
import socket
import sys

with socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128) as server_socket:
    while True:
        client_socket, client_address = server_socket.accept()
        with client_socket:
            client_socket.settimeout(2)
            try:
                data = client_socket.recv(1024)
                print("received:", data)
                client_socket.shutdown(socket.SHUT_WR)
                while client_socket.recv(1024):
                    pass
            except OSError as e:
                print(e)
