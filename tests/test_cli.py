"""The options of sockspec, its signals, and what the server under test gets to see."""

import json
import os
import pty
import re
import select
import shlex
import signal
import socket
import unittest

from support.schema import problems_of_report
from support.sockspec import SERVERS, SOCKSPEC, Case, Running, server


def wrong(fault):
    return server("wrong_tcp.py", fault, "{port}")


class Selecting(Case):
    def selected(self, *options, profile="tcp-echo"):
        """The scenarios that a run with these options has a result for."""
        return set(self.check(profile, *options).outcomes)

    def test_only_takes_patterns(self):
        finished = self.check("tcp-echo", "--only", "close/fin-*", "--only", "stream/no-newline")
        self.assertEqual(set(finished.outcomes), {"stream/basic", "close/fin-only", "stream/no-newline"})

    def test_a_star_stops_at_the_topic_and_two_do_not(self):
        self.assertEqual(self.selected("--only", "session/quick*"), {"stream/basic", "session/quick-leaver"})
        self.assertEqual(self.selected("--only", "**quick-leaver"), {"stream/basic", "session/quick-leaver"})

    def test_skip_leaves_out_and_says_so(self):
        finished = self.check("tcp-echo", "--only", "close/f*", "--only", "close/half-close", "--skip", "close/half-close")
        self.assertEqual(finished.code, 0, finished)
        self.assertEqual(finished.outcomes, {"stream/basic": "pass", "close/fin-only": "pass", "close/half-close": "skipped"})
        self.assertEqual(finished.result("close/half-close")["reason"]["text"], "left out by --skip")

    def test_level_must_leaves_the_advice_out(self):
        everything = {entry["id"]: entry["level"] for entry in
                      json.loads(self.run_sockspec("list", "scenarios", "--profile", "tcp-echo", "--json").out)}
        chosen = self.selected("--level", "must", "--skip", "flow/*", "--skip", "stream/*", "--skip", "close/*")
        self.assertEqual(chosen, {name for name, level in everything.items() if level == "must"})
        self.assertIn("should", everything.values())

    def test_shards_make_the_whole(self):
        shards = [self.selected("--only", "stream/*", "--shard", f"{i}/3") - {"stream/basic"} for i in (1, 2, 3)]
        whole = self.selected("--only", "stream/*") - {"stream/basic"}
        self.assertEqual(set().union(*shards), whole)
        self.assertEqual(sum(map(len, shards)), len(whole))

    def test_optional_scenarios_run_only_when_asked_for(self):
        pattern = ("--only", "flow/window-*", "--only", "stream/no-newline")
        self.assertEqual(self.selected(*pattern), {"stream/basic", "stream/no-newline"})
        for asked in (("--optional", *pattern), ("--only", "flow/window-reopens")):
            finished = self.check("tcp-echo", *asked)
            self.assertEqual(finished.code, 0, finished)
            self.assertEqual(finished.outcomes["flow/window-reopens"], "pass", finished)

    def test_repeat_runs_each_so_many_times(self):
        finished = self.check("tcp-echo", "--only", "stream/newline-exact", "--repeat", "5")
        result = finished.result("stream/newline-exact")
        self.assertEqual((result["runs"], result["failed_runs"]), (5, 0))

    def test_repeat_shows_the_worst_run(self):
        finished = self.check("tcp-greeting", "--only", "session/any-first-bytes", "--repeat", "3", "--jobs", "1",
                              command=wrong("greeting-dies-of-bytes-that-are-no-text"))
        result = finished.result("session/any-first-bytes")
        self.assertEqual((result["runs"], result["failed_runs"], result["outcome"]), (3, 3, "fail"))


class Playing(Case):
    def test_the_same_seed_sends_the_same_bytes(self):
        def sent(seed):
            finished = self.check("tcp-echo", "--only", "stream/coalesced", "--seed", seed)
            self.assertEqual(finished.report["seed"], seed)
            return [entry["bytes"] for entry in finished.result("stream/coalesced")["transcript"] if entry["kind"] == "write"]

        self.assertEqual(sent(5), sent(5))
        self.assertNotEqual(sent(5), sent(6))

    def test_without_a_seed_each_run_has_another_one(self):
        seeds = {self.check("tcp-echo", "--only", "stream/basic").report["seed"] for _ in range(3)}
        self.assertGreater(len(seeds), 1)

    def test_the_seed_stands_in_the_report_and_on_the_console(self):
        finished = self.check("tcp-echo", "--only", "stream/basic", "--seed", "12345")
        self.assertIn("\nseed 12345, time scale ", finished.out)

    def servers_started(self, *options):
        log = self.folder / "started"
        log.write_text("")
        command = ["sh", "-c", f'echo x >>{log}; exec "$@"', "sh", *server("right_threads.py", "echo", "{port}")]
        self.assert_holds(self.check("tcp-echo", "--only", "stream/n*", *options, command=command))
        return len(log.read_text().splitlines())

    def test_one_job_starts_one_server(self):
        self.assertEqual(self.servers_started("--jobs", "1"), 1)

    def test_three_jobs_start_three_servers(self):
        self.assertEqual(self.servers_started("--jobs", "3"), 3)

    def test_fresh_starts_a_server_for_every_scenario(self):
        # newline-exact, no-magic-words, no-newline, nul-byte, and basic before and after them.
        self.assertEqual(self.servers_started("--jobs", "1", "--fresh"), 6)

    def test_a_fixed_port_means_one_server_at_a_time(self):
        finished = self.check("tcp-echo", "--only", "stream/n*", "--port", self.free_port(), "--jobs", "4")
        self.assert_holds(finished)

    def test_a_port_that_is_not_free_again_at_once_is_a_warning_and_costs_no_minute(self):
        finished = self.check("tcp-echo", "--only", "stream/n*", "--only", "lifecycle/restart-same-port", "--port",
                              self.free_port(), command=server("without_reuseaddr.py", "{port}"), time_limit=50)
        self.assertEqual(finished.code, 0, finished)
        self.assertEqual(finished.with_outcome("warn"), ["lifecycle/restart-same-port"], finished)
        self.assertEqual(finished.bad_checks("lifecycle/restart-same-port"), {"restart": "seen.address-in-use"})
        self.assertEqual(finished.with_outcome("fail", "not-run", "inconclusive"), [], finished)
        self.assertLess(finished.seconds, 30)

    def free_port(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            return listener.getsockname()[1]

    def test_timeout_scale_stretches_the_limits(self):
        finished = self.check("tcp-echo", "--only", "stream/basic", "--timeout-scale", "0.25", command=wrong("silent"))
        self.assertEqual(finished.report["machine"]["scale"], 0.25)
        self.assertRegex(finished.out, r"nothing came within \d{3} ms")  # not 2000

    def test_strict_turns_a_warning_into_a_failure(self):
        options = ("--only", "close/half-close")
        self.assertEqual(self.check("tcp-echo", *options, command=wrong("resets-at-half-close")).code, 0)
        finished = self.check("tcp-echo", *options, "--strict", command=wrong("resets-at-half-close"))
        self.assertEqual((finished.code, finished.report["strict"]), (1, True))
        self.assertIn("Warnings count as failures (--strict).", finished.out)

    def test_the_command_that_repeats_a_failure_repeats_it(self):
        folder = self.folder / "it's a folder"
        folder.mkdir()
        program = folder / "my server.py"
        program.write_text((SERVERS / "wrong_tcp.py").read_text())
        finished = self.check("tcp-echo", "--only", "stream/*", "--repeat", "2", "--level", "must",
                              command=["python3", str(program), "adds-newline", "{port}"])
        self.assertEqual(finished.code, 1, finished)
        failed = finished.with_outcome("fail")
        words = shlex.split(finished.result(failed[0])["reproduce"])
        self.assertEqual(words[0], "sockspec")
        report_file = self.folder / "again.json"
        words[0:2] = [SOCKSPEC, "check", "--json", str(report_file)]
        again = self.run_sockspec(*words[1:], report_file=report_file)
        self.assertEqual(again.code, 1, again)
        self.assertEqual(again.with_outcome("fail"), failed[:1])
        self.assertEqual(again.bad_checks(failed[0]), finished.bad_checks(failed[0]))
        self.assertEqual(again.report["seed"], finished.report["seed"])


class Output(Case):
    BASIC = ("check", "tcp-echo", "--only", "stream/basic")

    def test_json_on_standard_output_is_nothing_but_json(self):
        finished = self.run_sockspec(*self.BASIC, "--json", "-")
        self.assertEqual(problems_of_report(json.loads(finished.out)), [])
        self.assertIn("The server holds its contract", finished.err)

    def test_json_of_a_failure_on_standard_output_is_nothing_but_json(self):
        finished = self.run_sockspec(*self.BASIC, "--json", "-", "--", *wrong("adds-newline"))
        self.assertEqual(finished.code, 1)
        self.assertEqual(problems_of_report(json.loads(finished.out)), [])
        self.assertIn("FAIL  stream/basic", finished.err)

    def test_the_report_replaces_an_older_one_as_a_whole(self):
        file = self.write("report.json", "x" * 1_000_000)
        self.run_sockspec(*self.BASIC, "--json", file)
        self.assertEqual(problems_of_report(json.loads(file.read_text())), [])
        self.assertEqual([path.name for path in self.folder.iterdir()], ["report.json"])

    def test_quiet_says_only_the_verdict(self):
        finished = self.run_sockspec(*self.BASIC, "--quiet")
        self.assertEqual((finished.out, finished.err), ("The server holds its contract: 1 of 1 scenario passed.\n", ""))

    def test_quiet_tells_failures(self):
        finished = self.run_sockspec(*self.BASIC, "--quiet", "--", *wrong("adds-newline"))
        self.assertTrue(finished.out.startswith("  FAIL  stream/basic"), finished)
        self.assertIn("came instead", finished.out)

    def test_no_colours_where_there_is_no_terminal(self):
        self.assertNotIn("\x1b", self.run_sockspec(*self.BASIC).out)

    def test_colours_if_asked_for(self):
        self.assertIn("\x1b[32m", self.run_sockspec(*self.BASIC, "--color", "always").out)

    def on_a_terminal(self, *words, **env):
        """What a terminal gets to see."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.execve(SOCKSPEC, [SOCKSPEC, *words], {**os.environ, "TERM": "xterm", "LC_ALL": "C.UTF-8", **env})
        text = b""
        while select.select([terminal], [], [], 60)[0]:
            try:
                data = os.read(terminal, 65536)
            except OSError:  # the other end is gone
                break
            text += data
            if not data:
                break
        os.close(terminal)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), 0)
        return text.decode()

    def test_a_terminal_gets_colours_and_a_live_line(self):
        text = self.on_a_terminal("check", "tcp-echo", "--only", "stream/n*")
        self.assertIn("\x1b[32m", text)
        self.assertRegex(text, r"\r\x1b\[K\[\d+/\d+\] stream/")

    def test_no_color_is_obeyed(self):
        text = self.on_a_terminal("check", "tcp-echo", "--only", "stream/basic", "--quiet", NO_COLOR="1")
        self.assertNotIn("\x1b[3", text)

    def test_korean(self):
        finished = self.run_sockspec(*self.BASIC, "--lang", "ko", "--", *wrong("adds-newline"))
        for text in ("실패  stream/basic", "\n  한 일\n", "짧은 메시지"):
            self.assertIn(text, finished.out)
        self.assertNotRegex(finished.out, r"(?m)^  (expected|came instead|time line)$")

    def test_the_locale_decides_the_language(self):
        finished = self.run_sockspec(*self.BASIC, env={"LC_ALL": "ko_KR.UTF-8"})
        self.assertRegex(finished.out, "[가-힣]")
        finished = self.run_sockspec(*self.BASIC, env={"LC_ALL": "de_DE.UTF-8"})
        self.assertNotRegex(finished.out, "[가-힣]")

    def test_a_closed_pipe_does_not_leave_a_server_behind(self):
        # The shell's own exit code is that of the last command.
        self.run_shell(f"{SOCKSPEC} check tcp-echo --only 'stream/n*' | true")

    def run_shell(self, line):
        with Running(["sh", "-c", line]) as running:
            finished = running.finish()
        self.assertEqual(finished.leftovers, [])


class Help(Case):
    def test_overview(self):
        finished = self.run_sockspec("--help")
        self.assertEqual((finished.code, finished.err), (0, ""))
        for command in ("check", "serve", "list", "show", "replay"):
            self.assertRegex(finished.out, rf"(?m)^  {command} ")

    def test_version(self):
        finished = self.run_sockspec("--version")
        self.assertEqual(finished.code, 0)
        self.assertRegex(finished.out, r"^sockspec \d+\.\d+\.\d+\n$")

    def test_every_command_has_help_that_fits_a_terminal(self):
        for command in ("check", "learn", "load", "merge", "compare", "grade", "report", "replay", "serve", "list", "show",
                        "selftest"):
            with self.subTest(command):
                finished = self.run_sockspec(command, "--help")
                self.assertEqual((finished.code, finished.err), (0, ""))
                self.assertTrue(finished.out.startswith(f"Usage:\n  sockspec {command} "))
                self.assertLessEqual(max(map(len, finished.out.splitlines())), 100)

    def test_the_help_of_check_names_every_option_of_the_contract(self):
        text = self.run_sockspec("check", "--help").out
        for option in ("target", "port", "host", "set", "only", "skip", "level", "strict", "repeat", "seed", "jobs", "fresh",
                       "shard", "timeout-scale", "json", "lang", "color", "quiet"):
            self.assertIn(f"  --{option}", text)

    def test_list_shows_what_there_is(self):
        self.assertRegex(self.run_sockspec("list", "profiles").out, r"(?m)^tcp-echo +\S")
        self.assertRegex(self.run_sockspec("list", "scenarios").out, r"(?m)^close/half-close +must +\S")
        self.assertNotIn("datagram/", self.run_sockspec("list", "scenarios", "--profile", "tcp-echo").out)

    def test_every_profile_and_scenario_can_be_shown_in_both_languages(self):
        names = [entry["id"] for what in ("profiles", "scenarios")
                 for entry in json.loads(self.run_sockspec("list", what, "--json").out)]
        for name in names:
            for lang in ("en", "ko"):
                finished = self.run_sockspec("show", name, "--lang", lang)
                self.assertEqual((finished.code, finished.err), (0, ""), name)
                self.assertTrue(finished.out.startswith(f"{name}: "), name)

    def test_show_explains_a_scenario(self):
        text = self.run_sockspec("show", "close/half-close").out
        for part in ("[must]", "RFC 9293", '"steps"', "half_close"):
            self.assertIn(part, text)


class TheServerSees(Case):
    def start_notes(self, kind="echo", *options, env=None):
        command = server("notes.py", self.folder, kind, "{port}")
        return self.check("tcp-echo", "--only", "stream/basic", "--jobs", "1", *options, command=command, env=env)

    def notes(self):
        return json.loads((self.folder / "start.json").read_text())

    def test_a_clean_start(self):
        self.assertEqual(self.start_notes().code, 0)
        notes = self.notes()
        self.assertEqual((notes["ignored"], notes["blocked"]), (0, 0))
        self.assertEqual(notes["stdin"], "/dev/null")
        self.assertTrue(notes["session"])
        # Its own listing of the folder may count as one.
        self.assertLessEqual(set(notes["descriptors"]), {0, 1, 2, 3})

    def test_the_port_in_its_environment_and_its_command(self):
        self.start_notes("echo", env={"PORT": "1", "SOCKSPEC_PORT": "2"})
        notes = self.notes()
        self.assertEqual(notes["port"], notes["arguments"][-1])
        self.assertEqual(notes["sockspec_port"], notes["arguments"][-1])

    def test_default_signals_although_sockspec_was_started_without_them(self):
        ignored = "trap '' PIPE INT HUP QUIT; "
        line = (f"{ignored} exec {SOCKSPEC} check tcp-echo --only stream/basic --jobs 1 -- "
                + shlex.join(server("notes.py", self.folder, "echo", "{port}")))
        with Running(["sh", "-c", line]) as running:
            self.assertEqual(running.finish().code, 0)
        self.assertEqual(self.notes()["ignored"], 0)

    def test_sigpipe_kills_it_as_it_would_without_us(self):
        # A shell says what it was born with: SIGPIPE ignored cannot be trapped again.
        command = ["sh", "-c", f"grep SigIgn /proc/self/status >{self.folder}/sigign; exec \"$@\"", "sh",
                   *server("right_threads.py", "echo", "{port}")]
        self.assertEqual(self.check("tcp-echo", "--only", "stream/basic", "--jobs", "1", command=command).code, 0)
        ignored = int((self.folder / "sigign").read_text().split()[1], 16)
        self.assertEqual(ignored, 0)

    def test_a_server_that_prints_much_is_not_convicted(self):
        command = server("hostile.py", "prints", "{port}")
        self.assert_holds(self.check("tcp-echo", "--only", "stream/many-exchanges", command=command))


class Interrupted(Case):
    def interrupt(self, number, *more, kind="silent"):
        report_file = self.folder / "report.json"
        command = server("notes.py", self.folder, kind, "{port}")
        running = self.start("check", "tcp-echo", "--timeout-scale", "20", "--jobs", "2", "--json", report_file, "--", *command)
        running.wait_for((self.folder / "client").exists, "the first client")
        for signal_number in (number, *more):
            running.process.send_signal(signal_number)
        finished = running.finish(report_file=report_file)
        self.assertEqual(finished.leftovers, [], finished)
        self.assertEqual(finished.code, 128 + number, finished)
        report = finished.report
        self.assertEqual(problems_of_report(report), [])
        self.assertEqual((report["interrupted"], report["interrupted_by"], report["exit_code"]), (True, number, 128 + number))
        self.assertEqual(set(finished.outcomes.values()) - {"pass"}, {"not-run"})
        self.assertIn(f"Interrupted by signal {number}", finished.out)
        return finished

    def test_sigint(self):
        self.interrupt(signal.SIGINT)

    def test_sigterm(self):
        self.interrupt(signal.SIGTERM)

    def test_sighup(self):
        self.interrupt(signal.SIGHUP)

    def test_twice(self):
        self.interrupt(signal.SIGINT, signal.SIGINT)

    def test_while_the_server_starts(self):
        report_file = self.folder / "report.json"
        running = self.start("check", "tcp-echo", "--json", report_file, "--", "sh", "-c", f"touch {self.folder}/up; sleep 1000",
                             "{port}")
        running.wait_for((self.folder / "up").exists, "the server")
        running.process.send_signal(signal.SIGINT)
        finished = running.finish(report_file=report_file)
        self.assertEqual((finished.code, finished.leftovers), (130, []), finished)
        self.assertEqual(problems_of_report(finished.report), [])

    def test_killed_sockspec_leaves_a_server_but_no_torn_report(self):
        report_file = self.folder / "report.json"
        command = server("notes.py", self.folder, "silent", "{port}")
        running = self.start("check", "tcp-echo", "--timeout-scale", "20", "--json", report_file, "--", *command)
        running.wait_for((self.folder / "client").exists, "the first client")
        running.process.kill()
        finished = running.finish()
        self.assertEqual(finished.code, -signal.SIGKILL)
        self.assertFalse(report_file.exists())


if __name__ == "__main__":
    unittest.main()
