# Wrong: one loop for all, and decode() raises for a text that is cut or is not UTF-8: the program ends.
# Where: line 21, nobody catches UnicodeDecodeError.
import selectors
import socket
import sys

sel = selectors.DefaultSelector()
server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
sel.register(server, selectors.EVENT_READ)
outgoing = {}


def serve(sock):
    if outgoing[sock]:
        sent = sock.send(outgoing[sock])
        outgoing[sock] = outgoing[sock][sent:]
    else:
        sentence = sock.recv(2048)
        if not sentence:
            raise ConnectionError("end")
        outgoing[sock] = sentence.decode().upper().encode()
    sel.modify(sock, selectors.EVENT_WRITE if outgoing[sock] else selectors.EVENT_READ)


while True:
    for key, _ in sel.select():
        sock = key.fileobj
        if sock is server:
            conn, _ = server.accept()
            conn.setblocking(False)
            conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            outgoing[conn] = b""
            sel.register(conn, selectors.EVENT_READ)
            continue
        try:
            serve(sock)
        except BlockingIOError:
            pass
        except OSError:
            sel.unregister(sock)
            del outgoing[sock]
            sock.close()
