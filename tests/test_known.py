"""Known failures: a list excuses what it names, and is red itself as soon as it is no longer true."""

import functools
import json
import unittest

import jsonschema

from support.schema import problems_of_report
from support.sockspec import ROOT, SOCKSPEC, Case, server

FAILING = "close/half-close-pending"  # what a server with the fault drop-at-eof fails
PASSING = "close/half-close"
FAULTY = [SOCKSPEC, "serve", "tcp-echo", "--port", "{port}", "--fault", "drop-at-eof"]
STALE = "In the list of known failures these entries do not hold:\n  stale  "


@functools.cache
def schema():
    return json.loads((ROOT / "scenarios/schema/known.schema.json").read_text())


def entry(scenario, **more):
    return {"scenario": scenario, "reason": "no half-close yet", **more}


class Known(Case):
    def list_of(self, *entries):
        document = {"$schema": "known.schema.json", "known": list(entries)}
        jsonschema.validate(document, schema())
        return self.write("list.json", json.dumps(document))

    def play(self, *options, only=(FAILING, PASSING), command=FAULTY, **more):
        selection = [word for pattern in only for word in ("--only", pattern)]
        finished = self.check("tcp-echo", *selection, *options, command=command, **more)
        if finished.report_file.exists():
            self.assertEqual(problems_of_report(finished.report), [])
        return finished

    def play_known(self, *entries, **more):
        return self.play("--known", self.list_of(*entries), **more)

    def assert_stale(self, finished, text):
        """Red for the list alone, or beside a failure; and the report says the same."""
        self.assertEqual(finished.code, 1, finished)
        self.assertIn(STALE + text + "\n", finished.out)
        scenario, why = text.split("  ")
        self.assertEqual([(entry["scenario"], entry["why"]["text"]) for entry in finished.report["stale_known"]],
                         [(scenario, why)])


class ReadingAList(Known):
    def test_a_failure_is_red_without_a_list_and_green_with_one(self):
        self.assert_fails(self.play(), [FAILING])
        finished = self.play_known(entry(FAILING, link="https://bugs/1", expires="2999-12-31"))
        self.assertEqual(finished.code, 0, finished)
        self.assertIn(f"  known  {FAILING}  no half-close yet  https://bugs/1\n", finished.out)
        self.assertTrue(finished.out.endswith(
            "The server holds its contract but for what is known: 2 of 3 scenarios passed, 1 failed as known.\n"), finished)
        self.assertNotIn("came instead", finished.out)
        report = finished.report
        self.assertEqual(finished.result(FAILING)["outcome"], "fail")
        self.assertEqual(finished.result(FAILING)["known"], {"reason": "no half-close yet", "link": "https://bugs/1"})
        self.assertEqual((report["summary"]["counts"]["fail"], report["summary"]["known"]), (1, 1))
        self.assertNotIn("stale_known", report)

    def test_another_failure_is_shown_in_full(self):
        other = "flow/slow-reader-isolated"
        finished = self.play_known(entry(FAILING), only=[FAILING, other])
        self.assert_fails(finished, [FAILING, other])
        self.assertIn(f"FAIL  {other}", finished.out)
        self.assertNotIn(f"FAIL  {FAILING}", finished.out)
        self.assertIn("1 of 3 scenarios failed, and 1 more as known.", finished.out)

    def test_what_a_known_failure_explains_is_excused_with_it(self):
        finished = self.play_known(entry(PASSING), command=server("wrong_tcp.py", "drops-at-half-close", "{port}"))
        self.assertEqual(finished.outcomes[FAILING], "not-run")
        self.assertEqual(finished.code, 0, finished)

    def test_a_pattern_excuses_while_one_of_its_scenarios_fails(self):
        self.assertEqual(self.play_known(entry("close/half-*")).code, 0)

    def test_an_entry_that_passes_is_red(self):
        finished = self.play_known(entry(PASSING), only=[PASSING])
        self.assert_stale(finished, f"{PASSING}  all that it matches passes now; delete the entry")
        self.assertIn("This run fails because of its list of known failures: 1 to correct.\n", finished.out)

    def test_an_entry_that_has_expired_is_red_and_excuses_nothing(self):
        finished = self.play_known(entry(FAILING, expires="2020-02-29"), only=[FAILING])
        self.assert_stale(finished, f"{FAILING}  it counted until 2020-02-29; fix the server, or give the entry a "
                                    "later date")
        self.assertIn(f"FAIL  {FAILING}", finished.out)

    def test_an_entry_that_matches_nothing_is_red_and_names_the_nearest(self):
        finished = self.play_known(entry("close/half-closed"), only=[PASSING])
        self.assert_stale(finished, "close/half-closed  it matches no scenario of this profile; did you mean "
                                    f'"{PASSING}"?')
        self.assert_stale(self.play_known(entry("quic/0-rtt"), only=[PASSING]),
                          "quic/0-rtt  it matches no scenario of this profile; correct it, or delete the entry")

    def test_an_entry_for_what_was_not_asked_for_is_neither_good_nor_stale(self):
        self.assert_holds(self.play_known(entry(FAILING), only=[PASSING]))

    def test_the_shards_of_a_run_share_a_list(self):
        for shard in ("1/2", "2/2"):
            finished = self.play("--shard", shard, "--known", self.list_of(entry("close/half-*")))
            self.assertEqual(finished.code, 0, finished)

    def test_what_repeats_a_known_failure_shows_it(self):
        finished = self.play_known(entry(FAILING), only=[FAILING])
        self.assertNotIn("--known", finished.result(FAILING)["reproduce"])

    def test_the_first_scenario_is_not_excused_where_nothing_else_ran(self):
        finished = self.play_known(entry("stream/basic"), command=server("wrong_tcp.py", "adds-newline", "{port}"))
        self.assert_stale(finished, "stream/basic  it cannot excuse stream/basic: after that failure nothing else was "
                                    "run; fix it first")
        self.assertIn("FAIL  stream/basic", finished.out)

    def test_a_strict_run_excuses_warnings(self):
        command = server("wrong_tcp.py", "resets-at-half-close", "{port}")
        self.assertEqual(self.play("--strict", only=[PASSING], command=command).code, 1)
        finished = self.play("--strict", "--known", self.list_of(entry(PASSING)), only=[PASSING], command=command)
        self.assertEqual(finished.code, 0, finished)
        self.assertEqual(finished.outcomes[PASSING], "warn")

    def test_replay_shows_known_failures_and_stale_entries_again(self):
        known = self.play_known(entry(FAILING))
        again = self.run_sockspec("replay", known.report_file)
        self.assertEqual((again.code, again.out), (0, known.out))
        stale = self.play_known(entry(PASSING), entry(FAILING))
        again = self.run_sockspec("replay", stale.report_file)
        self.assertEqual((again.code, again.out), (1, stale.out))
        self.assertEqual(self.run_sockspec("replay", stale.report_file, FAILING).code, 0)


class WritingAList(Known):
    def test_a_list_that_was_written_makes_the_next_run_green(self):
        path = self.folder / "written.json"
        self.assert_fails(self.play("--write-known", path), [FAILING])
        written = json.loads(path.read_text())
        jsonschema.validate(written, schema())
        self.assertEqual([listed["scenario"] for listed in written["known"]], [FAILING])
        self.assertRegex(written["known"][0]["reason"], r"^fails since \d{4}-\d\d-\d\d: the server closed the connection")
        self.assertEqual(self.play("--known", path).code, 0)

    def test_where_nothing_fails_the_list_is_empty(self):
        path = self.folder / "written.json"
        self.assert_holds(self.play("--write-known", path, only=[PASSING]))
        self.assertEqual(json.loads(path.read_text()), {"known": []})
        self.assert_holds(self.play("--known", path, only=[PASSING]))

    def test_on_standard_output_the_list_stands_alone(self):
        finished = self.play("--write-known", "-", only=[FAILING])
        self.assertEqual(finished.code, 1, finished)
        self.assertEqual(len(json.loads(finished.out)["known"]), 1)
        self.assertIn(f"FAIL  {FAILING}", finished.err)

    def test_half_a_run_writes_no_list(self):
        path = self.write("written.json", "as it was")
        finished = self.play("--write-known", path, command=server("wrong_tcp.py", "adds-newline", "{port}"))
        self.assertEqual(finished.code, 1, finished)
        self.assertEqual(finished.err, f"sockspec: {path}: the list was not written: not every scenario was run, so "
                                       "what else fails is not known\n")
        self.assertEqual(path.read_text(), "as it was")

    def test_a_list_that_cannot_be_written_is_said(self):
        finished = self.play("--write-known", self.folder / "none/list.json", only=[PASSING])
        self.assertEqual(finished.code, 4, finished)
        self.assertIn("none/list.json: ", finished.err)


class BadLists(Known):
    def refused(self, text, message):
        path = self.write("list.json", text)
        finished = self.run_sockspec("check", "tcp-echo", "--known", path, "--", *FAULTY)
        self.assert_refused(finished, 2, f"{path}{message}")

    def test_no_file(self):
        finished = self.run_sockspec("check", "tcp-echo", "--known", "none.json", "--", *FAULTY, cwd=self.folder)
        self.assert_refused(finished, 2, "none.json: cannot be read: No such file or directory")

    def test_a_folder(self):
        finished = self.run_sockspec("check", "tcp-echo", "--known", self.folder, "--", *FAULTY)
        self.assert_refused(finished, 2, f"{self.folder}: this is a folder; name a file")

    def test_no_json(self):
        self.refused('{"known": [}', ":1:12: this is not JSON: syntax error while parsing value - unexpected '}'; "
                                     "expected '[', '{', or a literal")

    def test_an_unknown_field(self):
        self.refused('{"known": [{"scenario": "a/b", "reson": "x"}]}',
                     ': /known/0: the field "reson" is not known here; did you mean "reason"? '
                     "(known: scenario, reason, link, expires)")

    def test_an_impossible_date(self):
        self.refused('{"known": [{"scenario": "a/b", "reason": "x", "expires": "2026-02-30"}]}',
                     ": /known/0/expires: there is no day 2026-02-30 in the calendar; write the last day on which the "
                     "entry counts, such as 2027-01-31")

    def test_reading_and_writing_at_once(self):
        finished = self.run_sockspec("check", "tcp-echo", "--known", "a.json", "--write-known", "b.json")
        self.assert_refused(finished, 2, "give either --known FILE, to excuse what it lists, or --write-known FILE, "
                                         "to write it anew; not both")

    def test_two_documents_on_standard_output(self):
        finished = self.run_sockspec("check", "tcp-echo", "--json", "-", "--write-known", "-")
        self.assert_refused(finished, 2, "--json - and --write-known - would both write to standard output; give one "
                                         "of them a file")


if __name__ == "__main__":
    unittest.main()
