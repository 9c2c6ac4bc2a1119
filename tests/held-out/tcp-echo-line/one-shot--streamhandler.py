# Wrong: handle() answers one line and returns, which closes the connection.
# Where: line 12, there is no loop.
import socketserver
import sys


class LineHandler(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self):
        try:
            line = self.rfile.readline()
            if line.endswith(b"\n"):
                self.wfile.write(line)
            self.request.shutdown(1)
            while self.rfile.read1(4096):
                pass
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    request_queue_size = 128
    daemon_threads = True


Server(("127.0.0.1", int(sys.argv[1])), LineHandler).serve_forever()
