"""Machines that are network namespaces: each with a name and an address, joined by a bridge.

Made inside the network that the test has for itself (isolation), so nothing outside is touched.
"""

import pathlib
import shutil
import subprocess

NEEDED = ("ip", "nsenter", "unshare")
GATEWAY = "10.77.0.1"  # of the test itself
NETWORK = "10.77.0.0/24"


class Hosts:
    """Use as a context manager. `names` become hosts with the addresses 10.77.0.11 and on."""

    def __init__(self, folder, names):
        self.folder = pathlib.Path(folder)
        self.names = names
        self.addresses = {name: f"10.77.0.{11 + place}" for place, name in enumerate(names)}
        self._processes = {}

    def __enter__(self):
        try:
            self._make()
        except (OSError, subprocess.CalledProcessError):
            self.__exit__()
            raise
        return self

    def __exit__(self, *unused):
        for process in self._processes.values():
            process.stdin.close()
            process.wait()
        subprocess.run(["ip", "link", "del", "sockspec0"], capture_output=True, check=False)

    def _make(self):
        self._ip("link", "add", "sockspec0", "type", "bridge")
        self._ip("addr", "add", f"{GATEWAY}/24", "dev", "sockspec0")
        self._ip("link", "set", "sockspec0", "up")
        for place, name in enumerate(self.names):
            process = subprocess.Popen(["unshare", "--net", "--uts", "sh", "-c", f"hostname {name} && echo there && exec cat"],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            self._processes[name] = process
            if process.stdout.readline() != "there\n":
                raise OSError("no network namespace can be made here")
            self._ip("link", "add", f"host{place}", "type", "veth", "peer", "name", "eth0", "netns", str(process.pid))
            self._ip("link", "set", f"host{place}", "master", "sockspec0", "up")
            for words in (("link", "set", "lo", "up"), ("addr", "add", f"{self.addresses[name]}/24", "dev", "eth0"),
                          ("link", "set", "eth0", "up")):
                subprocess.run(self.inside(name) + ["ip", *words], check=True, capture_output=True)

    @staticmethod
    def _ip(*words):
        subprocess.run(["ip", *words], check=True, capture_output=True)

    def inside(self, name):
        """The beginning of a command that runs on this host."""
        return ["nsenter", "-t", str(self._processes[name].pid), "--net", "--uts"]

    def launcher(self):
        """What mpirun takes for ssh: LAUNCHER HOST COMMAND …"""
        file = self.folder / "enter-host"
        cases = "".join(f"  {name}) set -- {' '.join(self.inside(name))} sh -c \"$*\" ;;\n" for name in self.names)
        file.write_text(f'#!/bin/sh\nhost=$1\nshift\ncase $host in\n{cases}esac\nexec "$@"\n')
        file.chmod(0o755)
        return file


def missing():
    """Why there can be no hosts here; "" if there can."""
    for program in NEEDED:
        if shutil.which(program) is None:
            return f"there is no program {program} here"
    return ""
