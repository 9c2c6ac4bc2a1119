def expect(sock, *allowed):
    """Reads a reply, and looks whether it is one of those that are allowed."""
    got = b""
    longest = max(len(reply) for reply in allowed)
    try:
        while got not in allowed and len(got) < longest:
            part = sock.recv(longest - len(got))
            if not part:
                break  # the server has closed the connection
            got += part
    except OSError as problem:  # nothing came in time, or the connection broke
        print("then:", problem)
    if got not in allowed:
        fail(" or ".join(show(reply) for reply in allowed), show(got))
    return got
