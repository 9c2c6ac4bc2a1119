"""Servers that do not start as they should:  stubborn.py KIND PORT"""

import os
import signal
import socket
import sys

kind, port = sys.argv[1], int(sys.argv[2])

if kind == "exits-with-last-words":
    print("reading the settings ...")
    sys.exit("no settings found, I give up")
if kind == "exits-silently":
    sys.exit(7)
if kind == "killed":
    os.kill(os.getpid(), signal.SIGSEGV)
if kind == "keyboard":
    input("Port? ")
if kind == "listens-elsewhere":
    port = port + 1
if kind == "swaps-the-bytes":
    port = socket.htons(port)
if kind == "datagrams-instead":
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).bind(("127.0.0.1", port))
if kind in ("never-listens", "datagrams-instead"):
    print("thinking ...", flush=True)
    signal.pause()
listener = socket.create_server(("127.0.0.1", port))
signal.pause()
