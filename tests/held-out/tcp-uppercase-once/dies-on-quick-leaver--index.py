# Wrong: looks at the first byte of an empty request when a client leaves at once: IndexError, the end.
# Where: line 13.
from socket import *
import sys

serverSocket = create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
print("The server is ready to receive")
while True:
    connectionSocket, addr = serverSocket.accept()
    connectionSocket.settimeout(3)
    try:
        sentence = connectionSocket.recv(1024)
        print("request begins with", sentence[0])
        connectionSocket.sendall(sentence.upper())
        connectionSocket.shutdown(SHUT_WR)
        while connectionSocket.recv(65536):
            pass
    except OSError as e:
        print(addr, e)
    connectionSocket.close()
