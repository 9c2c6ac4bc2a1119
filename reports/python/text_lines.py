def text_lines(size):
    """`size` bytes that are whole lines of at most LINE bytes."""
    text = bytearray(random_text(size))
    for end in range(LINE - 1, size, LINE):
        text[end:end + 1] = b"\n"
    text[-1:] = b"\n"
    return bytes(text)
