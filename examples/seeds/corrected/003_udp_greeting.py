# Seed 003, UDP, corrected: holds every must and should of its profile. The port is the first argument.
#
#     sockspec check udp-greeting -- python3 examples/seeds/corrected/003_udp_greeting.py {port}
#
# Against the seed: bytes that are not UTF-8 are printed with replacement characters, not died of.

import socket
import sys

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 8888

server_socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server_socket.bind(('localhost', PORT))
print('ready on port', PORT, flush=True)
while True:
    try:
        data, address = server_socket.recvfrom(65535)
        print('received:', data.decode(errors='replace'), flush=True)
        server_socket.sendto('Hello, UDP Client!'.encode(), address)
    except OSError as error:  # Windows reports here that an earlier client has gone
        print('client lost:', error, flush=True)
