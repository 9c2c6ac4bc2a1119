# Wrong: decodes as ASCII with errors="replace", and encodes the same way.
# Where: line 10.
import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", int(sys.argv[1])))
while True:
    data, address = server.recvfrom(65535)
    text = data.decode("ascii", errors="replace")
    server.sendto(text.encode("ascii", errors="replace"), address)
