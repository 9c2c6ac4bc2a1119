"""A network namespace for this test process, and a net for processes that nobody ended.

Everything that a test starts runs in that namespace, so a server with a fixed port disturbs nobody,
and tests may run at the same time. Where neither root nor an unprivileged user may make one, the
tests run in the machine's own network, and those that need a fixed port are skipped if it is taken.
"""

import ctypes
import fcntl
import os
import signal
import socket
import struct
import time

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_CLONE_NEWPID = 0x20000000
_CLONE_NEWNS = 0x00020000
_MS_REC = 0x4000
_MS_PRIVATE = 0x40000
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_SIOCGIFFLAGS = 0x8913
_SIOCSIFFLAGS = 0x8914
_IFF_UP = 1

_libc = ctypes.CDLL(None, use_errno=True)


def _raise_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sH22x", b"lo", 0)
        flags = struct.unpack_from("H", fcntl.ioctl(any_socket, _SIOCGIFFLAGS, request), 16)[0]
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sH22x", b"lo", flags | _IFF_UP))


def _unshare_as_user():
    user, group = os.getuid(), os.getgid()
    if _libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(line)
    return True


def enter_own_network():
    """Once, before any thread is started. True if this process now has a network of its own."""
    if _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")
    if os.environ.get("SOCKSPEC_E2E_OWN_NETWORK") == "0":
        return False
    if _libc.unshare(_CLONE_NEWNET) != 0 and not _unshare_as_user():
        return False
    _raise_loopback()
    with open("/proc/sys/net/ipv4/ip_unprivileged_port_start", "w") as file:
        file.write("0")  # in this network only: it has no other users
    return True


def enter_own_processes():
    """Once, first of all. Where that is allowed, the tests go on in a PID namespace of their own:
    what ends processes by their number cannot hit anybody else's, and whatever was left running
    ends with the test.
    """
    if os.environ.get("SOCKSPEC_E2E_OWN_PROCESSES") == "0":
        return
    if os.geteuid() != 0 or _libc.unshare(_CLONE_NEWPID | _CLONE_NEWNS) != 0:
        return
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _libc.mount(b"none", b"/", None, _MS_REC | _MS_PRIVATE, None)
    if _libc.mount(b"proc", b"/proc", b"proc", 0, None) != 0:
        raise OSError(ctypes.get_errno(), "mount /proc")


def port_is_free(port, kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind == socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except OSError:
            return False
    return True


def _processes():
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", "rb") as file:
                after_name = file.read().rpartition(b")")[2].split()
            with open(f"/proc/{name}/cmdline", "rb") as file:
                command = file.read().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            continue  # ended meanwhile
        yield int(name), after_name[0].decode(), int(after_name[1]), command


def descendants():
    """{pid: command} of every living process below this one, wherever it hid.

    This process is a subreaper: what outlives its parent becomes its child, whatever session or
    group it has moved to and however it emptied its environment.
    """
    processes = list(_processes())
    family = {os.getpid()}
    found = {}
    grew = True
    while grew:
        grew = False
        for pid, state, parent, command in processes:
            if parent in family and pid not in family:
                family.add(pid)
                grew = True
                if state not in "ZX":
                    found[pid] = command
    return found


def end_leftovers(known):
    """Kills the descendants that are not in `known`; returns their commands."""
    left = {}
    for _ in range(100):
        strangers = {pid: command for pid, command in descendants().items() if pid not in known}
        if not strangers:
            break
        left.update(strangers)
        for pid in strangers:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        time.sleep(0.01)
    return sorted(left.values())
