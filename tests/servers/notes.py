"""An echo server that notes how it was started, and when its first client came:  notes.py FOLDER echo|silent PORT"""

import json
import os
import pathlib
import socket
import sys
import threading

folder, kind, port = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])


def status(name):
    with open("/proc/self/status") as file:
        return next(line.split()[1] for line in file if line.startswith(name + ":"))


def note(name, text=""):
    new = folder / f"{name}.{os.getpid()}.new"  # several of us may run
    new.write_text(text)
    new.rename(folder / name)


# Python itself ignores SIGPIPE and SIGXFSZ as it starts; what came from the parent is in the others.
note("start.json", json.dumps({
    "ignored": int(status("SigIgn"), 16) & ~(1 << 12) & ~(1 << 24),
    "blocked": int(status("SigBlk"), 16),
    "stdin": os.readlink("/proc/self/fd/0"),
    "descriptors": sorted(int(name) for name in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{name}")),
    "port": os.environ.get("PORT"),
    "sockspec_port": os.environ.get("SOCKSPEC_PORT"),
    "session": os.getsid(0) == os.getpid(),
    "arguments": sys.argv,
}))


def serve(connection):
    while data := connection.recv(65536):
        if kind == "echo":
            connection.sendall(data)
    connection.close()


listener = socket.create_server(("127.0.0.1", port), backlog=128)
while True:
    client, _ = listener.accept()
    note("client")
    threading.Thread(target=serve, args=(client,), daemon=True).start()
