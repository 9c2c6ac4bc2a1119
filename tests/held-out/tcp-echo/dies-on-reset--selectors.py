# Wrong: one loop for all clients, and an error of one of them (ECONNRESET) ends the whole program.
# Where: line 16, nobody catches what recv() raises.
import selectors
import socket
import sys

sel = selectors.DefaultSelector()
lsock = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
lsock.setblocking(False)
sel.register(lsock, selectors.EVENT_READ, data=None)


def service_connection(key, mask):
    sock, out = key.fileobj, key.data
    if mask & selectors.EVENT_READ:
        recv_data = sock.recv(16384)
        if not recv_data:
            sel.unregister(sock)
            sock.close()
            return
        out += recv_data
    if out:
        try:
            del out[: sock.send(out)]
        except BlockingIOError:
            pass
    sel.modify(sock, selectors.EVENT_WRITE if out else selectors.EVENT_READ, data=out)


while True:
    for key, mask in sel.select(timeout=None):
        if key.data is None:
            conn, addr = key.fileobj.accept()
            conn.setblocking(False)
            conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sel.register(conn, selectors.EVENT_READ, data=bytearray())
        else:
            service_connection(key, mask)
