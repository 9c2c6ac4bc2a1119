"""A correct TCP echo server with one event loop:  right_selectors.py PORT"""

import selectors
import socket
import sys

MOST_PENDING = 1 << 20  # bytes owed to one client, who is not read from while it does not read


class Client:
    def __init__(self, connection):
        self.connection = connection
        self.pending = bytearray()
        self.ended = False

    def wants(self):
        reads = not self.ended and len(self.pending) < MOST_PENDING
        return (selectors.EVENT_READ if reads else 0) | (selectors.EVENT_WRITE if self.pending else 0)

    def on_ready(self, events):
        if events & selectors.EVENT_READ:
            data = self.connection.recv(65536)
            self.ended = not data
            self.pending += data
        if events & selectors.EVENT_WRITE:
            del self.pending[:self.connection.send(self.pending)]


def main(port):
    selector = selectors.DefaultSelector()
    listener = socket.create_server(("127.0.0.1", port), backlog=128)
    listener.setblocking(False)
    selector.register(listener, selectors.EVENT_READ)

    def accept():
        connection, _ = listener.accept()
        connection.setblocking(False)
        selector.register(connection, selectors.EVENT_READ, Client(connection))

    def serve(client, events):
        try:
            client.on_ready(events)
        except BlockingIOError:
            return
        except OSError:
            client.ended = True
            client.pending.clear()
        if wanted := client.wants():
            selector.modify(client.connection, wanted, client)
        else:
            selector.unregister(client.connection)
            client.connection.close()

    while True:
        for key, events in selector.select():
            if key.fileobj is not listener:
                serve(key.data, events)
                continue
            try:
                accept()
            except OSError:
                pass  # it left before it was accepted


main(int(sys.argv[1]))
