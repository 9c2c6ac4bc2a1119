# Wrong: upper() returns the new text, and nobody keeps it.
# Where: line 16.
import socket
import sys
import threading


def serve(conn):
    with conn:
        conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            while True:
                sentence = conn.recv(2048)
                if not sentence:
                    return
                sentence.upper()
                conn.sendall(sentence)
        except OSError:
            pass


serverSocket = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    connectionSocket, addr = serverSocket.accept()
    threading.Thread(target=serve, args=(connectionSocket,), daemon=True).start()
