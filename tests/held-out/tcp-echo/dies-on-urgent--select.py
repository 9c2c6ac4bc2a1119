# Wrong: the third list of select() is urgent data, no error; here one urgent byte ends the server.
# Where: line 14.
import select
import socket
import sys

server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
out = {}
while True:
    idle = [c for c in out if not out[c]]
    busy = [c for c in out if out[c]]
    readable, writable, failed = select.select([server] + idle, busy, list(out))
    if failed:
        sys.exit("select: error on a socket")
    for s in readable + writable:
        try:
            if s is server:
                conn, _ = s.accept()
                conn.setblocking(False)
                conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                out[conn] = b""
            elif out[s]:
                out[s] = out[s][s.send(out[s]):]
            else:
                out[s] = s.recv(65536)
                if not out[s]:
                    raise EOFError
        except (OSError, EOFError):
            s.close()
            del out[s]
