# Wrong: reads up to 64 KiB, but answers only the first 1024 bytes of each read.
# Where: line 16, the slice.
import socketserver
import sys

BUFSIZE = 1024


class EchoHandler(socketserver.BaseRequestHandler):
    def handle(self):
        while True:
            try:
                data = self.request.recv(64 * 1024)
                if not data:
                    break
                self.request.sendall(data[:BUFSIZE])
            except OSError:
                break


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128
    disable_nagle_algorithm = True


Server(("127.0.0.1", int(sys.argv[1])), EchoHandler).serve_forever()
