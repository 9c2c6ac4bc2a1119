# Seed 001: the server of "파이썬 TCP/IP 통신" (TCP/IP with Python).
# Typing errors mended: none.
#
#     sockspec check tcp-echo-end --port 3333 -- python3 examples/seeds/001_echo_end.py
#
# Verdict: fails (exit code 1). One client at a time gets its echo, and that is all that works:
# - All threads share one self.conn, which is the newest connection. When A and B are connected and A
#   sends, B receives A's text, and A's connection is closed. One client at a time never shows it.
# - After "/end" the thread stops, but nothing closes the connection: its client waits for ever.
# - A client that leaves without "/end", or half-closes, makes recv() return b"" again and again: no
#   end of stream for the client, and one core at 100 % for each client that left.
# - Bytes that are not UTF-8, or a character cut in two, or 5 s of silence end the thread with an
#   uncaught exception, and the connection stays open and mute.
# Corrected: corrected/001_echo_end.py

import socket, threading

class Socket(object):
    def __init__(self, address='localhost', port=3333): # 서버 컴퓨터의 ip(여기선 내 컴퓨터를 서버 컴퓨터로 사용)
        # 서버소켓 오픈(대문을 열어둠)
        # socket.AF_INET: 주소종류 지정(IP) / socket.SOCK_STREAM: 통신종류 지정(UDP, TCP)
        # SOCK_STREAM은 TCP를 쓰겠다는 의미
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

        # 여러번 ip.port를 바인드하면 에러가 나므로, 이를 방지하기 위한 설정이 필요
        # socket.SOL_SOCKET: 소켓 옵션
        # SO_REUSEADDR 옵션은 현재 사용 중인 ip/포트번호를 재사용할 수 있다.
        # 커널이 소켓을 사용하는 중에도 계속해서 사용할 수 있다
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)

        self.conn = self.socket
        self.address = address
        self.port = port
        self.timeout = 5;
        
        self._bind()

    def _send(self, msg):
        self.conn.sendall(msg.encode(encoding='utf-8'))
        # sent = 0
        # while sent < len(msg):
            # sent += self.conn.send(msg[sent:])

    def _read(self):
        data = self.conn.recv(1024)
        return data

    def _close(self):
        self.socket.close()
        if self.socket is not self.conn:
            self.conn.close()

    def _bind(self):
        self.socket.bind((self.address, self.port))

    def _listen(self):
        self.socket.listen()

    def _accept(self):
        return self.socket.accept()

    def _accept_connection(self):
        self._listen()
        self.conn, addr = self._accept()
        self.conn.settimeout(5)
        print('connect new addr: ', addr)

def server_thread(soc):
    while True:
        data = soc._read()
        msg = data.decode()
        if msg != '':
            print('read msg:', msg)
            soc._send(msg)
        
        if msg == '/end':
            break

if __name__ == '__main__':

    socket = Socket('localhost', 3333)
    print('test log')

    while True:
        socket._accept_connection()
        th = threading.Thread(target=server_thread, args=(socket,))
        th.start()
