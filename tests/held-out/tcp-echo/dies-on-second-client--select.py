# Wrong: written for one client; when a second one is there at the same time, the program crashes.
# Where: line 17, the list is unpacked into one name.
import select
import socket
import sys

server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
clients, out = [], b""
while True:
    writing = clients if out else []
    reading = [server] + ([] if out else clients)
    readable, writable, _ = select.select(reading, writing, [])
    try:
        for sock in writable:
            out = out[sock.send(out):]
        if any(s is not server for s in readable):
            (sock,) = clients
            out = sock.recv(32768)
            if not out:
                sock.close()
                clients.remove(sock)
    except OSError as e:
        print("lost", e)
        clients[0].close()
        clients, out = [], b""
    if server in readable:
        conn, addr = server.accept()
        conn.setblocking(False)
        conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        clients.append(conn)
