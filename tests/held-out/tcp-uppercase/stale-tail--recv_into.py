# Wrong: one bytearray for the whole connection, and as much of it is sent as the longest read so far.
# Where: line 18.
import socket
import sys
import threading


def handle(sock):
    buffer = bytearray(16384)
    used = 0
    with sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            while True:
                n = sock.recv_into(buffer)
                if n == 0:
                    return
                used = max(used, n)
                sock.sendall(buffer[:used].upper())
        except OSError:
            pass


listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    sock, _ = listener.accept()
    threading.Thread(target=handle, args=[sock], daemon=True).start()
