# Seed 001, corrected: holds every must and should of its profile. The port is the first argument.
#
#     sockspec check tcp-echo-end -- python3 examples/seeds/corrected/001_echo_end.py {port}
#
# Against the seed: every thread has a connection of its own; the end of a client is seen and answered
# with an end; "/end" closes; nothing is decoded, so any bytes come back; silence is no error.
# TCP has no messages: as in the seed, a message is what one recv() returns.

import socket
import sys
import threading

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 3333


class Connection:
    def __init__(self, conn):
        self.conn = conn
        # Short answers go out at once, instead of waiting for the client's acknowledgement.
        conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def serve(self):
        try:
            while data := self.conn.recv(1024):
                self.conn.sendall(data)
                if data == b'/end':
                    self.drain()
                    break
        except OSError as error:
            print('client lost:', error, flush=True)
        finally:
            self.conn.close()

    def drain(self):
        """Ends our side and waits for the client's end: closing with unread input would reset."""
        self.conn.shutdown(socket.SHUT_WR)
        self.conn.settimeout(5)
        while self.conn.recv(65536):
            pass


server_socket = socket.create_server(('localhost', PORT), backlog=128)
print('ready on port', PORT, flush=True)
while True:
    conn, address = server_socket.accept()
    threading.Thread(target=Connection(conn).serve, daemon=True).start()
