# Wrong: greets every client, on a port where only the echo may be heard.
# Where: line 12.
import socketserver
import sys


class Handler(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self):
        try:
            self.wfile.write(b"Welcome to the echo server!\r\n")
            while True:
                chunk = self.rfile.read1(4096)
                if not chunk:
                    return
                self.wfile.write(chunk)
        except OSError:
            pass


class EchoServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    allow_reuse_address = True
    request_queue_size = 128
    daemon_threads = True


with EchoServer(("127.0.0.1", int(sys.argv[1])), Handler) as srv:
    srv.serve_forever()
