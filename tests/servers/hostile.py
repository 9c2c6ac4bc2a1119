"""Servers that would harm whoever tests them carelessly:  hostile.py KIND PORT [NUMBER]"""

import os
import signal
import socket
import sys
import threading
import time

MEGABYTE = bytes(range(32, 127)) * 11037  # 1,048,515 bytes, printable


def echo(connection, kind="", number=0, received=[0]):
    """A correct echo, up to a point: it dies when it has received `number` bytes."""
    with connection:
        try:
            while data := connection.recv(65536):
                if "dies-at-byte" in kind:
                    received[0] += len(data)
                    if received[0] >= number:
                        connection.sendall(data[:max(0, len(data) - (received[0] - number) - 1)])
                        os.kill(os.getpid(), signal.SIGKILL if kind.endswith("killed") else signal.SIGSEGV)
                        hold(connection)
                if kind == "pours-when-it-sees-no-text" and b"\xff" in data:
                    pour(connection, 0)
                connection.sendall(data + (b"\n" if kind.endswith("adds-a-newline") else b""))
            if kind == "never-closes":
                hold(connection)
        except OSError:
            pass


def pour(connection, pause):
    try:
        while True:
            connection.sendall(MEGABYTE)
            time.sleep(pause)
    except OSError:
        connection.close()


def hold(connection):
    threading.Event().wait()


def serve(port, handle):
    listener = socket.create_server(("127.0.0.1", port), backlog=128)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=handle, args=(connection,), daemon=True).start()


def print_without_end(descriptor):
    line = b"\x1b[31mthis server prints \x00 much " + b"x" * 65000 + b"\n"
    while True:
        os.write(descriptor, line)


def flood(port):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", port))
    clients = set()
    server.settimeout(0.01)
    while True:
        try:
            clients.add(server.recvfrom(65535)[1])
        except OSError:
            pass
        for _ in range(1000):
            for client in list(clients)[-8:]:
                try:
                    server.sendto(MEGABYTE[:1400], client)
                except OSError:
                    pass


def as_daemon(environment):
    """What daemon(3) does, twice over."""
    for _ in range(2):
        if os.fork():
            os._exit(0)
        os.setsid()
    os.closerange(0, 256)
    for _ in range(3):
        os.open(os.devnull, os.O_RDWR)
    os.execve(sys.executable, [sys.executable, "-S", "-E", __file__, "echo", *sys.argv[2:]], environment)


def leave_children_behind():
    """Three that ignore SIGTERM, two of them in sessions of their own, all with our standard output."""
    for number in range(3):
        if os.fork() == 0:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            if number:
                os.setsid()
            while True:
                time.sleep(1000)


def hop():
    """A process that is another one every few milliseconds."""
    if os.fork() == 0:
        os.setsid()
        while True:
            time.sleep(0.003)
            if os.fork():
                os._exit(0)


def die_soon():
    """Not counted from the start: on a busy machine that might be before it listens."""
    threading.Timer(0.3, lambda: os._exit(3)).start()


def main(kind, port, number=0):
    if "ignores-sigterm" in kind:
        for ignored in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(ignored, signal.SIG_IGN)
    if kind == "endless":
        serve(port, lambda connection: pour(connection, 0))
    if kind == "endless-at-10-megabytes-a-second":
        serve(port, lambda connection: pour(connection, 0.1))
    if kind == "floods":
        flood(port)
    if kind in ("never-reads", "never-reads-and-ignores-sigterm"):
        serve(port, hold)
    if kind == "never-accepts":
        listener = socket.create_server(("127.0.0.1", port), backlog=1)
        signal.pause()
    if kind == "stops-itself":
        serve(port, lambda connection: os.kill(os.getpid(), signal.SIGSTOP))
    if kind == "daemonizes":
        as_daemon(os.environ)
    if kind == "daemonizes-and-forgets-its-environment":
        as_daemon({})
    if kind.startswith("leaves-children-behind"):
        leave_children_behind()
    if kind == "hops":
        hop()
    if "prints" in kind:
        for descriptor in (1, 2):
            threading.Thread(target=print_without_end, args=(descriptor,), daemon=True).start()
    if kind == "closes-its-outputs":
        os.close(1)
        os.close(2)
    if kind == "prints-and-dies":
        serve(port, lambda connection: die_soon() or echo(connection, kind, number))
    serve(port, lambda connection: echo(connection, kind, number))


main(sys.argv[1], int(sys.argv[2]), *map(int, sys.argv[3:]))
