# Wrong: the greeting is printed, and print() adds a newline.
# Where: line 12.
import socketserver
import sys


class Greeter(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            if self.request.recv(1024):
                with self.request.makefile("w") as out:
                    print("Hello, Client!", file=out)
            self.request.shutdown(1)
            self.request.settimeout(5)
            while self.request.recv(1024):
                pass
        except OSError:
            pass


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer.daemon_threads = True
socketserver.ThreadingTCPServer.request_queue_size = 128
socketserver.ThreadingTCPServer(("127.0.0.1", int(sys.argv[1])), Greeter).serve_forever()
