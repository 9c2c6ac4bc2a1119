# Seed 000, corrected: holds every must and should of its profile. The port is the first argument.
#
#     sockspec check tcp-greeting -- python3 examples/seeds/corrected/000_greeting.py {port}
#
# Against the first variant: it answers. Against both: it serves any number of clients.
# Against the seed: it goes on after a client that resets, bytes that are not UTF-8 do no harm, a
# client that says nothing keeps nobody waiting, no answer is lost to a reset, the port is free again
# at once.

import socket
import sys
import threading

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 65432


def serve(client_socket):
    try:
        data = client_socket.recv(1024)
        if data:
            print('received:', data.decode(errors='replace'), flush=True)
            client_socket.sendall('Hello, Client!'.encode())
        # Closing with unread input would send a reset, which can overtake the answer: say "that was
        # all" first, then read until the client has finished too.
        client_socket.shutdown(socket.SHUT_WR)
        client_socket.settimeout(5)
        while client_socket.recv(65536):
            pass
    except OSError as error:
        print('client lost:', error, flush=True)
    finally:
        client_socket.close()


# create_server() sets SO_REUSEADDR: the server can be started again at once.
server_socket = socket.create_server(('localhost', PORT), backlog=128)
print('ready on port', PORT, flush=True)
while True:
    client_socket, address = server_socket.accept()
    threading.Thread(target=serve, args=(client_socket,), daemon=True).start()
