# Seed 004, UDP: UDPServer.py, after Kurose & Ross, Computer Networking, 2.7.1.
# Typing errors mended: the curly quotes (’’ and ”…”), which are a SyntaxError.
#
#     sockspec check udp-uppercase --port 12000 -- python3 examples/seeds/004_udp_uppercase.py
#
# Verdict: holds every must (exit code 0), with a warning. Text of up to 2,048 bytes comes back in
# upper case, to its sender, whoever else is sending. The warning: a datagram that is not UTF-8 ends
# the process with an uncaught UnicodeDecodeError; so does one longer than 2,048 bytes, which is
# outside the contract, if the cut falls inside a character.
# Corrected: corrected/004_udp_uppercase.py

from socket import *

# 포트 번호
serverPort = 12000

# UDP 소켓 생성
serverSocket = socket(AF_INET, SOCK_DGRAM)

# 12000 포트 번호를 소켓에 할당한다. 이를 통해 서버 IP 주소의 12000 포트로 패킷을 보내면 해당 소켓으로 패킷이 전달된다.
serverSocket.bind(('', serverPort))

print("The server is ready to receive")

while True:
    # 패킷이 서버에 도착하면 데이터는 메세지에 할당되고 패킷의 출발지 주소는 clientAddress에 저장된다.
    # 해당 주소로 서버는 응답을 어디에 보내야할지 알 수 있다.
    message, clientAddress = serverSocket.recvfrom(2048)
    
    # 바이트 데이터를 decode()하고 대문자로 변환한다.
    modifiedMessage = message.decode().upper()
    
    # 클라이언트 주소를 대문자로 변환된 메시지에 붙이고, 그 결과로 만들어진 패킷을 서버에 보낸다.
    # 서버의 주소도 같이 보내지는데 이는 자동으로 수행된다.
    serverSocket.sendto(modifiedMessage.encode(), clientAddress) 
