# Wrong: the sockets do not block, and what send() did not take is lost.
# Where: line 21, the result of send() is ignored.
import selectors
import socket
import sys

sel = selectors.DefaultSelector()


def accept(sock):
    conn, addr = sock.accept()
    conn.setblocking(False)
    conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sel.register(conn, selectors.EVENT_READ, read)


def read(conn):
    try:
        data = conn.recv(65536)
        if data:
            conn.send(data)
            return
    except BlockingIOError:
        return
    except OSError as e:
        print("error:", e)
    sel.unregister(conn)
    conn.close()


sock = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
sock.setblocking(False)
sel.register(sock, selectors.EVENT_READ, accept)
while True:
    for key, mask in sel.select():
        key.data(key.fileobj)
