#!/usr/bin/env python3
"""Starts a server that does not say when it listens, and says it: READY host:port, as ratio.py wants it.

    bench/ready.py -- sockperf server --tcp -i {host} -p {port}

{host} becomes 127.0.0.1, {port} a free port. The server takes the place of this process, so signals
reach it and its CPU time is its own; what it prints goes to standard error.
"""

import argparse
import os
import socket
import sys
import time

HOST = "127.0.0.1"
LISTENS = {"tcp": "0A", "udp": "07"}  # the states of proc_net_tcp and of a UDP socket without a peer


def free_port():
    """Free for TCP and for UDP, a moment ago."""
    while True:
        with socket.socket(type=socket.SOCK_STREAM) as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            tcp.bind((HOST, 0))
            try:
                udp.bind(tcp.getsockname())
            except OSError:
                continue
            return tcp.getsockname()[1]


def listens(port):
    for table, state in LISTENS.items():
        for name in (table, f"{table}6"):
            try:
                with open(f"/proc/net/{name}") as file:
                    lines = [line.split() for line in file][1:]
            except OSError:
                continue
            if any(line[1].endswith(f":{port:04X}") and line[3] == state for line in lines):
                return True
    return False


def announce(port, server):
    """In a child of the server."""
    until = time.monotonic() + 9
    while time.monotonic() < until and os.getppid() == server:
        if listens(port):
            os.write(1, f"READY {HOST}:{port}\n".encode())
            return
        time.sleep(0.01)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    port = free_port()
    words = [word.replace("{host}", HOST).replace("{port}", str(port)) for word in options.command]
    server = os.getpid()
    if os.fork() == 0:
        announce(port, server)
        os._exit(0)
    os.dup2(2, 1)
    try:
        os.execvp(words[0], words)
    except OSError as error:
        sys.exit(f"ready.py: {words[0]}: {error.strerror}")


if __name__ == "__main__":
    main()
