import socket


def expect_nothing(sock, seconds):
    """No datagram may come any more."""
    sock.settimeout(seconds)
    try:
        got = sock.recv(65536)
    except socket.timeout:
        sock.settimeout(LIMIT)
        return
    fail("nothing more", show(got))
