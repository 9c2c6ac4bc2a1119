def expect_all(sock, expected):
    """Waits for one datagram for each that was sent; they may come in any order."""
    got = []
    try:
        while len(got) < len(expected):
            got.append(sock.recvfrom(65536)[0])
    except OSError as problem:
        fail(f"{len(expected)} datagrams", f"{len(got)} and then: {problem}")
    if sorted(got) != sorted(expected):
        fail("the right datagrams", "others")
