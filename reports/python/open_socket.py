import socket


def open_socket():
    sock = socket.socket(FAMILY, socket.SOCK_DGRAM)
    sock.settimeout(LIMIT)
    return sock
