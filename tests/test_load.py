"""sockspec load: every reply is checked, a run ends in time, and the exit code says what it shows."""

import json
import resource
import socket
import unittest

from support import schema
from support.sockspec import SOCKSPEC, TIME_LIMIT, Case, Running, server


class Load(Case):
    def load(self, profile, *options, command=None, duration="300ms", **more):
        report_file = self.folder / "load.json"
        words = ["load", profile, "--lang", "en", "--duration", duration, "--json", report_file, *options]
        if command is not None:
            words += ["--", *command]
        return self.run_sockspec(*words, report_file=report_file, **more)

    def run_load(self, *words):
        report_file = self.folder / "load.json"
        return self.run_sockspec("load", "--lang", "en", "--json", report_file, *words, report_file=report_file)

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


class Shapes(Load):
    def test_idle_connections_stay(self):
        finished = self.load("tcp-echo", "--connections", "2", "--idle", "100", "--threads", "2")
        self.assert_all_right(finished)
        self.assertEqual(finished.report["connections"]["most_open"], 102)
        self.assertEqual(finished.report["connections"]["ended"], 0)

    def test_idle_connections_that_nobody_answers_are_a_doubt(self):
        finished = self.load("tcp-echo", "--connections", "2", "--idle", "20", "--timeout", "200ms",
                             command=[SOCKSPEC, "serve", "tcp-echo", "--fault", "pool-of-four", "--port", "{port}"])
        self.assertNotEqual(finished.code, 0, finished)
        self.assertIn("load.not-verified", [warning["id"] for warning in finished.report["warnings"]])

    def test_a_storm_that_nobody_takes_is_counted(self):
        finished = self.load("tcp-echo", "--connections", "50", "--churn", "rst", "--rate", "50", "--arrivals", "burst",
                             "--burst", "50", "--timeout", "200ms", command=server("hostile.py", "never-accepts", "{port}"))
        self.assertNotEqual(finished.code, 0, finished)
        requests = finished.report["requests"]
        self.assertEqual(requests["due"], requests["sent"] + requests["not_sent"])

    def test_idle_connections_beside_churn(self):
        finished = self.load("tcp-echo", "--connections", "2", "--idle", "30", "--churn", "fin")
        self.assert_all_right(finished)
        self.assertEqual(finished.report["connections"]["most_open"], 32)

    def test_a_byte_at_a_time(self):
        finished = self.load("tcp-echo", "--connections", "4", "--write-size", "1")
        self.assert_all_right(finished)
        self.assertGreaterEqual(finished.report["generator"]["sends"], 64 * finished.report["verdicts"]["ok"])

    def test_clients_that_read_slowly(self):
        finished = self.load("tcp-echo", "--connections", "4", "--size", "1000", "--read-rate", "20k", "--timeout", "5s",
                             duration="1s")
        self.assert_all_right(finished)
        self.assertLessEqual(finished.report["bytes"]["received"], 4 * 20_000 * 2)  # what was saved up, besides

    def test_up_a_ladder(self):
        finished = self.load("tcp-echo", "--connections", "4", "--size", "1,1k,64k")
        self.assert_all_right(finished)
        self.assertEqual(finished.report["plan"]["size"], {"least": 1, "most": 64000, "ladder": [1, 1000, 64000]})

    def test_an_accept_storm_is_a_burst_of_new_connections(self):
        finished = self.load("tcp-echo", "--connections", "200", "--churn", "rst", "--rate", "1k", "--arrivals", "burst",
                             "--burst", "200")
        self.assertIn(finished.code, (0, 4), finished)
        requests = finished.report["requests"]
        self.assertEqual((requests["due"], requests["sent"] + requests["not_sent"]), (400, 400))

    def test_a_client_that_thinks_asks_no_sooner(self):
        for shape in ([], ["--churn", "fin"]):
            with self.subTest(shape):
                finished = self.load("tcp-echo", "--connections", "4", "--think", "50ms", *shape, duration="500ms")
                self.assert_all_right(finished)
                self.assertIn("50.0 ms of thinking after each reply", finished.out)
                # The first at once, then at most one each 50 ms.
                self.assertLessEqual(finished.report["requests"]["sent"], 4 * 10)
                self.assertGreater(finished.report["requests"]["sent"], 4)


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

    def test_replies_that_the_kernel_merged_are_told_apart(self):
        for size in ("64", "17..900"):
            with self.subTest(size):
                finished = self.load("udp-echo", "--connections", "2", "--rate", "4k", "--arrivals", "burst", "--burst", "40",
                                     "--size", size, command=server("segmenting_udp.py", "{port}"))
                self.assertIn(finished.code, (0, 4), finished)  # 4 where this machine is too busy
                report = finished.report
                self.assertEqual(report["verdicts"]["ok"], report["requests"]["answered"])
                self.assertGreater(report["verdicts"]["ok"], 0)

    def test_each_second_is_a_line_of_json(self):
        events = self.folder / "events"
        self.load("tcp-echo", "--rate", "100", "--events", events, duration="2.5s")
        lines = [json.loads(line) for line in events.read_text().splitlines()]
        self.assertEqual(len(lines), 3)


class Stages(Load):
    def test_one_follows_the_other(self):
        finished = self.run_load("tcp-echo", "--stage", "rate=200 duration=200ms",
                                 "--stage", "rate=1k..2k duration=300ms", "--stage", "rate=100 arrivals=burst burst=5 duration=100ms")
        self.assertIn(finished.code, (0, 4), finished)
        self.assertEqual(finished.report["requests"]["due"], 40 + 450 + 10)
        self.assertEqual(sum(stage["sent"] for stage in finished.report["stages"]), finished.report["requests"]["sent"])
        self.assertEqual(len(finished.report["stages"]), 3)
        self.assertEqual([stage["rate"] for stage in finished.report["plan"]["stages"]], ["200", "1k..2k", "100"])
        self.assertRegex(finished.out, r"(?m)^  ramp 1k\.\.2k/s +\S+ ?\S*  \S+ replies/s  p50 ")
        self.assertEqual(schema.problems_of_report(finished.report), [])

    def test_one_stage_is_a_run_like_any_other(self):
        finished = self.run_load("udp-echo", "--stage", "rate=100 duration=200ms")
        self.assertEqual(finished.report["stages"], [])
        self.assertEqual(finished.report["requests"]["due"], 20)

    def test_what_a_stage_says_wrongly(self):
        for text, message in (
                ("rate=1k", "say its rate and how long it lasts, such as 'rate=1k duration=5s'"),
                ("rate=1k duration=5ms", "a stage lasts at least 100ms"),
                ("rat=1k duration=5s", 'there is no option "--rat"; did you mean "--rate"? (--help shows all)'),
                ("rate=x duration=5s", '--rate "x": not a number of requests per second; write 500, 10k or 1.5M')):
            self.assert_refused(self.run_sockspec("load", "tcp-echo", "--stage", text), 2, f'--stage "{text}": {message}')
        self.assert_refused(self.run_sockspec("load", "tcp-echo", "--rate", "5", "--stage", "rate=1 duration=1s"), 2,
                            "--rate and --stage do not go together; each stage says its own")


class PlanFile(Load):
    def plan(self, document):
        file = self.folder / "plan.json"
        file.write_text(document if isinstance(document, str) else json.dumps(document))
        return file

    def test_all_that_the_command_line_can_say(self):
        plan = self.plan({"profile": "tcp-echo", "command": server("right_threads.py", "echo", "{port}"), "connections": 3,
                          "stages": [{"rate": 100, "duration": "200ms"}, {"rate": "200", "duration": "100ms"}],
                          "threshold": ["errors == 0", "rate > 1"], "quiet": True, "seed": 9})
        finished = self.run_load("--plan", plan)
        self.assertEqual(finished.report["requests"]["due"], 40, finished)
        self.assertEqual(finished.report["connections"]["most_open"], 3)
        self.assertEqual(len(finished.report["thresholds"]), 2)
        self.assertEqual(finished.report["seed"], 9)
        self.assertEqual(finished.report["target"]["command"], server("right_threads.py", "echo", "{port}"))

    def test_the_command_line_goes_before_it(self):
        plan = self.plan({"profile": "tcp-echo", "command": ["false"], "connections": 3, "duration": "200ms",
                          "stages": [{"rate": 100, "duration": "10s"}]})
        finished = self.run_load("udp-echo", "--plan", plan, "--rate", "50", "--connections", "2", "--", *server("right_udp.py", "echo", "{port}"))
        self.assertEqual(finished.report["plan"]["stages"][0]["rate"], "50", finished)
        self.assertEqual(finished.report["plan"]["connections"], 2)
        self.assertEqual(finished.report["requests"]["due"], 10)

    def test_what_is_wrong_is_said_with_its_place(self):
        for document, message in (
                ({"profile": "tcp-echo", "conections": 3}, '/: the field "conections" is not known here; did you mean "connections"?'),
                ({"connections": 3}, "PROFILE is missing: sockspec load tcp-echo (--help shows how)"),
                ({"profile": "tcp-echo", "rate": [1, 2]}, "/rate: must be a text or a number"),
                ({"profile": "tcp-echo", "stages": [{"rate": "1k", "time": "5s"}]}, '/stages/0: the field "time" is not known here'),
                ("{", "plan.json:1:2: this is not JSON")):
            finished = self.run_sockspec("load", "--plan", self.plan(document))
            self.assertEqual(finished.code, 2, finished)
            self.assertIn(message, finished.err)


class InTurn(Load):
    def test_two_servers_under_the_same_load(self):
        report_file = self.folder / "ab.json"
        echo = " ".join(server("right_threads.py", "echo", "{port}"))
        finished = self.run_sockspec("load", "tcp-echo", "--ab", echo, "--runs", "4", "--duration", "100ms", "--connections", "2",
                                     "--lang", "en", "--json", report_file, "--", *server("right_threads.py", "echo", "{port}"),
                                     report_file=report_file)
        self.assertIn(finished.code, (0, 1, 5), finished)
        self.assertEqual(schema.problems_of_comparison(finished.report), [])
        self.assertEqual([run["name"] for run in finished.report["b"]], ["B1", "B2", "B3", "B4"])
        for run in finished.report["a"] + finished.report["b"]:
            self.assertEqual(schema.problems_of_report(run["report"]), [])
        seeds = [[run["report"]["seed"] for run in finished.report[side]] for side in "ab"]
        self.assertEqual(seeds[0], seeds[1])  # the same requests in each round
        self.assertEqual(len(set(seeds[0])), 4)

    def test_a_fast_server_that_is_wrong_is_not_the_better_one(self):
        finished = self.run_sockspec("load", "tcp-uppercase", "--ab", " ".join(server("right_threads.py", "echo", "{port}")),
                                     "--runs", "4", "--duration", "100ms", "--connections", "2", "--lang", "en")
        self.assertEqual(finished.code, 1, finished)
        self.assertRegex(finished.out, r"(?m)^Runs of B in which the server failed \(.*\): 4\.")

    def test_what_does_not_go_together(self):
        self.assert_refused(self.run_sockspec("load", "tcp-echo", "--runs", "5"), 2,
                            "--runs is for --ab, which compares two servers")
        self.assert_refused(self.run_sockspec("load", "tcp-echo", "--ab", "true", "--target", "127.0.0.1:1"), 2,
                            "--target and --ab do not go together")
        self.assert_refused(self.run_sockspec("load", "tcp-echo", "--ab", ""), 2,
                            "--ab: write the command of the other server, such as --ab 'java Echo {port}'")
        finished = self.run_sockspec("load", "tcp-echo", "--ab", "./other")
        self.assertEqual(finished.code, 2, finished)
        self.assertIn("--ab: the command has no {port}", finished.err)


class Search(Load):
    def test_the_highest_rate_that_holds(self):
        finished = self.run_load("tcp-echo", "--find-rate", "response.p99 < 200ms", "--rate", "200", "--duration", "50ms",
                                 "--connections", "4", "--", *server("slow_echo.py", 400, "{port}"))
        self.assertIn(finished.code, (0, 1, 4, 5), finished)  # a busy machine may not find it
        capacity = finished.report["capacity"]
        self.assertEqual(capacity["objective"], "response.p99 < 200ms")
        self.assertGreaterEqual(len(capacity["trials"]), 3)
        self.assertEqual(capacity["trials"][0]["rate"], 200)
        if capacity["found"] == "found":
            self.assertEqual(sum(trial["rate"] == capacity["low"] for trial in capacity["trials"]), 3)
            self.assertRegex(finished.out, r"(?m)^The server carries [\d,]+ requests per second with response.p99 < 200ms, confirmed")
        self.assertEqual(schema.problems_of_report(finished.report), [])

    def test_a_server_that_is_wrong_carries_nothing(self):
        finished = self.run_load("tcp-uppercase", "--find-rate", "errors == 0", "--rate", "50", "--duration", "50ms",
                                 "--", *server("right_threads.py", "echo", "{port}"))
        self.assertEqual(finished.code, 1, finished)
        self.assertEqual(finished.report["capacity"]["found"], "below-least")

    def test_what_cannot_be_searched_for(self):
        self.assert_refused(self.run_sockspec("load", "tcp-echo", "--find-rate", "rate > 5"), 2,
                            "--find-rate \"rate > 5\": what is searched for must get worse with more load and have an upper "
                            "limit, such as 'response.p99 < 5ms' or 'late == 0'")
        self.assert_refused(self.run_sockspec("load", "tcp-echo", "--find-rate", "late == 0", "--rate", "1k..2k"), 2,
                            "--rate: with --find-rate it is where the search begins; write one rate")


class BesideTheLoad(Load):
    def test_a_right_server_is_right_under_load(self):
        finished = self.load("tcp-echo", "--rate", "200", "--check-under-load", duration="3s")
        self.assertIn(finished.code, (0, 4, 5), finished)
        results = finished.report["under_load"]
        self.assertIn("stream/basic", [result["scenario"] for result in results])
        self.assertEqual([result for result in results if result["outcome"] in ("fail", "warn")], [])
        self.assertEqual(schema.problems_of_report(finished.report), [])

    def test_a_fault_that_the_load_does_not_show(self):
        fault = [SOCKSPEC, "serve", "tcp-echo", "--fault", "quit-command", "--port", "{port}"]
        finished = self.load("tcp-echo", "--rate", "200", "--check-under-load", duration="3s", command=fault)
        self.assertEqual(finished.code, 1, finished)
        self.assertIn("stream/no-magic-words", [result["scenario"] for result in finished.report["under_load"]
                                          if result["outcome"] == "fail"])


class Preflight(Load):
    def test_what_this_machine_cannot_do_is_said_first(self):
        finished = self.run_sockspec("load", "tcp-echo", "--threads", "200", "--duration", "100ms", "--connections", "200", "--lang", "en")
        self.assertRegex(finished.err, r"(?m)^Warning: the load generator has more threads \(200\) than there are processors")


class Many(Load):
    """A limit of 20,000 descriptors, for sockspec and for its server."""

    def test_fifteen_thousand_connections_in_one_process(self):
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        if most != resource.RLIM_INFINITY and most < 20_000:
            self.skipTest(f"this machine allows a process {most} descriptors")
        report_file = self.folder / "load.json"
        with Running(["prlimit", "--nofile=20000", SOCKSPEC, "load", "tcp-echo", "--lang", "en", "--connections", "15000",
                      "--duration", "2s", "--json", report_file]) as running:
            finished = running.finish(TIME_LIMIT, (), report_file)
        self.assert_all_right(finished)
        self.assertEqual(finished.report["connections"]["most_open"], 15_000)


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
        self.assertEqual([(rank["rank"], rank["host"], rank["due"]) for rank in merged.report["ranks"]],
                         [(0, socket.gethostname(), 75), (1, socket.gethostname(), 75)])
        self.assertIsNone(merged.report["start_skew_ns"])

    def test_what_started_it_says_which_part_it_is(self):
        array = {"SLURM_ARRAY_TASK_ID": "6", "SLURM_ARRAY_TASK_MIN": "5", "SLURM_ARRAY_TASK_MAX": "8",
                 "SLURM_ARRAY_TASK_COUNT": "4", "SLURM_ARRAY_TASK_STEP": "1"}
        for shard, variables in (("auto", array), ("auto/4", {"JOB_COMPLETION_INDEX": "1"})):
            with self.subTest(shard):
                report = self.load("udp-echo", "--rate", "400", "--seed", "7", "--shard", shard, env=variables).report
                self.assertEqual(report["plan"]["shard"], {"index": 1, "count": 4})
        self.assert_refused(self.run_sockspec("load", "udp-echo", "--seed", "7", "--shard", "auto"), 2,
                            "--shard \"auto\": neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set, so nothing says "
                            "which part this is; write I/N, such as 2/4")

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
                            "name the reports of the other side: sockspec compare OLD.json NEW.json of sockspec check, or "
                            "sockspec compare A1.json A2.json --with B1.json --with B2.json of sockspec load")

    def test_two_load_reports_need_a_side_each(self):
        self.load("udp-echo", "--rate", "200")
        report = self.folder / "load.json"
        refused = self.run_sockspec("compare", report, report)
        self.assertEqual((refused.code, refused.out), (2, ""), refused)
        self.assertIn("name the reports of the other side", refused.err)
        self.assert_refused(self.run_sockspec("compare", report, "--with", report, "--markdown", "a.md"), 2,
                            "--markdown is for two reports of sockspec check; a comparison of load reports has --json")


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
        self.assert_usage("--think is for a closed loop; with --rate requests do not wait for replies at all",
                          "udp-echo", "--think", "1ms", "--rate", "10")
        self.assert_usage("--pipeline is for a closed loop; with --rate as many requests are in flight as the rate needs "
                          "(--max-in-flight limits them)", "tcp-echo", "--rate", "1k", "--pipeline", "2")
        self.assert_usage('--size "8..2": the smaller number comes first: 2..8', "tcp-echo", "--size", "8..2")
        self.assert_usage('--churn "sin": write fin or rst, how the client closes', "tcp-echo", "--churn", "sin")
        self.assert_usage("--read-rate: a reply of 64000 bytes takes longer than --timeout to be read at this rate; read "
                          "faster, or give replies more time", "tcp-echo", "--read-rate", "10k", "--size", "64k")
        self.assert_usage("--pipeline and --churn do not go together: each connection has one request",
                          "tcp-echo", "--churn", "fin", "--pipeline", "2")
        self.assert_usage("--idle is for TCP", "udp-echo", "--idle", "5")
        self.assert_usage("--idle: a server of profile tcp-greeting ends each connection after its reply; none can be idle",
                          "tcp-greeting", "--idle", "5")
        self.assert_usage('--read-rate "fast": write how many bytes a second each connection reads: 1000, 64k',
                          "tcp-echo", "--read-rate", "fast")
        self.assert_usage('--size "1,x": write a number of bytes up to 16 MiB, a range, or a ladder: 64, 16k, 1..1024 or '
                          "64,1k,16k", "tcp-echo", "--size", "1,x")
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
