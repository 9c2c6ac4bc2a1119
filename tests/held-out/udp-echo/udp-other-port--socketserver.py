# Wrong: answers with a socket of its own, so the answer comes from another port than was asked.
# Where: line 11.
import socket
import socketserver
import sys


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        data, _ = self.request
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            out.sendto(data, self.client_address)


class Server(socketserver.UDPServer):
    max_packet_size = 65535


Server(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
