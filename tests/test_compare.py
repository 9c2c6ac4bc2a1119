"""sockspec compare OLD.json NEW.json: what broke between two check reports, and what it refuses."""

import copy
import json
import unittest

from support.schema import problems_of_check_comparison
from support.sockspec import ROOT, SOCKSPEC, Case

BROKEN = "close/half-close-pending"  # what a server with the fault drop-at-eof fails
SOUND = "close/half-close"
SELECTED = ["--seed", "1", "--only", "stream/basic", "--only", SOUND, "--only", BROKEN]


class Comparison(Case):
    def report_of(self, *options, fault=None, profile="tcp-echo"):
        command = [SOCKSPEC, "serve", profile, "--port", "{port}", *(["--fault", fault] if fault else [])]
        finished = self.check(profile, *SELECTED, *options, command=command)
        self.assertEqual(finished.code, 1 if fault else 0, finished)
        return finished.report_file

    def compare(self, old, new, *options, **more):
        """The run, and what it wrote as JSON."""
        file = self.folder / "comparison.json"
        finished = self.run_sockspec("compare", old, new, "--lang", "en", "--json", file, *options, **more)
        document = json.loads(file.read_text())
        self.assertEqual(problems_of_check_comparison(document), [])
        self.assertEqual(document["exit_code"], finished.code)
        return finished, document

    def changes(self, document):
        """{scenario: change} of all that changed"""
        return {each["scenario"]: each["change"] for each in document["scenarios"] if each["change"] != "same"}

    def changed(self, file, change):
        """A copy of a report file, after change(report)."""
        report = json.loads(file.read_text())
        change(report)
        return self.write("changed.json", json.dumps(report))


class OfTwoServers(Comparison):
    def test_a_correct_server_and_one_that_drops_what_is_queued(self):
        good, bad = self.report_of(), self.report_of(fault="drop-at-eof")
        with self.subTest("broken"):
            finished, document = self.compare(good, bad)
            self.assertEqual(finished.code, 1, finished)
            self.assertEqual(self.changes(document), {BROKEN: "broken"})
            self.assertIn(f"Newly broken: 1\n  FAIL  {BROKEN}  ", finished.out)
            self.assertIn("(was: pass)", finished.out)
            self.assertRegex(finished.out, r"\nNewly broken: 1 of \d scenarios that were judged in both reports\.\n$")
        with self.subTest("the other way"):
            finished, document = self.compare(bad, good)
            self.assertEqual(finished.code, 0, finished)
            self.assertEqual(self.changes(document), {BROKEN: "fixed"})
            self.assertIn(f"Fixed: 1\n  pass  {BROKEN}  ", finished.out)
        with self.subTest("itself"):
            for report in (good, bad):
                finished, document = self.compare(report, report)
                self.assertEqual((finished.code, self.changes(document)), (0, {}), finished)
                self.assertEqual(document["cautions"], [])
        with self.subTest("a comment"):
            comment = self.folder / "comment.md"
            finished, _ = self.compare(good, bad, "--markdown", comment)
            self.assertIn(f"**❌ Newly broken: 1**\n\n- FAIL **{BROKEN}** ", comment.read_text())
            self.assertTrue(comment.read_text().startswith("### ❌ sockspec compare: tcp-echo\n"))
        with self.subTest("in Korean"):
            finished = self.run_sockspec("compare", good, bad, "--lang", "ko")
            self.assertIn("새로 생긴 실패: 1개\n", finished.out)

    def test_a_scenario_that_is_left_out_is_not_green(self):
        good = self.report_of()
        less = self.report_of("--skip", SOUND)
        finished, document = self.compare(good, less)
        self.assertEqual(finished.code, 5, finished)
        self.assertEqual(self.changes(document), {SOUND: "unjudged"})

        def drop(report):
            report["results"] = [each for each in report["results"] if each["scenario"] != SOUND]
        finished, document = self.compare(good, self.changed(good, drop))
        self.assertEqual((finished.code, self.changes(document)), (5, {SOUND: "gone"}), finished)
        self.assertIn(f"no longer asked: 1\n  pass  {SOUND}", finished.out)

    def test_a_server_that_does_not_start_any_more(self):
        good = self.report_of()
        gone = self.check("tcp-echo", *SELECTED, command=["false", "{port}"])
        self.assertEqual(gone.code, 3, gone)
        finished, document = self.compare(good, gone.report_file)
        self.assertEqual(finished.code, 3, finished)
        self.assertIn("could not be started or reached", finished.out)
        finished, document = self.compare(gone.report_file, good)
        self.assertEqual(finished.code, 4, finished)

    def test_standard_output_takes_one_of_them(self):
        good = self.report_of()
        document = json.loads(self.run_sockspec("compare", good, good, "--json", "-").out)
        self.assertEqual(problems_of_check_comparison(document), [])
        self.assertTrue(self.run_sockspec("compare", good, good, "--markdown", "-", "--lang", "en").out.startswith("### ✅ "))
        self.assert_refused(self.run_sockspec("compare", good, good, "--json", "-", "--markdown", "-"), 2,
                            "--json - and --markdown - would both write to standard output; give one of them a file")


class Refused(Comparison):
    def refused(self, message, *words):
        self.assert_refused(self.run_sockspec("compare", *words), 2, message)

    def test_what_cannot_be_compared(self):
        good = self.report_of()
        load = ROOT / "reports/golden/load-report.json"
        self.refused(f"{good} is a report of sockspec check, {load} one of sockspec load; compare reports of one command",
                     good, load)
        self.refused(f"{load} is a report of sockspec load, {good} one of sockspec check; compare reports of one command",
                     load, "--with", good)
        for option, value in (("with", good), ("metric", "rate"), ("seed", "2")):
            with self.subTest(option):
                self.refused(f"--{option} is for reports of sockspec load, and these are of sockspec check: write "
                             "sockspec compare OLD.json NEW.json", good, good, f"--{option}", value)
        self.refused("two reports of sockspec check are compared, and here are 3: write sockspec compare OLD.json NEW.json",
                     good, good, good)
        self.refused('compare takes no "--": it runs no server', good, good, "--", "./server")
        self.refused("name the reports of the other side: sockspec compare OLD.json NEW.json of sockspec check, or "
                     "sockspec compare A1.json A2.json --with B1.json --with B2.json of sockspec load", good)

    def test_a_damaged_report(self):
        good = self.report_of()
        half = self.write("half.json", good.read_bytes()[:len(good.read_bytes()) // 2])
        for words in ((good, half), (half, good)):
            finished = self.run_sockspec("compare", *words)
            self.assertEqual((finished.code, finished.out), (2, ""), finished)
            self.assertRegex(finished.err, rf"^sockspec: {half}:\d+:\d+: ")
        grade = self.write("grade.json", '{"schema": "sockspec/grade/1"}')
        self.refused(f'{grade}: /schema: "sockspec/grade/1" is no report of sockspec check ("sockspec/check/1") or '
                     'sockspec load ("sockspec/load/1")', good, grade)
        missing = self.changed(good, lambda report: report.pop("seed"))
        self.refused(f'{missing}: /: the field "seed" is missing', good, missing)

    def test_another_contract(self):
        good = self.report_of()
        lines = self.report_of(profile="tcp-echo-line")
        self.refused(f"{good} and {lines}: the contracts differ in framing, encoding, max_message (profiles tcp-echo "
                     "and tcp-echo-line), so a failure may be the contract's; compare reports of one contract", good, lines)


OPTIONAL = {"params", "reason", "server_gone", "invalid", "interrupted_by", "ko", "expected", "observed", "peer", "step",
            "timing_only", "difference", "command", "pid"}
FREE = {"params"}


def samples():
    found = sorted((ROOT / "reports/golden/compare").glob("*.json"))
    assert len(found) == 6, found
    return {path.name: json.loads(path.read_text()) for path in found}


def fields_of(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            if key not in FREE:
                yield from fields_of(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value[:2]):
            yield from fields_of(inner, (*path, index))


class Schema(unittest.TestCase):
    def problems_after(self, path, change):
        document = copy.deepcopy(samples()["everything.en.json"])
        place = document
        for key in path[:-1]:
            place = place[key]
        change(place, path[-1])
        return problems_of_check_comparison(document)

    def test_the_samples_hold(self):
        for name, document in samples().items():
            with self.subTest(name):
                self.assertEqual(problems_of_check_comparison(document), [])

    def test_a_check_is_what_it_is_in_a_report(self):
        mine, theirs = (json.loads((ROOT / f"reports/schema/{name}.schema.json").read_text())["$defs"]
                        for name in ("check-compare", "check"))
        for name in ("check", "bytes", "level"):
            self.assertEqual(mine[name], theirs[name])

    def test_no_field_may_be_missing_of_another_kind_or_added(self):
        def add(place, key):
            place["something"] = 1
        for path in fields_of(samples()["everything.en.json"]):
            with self.subTest(path):
                if path[-1] not in OPTIONAL and path[-2:-1] != ("params",):
                    self.assertNotEqual(self.problems_after(path, lambda place, key: place.pop(key)), [])
                self.assertNotEqual(self.problems_after(path, lambda place, key: place.update({key: [[]]})), [])
                if not FREE & set(path):
                    self.assertNotEqual(self.problems_after(path, add), [])


if __name__ == "__main__":
    unittest.main()
