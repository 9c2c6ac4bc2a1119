#!/usr/bin/env python3
"""Do the merged reports of shards say what the shards said? Added up here and by sockspec merge.

    bench/shards.py --server build/release/bench/epoll_echo -- build/release/bin/sockspec

Each round runs all shards at the same time against one server, and merges their reports. Here the
histograms are read by hdr.py, which shares nothing with harness/, and added bucket by bucket. It ends
only processes that it started.
"""

import argparse
import contextlib
import itertools
import json
import shlex
import sys
import tempfile

import hdr
import ratio

SERIES = ("response", "service", "lag")


def finish(process, limit_s):
    if not process.read_until(lambda text: False, limit_s):
        raise ratio.Failed(f"{shlex.join(process.words)}: not over after {limit_s:g} s")
    # 4: the schedule was not kept, four generators being on one core. What they counted, they counted.
    if (code := process.reap()) not in (0, 4):
        raise ratio.Failed(f"{shlex.join(process.words)}: exit code {code}")


def read(file_name):
    with open(file_name) as file:
        return json.load(file)


def run_shards(options, seed, folder):
    """Their reports' file names."""
    server, target = ratio.start_server(options.server, options.server_core)
    files = [f"{folder}/{index}.json" for index in range(1, options.shards + 1)]
    with server, contextlib.ExitStack() as processes:
        running = []
        for index, file in enumerate(files, 1):
            command = (f"{shlex.join(options.command)} load tcp-echo --target {target} --connections 16 --size 64"
                       f" --rate {options.rate} --duration {options.duration} --seed {seed} --threads 1 --pace sleep"
                       f" --shard {index}/{options.shards} --quiet --json {file}")
            process = ratio.Process(ratio.pinned(command, options.client_core))
            running.append(processes.enter_context(process))
        for process in running:
            finish(process, options.time_limit)
    return files


def merge(options, files, whole):
    with ratio.Process([*options.command, "merge", *files, "--quiet", "--json", whole]) as process:
        finish(process, options.time_limit)
    return read(whole)


def added(columns):
    """Lists of counts, of different lengths, added up."""
    return [sum(row) for row in itertools.zip_longest(*columns, fillvalue=0)]


def differing(first, second):
    return sum(a != b for a, b in itertools.zip_longest(first, second, fillvalue=0))


def counters(report):
    """All that is to be added, by name."""
    return {f"{group}_{name}": number for group in ("requests", "verdicts", "bytes")
            for name, number in report[group].items()}


def compare(shards, whole, other_order):
    a, b = {}, {}
    for name in SERIES:
        buckets = added([hdr.counts_of(shard["latency"][name]["hdr"]) for shard in shards])
        merged = whole["latency"][name]
        merged_buckets = hdr.counts_of(merged["hdr"])
        a[f"{name}_count"], b[f"{name}_count"] = sum(buckets), sum(merged_buckets)
        a[f"{name}_buckets"], b[f"{name}_buckets"] = sum(map(bool, buckets)), sum(map(bool, merged_buckets))
        a[f"{name}_buckets_that_differ"], b[f"{name}_buckets_that_differ"] = 0, differing(buckets, merged_buckets)
        a[f"{name}_sum_ns"] = sum(int(shard["latency"][name]["sum_ns"] or 0) for shard in shards)
        b[f"{name}_sum_ns"] = int(merged["sum_ns"] or 0)
        # Which report is given first is nobody's business.
        a[f"{name}_depends_on_order"], b[f"{name}_depends_on_order"] = 0, int(merged != other_order["latency"][name])
    all_counters = [counters(shard) for shard in shards]
    sums = {name: sum(each[name] for each in all_counters) for name in all_counters[0]}
    of_whole = counters(whole)
    a["counters"], b["counters"] = len(sums), len(of_whole)
    a["counters_that_differ"] = 0
    b["counters_that_differ"] = sum(of_whole.get(name) != number for name, number in sums.items())
    return {"a": a, "b": b}


def run_round(options, seed):
    with tempfile.TemporaryDirectory() as folder:
        files = run_shards(options, seed, folder)
        whole = merge(options, files, f"{folder}/whole.json")
        other_order = merge(options, files[::-1], f"{folder}/other.json")
        return compare([read(file) for file in files], whole, other_order)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", required=True, metavar="COMMAND")
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("--rate", default="8000", help="of all shards together (8000)")
    parser.add_argument("--duration", default="10s")
    parser.add_argument("--seed", type=int, default=42, help="of the first round; each further one has the next")
    parser.add_argument("command", nargs="+", help="sockspec")
    ratio.add_run_options(parser)
    options = parser.parse_args()
    ratio.check_run_options(parser, options)
    return options


def main():
    options = parse_arguments()
    return ratio.publish_equal(options, ["added here", "sockspec merge"], run_round)


if __name__ == "__main__":
    sys.exit(main())
