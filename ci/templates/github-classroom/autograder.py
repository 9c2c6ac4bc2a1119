"""Grades a submission for Classroom 50 (https://github.com/foundation50/classroom50/wiki/Advanced-Autograding).

Put it into CLASSROOM/autograders/ASSIGNMENT of your classroom50 repository, together with the class file
(class.json, docs/grading.md; "submissions" as --init writes it), a profile of your own, if it names one, and the
package of sockspec (sockspec_*.deb, docs/ci.md). Whoever finds the address can read what lies there: leave the late
days out of the class file. Whatever its commands need goes into the "runtime" of the assignment.

Points are whole numbers there; a half is rounded up.
"""

import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

LANG = "en"  # or "ko"
HERE = pathlib.Path(__file__).resolve().parent


def install():
    """sockspec with its sandbox, where the machine has none; what Ubuntu 24.04 forbids is allowed on it."""
    if shutil.which("sockspec"):
        return
    root = [] if os.geteuid() == 0 else ["sudo"]
    package, = HERE.glob("sockspec_*.deb")
    subprocess.run([*root, "apt-get", "-q", "update"], check=True)
    subprocess.run([*root, "apt-get", "-q", "-y", "install", "--no-install-recommends", package, "bubblewrap"], check=True)
    subprocess.run([*root, "sysctl", "-q", "-w", "kernel.apparmor_restrict_unprivileged_userns=0"], check=False)


def grade(submission, folder):
    """What sockspec says of it, and the feedback as Markdown."""
    shutil.copytree(submission, folder / "submissions/submission", symlinks=True, ignore=shutil.ignore_patterns(".git"))
    for file in HERE.glob("*.json"):
        shutil.copy(file, folder)
    report = folder / "report.json"
    # The rest of the environment is not for the submission, sandbox or not.
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(["sockspec", "grade", folder / "class.json", "--lang", LANG, "--html", folder / "pages",
                           "--json", report], env=environment, check=False)
    if done.returncode != 0:
        sys.exit(f"sockspec grade ended with exit code {done.returncode}; this says nothing about the submission")
    feedback = (folder / "pages/submission/feedback.md").read_text(encoding="utf-8")
    return json.loads(report.read_text(encoding="utf-8"))["submissions"][0], feedback


def result(graded):
    points, most = int(graded["points"] + 0.5), int(graded["max_points"] + 0.5)
    environment = os.environ
    return {
        "schema": "classroom50/result/v1",
        "classroom": environment["CLASSROOM"],
        "assignment": environment["ASSIGNMENT"],
        "submission": environment["SUBMISSION_TAG"],
        "commit": environment["COMMIT_URL"],
        "release": environment["RELEASE_URL"],
        "review": environment.get("REVIEW_URL") or environment["COMMIT_URL"],
        "datetime": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "score": points,
        "max-score": most,
        "tests": [{"test-name": "sockspec", "passed": graded["points"] == graded["max_points"], "score": points,
                   "max-score": most}],
    }


def main():
    install()
    with tempfile.TemporaryDirectory() as folder:
        graded, feedback = grade(pathlib.Path.cwd(), pathlib.Path(folder))
    pathlib.Path("result.json").write_text(json.dumps(result(graded), indent=2) + "\n", encoding="utf-8")
    pathlib.Path("release-body.md").write_text(feedback, encoding="utf-8")


if __name__ == "__main__":
    main()
