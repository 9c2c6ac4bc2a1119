# Wrong: a datagram that is not UTF-8 raises UnicodeDecodeError, which ends the server.
# Where: line 10.
from socket import *
import sys

serverSocket = socket(AF_INET, SOCK_DGRAM)
serverSocket.bind(("", int(sys.argv[1])))
while True:
    message, clientAddress = serverSocket.recvfrom(65535)
    modifiedMessage = message.decode().upper()
    serverSocket.sendto(modifiedMessage.encode(), clientAddress)
