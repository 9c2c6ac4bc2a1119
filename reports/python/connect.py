import socket


def connect():
    return socket.create_connection((HOST, PORT), timeout=LIMIT)
