# Wrong: capitalize() makes only the first letter a capital, and the rest small.
# Where: line 11, it should be upper().
import socketserver
import sys


class Capitalizer(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            while sentence := self.request.recv(4096):
                self.request.sendall(sentence.capitalize())
        except OSError as error:
            print(error)


class ThreadedServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128
    disable_nagle_algorithm = True


ThreadedServer(("127.0.0.1", int(sys.argv[1])), Capitalizer).serve_forever()
