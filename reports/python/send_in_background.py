import threading


def send_in_background(sock, data):
    """Sends while we go on: so many bytes are taken only as fast as the server takes them."""
    def send():
        try:
            sock.sendall(data)
        except OSError as problem:
            print("sending ended:", problem)
    threading.Thread(target=send, daemon=True).start()
