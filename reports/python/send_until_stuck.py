import socket


def send_until_stuck(sock, data, seconds):
    """Sends, without reading, until nothing was taken for so long; returns how much was."""
    sock.settimeout(seconds)
    sent = 0
    try:
        while sent < len(data):
            sent += sock.send(data[sent:sent + 65536])
    except socket.timeout:
        pass
    sock.settimeout(LIMIT)
    return sent
