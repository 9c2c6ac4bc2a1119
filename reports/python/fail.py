import sys


def fail(expected, got):
    print(f"FAIL: expected {expected}, got {got}")
    sys.exit(1)
