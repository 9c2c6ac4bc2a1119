"""The built-in reference server of every profile holds its contract, however it is reached."""

import json
import socket
import unittest

from support.schema import problems_of_report
from support.sockspec import SOCKSPEC, Case

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
        fitting = json.loads(self.run_sockspec("list", "scenarios", "--profile", profile, "--json").out)
        self.assertEqual(sorted(finished.outcomes), sorted(entry["id"] for entry in fitting))
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
