"""The Python programs of --snippets show a failure without sockspec, and nothing where there is none."""

import os
import re
import subprocess
import sys

from support.schema import problems_of_report
from support.sockspec import SOCKSPEC, Case, Running

# (profile, fault, scenarios): at least one fault of every topic. Not among them, because what they
# show depends on what happened to the server before: accept-fails-for-good and exits-after-five (so
# many clients were served), idle-timeout (so much time has passed); because chance decides whether
# the server meets it: dies-on-eintr; and no-reuseaddr, for which the server must be started (NONE).
# What a busy machine adds (concurrency/churn#steady, latency/small-exchanges of servers whose fault
# is another one) need not show either.
FAULTS = [
    ("tcp-echo", "adds-newline", ["stream/basic"]),
    ("tcp-echo", "buffer-one-too-small", ["stream/size-ladder", "flow/write-all-then-read"]),
    ("tcp-echo", "nul-terminated", ["stream/all-bytes"]),
    ("tcp-echo", "one-shot", ["stream/basic", "stream/many-exchanges"]),
    ("tcp-echo", "quit-command", ["stream/no-magic-words"]),
    ("tcp-echo", "silent", ["stream/basic"]),
    ("tcp-echo-line", "message-per-read", ["line/split-and-joined", "line/no-reply-before-newline"]),
    ("tcp-echo-line", "last-line-twice", ["close/half-close"]),
    ("tcp-discard", "answers-anyway", ["stream/swallowed"]),
    ("tcp-uppercase", "capitalizes", ["stream/basic"]),
    ("tcp-uppercase", "upper-per-read", ["transform/chunk-invariant"]),
    ("tcp-uppercase-line", "latin1-upper", ["transform/beyond-ascii"]),
    ("tcp-uppercase-once", "upper-off-by-one", ["transform/ascii-exact"]),
    ("tcp-echo", "drop-at-eof", ["close/half-close-pending", "close/half-close"]),
    ("tcp-echo", "dies-on-reset", ["close/abort-idle", "session/next-client-served"]),
    ("tcp-echo", "dies-on-sigpipe", ["close/abort-mid-echo"]),
    ("tcp-echo", "reset-on-close", ["close/fin-only", "stream/no-newline"]),
    ("tcp-echo", "never-closes", ["close/fin-only", "stream/no-newline"]),
    ("tcp-echo", "leaks-descriptors", ["close/no-leak"]),
    ("tcp-echo", "spins-at-eof", ["close/idle-cpu"]),
    ("tcp-echo", "one-client-at-a-time", ["concurrency/idle-first-client"]),
    ("tcp-echo", "swaps-replies", ["concurrency/isolation"]),
    ("tcp-echo", "limit-32-clients", ["concurrency/many"]),
    ("tcp-echo", "unbounded-queue", ["flow/bounded-memory"]),
    ("tcp-echo", "zombie-children", ["lifecycle/no-zombies"]),
    ("tcp-greeting", "text-with-newline", ["session/one-reply-then-close"]),
    ("tcp-greeting", "keeps-open", ["session/one-reply-then-close"]),
    ("tcp-echo-end", "end-by-substring", ["session/end-message-is-exact"]),
    ("tcp-daytime", "wrong-date", ["greeting/banner-first"]),
    ("tcp-qotd", "quote-too-long", ["greeting/banner-first"]),
    ("tcp-chargen", "same-line", ["greeting/pattern"]),
    ("udp-echo", "udp-buffer-1024", ["datagram/max-size"]),
    ("udp-echo", "udp-replies-twice", ["datagram/exact", "datagram/interleaved-peers"]),
    ("udp-echo", "udp-exits-on-empty", ["datagram/size-sequence"]),
    ("udp-discard", "udp-exits-on-empty", ["datagram/swallowed"]),
    ("udp-uppercase", "udp-other-port", ["datagram/reply-source-port"]),
    ("tcp-echo", "ignores-sigterm", ["lifecycle/stops-on-sigterm"]),
    ("tcp-echo", "sleeps-per-message", ["latency/small-exchanges"]),
    ("tcp-echo", "nagle-delay", ["latency/small-exchanges"]),
]

# A snippet cannot start the server.
NONE = ("tcp-echo", "no-reuseaddr", "lifecycle/restart-same-port")


class Snippets(Case):
    def run_against(self, file, profile, *options):
        """The exit code and the output of a snippet with a server that has served nobody yet."""
        with Running([SOCKSPEC, "serve", profile, *options]) as server:
            ready = server.wait_for(lambda: re.search(r"READY (\S+):(\d+)\n", server.output()[0]), "READY")
            finished = subprocess.run([sys.executable, file, ready[1], ready[2], str(server.pid)],
                                      capture_output=True, text=True, timeout=120)
        return finished.returncode, finished.stdout + finished.stderr

    def check_faulty(self, profile, fault, scenarios):
        folder = self.folder / f"{profile}-{fault}"
        only = [word for scenario in scenarios for word in ("--only", scenario)]
        # Some faults show by chance: a write to a client that has left ends the server, or fails.
        for _ in range(10):
            finished = self.check(profile, "--snippets", folder, *only, command=[
                SOCKSPEC, "serve", profile, "--fault", fault, "--port", "{port}"])
            if finished.with_outcome("fail", "warn"):
                break
        return folder, finished

    def assert_shows(self, file, profile, fault):
        # Faults that need two clients at the same moment show by chance.
        for _ in range(10):
            code, output = self.run_against(file, profile, "--fault", fault)
            if code != 0:
                break
        self.assertEqual(code, 1, f"the faulty server passes\n{output}\n{file.read_text()}")
        self.assertRegex(output, "(?m)^FAIL: expected .*, got ")
        self.assertNotIn("Traceback", output)

    def assert_holds_with_reference(self, file, profile):
        code, output = self.run_against(file, profile)
        self.assertEqual(code, 0, f"the right server fails\n{output}\n{file.read_text()}")
        self.assertTrue(output.endswith("OK\n"), output)

    def test_each_shows_the_fault_and_passes_the_reference_server(self):
        for profile, fault, scenarios in FAULTS:
            with self.subTest(f"{profile} {fault}"):
                folder, finished = self.check_faulty(profile, fault, scenarios)
                files = sorted(folder.glob("*.py"))
                self.assertEqual(len(files), len(finished.with_outcome("fail", "warn")), finished)
                self.assertNotEqual(files, [], finished)
                for file in files:
                    self.assert_shows(file, profile, fault)
                    self.assert_holds_with_reference(file, profile)

    def test_the_report_holds_the_same_text(self):
        folder, finished = self.check_faulty("tcp-echo", "silent", ["stream/basic"])
        result = finished.result("stream/basic")
        self.assertEqual(result["reproduce_python"], (folder / "stream-basic.py").read_text())
        self.assertEqual(problems_of_report(finished.report), [])

    def test_the_console_names_the_file(self):
        folder, finished = self.check_faulty("tcp-echo", "silent", ["stream/basic"])
        line = f"or without sockspec, with your server running: python3 {folder}/stream-basic.py HOST PORT\n"
        self.assertIn(line, finished.out)
        self.assertNotIn("--snippets", finished.result("stream/basic")["reproduce"])

    def test_what_holds_has_none(self):
        finished = self.check("tcp-echo", "--only", "stream/basic", "--snippets", self.folder / "none")
        self.assertNotIn("reproduce_python", finished.result("stream/basic"))
        self.assertEqual(os.listdir(self.folder / "none"), [])

    def test_what_needs_the_server_to_be_started_has_none(self):
        profile, fault, scenario = NONE
        folder, finished = self.check_faulty(profile, fault, [scenario])
        self.assertEqual(finished.with_outcome("warn"), [scenario], finished)
        self.assertEqual(os.listdir(folder), [])

    def test_a_folder_that_cannot_be_made(self):
        file = self.write("file", "")
        finished = self.check("tcp-echo", "--only", "stream/basic", "--snippets", file / "inside")
        self.assertEqual(finished.code, 4, finished)
        self.assertIn("the folder of --snippets cannot be made: Not a directory", finished.err)

    def test_no_folder(self):
        finished = self.check("tcp-echo", "--snippets", "", json=False)
        self.assert_refused(finished, 2, '--snippets "": name a folder')
