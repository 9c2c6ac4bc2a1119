# Seed 002: server.py of "[파이썬] 소켓 프로그래밍 소개" (Introduction to sockets).
# Typing errors mended: none.
#
#     sockspec check tcp-greeting --port 1234 -- python3 examples/seeds/002_greeting.py
#
# Verdict: fails (exit code 1). It serves one client after another, which the profile allows, and the
# greeting is exact. But a client that resets ends the whole server (uncaught ConnectionResetError),
# and so do bytes that are not UTF-8 (UnicodeDecodeError in the print). A request longer than 1,024
# bytes is answered and then reset instead of closed, because the rest was never read: a warning. And
# a client that leaves without a word is greeted all the same.
# Corrected: corrected/002_greeting.py

import socket

server_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server_socket.bind(('localhost', 1234))
server_socket.listen(1)

print('서버가 시작되었습니다. 클라이언트의 연결을 대기합니다...')

while True:
    client_socket, addr = server_socket.accept()
    print(f'클라이언트가 접속했습니다: {addr}')

    data = client_socket.recv(1024)
    print(f'수신한 데이터: {data.decode()}')

    client_socket.sendall('Hello, Client!'.encode())
    print('메시지를 보냈습니다')

    client_socket.close()
