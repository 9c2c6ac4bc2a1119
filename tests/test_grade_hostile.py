"""sockspec grade: a class of hostile submissions. The class goes on, each page says what happened, nothing is left.

What a room keeps from its submission is in test_sandbox.py. Here one class is graded, and then looked at.
"""

import json
import unittest

from support import isolation
from support.sandbox import why_no_sandbox
from support.sockspec import ROOT, Case

isolation.enter_own_network()

REASON = why_no_sandbox()
SOURCE = (ROOT / "tests/servers/hostile_submission.py").read_text()
TIME_LIMIT = 600
BUILD_LIMIT = 3  # seconds
KINDS = ("fork-bomb", "memory-of-many", "endless-output", "full-disk", "kill-everybody", "kill-by-number", "daemon",
         "background", "look-around", "fake-report", "reach-out", "remove-itself", "ignore-sigterm", "keep-port")
DECIDED = ("pass", "warn", "fail", "inconclusive")


def server(kind):
    return SOURCE.replace("sys.argv[1]", repr(kind)).replace('os.environ["ELSEWHERE"]', "9")


@unittest.skipIf(REASON, REASON)
class HostileClass(Case):
    """The class is graded once; what each test needs is kept."""

    graded = None

    def setUp(self):
        super().setUp()
        if HostileClass.graded is None:
            HostileClass.graded = self.grade_all()

    def grade_all(self):
        handed_in = {kind: {"server.py": server(kind)} for kind in KINDS}
        handed_in["right"] = {"server.py": server("right")}
        handed_in["right-too"] = {"server.py": server("right")}
        handed_in["build-without-end"] = {"Makefile": "all:\n\twhile :; do :; done\n"}
        handed_in["build-that-prints"] = {"Makefile": "all:\n\twhile :; do echo all is well; done\n"}
        for name, files in handed_in.items():
            for file, text in files.items():
                self.write(f"class/submissions/{name}/{file}", text)
        plan = {"class": "They mean harm", "profile": "tcp-echo", "submissions": "submissions/*", "port": 12000,
                "variants": [{"when": "server.py", "run": ["python3", "server.py"]},
                             {"when": "Makefile", "build": [["make"]], "run": ["./server"]}],
                "limits": {"build": f"{BUILD_LIMIT}s", "total": "60s", "memory": "160MiB", "scratch": "8MiB",
                           "processes": 160, "files": 160}}
        path = self.write("class/class.json", json.dumps(plan))
        pages = self.folder / "pages"
        finished = self.run_sockspec("grade", path, "--results", self.folder / "kept", "--html", pages, "--json",
                                     self.folder / "grades.json", report_file=self.folder / "grades.json",
                                     time_limit=TIME_LIMIT)
        self.assertEqual(finished.code, 0, finished)
        texts = {name: (pages / name / "feedback.md").read_text() for name in handed_in}
        left = {name: sorted(str(path.relative_to(self.folder)) for path in
                             (self.folder / "class/submissions" / name).iterdir()) for name in handed_in}
        return {"finished": finished, "pages": texts, "left": left,
                "by_name": {each["name"]: each for each in finished.report["submissions"]}}

    def submission(self, kind):
        return self.graded["by_name"][kind]

    def assert_judged(self, kind, outcomes=DECIDED, failed=()):
        """It did what it wanted, and was judged like any other."""
        each = self.submission(kind)
        self.assertEqual(each["state"], "graded", each)
        self.assertIn(each["outcome"], outcomes, each)
        self.assertLessEqual(set(each["failed"]), set(failed), each)

    def assert_page_says(self, kind, text):
        self.assertIn(text, self.graded["pages"][kind])

    def test_those_that_are_right_get_all_points_beside_them(self):
        for name in ("right", "right-too"):
            self.assertEqual(self.submission(name)["points"], 100, self.submission(name))

    def test_nothing_is_left_of_any_of_them(self):
        self.assertEqual(self.graded["finished"].leftovers, [])

    def test_what_was_handed_in_is_as_it_was(self):
        for kind in KINDS:
            self.assertEqual(self.graded["left"][kind], [f"class/submissions/{kind}/server.py"])

    def test_a_fork_bomb_gets_no_further_than_its_processes(self):
        self.assertIn(self.submission("fork-bomb")["state"], ("graded", "did-not-start", "over-limit"))

    def test_memory_of_many_processes_is_over_the_limit(self):
        self.assertEqual(self.submission("memory-of-many")["state"], "over-limit", self.submission("memory-of-many"))
        self.assert_page_says("memory-of-many", "160 MiB")

    def test_endless_output_hides_nothing(self):
        self.assert_judged("endless-output", failed=("close/idle-cpu", "latency/small-exchanges"))
        self.assertLess(len(self.graded["pages"]["endless-output"]), 1 << 20)

    def test_a_full_disk_is_its_own(self):
        self.assert_judged("full-disk", ("pass", "warn", "inconclusive"))

    def test_one_that_kills_all_it_sees_kills_itself(self):
        for kind in ("kill-everybody", "kill-by-number"):
            self.assertIn(self.submission(kind)["state"], ("graded", "did-not-start"), self.submission(kind))

    def test_a_daemon_and_a_server_in_the_background_are_judged(self):
        self.assert_judged("daemon")
        self.assert_judged("background")

    def test_looking_around_and_writing_reports_changes_no_points(self):
        for kind in ("look-around", "fake-report", "reach-out"):
            self.assertEqual(self.submission(kind)["points"], 100, self.submission(kind))

    def test_one_that_removes_its_files_has_only_lost_its_copy(self):
        self.assertIn(self.submission("remove-itself")["state"], ("graded", "did-not-start"))

    def test_one_that_ignores_sigterm_is_ended_all_the_same(self):
        self.assert_judged("ignore-sigterm", ("warn",), ("lifecycle/stops-on-sigterm",))

    def test_one_that_keeps_the_port_keeps_it_from_nobody(self):
        self.assertIn(self.submission("keep-port")["state"], ("graded", "did-not-start"), self.submission("keep-port"))

    def test_a_build_without_end_is_stopped_and_said(self):
        for name in ("build-without-end", "build-that-prints"):
            self.assertEqual(self.submission(name)["state"], "build-failed", self.submission(name))
            self.assert_page_says(name, f"was not over after {BUILD_LIMIT} s")


if __name__ == "__main__":
    unittest.main()
