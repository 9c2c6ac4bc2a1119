# Wrong: sendall() in a select loop waits for the slowest reader, and all the others wait with it.
# Where: line 20.
import select
import socket
import sys

server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
inputs = [server]
while True:
    readable, _, _ = select.select(inputs, [], [])
    for s in readable:
        if s is server:
            connection, client_address = s.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            inputs.append(connection)
            continue
        try:
            data = s.recv(65536)
            if data:
                s.sendall(data)
                continue
        except OSError as err:
            print(err)
        inputs.remove(s)
        s.close()
