# Wrong: sendall() on a socket that does not block raises BlockingIOError when the client reads slowly: the program ends.
# Where: line 28; line 29 catches only ConnectionError.
import selectors
import socket
import sys
import time

sel = selectors.DefaultSelector()


def accept(server):
    try:
        conn, addr = server.accept()
    except OSError as e:
        print("accept:", e, file=sys.stderr)
        time.sleep(0.01)
        return
    conn.setblocking(False)
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sel.register(conn, selectors.EVENT_READ, read)


def read(conn):
    try:
        data = receive(conn)
        if data is None:
            return
        conn.sendall(data)
    except ConnectionError as e:
        print("client:", e, file=sys.stderr)
        data = b""
    if not data:
        sel.unregister(conn)
        conn.close()


def receive(conn):
    try:
        return conn.recv(4096)
    except BlockingIOError:
        return None  # nothing there after all
    except TimeoutError:
        return b""


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
server.setblocking(False)
sel.register(server, selectors.EVENT_READ, accept)

while True:
    for key, mask in sel.select():
        key.data(key.fileobj)
