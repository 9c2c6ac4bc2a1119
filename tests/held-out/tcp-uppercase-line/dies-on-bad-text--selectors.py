# Wrong: decodes each line without catching UnicodeDecodeError: a line that is no UTF-8 ends the program.
# Where: line 24.
import selectors
import socket
import sys

sel = selectors.DefaultSelector()
server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
sel.register(server, selectors.EVENT_READ)


class Client:
    def __init__(self, sock):
        self.sock, self.input, self.output, self.ended = sock, b"", b"", False

    def ready(self):
        if self.output:
            self.output = self.output[self.sock.send(self.output):]
        else:
            data = self.sock.recv(4096)
            self.ended = not data
            *lines, self.input = (self.input + data).split(b"\n")
            for line in lines:
                self.output += (line.decode() + "\n").upper().encode()
        if self.ended and not self.output:
            raise ConnectionError("done")
        sel.modify(self.sock, selectors.EVENT_WRITE if self.output else selectors.EVENT_READ, self)


while True:
    for key, _ in sel.select():
        if key.data is None:
            conn, _ = server.accept()
            conn.setblocking(False)
            conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sel.register(conn, selectors.EVENT_READ, Client(conn))
            continue
        try:
            key.data.ready()
        except BlockingIOError:
            pass
        except OSError:
            sel.unregister(key.fileobj)
            key.fileobj.close()
