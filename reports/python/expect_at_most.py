import time


def expect_at_most(measure, limit, seconds):
    """The figure must come down to the limit within the time: servers clean up a little later."""
    end = time.monotonic() + seconds
    figure = measure()
    while figure > limit and time.monotonic() < end:
        time.sleep(0.05)
        figure = measure()
    print(measure.__name__ + ":", figure)
    if figure > limit:
        fail(f"at most {limit} {measure.__name__}", figure)
