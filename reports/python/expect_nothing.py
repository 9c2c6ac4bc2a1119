import socket


def expect_nothing(sock, seconds):
    """Nothing more may come, and the connection must stay open."""
    sock.settimeout(seconds)
    try:
        got = sock.recv(65536)
    except socket.timeout:
        sock.settimeout(LIMIT)
        return
    fail("nothing more", show(got) if got else "the end of the connection")
