# Wrong: println style: a newline is put after each answer.
# Where: line 19.
import os
import signal
import socket
import sys

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)


def child(conn):
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        while True:
            sentence = conn.recv(2048)
            if not sentence:
                return
            conn.sendall(b"%s\n" % sentence.upper())
    except OSError:
        return


while True:
    conn, addr = server.accept()
    if os.fork() == 0:
        server.close()
        child(conn)
        os._exit(0)
    conn.close()
