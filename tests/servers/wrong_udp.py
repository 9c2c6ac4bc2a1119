"""UDP servers that are wrong in one way each:  wrong_udp.py FAULT PORT"""

import socket
import sys

fault, port = sys.argv[1], int(sys.argv[2])
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", port))
other = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
first_client = None

while True:
    data, client = server.recvfrom(1024 if fault == "truncates" else 65535)
    first_client = first_client or client
    if fault == "replies-twice":
        server.sendto(data, client)
    if fault == "stops-at-an-empty-datagram" and not data:
        sys.exit("no more input")
    if fault == "answers-the-first-client":
        client = first_client
    if fault == "adds-newline":
        data += b"\n"
    if fault == "silent":
        continue
    (other if fault == "replies-from-another-port" else server).sendto(data, client)
