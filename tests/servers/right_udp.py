"""A correct UDP server:  right_udp.py echo|uppercase|greeting PORT"""

import socket
import sys

REPLIES = {"echo": bytes, "uppercase": bytes.upper, "greeting": lambda data: b"Hello, UDP Client!"}

reply = REPLIES[sys.argv[1]]
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", int(sys.argv[2])))
while True:
    try:
        data, client = server.recvfrom(65535)
        server.sendto(reply(data), client)
    except OSError:
        pass  # a client that is gone
