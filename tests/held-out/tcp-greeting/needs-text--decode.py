# Wrong: prints what the client said as text; bytes that are not UTF-8 end the server.
# Where: line 12.
import socket
import sys

server = socket.create_server(("localhost", int(sys.argv[1])), backlog=128)
while True:
    client, address = server.accept()
    client.settimeout(2)
    try:
        data = client.recv(1024)
        print("from client:", data.decode("utf-8"))
        if data:
            client.sendall(b"Hello, Client!")
        client.shutdown(socket.SHUT_WR)
        while client.recv(1024):
            pass
    except OSError as e:
        print("error:", e)
    finally:
        client.close()
