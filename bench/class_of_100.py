#!/usr/bin/env python3
"""How long a class of 100 takes, and what the grader itself needs: Python and C, half of them faulty.

    bench/class_of_100.py                  with 1 and 2 submissions at a time, and auto
    bench/class_of_100.py --jobs 4 --keep FOLDER

The submissions are those of examples/class, each handed in again under other names with a comment of its
own. Printed: seconds, processor seconds of everything, the most memory of the grader, the mean of the
points and how many submissions had other points than in the run before (none).
"""

import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
CLASS = ROOT / "examples/class"
RIGHT = ("ahn", "jang")
WRONG = ("bae", "cha", "do", "eom", "gil", "han", "kang", "lim", "ma", "ryu")
COMMENT = {".py": "# ", ".c": "// ", ".cpp": "// "}


def hand_in(folder, count):
    """Every second one is wrong."""
    for number in range(count):
        group = RIGHT if number % 2 == 0 else WRONG
        name = group[number // 2 % len(group)]
        for file in (CLASS / "submissions" / name).rglob("*"):
            if not file.is_file():
                continue
            copy = folder / "submissions" / f"{name}-{number:03}" / file.relative_to(CLASS / "submissions" / name)
            copy.parent.mkdir(parents=True, exist_ok=True)
            comment = COMMENT.get(file.suffix)
            copy.write_bytes(file.read_bytes() + (f"\n{comment}number {number}\n".encode() if comment else b""))
    (folder / "class.json").write_text((CLASS / "class.json").read_text())


def most_memory(pid):
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return max((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), default=0)


def grade(sockspec, folder, jobs, run):
    report = folder / f"report-{run}.json"
    words = [sockspec, "grade", folder / "class.json", "--jobs", jobs, "--results", folder / f"results-{run}", "--quiet",
             "--json", report, "--html", folder / f"pages-{run}", "--csv", folder / f"points-{run}.csv"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    memory = 0
    while process.poll() is None:
        memory = max(memory, most_memory(process.pid))
        time.sleep(0.05)
    took = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode != 0:
        sys.exit(f"{sys.argv[0]}: sockspec grade ended with exit code {process.returncode}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return took, cpu, memory / 1024, json.loads(report.read_text())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sockspec", default=os.environ.get("SOCKSPEC", str(ROOT / "build/release/bin/sockspec")))
    parser.add_argument("--jobs", action="append", help="1, 2 and auto, if not said")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--keep", type=pathlib.Path, help="make the class there, and leave it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="class-of-100.") as temporary:
        folder = options.keep or pathlib.Path(temporary)
        hand_in(folder, options.count)
        print("| --jobs | seconds | CPU seconds | MiB of the grader | mean points | other points |\n|---|---|---|---|---|---|")
        before = None
        for run, jobs in enumerate(options.jobs or ("1", "2", "auto")):
            took, cpu, memory, report = grade(options.sockspec, folder, jobs, run)
            points = {each["name"]: (each["state"], each["points"]) for each in report["submissions"]}
            other = sum(points[name] != before[name] for name in points) if before else 0
            mean = sum(earned or 0 for _, earned in points.values()) / len(points)
            print(f"| {jobs} ({report['jobs']}) | {took:.1f} | {cpu:.1f} | {memory:.0f} | {mean:.2f} | {other} |", flush=True)
            before = points


if __name__ == "__main__":
    main()
