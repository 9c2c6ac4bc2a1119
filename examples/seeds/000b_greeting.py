# Seed 000, section 5: the second server of "Windows 11에서 Python을 이용한 TCP 통신 설정" (TCP with Python on Windows 11).
# Typing errors mended: none.
#
#     sockspec check tcp-greeting --port 65432 -- python3 examples/seeds/000b_greeting.py
#
# Verdict: fails (exit code 1). The first client gets exactly "Hello, Client!" and an orderly end. Then
# the process ends with code 0, because accept() is called once: the second client is refused. One
# client that resets, or sends bytes that are not UTF-8, ends it with an uncaught exception instead.
# Corrected: corrected/000_greeting.py

import socket

# 서버 소켓 생성
server_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server_socket.bind(('127.0.0.1', 65432))
server_socket.listen()

print('서버가 연결을 기다리고 있습니다...')

# 연결 수락
client_socket, address = server_socket.accept()
print(f'{address}로부터 연결 요청 수락')

# 데이터 수신
data = client_socket.recv(1024)
print(f'받은 데이터: {data.decode()}')

# 응답 전송
client_socket.sendall(b'Hello, Client!')

# 소켓 종료
client_socket.close()
server_socket.close()
