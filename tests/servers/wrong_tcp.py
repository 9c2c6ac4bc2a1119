"""TCP servers that are wrong in one way each:  wrong_tcp.py FAULT PORT"""

import os
import select
import socket
import struct
import sys
import threading
import traceback

GREETING = b"Hello, Client!"


def echo(connection, change=lambda data: data):
    while data := connection.recv(65536):
        connection.sendall(change(data))


def adds_newline(connection):
    echo(connection, lambda data: data + b"\n")


def swapped_case(connection):
    echo(connection, bytes.swapcase)


def no_echo(connection):
    while connection.recv(65536):
        pass


def silent(connection):
    threading.Event().wait()


def one_shot(connection):
    connection.sendall(connection.recv(65536))


def line_only(connection):
    for line in connection.makefile("rb"):
        connection.sendall(line)


def strips(connection):
    echo(connection, lambda data: data.strip() or b" ")


def chatty(connection):
    connection.sendall(b"Welcome!\n")
    echo(connection)


def drops_at_half_close(connection):
    """Keeps the reply until it has seen whether more comes, and forgets it when the end comes."""
    while reply := connection.recv(65536):
        while select.select([connection], [], [], 0.2)[0]:
            more = connection.recv(65536)
            if not more:
                return
            reply += more
        connection.sendall(reply)


def resets_at_half_close(connection):
    echo(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def keeps_open(connection):
    echo(connection)
    threading.Event().wait()


def shares_one_buffer(connection, shared=[b""]):
    """The last message that anybody sent goes to whoever is answered next."""
    while data := connection.recv(65536):
        shared[0] = data
        select.select([], [], [], 0.001)
        connection.sendall(shared[0])


def greeting_with_newline(connection):
    connection.recv(1024)
    connection.sendall(GREETING + b"\n")


def greeting_in_lower_case(connection):
    connection.recv(1024)
    connection.sendall(GREETING.lower())


def greeting_keeps_open(connection):
    connection.recv(1024)
    connection.sendall(GREETING)
    threading.Event().wait()


def greeting_before_input(connection):
    connection.sendall(GREETING)
    connection.recv(1024)


def dies_on_reset(connection):
    """As in a server without threads, where nobody catches what recv() raises. It dies at once: a traceback takes so
    long that a busy machine had served all the clients of a scenario before."""
    try:
        echo(connection)
    except OSError as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        os._exit(1)


def greeting_dies_of_bytes_that_are_no_text(connection):
    try:
        connection.recv(1024).decode()
    except UnicodeDecodeError:
        traceback.print_exc()
        os._exit(1)
    connection.sendall(GREETING)


def guarded(handle):
    """With a client's faults kept from the other clients."""
    def serve(connection):
        try:
            handle(connection)
        except OSError:
            pass
        finally:
            connection.close()
    return serve


def main(fault, port):
    listener = socket.create_server(("127.0.0.1", port), backlog=128)
    if fault == "one-client-at-a-time":
        while True:
            guarded(echo)(listener.accept()[0])
    if fault == "exits-after-the-first-client":
        guarded(echo)(listener.accept()[0])
        print("Thank you, that was all.", flush=True)
        return
    if fault == "three-clients-at-most":
        for _ in range(3):
            threading.Thread(target=guarded(echo), args=listener.accept()[:1], daemon=True).start()
        threading.Event().wait()
    handle = guarded(globals()[fault.replace("-", "_")])
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=handle, args=(connection,), daemon=True).start()


main(sys.argv[1], int(sys.argv[2]))
