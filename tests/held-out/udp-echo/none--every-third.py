# Wrong: every third datagram gets no answer. (In no list of faults.)
# Where: line 12.
import socket
import sys

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(("127.0.0.1", int(sys.argv[1])))
count = 0
while True:
    data, addr = sock.recvfrom(65535)
    count += 1
    if count % 3:
        sock.sendto(data, addr)
