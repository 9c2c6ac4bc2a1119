# Wrong: the answers of one turn are kept on a stack, so with two clients each gets the other's.
# Where: line 33, pop() takes the last one.
import select
import socket
import sys

server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
waiting = {}  # client -> bytes still to send
while True:
    idle = [c for c in waiting if not waiting[c]]
    busy = [c for c in waiting if waiting[c]]
    readable, writable, _ = select.select([server] + idle, busy, [])
    asked, answers = [], []
    for sock in readable + writable:
        try:
            if sock is server:
                conn, addr = server.accept()
                conn.setblocking(False)
                conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                waiting[conn] = b""
            elif waiting[sock]:
                waiting[sock] = waiting[sock][sock.send(waiting[sock]):]
            else:
                data = sock.recv(65536)
                if not data:
                    raise ConnectionError("client has left")
                asked.append(sock)
                answers.append(data.upper())
        except OSError:
            del waiting[sock]
            sock.close()
    for sock in asked:
        waiting[sock] = answers.pop()
