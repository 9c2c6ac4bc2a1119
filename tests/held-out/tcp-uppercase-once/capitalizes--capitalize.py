# Wrong: capitalize() instead of upper().
# Where: line 13.
import socket
import sys
import threading


def answer(conn):
    with conn:
        try:
            conn.settimeout(10)
            sentence = conn.recv(1024)
            conn.sendall(sentence.capitalize())
            conn.shutdown(socket.SHUT_WR)
            while conn.recv(4096):
                pass
        except OSError as e:
            print(e)


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    conn, addr = server.accept()
    threading.Thread(target=answer, args=(conn,), daemon=True).start()
