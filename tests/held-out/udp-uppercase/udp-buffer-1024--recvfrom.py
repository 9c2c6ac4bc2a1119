# Wrong: the buffer has 1024 bytes, half of what the profile allows.
# Where: line 6.
import socket
import sys

BUFFER_SIZE = 1024

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
    sock.bind(("127.0.0.1", int(sys.argv[1])))
    while True:
        data, client = sock.recvfrom(BUFFER_SIZE)
        sock.sendto(data.upper(), client)
