"""The built-in reference server of every profile holds its contract, however it is reached."""

import json
import socket
import unittest

from support.schema import problems_of_report, problems_of_scenario
from support.sockspec import ROOT, SOCKSPEC, Case

PROFILES = [
    "tcp-echo", "udp-echo", "tcp-uppercase", "tcp-echo-line", "tcp-uppercase-line", "udp-uppercase", "tcp-uppercase-once",
    "tcp-greeting", "udp-greeting", "tcp-echo-end", "tcp-discard", "udp-discard", "tcp-daytime", "tcp-qotd", "tcp-chargen",
]

OWN_PROFILE = {
    "profile": "welcome",
    "title": {"en": "A welcome", "ko": "환영 인사"},
    "transport": "tcp",
    "reply": {"transform": "text", "text": "안녕하세요, client!\n"},
    "framing": "first-read",
    "ends": "after-reply",
    "encoding": "utf-8",
    "concurrency": "sequential",
}


def scenario_file(name):
    return json.loads((ROOT / "scenarios" / f"{name}.json").read_text())


class EveryProfile(Case):
    def test_the_profiles_of_the_contract_are_all_there(self):
        listed = json.loads(self.run_sockspec("list", "profiles", "--json").out)
        self.assertEqual(sorted(profile["id"] for profile in listed), sorted(PROFILES))

    def test_every_scenario_fits_some_profile(self):
        of_all = {entry["id"] for entry in json.loads(self.run_sockspec("list", "scenarios", "--json").out)}
        of_profiles = set()
        for profile in PROFILES:
            rows = json.loads(self.run_sockspec("list", "scenarios", "--profile", profile, "--json").out)
            of_profiles |= {entry["id"] for entry in rows}
        self.assertEqual(of_all, of_profiles)

    def check_reference_server(self, profile, *options):
        finished = self.check(profile, *options)
        self.assert_holds(finished)
        self.assertEqual(problems_of_report(finished.report), [])
        listed = json.loads(self.run_sockspec("list", "scenarios", "--profile", profile, "--json").out)
        fitting = [entry["id"] for entry in listed if not scenario_file(entry["id"]).get("optional", False)]
        self.assertEqual(sorted(finished.outcomes), sorted(fitting))
        summary = finished.report["summary"]
        self.assertEqual((summary["outcome"], summary["score"]), ("pass", 100))
        self.assertEqual(summary["counts"]["pass"], len(fitting))
        self.assertRegex(finished.out, rf"\nThe server holds its contract: {len(fitting)} of {len(fitting)} scenarios? passed\.\n$")
        return finished


def _add_tests():
    def test_of(profile):
        return lambda self: self.check_reference_server(profile)

    for profile in PROFILES:
        setattr(EveryProfile, f"test_the_reference_server_holds_{profile.replace('-', '_')}", test_of(profile))


_add_tests()


class ScenarioFiles(Case):
    """The schema, which editors use, and the parser agree."""

    def test_every_scenario_keeps_to_the_schema(self):
        for entry in json.loads(self.run_sockspec("list", "scenarios", "--json").out):
            self.assertEqual(problems_of_scenario(scenario_file(entry["id"])), [], entry["id"])

    def refused_by_both(self, step):
        scenario = {"id": "own/hello", "version": 1, "title": "x", "level": "may", "steps": [step]}
        self.write("suite/own/hello.json", json.dumps(scenario))
        finished = self.run_sockspec("check", "tcp-echo", "--scenarios", self.folder / "suite")
        self.assertEqual(finished.code, 2, finished)
        self.assertIn("own/hello.json: /steps/0", finished.err)
        self.assertNotEqual(problems_of_scenario(scenario), [], step)

    def test_steps_about_the_server_that_are_wrong(self):
        for step in ({"sample": "threads", "as": "x"},
                     {"sample": "memory"},
                     {"sample": "memory", "as": "x", "at_most": 1},
                     {"sample": "memory", "as": "x", "above": "y"},
                     {"sample": "memory", "over": "1s", "at_most": 1},
                     {"sample": "cpu", "at_most": "10%"},
                     {"sample": "cpu", "over": "1s", "at_most": 10},
                     {"sample": "zombies", "at_most": "10%"},
                     {"server": "kill"},
                     {"peer": "a", "server": "stop"},
                     {"expect_exit": {"code": 0}},
                     {"stopwatch": "w", "steps": []},
                     {"median": "w"},
                     {"median": "w", "at_most": 5},
                     {"median": "w", "at_most": {"times": 2}},
                     {"peer": "a", "urgent": "!!"},
                     {"peer": "a", "connect": {"to": "localhost"}}):
            with self.subTest(step):
                self.refused_by_both(step)


class WaysToReachAServer(Case):
    QUICK = ["--only", "stream/*", "--skip", "stream/size-ladder"]

    def needs_ipv6(self):
        try:
            socket.create_server(("::1", 0), family=socket.AF_INET6).close()
        except OSError as error:
            self.skipTest(f"no IPv6 here: {error}")

    def test_ipv6_tcp(self):
        self.needs_ipv6()
        finished = self.check("tcp-echo", "--host", "::1")
        self.assert_holds(finished)
        self.assertRegex(finished.report["target"]["address"], r"^\[::1\]:\d+$")

    def test_ipv6_udp(self):
        self.needs_ipv6()
        finished = self.check("udp-echo", "--host", "::1")
        self.assert_holds(finished)
        self.assertRegex(finished.report["target"]["address"], r"^\[::1\]:\d+$")

    def test_a_server_that_runs_already_by_address(self):
        host, port = self.serve("tcp-echo")
        finished = self.check("tcp-echo", "--target", f"{host}:{port}", *self.QUICK)
        self.assert_holds_except_skipped(finished)
        self.assertEqual(finished.report["target"], {"address": f"127.0.0.1:{port}", "builtin": False})

    def test_a_server_that_runs_already_by_name(self):
        _, port = self.serve("tcp-echo")
        self.assert_holds_except_skipped(self.check("tcp-echo", "--target", f"localhost:{port}", *self.QUICK))

    def test_a_server_that_runs_already_on_ipv6(self):
        self.needs_ipv6()
        _, port = self.serve("udp-echo", "--host", "::1")
        finished = self.check("udp-echo", "--target", f"[::1]:{port}", "--only", "datagram/exact")
        self.assert_holds(finished)
        self.assertEqual(finished.report["target"]["address"], f"[::1]:{port}")

    def test_a_server_that_runs_already_is_left_running(self):
        host, port = self.serve("tcp-echo")
        for _ in range(2):
            self.assert_holds(self.check("tcp-echo", "--target", f"{host}:{port}", "--only", "stream/basic"))

    # Each measures the server's processes, or does something to them.
    OURS_ONLY = ["close/idle-cpu", "close/no-leak", "lifecycle/no-zombies", "lifecycle/pause-and-continue",
                 "lifecycle/port-in-use-is-said", "lifecycle/restart-same-port", "lifecycle/stops-on-sigterm"]

    def test_of_a_server_that_runs_already_the_processes_are_not_judged(self):
        host, port = self.serve("tcp-echo")
        selection = [word for name in (*self.OURS_ONLY, "close/half-close") for word in ("--only", name)]
        finished = self.check("tcp-echo", "--target", f"{host}:{port}", *selection)
        self.assertEqual(finished.code, 0, finished)
        self.assertEqual(finished.with_outcome("skipped"), self.OURS_ONLY, finished)
        self.assertEqual(finished.with_outcome("pass"), ["close/half-close", "stream/basic"], finished)
        for name in self.OURS_ONLY:
            self.assertEqual(finished.result(name)["reason"]["text"],
                             "not applicable: sockspec did not start this server, so it cannot see or signal its processes")
        self.assertEqual(problems_of_report(finished.report), [])

    def test_where_only_processes_were_to_be_judged_one_line_says_what_it_takes(self):
        host, port = self.serve("tcp-echo")
        finished = self.run_sockspec("check", "tcp-echo", "--target", f"{host}:{port}", "--only", "close/no-leak")
        self.assert_refused(finished, 2, 'nothing is selected: "close/no-leak" needs a server that sockspec starts itself; '
                                         "give its command after -- instead of --target")

    def test_a_server_on_all_addresses(self):
        command = [SOCKSPEC, "serve", "tcp-echo", "--host", "0.0.0.0", "--port", "{port}"]
        self.assert_holds(self.check("tcp-echo", "--only", "stream/basic", command=command))

    def test_a_server_that_announces_a_port_of_its_own_choice(self):
        command = ["sh", "-c", f"exec {SOCKSPEC} serve tcp-echo", "{port}"]
        finished = self.check("tcp-echo", "--only", "stream/basic", command=command)
        self.assert_holds(finished)

    def assert_holds_except_skipped(self, finished):
        self.assertEqual(finished.code, 0, finished)
        self.assertEqual(set(finished.outcomes.values()), {"pass", "skipped"}, finished)


class OwnProfiles(Case):
    def test_a_profile_file_with_a_text_of_its_own(self):
        profile = self.write("welcome.json", json.dumps(OWN_PROFILE))
        finished = self.check(profile)
        self.assert_holds(finished)
        self.assertEqual(problems_of_report(finished.report), [])
        self.assertEqual(finished.report["profile"], OWN_PROFILE)

    def test_set_changes_the_text(self):
        finished = self.check("tcp-greeting", "--set", 'reply.text="Hi, you there"')
        self.assert_holds(finished)
        self.assertEqual(finished.report["profile"]["reply"]["text"], "Hi, you there")

    def test_set_takes_a_text_without_quotes(self):
        finished = self.check("udp-greeting", "--set", "reply.text=Hi, you", "--only", "datagram/exact")
        self.assert_holds(finished)
        self.assertEqual(finished.report["profile"]["reply"]["text"], "Hi, you")

    def test_another_end_message(self):
        finished = self.check("tcp-echo-end", "--set", "ends.message=over and out", "--only", "session/end-message-ends")
        self.assert_holds(finished)
        self.assertIn("over and out", finished.report_text)

    def test_another_text_than_the_server_has_fails(self):
        command = [SOCKSPEC, "serve", "tcp-greeting", "--port", "{port}"]
        finished = self.check("tcp-greeting", "--set", "reply.text=Hello, client!", "--only", "session/one-reply-then-close",
                              command=command)
        self.assertEqual(finished.code, 1, finished)
        checks = next(result["checks"] for result in finished.report["results"] if result["outcome"] == "fail")
        self.assertEqual([check["difference"]["offset"] for check in checks if check["outcome"] == "fail"], [7])

    def test_an_excluded_scenario_is_skipped_for_its_reason(self):
        profile = self.write("own.json", json.dumps({**OWN_PROFILE, "exclude": {"close/abort-idle": "not taught yet"}}))
        finished = self.check(profile, "--only", "close/*", "--only", "session/one-reply-then-close")
        self.assertEqual(finished.code, 0, finished)
        skipped = finished.result("close/abort-idle")
        self.assertEqual((skipped["outcome"], skipped["reason"]["text"]), ("skipped", "left out by the profile: not taught yet"))

    def test_a_level_of_its_own_turns_a_failure_into_a_warning(self):
        own = {**OWN_PROFILE, "reply": {"transform": "text", "text": "x"}, "levels": {"session/one-reply-then-close": "should"}}
        profile = self.write("own.json", json.dumps(own))
        command = [SOCKSPEC, "serve", "tcp-greeting", "--port", "{port}"]
        finished = self.check(profile, "--only", "session/one-reply-then-close", command=command)
        self.assertEqual(finished.outcomes["session/one-reply-then-close"], "warn", finished)


if __name__ == "__main__":
    unittest.main()
