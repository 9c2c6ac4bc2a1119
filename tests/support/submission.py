"""What a student hands in, for the tests of sockspec grade."""

# A right echo server with the port in its code, and a thread for each client.
SERVER = """import socket, threading
listener = socket.create_server(("", 12000), backlog=100)
def serve(connection):
    try:
        with connection:
            while data := connection.recv(4096):
                connection.sendall(data)
    except OSError:
        pass
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
"""
