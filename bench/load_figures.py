#!/usr/bin/env python3
"""Runs `sockspec load`, or a yardstick, and prints its figures as the flat JSON line that ratio.py reads.

    bench/load_figures.py -- sockspec load tcp-echo --target 127.0.0.1:7000 --duration 10s
    bench/load_figures.py --yardstick --strace -- epoll_client --target 127.0.0.1:7000 --duration 5s
    bench/load_figures.py --report saved.json

A report (schema sockspec/load/1) is asked for with --json. What a yardstick calls requests,
requests_per_s, mean_ns, p50_ns and so on has the same name here; everything else that is a number in
the report keeps its path, with _ between: verdicts_ok, latency_response_p99.

What is seen from outside is added, the same way for both sides: wall_s (from start to exit),
overhead_s (wall_s without the time measured: start, warm-up, end), process_cpu_s, process_cpu_share and
process_cpu_us_per_request, start, warm-up and end included; with --strace syscalls and syscalls_per_request, likewise;
with --memory the private memory SETTLE seconds after the start and at the end, in KiB.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

SAME_AS_A_YARDSTICK = {  # ours: where the report has it
    "requests": ("requests", "answered"),
    "seconds": ("duration_s",),
    "requests_per_s": ("achieved_rate",),
    "cpu_us_per_request": ("generator", "cpu_us_per_request"),
    "bytes_received": ("bytes", "received"),
    "mean_ns": ("latency", "service", "mean"),
    "p50_ns": ("latency", "service", "p50"),
    "p99_ns": ("latency", "service", "p99"),
}
INVALID_RUNS = 5  # at most, before the one that counts
SKIPPED = {"plan", "machine", "profile"}  # what was asked for, not what was measured


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def at(report, path):
    for name in path:
        report = report.get(name) if isinstance(report, dict) else None
    return report


def flattened(node, prefix=""):
    for name, value in node.items():
        if isinstance(value, dict) and name not in SKIPPED:
            yield from flattened(value, f"{prefix}{name}_")
        elif is_number(value):
            yield f"{prefix}{name}", value


def sent_per_s(report, rate_is_missed):
    """What falls due before the end is sent for up to 300 ms after it. With a rate that is kept that is nothing;
    where it is missed on purpose, only the seconds that are whole and not the last tell the rate."""
    whole = report["intervals"][:-1] if rate_is_missed else []
    sent = sum(second["sent"] for second in whole) or at(report, ("requests", "sent"))
    seconds = sum(second["length_ns"] for second in whole) / 1e9 or report.get("duration_s")
    return sent / seconds if is_number(sent) and seconds else None


def figures_of(report, may_be_invalid=False, rate_is_missed=False):
    if report.get("schema") != "sockspec/load/1":
        raise SystemExit(f"load_figures.py: the schema of the report is {report.get('schema')!r}, not 'sockspec/load/1'")
    if report.get("valid") is False and not may_be_invalid:
        raise SystemExit("load_figures.py: the report says that the run is not valid; that is no figure")
    figures = dict(flattened(report))
    for name, path in SAME_AS_A_YARDSTICK.items():
        if is_number(value := at(report, path)):
            figures[name] = value
    if (rate := sent_per_s(report, rate_is_missed)) is not None:
        figures["sent_per_s"] = rate
    return figures


class InvalidRun(Exception):
    """Exit code 4 of sockspec load."""


class Memory:
    """RssAnon: what a process has allocated and touched. Not the peak, which starts with the parent's."""

    def __init__(self, pid, settle_s):
        self.pid, self.settle_s = pid, settle_s
        self.settled = self.last = None

    def look(self, age_s):
        try:
            with open(f"/proc/{self.pid}/status") as file:
                found = re.search(r"RssAnon:\s+(\d+) kB", file.read())
        except OSError:
            return
        if not found:
            return  # it has just ended, and has no memory any more
        self.last = int(found[1])
        if self.settled is None and age_s >= self.settle_s:
            self.settled = self.last

    def figures(self):
        if self.settled is None:
            raise SystemExit(f"load_figures.py: it ended before {self.settle_s:g} s; say --settle")
        return {"memory_settled_kib": self.settled, "memory_end_kib": self.last,
                "memory_growth_kib": self.last - self.settled}


def syscalls_in(summary):
    """The total of `strace -c`."""
    found = re.search(r"^\s*100\.00\s+[\d.]+\s+(?:\d+\s+)?(\d+)\s+(?:\d+\s+)?total$", summary, re.MULTILINE)
    if not found:
        raise SystemExit("load_figures.py: strace gave no total")
    return int(found[1])


def run_until_valid(words, options, folder):
    """A run that sockspec itself calls invalid gives no figure, and mostly means that others used the machine
    meanwhile: it is made again, a few times."""
    for tries_left in range(INVALID_RUNS, -1, -1):
        try:
            return run(words, options, folder)
        except InvalidRun as invalid:
            if tries_left == 0:
                raise SystemExit(str(invalid)) from None
            print(f"{invalid}; once more", file=sys.stderr)


def run(words, options, folder):
    """Standard output, and the figures seen from outside."""
    if options.strace:
        words = ["strace", "-f", "-c", "-o", f"{folder}/strace", *words]
    began = time.monotonic()
    with tempfile.TemporaryFile() as out:
        try:
            child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out)
        except OSError as error:
            raise SystemExit(f"load_figures.py: {words[0]}: {error.strerror}") from None
        # Ended by whoever ends us: a generator without its adapter would load on for nobody.
        # (os.kill, because Popen.send_signal may reap, and the CPU time would be gone.)
        signal.signal(signal.SIGTERM,
                      lambda *unused: os.kill(child.pid, signal.SIGTERM) if child.returncode is None else None)
        memory = Memory(child.pid, options.settle) if options.memory else None
        while True:
            done, status, usage = os.wait4(child.pid, os.WNOHANG if memory else 0)
            age_s = time.monotonic() - began
            if done:
                break
            memory.look(age_s)
            time.sleep(0.1)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in options.accept:
            wrong = InvalidRun if child.returncode == 4 and not options.yardstick else SystemExit
            raise wrong(f"load_figures.py: {' '.join(words)}: exit code {child.returncode}")
        out.seek(0)
        text = out.read().decode(errors="replace")
    cpu_s = usage.ru_utime + usage.ru_stime
    figures = {"wall_s": age_s, "process_cpu_s": cpu_s, "process_cpu_share": cpu_s / age_s}
    if memory:
        figures.update(memory.figures())
    if options.strace:
        with open(f"{folder}/strace") as file:
            figures["syscalls"] = syscalls_in(file.read())
    return text, figures


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--yardstick", action="store_true", help="the command prints the line itself")
    parser.add_argument("--report", metavar="FILE", help="a saved report, instead of a command")
    parser.add_argument("--strace", action="store_true", help="count system calls (and be slow)")
    parser.add_argument("--memory", action="store_true", help="watch the memory")
    parser.add_argument("--settle", type=float, default=10, metavar="S", help="when memory is first noted (10)")
    parser.add_argument("--accept", type=int, action="append", default=[0], metavar="CODE",
                        help="a further exit code that still gives figures; 4: of a run that is not valid")
    parser.add_argument("--rate-is-missed", action="store_true",
                        help="on purpose; nobody answers: exit codes 1 and 4 are right, and sent_per_s is of whole seconds")
    parser.add_argument("command", nargs="*")
    options = parser.parse_args()
    if options.rate_is_missed:
        options.accept += [1, 4]
    if bool(options.command) == bool(options.report):
        parser.error("a command after --, or --report FILE")
    if options.strace and options.memory:
        parser.error("--strace and --memory: the memory would be strace's")
    return options


def main():
    options = parse_arguments()
    if options.report:
        with open(options.report) as file:
            print(json.dumps(figures_of(json.load(file))))
        return
    with tempfile.TemporaryDirectory() as folder:
        report = f"{folder}/report.json"
        more = [] if options.yardstick else ["--json", report, "--quiet"]
        text, outside = run_until_valid([*options.command, *more], options, folder)
        if options.yardstick:
            figures = json.loads(text.strip().splitlines()[-1])
        else:
            with open(report) as file:
                figures = figures_of(json.load(file), 4 in options.accept, options.rate_is_missed)
    figures.update(outside)
    if "seconds" in figures:
        figures["overhead_s"] = figures["wall_s"] - figures["seconds"]
    if figures.get("requests") and not options.strace:
        figures["process_cpu_us_per_request"] = figures["process_cpu_s"] * 1e6 / figures["requests"]
    if "syscalls" in figures:
        if not (count := figures.get("requests") or figures.get("requests_sent")):
            raise SystemExit("load_figures.py: no request was made")
        figures["syscalls_per_request"] = figures["syscalls"] / count
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
