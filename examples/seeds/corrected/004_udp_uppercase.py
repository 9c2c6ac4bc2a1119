# Seed 004, UDP, corrected: holds every must and should of its profile. The port is the first argument.
#
#     sockspec check udp-uppercase -- python3 examples/seeds/corrected/004_udp_uppercase.py {port}
#
# Against the seed: text is uppercased where it is text and comes back as it is where it is not, so no
# datagram ends the server; no datagram is cut. It listens on 127.0.0.1, not on every address: bound to
# '' it would answer from the machine's first address, even when another one was asked.

from socket import AF_INET, SOCK_DGRAM, socket
import sys

serverPort = int(sys.argv[1]) if len(sys.argv) > 1 else 12000

serverSocket = socket(AF_INET, SOCK_DGRAM)
serverSocket.bind(('127.0.0.1', serverPort))
print('The server is ready to receive', flush=True)

while True:
    try:
        message, clientAddress = serverSocket.recvfrom(65535)
        # bytes.upper() changes a to z alone: nothing to decode, and the answer is as long as the
        # request, so it always fits into a datagram.
        serverSocket.sendto(message.upper(), clientAddress)
    except OSError as error:  # Windows reports here that an earlier client has gone
        print('client lost:', error, flush=True)
