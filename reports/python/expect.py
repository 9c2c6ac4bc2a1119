def expect(sock, expected):
    """Reads as many bytes as are expected, and compares them."""
    got = b""
    try:
        while len(got) < len(expected):
            part = sock.recv(len(expected) - len(got))
            if not part:
                break  # the server has closed the connection
            got += part
    except OSError as problem:  # nothing came in time, or the connection broke
        print("then:", problem)
    if got != expected:
        fail(show(expected), show(got))
