"""A Slurm of the test's own: its nodes are network namespaces (support/hosts.py), each with a slurmd.

Its authentication is none: nothing outside the network that the test has for itself can reach it.
"""

import os
import pathlib
import shutil
import socket
import subprocess
import time

from support import hosts

NEEDED = ("slurmctld", "slurmd", "srun", "sbatch", "sinfo")
NODES = ("n1", "n2", "n3", "n4")

_CONFIGURATION = """
ClusterName=test
SlurmctldHost={host}({gateway})
AuthType=auth/none
CredType=cred/none
SlurmUser=root
SlurmdUser=root
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool.%n
TmpFS={folder}/tmp.%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.%n.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=1
PartitionName=all Nodes=ALL Default=YES
"""


def _path():
    return os.environ["PATH"] + ":/usr/sbin:/sbin"


def missing():
    """Why there can be no Slurm here; "" if there can."""
    if os.geteuid() != 0:
        return "only root can start Slurm's daemons here"
    for program in NEEDED:
        if shutil.which(program, path=_path()) is None:
            return f"there is no {program} here (Debian: slurmctld slurmd slurm-client)"
    return hosts.missing()


class Slurm:
    """Use as a context manager; `machines` are hosts.Hosts with NODES among them. Commands run by run()."""

    def __init__(self, folder, machines):
        self.folder = pathlib.Path(folder)
        self.machines = machines
        self.environment = {**os.environ, "PATH": _path(), "LC_ALL": "C.UTF-8", "SLURM_CONF": str(self.folder / "slurm.conf")}
        self._daemons = []

    def __enter__(self):
        (self.folder / "state").mkdir()
        nodes = ""
        for node in NODES:
            (self.folder / f"tmp.{node}").mkdir()
            nodes += f"NodeName={node} NodeAddr={self.machines.addresses[node]} CPUs=2\n"
        (self.folder / "slurm.conf").write_text(
            _CONFIGURATION.format(host=socket.gethostname().split(".")[0], gateway=hosts.GATEWAY, folder=self.folder) + nodes)
        self._start("slurmctld", "-D")
        for node in NODES:
            self._start(*self.machines.inside(node), "slurmd", "-D")
        end = time.monotonic() + 60
        while self.run("sinfo", "--noheader", "--format=%T %D").stdout.split() != ["idle", str(len(NODES))]:
            if time.monotonic() > end:
                self.__exit__()
                raise AssertionError("the nodes of Slurm are not ready:\n" + self.log())
            time.sleep(0.05)
        return self

    def __exit__(self, *unused):
        for daemon in reversed(self._daemons):
            daemon.terminate()
        for daemon in self._daemons:
            try:
                daemon.wait(20)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()

    def _start(self, *words):
        with open(self.folder / f"daemon{len(self._daemons)}.log", "wb") as log:
            self._daemons.append(subprocess.Popen(words, env=self.environment, stdin=subprocess.DEVNULL, stdout=log,
                                                  stderr=subprocess.STDOUT))

    def log(self):
        """The last words of all daemons."""
        return "\n".join(f"{file.name}: {file.read_text(errors='replace')[-1000:]}" for file in sorted(self.folder.glob("daemon*")))

    def run(self, *words, cwd=None, time_limit=120, **environment):
        return subprocess.run([str(word) for word in words], cwd=cwd, env={**self.environment, **environment}, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=time_limit,
                              check=False)
