# Wrong: the answer is sent twice (the debugging line was left in).
# Where: line 14.
import socket
import sys
import threading


def serve(sock):
    try:
        sock.settimeout(10)
        request = sock.recv(1024)
        if request:
            reply = request.upper()
            sock.send(reply)
            sock.sendall(reply)
        sock.shutdown(socket.SHUT_WR)
        while sock.recv(1024):
            pass
    except OSError:
        pass
    sock.close()


listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    sock, addr = listener.accept()
    threading.Thread(target=serve, args=[sock], daemon=True).start()
