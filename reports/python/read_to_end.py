def read_to_end(sock, most=4096):
    """Reads until the server closes the connection."""
    got = b""
    try:
        while len(got) <= most:
            part = sock.recv(65536)
            if not part:
                break
            got += part
    except ConnectionError:
        pass  # a reset ends the text, too
    return got
