# Wrong: the bytes of each read come back in sorted order. (In no list of faults.)
# Where: line 11.
import socketserver
import sys


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            while data := self.request.recv(8192):
                self.request.sendall(bytes(sorted(data)))
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128
    disable_nagle_algorithm = True


Server(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
