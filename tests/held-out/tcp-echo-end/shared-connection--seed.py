# Wrong: self.conn is one for all threads; the next client's connection takes the place of the last.
# Where: line 32.
import socket
import sys
import threading


class EchoServer:
    def __init__(self, port):
        self.socket = socket.create_server(("localhost", port), backlog=128)
        self.conn = None
        self.old = []

    def talk(self):
        try:
            while True:
                msg = self.conn.recv(1024)
                if not msg:
                    break
                self.conn.sendall(msg)
                if msg == b"/end":
                    self.conn.shutdown(socket.SHUT_WR)
                    while self.conn.recv(1024):
                        pass
                    break
        except OSError as e:
            print(e)
        self.conn.close()

    def start(self):
        while True:
            self.conn, addr = self.socket.accept()
            self.conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.talk, daemon=True).start()


EchoServer(int(sys.argv[1])).start()
