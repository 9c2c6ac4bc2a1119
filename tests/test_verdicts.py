"""Each wrong server fails exactly what it does wrong, with the reason; correct servers pass everything."""

import unittest

from support.sockspec import Case, server


class CorrectServers(Case):
    """Written with the means that people use. Nothing in them knows of sockspec."""

    def assert_passes_everything(self, profile, program, *arguments):
        self.assert_holds(self.check(profile, "--strict", command=server(program, *arguments, "{port}")))

    def test_a_thread_per_client_echoes(self):
        self.assert_passes_everything("tcp-echo", "right_threads.py", "echo")

    def test_a_thread_per_client_uppercases(self):
        self.assert_passes_everything("tcp-uppercase", "right_threads.py", "uppercase")

    def test_a_thread_per_client_uppercases_once(self):
        self.assert_passes_everything("tcp-uppercase-once", "right_threads.py", "uppercase-once")

    def test_an_event_loop_echoes(self):
        self.assert_passes_everything("tcp-echo", "right_selectors.py")

    def test_asyncio_echoes(self):
        self.assert_passes_everything("tcp-echo", "right_asyncio.py", "echo")

    def test_asyncio_echoes_lines(self):
        self.assert_passes_everything("tcp-echo-line", "right_asyncio.py", "echo-line")

    def test_asyncio_uppercases_lines(self):
        self.assert_passes_everything("tcp-uppercase-line", "right_asyncio.py", "uppercase-line")

    def test_asyncio_greets(self):
        self.assert_passes_everything("tcp-greeting", "right_asyncio.py", "greeting")

    def test_asyncio_echoes_until_end(self):
        self.assert_passes_everything("tcp-echo-end", "right_asyncio.py", "echo-end")

    def test_udp_echoes(self):
        self.assert_passes_everything("udp-echo", "right_udp.py", "echo")

    def test_udp_uppercases(self):
        self.assert_passes_everything("udp-uppercase", "right_udp.py", "uppercase")

    def test_udp_greets(self):
        self.assert_passes_everything("udp-greeting", "right_udp.py", "greeting")


class WrongServer(Case):
    def check_wrong(self, profile, fault, *options):
        program = "wrong_udp.py" if profile.startswith("udp") else "wrong_tcp.py"
        return self.check(profile, "--seed", "1", *options, command=server(program, fault, "{port}"))

    @staticmethod
    def difference(finished, scenario):
        checks = finished.result(scenario)["checks"]
        return next(check["difference"] for check in checks if check["outcome"] == "fail")

    def assert_is_explained(self, finished, scenario):
        """The console tells what was done, expected and seen, and how to repeat it."""
        result = finished.result(scenario)
        explained = finished.out.split(f"FAIL  {scenario}  ")[-1]
        for part in ("what was done", "expected", "came instead", "time line", "again, just this"):
            self.assertIn(f"\n  {part}\n", explained, finished)
        self.assertIn(result["reproduce"], explained)
        for check in result["checks"]:
            if check["outcome"] == "fail":
                self.assertIn(check["expected"]["text"], explained)
                self.assertIn(check["observed"]["text"], explained)
        self.assertTrue(result["hint"]["en"] and result["hint"]["ko"], result["hint"])

    def assert_fails_at_once(self, finished, scenario, check, observed):
        """The first, simplest scenario fails, and nothing is said about the others."""
        self.assert_fails(finished, [scenario])
        self.assertEqual(finished.bad_checks(scenario), {check: observed}, finished)
        self.assertEqual(set(finished.outcomes.values()) - {"fail"}, {"not-run"})
        reasons = {result["reason"]["id"] for result in finished.report["results"] if result["outcome"] == "not-run"}
        self.assertEqual(reasons, {"reason.sanity"})
        self.assert_is_explained(finished, scenario)

    def assert_fails_in(self, finished, failed, warned=()):
        """`failed`: {scenario: {check: what was observed}}"""
        self.assert_fails(finished, failed, warned)
        for scenario, checks in failed.items():
            self.assertEqual(finished.bad_checks(scenario), checks, finished)
            self.assert_is_explained(finished, scenario)


class WrongEcho(WrongServer):
    def test_a_server_that_does_not_echo(self):
        self.assert_fails_at_once(self.check_wrong("tcp-echo", "no-echo"), "stream/basic", "reply", "seen.nothing")

    def test_a_server_that_does_nothing(self):
        self.assert_fails_at_once(self.check_wrong("tcp-echo", "silent"), "stream/basic", "reply", "seen.nothing")

    def test_a_server_that_adds_a_newline(self):
        self.assert_fails_at_once(self.check_wrong("tcp-echo", "adds-newline"), "stream/basic", "quiet", "seen.unasked")

    def test_a_server_that_says_hello_first(self):
        finished = self.check_wrong("tcp-echo", "chatty")
        self.assert_fails_at_once(finished, "stream/basic", "reply", "seen.different")
        difference = self.difference(finished, "stream/basic")
        self.assertEqual(difference["offset"], 0)
        self.assertTrue(difference["received"]["text"].startswith("Welcome!\n"), difference)  # the echo may be in it too

    def test_a_server_that_closes_after_one_reply(self):
        self.assert_fails_at_once(self.check_wrong("tcp-echo", "one-shot"), "stream/basic", "quiet", "seen.ended")

    def test_a_server_that_strips_newlines(self):
        self.assert_fails_at_once(self.check_wrong("tcp-echo", "strips"), "stream/basic", "reply", "seen.partial")

    def test_a_server_that_waits_for_a_newline(self):
        only = ("stream/byte-split", "stream/no-newline", "stream/newline-exact", "stream/coalesced")
        finished = self.check_wrong("tcp-echo", "line-only", *(word for name in only for word in ("--only", name)))
        self.assert_fails_in(finished, {"stream/byte-split": {"reply": "seen.nothing"},
                                        "stream/no-newline": {"reply": "seen.nothing"}})

    def test_a_server_that_waits_for_a_newline_holds_the_line_profile(self):
        finished = self.check_wrong("tcp-echo-line", "line-only", "--only", "line/*", "--only", "stream/*")
        self.assert_holds(finished)

    def test_a_server_that_forgets_its_reply_at_half_close(self):
        finished = self.check_wrong("tcp-echo", "drops-at-half-close", "--only", "close/half-close", "--only", "close/fin-only")
        self.assert_fails_in(finished, {"close/half-close": {"reply": "seen.ended"}})

    def test_what_a_failure_explains_is_not_run(self):
        finished = self.check_wrong("tcp-echo", "drops-at-half-close", "--only", "close/half-close*")
        self.assertEqual(finished.outcomes["close/half-close-pending"], "not-run")
        self.assertEqual(finished.result("close/half-close-pending")["reason"]["text"],
                         "not run: close/half-close failed, which explains it")

    def test_a_server_that_never_closes(self):
        finished = self.check_wrong("tcp-echo", "keeps-open", "--only", "close/half-close", "--only", "close/fin-only")
        self.assert_fails_in(finished, {"close/half-close": {"end": "seen.still-open"},
                                        "close/fin-only": {"end": "seen.still-open"}})

    def test_a_reset_after_the_whole_reply_is_a_warning(self):
        finished = self.check_wrong("tcp-echo", "resets-at-half-close", "--only", "close/half-close")
        self.assertEqual(finished.code, 0, finished)
        self.assertEqual(finished.outcomes["close/half-close"], "warn")
        self.assertIn("The server holds its contract, with 1 warning", finished.out)

    def test_a_reset_after_the_whole_reply_fails_a_strict_run(self):
        finished = self.check_wrong("tcp-echo", "resets-at-half-close", "--only", "close/half-close", "--strict")
        self.assertEqual(finished.code, 1, finished)
        self.assertEqual(finished.outcomes["close/half-close"], "warn")

    def test_a_reset_instead_of_an_end_fails(self):
        finished = self.check_wrong("tcp-echo", "resets-at-half-close", "--only", "close/fin-only")
        self.assert_fails_in(finished, {"close/fin-only": {"end": "seen.reset"}})

    def test_clients_that_share_a_buffer(self):
        finished = self.check_wrong("tcp-echo", "shares-one-buffer", "--only", "concurrency/isolation", "--only", "stream/*")
        self.assert_fails_in(finished, {"concurrency/isolation": {"reply": "seen.different"}})

    def test_one_client_at_a_time(self):
        finished = self.check_wrong("tcp-echo", "one-client-at-a-time", "--only", "concurrency/*")
        self.assert_fails_in(finished, {"concurrency/idle-first-client": {"second-client": "seen.nothing"}})
        self.assertEqual(finished.outcomes["concurrency/many"], "not-run")

    def test_one_client_at_a_time_is_right_for_a_sequential_profile(self):
        finished = self.check_wrong("tcp-echo", "one-client-at-a-time", "--set", "concurrency=sequential",
                                    "--only", "stream/*", "--only", "close/*")
        self.assert_holds(finished)

    def test_a_server_that_stops_after_some_clients(self):
        finished = self.check_wrong("tcp-echo", "three-clients-at-most", "--only", "session/next-client-served")
        self.assert_fails_in(finished, {"session/next-client-served": {"alive": "seen.nothing"}})

    def test_wrong_case(self):
        finished = self.check_wrong("tcp-uppercase", "swapped-case", "--only", "transform/ascii-exact")
        self.assert_fails_in(finished, {"transform/ascii-exact": {"reply": "seen.different"}})


class DyingServer(WrongServer):
    """A crash is named, with its exit code or signal and the server's last words."""

    def assert_exit_is_told(self, finished, scenario, how, last_words):
        result = finished.result(scenario)
        self.assertEqual(result["server_gone"]["text"], how, finished)
        self.assertIn(last_words, result["server_output"]["text"])
        self.assertIn(f"\n  the server\n    {how}\n", finished.out)
        self.assertIn(f"    | {last_words}", finished.out)

    def test_a_server_that_dies_of_a_reset(self):
        finished = self.check_wrong("tcp-echo", "dies-on-reset", "--only", "close/abort-idle", "--only", "close/half-close")
        self.assert_fails(finished, ["close/abort-idle"])
        # The server takes a moment to die, so it may still serve the next client.
        self.assertLessEqual(set(finished.bad_checks("close/abort-idle")), {"alive", "reply"})
        self.assert_is_explained(finished, "close/abort-idle")
        self.assert_exit_is_told(finished, "close/abort-idle", "the server exited with code 1",
                                 "ConnectionResetError: [Errno 104] Connection reset by peer")

    def test_a_server_that_dies_of_bytes_that_are_no_text(self):
        finished = self.check_wrong("tcp-greeting", "greeting-dies-of-bytes-that-are-no-text",
                                    "--only", "session/any-first-bytes", "--only", "session/waiting-line")
        self.assert_fails(finished, ["session/any-first-bytes"])
        self.assert_exit_is_told(finished, "session/any-first-bytes", "the server exited with code 1", "UnicodeDecodeError")

    def test_a_server_that_ends_after_its_first_client(self):
        finished = self.check_wrong("tcp-echo", "exits-after-the-first-client", "--only", "session/next-client-served")
        self.assert_fails(finished, ["session/next-client-served"])
        self.assert_exit_is_told(finished, "session/next-client-served", "the server exited with code 0",
                                 "Thank you, that was all.")

    def test_a_server_killed_by_a_signal(self):
        finished = self.check("tcp-echo", command=server("hostile.py", "dies-at-byte-crashed", "{port}", 3))
        self.assert_fails(finished, ["stream/basic"])
        self.assertEqual(finished.result("stream/basic")["server_gone"]["text"],
                         "the server was killed by signal 11 (Segmentation fault)")

    def test_the_scenarios_after_a_crash_get_a_new_server(self):
        finished = self.check_wrong("tcp-echo", "dies-on-reset", "--jobs", "1", "--only", "close/abort-idle",
                                    "--only", "close/abort-mid-echo", "--only", "close/half-close", "--only", "stream/*")
        self.assertEqual(finished.with_outcome("fail"), ["close/abort-idle", "close/abort-mid-echo"], finished)
        self.assertEqual(finished.with_outcome("not-run", "inconclusive"), [])


class WrongGreeting(WrongServer):
    FIRST = "session/one-reply-then-close"

    def test_a_newline_after_the_greeting(self):
        self.assert_fails_at_once(self.check_wrong("tcp-greeting", "greeting-with-newline"), self.FIRST, "end", "seen.unasked")

    def test_a_greeting_in_lower_case(self):
        self.assert_fails_at_once(self.check_wrong("tcp-greeting", "greeting-in-lower-case"), self.FIRST, "reply",
                                  "seen.different")

    def test_a_server_that_keeps_the_connection_open(self):
        self.assert_fails_at_once(self.check_wrong("tcp-greeting", "greeting-keeps-open"), self.FIRST, "end",
                                  "seen.still-open")

    def test_a_greeting_before_input(self):
        finished = self.check_wrong("tcp-greeting", "greeting-before-input", "--only", "stream/*")
        self.assert_fails_in(finished, {"stream/silent-until-input": {"silent-before-input": "seen.unasked"}})


class WrongDatagrams(WrongServer):
    def test_a_server_that_truncates_at_1024_bytes(self):
        finished = self.check_wrong("udp-echo", "truncates", "--only", "datagram/max-size", "--only", "datagram/exact")
        self.assert_fails_in(finished, {"datagram/max-size": {"reply": "seen.different"}})
        self.assertEqual(self.difference(finished, "datagram/max-size")["offset"], 1024)

    def test_a_server_that_answers_twice(self):
        finished = self.check_wrong("udp-echo", "replies-twice", "--only", "datagram/exact")
        self.assert_fails_in(finished, {"datagram/exact": {"reply": "seen.different"}})

    def test_a_server_that_answers_from_another_port(self):
        finished = self.check_wrong("udp-echo", "replies-from-another-port", "--only", "datagram/reply-source-port",
                                    "--only", "datagram/exact")
        self.assert_fails_in(finished, {"datagram/reply-source-port": {"source": "seen.foreign-source"}})

    def test_a_server_that_takes_an_empty_datagram_for_the_end(self):
        finished = self.check_wrong("udp-echo", "stops-at-an-empty-datagram", "--only", "datagram/empty-datagram",
                                    "--only", "datagram/max-size")
        self.assert_fails(finished, ["datagram/empty-datagram"])
        result = finished.result("datagram/empty-datagram")
        self.assertEqual(result["server_gone"]["text"], "the server exited with code 1")
        self.assertEqual(result["server_output"], {"text": "no more input"})

    def test_a_server_that_answers_everything_to_its_first_client(self):
        finished = self.check_wrong("udp-echo", "answers-the-first-client", "--only", "datagram/interleaved-peers")
        self.assert_fails(finished, ["datagram/interleaved-peers"])

    def test_a_silent_server(self):
        finished = self.check_wrong("udp-echo", "silent")
        self.assert_fails_at_once(finished, "datagram/basic", "reply", "seen.nothing")


if __name__ == "__main__":
    unittest.main()
