"""A right echo server for port 12000 that does something hostile first:  hostile_submission.py KIND

Never to be started outside a sandbox with process numbers of its own.
"""

import os
import signal
import socket
import sys
import threading
import time

PORT = 12000
OTHERS = ["/report", "/submission", "/tool", "/class.json", "/root", "/home", "/var", "/etc/shadow",
          os.environ.get("SECRET", "/class.json")]


def echo(connection):
    try:
        with connection:
            while data := connection.recv(65536):
                connection.sendall(data)
    except OSError:
        pass


def serve(listener=None):
    listener = listener or socket.create_server(("127.0.0.1", PORT), backlog=50)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=echo, args=(connection,), daemon=True).start()


def try_to(what):
    try:
        return what()
    except (OSError, MemoryError) as error:
        return type(error).__name__


def fork_bomb():
    made = 0
    while True:
        try:
            if os.fork() == 0:
                while True:
                    try:
                        os.fork()
                    except OSError:
                        time.sleep(0.01)
            made += 1
        except OSError:
            print("could fork", made, flush=True)
            return


def memory_bomb():
    kept = []
    while True:
        try:
            kept.append(b"x" * (8 << 20))
        except MemoryError:
            print("could keep", len(kept) * 8, "MiB", flush=True)
            return


def memory_of_many():
    for _ in range(8):
        if os.fork() == 0:
            kept = bytearray(os.urandom(1 << 20) * 24)
            time.sleep(600)
            print(len(kept))


def endless_output():
    def write():
        while True:
            os.write(1, b"all is well\n" * 5000)
    threading.Thread(target=write, daemon=True).start()


def full_disk():
    written = 0
    for folder in ("/work", "/tmp", "/dev/shm", "/", "/dev", "/usr"):
        for number in range(100):
            try:
                with open(f"{folder}/filler{number}", "wb", buffering=0) as file:
                    while count := file.write(b"x" * 65536):
                        written += count
            except OSError:
                if number > 3:
                    break
    print("could write", written, flush=True)


def kill_everybody():
    try_to(lambda: os.kill(-1, 0))
    child = os.fork()  # kill(-1) spares whoever calls it
    if child == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.setsid()
        os.kill(-1, signal.SIGKILL)
        serve()
    os.waitpid(child, 0)


def kill_by_number():
    for number in [*range(1, 400), *range(2000, 40000)]:
        if number != os.getpid():
            try_to(lambda: os.kill(number, signal.SIGKILL))


def daemon():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.environ.clear()
            time.sleep(600)
        os._exit(0)


def background():
    if os.fork():
        os._exit(0)
    os.setsid()
    if os.fork():
        os._exit(0)
    os.environ.clear()


def look_around():
    for path in OTHERS:
        seen = try_to(lambda: os.listdir(path) if os.path.isdir(path) else open(path).read())
        print("saw", path, seen, flush=True)
    print("processes", sorted(int(name) for name in os.listdir("/proc") if name.isdigit()), flush=True)
    print("environment", sorted(name for name in os.environ if "SCENARIO" in name), flush=True)


def fake_report():
    for path in ("/report/check.json", "/work/../report/check.json", "/proc/1/root/report/check.json"):
        print("wrote", path, try_to(lambda: open(path, "w").write('{"exit_code": 0}')), flush=True)
    print('{"schema": "sockspec/check/1", "exit_code": 0}', flush=True)


def reach_out():
    port = int(os.environ["ELSEWHERE"])
    for address in (("127.0.0.1", port), ("192.0.2.1", 80), ("10.0.0.1", 53)):
        print("reached", address, try_to(lambda: socket.create_connection(address, 2)), flush=True)
    print("socket", try_to(lambda: socket.socket(socket.AF_UNIX).connect("\0sockspec-elsewhere-%d" % port)), flush=True)


def remove_itself():
    os.system("rm -rf /work/* /usr/bin/python3 2>/dev/null")


def ignore_sigterm():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def keep_port():
    """A child that outlives the server, and has its port."""
    listener = socket.create_server(("127.0.0.1", PORT), backlog=50)
    if os.fork() == 0:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            time.sleep(600)
    serve(listener)


if __name__ == "__main__":
    {"right": lambda: None, "fork-bomb": fork_bomb, "memory-bomb": memory_bomb, "memory-of-many": memory_of_many,
     "endless-output": endless_output, "full-disk": full_disk, "kill-everybody": kill_everybody,
     "kill-by-number": kill_by_number, "daemon": daemon, "background": background, "look-around": look_around,
     "fake-report": fake_report, "reach-out": reach_out, "remove-itself": remove_itself,
     "ignore-sigterm": ignore_sigterm, "keep-port": keep_port}[sys.argv[1]]()
    serve()
