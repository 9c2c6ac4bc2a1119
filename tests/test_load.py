"""sockspec load: every reply is checked, a run ends in time, and the exit code says what it shows."""

import json
import unittest

from support import schema
from support.sockspec import Case, server


class Load(Case):
    def load(self, profile, *options, command=None, duration="300ms", **more):
        report_file = self.folder / "load.json"
        words = ["load", profile, "--lang", "en", "--duration", duration, "--json", report_file, *options]
        if command is not None:
            words += ["--", *command]
        return self.run_sockspec(*words, report_file=report_file, **more)

    def assert_all_right(self, finished):
        self.assertEqual(finished.code, 0, finished)
        report = finished.report
        self.assertEqual({name: count for name, count in report["verdicts"].items() if count and name != "ok"}, {}, finished)
        self.assertGreater(report["verdicts"]["ok"], 0)
        self.assertEqual(report["requests"]["sent"], report["requests"]["answered"] + report["requests"]["unfinished"])
        self.assertEqual(schema.problems_of_report(report), [])


class Correct(Load):
    def test_every_profile_that_replies(self):
        for profile in ("tcp-echo", "tcp-echo-line", "tcp-echo-end", "tcp-uppercase", "tcp-uppercase-line",
                        "tcp-uppercase-once", "tcp-greeting", "tcp-daytime", "tcp-qotd", "udp-echo", "udp-uppercase",
                        "udp-greeting"):
            with self.subTest(profile):
                self.assert_all_right(self.load(profile, "--connections", "4"))

    def test_a_server_in_python(self):
        self.assert_all_right(self.load("tcp-echo", "--connections", "8", command=server("right_threads.py", "echo", "{port}")))

    def test_sizes_pipeline_and_threads(self):
        self.assert_all_right(self.load("tcp-echo", "--size", "1..70k", "--pipeline", "8", "--threads", "2"))

    def test_nothing_checked_is_said(self):
        finished = self.load("tcp-echo", "--validate", "none", "--size", "1..5000", "--pipeline", "3")
        self.assert_all_right(finished)
        self.assertIn("were not checked", finished.out)

    def test_a_connection_for_each_request(self):
        for how in ("fin", "rst"):
            with self.subTest(how):
                self.assert_all_right(self.load("tcp-echo", "--connections", "4", "--churn", how))

    def test_a_server_that_runs_already(self):
        host, port = self.serve("tcp-echo", "--port", "0")
        self.assert_all_right(self.load("tcp-echo", "--target", f"{host}:{port}"))


class OpenLoop(Load):
    def test_all_that_is_due_is_asked(self):
        for law in (["--rate", "500"], ["--rate", "100..900"], ["--rate", "200,800"],
                    ["--rate", "500", "--arrivals", "burst", "--burst", "10"],
                    ["--rate", "100..900", "--arrivals", "sine", "--period", "100ms"]):
            with self.subTest(law):
                finished = self.load("udp-echo", *law)
                self.assertIn(finished.code, (0, 4), finished)  # 4 where this machine is too busy
                self.assertEqual(finished.report["requests"]["due"], 150)
                self.assertEqual(finished.report["requests"]["sent"], 150)

    def test_each_second_is_a_line_of_json(self):
        events = self.folder / "events"
        self.load("tcp-echo", "--rate", "100", "--events", events, duration="2.5s")
        lines = [json.loads(line) for line in events.read_text().splitlines()]
        self.assertEqual(len(lines), 3)


class Shards(Load):
    def test_two_halves_make_the_whole(self):
        host, port = self.serve("udp-echo", "--port", "0")
        parts = []
        for place in (1, 2):
            self.load("udp-echo", "--rate", "500", "--seed", "7", "--shard", f"{place}/2", "--target", f"{host}:{port}")
            parts.append(self.folder / f"{place}.json")
            (self.folder / "load.json").rename(parts[-1])
        whole = self.folder / "whole.json"
        merged = self.run_sockspec("merge", *reversed(parts), "--json", whole, report_file=whole)
        self.assertEqual(merged.report["requests"]["due"], 150, merged)
        halves = [json.loads(part.read_text()) for part in parts]
        for what in ("requests", "verdicts", "bytes"):
            for name, count in merged.report[what].items():
                self.assertEqual(count, sum(half[what][name] for half in halves), name)
        self.assertEqual(schema.problems_of_report(merged.report), [])

    def test_a_shard_that_is_missing(self):
        self.load("udp-echo", "--rate", "500", "--seed", "7", "--shard", "1/2")
        self.assert_refused(self.run_sockspec("merge", self.folder / "load.json"), 2,
                            "there are 1 reports, and one is shard 1 of 2; give all shards of one run")


class Comparison(Load):
    def test_few_runs_say_nothing_and_that_is_said(self):
        self.load("udp-echo", "--rate", "200")
        report = self.folder / "load.json"
        finished = self.run_sockspec("compare", report, "--with", report, "--lang", "en")
        if finished.code != 4:  # where this machine was too busy for a valid run
            self.assertEqual(finished.code, 5, finished)
            self.assertRegex(finished.out, r"(?m)^No difference can be told: the response.p99 of B is 1.000 times that of A")

    def test_what_it_needs(self):
        self.assert_refused(self.run_sockspec("compare", "a.json"), 2,
                            "name the reports of the other side: sockspec compare A1.json A2.json --with B1.json "
                            "--with B2.json")


class Wrong(Load):
    def test_a_server_that_does_not_echo(self):
        finished = self.load("tcp-echo", command=server("wrong_tcp.py", "no-echo", "{port}"))
        self.assertEqual(finished.code, 1, finished)

    def test_a_wrong_byte_is_shown(self):
        finished = self.load("tcp-uppercase", command=server("right_threads.py", "echo", "{port}"))
        self.assertEqual(finished.code, 1, finished)
        self.assertGreater(finished.report["verdicts"]["wrong_transform"], 0)
        self.assertIn("wrong_transform", {example["verdict"] for example in finished.report["examples"]})

    def test_a_server_that_hangs(self):
        for kind in ("never-reads", "never-accepts"):
            with self.subTest(kind):
                finished = self.load("tcp-echo", "--rate", "1k", "--timeout", "200ms",
                                     command=server("hostile.py", kind, "{port}"))
                self.assertIn(finished.code, (1, 3, 4), finished)
                self.assertLess(finished.seconds, 30)

    def test_a_server_that_pours(self):
        finished = self.load("tcp-echo", command=server("hostile.py", "endless", "{port}"))
        self.assertEqual(finished.code, 1, finished)

    def test_a_server_that_dies(self):
        finished = self.load("tcp-echo", command=server("hostile.py", "dies-at-byte-killed", "{port}", 100_000))
        self.assertEqual(finished.code, 1, finished)
        self.assertEqual(finished.report["server_gone"]["text"], "the server was killed by signal 9 (Killed)")

    def test_nobody_listens(self):
        finished = self.load("tcp-echo", "--target", "127.0.0.1:1")
        self.assertEqual(finished.code, 3, finished)

    def test_a_threshold_that_is_missed(self):
        finished = self.load("tcp-echo", "--threshold", "rate >= 90M", "--threshold", "corrupt == 0")
        self.assertEqual(finished.code, 1, finished)
        self.assertEqual([threshold["holds"] for threshold in finished.report["thresholds"]], [False, True])


class Refused(Load):
    def assert_usage(self, message, *words):
        self.assert_refused(self.run_sockspec("load", *words), 2, message)

    def test_options_that_make_no_sense(self):
        self.assert_usage("--arrivals is for an open loop; give a rate with it: --rate 10k",
                          "tcp-echo", "--arrivals", "poisson")
        self.assert_usage("--pipeline is for a closed loop; with --rate as many requests are in flight as the rate needs "
                          "(--max-in-flight limits them)", "tcp-echo", "--rate", "1k", "--pipeline", "2")
        self.assert_usage('--size "8..2": the smaller number comes first: 2..8', "tcp-echo", "--size", "8..2")
        self.assert_usage('--churn "sin": write fin or rst, how the client closes', "tcp-echo", "--churn", "sin")
        self.assert_usage('--pace "sleeep": write one of hybrid, spin, sleep; did you mean "sleep"?',
                          "tcp-echo", "--rate", "1k", "--pace", "sleeep")

    def test_a_profile_without_replies(self):
        self.assert_usage("profile tcp-discard sends no replies; load needs a profile that answers each request "
                          "(sockspec list profiles)", "tcp-discard")

    def test_too_few_descriptors(self):
        finished = self.run_sockspec("load", "tcp-echo", "--connections", "999999")
        self.assertEqual(finished.code, 4, finished)
        self.assertRegex(finished.err, r"^sockspec: 999999 connections need 1000063 open files, and the limit is \d+; raise "
                                       r"it: ulimit -n 1000063\n$")


if __name__ == "__main__":
    unittest.main()
