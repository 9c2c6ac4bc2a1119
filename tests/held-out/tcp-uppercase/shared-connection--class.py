# Wrong: every thread uses self.conn of the one server object, which is the connection that came last.
# Where: line 14, the connection should be an argument of the thread.
import socket
import sys
import threading


class Server:
    def __init__(self, port):
        self.sock = socket.create_server(("127.0.0.1", port), backlog=128)

    def run(self):
        while True:
            self.conn, self.addr = self.sock.accept()
            self.conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        print("new client", self.addr)
        try:
            while True:
                text = self.conn.recv(1024)
                if not text:
                    break
                self.conn.sendall(text.upper())
        except OSError as error:
            print(error)
        self.conn.close()


Server(int(sys.argv[1])).run()
