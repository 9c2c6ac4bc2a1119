import random
import string

TEXT = (string.ascii_letters + string.digits + " ,.-_:;+*").encode()


def random_text(size):
    return bytes(random.choices(TEXT, k=size))
