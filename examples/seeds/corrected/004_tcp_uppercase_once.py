# Seed 004, TCP, corrected: holds every must and should of its profile. The port is the first argument.
#
#     sockspec check tcp-uppercase-once -- \
#         python3 examples/seeds/corrected/004_tcp_uppercase_once.py {port}
#
# Against the seed: it goes on after a client that resets, bytes that are not UTF-8 do no harm, a
# client that says nothing keeps nobody waiting, no answer is lost to a reset, the port is free again
# at once.
# sendall() instead of send(), which may send less than it was given.

from socket import SHUT_WR, create_server
import sys
from threading import Thread

serverPort = int(sys.argv[1]) if len(sys.argv) > 1 else 12000


def serve(connectionSocket):
    try:
        sentence = connectionSocket.recv(1024)
        # bytes.upper() changes a to z alone: any bytes will do.
        connectionSocket.sendall(sentence.upper())
        # Closing with unread input would send a reset, which can overtake the answer: say "that was
        # all" first, then read until the client has finished too.
        connectionSocket.shutdown(SHUT_WR)
        connectionSocket.settimeout(5)
        while connectionSocket.recv(65536):
            pass
    except OSError as error:
        print('client lost:', error, flush=True)
    finally:
        connectionSocket.close()


# create_server() sets SO_REUSEADDR: the server can be started again at once.
serverSocket = create_server(('127.0.0.1', serverPort), backlog=128)
print('The server is ready to receive', flush=True)
while True:
    connectionSocket, addr = serverSocket.accept()
    Thread(target=serve, args=(connectionSocket,), daemon=True).start()
