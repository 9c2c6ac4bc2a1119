def drain(sock, seconds):
    """Something may come now, but need not; the next steps are what matters."""
    sock.settimeout(seconds)
    try:
        while True:
            sock.recv(65536)
    except OSError:
        pass
    sock.settimeout(LIMIT)
