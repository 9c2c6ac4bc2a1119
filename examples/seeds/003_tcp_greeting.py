# Seed 003, TCP: the TCP server of "[파이썬] TCP 프로토콜과 UDP 프로토콜" (TCP and UDP).
# Typing errors mended: the call of tcp_server(), which the listing lacks. Without it the process ends
# at once with code 0 and nobody listens.
#
#     sockspec check tcp-greeting --set reply.text="Hello, TCP Client!" --port 8888 -- \
#         python3 examples/seeds/003_tcp_greeting.py
#
# Verdict: fails (exit code 1). Right for well-behaved clients, one after another. A client that resets
# ends the whole server: there is a try, but without an except, so ConnectionResetError gets through
# the finally. Bytes that are not UTF-8 end it too (UnicodeDecodeError in the print).
# Corrected: corrected/003_tcp_greeting.py

import socket

def tcp_server():
    # TCP 소켓 생성
    server_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    
    # 서버 주소와 포트 설정
    server_address = ('localhost', 8888)
    
    # 서버에 바인딩
    server_socket.bind(server_address)
    
    # 클라이언트 연결 대기
    server_socket.listen(1)
    
    while True:
        print('Waiting for a connection...')
        
        # 클라이언트 연결 수락
        client_socket, client_address = server_socket.accept()
        print('Connected:', client_address)
        
        try:
            # 데이터 수신
            data = client_socket.recv(1024)
            print('Received:', data.decode())
            
            # 데이터 전송
            message = 'Hello, TCP Client!'
            client_socket.sendall(message.encode())
            
        finally:
            # 클라이언트 소켓 닫기
            client_socket.close()

if __name__ == '__main__':
    tcp_server()
