# Wrong: "network line endings": every newline without a CR before it gets one.
# Where: line 17, the substitution.
import re
import socket
import sys
import threading


def serve(conn):
    with conn:
        conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            while True:
                data = conn.recv(8192)
                if len(data) == 0:
                    break
                data = re.sub(rb"(?<!\r)\n", b"\r\n", data)
                conn.sendall(data)
        except OSError as err:
            print(err)


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    conn, addr = server.accept()
    threading.Thread(target=serve, args=(conn,), daemon=True).start()
