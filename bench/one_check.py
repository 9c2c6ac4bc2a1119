#!/usr/bin/env python3
"""How long one `sockspec check` takes, alone on a quiet machine, with a correct server and with each faulty one.

    bench/one_check.py                     the thirty of reports/golden/ that took longest, three times each
    bench/one_check.py --all --rounds 1

Limits of time are those of a quiet machine (--timeout-scale 1). Printed: the median of the rounds, and the longest.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "reports/golden/fault-table.json"


def seconds(sockspec, profile, fault):
    words = [sockspec, "check", profile, "--quiet", "--timeout-scale", "1", "--", sockspec, "serve", profile,
             *(("--fault", fault) if fault else ()), "--port", "{port}"]
    began = time.monotonic()
    code = subprocess.run(words, capture_output=True).returncode
    if code not in (0, 1, 5):
        raise SystemExit(f"{' '.join(map(str, words))}: exit code {code}")
    return time.monotonic() - began


def main():
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("--sockspec", default=ROOT / "build/release/bin/sockspec", type=pathlib.Path)
    parse.add_argument("--rounds", default=3, type=int)
    parse.add_argument("--all", action="store_true", help="every row of the fault table")
    given = parse.parse_args()
    rows = [row for row in json.loads(GOLDEN.read_text())["rows"] if row["fault"]]
    rows.sort(key=lambda row: row.get("seconds", 0), reverse=True)
    pairs = [(row["profile"], row["fault"]) for row in (rows if given.all else rows[:30])]
    pairs += sorted({(row["profile"], "") for row in rows})
    took = {pair: [] for pair in pairs}
    for _ in range(given.rounds):
        for pair in pairs:
            took[pair].append(seconds(given.sockspec, *pair))
    print("| server | profile | seconds | longest |\n| --- | --- | --- | --- |")
    for (profile, fault), each in sorted(took.items(), key=lambda item: -statistics.median(item[1])):
        print(f"| {fault or 'correct'} | {profile} | {statistics.median(each):.1f} | {max(each):.1f} |")


if __name__ == "__main__":
    main()
