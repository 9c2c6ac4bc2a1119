# Wrong: there is a newline at the end of the greeting.
# Where: line 9.
import socketserver
import sys


class Greeting(socketserver.BaseRequestHandler):
    def handle(self):
        self.request[1].sendto(b"Hello, UDP Client!\n", self.client_address)


class Server(socketserver.ThreadingUDPServer):
    daemon_threads = True
    max_packet_size = 65535


Server(("127.0.0.1", int(sys.argv[1])), Greeting).serve_forever()
