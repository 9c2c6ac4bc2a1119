RING = bytes(range(32, 127))


def expect_pattern(sock, size, before=b""):
    """Reads up to byte number `size`: lines of 72 characters, each a character further (RFC 864)."""
    got = before
    while len(got) < size:
        part = sock.recv(size - len(got))
        if not part:
            fail(f"{size} bytes", f"the end of the connection after {len(got)}")
        got += part
    start = got[0] - 32
    lines = [(RING[(start + n) % 95:] + RING)[:72] + b"\r\n" for n in range(size // 74 + 1)]
    right = b"".join(lines)
    for at in range(size):
        if got[at] != right[at]:
            fail(show(right[at:at + 20]), f"{show(got[at:at + 20])} at byte {at}")
    return got
