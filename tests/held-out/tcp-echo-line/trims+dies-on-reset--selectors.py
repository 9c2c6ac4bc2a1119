# Wrong: each line is stripped, and an error of one client (ECONNRESET) ends the server.
# Where: lines 25 and 29 and 37.
import selectors
import socket
import sys

sel = selectors.DefaultSelector()
server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
sel.register(server, selectors.EVENT_READ)
state = {}  # socket -> [input, output]

while True:
    for key, _ in sel.select():
        sock = key.fileobj
        if sock is server:
            conn, _ = server.accept()
            conn.setblocking(False)
            conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            state[conn] = [b"", b""]
            sel.register(conn, selectors.EVENT_READ)
            continue
        buffers = state[sock]
        if buffers[1]:
            try:
                buffers[1] = buffers[1][sock.send(buffers[1]):]
            except BlockingIOError:
                continue
        else:
            data = sock.recv(4096)
            if not data:
                sel.unregister(sock)
                sock.close()
                del state[sock]
                continue
            *lines, buffers[0] = (buffers[0] + data).split(b"\n")
            for line in lines:
                buffers[1] += line.strip() + b"\n"
        sel.modify(sock, selectors.EVENT_WRITE if buffers[1] else selectors.EVENT_READ)
