#!/usr/bin/env python3
"""One load run of several ranks on this machine, against servers that share a port.

    bench/ranks.py --ranks 4 --connections 60000 -- build/release/bin/sockspec

Prints what sockspec prints, and then a line of JSON: what was counted, and how many descriptors each server had.
Exit code: that of the run. It ends only processes that it started.
"""

import argparse
import contextlib
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import ratio

MPIRUN = ["mpirun", "--allow-run-as-root", "--oversubscribe", "--bind-to", "none", "-q",
          "--mca", "btl_vader_single_copy_mechanism", "none"]


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def start_servers(options, processes):
    """Their processes, and the HOST:PORT that all of them have."""
    command = f"{options.command[0]} serve tcp-echo --reuse-port --host 127.0.0.1 --port"
    first, target = ratio.start_server(f"{command} 0", None)
    servers = [processes.enter_context(first)]
    for _ in range(options.servers - 1):
        server, _ = ratio.start_server(f"{command} {target.rpartition(':')[2]}", None)
        servers.append(processes.enter_context(server))
    return servers, target


def run(options, folder):
    whole = folder / "whole.json"
    with contextlib.ExitStack() as processes:
        servers, target = start_servers(options, processes)
        began = time.monotonic()
        load = subprocess.Popen(
            [*MPIRUN, "-n", str(options.ranks), *options.command, "load", "tcp-echo", "--target", target,
             "--connections", str(options.connections), "--rate", options.rate, "--duration", options.duration,
             "--size", str(options.size), "--seed", "42", "--pace", "sleep", "--json", str(whole)])
        most = [0] * len(servers)
        try:
            while load.poll() is None:
                most = [max(known, descriptors(server.child.pid)) for known, server in zip(most, servers)]
                time.sleep(0.2)
        finally:
            if load.returncode is None:
                load.terminate()
                load.wait()
        wall_s = time.monotonic() - began
    if not whole.exists():
        sys.exit(load.returncode or 1)
    return load.returncode, json.loads(whole.read_text()), most, wall_s


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ranks", type=int, default=4)
    parser.add_argument("--servers", type=int, default=4)
    parser.add_argument("--connections", type=int, default=60000, help="of all ranks together (60000)")
    parser.add_argument("--rate", default="10k", help="of all ranks together (10k)")
    parser.add_argument("--duration", default="20s")
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("command", nargs=1, help="sockspec")
    return parser.parse_args()


def main():
    options = parse_arguments()
    with tempfile.TemporaryDirectory() as folder:
        code, report, most, wall_s = run(options, pathlib.Path(folder))
    print(json.dumps({
        "exit_code": code, "wall_s": round(wall_s, 1), "duration_s": report["duration_s"],
        "connections": report["connections"], "requests": report["requests"],
        "verdicts": {name: count for name, count in report["verdicts"].items() if count},
        "descriptors_of_each_server": most, "limit_of_descriptors": resource.getrlimit(resource.RLIMIT_NOFILE)[1],
        "start_skew_ns": report["start_skew_ns"], "adherence": [rank["adherence"] for rank in report["ranks"]]}))
    return code


if __name__ == "__main__":
    sys.exit(main())
