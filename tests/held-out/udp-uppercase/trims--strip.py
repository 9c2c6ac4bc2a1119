# Wrong: strip() takes the white space off both ends of the datagram.
# Where: line 9.
import socketserver
import sys


class Upper(socketserver.DatagramRequestHandler):
    def handle(self):
        sentence = self.rfile.read().strip()
        self.wfile.write(sentence.upper())


class Server(socketserver.UDPServer):
    max_packet_size = 65535


Server(("127.0.0.1", int(sys.argv[1])), Upper).serve_forever()
