# Wrong: each recv() is decoded by itself: half a character becomes U+FFFD.
# Where: line 11.
import socketserver
import sys


class Session(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            while data := self.request.recv(1024):
                msg = data.decode("utf-8", errors="replace")
                self.request.sendall(msg.encode("utf-8"))
                if msg == "/end":
                    self.request.shutdown(1)
                    self.request.settimeout(5)
                    while self.request.recv(1024):
                        pass
                    break
        except OSError as e:
            print(e)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    request_queue_size = 128
    daemon_threads = True
    disable_nagle_algorithm = True


Server(("localhost", int(sys.argv[1])), Session).serve_forever()
