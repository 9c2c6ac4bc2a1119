"""Interrupted in mid-run, sockspec leaves a valid report and no process."""

import signal
import unittest

from support import schema
from support.sockspec import Case, Running, SOCKSPEC, server


class Interrupt(Case):
    def interrupt(self, number, *options, command):
        report = self.folder / "report.json"
        running = Running([SOCKSPEC, "check", "tcp-echo", "--json", report, *options, "--", *command])
        self.addCleanup(running.__exit__)
        running.wait_for(lambda: self.children_of(running.pid), "the server to be started")
        running.process.send_signal(number)
        finished = running.finish(report_file=report)
        self.assertEqual(finished.leftovers, [], finished)
        return finished

    @staticmethod
    def children_of(pid):
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            return file.read().split()

    def assert_interrupted(self, finished, code):
        self.assertEqual(finished.code, code, finished)
        self.assertTrue(finished.report["interrupted"])
        self.assertEqual(finished.report["exit_code"], code)
        self.assertEqual(schema.problems_of_report(finished.report), [])

    def test_by_ctrl_c(self):
        finished = self.interrupt(signal.SIGINT, "--repeat", "1000",
                                  command=server("right_threads.py", "echo", "{port}"))
        self.assert_interrupted(finished, 130)

    def test_by_sigterm(self):
        finished = self.interrupt(signal.SIGTERM, "--repeat", "1000",
                                  command=server("right_threads.py", "echo", "{port}"))
        self.assert_interrupted(finished, 143)

    def test_while_the_server_starts(self):
        finished = self.interrupt(signal.SIGINT, command=["sleep", "1000", "{port}"])
        self.assert_interrupted(finished, 130)


if __name__ == "__main__":
    unittest.main()
