# Wrong: a read of up to 64 KiB, of which 1024 bytes are answered.
# Where: line 13, the limit of the answer.
import socket
import sys
import threading

MAX_MESSAGE = 1024


def to_upper(message):
    answer = bytearray()
    for byte in message:
        if len(answer) == MAX_MESSAGE:
            break
        if ord("a") <= byte <= ord("z"):
            byte -= 32
        answer.append(byte)
    return answer


def serve(conn):
    with conn:
        conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            while True:
                message = conn.recv(65536)
                if not message:
                    break
                conn.sendall(to_upper(message))
        except OSError:
            pass


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    connection, client = server.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
