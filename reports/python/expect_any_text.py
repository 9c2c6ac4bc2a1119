def expect_any_text(sock):
    """Any text will do, but not an empty one."""
    if not read_to_end(sock):
        fail("a text", "nothing")
