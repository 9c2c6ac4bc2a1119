# Wrong: the parent never waits for its children: one zombie for each client that has left.
# Where: line 22, os.waitpid() is missing.
import os
import socket
import sys

server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    conn, addr = server.accept()
    pid = os.fork()
    if pid == 0:
        server.close()
        try:
            conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with conn.makefile("rb") as lines:
                for line in lines:
                    if line.endswith(b"\n"):
                        conn.sendall(line)
        except OSError as e:
            print(e)
        os._exit(0)
    conn.close()
