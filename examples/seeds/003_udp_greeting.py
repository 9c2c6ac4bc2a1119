# Seed 003, UDP: the UDP server of "[파이썬] TCP 프로토콜과 UDP 프로토콜" (TCP and UDP).
# Typing errors mended: none.
#
#     sockspec check udp-greeting --port 8888 -- python3 examples/seeds/003_udp_greeting.py
#
# Verdict: fails (exit code 1). Every datagram of text is answered exactly. But it decodes what it
# prints, so one datagram that is not UTF-8 ends the process, and so does a longer Korean text, which
# recvfrom(1024) cuts inside a character.
# Corrected: corrected/003_udp_greeting.py

import socket

def udp_server():
    # UDP 소켓 생성
    server_socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    
    # 서버 주소와 포트 설정
    server_address = ('localhost', 8888)
    
    # 서버에 바인딩
    server_socket.bind(server_address)
    
    print('UDP Server started. Waiting for a connection...')
    
    while True:
        # 데이터 수신
        data, address = server_socket.recvfrom(1024)
        print('Received:', data.decode())
        
        # 데이터 전송
        message = 'Hello, UDP Client!'
        server_socket.sendto(message.encode(), address)

if __name__ == '__main__':
    udp_server()
