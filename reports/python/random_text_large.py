import random
import string

TEXT = (string.ascii_letters + string.digits + " ,.-_:;+*").encode()


def random_text(size):
    block = bytes(random.choices(TEXT, k=min(size, 100_000)))  # to draw millions takes long
    return (block * (size // 100_000 + 1))[:size]
