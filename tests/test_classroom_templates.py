"""The templates that grade a student's repository on GitHub, played here: the repository is a folder, GitHub's files
are files of the test, and sockspec is the real one, or a stand-in where it is to fail.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import unittest

from support import isolation
from support.sockspec import ROOT, SOCKSPEC, Case
from support.submission import SERVER
from test_ci_templates import CLASSROOM, load

isolation.enter_own_network()

AUTOGRADER = ROOT / "ci/templates/github-classroom/autograder.py"
TIME_LIMIT = 300
CLASS = {"class": "Lab 2", "profile": "tcp-echo", "submissions": "submissions/*", "port": 12000,
         "variants": [{"when": "server.py", "run": ["python3", "server.py"]}], "points": {"must": 30, "should": 10.5}}

WRONG = "import os\nprint('seen:', [name for name in os.environ if 'SECRET' in name])\nraise SystemExit(7)\n"


class Template(Case):
    def put_on_path(self, program, sandbox):
        (self.folder / "bin").mkdir()
        if not sandbox:
            self.write("bin/bwrap", "#!/bin/sh\nexit 1\n").chmod(0o755)
        if program is None:
            os.symlink(SOCKSPEC, self.folder / "bin/sockspec")
        else:
            self.write("bin/sockspec", program).chmod(0o755)

    def run_script(self, *words, cwd, **environment):
        finished = subprocess.run([str(word) for word in words], cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True,
                                  text=True, timeout=TIME_LIMIT, check=False,
                                  env={"PATH": f"{self.folder}/bin:/usr/bin:/bin", "HOME": str(self.folder), **environment})
        self.assertEqual(isolation.end_leftovers(set()), [])
        return finished


class Workflow(Template):
    def steps(self):
        return load(CLASSROOM)["jobs"]["run-autograding-tests"]["steps"]

    def play(self, server, program=None, sandbox=True):
        if not shutil.which("jq"):
            self.skipTest("there is no jq here")
        self.put_on_path(program, sandbox)
        self.write("work/submissions/lab2-kim/server.py", server)
        self.write("work/submissions/lab2-kim/.git/config", "x")
        self.write("work/submissions/lab2-kim/.github/sockspec/class.json", json.dumps(CLASS))
        script, = [step["run"] for step in self.steps() if step.get("name") == "Grade"]
        finished = self.run_script("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script, cwd=self.folder / "work",
                                   SOCKSPEC_LANG="en", GITHUB_STEP_SUMMARY=str(self.folder / "summary"), GITHUB_SECRET="1")
        summary = self.folder / "summary"
        return finished, summary.read_text() if summary.exists() else ""

    def test_a_right_submission_is_green_and_its_points_are_reported_as_the_reporter_does(self):
        finished, summary = self.play(SERVER)
        self.assertEqual(finished.returncode, 0, finished)
        # https://github.com/classroom-resources/autograding-grading-reporter/blob/main/src/notify-classroom.js
        report = re.search(r"^::notice title=Autograding report::(.*)$", finished.stdout, re.MULTILINE)[1]
        self.assertEqual(json.loads(report), {"totalPoints": 40.5, "maxPoints": 40.5})
        self.assertIn("::notice title=Autograding complete::Points 40.5/40.5\n", finished.stdout)
        self.assertIn("# lab2-kim: 40.5 of 40.5 points", summary)
        self.assertTrue((self.folder / "work/sockspec-pages/lab2-kim/index.html").exists())

    def test_a_wrong_one_is_red_and_its_feedback_stands_in_the_summary(self):
        finished, summary = self.play(WRONG, sandbox=False)
        self.assertEqual(finished.returncode, 1, finished)
        self.assertIn('::notice title=Autograding report::{"totalPoints":0,"maxPoints":40.5}\n', finished.stdout)
        self.assertIn("::error title=sockspec::0 of 40.5 points; ", finished.stdout)
        self.assertIn("exited with code 7", summary)
        self.assertIn("seen:", summary)
        self.assertNotIn("GITHUB_SECRET", summary)

    def test_what_could_not_be_graded_reports_no_points(self):
        for code, said in ((2, "The class file is wrong"), (4, "It could not be graded"), (130, "The run was interrupted")):
            with self.subTest(code):
                shutil.rmtree(self.folder / "bin", ignore_errors=True)
                finished, summary = self.play(SERVER, program=f"#!/bin/sh\nexit {code}\n")
                self.assertEqual(finished.returncode, code)
                self.assertIn(f"::error title=sockspec::{said}", finished.stdout)
                self.assertNotIn("notice", finished.stdout)
                self.assertEqual(summary, "")

    def test_the_submission_is_checked_out_where_the_class_file_looks_and_without_credentials(self):
        checkout, = [step for step in self.steps() if step.get("uses", "").startswith("actions/checkout@")]
        self.assertRegex(checkout["with"]["path"], r"^submissions/\$\{\{ github\.event\.repository\.name \}\}$")
        self.assertIs(checkout["with"]["persist-credentials"], False)

    def test_nothing_of_a_user_is_pasted_into_a_script_and_nothing_is_missing_in_it(self):
        document = load(CLASSROOM)
        for step in self.steps():
            self.assertNotIn("${{", step.get("run", ""))
        used = set(re.findall(r"\$\{?(SOCKSPEC_[A-Z]+)", CLASSROOM.read_text()))
        self.assertEqual(used, set(document["env"]))
        self.assertEqual(document["permissions"], {"contents": "read"})


class Autograder(Template):
    """https://github.com/foundation50/classroom50/wiki/Advanced-Autograding"""

    ENVIRONMENT = {"CLASSROOM": "net", "ASSIGNMENT": "lab2", "SUBMISSION_TAG": "submit/1", "COMMIT_URL": "https://x/c",
                   "RELEASE_URL": "https://x/r", "SECRET": "1"}

    def play(self, server, program=None, sandbox=True):
        self.put_on_path(program, sandbox)
        self.write("bundle/class.json", json.dumps(CLASS))
        shutil.copy(AUTOGRADER, self.folder / "bundle")
        self.write("work/server.py", server)
        finished = self.run_script(sys.executable, self.folder / "bundle/autograder.py", cwd=self.folder / "work",
                                   **self.ENVIRONMENT)
        result = self.folder / "work/result.json"
        return finished, json.loads(result.read_text()) if result.exists() else None

    def test_a_right_submission_has_all_points_in_whole_numbers(self):
        finished, result = self.play(SERVER)
        self.assertEqual(finished.returncode, 0, finished)
        self.assertRegex(result.pop("datetime"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertEqual(result, {
            "schema": "classroom50/result/v1", "classroom": "net", "assignment": "lab2", "submission": "submit/1",
            "commit": "https://x/c", "release": "https://x/r", "review": "https://x/c", "score": 41, "max-score": 41,
            "tests": [{"test-name": "sockspec", "passed": True, "score": 41, "max-score": 41}]})
        self.assertIn("40.5 of 40.5 points", (self.folder / "work/release-body.md").read_text())

    def test_a_wrong_one_has_none_and_reads_why(self):
        finished, result = self.play(WRONG, sandbox=False)
        self.assertEqual(finished.returncode, 0, finished)
        self.assertEqual((result["score"], result["tests"][0]["passed"]), (0, False))
        feedback = (self.folder / "work/release-body.md").read_text()
        self.assertIn("seen: []", feedback.replace("\\", ""))

    def test_what_could_not_be_graded_has_no_result(self):
        finished, result = self.play(SERVER, program="#!/bin/sh\nexit 4\n")
        self.assertEqual((finished.returncode, result), (1, None))
        self.assertIn("sockspec grade ended with exit code 4; this says nothing about the submission", finished.stderr)


class Install(Template):
    """Neither apt nor the network is asked: both are stand-ins that say what they were given."""

    STAND_IN = '#!/bin/sh\nprintf \'%s %s\\n\' "$(basename "$0")" "$*" >>"$(dirname "$0")/log"\n'

    def log(self):
        return (self.folder / "bin/log").read_text()

    def stand_ins(self, *names):
        for name in names:
            self.write(f"bin/{name}", self.STAND_IN).chmod(0o755)

    def test_the_workflow_takes_the_package_from_its_address_and_the_sandbox_with_it(self):
        self.stand_ins("curl", "sudo")
        script, = [step["run"] for step in load(CLASSROOM)["jobs"]["run-autograding-tests"]["steps"]
                   if step.get("name") == "Install sockspec"]
        script = "command() { return 1; }\n" + script
        finished = self.run_script("bash", "-eo", "pipefail", "-c", script, cwd=self.folder, RUNNER_TEMP="/tmp/x",
                                   SOCKSPEC_DEB="https://x/s.deb")
        self.assertEqual(finished.returncode, 0, finished)
        self.assertIn("curl --fail --location --silent --show-error --output /tmp/x/sockspec.deb https://x/s.deb\n", self.log())
        self.assertIn("sudo apt-get -q -y install --no-install-recommends /tmp/x/sockspec.deb bubblewrap\n", self.log())

    def test_the_autograder_takes_the_package_beside_it(self):
        self.stand_ins("sudo", "apt-get", "sysctl")
        shutil.copy(AUTOGRADER, self.folder)
        package = self.write("sockspec_1_amd64.deb", "")
        script = "import autograder; autograder.shutil.which = lambda _: None; autograder.install()"
        finished = self.run_script(sys.executable, "-c", script, cwd=self.folder,
                                   PYTHONPATH=str(self.folder), PYTHONDONTWRITEBYTECODE="1")
        self.assertEqual(finished.returncode, 0, finished)
        self.assertIn(f"-q -y install --no-install-recommends {package} bubblewrap\n", self.log())


if __name__ == "__main__":
    unittest.main()
