# Wrong: allow_reuse_address stays False, so after a stop the port is taken for a minute.
# Where: line 16, the class attribute is missing.
import socketserver
import sys


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            while data := self.request.recv(4096):
                self.request.sendall(data)
        except OSError as e:
            print(self.client_address, e)


class Server(socketserver.ThreadingTCPServer):
    request_queue_size = 128
    daemon_threads = True
    disable_nagle_algorithm = True


Server(("127.0.0.1", int(sys.argv[1])), Echo).serve_forever()
