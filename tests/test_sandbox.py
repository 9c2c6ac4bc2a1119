"""Rooms and cells: a submission that wants to do harm does it to itself alone.

Each test makes a room, in which `sockspec check` grades a hostile server that runs in cells. What is
hostile runs nowhere else. Skipped where this machine allows no sandbox.
"""

import json
import os
import select
import shutil
import socket
import time
import unittest

from support import isolation
from support.sandbox import why_no_sandbox, words
from support.sockspec import SERVERS, SOCKSPEC, Case, Running

isolation.enter_own_network()

MEBIBYTE = 1 << 20
TIME_LIMIT = 60  # seconds; what takes longer hangs
COPY = 'cp -R /submission/. /work && exec "$@"'
REASON = why_no_sandbox()


@unittest.skipIf(REASON, REASON)
class Rooms(Case):
    rooms = 0

    def setUp(self):
        super().setUp()
        self.folder.chmod(0o711)
        self.tool = self.folder / "sockspec"
        shutil.copy(SOCKSPEC, self.tool)  # where everybody can read it
        self.secret = self.write("class.json", '{"class": "secret"}')

    def cell(self, processes=24, data=512 * MEBIBYTE, file=4 * MEBIBYTE, cpu=20, files=64):
        return words("cell", cpu, data, file, processes, files)

    def room(self, scratch=4 * MEBIBYTE):
        """(words, folder of the report); its submission is the hostile server."""
        Rooms.rooms += 1
        submission = self.folder / f"submission{Rooms.rooms}"
        submission.mkdir(mode=0o755)
        shutil.copy(SERVERS / "hostile_submission.py", submission / "server.py")
        (submission / "server.py").chmod(0o644)
        report = self.folder / f"report{Rooms.rooms}"
        report.mkdir()
        report.chmod(0o777)
        return words("room", submission, report, self.tool, scratch, Rooms.rooms), report

    def command(self, kind, cell, room, only=("stream/basic",)):
        selection = [word for pattern in only for word in ("--only", pattern)]
        return [*room, "sh", "-c", COPY, "sh", "/tool/sockspec", "check", "tcp-echo", "--port", "12000", *selection,
                "--json", "/report/check.json", "--", *cell, "/usr/bin/python3", "server.py", kind]

    def grade(self, kind, only=("stream/basic",), env=None, scratch=4 * MEBIBYTE, **limits):
        """The run and the report of a check in a room; nothing may be left of it."""
        room, report = self.room(scratch)
        cell = self.cell(**limits)
        if env:
            cell = ["env", *(f"{name}={value}" for name, value in env.items()), *cell]
        with Running(self.command(kind, cell, room, only)) as running:
            finished = self.finish(running, report)
        self.assertTrue(finished.report_file.exists(), finished)
        return finished

    def finish(self, running, report=None, known=()):
        """The run, once its room is empty: the kernel ends a room's processes a moment after bwrap itself."""
        descriptor = os.pidfd_open(running.pid)
        try:
            self.assertTrue(select.select([descriptor], [], [], TIME_LIMIT)[0], running.output())
        finally:
            os.close(descriptor)
        self.wait_until_gone(known)
        finished = running.finish(TIME_LIMIT, known, report and report / "check.json")
        self.assertEqual(finished.leftovers, [], finished)
        return finished

    def wait_until_gone(self, known=()):
        end = time.monotonic() + TIME_LIMIT
        while set(isolation.descendants()) - set(known) and time.monotonic() < end:
            time.sleep(0.005)


class WhatIsRight(Rooms):
    def test_a_right_server_holds_in_its_room(self):
        finished = self.grade("right", only=("stream/*", "lifecycle/stops-on-sigterm"))
        self.assert_holds(finished)

    def test_two_rooms_have_the_same_port_at_the_same_time(self):
        holding, _ = self.room()
        bound = ("import socket, time; s = socket.create_server(('127.0.0.1', 12000)); print('bound', flush=True); "
                 "time.sleep(600)")
        with Running([*holding, *self.cell(), "/usr/bin/python3", "-c", bound]) as other:
            other.wait_for(lambda: "bound" in other.output()[0], "the other room")
            room, report = self.room()
            with Running(self.command("right", self.cell(), room)) as running:
                running.process.wait()
            self.assertEqual(json.loads((report / "check.json").read_text())["exit_code"], 0)
            self.assertIsNone(other.process.poll())
        self.wait_until_gone()
        self.assertEqual(isolation.descendants(), {})

    def test_a_server_that_ignores_sigterm_is_still_found_out(self):
        finished = self.grade("ignore-sigterm", only=("lifecycle/stops-on-sigterm",))
        self.assertEqual(finished.outcomes["lifecycle/stops-on-sigterm"], "warn", finished)


class WhatIsHostile(Rooms):
    def assert_still_judged(self, kind, **more):
        """It did what it wanted, and is judged like any other server."""
        finished = self.grade(kind, **more)
        self.assertEqual(finished.outcomes, {"stream/basic": "pass"}, finished)

    def in_cell(self, kind, env=None, **limits):
        """What the server has printed when it is done, in a room of its own and without a check."""
        room, _ = self.room()
        program = f"import server; server.{kind}(); print('done', flush=True)"
        settings = ["env", *(f"{name}={value}" for name, value in (env or {}).items())]
        with Running([*room, "sh", "-c", COPY, "sh", *settings, *self.cell(**limits), "/usr/bin/python3", "-B", "-c",
                      program]) as running:
            running.wait_for(lambda: "done\n" in running.output()[0], "the end of what it does")
            running.process.kill()
            running.process.wait()
            self.wait_until_gone()
            self.assertEqual(isolation.descendants(), {})
            return running.output()[0]

    def test_a_fork_bomb_stops_at_the_limit_of_processes(self):
        printed = self.in_cell("fork_bomb", processes=12)
        self.assertRegex(printed, r"could fork (\d|1[01])\n")
        self.assert_dies_with_its_room("fork-bomb")

    def assert_dies_with_its_room(self, kind):
        """The server may be right or not; what counts is that there is a report and nothing is left."""
        finished = self.grade(kind)
        self.assertIn(finished.code, (0, 1, 3), finished)

    def test_a_memory_bomb_stops_at_the_limit_of_memory(self):
        printed = self.in_cell("memory_bomb", data=64 * MEBIBYTE)
        self.assertRegex(printed, r"^could keep [0-6]?\d MiB\n")
        self.assert_still_judged("memory-bomb")

    def test_what_many_processes_use_together_is_seen_and_ended(self):
        room, _ = self.room()
        with Running(self.command("memory-of-many", self.cell(), room, ("**",))) as running:
            self.assertEqual(words("more", running.pid, 1 << 40), ["no"])
            running.wait_for(lambda: words("more", running.pid, 150 * MEBIBYTE) == ["yes"], "so much memory")
            running.process.kill()
            running.process.wait()
            self.wait_until_gone()
            self.assertEqual(isolation.descendants(), {})
            self.assertEqual(words("more", running.pid, 0), ["no"])

    def test_endless_output_neither_fills_memory_nor_hides_the_verdict(self):
        finished = self.grade("endless-output")
        self.assertEqual(finished.outcomes, {"stream/basic": "pass"}, finished)
        self.assertLess(finished.report_file.stat().st_size, MEBIBYTE)

    def test_a_full_scratch_disk_is_full_for_itself_alone(self):
        printed = self.in_cell("full_disk", file=2 * MEBIBYTE)
        written = int(printed.split()[2])
        self.assertGreater(written, 3 * MEBIBYTE)
        self.assertLess(written, 8 * MEBIBYTE)  # the scratch folder, /tmp and /dev/shm
        self.assert_still_judged("full-disk")

    def test_killing_everybody_reaches_nobody_outside_the_cell(self):
        self.assert_dies_with_its_room("kill-everybody")

    def test_killing_by_number_reaches_nobody_outside_the_cell(self):
        self.assert_dies_with_its_room("kill-by-number")

    def test_a_daemon_ends_with_its_cell(self):
        self.assert_still_judged("daemon")

    def test_a_server_in_the_background_is_judged_like_any_other(self):
        self.assert_still_judged("background")

    def test_the_class_the_report_and_the_tool_cannot_be_seen(self):
        printed = self.in_cell("look_around", env={"SECRET": self.secret})
        for path in ("/report", "/submission", "/tool", "/class.json", "/root", "/home", "/var", self.secret):
            self.assertIn(f"saw {path} FileNotFoundError\n", printed)
        self.assertIn("saw /etc/shadow FileNotFoundError\n", printed)
        processes = json.loads(printed.partition("processes ")[2].splitlines()[0])
        self.assertLessEqual(len(processes), 3, processes)  # bwrap, the shell and itself
        self.assertIn("environment []\n", printed)

    def test_a_fake_report_changes_nothing(self):
        printed = self.in_cell("fake_report")
        self.assertEqual(printed.count("FileNotFoundError") + printed.count("PermissionError"), 3, printed)
        finished = self.grade("fake-report")
        self.assertEqual(finished.report["schema"], "sockspec/check/1")
        self.assertEqual([result["scenario"] for result in finished.report["results"]], ["stream/basic"])

    def test_nobody_outside_the_room_can_be_reached(self):
        with socket.create_server(("127.0.0.1", 0)) as elsewhere, socket.socket(socket.AF_UNIX) as named:
            port = elsewhere.getsockname()[1]
            named.bind("\0sockspec-elsewhere-%d" % port)
            named.listen()
            socket.create_connection(("127.0.0.1", port)).close()  # from here it can
            printed = self.in_cell("reach_out", env={"ELSEWHERE": port})
        self.assertIn(f"reached ('127.0.0.1', {port}) ConnectionRefusedError\n", printed)
        self.assertIn("reached ('192.0.2.1', 80) OSError\n", printed)
        self.assertIn("reached ('10.0.0.1', 53) OSError\n", printed)
        self.assertIn("socket ConnectionRefusedError\n", printed)

    def test_a_server_that_removes_its_files_harms_only_its_copy(self):
        self.assert_still_judged("remove-itself")
        self.assertTrue(any(self.folder.glob("submission*/server.py")))
        self.assertTrue(os.path.exists("/usr/bin/python3"))

    def test_a_room_whose_grader_is_killed_takes_everything_along(self):
        room, _ = self.room()
        with Running(self.command("fork-bomb", self.cell(processes=12), room, ("**",))) as running:
            running.wait_for(lambda: len(isolation.descendants()) > 8, "the bomb")
            running.process.kill()
            running.process.wait()
            self.wait_until_gone()
            self.assertEqual(isolation.descendants(), {})


if __name__ == "__main__":
    unittest.main()
