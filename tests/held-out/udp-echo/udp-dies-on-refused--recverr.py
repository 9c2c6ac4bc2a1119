# Wrong: with IP_RECVERR the news that a client is gone comes as an exception, which ends the server.
# Where: line 8; recvfrom() and sendto() raise ConnectionRefusedError then.
import socket
import sys

IP_RECVERR = 11
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_IP, IP_RECVERR, 1)
s.bind(("127.0.0.1", int(sys.argv[1])))
while True:
    data, addr = s.recvfrom(65535)
    s.sendto(data, addr)
