#!/usr/bin/env python3
"""Runs another load generator, and prints its figures as the flat JSON line that ratio.py reads.

    bench/peers.py --list
    bench/peers.py wrk --target 127.0.0.1:7000 --connections 64 --size 64 --duration 10s

Prints requests, seconds and requests_per_s as the peer says them (senders that await no reply: sent and
sent_per_s), and seen from outside wall_s, process_cpu_s, process_cpu_share and
process_cpu_us_per_request. A peer that met an error gives no figures.

A peer is looked for on PATH. Debian has sockperf, iperf3 and wrk; the others are built from their
sources, outside this repository. --list prints the closed-loop TCP peers that are there.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import Callable

FOLDER = pathlib.Path(__file__).resolve().parent


class Wrong(Exception):
    """No figures."""


@dataclass
class Load:
    program: str
    host: str
    port: str
    connections: int
    size: int
    seconds: int


def found(pattern, text):
    if not (match := re.search(pattern, text, re.MULTILINE)):
        raise Wrong(f"its output has nothing like {pattern!r}:\n{text.strip()[-500:]}")
    return match


def replies(count, seconds):
    return {"requests": int(count), "seconds": float(seconds), "requests_per_s": int(count) / float(seconds)}


def sent(count, seconds):
    return {"sent": int(count), "seconds": float(seconds), "sent_per_s": int(count) / float(seconds)}


# HTTP against an echo server: see wrk_echo.lua.
def wrk_words(load):
    return [load.program, "--threads", "1", "--connections", str(load.connections), "--duration", f"{load.seconds}s",
            "--script", str(FOLDER / "wrk_echo.lua"), f"http://{load.host}:{load.port}/", "--", str(load.size)]


def wrk_figures(text, load):
    if wrong := re.search(r"Socket errors:.*|Non-2xx.*", text):
        raise Wrong(wrong[0])
    totals = found(r"^\s*(\d+) requests in ([\d.]+)(m?)s,", text)
    return replies(totals[1], float(totals[2]) * (60 if totals[3] else 1))


# A thread and a blocking socket for each connection; looks at the length of what it receives.
def echo_bench_words(load):
    return [load.program, "--address", f"{load.host}:{load.port}", "--number", str(load.connections),
            "--duration", str(load.seconds), "--length", str(load.size)]


def echo_bench_figures(text, load):
    if wrong := re.search(r".*(error|died).*", text):
        raise Wrong(wrong[0])
    return replies(found(r"^Responses: (\d+)", text)[1], load.seconds)


# Sends back what it receives, whatever that is; what it counts is bytes.
def muduo_words(load):
    return [load.program, load.host, load.port, "1", str(load.size), str(load.connections), str(load.seconds)]


def muduo_figures(text, load):
    return replies(int(found(r"(\d+) total bytes read", text)[1]) // load.size, load.seconds)


# Checks every byte, as we do.
def fortio_words(load):
    return [load.program, "load", "-qps", "0", "-c", str(load.connections), "-t", f"{load.seconds}s",
            "-payload-size", str(load.size), "-json", "-", f"tcp://{load.host}:{load.port}"]


def fortio_figures(text, load):
    report = json.loads(text[text.index("{\n"):text.rindex("}") + 1])
    codes = report["RetCodes"]
    if set(codes) != {"OK"}:
        raise Wrong(f"not all was right: {codes}")
    return replies(codes["OK"], report["ActualDuration"] / 1e9)


# Its own server only (sockperf sr --tcp): an echo server's replies it does not take for replies.
def sockperf_words(load):
    if load.connections != 1:
        raise Wrong("sockperf has one request in flight, however many connections")
    return [load.program, "ping-pong", "--tcp", "-i", load.host, "-p", load.port, "-t", str(load.seconds),
            "-m", str(load.size)]


def sockperf_figures(text, load):
    totals = found(r"\[Valid Duration\] RunTime=([\d.]+) sec; SentMessages=\d+; ReceivedMessages=(\d+)", text)
    return replies(totals[2], totals[1])


def sockperf_send_words(load):
    return [load.program, "throughput", "-i", load.host, "-p", load.port, "-t", str(load.seconds), "-m", str(load.size)]


def sockperf_send_figures(text, load):
    return sent(int(found(r"Message Rate is (\d+)", text)[1]) * load.seconds, load.seconds)


# Its own server only (iperf3 -s).
def iperf3_send_words(load):
    return [load.program, "--client", load.host, "--port", load.port, "--udp", "--bitrate", "0", "--length", str(load.size),
            "--time", str(load.seconds), "--json"]


def iperf3_send_figures(text, load):
    report = json.loads(text)
    if "error" in report:
        raise Wrong(report["error"])
    return sent(report["end"]["sum"]["packets"], report["end"]["sum"]["seconds"])


@dataclass
class Peer:
    programs: tuple  # the names that it may have on PATH
    words: Callable
    figures: Callable
    listed: bool     # many connections, one request in flight each, an echo server that is anybody's
    where: str       # it can be had

    def program(self):
        return next(filter(None, map(shutil.which, self.programs)), None)


PEERS = {
    "wrk": Peer(("wrk",), wrk_words, wrk_figures, True, "Debian: wrk"),
    "rust_echo_bench": Peer(("rust_echo_bench", "echo_bench"), echo_bench_words, echo_bench_figures, True,
                            "haraldh/rust_echo_bench"),
    "muduo": Peer(("muduo_pingpong_client", "pingpong_client"), muduo_words, muduo_figures, True,
                  "chenshuo/muduo, examples/pingpong"),
    "fortio": Peer(("fortio",), fortio_words, fortio_figures, True, "fortio/fortio"),
    "sockperf": Peer(("sockperf",), sockperf_words, sockperf_figures, False, "Debian: sockperf"),
    "sockperf-send": Peer(("sockperf",), sockperf_send_words, sockperf_send_figures, False, "Debian: sockperf"),
    "iperf3-send": Peer(("iperf3",), iperf3_send_words, iperf3_send_figures, False, "Debian: iperf3"),
}


def run(words):
    """Its output, both kinds, and what is seen from outside."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=errors)
        # Ended by whoever ends us. os.kill, because Popen.send_signal may reap, and the CPU time would be gone.
        signal.signal(signal.SIGTERM,
                      lambda *unused: os.kill(child.pid, signal.SIGTERM) if child.returncode is None else None)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        wall_s, cpu_s = time.monotonic() - began, usage.ru_utime + usage.ru_stime
        texts = []
        for file in (out, errors):
            file.seek(0)
            texts.append(file.read().decode(errors="replace"))
    if child.returncode != 0:
        raise Wrong(f"exit code {child.returncode}: {''.join(texts).strip()[-500:]}")
    return texts, {"wall_s": wall_s, "process_cpu_s": cpu_s, "process_cpu_share": cpu_s / wall_s}


def figures_of(peer, load):
    (out, errors), outside = run(peer.words(load))
    # Numbers are looked for in what is printed for machines; some peers log to standard error only.
    figures = peer.figures(out if out.strip() else errors, load)
    if not (count := figures.get("requests") or figures.get("sent")):
        raise Wrong("it made no request")
    return {**figures, **outside, "process_cpu_us_per_request": outside["process_cpu_s"] * 1e6 / count}


def list_peers():
    for name, peer in PEERS.items():
        if peer.listed and peer.program():
            print(name)
        elif peer.listed:
            print(f"{name}: missing ({peer.where})", file=sys.stderr)


def whole_seconds(text):
    if not (match := re.fullmatch(r"(\d+)s", text)):
        raise argparse.ArgumentTypeError(f"{text!r}: peers count whole seconds; write 10s")
    return int(match[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peer", nargs="?", choices=PEERS)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--target", metavar="HOST:PORT")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--size", type=int, default=64, help="bytes of a message")
    parser.add_argument("--duration", type=whole_seconds, default=10, metavar="SECONDSs")
    options = parser.parse_args()
    if options.list:
        list_peers()
        return
    if not options.peer or not options.target:
        parser.error("a peer and --target, or --list")
    peer = PEERS[options.peer]
    if not (program := peer.program()):
        raise SystemExit(f"peers.py: there is no {options.peer} on PATH ({peer.where})")
    host, _, port = options.target.rpartition(":")
    try:
        print(json.dumps(figures_of(peer, Load(program, host, port, options.connections, options.size, options.duration))))
    except Wrong as wrong:
        raise SystemExit(f"peers.py: {options.peer}: {wrong}") from None


if __name__ == "__main__":
    main()
