"""A correct UDP echo server that answers all it has read with one system call:  segmenting_udp.py PORT

The replies to one client leave as segments of one buffer (UDP_SEGMENT, Linux 4.18), which the kernel of
a client that asks for it (UDP_GRO) gives it as one.
"""

import socket
import struct
import sys

UDP_SEGMENT = 103  # linux/udp.h
MOST = 60          # of 64 that the kernel takes

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", int(sys.argv[1])))


def read_batch():
    """Datagrams of one client, in order; all of one size but the last, which may be shorter."""
    batch = [server.recvfrom(65535)]
    while len(batch) < MOST and len(batch[-1][0]) == len(batch[0][0]):
        try:
            data, client = server.recvfrom(65535, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            break
        if client != batch[0][1] or not 0 < len(data) <= len(batch[0][0]):
            break
        batch.append(server.recvfrom(65535))
    return [data for data, _ in batch], batch[0][1]


while True:
    try:
        replies, client = read_batch()
        size = struct.pack("H", len(replies[0]))
        segments = [(socket.SOL_UDP if hasattr(socket, "SOL_UDP") else 17, UDP_SEGMENT, size)] if len(replies) > 1 else []
        server.sendmsg([b"".join(replies)], segments, 0, client)
    except OSError:
        pass  # a client that is gone
