# Wrong: the answer is sent in pieces of 512 bytes.
# Where: line 13.
import socket
import sys

CHUNK = 512

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(("127.0.0.1", int(sys.argv[1])))
while True:
    data, addr = sock.recvfrom(65536)
    answer = data.upper()
    for start in range(0, max(len(answer), 1), CHUNK):
        sock.sendto(answer[start : start + CHUNK], addr)
