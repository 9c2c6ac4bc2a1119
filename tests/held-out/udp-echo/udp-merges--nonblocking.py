# Wrong: all waiting datagrams are answered with one, in which they are joined.
# Where: line 16.
import socket
import sys
import time

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.1", int(sys.argv[1])))
s.setblocking(False)
while True:
    time.sleep(0.005)
    messages = {}
    try:
        while True:
            data, addr = s.recvfrom(65535)
            messages[addr] = messages.get(addr, b"") + data
    except BlockingIOError:
        pass
    for addr, data in messages.items():
        try:
            s.sendto(data, addr)
        except OSError as e:
            print(e)
