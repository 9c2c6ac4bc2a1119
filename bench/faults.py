#!/usr/bin/env python3
"""Does the load generator count what a faulty server did? Both tallies side by side.

    bench/faults.py --transport udp --faulty-echo build/release/bench/faulty_echo -- build/release/bin/sockspec load

Each round starts faulty_echo with another seed, loads it, ends it, and holds the generator's report
against the tally that the server prints at SIGTERM. The first exchange of each connection is
answered faithfully (--spare 1): with it the generator verifies the connection, and counts nothing.

Open loop, so that a dropped message stops nobody; and slow enough that no socket overflows, which
would be a loss that the server does not know of: the row kernel_drops has it. It ends only processes
that it started.
"""

import argparse
import json
import shlex
import sys
import tempfile

import ratio

SHARES = "--drop 0.01 --duplicate 0.005 --corrupt 0.001 --swap 0.01"
SIZE = 64
# A reply that comes late for the machine's sake would be counted as such, rightly, and spoil the
# comparison; a request that is given up at the end must be given up before the run is over.
TIMEOUT = "500ms"


def server_side(tally, connections):
    received = tally["received"] - connections
    return {"requests": received,
            "ok": received - tally["dropped"] - tally["corrupted"] - tally["swapped"],
            "lost": tally["dropped"],
            "duplicate": tally["duplicated"],
            "corrupt": tally["corrupted"],
            "reordered": tally["swapped"],
            "other_verdicts": 0,
            "kernel_drops": 0}


def client_side(report):
    verdicts = dict(report["verdicts"])
    udp = report["udp"] or {}
    figures = {"requests": report["requests"]["sent"]}
    for name in ("ok", "lost", "duplicate", "corrupt", "reordered"):
        figures[name] = verdicts.pop(name)
    figures["other_verdicts"] = sum(verdicts.values())
    figures["kernel_drops"] = (udp.get("client_drops") or 0) + (udp.get("server_drops") or 0)
    return figures


def load(options, target, seed, report_file):
    command = shlex.join(options.command)
    command += (f" {options.transport}-echo --target {target} --connections {options.connections} --size {SIZE}"
                f" --rate {options.rate} --duration {options.duration} --timeout {TIMEOUT} --seed {seed} --threads 1"
                f" --quiet --json {shlex.quote(report_file)}")
    with ratio.Process(ratio.pinned(command, options.client_core)) as client:
        if not client.read_until(lambda text: False, options.time_limit):
            raise ratio.Failed(f"{command}: not over after {options.time_limit:g} s")
        # 1: replies were wrong, which is what is wanted here.
        if (code := client.reap()) not in (0, 1):
            raise ratio.Failed(f"{command}: exit code {code}")
    with open(report_file) as file:
        return json.load(file)


def run_round(options, seed):
    command = (f"{shlex.quote(options.faulty_echo)} --transport {options.transport} --size {SIZE} --seed {seed}"
               f" --spare 1 {SHARES}")
    with tempfile.TemporaryDirectory() as folder:
        server, target = ratio.start_server(command, options.server_core)
        with server:
            report = load(options, target, seed, f"{folder}/report.json")
            if (code := server.end()) != 0:
                raise ratio.Failed(f"{command}: exit code {code} at SIGTERM")
    tally = {name: int(count) for name, count in ratio.last_json_line(server.text.decode()).items()}
    return {"a": server_side(tally, options.connections), "b": client_side(report)}


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--transport", choices=("tcp", "udp"), required=True)
    parser.add_argument("--faulty-echo", required=True, metavar="PROGRAM")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--rate", default="10000", help="of all connections together (10000)")
    parser.add_argument("--duration", default="10s")
    parser.add_argument("--seed", type=int, default=42, help="of the first round; each further one has the next")
    parser.add_argument("command", nargs="+", help="sockspec load")
    ratio.add_run_options(parser)
    options = parser.parse_args()
    ratio.check_run_options(parser, options)
    return options


def main():
    options = parse_arguments()
    return ratio.publish_equal(options, ["server did", "sockspec counted"], run_round)


if __name__ == "__main__":
    sys.exit(main())
