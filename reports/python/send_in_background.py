import socket
import threading


def send_in_background(sock, data, half_close=False):
    """Sends while we go on: so many bytes are taken only as fast as the server takes them."""
    def send():
        try:
            sock.sendall(data)
            if half_close:
                sock.shutdown(socket.SHUT_WR)
        except OSError as problem:
            print("sending ended:", problem)
    threading.Thread(target=send, daemon=True).start()
