#!/usr/bin/env python3
"""Which lines of harness/ the tests reached, from the .gcda files of a build directory.

    ci/line_coverage.py BUILD          one line on standard output
    ci/line_coverage.py BUILD --files  and a line for each file, the least covered first

gcovr cannot be used: objects that are built with AddressSanitizer hold functions of its own, at other lines
in each object, and gcovr (5.2, Debian 12's) stops with an assertion when it merges them. gcov reads them well.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def is_counted(path):
    return path.parts[:1] == ("harness",) and not path.stem.endswith("_test")


def lines_of(data_file):
    """{(file, line): reached} of one object."""
    finished = subprocess.run(["gcov", "--json-format", "--stdout", str(data_file)], cwd=data_file.parent,
                              capture_output=True, text=True, check=False)
    found = {}
    for text in finished.stdout.splitlines():
        report = json.loads(text)
        for file in report["files"]:
            path = pathlib.Path(os.path.normpath(os.path.join(report["current_working_directory"], file["file"])))
            if not path.is_relative_to(ROOT) or not is_counted(path.relative_to(ROOT)):
                continue
            name = str(path.relative_to(ROOT))
            for line in file["lines"]:
                place = (name, line["line_number"])
                found[place] = found.get(place, False) or line["count"] > 0
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--files", action="store_true")
    options = parser.parse_args()
    reached = {}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(lines_of, sorted(options.build.resolve().rglob("*.gcda"))):
            for place, hit in found.items():
                reached[place] = reached.get(place, False) or hit
    if not reached:
        sys.exit(f"{options.build}: no test of an instrumented build has run there")
    if options.files:
        files = collections.defaultdict(list)
        for (name, _), hit in reached.items():
            files[name].append(hit)
        for name, hits in sorted(files.items(), key=lambda item: sum(item[1]) / len(item[1])):
            print(f"{100 * sum(hits) / len(hits):5.1f} %  {name}")
    print(f"harness/ lines: {100 * sum(reached.values()) / len(reached):.1f} % ({sum(reached.values())} of {len(reached)})")


if __name__ == "__main__":
    main()
