"""sockspec grade: a whole class, each submission in a room of its own.

The class is examples/class; expected.json says what each submission should get. Hostile submissions run
in the sandbox alone: what needs one is skipped where this machine allows none.
"""

import csv
import json
import os
import re
import shutil
import signal
import unittest

from support import isolation
from support.sandbox import why_no_sandbox
from support.schema import problems_of_report
from support.sockspec import ROOT, Case
from support.submission import SERVER

isolation.enter_own_network()

CLASS = ROOT / "examples/class"
EXPECTED = json.loads((CLASS / "expected.json").read_text())["submissions"]
NEEDS = {"Java": "javac", "JavaScript": "node", "Perl": "perl", "C": "gcc", "C++": "g++"}
TIME_LIMIT = 600
QUICK = ("ahn", "cha", "gil", "lim")  # right, wrong, does not start, does not build

REASON = why_no_sandbox()


def here(name):
    """Is what this submission is written in installed on this machine?"""
    tool = NEEDS.get(EXPECTED[name]["language"])
    return tool is None or shutil.which(tool, path="/usr/local/bin:/usr/bin:/bin") is not None


class Grades(Case):
    def grade(self, *words, time_limit=TIME_LIMIT, **more):
        self._reports += 1
        report = self.folder / f"class{self._reports}.json"
        results = () if "--results" in words else ("--results", self.folder / f"results{self._reports}")
        return self.run_sockspec("grade", *words, *results, "--json", report, time_limit=time_limit, report_file=report,
                                 **more)

    def small_class(self, handed_in, **fields):
        """A class file beside folders with these files: {name: {file: text}}."""
        for name, files in handed_in.items():
            for file, text in files.items():
                self.write(f"class/submissions/{name}/{file}", text)
        plan = {"class": "A small class", "profile": "tcp-echo", "submissions": "submissions/*", "port": 12000,
                "variants": [{"when": "server.py", "run": ["python3", "server.py"]}], **fields}
        return self.write("class/class.json", json.dumps(plan))

    @staticmethod
    def by_name(finished):
        return {submission["name"]: submission for submission in finished.report["submissions"]}

    @staticmethod
    def scores(finished):
        return {each["name"]: (each["state"], each["points"]) for each in finished.report["submissions"]}


@unittest.skipIf(REASON, REASON)
class TheClass(Grades):
    def test_each_submission_gets_what_it_should(self):
        names = [name for name in EXPECTED if here(name)]
        only = [word for name in names for word in ("--only", name)]
        finished = self.grade(CLASS, *only, "--html", self.folder / "pages", "--csv", self.folder / "points.csv",
                              "--gradescope", self.folder / "gradescope")
        self.assertEqual(problems_of_report(finished.report), [])
        graded = self.by_name(finished)
        self.assertEqual(sorted(graded), sorted(names))
        for name in names:
            with self.subTest(name):
                want, got = EXPECTED[name], graded[name]
                self.assertEqual(got["state"], want["state"], got)
                self.assertIn(got["outcome"], want["outcomes"], got["failed"])
                if want["fault"]:
                    self.assertEqual(got["diagnosis"][0]["fault"], want["fault"])
                self.assertTrue((self.folder / got["pages"]["html"]).exists())
                self.assertTrue((self.folder / got["pages"]["markdown"]).exists())
                results = json.loads((self.folder / got["pages"]["gradescope"]).read_text())
                self.assertEqual(results["score"], got["points"])
        self.assertEqual(finished.code, 0, finished)
        rows = list(csv.reader((self.folder / "points.csv").read_text(encoding="utf-8-sig").splitlines()))
        self.assertEqual(len(rows), len(names) + 1)
        self.assertIn("one-shot", (self.folder / "pages/index.html").read_text())

    def test_the_same_points_twice_and_with_one_and_four_at_a_time(self):
        only = [word for name in QUICK if here(name) for word in ("--only", name)]
        once = self.scores(self.grade(CLASS, *only, "--jobs", "1"))
        self.assertEqual(self.scores(self.grade(CLASS, *only, "--jobs", "4")), once)
        self.assertEqual(self.scores(self.grade(CLASS, *only, "--jobs", "4")), once)

    def test_shards_are_the_class_in_parts_and_merge_joins_them(self):
        only = [word for name in QUICK for word in ("--only", name)]
        whole = self.grade(CLASS, *only)
        parts = [self.grade(CLASS, *only, "--shard", f"{part}/2", "--html", self.folder / f"part{part}") for part in (1, 2)]
        self.assertEqual(sorted([*self.by_name(parts[0]), *self.by_name(parts[1])]), sorted(QUICK))
        files = [self.folder / "class2.json", self.folder / "class3.json"]
        report = self.folder / "whole/class.json"
        report.parent.mkdir()
        merged = self.run_sockspec("merge", *files, "--json", report, "--csv", self.folder / "points.csv", "--html",
                                   self.folder / "joined", report_file=report)
        self.assertEqual(merged.code, 0, merged)
        self.assertEqual(problems_of_report(merged.report), [])
        self.assertEqual(self.scores(merged), self.scores(whole))
        for each in merged.report["submissions"]:
            self.assertTrue((report.parent / each["pages"]["html"]).exists(), each["pages"])
        rows = list(csv.reader((self.folder / "points.csv").read_text(encoding="utf-8-sig").splitlines()))
        self.assertEqual([row[0] for row in rows[1:]], sorted(QUICK))
        overview = (self.folder / "joined/index.html").read_text()
        for link in re.findall(r'<a href="([^"#]+/index\.html)"', overview):
            self.assertTrue((self.folder / "joined" / link).exists(), link)
        self.assertEqual(overview.count("/index.html"), len(QUICK))
        self.assert_refused(self.run_sockspec("merge", files[0]), 2,
                            "shard 2/2 is missing; name the reports of all")
        self.assert_refused(self.run_sockspec("merge", *files, files[0]), 2,
                            "shard 1/2 is there twice; name each report once")

    def test_what_was_printed_in_the_wrong_language_is_in_the_right_one(self):
        self.grade(CLASS, "--only", "gil", "--html", self.folder / "pages", "--lang", "ko")
        self.assertIn("시작되지 않", (self.folder / "pages/gil/index.html").read_text())

    def test_why_a_server_did_not_start_is_said_in_both_languages(self):
        for lang, exited, words in (
            ("en", r"the server exited with code 1 before it listened on port 12000; its last words: ", "SyntaxError"),
            ("ko", r"서버가 포트 12000에서 듣기 전에 코드 1\(으\)로 종료했습니다. 마지막 출력: ", "SyntaxError"),
        ):
            with self.subTest(lang):
                pages = self.folder / f"pages-{lang}"
                finished = self.grade(CLASS, "--only", "gil", "--html", pages, "--lang", lang)
                reason = self.by_name(finished)["gil"]["reason"]
                self.assertEqual(reason["id"], "start.exited")
                self.assertRegex(reason["text"], f"^{exited}{words}")
                for page in ("gil/index.html", "gil/feedback.md", "index.html"):
                    text = (pages / page).read_text().replace("\\", "")  # Markdown's
                    self.assertRegex(text, exited + words, page)


@unittest.skipIf(REASON, REASON)
class Hostile(Grades):
    def test_they_do_not_change_the_points_of_others_and_nothing_survives(self):
        finished = self.grade(CLASS, *(word for name in ("ahn", "im", "hwang", "jeon") for word in ("--only", name)))
        graded = self.by_name(finished)
        self.assertEqual(graded["ahn"]["points"], 100, graded["ahn"])
        for name in ("im", "hwang", "jeon"):
            self.assertEqual(graded[name]["state"], EXPECTED[name]["state"], graded[name])
            self.assertIn(graded[name]["outcome"], EXPECTED[name]["outcomes"], graded[name])

    def test_more_memory_than_it_may_have_is_said(self):
        bomb = 'import time\nhold = []\nfor _ in range(60):\n    hold.append(bytearray(b"x") * (8 << 20))\ntime.sleep(600)\n'
        plan = self.small_class({"bomb": {"server.py": bomb}, "right": {"server.py": SERVER}}, limits={"memory": "256MiB"})
        graded = self.by_name(self.grade(plan))
        self.assertEqual(graded["bomb"]["state"], "over-limit", graded["bomb"])
        self.assertIn("256 MiB", graded["bomb"]["reason"]["text"])
        self.assertEqual(graded["right"]["points"], 100, graded["right"])

    def test_limits_that_would_take_points_from_a_right_server_are_said(self):
        plan = self.small_class({"right": {"server.py": SERVER}}, limits={"processes": 64})
        finished = self.grade(plan)
        self.assertIn("too few for a thread for each of the 100 clients", finished.err)
        plan = self.small_class({"right": {"server.py": SERVER}}, limits={"memory": "64MiB", "processes": 128})
        finished = self.grade(plan)
        self.assertNotIn("too few", finished.err)
        self.assertEqual(self.by_name(finished)["right"]["points"], 100, finished.report["submissions"])

    def test_a_check_without_end_meets_its_limit(self):
        silent = SERVER.replace("connection.sendall(data)", "pass")
        plan = self.small_class({"silent": {"server.py": silent}}, limits={"total": "1s"})
        graded = self.by_name(self.grade(plan))
        self.assertEqual(graded["silent"]["state"], "over-limit", graded["silent"])


@unittest.skipIf(REASON, REASON)
class Resumed(Grades):
    def test_only_what_changed_is_graded_again(self):
        plan = self.small_class({"kim": {"server.py": SERVER}, "lee": {"readme.txt": "later"}})
        words = (plan, "--results", self.folder / "kept", "--resume")
        first = self.by_name(self.grade(*words))
        self.assertEqual([each["resumed"] for each in first.values()], [False, False])
        again = self.grade(*words)
        self.assertEqual([each["resumed"] for each in self.by_name(again).values()], [True, True])
        self.assertEqual(again.report["resumed"], 2)
        self.write("class/submissions/lee/server.py", SERVER)
        last = self.by_name(self.grade(*words))
        self.assertEqual({name: each["resumed"] for name, each in last.items()}, {"kim": True, "lee": False})
        self.assertEqual(last["lee"]["points"], 100, last["lee"])

    def test_an_interrupted_run_goes_on(self):
        plan = self.small_class({"a": {"readme.txt": "nothing"}, "b": {"server.py": "import time; time.sleep(600)"}})
        report = self.folder / "first.json"
        running = self.start("grade", plan, "--results", self.folder / "kept", "--json", report)
        running.wait_for(lambda: any("server.py" in command for command in isolation.descendants().values()),
                         "the second submission")
        running.process.send_signal(signal.SIGINT)
        finished = running.finish(TIME_LIMIT, (), report)
        self.assertEqual(finished.code, 130, finished)
        self.assertEqual(finished.leftovers, [])
        self.assertEqual(finished.report["interrupted_by"], signal.SIGINT)
        self.assertEqual(self.scores(finished)["b"], ("error", None))
        self.write("class/submissions/b/server.py", SERVER)
        graded = self.by_name(self.grade(plan, "--results", self.folder / "kept", "--resume"))
        self.assertEqual({name: each["resumed"] for name, each in graded.items()}, {"a": True, "b": False})


class WithoutASandbox(Grades):
    def test_it_is_said_once_and_graded_one_after_the_other(self):
        tools = self.folder / "bin"
        tools.mkdir()
        for name in ("sh", "env", "cp", "chmod", "cat", "head", "timeout", "prlimit", "python3"):
            os.symlink(shutil.which(name, path="/usr/bin:/bin"), tools / name)
        plan = self.small_class({"kim": {"server.py": SERVER}, "lee": {"server.py": SERVER}})
        finished = self.grade(plan, "--jobs", "4", env={"PATH": str(tools)})
        self.assertEqual(finished.err.count("bubblewrap is not installed"), 1, finished)
        self.assertEqual((finished.report["isolation"], finished.report["jobs"]), ("none", 1))
        self.assertEqual(self.scores(finished), {"kim": ("graded", 100), "lee": ("graded", 100)}, finished)


class Refused(Grades):
    def refuse(self, message, *words):
        self.assert_refused(self.run_sockspec("grade", *words), 2, message)

    def test_a_broken_class_file_is_named_with_what_would_be_right(self):
        plan = self.write("class.json", '{"class": "x", "profil": "tcp-echo"}')
        finished = self.run_sockspec("grade", plan)
        self.assertEqual(finished.code, 2, finished)
        self.assertEqual(finished.err.count("\n"), 1, finished)
        self.assertTrue(finished.err.startswith(f"sockspec: {plan}: "), finished)

    def test_an_empty_folder_says_what_it_should_hold(self):
        plan = self.small_class({})
        self.refuse(f'{plan}: /submissions: "submissions/*" fits no folder; there must be one folder for each submission',
                    plan)

    def test_a_folder_without_a_class_file_says_how_to_write_one(self):
        self.refuse(f"{self.folder}: there is no class.json in this folder; write one: sockspec grade --init PROFILE "
                    f"{self.folder}/class.json", self.folder)

    def test_two_submissions_with_the_same_name_are_both_named(self):
        plan = self.small_class({}, submissions="*/*")
        self.write("class/monday/kim/server.py", SERVER)
        self.write("class/tuesday/kim/server.py", SERVER)
        folder = self.folder / "class"
        self.refuse(f'{plan}: /submissions: two submissions have the name "kim" ({folder}/monday/kim and '
                    f"{folder}/tuesday/kim); rename one of them", plan)

    def test_a_name_that_is_nobodys_is_told_the_nearest(self):
        plan = self.small_class({"kim": {"server.py": SERVER}})
        self.refuse('--only "kin": there is no such submission; did you mean "kim"?', plan, "--only", "kin")

    def test_a_class_file_is_not_written_over(self):
        plan = self.small_class({})
        self.refuse(f"{plan}: is there already; name another file", "--init", "tcp-echo", plan)

    def test_a_class_file_that_is_written_can_be_graded_by(self):
        self.run_sockspec("grade", "--init", "tcp-uppercase", self.folder / "new.json")
        self.assertEqual(json.loads((self.folder / "new.json").read_text())["profile"], "tcp-uppercase")

    def test_an_empty_wrapper_is_no_command(self):
        wrapper = self.write("wrapper", "")
        finished = self.run_sockspec("check", "tcp-echo", "--wrapper", wrapper, "--", "true", "{port}")
        self.assert_refused(finished, 2, f"--wrapper {wrapper}: write the words of a command, one to a line")


if __name__ == "__main__":
    unittest.main()
