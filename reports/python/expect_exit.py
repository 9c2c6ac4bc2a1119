import time


def expect_exit(seconds):
    """The server's process must end."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if stat_fields(PID)[0] in ("gone", "Z"):
            return
        time.sleep(0.05)
    fail(f"the server to end within {seconds} seconds", "a process that goes on running")
