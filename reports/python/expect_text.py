def expect_text(sock, most):
    """Any text will do, but not an empty one, and not one of more than `most` bytes."""
    got = read_to_end(sock, most)
    if not got or len(got) > most:
        fail(f"a text of 1 to {most} bytes", show(got))
