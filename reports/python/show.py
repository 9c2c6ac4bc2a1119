def show(data):
    return repr(data) if len(data) <= 80 else f"{len(data)} bytes"
