"""How right the diagnosis is, on servers that the fault table was not made from.

    SOCKSPEC=build/release/bin/sockspec python3 tests/held_out.py [--every N] [--jobs N] [PATTERN]

Prints what the diagnosis says of each server under tests/held-out, and the figures: how often the
first and the first three are right, and how often those given with a confidence of 0.8 or more are.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).parent / "held-out"
SURE = 0.8
PROGRAMS = {".py": ["python3"], ".js": ["node"], ".java": ["java"], ".pl": ["perl"]}

Subject = collections.namedtuple("Subject", "path profile truth kind")
Answer = collections.namedtuple("Answer", "subject exit_code diagnoses")


def subjects(pattern="", every=1):
    found = []
    for path in sorted(FOLDER.glob("*/*")):
        program = PROGRAMS.get(path.suffix, ["cc"] if path.suffix == ".c" else None)
        if not program or not shutil.which(program[0]) or pattern not in str(path):
            continue
        label = path.stem.split("--")[0]
        kind = label if label in ("correct", "none") else "faulty"
        found.append(Subject(path, path.parent.name, frozenset(label.split("+")) if kind == "faulty" else frozenset(), kind))
    return found[::every]


def command_of(subject, folder):
    if subject.path.suffix != ".c":
        return [*PROGRAMS[subject.path.suffix], str(subject.path), "{port}"]
    program = os.path.join(folder, f"{subject.profile}-{subject.path.stem}")
    subprocess.run(["cc", "-O1", "-pthread", "-w", str(subject.path), "-o", program], check=True)
    return [program, "{port}"]


def ask(sockspec, subject, folder):
    report = os.path.join(folder, f"{subject.profile}-{subject.path.name}.json")
    run = subprocess.run([sockspec, "check", subject.profile, "--seed", "7", "--optional", "--quiet", "--json", report, "--",
                          *command_of(subject, folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(report, encoding="utf-8") as file:
        diagnosis = json.load(file)["diagnosis"]
    os.remove(report)
    return Answer(subject, run.returncode, [(entry["fault"], entry["confidence"]) for entry in diagnosis])


def ask_all(sockspec, chosen, jobs):
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(lambda subject: ask(sockspec, subject, folder), chosen)


def figures(answers):
    """Counts: faulty, top1, top3, sure, sure_right, and the diagnoses of those that have none."""
    counts = collections.Counter()
    for answer in answers:
        for fault, confidence in answer.diagnoses:
            counts["sure"] += confidence >= SURE
            counts["sure_right"] += confidence >= SURE and fault in answer.subject.truth
        if answer.subject.kind == "faulty":
            names = [fault for fault, _ in answer.diagnoses]
            counts["faulty"] += 1
            counts["top1"] += bool(names) and names[0] in answer.subject.truth
            counts["top3"] += any(name in answer.subject.truth for name in names[:3])
        if answer.subject.kind == "correct":
            counts["correct"] += 1
            counts["correct_diagnosed"] += bool(answer.diagnoses)
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pattern", nargs="?", default="")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    answers = []
    for answer in ask_all(os.environ["SOCKSPEC"], subjects(options.pattern, options.every), options.jobs):
        answers.append(answer)
        said = " ".join(f"{fault}:{confidence:.2f}" for fault, confidence in answer.diagnoses) or "-"
        right = bool(answer.diagnoses) and answer.diagnoses[0][0] in answer.subject.truth
        print(f"{'+' if right else ' '} {answer.subject.profile}/{answer.subject.path.name}  exit {answer.exit_code}  {said}", flush=True)
    counts = figures(answers)
    print(f"{counts['faulty']} faulty: first right {counts['top1']}, among the first three {counts['top3']}; "
          f"{counts['sure']} given with {SURE} or more, {counts['sure_right']} of them right; "
          f"{counts['correct']} correct, {counts['correct_diagnosed']} of them diagnosed")


if __name__ == "__main__":
    sys.exit(main())
