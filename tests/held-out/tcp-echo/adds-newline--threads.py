# Wrong: puts a newline after each answer.
# Where: line 19.
import socket
import sys
import threading


class ClientThread(threading.Thread):
    def __init__(self, conn):
        super().__init__(daemon=True)
        self.conn = conn

    def run(self):
        try:
            while True:
                data = self.conn.recv(4096)
                if not data:
                    break
                self.conn.sendall(data + b"\n")
        except OSError:
            pass
        self.conn.close()


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", int(sys.argv[1])))
server.listen(128)
while True:
    conn, addr = server.accept()
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    ClientThread(conn).start()
