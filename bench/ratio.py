#!/usr/bin/env python3
"""Two commands side by side: the medians of what they print, and the ratio B / A with its spread.

    bench/ratio.py --server 'epoll_echo' --rounds 7 \\
        --a 'epoll_client --target {target} --duration 10s' \\
        --b 'load_figures.py -- sockspec load tcp-echo --target {target} --duration 10s'

Each command ends by itself and prints, as its last line, a flat JSON object of numbers. A is the
yardstick, B is what is measured. The order is A B B A A B B A ..., so that a machine that slowly gets
warmer or busier treats both alike; the first ratio of a pair is not worth more than the second.

A server is started anew for every single run, on a core of its own, and must print READY host:port;
{target} in a client's command stands for that host:port, {server_pid} for its process. What it prints
as its last line when it is ended is added as server_NAME, its CPU as server_cpu_us_per_request.

Prints a table for people, then one line of JSON (or writes it, --json FILE). Exit code 0 if everything could be measured, whatever
the figures are; 1 if a run failed; 2 for wrong usage. It ends only processes that it started.
"""

import argparse
import json
import os
import platform
import re
import select
import shlex
import signal
import statistics
import subprocess
import sys
import threading
import time

OPERATORS = {">=": float.__ge__, "<=": float.__le__}

# A report of sockspec has a hundred numbers, and the JSON has them all; the table has these.
SHOWN = re.compile(r"requests|(requests|sent|bytes_received)_per_s|(server_|process_)?cpu_us_per_request|"
                   r"bytes_received|(mean|p50|p99)_ns|process_cpu_share|syscalls_per_request|wall_s|overhead_s")


class Failed(Exception):
    """A run that gives no figures."""


def pinned(command, core, **places):
    # Split first: a placeholder inside a quoted word is one too.
    words = [re.sub(r"\{(target|server_pid)\}", lambda found: str(places.get(found[1], found[0])), word)
             for word in shlex.split(command)]
    return words if core is None else ["taskset", "-c", str(core), *words]


def last_json_line(text):
    """The numbers of the last line, or none if it is something else."""
    lines = text.strip().splitlines()
    try:
        members = json.loads(lines[-1]) if lines else {}
    except ValueError:
        return {}
    if not isinstance(members, dict):
        return {}
    return {name: float(value) for name, value in members.items()
            if isinstance(value, (int, float)) and not isinstance(value, bool)}


class Process:
    """A child, from start to reap. Ended by its pid when the block ends, however that comes."""

    def __init__(self, words):
        self.words = words
        try:
            self.child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        except OSError as error:
            raise Failed(f"{shlex.join(words)}: {error.strerror}") from None
        self.cpu_s = 0.0
        self.text = b""

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        if self.child.returncode is None:
            self.end()
        self.child.stdout.close()

    def read_until(self, complete, limit_s):
        """Reads standard output until complete(text so far) or its end. False: the time was up."""
        until = time.monotonic() + limit_s
        while not complete(self.text):
            if not select.select([self.child.stdout], [], [], max(0, until - time.monotonic()))[0]:
                return False
            if not (piece := os.read(self.child.stdout.fileno(), 65536)):
                break
            self.text += piece
        return True

    def end(self):
        """SIGTERM, and SIGKILL for one that does not listen. SIGCONT, because a stopped one cannot."""
        for number in (signal.SIGCONT, signal.SIGTERM):
            self.signal(number)
        if not self.read_until(lambda text: False, 5):
            self.signal(signal.SIGKILL)
        return self.reap()

    def signal(self, number):
        # Not Popen.send_signal: that one may reap, and the CPU time would be gone. Until reap() the pid
        # cannot be anybody else's.
        os.kill(self.child.pid, number)

    def reap(self):
        # wait4 and not wait: it tells the CPU time of this very child.
        _, status, usage = os.wait4(self.child.pid, 0)
        self.child.returncode = os.waitstatus_to_exitcode(status)
        self.cpu_s = usage.ru_utime + usage.ru_stime
        return self.child.returncode


def start_server(command, core):
    server = Process(pinned(command, core))
    ready = server.read_until(lambda text: b"\n" in text, 10)
    found = re.match(rb"READY (\S+)\n", server.text)
    if not ready or not found:
        with server:
            raise Failed(f"{command}: no line READY host:port within 10 s")
    return server, found[1].decode()


class Freeze:
    """Stops the server for a while: AT seconds after the client was started, for FOR seconds."""

    def __init__(self, at_s, for_s):
        self.at_s, self.for_s = at_s, for_s

    @classmethod
    def parse(cls, text):
        at_s, _, for_s = text.partition(":")
        return cls(float(at_s), float(for_s) if for_s else None)

    def run(self, server, client_is_over):
        began = time.monotonic()
        if client_is_over.wait(self.at_s):
            return
        server.signal(signal.SIGSTOP)
        if self.for_s is None:
            return  # until it is ended
        # Not a wait for the client: the server is to sleep for this long, whoever goes meanwhile.
        time.sleep(max(0, began + self.at_s + self.for_s - time.monotonic()))
        server.signal(signal.SIGCONT)


def run_client(command, options, **places):
    with Process(pinned(command, options.client_core, **places)) as client:
        if not client.read_until(lambda text: False, options.time_limit):
            raise Failed(f"{command}: not over after {options.time_limit:g} s")
        if (code := client.reap()) != 0:
            raise Failed(f"{command}: exit code {code}")
        if not (figures := last_json_line(client.text.decode(errors="replace"))):
            raise Failed(f"{command}: its last line is not a JSON object with numbers")
        return figures


def run_once(client, server_command, options):
    if not server_command:
        return run_client(client, options)
    server, target = start_server(server_command, options.server_core)
    with server:
        over = threading.Event()
        freezer = None
        if options.freeze_server:
            freezer = threading.Thread(target=options.freeze_server.run, args=(server, over))
            freezer.start()
        try:
            figures = run_client(client, options, target=target, server_pid=server.child.pid)
        finally:
            over.set()
            if freezer:
                freezer.join()
            code = server.end()
    if code > 0 and code != 128 + signal.SIGTERM:
        raise Failed(f"{server_command}: exit code {code} at SIGTERM")
    said = last_json_line(server.text.decode(errors="replace"))
    figures.update({f"server_{name}": value for name, value in said.items()})
    if figures.get("requests"):
        # From start to end, warm-up included: more than the truth, and by as much on both sides.
        figures["server_cpu_us_per_request"] = server.cpu_s * 1e6 / figures["requests"]
    return figures


def quotient(b, a):
    return b / a if a else None


def reached(want, row, rounds):
    """None: nothing was printed that could tell."""
    if want["of"] == "same":
        if row.get("a") is None or row.get("b") is None:
            return None
        # A median could hide the one round in which they differ.
        return all(pair["a"].get(want["metric"]) == pair["b"].get(want["metric"]) for pair in rounds)
    if row.get(want["of"]) is None:
        return None
    return OPERATORS[want["operator"]](float(row[want["of"]]), want["value"])


def summary(rounds, wanted):
    """Per metric: the medians, the ratio of the medians, and the smallest and largest of a round."""
    metrics = {}
    for name in dict.fromkeys(name for pair in rounds for side in "ab" for name in pair[side]):
        a = [pair["a"][name] for pair in rounds if name in pair["a"]]
        b = [pair["b"][name] for pair in rounds if name in pair["b"]]
        row = {"a": statistics.median(a) if a else None, "b": statistics.median(b) if b else None}
        if a and b:
            each = [quotient(pair["b"][name], pair["a"][name]) for pair in rounds
                    if name in pair["a"] and name in pair["b"]]
            each = [ratio for ratio in each if ratio is not None]
            row["ratio"], row["difference"] = quotient(row["b"], row["a"]), row["b"] - row["a"]
            row["lowest"], row["highest"] = (min(each), max(each)) if each else (None, None)
        metrics[name] = row
    for want in wanted:
        want["reached"] = reached(want, metrics.get(want["metric"], {}), rounds)
        if want["reached"] is None:
            raise Failed(f"--want {want['text']}: no run printed {want['metric']} for that; "
                         f"there are {', '.join(sorted(metrics))}")
    return metrics


def parse_want(text):
    if same := re.fullmatch(r"\s*(\w+)\s*==\s*a\s*", text):
        return {"text": text.strip(), "of": "same", "metric": same[1], "operator": "==", "value": "a"}
    found = re.fullmatch(r"\s*(b:|b-a:)?(\w+)\s*(>=|<=)\s*([\d.e+-]+)\s*", text)
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r}: write 'requests_per_s >= 0.95', 'b:wall_s <= 1' or 'lost == a'")
    of = {None: "ratio", "b:": "b", "b-a:": "difference"}[found[1]]
    return {"text": text.strip(), "of": of, "metric": found[2],
            "operator": found[3], "value": float(found[4])}


def steal_ticks():
    """Time that the host took from this virtual machine, in all cores, since it was started."""
    try:
        with open("/proc/stat") as file:
            return int(file.readline().split()[8])
    except (OSError, IndexError, ValueError):
        return 0


def machine():
    def first(path, pattern):
        try:
            with open(path) as file:
                found = re.search(pattern, file.read())
        except OSError:
            return "unknown"
        return found[1].strip() if found else "unknown"
    return {"kernel": platform.release(), "processor": first("/proc/cpuinfo", r"model name\s*:(.*)"),
            "cores": os.cpu_count(), "load_average": round(os.getloadavg()[0], 2),
            "governor": first("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", r"(.*)")}


def shown(number):
    if number is None:
        return "-"
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.4g}"


def print_table(title, metrics, wanted, names, shown_metrics):
    print(title)
    rows = [["metric", *names, "ratio", "lowest", "highest"]]
    asked_for = {want["metric"] for want in wanted}
    for name, row in metrics.items():
        if name not in asked_for and not ("ratio" in row and shown_metrics.fullmatch(name)):
            continue
        rows.append([name, *(shown(row.get(key)) for key in ("a", "b", "ratio", "lowest", "highest"))])
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    for row in rows:
        print("  " + row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:])))
    for want in wanted:
        print(f"  {'reached' if want['reached'] else 'MISSED'}: {want['text']}")


class Watch:
    """What the machine was, and what it did to us meanwhile."""

    def __init__(self):
        self.machine, self.began, self.stolen = machine(), time.monotonic(), steal_ticks()

    def end(self):
        share = (steal_ticks() - self.stolen) / os.sysconf("SC_CLK_TCK") / (time.monotonic() - self.began)
        return {**self.machine, "steal": round(share / (os.cpu_count() or 1), 4)}


def publish(title, names, rounds, wanted, watch, json_file=None, shown_metrics=SHOWN):
    """The table, and the line of JSON. rounds: one {"a": figures, "b": figures} each."""
    metrics = summary(rounds, wanted)
    print_table(title, metrics, wanted, names, shown_metrics)
    line = json.dumps({"title": title, "names": names, "machine": watch.end(), "date": time.strftime("%Y-%m-%d"),
                       "metrics": metrics, "wanted": wanted, "rounds": rounds})
    if json_file:
        with open(json_file, "w") as file:
            print(line, file=file)
    else:
        print(line)


def add_run_options(parser):
    """Those that other scripts with rounds of two sides take, too."""
    parser.add_argument("--title", default="ratio")
    parser.add_argument("--json", metavar="FILE", help="for the line of JSON, instead of standard output")
    parser.add_argument("--rounds", type=int, default=7, help="of one A and one B (7)")
    parser.add_argument("--server-core", type=int, default=0)
    parser.add_argument("--client-core", type=int, default=1)
    parser.add_argument("--no-pin", action="store_true", help="for a look on a machine with one core")
    parser.add_argument("--time-limit", type=float, default=120, metavar="S", help="of one client (120)")


def check_run_options(parser, options):
    if options.rounds < 1:
        parser.error("--rounds: at least 1; a run that measures nothing is no run")
    if options.no_pin:
        options.server_core = options.client_core = None
    elif max(options.server_core, options.client_core) >= (os.cpu_count() or 1):
        parser.error(f"there are {os.cpu_count()} cores: name others, or say --no-pin")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--a", required=True, metavar="COMMAND", help="the yardstick")
    parser.add_argument("--b", required=True, metavar="COMMAND", help="what is measured")
    parser.add_argument("--names", default="yardstick,sockspec", metavar="A,B", help="for the table")
    parser.add_argument("--server", metavar="COMMAND", help="of both; prints READY host:port")
    parser.add_argument("--server-a", metavar="COMMAND", help="of A alone")
    parser.add_argument("--server-b", metavar="COMMAND", help="of B alone")
    parser.add_argument("--show", type=re.compile, default=SHOWN, metavar="PATTERN",
                        help="which metrics the table has besides those of --want; '.*' for all")
    parser.add_argument("--freeze-server", type=Freeze.parse, metavar="AT[:FOR]",
                        help="SIGSTOP, AT s after the client's start, for FOR s or to the end")
    parser.add_argument("--want", type=parse_want, action="append", default=[], metavar="CONDITION",
                        help="on a ratio, 'requests_per_s >= 0.95', on B itself, 'b:wall_s <= 1', 'b-a:wall_s <= 1', "
                             "or 'lost == a', the same number in every round")
    add_run_options(parser)
    options = parser.parse_args()
    check_run_options(parser, options)
    options.names = options.names.split(",")
    if len(options.names) != 2:
        parser.error("--names: two, with a comma between them")
    return options


def run_rounds(options, run_round, publish_rounds):
    """run_round(number) gives the figures of one round. The exit code."""
    signal.signal(signal.SIGTERM, lambda *unused: sys.exit(143))  # through every __exit__
    watch, rounds = Watch(), []
    try:
        for number in range(options.rounds):
            rounds.append(run_round(number))
            print(f"round {number + 1} of {options.rounds}", file=sys.stderr)
        publish_rounds(rounds, watch)
    except Failed as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def publish_equal(options, names, run_round):
    """For rounds of which each has its own seed, and in which B must say just what A says."""
    return run_rounds(options, lambda number: run_round(options, options.seed + number), lambda rounds, watch: publish(
        options.title, names, rounds, [parse_want(f"{name} == a") for name in rounds[0]["a"]], watch, options.json))


def main():
    options = parse_arguments()
    sides = {"a": (options.a, options.server_a or options.server),
             "b": (options.b, options.server_b or options.server)}
    return run_rounds(
        options,
        lambda number: {side: run_once(*sides[side], options) for side in ("ab" if number % 2 == 0 else "ba")},
        lambda rounds, watch: publish(options.title, options.names, rounds, options.want, watch, options.json, options.show))


if __name__ == "__main__":
    sys.exit(main())
