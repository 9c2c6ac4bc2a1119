import socket


def expect_from_server(sock, to=HOST):
    """The reply must come from the address and the port that were asked."""
    sender = sock.recvfrom(65536)[1][:2]
    asked = socket.getaddrinfo(to, PORT, FAMILY)[0][4][:2]
    if sender != asked:
        fail(f"a reply from {asked}", f"one from {sender}")
