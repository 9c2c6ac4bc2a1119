import re


def expect_date(sock):
    """One line with a date and a time in any form, like: Sat Nov 21 2026 14:25:31"""
    got = read_to_end(sock)
    rest, times = re.subn(rb"\d{1,2}:\d{2}(:\d{2})?", b"", got)
    if times == 0 or len(re.findall(rb"\d+", rest)) < 2 or b"\n" in got.strip():
        fail("a line with date and time", show(got))
