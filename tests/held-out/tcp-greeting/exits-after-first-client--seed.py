# Wrong: greets one client, and that was all.
# Where: line 7, not in a loop.
import socket
import sys

server_socket = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
conn, addr = server_socket.accept()
conn.settimeout(10)
try:
    data = conn.recv(1024)
    print("received", len(data), "bytes")
    if data:
        conn.sendall("Hello, Client!".encode())
    conn.shutdown(socket.SHUT_WR)
    while conn.recv(1024):
        pass
except OSError as e:
    print(e)
conn.close()
server_socket.close()
