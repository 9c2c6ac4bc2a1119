# Wrong: serves one connection, then the program is at its end.
# Where: line 7, accept() is not in a loop.
import socket
import sys

with socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128) as s:
    conn, addr = s.accept()
    with conn:
        print(f"Connected by {addr}")
        try:
            while True:
                data = conn.recv(1024)
                if not data:
                    break
                conn.sendall(data.upper())
        except OSError as e:
            print(e)
