# Wrong: decode() raises for bytes that are not UTF-8, and the server ends.
# Where: line 16.
from socket import *
import sys

serverPort = int(sys.argv[1])
serverSocket = socket(AF_INET, SOCK_STREAM)
serverSocket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
serverSocket.bind(("127.0.0.1", serverPort))
serverSocket.listen(128)
print("The server is ready to receive")
while True:
    connectionSocket, addr = serverSocket.accept()
    connectionSocket.settimeout(3)
    try:
        sentence = connectionSocket.recv(1024).decode()
        connectionSocket.sendall(sentence.upper().encode())
        connectionSocket.shutdown(SHUT_WR)
        while connectionSocket.recv(65536):
            pass
    except OSError as e:
        print("client lost", e)
    connectionSocket.close()
