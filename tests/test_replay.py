"""A report is enough to reach its verdicts again, without a server and without a network."""

import json
import unittest

from support.sockspec import Case, server


class Replay(Case):
    def assert_replays(self, finished):
        """The same exit code, the same text, and nothing to complain of."""
        again = self.run_sockspec("replay", finished.report_file)
        self.assertEqual((again.code, again.err), (finished.code, ""), again)
        self.assertEqual(again.out, finished.out)

    def check_wrong(self, profile, fault, *options):
        program = "wrong_udp.py" if profile.startswith("udp") else "wrong_tcp.py"
        return self.check(profile, *options, command=server(program, fault, "{port}"))

    def assert_wrong_replays(self, profile, *faults, only=()):
        options = [word for name in only for word in ("--only", name)]
        for fault in faults:
            with self.subTest(fault):
                finished = self.check_wrong(profile, fault, *options)
                self.assertEqual(finished.code, 1, finished)
                self.assert_replays(finished)

    def test_of_every_built_in_profile(self):
        for profile in json.loads(self.run_sockspec("list", "profiles", "--json").out):
            with self.subTest(profile["id"]):
                self.assert_replays(self.check(profile["id"]))

    def test_of_wrong_echo_servers(self):
        self.assert_wrong_replays("tcp-echo", "silent", "adds-newline", "one-shot", "chatty", "strips")

    def test_of_dying_servers(self):
        self.assert_wrong_replays("tcp-echo", "dies-on-reset", "exits-after-the-first-client",
                                  only=["close/abort-*", "session/next-client-served"])

    def test_of_servers_that_end_wrongly(self):
        self.assert_wrong_replays("tcp-echo", "resets-at-half-close", "keeps-open", only=["close/fin-only", "close/half-close"])

    def test_of_wrong_transforms(self):
        self.assert_wrong_replays("tcp-uppercase", "swapped-case", only=["transform/*"])

    def test_of_wrong_greetings(self):
        self.assert_wrong_replays("tcp-greeting", "greeting-with-newline", "greeting-keeps-open", "greeting-before-input",
                                  "greeting-dies-of-bytes-that-are-no-text")

    def test_of_wrong_datagram_servers(self):
        self.assert_wrong_replays("udp-echo", "truncates", "replies-twice", "replies-from-another-port",
                                  "stops-at-an-empty-datagram",
                                  only=["datagram/exact", "datagram/max-size", "datagram/empty-datagram",
                                        "datagram/reply-source-port"])

    def test_of_a_stricter_run(self):
        finished = self.check_wrong("tcp-echo", "resets-at-half-close", "--strict", "--only", "close/half-close")
        self.assertEqual(finished.code, 1)
        self.assert_replays(finished)

    def test_of_a_profile_with_changes(self):
        self.assert_replays(self.check("tcp-greeting", "--set", "reply.text=Hi!", "--only", "session/*"))

    def test_of_one_scenario(self):
        finished = self.check_wrong("tcp-echo", "resets-at-half-close", "--only", "close/fin-only", "--only", "close/half-close")
        again = self.run_sockspec("replay", finished.report_file, "close/fin-only")
        self.assertEqual(again.code, 1, again)
        self.assertIn("The server does not hold its contract: 1 of 1 scenario failed.", again.out)
        self.assertEqual(self.run_sockspec("replay", finished.report_file, "stream/basic").code, 0)

    def test_in_another_language(self):
        finished = self.check_wrong("tcp-echo", "adds-newline")
        again = self.run_sockspec("replay", finished.report_file, "--lang", "ko")
        self.assertEqual((again.code, again.err), (1, ""))
        self.assertIn("실패  stream/basic", again.out)

    def test_of_own_scenarios(self):
        scenario = {"id": "own/hello", "version": 1, "title": "Hello", "level": "must", "requires": {"transport": "tcp"},
                    "steps": [{"peer": "a", "connect": {}}, {"peer": "a", "exchange": {"text": "hello\n"}}]}
        self.write("suite/own/hello.json", json.dumps(scenario))
        finished = self.check("tcp-echo", "--scenarios", self.folder / "suite")
        again = self.run_sockspec("replay", finished.report_file, "--scenarios", self.folder / "suite")
        self.assertEqual((again.code, again.err), (0, ""))
        without = self.run_sockspec("replay", finished.report_file)
        self.assert_refused(without, 2, "the suite has no scenario own/hello; if the run used --scenarios, name that folder")

    def test_of_an_interrupted_run(self):
        finished = self.check("tcp-echo", "--only", "stream/basic")
        report = finished.report
        report.update(interrupted=True, interrupted_by=2, exit_code=130)
        self.write("interrupted.json", json.dumps(report))
        again = self.run_sockspec("replay", self.folder / "interrupted.json")
        self.assertEqual(again.code, 130, again)


class EditedReport(Case):
    """Evidence that was changed is told."""

    def edit(self, change, fault=None):
        command = None if fault is None else server("wrong_tcp.py", fault, "{port}")
        report = self.check("tcp-echo", "--only", "stream/basic", command=command).report
        change(report["results"][0])
        self.edited = self.write("edited.json", json.dumps(report))
        return self.run_sockspec("replay", self.edited)

    def assert_is_told(self, finished):
        self.assertEqual(finished.code, 4, finished)
        self.assertEqual(finished.err, f"sockspec: {self.edited}: the verdict of stream/basic comes out differently\n")

    def test_a_reply_that_was_changed(self):
        def change(result):
            received = next(entry for entry in result["transcript"] if entry["kind"] == "received")
            received.update(owed=2, bytes={"text": "LLO\n"})

        self.assert_is_told(self.edit(change))

    def test_a_reply_that_was_removed(self):
        def change(result):
            result["transcript"] = [entry for entry in result["transcript"] if entry["kind"] != "received"]

        self.assert_is_told(self.edit(change))

    def test_a_fault_that_was_removed(self):
        def change(result):
            result["transcript"] = [entry for entry in result["transcript"]
                                    if entry["kind"] != "received" or "bytes" not in entry]

        self.assert_is_told(self.edit(change, fault="adds-newline"))

    def test_a_verdict_that_was_changed(self):
        def change(result):
            for check in result["checks"]:
                if check["outcome"] == "fail":
                    check["outcome"] = "pass"

        self.assert_is_told(self.edit(change, fault="adds-newline"))


class BrokenReport(Case):
    def refused(self, text, message):
        self.write("report.json", text)
        self.assert_refused(self.run_sockspec("replay", "report.json", cwd=self.folder), 2, message)

    def damaged(self, change):
        report = self.check("tcp-echo", "--only", "stream/basic").report
        change(report)
        return json.dumps(report)

    def test_missing(self):
        self.assert_refused(self.run_sockspec("replay", "none.json"), 2, "none.json: cannot be read: No such file or directory")

    def test_empty(self):
        self.refused("", "report.json:1:1: this is not JSON: syntax error while parsing value - unexpected end of input; expected "
                         "'[', '{', or a literal")

    def test_cut_off(self):
        text = self.check("tcp-echo", "--only", "stream/basic").report_text
        self.write("report.json", text[:len(text) // 2])
        finished = self.run_sockspec("replay", "report.json", cwd=self.folder)
        self.assertEqual(finished.code, 2)
        self.assertRegex(finished.err, r"^sockspec: report\.json:\d+:\d+: this is not JSON: .*\n$")

    def test_something_else(self):
        self.refused('{"schema": "sockspec/load/1"}',
                     'report.json: /schema: this is no report of sockspec check ("sockspec/check/1")')

    def test_a_field_is_missing(self):
        self.refused(self.damaged(lambda report: report.pop("machine")), 'report.json: /: the field "machine" is missing')

    def test_a_field_of_another_kind(self):
        self.refused(self.damaged(lambda report: report["results"][0].update(runs="many")),
                     "report.json: /results/0/runs: this is a text; write a whole number, 0 to 1000000000")

    def test_an_unknown_kind_of_event(self):
        def change(report):
            report["results"][0]["transcript"][0]["kind"] = "recieved"

        self.write("report.json", self.damaged(change))
        finished = self.run_sockspec("replay", "report.json", cwd=self.folder)
        self.assertEqual(finished.code, 2)
        self.assertRegex(finished.err, r'^sockspec: report\.json: /results/0/transcript/0/kind: "recieved" is not known here; '
                                       r'did you mean "received"\? \(one of: .*\)\n$')

    def test_hex_that_is_none(self):
        def change(report):
            report["results"][0]["server_output"] = {"hex": "0g"}

        self.refused(self.damaged(change), "report.json: /results/0/server_output/hex: is not hex; a report is not meant to be "
                                           "edited")

    def test_a_scenario_of_another_version(self):
        self.refused(self.damaged(lambda report: report["results"][0].update(version=99)),
                     "the report was made with version 99 of stream/basic, this sockspec has version 1; replay it with the "
                     "sockspec that made it")

    def test_a_scenario_that_the_report_does_not_have(self):
        report = self.check("tcp-echo", "--only", "stream/basic")
        self.assert_refused(self.run_sockspec("replay", report.report_file, "stream/basics"), 2,
                            'the report has no scenario "stream/basics"; did you mean "stream/basic"?')

    def test_nonsense_never_breaks_it(self):
        """Values of the wrong kind or size, everywhere in a report, one at a time."""
        report = self.check("tcp-echo", "--only", "stream/basic", command=server("wrong_tcp.py", "adds-newline", "{port}")).report

        def places(value, path=()):
            yield path
            items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
            for key, inner in items:
                yield from places(inner, path + (key,))

        every = [path for path in places(report) if path and "cites" not in path]
        for number, path in enumerate(every[::7]):
            damaged = json.loads(json.dumps(report))
            inner = damaged
            for key in path[:-1]:
                inner = inner[key]
            inner[path[-1]] = (None, -1, 1 << 62, "\x00", [], {}, [[]], 1e300)[number % 8]
            self.write("report.json", json.dumps(damaged))
            finished = self.run_sockspec("replay", self.folder / "report.json")
            self.assertIn(finished.code, (0, 1, 2, 4), (path, inner[path[-1]], finished))


if __name__ == "__main__":
    unittest.main()
