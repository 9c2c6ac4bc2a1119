"""The templates for users' CI: that they can be read, that their shell is right, and that what they ask of sockspec exists.

The CI systems themselves are not here. What their files hold as shell is run with a stand-in for sockspec.
"""

import re
import subprocess
import unittest

from support.sockspec import ROOT, Case

try:
    import yaml
except ImportError:
    yaml = None

TEMPLATES = ROOT / "ci/templates"
ACTION = TEMPLATES / "github/action.yml"
WORKFLOW = TEMPLATES / "github/workflow.yml"
GITLAB = TEMPLATES / "gitlab-ci.yml"
JENKINS = TEMPLATES / "Jenkinsfile"
CLASSROOM = TEMPLATES / "github-classroom/classroom.yml"
GUIDE = ROOT / "docs/ci.md"

# A stand-in: it notes its words, one run per line, and ends with the first code that is left.
STAND_IN = """#!/bin/sh
folder=$(dirname "$0")
printf '%s\\n' "$*" >>"$folder/runs"
for word; do printf '<%s>' "$word"; done >"$folder/words"
code=$(head -n 1 "$folder/codes")
sed -i 1d "$folder/codes"
exit "${code:-0}"
"""


def load(path):
    if yaml is None:
        raise unittest.SkipTest("there is no PyYAML here (python3-yaml)")
    return yaml.safe_load(path.read_text())


def jenkins_shell():
    """The scripts of every sh step, as Groovy hands them to the shell."""
    text = JENKINS.read_text()
    scripts = re.findall(r"'''(.*?)'''", text, re.DOTALL) + re.findall(r"\bsh '([^'\n]+)'", text)
    return [script.replace("\\\n", "") for script in scripts]


def shell_of(path):
    if path == JENKINS:
        return jenkins_shell()
    if path == GITLAB:
        job = load(path)[".sockspec"]
        return job["before_script"] + job["script"]
    if path == ACTION:
        return [step["run"] for step in load(path)["runs"]["steps"] if "run" in step]
    if path == CLASSROOM:
        return [step["run"] for step in load(path)["jobs"]["run-autograding-tests"]["steps"] if "run" in step]
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", path.read_text(), re.DOTALL | re.MULTILINE)
    return [block for language, block in blocks if not language]


def sockspec_commands(script):
    """[(command, options)] for every call of sockspec in a script."""
    calls = []
    for line in script.replace("\\\n", " ").splitlines():
        found = re.match(r"\s*sockspec ([a-z]+) (.*)", line)
        if found:
            own = re.split(r" -- |  #", found[2])[0]
            calls.append((found[1], re.findall(r"(?<![\w-])--[a-z][a-z-]*", own)))
    return calls


class Shape(Case):
    def test_the_action_is_one(self):
        action = load(ACTION)
        self.assertEqual(action["runs"]["using"], "composite")
        for step in action["runs"]["steps"]:
            self.assertNotEqual("run" in step, "uses" in step, step)
            self.assertEqual("shell" in step, "run" in step, f"a composite action needs a shell for each run: {step}")
        for name, entry in action["inputs"].items():
            self.assertTrue(entry["description"], name)
            self.assertNotEqual("default" in entry, entry.get("required", False), name)

    def test_every_input_of_the_action_is_used_and_none_is_invented(self):
        text = ACTION.read_text()
        self.assertEqual(set(re.findall(r"\binputs\.([a-z-]+)", text)), set(load(ACTION)["inputs"]))
        steps = {step["id"] for step in load(ACTION)["runs"]["steps"] if "id" in step}
        self.assertLessEqual(set(re.findall(r"\bsteps\.([a-z-]+)\.", text)), steps)

    def test_nothing_of_a_user_is_pasted_into_a_script(self):
        for step in load(ACTION)["runs"]["steps"]:
            self.assertNotIn("${{", step.get("run", ""), "hand it over in env; a script must not be made of inputs")

    def test_the_example_workflow_gives_the_action_what_it_takes(self):
        steps = load(WORKFLOW)["jobs"]["contract"]["steps"]
        step, = [step for step in steps if "sockspec" in step.get("uses", "")]
        self.assertRegex(step["uses"], r"^OWNER/sockspec/ci/templates/github@v\d")
        inputs = load(ACTION)["inputs"]
        self.assertLessEqual(set(step["with"]), set(inputs))
        self.assertLessEqual({name for name, entry in inputs.items() if entry.get("required")}, set(step["with"]))

    def test_the_job_for_gitlab_is_hidden_and_keeps_its_report_whatever_happens(self):
        document = load(GITLAB)
        self.assertEqual(list(document), [".sockspec"])
        job = document[".sockspec"]
        self.assertEqual(job["artifacts"]["when"], "always")
        self.assertTrue(job["artifacts"]["reports"]["junit"].startswith(job["artifacts"]["paths"][0] + "/"))
        self.assertEqual(job["retry"]["exit_codes"], [5])
        used = set(re.findall(r"\$\{?(SOCKSPEC_[A-Z]+)", "\n".join(shell_of(GITLAB))))
        self.assertEqual(used, set(job["variables"]))

    def test_the_braces_of_the_pipeline_for_jenkins_are_even(self):
        text = re.sub(r"'''.*?'''", "", JENKINS.read_text(), flags=re.DOTALL)
        text = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"|//.*", "", text)
        for opening, closing in ("{}", "()", "[]"):
            self.assertEqual(text.count(opening), text.count(closing), f"{opening}{closing}")

    def test_every_template_tells_all_exit_codes_apart(self):
        for path in (ACTION, JENKINS):
            for code in range(6):
                self.assertRegex(path.read_text(), rf"\b{code}( \| \d)?[):]", f"{path.name}: {code}")


class Shell(Case):
    def test_it_is_shell(self):
        for path in (ACTION, GITLAB, JENKINS, CLASSROOM, GUIDE):
            scripts = shell_of(path)
            self.assertTrue(scripts, path)
            for script in scripts:
                checked = subprocess.run(["bash", "-n"], input=script.replace("…", "x"), text=True, capture_output=True, check=False)
                self.assertEqual(checked.returncode, 0, f"{path.name}: {checked.stderr}\n{script}")

    def test_every_option_in_a_template_and_in_the_guide_exists(self):
        helps = {}
        for path in (ACTION, GITLAB, JENKINS, CLASSROOM, GUIDE):
            calls = [call for script in shell_of(path) for call in sockspec_commands(script)]
            self.assertTrue(calls, path.name)
            for command, options in calls:
                if command not in helps:
                    helps[command] = set(re.findall(r"^  (--[a-z-]+)", self.run_sockspec(command, "--help").out, re.MULTILINE))
                self.assertEqual(sorted(set(options) - helps[command]), [], f"{path.name}: sockspec {command} has no such option")


class Gate(Case):
    """The scripts themselves, with a sockspec that ends as the test wants."""

    def play(self, script, *codes, **environment):
        program = self.write("bin/sockspec", STAND_IN)
        program.chmod(0o755)
        self.write("bin/codes", "".join(f"{code}\n" for code in codes))
        self.write("bin/runs", "")
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=self.folder, text=True, check=False,
            capture_output=True, env={"PATH": f"{self.folder}/bin:/usr/bin:/bin", "HOME": str(self.folder), **environment})

    def runs(self):
        return len((self.folder / "bin/runs").read_text().splitlines())

    def words(self):
        return re.findall(r"<(.*?)>", (self.folder / "bin/words").read_text())

    def act(self, *codes, **inputs):
        script, = [step["run"] for step in load(ACTION)["runs"]["steps"] if step.get("id") == "check"]
        environment = {"PROFILE": "tcp-echo", "COMMAND": "./server {port}", "TARGET": "", "OPTIONS": "", "RETRIES": "1",
                       "INCONCLUSIVE": "fail", "RUNNER_TEMP": str(self.folder), "GITHUB_OUTPUT": str(self.folder / "output"),
                       **inputs}
        return self.play(script, *codes, **environment)

    def test_the_action_hands_over_words_as_a_shell_would_cut_them(self):
        self.write("stream/x", "")  # a pattern is not for the shell
        self.act(0, COMMAND="python3 'my server.py' {port}", OPTIONS="--only stream/* --set 'reply.text=Hi there'")
        words = self.words()
        self.assertEqual(words[:2], ["check", "tcp-echo"])
        self.assertEqual(words[-8:], ["--only", "stream/*", "--set", "reply.text=Hi there", "--", "python3", "my server.py", "{port}"])

    def test_the_action_takes_a_server_that_runs_already(self):
        self.act(0, COMMAND="", TARGET="localhost:7")
        self.assertEqual(self.words()[-2:], ["--target", "localhost:7"])

    def test_the_action_ends_as_sockspec_did_and_says_why(self):
        for code, said in ((0, ""), (1, ""), (2, "(exit code 2)"), (3, "(exit code 3)"), (4, "(exit code 4)"), (143, "(exit code 143)")):
            (self.folder / "output").unlink(missing_ok=True)
            finished = self.act(code, 0)
            self.assertEqual(finished.returncode, code, finished.stderr)
            self.assertIn(said, finished.stdout)
            self.assertEqual("::error" in finished.stdout, code > 1)
            self.assertEqual((self.folder / "output").read_text(), f"exit-code={code}\n")
            self.assertEqual(self.runs(), 1)

    def test_the_action_tries_again_only_what_was_inconclusive(self):
        self.assertEqual((self.act(5, 0).returncode, self.runs()), (0, 2))
        self.assertEqual((self.act(5, 1).returncode, self.runs()), (1, 2))
        self.assertEqual((self.act(5, 5, 0, RETRIES="0").returncode, self.runs()), (5, 1))

    def test_what_stays_inconclusive_is_red_unless_asked_otherwise(self):
        self.assertEqual(self.act(5, 5).returncode, 5)
        finished = self.act(5, 5, INCONCLUSIVE="warn")
        self.assertEqual(finished.returncode, 0)
        self.assertIn("::warning", finished.stdout)

    def test_the_action_leaves_annotations_and_summary_to_sockspec_and_keeps_the_reports(self):
        self.act(0)
        words = self.words()
        self.assertIn("--github", words)
        for option, name in (("--junit", "junit.xml"), ("--markdown", "summary.md"), ("--html", "report.html"), ("--json", "report.json")):
            self.assertEqual(words[words.index(option) + 1], f"{self.folder}/sockspec-reports/{name}")

    def test_the_action_uses_a_sockspec_that_is_there(self):
        self.assertEqual(self.look_for_sockspec(), "found=yes\n")

    def test_the_action_keeps_a_package_for_as_long_as_its_sources_stay_the_same(self):
        for name in ("CMakeLists.txt", *(f"{folder}/x" for folder in ("ci", "harness", "reference-servers", "reports", "scenarios"))):
            self.write(f"sources/{name}", "1")
        first = self.look_for_sockspec(found=False)
        self.assertRegex(first, r"^key=sockspec-\w+-[0-9a-f]{16}\n$")
        self.assertEqual(self.look_for_sockspec(found=False), first)
        self.write("sources/harness/x", "2")
        self.assertNotEqual(self.look_for_sockspec(found=False), first)

    def look_for_sockspec(self, found=True):
        script, = [step["run"] for step in load(ACTION)["runs"]["steps"] if step.get("id") == "here"]
        if not found:
            script = f"command() {{ return 1; }}\n{script}"
        self.write("output", "")
        finished = self.play(script, 0, GITHUB_OUTPUT=str(self.folder / "output"), REPOSITORY=str(self.folder / "sources"))
        self.assertEqual(finished.returncode, 0, finished.stderr)
        return (self.folder / "output").read_text()

    def test_the_job_for_gitlab_ends_as_sockspec_did(self):
        script = "\n".join(load(GITLAB)[".sockspec"]["script"])
        for code in (0, 1, 5):
            finished = self.play(script, code, SOCKSPEC_PROFILE="tcp-echo", SOCKSPEC_COMMAND="./server {port}",
                                 SOCKSPEC_OPTIONS="--only 'stream/*'")
            self.assertEqual(finished.returncode, code, finished.stderr)
        self.assertEqual(self.words()[-5:], ["--only", "stream/*", "--", "./server", "{port}"])
        self.play(script, 0, SOCKSPEC_PROFILE="tcp-echo", SOCKSPEC_COMMAND="", SOCKSPEC_OPTIONS="--target host:7")
        self.assertEqual(self.words()[-2:], ["--target", "host:7"])

    def test_the_job_for_gitlab_says_what_is_missing(self):
        script = "\n".join(load(GITLAB)[".sockspec"]["before_script"])
        finished = subprocess.run(["bash", "-e", "-c", f"unset -f sockspec; PATH={self.folder}\n{script}"], text=True, check=False,
                                  capture_output=True, env={"SOCKSPEC_DEB": ""}, cwd=self.folder)
        self.assertEqual((finished.returncode, finished.stderr),
                         (2, "The image has no sockspec: set SOCKSPEC_DEB, or image to one that has it.\n"))

    def test_the_pipeline_for_jenkins_ends_as_sockspec_did(self):
        script, = [script for script in jenkins_shell() if "sockspec check" in script]
        for code in (0, 5):
            self.assertEqual(self.play(script, code).returncode, code)
        self.assertEqual(self.words()[-3:], ["--", "./my_server", "{port}"])


if __name__ == "__main__":
    unittest.main()
