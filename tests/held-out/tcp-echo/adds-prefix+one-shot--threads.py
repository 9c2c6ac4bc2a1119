# Wrong: "Echo: " before the answer, and only one answer for each connection.
# Where: lines 10 and 12.
import socket
import sys
import threading


def handle(conn, addr):
    try:
        data = conn.recv(65536)
        if data:
            conn.sendall(b"Echo: " + data)
        conn.shutdown(socket.SHUT_WR)
        conn.settimeout(5)
        while conn.recv(65536):
            pass
    except OSError as e:
        print(addr, e)
    finally:
        conn.close()


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    threading.Thread(target=handle, args=server.accept(), daemon=True).start()
