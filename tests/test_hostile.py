"""A hostile server never breaks the harness: the verdict is truthful, memory and time stay bounded, and
nothing of it is left running."""

import unittest

from support.sockspec import Case, is_instrumented, server

MOST_SECONDS = 60
MOST_KIB = 64 * 1024


class HostileServer(Case):
    def check_hostile(self, profile, kind, *options, arguments=()):
        finished = self.check(profile, *options, command=server("hostile.py", kind, "{port}", *arguments),
                              time_limit=MOST_SECONDS * (10 if is_instrumented() else 1))
        self.assertEqual(finished.report["exit_code"], finished.code)
        if not is_instrumented():
            self.assertLessEqual(finished.peak_kib, MOST_KIB, f"{finished.peak_kib} KiB of memory")
        return finished

    def assert_fails_with(self, finished, scenario, check, observed):
        self.assert_fails(finished, [scenario])
        self.assertEqual(finished.bad_checks(scenario), {check: observed}, finished)


class TooMuch(HostileServer):
    def test_endless_output_as_fast_as_it_goes(self):
        finished = self.check_hostile("tcp-echo", "endless")
        self.assert_fails_with(finished, "stream/basic", "reply", "seen.different")

    def test_endless_output_at_10_megabytes_a_second(self):
        finished = self.check_hostile("tcp-echo", "endless-at-10-megabytes-a-second")
        self.assert_fails_with(finished, "stream/basic", "reply", "seen.different")

    def test_endless_output_where_a_date_is_awaited(self):
        finished = self.check_hostile("tcp-daytime", "endless")
        self.assert_fails_with(finished, "session/one-reply-then-close", "reply", "text.not-a-date")

    def test_endless_output_where_a_short_text_is_awaited(self):
        finished = self.check_hostile("tcp-qotd", "endless")
        self.assert_fails_with(finished, "session/one-reply-then-close", "reply", "text.too-long")

    def test_endless_output_where_the_other_endless_output_is_awaited(self):
        finished = self.check_hostile("tcp-chargen", "endless")
        self.assert_fails_with(finished, "greeting/pattern", "reply", "seen.different")

    def test_endless_output_where_none_is_awaited(self):
        finished = self.check_hostile("tcp-discard", "endless")
        self.assert_fails_with(finished, "stream/swallowed", "swallowed", "seen.unasked")

    def test_endless_output_to_a_client_whose_bytes_are_not_compared(self):
        finished = self.check_hostile("tcp-echo-end", "pours-when-it-sees-no-text", "--only", "session/survives-invalid-text")
        self.assertIn(finished.code, (0, 1), finished)

    def test_a_flood_of_datagrams(self):
        finished = self.check_hostile("udp-echo", "floods")
        self.assertEqual(finished.code, 1, finished)
        self.assertEqual(finished.with_outcome("pass", "warn"), [])

    def test_a_flood_of_datagrams_where_none_is_awaited(self):
        finished = self.check_hostile("udp-discard", "floods")
        self.assert_fails_with(finished, "datagram/swallowed", "swallowed", "seen.unasked")

    def test_gigabytes_on_both_outputs_convict_nobody(self):
        finished = self.check_hostile("tcp-echo", "prints", "--skip", "flow/*")
        self.assertEqual(finished.code, 0, finished)

    def test_gigabytes_on_both_outputs_leave_a_report_of_bounded_size(self):
        finished = self.check_hostile("tcp-echo", "prints-and-adds-a-newline")
        self.assertEqual(finished.code, 1, finished)
        self.assertLess(len(finished.report_text), 1 << 20)
        self.assertLess(len(finished.out), 64 << 10)
        self.assertNotIn("\x1b", finished.out)
        self.assertNotIn("\0", finished.out)


class TooLittle(HostileServer):
    def test_it_accepts_and_never_reads(self):
        finished = self.check_hostile("tcp-echo", "never-reads-and-ignores-sigterm")
        self.assert_fails_with(finished, "stream/basic", "reply", "seen.nothing")

    def test_it_accepts_and_never_reads_what_should_be_swallowed(self):
        finished = self.check_hostile("tcp-discard", "never-reads")
        self.assert_fails_with(finished, "stream/swallowed", "swallowed", "seen.not-taken")

    def test_it_never_accepts(self):
        finished = self.check_hostile("tcp-echo", "never-accepts")
        self.assert_fails_with(finished, "stream/basic", "reply", "seen.nothing")

    def test_it_never_closes(self):
        finished = self.check_hostile("tcp-echo", "never-closes", "--only", "close/fin-only", "--only", "close/half-close")
        self.assert_fails(finished, ["close/fin-only", "close/half-close"])

    def test_it_stops_itself(self):
        finished = self.check_hostile("tcp-echo", "stops-itself")
        self.assert_fails_with(finished, "stream/basic", "reply", "seen.nothing")

    def test_it_closes_its_outputs(self):
        finished = self.check_hostile("tcp-echo", "closes-its-outputs", "--only", "stream/*")
        self.assert_holds(finished)


class HardToEnd(HostileServer):
    ONLY = ("--only", "stream/basic", "--only", "close/half-close")

    def test_it_ignores_sigterm(self):
        self.assert_holds(self.check_hostile("tcp-echo", "ignores-sigterm", *self.ONLY))

    def test_it_ignores_sigterm_and_prints(self):
        self.assert_holds(self.check_hostile("tcp-echo", "ignores-sigterm-and-prints", *self.ONLY))

    def test_a_daemon_is_checked_like_any_other(self):
        self.assert_holds(self.check_hostile("tcp-echo", "daemonizes", *self.ONLY))

    def test_a_daemon_that_cannot_be_recognised_is_not_left_running(self):
        finished = self.check_hostile("tcp-echo", "daemonizes-and-forgets-its-environment", *self.ONLY, "--start-limit", "3s")
        self.assertIn(finished.code, (0, 3), finished)

    def test_its_children_end_with_it(self):
        self.assert_holds(self.check_hostile("tcp-echo", "leaves-children-behind", *self.ONLY))

    def test_its_children_end_with_it_when_it_dies(self):
        finished = self.check_hostile("tcp-echo", "leaves-children-behind-dies-at-byte", arguments=[3])
        self.assert_fails(finished, ["stream/basic"])

    def test_a_child_that_is_another_process_every_moment_ends_too(self):
        self.assert_holds(self.check_hostile("tcp-echo", "hops", *self.ONLY))


class DyingAtAnyMoment(HostileServer):
    def check_death(self, byte, *options):
        finished = self.check_hostile("tcp-echo", "dies-at-byte-killed", *options, arguments=[byte])
        self.assertEqual(finished.code, 1, finished)
        # How quick it is between two deaths is left open.
        doubts = [name for name in finished.with_outcome("inconclusive") if not name.startswith("latency/")]
        self.assertEqual(doubts, [], finished)
        told = {result["server_gone"]["text"] for result in finished.report["results"] if "server_gone" in result}
        told |= {exit["how"]["text"] for exit in finished.report["unexpected_exits"]}
        self.assertEqual(told, {"the server was killed by signal 9 (Killed)"})
        return finished

    def test_at_once(self):
        finished = self.check("tcp-echo", command=["false", "{port}"])
        self.assertEqual(finished.code, 3, finished)
        self.assertRegex(finished.err, r"^sockspec: the server exited with code 1 before it listened on port \d+; it printed "
                                       r"nothing\n$")
        self.assertLess(finished.seconds, 5)

    def test_at_the_first_byte(self):
        self.assert_fails(self.check_death(1), ["stream/basic"])

    def test_at_the_last_byte_of_the_first_message(self):
        self.assert_fails(self.check_death(6), ["stream/basic"])

    def test_in_the_second_message(self):
        self.check_death(9)

    def test_after_a_thousand_bytes(self):
        finished = self.check_death(1000)
        self.assertEqual(finished.outcomes["stream/basic"], "pass")

    def test_after_seventy_thousand_bytes(self):
        finished = self.check_death(70_000)
        self.assertIn("stream/size-ladder", finished.with_outcome("fail"))

    def test_after_three_million_bytes(self):
        finished = self.check_death(3_000_000)
        self.assertIn("flow/write-all-then-read", finished.with_outcome("fail"))
        self.assertIn("stream/many-exchanges", finished.with_outcome("pass"))

    def test_between_two_scenarios(self):
        finished = self.check_hostile("tcp-echo", "prints-and-dies")
        self.assertEqual(finished.code, 1, finished)
        told = [result["server_gone"]["text"] for result in finished.report["results"] if "server_gone" in result]
        told += [exit["how"]["text"] for exit in finished.report["unexpected_exits"]]
        self.assertEqual(set(told), {"the server exited with code 3"})


if __name__ == "__main__":
    unittest.main()
