# Wrong: the exit words of the chat tutorial are still in: "quit" or "exit" end the connection.
# Where: line 15.
import socket
import sys
import threading


def chat(client, address):
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        while True:
            message = client.recv(1024)
            if not message:
                break
            if message.strip().lower() in (b"quit", b"exit", b"bye"):
                break
            client.sendall(message)
    except OSError as e:
        print(address, e)
    finally:
        client.close()


server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128)
while True:
    client, address = server.accept()
    threading.Thread(target=chat, args=(client, address), daemon=True).start()
