"""The servers that this project was created from get the verdict that they deserve; corrected, they pass."""

import socket
import sys
import unittest

from support.sockspec import ROOT, Case

SEEDS = ROOT / "examples/seeds"

# The reset of close/idle-cpu ends them, and none of them sets SO_REUSEADDR.
ADVICE_NOT_FOLLOWED = ["close/idle-cpu", "lifecycle/restart-same-port"]


class Seed(Case):
    def check_seed(self, profile, file, port, *options):
        self.need_port(port, socket.SOCK_DGRAM if profile.startswith("udp") else socket.SOCK_STREAM)
        return self.check(profile, "--port", port, *options, command=[sys.executable, str(SEEDS / file)])

    def assert_dies(self, finished, scenario, last_words):
        result = finished.result(scenario)
        self.assertEqual(result["server_gone"]["text"], "the server exited with code 1", finished)
        self.assertIn(last_words, result["server_output"]["text"])


class AsPublished(Seed):
    def test_000a_has_no_answer(self):
        finished = self.check_seed("tcp-greeting", "000a_sink.py", 65432)
        self.assert_fails(finished, ["session/one-reply-then-close"])
        self.assertEqual(finished.bad_checks("session/one-reply-then-close"), {"reply": "seen.ended"})

    def test_000b_serves_one_client(self):
        finished = self.check_seed("tcp-greeting", "000b_greeting.py", 65432)
        self.assertEqual(finished.code, 1, finished)
        for scenario in ("session/next-client-served", "session/quick-leaver", "session/waiting-line", "close/abort-idle"):
            self.assertEqual(finished.outcomes[scenario], "fail", finished)
        self.assertEqual(finished.outcomes["close/half-close"], "pass")
        self.assertEqual(finished.result("session/next-client-served")["server_gone"]["text"], "the server exited with code 0")

    def test_001_shares_one_connection_and_never_closes(self):
        finished = self.check_seed("tcp-echo-end", "001_echo_end.py", 3333, "--fresh", "--only", "session/*", "--only",
                                   "close/half-close", "--only", "close/fin-only", "--only", "concurrency/*", "--only",
                                   "stream/many-exchanges")
        self.assertEqual(finished.code, 1, finished)
        for scenario in ("session/end-message-ends", "session/end-is-mine-alone", "close/half-close", "close/fin-only",
                         "concurrency/idle-first-client"):
            self.assertEqual(finished.outcomes[scenario], "fail", finished)
        for scenario in ("stream/basic", "stream/many-exchanges", "session/end-message-is-exact"):
            self.assertEqual(finished.outcomes[scenario], "pass", finished)
        # B gets what A sent, and A's connection is closed; which of the two is seen first is chance.
        self.assertIn(finished.bad_checks("concurrency/idle-first-client"), ({"reply": "seen.unasked"}, {"reply": "seen.ended"}))
        self.assertEqual(finished.bad_checks("session/end-message-ends"), {"end": "seen.still-open"})

    def test_002_dies_of_a_reset_and_of_bytes_that_are_no_text(self):
        finished = self.check_seed("tcp-greeting", "002_greeting.py", 1234)
        self.assert_fails(finished, ["close/abort-idle", "session/any-first-bytes", "session/next-client-served"],
                          warned=ADVICE_NOT_FOLLOWED)
        # Dead before it was measured, or before the idle clients came: which, is chance.
        self.assertLessEqual(set(finished.bad_checks("close/idle-cpu").values()),
                             {"seen.server-gone", "seen.refused", "seen.reset-at-connect"})
        self.assertEqual(finished.bad_checks("lifecycle/restart-same-port"), {"restart": "seen.address-in-use"})
        self.assert_dies(finished, "close/abort-idle", "ConnectionResetError")
        self.assert_dies(finished, "session/any-first-bytes", "UnicodeDecodeError")

    def test_003_tcp_dies_of_a_reset_and_of_bytes_that_are_no_text(self):
        finished = self.check_seed("tcp-greeting", "003_tcp_greeting.py", 8888, "--set", "reply.text=Hello, TCP Client!")
        self.assert_fails(finished, ["close/abort-idle", "session/any-first-bytes", "session/next-client-served"],
                          warned=ADVICE_NOT_FOLLOWED)
        self.assert_dies(finished, "close/abort-idle", "ConnectionResetError")
        self.assert_dies(finished, "session/any-first-bytes", "UnicodeDecodeError")

    def test_003_udp_dies_of_bytes_that_are_no_text(self):
        finished = self.check_seed("udp-greeting", "003_udp_greeting.py", 8888)
        self.assertEqual(finished.code, 1, finished)
        self.assertIn("datagram/exact", finished.with_outcome("fail"))
        self.assert_dies(finished, "datagram/exact", "UnicodeDecodeError")

    def test_004_tcp_dies_of_a_reset(self):
        finished = self.check_seed("tcp-uppercase-once", "004_tcp_uppercase_once.py", 12000)
        self.assert_fails(finished, ["close/abort-idle", "session/next-client-served"],
                          warned=[*ADVICE_NOT_FOLLOWED, "session/survives-invalid-text"])
        self.assert_dies(finished, "close/abort-idle", "ConnectionResetError")

    def test_004_udp_holds_every_must(self):
        finished = self.check_seed("udp-uppercase", "004_udp_uppercase.py", 12000)
        self.assert_holds(finished, warnings=["session/survives-invalid-text"])
        self.assert_dies(finished, "session/survives-invalid-text", "UnicodeDecodeError")

    def test_004_udp_fails_a_strict_run(self):
        finished = self.check_seed("udp-uppercase", "004_udp_uppercase.py", 12000, "--strict", "--only",
                                   "session/survives-invalid-text")
        self.assertEqual(finished.code, 1, finished)


class WithTheTypingErrors(Seed):
    """What the articles print, to the letter, does not start, and that is told."""

    def assert_does_not_start(self, text, port, message):
        self.need_port(port)
        file = self.write("server.py", text)
        finished = self.check("tcp-greeting", "--port", port, command=[sys.executable, str(file)])
        self.assertEqual(finished.code, 3, finished)
        self.assertIn(message, finished.err)

    def test_003_tcp_never_calls_its_function(self):
        text = (SEEDS / "003_tcp_greeting.py").read_text().replace("    tcp_server()\n", "    pass\n")
        self.assert_does_not_start(text, 8888, "the server exited with code 0 before it listened on port 8888; it printed nothing")

    def test_004_has_curly_quotes(self):
        text = (SEEDS / "004_tcp_uppercase_once.py").read_text().replace("(''", "(\u2019\u2019")
        self.assert_does_not_start(text, 12000, "SyntaxError: invalid character '\u2019' (U+2019)")


class Corrected(Seed):
    def assert_passes_everything(self, profile, file, *options):
        finished = self.check(profile, "--strict", *options, command=[sys.executable, str(SEEDS / "corrected" / file), "{port}"])
        self.assert_holds(finished)

    def test_000(self):
        self.assert_passes_everything("tcp-greeting", "000_greeting.py")

    def test_001(self):
        self.assert_passes_everything("tcp-echo-end", "001_echo_end.py")

    def test_002(self):
        self.assert_passes_everything("tcp-greeting", "002_greeting.py")

    def test_003_tcp(self):
        self.assert_passes_everything("tcp-greeting", "003_tcp_greeting.py", "--set", "reply.text=Hello, TCP Client!")

    def test_003_udp(self):
        self.assert_passes_everything("udp-greeting", "003_udp_greeting.py")

    def test_004_tcp(self):
        self.assert_passes_everything("tcp-uppercase-once", "004_tcp_uppercase_once.py")

    def test_004_udp(self):
        self.assert_passes_everything("udp-uppercase", "004_udp_uppercase.py")


if __name__ == "__main__":
    unittest.main()
