# Correct: a thread for each client, made by socketserver.
# It must hold every scenario of tcp-echo.
import socketserver
import sys


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            while data := self.request.recv(65536):
                self.request.sendall(data)
        except OSError as e:
            print(self.client_address, e)


class EchoServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128
    disable_nagle_algorithm = True


with EchoServer(("127.0.0.1", int(sys.argv[1])), Echo) as server:
    server.serve_forever()
