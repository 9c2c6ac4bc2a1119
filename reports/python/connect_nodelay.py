import socket


def connect():
    sock = socket.create_connection((HOST, PORT), timeout=LIMIT)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # every piece goes out at once
    return sock
