def expect_end_or_reset(sock):
    """The server must close the connection, in whatever way."""
    try:
        got = sock.recv(65536)
    except ConnectionError:
        return
    if got:
        fail("the end of the connection", show(got))
