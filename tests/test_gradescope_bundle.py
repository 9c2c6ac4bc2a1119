"""sockspec grade --gradescope-bundle: what Gradescope would do with the folder, done here.

The scripts speak of /autograder, so they run in a box: a root of its own with the system's programs and such a
folder, a network and processes of its own, and the capabilities that a container of Docker has.
"""

import json
import os
import re
import shutil
import subprocess
import unittest

from support import isolation
from support.sandbox import why_no_sandbox
from support.sockspec import ROOT, SOCKSPEC, Case
from support.submission import SERVER

isolation.enter_own_network()

REASON = why_no_sandbox()
TIME_LIMIT = 300
# https://gradescope-autograders.readthedocs.io/en/latest/specs/
RESULT_FIELDS = {"score", "execution_time", "output", "output_format", "test_output_format", "test_name_format", "visibility",
                 "stdout_visibility", "extra_data", "tests", "leaderboard"}
TEST_FIELDS = {"score", "max_score", "status", "name", "name_format", "number", "output", "output_format", "tags", "visibility",
               "extra_data"}
CAPABILITIES = ("chown", "dac_override", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap", "net_bind_service",
                "net_raw", "sys_chroot", "mknod", "audit_write", "setfcap")

CHEAT = """
for path in ("source/class.json", "results/results.json", "submission_metadata.json"):
    for mode in ("r", "w"):
        try:
            with open("/autograder/" + path, mode) as file:
                print("OPENED", path, mode, flush=True)
        except OSError:
            pass
import os
print("SECRET", os.environ.get("SECRET"))
"""

# Writes a result where sockspec would, and ends whatever runs as its user; nowhere but in the box.
KILLER = """
import json, os
if os.getuid() == 59999:
    folder = os.environ["HOME"] + "/results/submission"
    os.makedirs(folder)
    with open(folder + "/results.json", "w") as file:
        json.dump({"score": 40, "output": "all is well"}, file)
    os.kill(-1, 9)
"""

# apt-get has nothing to do here, and says what it was asked for. A package of ours brings a program.
APT_GET = """#!/bin/sh
printf '%s\\n' "$*" >>/autograder/apt-get.log
case $* in *./sockspec_*.deb) cp /autograder/source/sockspec /usr/local/bin/sockspec; chmod 755 /usr/local/bin/sockspec;; esac
"""

# $1: the folder that becomes /autograder; $2: what to run; $3: "" or what hides bubblewrap.
BOX = """set -e
root=$(mktemp -d)
mount -t tmpfs box "$root"
cd "$root"
mkdir usr etc proc dev tmp autograder outside
chmod 1777 tmp
for name in bin sbin lib lib64; do ln -s usr/$name $name; done
mount --bind /usr usr
mount --bind /etc etc
mount --rbind /dev dev
mount -t proc proc proc
mount -t tmpfs bin usr/local/bin
mount --bind "$1" autograder
if [ -n "$3" ]; then mount --bind /dev/null usr/bin/bwrap; fi
pivot_root . outside
cd /autograder
umount -l /outside
rmdir /outside
cp /autograder/apt-get /usr/local/bin
exec setpriv --inh-caps=-all --bounding-set="$CAPABILITIES" env -i PATH=/usr/local/bin:/usr/bin:/bin SECRET=1 bash -c "$2"
"""


def owner(file):
    """The package of a file; dpkg knows some libraries by the folder before /usr was merged."""
    for path in (file, file.removeprefix("/usr")):
        found = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False)
        if found.returncode == 0:
            return found.stdout.partition(":")[0]
    return ""


class Bundle(Case):
    def bundle(self, *words, **fields):
        plan = {"class": "Lab 2", "profile": "tcp-echo", "submissions": "submissions/*", "port": 12000,
                "variants": [{"when": "server.py", "run": ["python3", "server.py"]}],
                "points": {"must": 30, "should": 10}, "late": {"per_day": 10, "days": {"Kim Minji": 1}}, **fields}
        file = self.write("class/class.json", json.dumps(plan))
        return self.run_sockspec("grade", "--gradescope-bundle", self.folder / "autograder/source", *words, file)


class Written(Bundle):
    def test_it_holds_what_gradescope_asks_for_and_this_executable(self):
        finished = self.bundle()
        source = self.folder / "autograder/source"
        self.assertEqual(finished.code, 0, finished)
        self.assertEqual(sorted(file.name for file in source.iterdir()),
                         ["class.json", "not-graded.json", "packages.txt", "run_autograder", "setup.sh", "sockspec"])
        for name in ("setup.sh", "run_autograder", "sockspec"):
            self.assertTrue(os.access(source / name, os.X_OK), name)
        version = subprocess.run([source / "sockspec", "--version"], capture_output=True, text=True, check=True).stdout
        self.assertEqual(version, self.run_sockspec("--version").out)

    def test_it_says_what_to_do_with_it(self):
        finished = self.bundle(build=[["dotnet", "build"]], run=["./server"])
        source = self.folder / "autograder/source"
        self.assertEqual(finished.out.splitlines(), [
            f"{source} holds an autograder for Gradescope. Zip what is in it, and upload that: "
            f"(cd {source} && zip -qr {source}.zip .)",
            "Give the assignment 40 points there.",
            "The late days of the class file are not in it: Gradescope knows who was late.",
            f"The package of dotnet is not known here: write it into {source}/packages.txt."])

    def test_the_archive_has_the_scripts_at_its_root(self):
        if not shutil.which("zip"):
            self.skipTest("there is no zip here")
        command = re.search(r"\(cd .*\)", self.bundle().out)[0]
        subprocess.run(["sh", "-c", command], check=True)
        listed = subprocess.run(["python3", "-m", "zipfile", "-l", self.folder / "autograder/source.zip"],
                                capture_output=True, text=True, check=True).stdout
        self.assertRegex(listed, r"(?m)^setup\.sh ")
        self.assertRegex(listed, r"(?m)^run_autograder ")

    def test_the_scripts_are_shell(self):
        self.bundle()
        for name in ("setup.sh", "run_autograder"):
            file = self.folder / "autograder/source" / name
            self.assertEqual(subprocess.run(["bash", "-n", file], capture_output=True, text=True, check=False).stderr, "")
            if shutil.which("shellcheck"):
                checked = subprocess.run(["shellcheck", file], capture_output=True, text=True, check=False)
                self.assertEqual(checked.returncode, 0, checked.stdout)

    def test_the_packages_of_the_executable_are_those_that_it_is_linked_with(self):
        if not shutil.which("dpkg"):
            self.skipTest("there is no dpkg here")
        self.bundle()
        wanted = (self.folder / "autograder/source/packages.txt").read_text().split()
        libraries = re.findall(r"=> (\S+)", subprocess.run(["ldd", SOCKSPEC], capture_output=True, text=True, check=True).stdout)
        for library in libraries:
            package = owner(os.path.realpath(library)).removesuffix("t64")
            if re.search(r"asan|ubsan|tsan", library) or package in ("libc6", "libgcc-s1"):
                continue  # of a build for tests; part of every system
            self.assertIn(package, wanted, library)


class Refused(Bundle):
    def test_a_folder_with_something_in_it_is_left_alone(self):
        self.write("autograder/source/mine", "1")
        source = self.folder / "autograder/source"
        self.assert_refused(self.bundle(), 2, f"{source}: is not empty; name a folder that is new or empty")
        self.assertEqual([file.name for file in source.iterdir()], ["mine"])

    def test_a_file_in_place_of_the_folder(self):
        source = self.write("autograder/source", "1")
        self.assert_refused(self.bundle(), 2, f"{source}: is a file; name a folder that is new or empty")

    def test_a_broken_class_file_makes_no_folder(self):
        self.assertEqual(self.bundle(port="12000").code, 2)
        self.assertFalse((self.folder / "autograder").exists())

    def test_no_class_file(self):
        self.assert_refused(self.run_sockspec("grade", "--gradescope-bundle", self.folder / "x"), 2,
                            "name the class file: sockspec grade --gradescope-bundle FOLDER CLASS.json (--init writes one)")

    def test_options_of_grading_do_not_go_with_it(self):
        self.assert_refused(self.bundle("--jobs", "2"), 2, "--jobs does not go with --gradescope-bundle")


def may_make_a_box():
    words = ["unshare", "--mount", "--net", "--pid", "--ipc", "--fork", "true"]
    return os.geteuid() == 0 and subprocess.run(words, capture_output=True, check=False).returncode == 0


@unittest.skipUnless(may_make_a_box(), "only root, with namespaces of its own, can do what Gradescope does")
class InGradescope(Bundle):
    def play(self, submission, *, sandbox=True, first=":", then=":", **fields):
        """results.json, and what was printed, after setup.sh and run_autograder; with `first` before both, and `then`
        between them.
        """
        self.assertEqual(self.bundle(**fields).code, 0)
        for name, text in submission.items():
            self.write(f"autograder/submission/{name}", text)
        (self.folder / "autograder/results").mkdir()
        self.write("autograder/submission_metadata.json", "{}")
        self.write("autograder/apt-get", APT_GET).chmod(0o755)
        script = f"{first}; bash source/setup.sh || exit; cp source/run_autograder .; {then}; ./run_autograder"
        done = subprocess.run(
            ["unshare", "--mount", "--net", "--pid", "--ipc", "--fork", "--kill-child", "sh", "-c",
             "ip link set lo up; " + BOX, "sh", self.folder / "autograder", script, "" if sandbox else "hide"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TIME_LIMIT, check=False,
            env={**os.environ, "CAPABILITIES": "-all," + ",".join(f"+{name}" for name in CAPABILITIES)})
        file = self.folder / "autograder/results/results.json"
        self.assertTrue(file.exists(), f"{done.stdout}\n{done.stderr}")
        results = json.loads(file.read_text())
        self.assert_results(results)
        self.assertEqual([each.name for each in file.parent.iterdir()], ["results.json"])
        return results, done

    def assert_results(self, results):
        """As Gradescope documents it."""
        self.assertLessEqual(set(results), RESULT_FIELDS)
        self.assertIsInstance(results["score"], (int, float))
        self.assertTrue(results["output"])
        for test in results.get("tests", []):
            self.assertLessEqual(set(test), TEST_FIELDS)
            self.assertIn(test.get("status"), ("passed", "failed", None))
            self.assertNotIn("\r", test.get("output", ""))

    @unittest.skipIf(REASON, REASON)
    def test_a_right_submission_gets_all_points_in_the_sandbox(self):
        results, done = self.play({"server.py": SERVER})
        self.assertEqual(results["score"], 40, done)
        self.assertGreater(len(results["tests"]), 30)
        self.assertEqual([test for test in results["tests"] if test.get("status") == "failed"], [])
        self.assertNotIn("kept apart", done.stderr)

    def test_without_a_sandbox_it_is_said_and_the_points_are_the_same(self):
        results, done = self.play({"lab2/server.py": SERVER}, sandbox=False)
        self.assertEqual(results["score"], 40, done)
        self.assertIn("submissions cannot be kept apart", done.stderr)

    def test_a_wrong_submission_gets_fewer_and_reads_why(self):
        results, done = self.play({"server.py": SERVER.replace("sendall(data)", "sendall(data.strip())")}, sandbox=False)
        self.assertLess(results["score"], 40, done)
        failed = [test for test in results["tests"] if test.get("status") == "failed"]
        self.assertTrue(failed, results)
        self.assertIn("expected", failed[0]["output"])
        self.assertIn("of 40", results["output"])
        self.assertIn("What may be wrong", results["output"])

    def test_what_a_submission_may_not_touch_it_cannot_even_without_a_sandbox(self):
        results, _ = self.play({"server.py": CHEAT + "raise SystemExit(7)\n"}, sandbox=False)
        self.assertEqual(results["score"], 0)
        self.assertIn("exited with code 7", results["output"])
        self.assertNotIn("OPENED", results["output"])
        self.assertIn("SECRET None", results["output"])

    def test_one_that_kills_sockspec_and_writes_a_result_gets_nothing_for_it(self):
        results, done = self.play({"server.py": KILLER}, sandbox=False)
        self.assertEqual(results["score"], 0)
        self.assertIn("It was not graded", results["output"])
        self.assertIn("run_autograder: no result; sockspec ended with exit code 137", done.stderr)

    def test_a_submission_that_does_not_build_reads_what_the_compiler_said(self):
        variant = {"when": "server.py", "build": [["python3", "-m", "py_compile", "server.py"]], "run": ["python3", "server.py"]}
        results, _ = self.play({"server.py": "def server(:\n"}, sandbox=False, variants=[variant])
        self.assertEqual(results["score"], 0)
        self.assertIn("SyntaxError", results["output"])

    def test_where_sockspec_itself_fails_there_is_a_result_that_says_so(self):
        results, done = self.play({"server.py": SERVER}, then="rm /usr/local/bin/sockspec")
        self.assertEqual(results["score"], 0)
        self.assertIn("It was not graded: sockspec or this machine failed", results["output"])
        self.assertIn("run_autograder: no result; sockspec ended with exit code 127", done.stderr)

    def test_a_profile_of_the_class_and_the_language_go_along(self):
        profile = json.loads((ROOT / "scenarios/profiles/tcp-echo.json").read_text())
        self.write("class/own.json", json.dumps({**profile, "profile": "own"}))
        self.assertEqual(self.bundle("--lang", "ko", profile="own.json").code, 0)
        source = self.folder / "autograder/source"
        self.assertEqual(json.loads((source / "class.json").read_text())["profile"], "profile.json")
        self.assertIn("채점되지 않았습니다", (source / "not-graded.json").read_text())

    def installed(self):
        return re.findall(r"install --no-install-recommends (.*)", (self.folder / "autograder/apt-get.log").read_text())

    def test_setup_installs_what_the_class_needs(self):
        self.play({"server.py": "raise SystemExit(7)"})
        self.assertEqual(self.installed(), ["bubblewrap libmd0 libstdc++6 libuv1 python3 zlib1g"])

    def test_packages_are_added_with_any_editor(self):
        self.play({"server.py": "raise SystemExit(7)"}, first="printf 'ruby\\r\\n\\ntcl' >source/packages.txt")
        self.assertEqual(self.installed(), ["ruby tcl"])

    def test_a_package_of_sockspec_in_the_bundle_takes_the_place_of_the_executable(self):
        results, _ = self.play({"server.py": "raise SystemExit(7)"}, first="touch source/sockspec_0_amd64.deb")
        self.assertEqual(self.installed()[1:], ["./sockspec_0_amd64.deb"])
        self.assertIn("exited with code 7", results["output"])

    def test_setup_says_what_to_do_where_sockspec_does_not_run(self):
        with self.assertRaisesRegex(AssertionError, "sockspec does not run on this image; choose a newer Ubuntu"):
            self.play({"server.py": SERVER}, first="echo 'exit 1' >source/sockspec")


if __name__ == "__main__":
    unittest.main()
