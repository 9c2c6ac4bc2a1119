def expect(sock, *allowed):
    """Waits for one datagram, and compares it."""
    try:
        got = sock.recvfrom(65536)[0]
    except OSError as problem:  # nothing came in time, or nobody listens
        fail(" or ".join(show(reply) for reply in allowed), problem)
    if got not in allowed:
        fail(" or ".join(show(reply) for reply in allowed), show(got))
