# Wrong: one recv(), one answer, and then the connection is closed although the client goes on.
# Where: line 11, there is no loop around it.
import socket
import sys
from threading import Thread


def client_thread(conn, addr):
    print("connected:", addr)
    try:
        data = conn.recv(65536)
        conn.sendall(data)
        conn.shutdown(socket.SHUT_WR)
        conn.settimeout(5)
        while conn.recv(65536):
            pass
    except OSError as e:
        print(addr, e)
    finally:
        conn.close()


with socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128) as s:
    while True:
        conn, addr = s.accept()
        Thread(target=client_thread, args=(conn, addr), daemon=True).start()
