def expect_end(sock):
    """The server must close the connection, and send nothing more before."""
    try:
        got = sock.recv(65536)
    except OSError as problem:  # it stays open, or it ends by a reset
        fail("the end of the connection", problem)
    if got:
        fail("the end of the connection", show(got))
