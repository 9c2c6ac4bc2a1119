"""The formats made from a report of `sockspec check`, read by other programs' rules: the samples that
the unit tests compare with what is written (reports/golden/check)."""

import json
import re
import shutil
import socket
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

from support.sockspec import ROOT, SOCKSPEC, Case, Running, server

try:
    import yaml
except ImportError:
    yaml = None

SAMPLES = ROOT / "reports/golden/check"
SCHEMA = ROOT / "reports/schema/junit.xsd"
GREEN = {"good", "known"}  # all other runs end with an exit code that is not 0
MIB = 1024 * 1024


def samples(extension):
    """(name, text) of each; the name without its language is the way in which the run ended."""
    found = sorted(SAMPLES.glob(f"*.{extension}"))
    assert len(found) > 8, f"{SAMPLES} holds {len(found)} samples of {extension}"
    return [(path.name.removesuffix("." + extension), path.read_text()) for path in found]


def is_green(name):
    return name.split(".")[0] in GREEN


class Junit(unittest.TestCase):
    def test_it_is_xml(self):
        for name, text in samples("junit.xml"):
            with self.subTest(name):
                self.assertEqual(ElementTree.fromstring(text.encode()).tag, "testsuites")

    def test_a_run_is_red_by_its_failures_and_errors_alone(self):
        for name, text in samples("junit.xml"):
            with self.subTest(name):
                root = ElementTree.fromstring(text.encode())
                red = int(root.get("failures")) + int(root.get("errors"))
                self.assertEqual(red == 0, is_green(name))

    def test_the_numbers_are_those_of_the_elements(self):
        for name, text in samples("junit.xml"):
            root = ElementTree.fromstring(text.encode())
            for place in (root, *root.findall("testsuite")):
                with self.subTest(name, suite=place.get("name")):
                    for number, path in (("tests", ".//testcase"), ("failures", ".//failure"), ("errors", ".//error"),
                                         ("skipped", ".//skipped")):
                        if place.get(number) is not None:
                            self.assertEqual(int(place.get(number)), len(place.findall(path)), number)

    def test_names_are_the_same_in_every_language(self):
        def names(text):
            return [(case.get("classname"), case.get("name")) for case in ElementTree.fromstring(text.encode()).iter("testcase")]
        by_name = dict(samples("junit.xml"))
        for name in ("bad", "interrupted"):
            self.assertEqual(names(by_name[name]), names(by_name[name + ".ko"]))


@unittest.skipUnless(shutil.which("xmllint"), "xmllint is not installed (Debian: libxml2-utils)")
class JunitSchema(unittest.TestCase):
    def problems(self, text):
        finished = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", str(SCHEMA), "-"], input=text.encode(),
                                  capture_output=True, timeout=60)
        self.assertIn(finished.returncode, (0, 1, 3), finished)  # valid, not XML, not valid
        return "" if finished.returncode == 0 else finished.stderr.decode()

    def test_every_sample_holds(self):
        for name, text in samples("junit.xml"):
            with self.subTest(name):
                self.assertEqual(self.problems(text), "")

    def test_one_thing_wrong_is_refused(self):
        text = dict(samples("junit.xml"))["bad"]
        for what, old, new in (
                ("a testcase without a name", ' name="stream/basic"', ""),
                ("a testcase without a classname", ' classname="sockspec.tcp-test.stream"', ""),
                ("a testcase without a time", ' name="stream/basic" time="0.002"', ' name="stream/basic"'),
                ("a time with a comma", 'time="4.321"', 'time="4,321"'),
                ("a number that is none", 'failures="1"', 'failures="-1"'),
                ("a count that is missing", ' errors="0"', ""),
                ("a failure without a message", re.search(r' message="[^"]*">FAIL', text)[0], ">FAIL"),
                ("a failure without a type", ' type="must"', ""),
                ("a level that does not exist", 'group="must"', 'group="most"'),
                ("a file", ' name="stream/basic"', ' name="stream/basic" file="server.c"'),
                ("two ends of one test", "</failure>", '</failure><skipped type="x" message="x"/>'),
                ("an element inside a failure", "</failure>", "<b/></failure>"),
                ("an unknown element", "</testsuites>", "<more/></testsuites>"),
                ("the same suite twice", '<testsuite name="close"', '<testsuite name="stream"'),
                ("the same test twice", 'name="latency/no-delay"', 'name="latency/prompt"'),
                ("a timestamp with a zone", '00:00"', '00:00Z"'),
                ("a suite without tests", re.search(r" *<testcase[^>]*half-close[^>]*/>\n", text)[0], ""),
                ("markup that is not closed", "</failure>", "")):
            with self.subTest(what):
                self.assertIn(old, text)
                self.assertNotEqual(self.problems(text.replace(old, new, 1)), "")


class Tap(unittest.TestCase):
    POINT = re.compile(r"(not )?ok (\d+) - ((?:[^#\\]|\\.)*)(?: # (SKIP|TODO) (.*))?$")

    def blocks(self, text):
        return re.findall(r"^  ---\n(.*?)^  \.\.\.\n", text, re.MULTILINE | re.DOTALL)

    def test_each_line_is_one_of_its_grammar(self):
        for name, text in samples("tap"):
            with self.subTest(name):
                version, plan, *lines = re.sub(r"^  ---\n.*?^  \.\.\.\n", "", text, flags=re.MULTILINE | re.DOTALL).splitlines()
                self.assertEqual(version, "TAP version 14")
                points = [self.POINT.match(line) for line in lines if not line.startswith(("#", "Bail out!"))]
                self.assertNotIn(None, points)
                self.assertEqual([int(point[2]) for point in points], list(range(1, len(points) + 1)))
                self.assertEqual(plan, f"1..{len(points)}")
                self.assertTrue(all("Bail out!" not in line[:9] for line in lines[:-1]))
                red = any(point[1] and point[4] != "TODO" for point in points) or lines[-1].startswith("Bail out!")
                self.assertEqual(not red, is_green(name))

    @unittest.skipUnless(yaml, "PyYAML is not installed (Debian: python3-yaml)")
    def test_the_blocks_are_yaml(self):
        for name, text in samples("tap"):
            for block in self.blocks(text):
                with self.subTest(name):
                    self.assertTrue(yaml.safe_load(block)["message"])

    @unittest.skipUnless(yaml, "PyYAML is not installed (Debian: python3-yaml)")
    def test_a_failure_says_what_came_and_how_to_repeat_it(self):
        block = yaml.safe_load(self.blocks(dict(samples("tap"))["bad"])[0])
        self.assertEqual(block["checks"], [{"check": "reply", "expected": "the same 5 bytes back",
                                            "came": 'byte 2 of the reply differs: "heLlo"'}])
        self.assertEqual(block["output"], '| listening\n| Traceback: "oops"\n')
        self.assertTrue(block["reproduce"].startswith("sockspec check "))


class Github(unittest.TestCase):
    def test_each_line_is_one_command(self):
        command = re.compile(r"::(error|warning|notice) title=[^:,\r\n]+::(?:[^%\r\n]|%25|%0A|%0D)+$")
        for name, text in samples("github.txt"):
            with self.subTest(name):
                kinds = [command.match(line) for line in text.splitlines()]
                self.assertNotIn(None, kinds)
                kinds = [kind[1] for kind in kinds]
                self.assertTrue(all(kinds.count(kind) <= 10 for kind in kinds))
                self.assertEqual("error" not in kinds, is_green(name))

    def test_a_summary_holds_only_our_markup(self):
        for name, text in samples("md"):
            with self.subTest(name):
                self.assertLess(len(text.encode()), MIB)
                outside = re.sub(r"^(`{3,})text\n.*?^\1\n", "", text, flags=re.MULTILINE | re.DOTALL)
                self.assertNotIn("```", outside)
                tags = set(re.findall(r"<[^>]*>?", outside))
                self.assertLessEqual(tags, {"<details>", "<summary>", "</summary>", "</details>"})
                self.assertEqual(outside.count("<details>"), outside.count("</details>"))


class Gradescope(unittest.TestCase):
    FIELDS = {"name": str, "score": float, "max_score": float, "status": str, "output": str, "output_format": str,
              "visibility": str, "tags": list}

    def test_the_fields_are_those_of_the_format(self):
        for name, text in samples("gradescope.json"):
            results = json.loads(text)
            with self.subTest(name):
                self.assertEqual(results["stdout_visibility"], "hidden")
                self.assertEqual(results["output_format"], "text")
                self.assertIsInstance(results["execution_time"], float)
                for test in results["tests"]:
                    for key, value in test.items():
                        self.assertIsInstance(value, self.FIELDS[key], key)
                    self.assertIn(test.get("status"), (None, "passed", "failed"))
                    self.assertEqual(test["output_format"], "text")
                    self.assertLessEqual(test.get("score", 0), test.get("max_score", 0))

    def test_the_points_are_a_hundred(self):
        for name, text in samples("gradescope.json"):
            results = json.loads(text)
            with self.subTest(name):
                for key, whole in (("max_score", 100), ("score", results["score"])):
                    self.assertAlmostEqual(sum(test.get(key, 0) for test in results["tests"]), whole, places=6)


class Events(unittest.TestCase):
    def test_a_stream_begins_and_ends(self):
        for name, text in samples("ndjson"):
            with self.subTest(name):
                events = [json.loads(line) for line in text.splitlines()]
                self.assertEqual(events[0]["schema"], "sockspec/events/1")
                self.assertEqual([event["event"] for event in events if event["event"] in ("begin", "end")], ["begin", "end"])
                self.assertEqual(events[-1]["event"], "end")
                self.assertEqual(events[-1]["exit_code"] == 0, is_green(name))


FAULTY = server("wrong_tcp.py", "swapped-case", "{port}")
FORMATS = {"junit": "</testsuites>\n", "tap": "TAP version 14\n", "markdown": "### ", "gradescope": '"tests": [', "text": "FAIL",
           "html": "<!DOCTYPE html>", "json": '"schema": "sockspec/check/1"'}


class Files(Case):
    """--junit FILE and the others, of `check` and of `report`."""

    def files(self, name):
        return {option: self.folder / f"{name}.{option}" for option in FORMATS}

    def options(self, files):
        return [word for option, file in files.items() for word in (f"--{option}", file)]

    def failed_check(self, *options, **more):
        finished = self.run_sockspec("check", "tcp-echo", "--only", "stream/basic", *options, "--", *FAULTY, **more)
        self.assertEqual(finished.code, 1, finished)
        return finished

    def test_one_run_writes_all_of_them(self):
        files = self.files("a")
        self.failed_check(*self.options(files))
        for option, part in FORMATS.items():
            with self.subTest(option):
                self.assertIn(part, files[option].read_text())

    def test_a_saved_report_gives_the_same_files(self):
        files, again = self.files("a"), self.files("b")
        self.failed_check(*self.options(files))
        finished = self.run_sockspec("report", files["json"], *self.options(again))
        self.assertEqual((finished.code, finished.out), (0, ""), finished)
        for option in FORMATS:
            with self.subTest(option):
                self.assertEqual(again[option].read_bytes(), files[option].read_bytes())

    def test_a_saved_report_is_shown_in_another_language(self):
        files = self.files("a")
        first = self.failed_check(*self.options(files))
        self.assertIn("The server does not hold its contract", first.out)
        again = self.run_sockspec("report", files["json"])
        self.assertEqual((again.code, again.out), (0, first.out), again)
        korean = self.run_sockspec("report", files["json"], "--lang", "ko")
        self.assertIn("서버가 규약을 지키지 않습니다", korean.out)

    def test_a_document_has_standard_output_for_itself(self):
        finished = self.failed_check("--junit", "-")
        self.assertEqual(ElementTree.fromstring(finished.out).tag, "testsuites")
        self.assertIn("The server does not hold its contract", finished.err)

    def test_two_documents_do_not_fit_there(self):
        finished = self.run_sockspec("check", "tcp-echo", "--tap", "-", "--ndjson", "-")
        self.assert_refused(finished, 2, "--tap - and --ndjson - would both write to standard output; "
                                         "give one of them a file")

    def test_a_file_needs_a_name(self):
        for option in (*FORMATS, "ndjson"):
            finished = self.run_sockspec("check", "tcp-echo", f"--{option}", "")
            self.assert_refused(finished, 2, f'--{option} "": name a file')

    def test_a_full_disk_is_told_and_so_is_the_verdict(self):
        for option in (*FORMATS, "ndjson"):
            with self.subTest(option):
                finished = self.run_sockspec("check", "tcp-echo", "--only", "stream/basic", f"--{option}", "/dev/full")
                self.assertEqual(finished.code, 4, finished)
                self.assertIn("/dev/full: ", finished.err)
                self.assertIn("No space left on device", finished.err)
                self.assertIn("The server holds its contract", finished.out)

    def test_one_file_that_cannot_be_written_keeps_no_other_from_it(self):
        good = self.folder / "good.tap"
        finished = self.run_sockspec("check", "tcp-echo", "--only", "stream/basic", "--junit", self.folder / "no/such.xml",
                                     "--tap", good)
        self.assertEqual(finished.code, 4, finished)
        self.assertIn("no/such.xml: the report could not be written: No such file or directory", finished.err)
        self.assertTrue(good.exists())
        self.assertEqual(list(self.folder.iterdir()), [good])

    def test_a_server_that_is_not_there_has_its_files_too(self):
        files = self.files("a")
        port = self.unused_port()
        finished = self.run_sockspec("check", "tcp-echo", "--target", f"127.0.0.1:{port}", *self.options(files))
        self.assertEqual(finished.code, 3, finished)
        suite = ElementTree.fromstring(files["junit"].read_text()).find("testsuite[@name='run']")
        self.assertIn("could not be started or reached", suite.find("testcase/error").get("message"))
        self.assertIn("Bail out! The server could not be started or reached.", files["tap"].read_text())

    def unused_port(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            return listener.getsockname()[1]

    def test_no_load_report_has_these_formats(self):
        report = self.folder / "load.json"
        finished = self.run_sockspec("load", "tcp-echo", "--duration", "100ms", "--warmup", "0s", "--json", report)
        again = self.run_sockspec("report", report)
        self.assertEqual(again.code, 0, again)
        self.assertEqual(again.out, finished.out)
        refused = self.run_sockspec("report", report, "--junit", self.folder / "x.xml")
        self.assert_refused(refused, 2, f"--junit is for reports of sockspec check, and {report} is one of sockspec load")

    def test_a_load_report_is_a_page_now_and_later(self):
        page, again, report = (self.folder / name for name in ("now.html", "later.html", "load.json"))
        self.run_sockspec("load", "tcp-echo", "--duration", "100ms", "--html", page, "--json", report)
        finished = self.run_sockspec("report", report, "--html", again)
        self.assertEqual((finished.code, finished.out), (0, ""), finished)
        self.assertEqual(again.read_bytes(), page.read_bytes())
        self.assertIn("</html>", page.read_text())

    def test_a_page_of_a_load_that_cannot_be_written_is_told_and_so_is_the_result(self):
        finished = self.run_sockspec("load", "tcp-echo", "--duration", "100ms", "--html", "/dev/full")
        self.assertEqual(finished.code, 4, finished)
        self.assertIn("/dev/full: the report could not be written: No space left on device", finished.err)
        self.assertIn("Every reply was right", finished.out)

    def test_a_comparison_is_a_page_too(self):
        old, new = (self.folder / name for name in ("old.json", "new.json"))
        self.run_sockspec("check", "tcp-echo", "--only", "stream/basic", "--json", old)
        self.failed_check("--json", new)
        finished = self.run_sockspec("compare", old, new, "--html", "-")
        self.assertEqual(finished.code, 1, finished)
        self.assertIn("<h1>Newly broken: 1 of 1", finished.out)
        self.assertIn("Newly broken: 1", finished.err)

    def test_what_is_no_report_is_said(self):
        file = self.write("x.json", '{"schema": "sockspec/learn/1"}')
        finished = self.run_sockspec("report", file)
        self.assert_refused(finished, 2, f'{file}: /schema: "sockspec/learn/1" is no report of sockspec check ("sockspec/check/1") or '
                                         'sockspec load ("sockspec/load/1")')


class EventsAsTheyHappen(Case):
    def test_a_run_that_is_killed_leaves_what_it_had(self):
        file = self.folder / "events"
        host, port = self.serve("tcp-discard", "--port", "0")  # as an echo server it is silent
        words = [SOCKSPEC, "check", "tcp-echo", "--ndjson", file, "--target", f"{host}:{port}"]
        with Running(words) as running:
            running.wait_for(lambda: file.exists() and '"event":"begin"' in file.read_text(), "the first event")
            running.process.kill()
            running.process.wait()
        events = [json.loads(line) for line in file.read_text().splitlines()]
        self.assertEqual(events[0]["event"], "begin")
        self.assertNotIn("end", [event["event"] for event in events])

    def test_each_result_stands_there_as_it_was_decided(self):
        finished = self.check("tcp-echo", "--ndjson", "-", "--only", "stream/*")
        self.assertEqual(finished.code, 0, finished)
        events = [json.loads(line) for line in finished.out.splitlines()]
        told = {event["scenario"]: event["outcome"] for event in events if event["event"] == "result"}
        self.assertEqual(told, finished.outcomes)
        self.assertEqual(events[-1]["exit_code"], 0)
        self.assertEqual(events[-1]["text"], finished.err.splitlines()[-1])


class GithubStep(Case):
    def test_annotations_are_printed_and_the_summary_is_added_to(self):
        summary = self.write("summary.md", "what another command wrote\n")
        finished = self.run_sockspec("check", "tcp-echo", "--only", "stream/basic", "--github", "--", *FAULTY,
                                     env={"GITHUB_STEP_SUMMARY": str(summary)})
        self.assertEqual(finished.code, 1, finished)
        self.assertIn("\n::error title=sockspec stream/basic::A short message comes back", finished.out)
        text = summary.read_text()
        self.assertTrue(text.startswith("what another command wrote\n### ❌ "), text[:200])

    def test_a_summary_that_cannot_be_written_is_told(self):
        finished = self.run_sockspec("check", "tcp-echo", "--only", "stream/basic", "--github",
                                     env={"GITHUB_STEP_SUMMARY": "/nonexistent/summary"})
        self.assertEqual(finished.code, 4, finished)
        self.assertIn("/nonexistent/summary: the summary of the step (GITHUB_STEP_SUMMARY) could not be written", finished.err)


if __name__ == "__main__":
    unittest.main()
