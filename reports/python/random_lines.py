import random


def random_lines(count):
    return b"".join(random_text(random.randint(0, 120)) + b"\n" for _ in range(count))
