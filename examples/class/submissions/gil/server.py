from socket import *

serverSocket = socket(AF_INET, SOCK_STREAM)
serverSocket.bind((’’, 12000))
serverSocket.listen(1)
