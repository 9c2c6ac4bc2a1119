"""Running sockspec, with a time limit, and looking at what it leaves behind."""

import functools
import json
import os
import pathlib
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from support import isolation

TESTS = pathlib.Path(__file__).resolve().parent.parent
ROOT = TESTS.parent
SERVERS = TESTS / "servers"
MOST_DOUBTS = 3   # checks in a row that this machine may be too busy for
TIME_LIMIT = 120  # seconds; a run that takes longer hangs

# Python without what a small server does not need, so that it starts quickly on a busy machine.
PYTHON = [sys.executable, "-S", "-E"]


def _find_sockspec():
    path = os.environ.get("SOCKSPEC")
    if not path:
        raise SystemExit("The variable SOCKSPEC must name the executable: SOCKSPEC=build/dev/bin/sockspec")
    return str(pathlib.Path(path).resolve())


SOCKSPEC = _find_sockspec()


@functools.cache
def is_instrumented():
    """Sanitizers multiply memory and time."""
    with open(SOCKSPEC, "rb") as file:
        return b"__asan_init" in file.read()


def server(program, *arguments):
    """The command of one of our own servers: server("wrong_tcp.py", "no-echo")."""
    return [*PYTHON, str(SERVERS / program), *map(str, arguments)]


class Finished:
    """A run that is over."""

    def __init__(self, code, out, err, seconds, peak_kib, leftovers, report_file):
        self.code = code
        self.out = out
        self.err = err
        self.seconds = seconds
        self.peak_kib = peak_kib    # the largest resident memory of sockspec itself
        self.leftovers = leftovers  # commands of processes that outlived it
        self.report_file = report_file

    @property
    def report_text(self):
        return self.report_file.read_text()

    @property
    def report(self):
        return json.loads(self.report_text)

    @property
    def outcomes(self):
        """{scenario: outcome}"""
        return {result["scenario"]: result["outcome"] for result in self.report["results"]}

    @property
    def in_doubt_about_time(self):
        """Is something inconclusive that a quieter machine might have decided?"""
        if not self.report_file.exists():
            return False
        reasons = [result.get("reason", {}).get("id") for result in self.report["results"]
                   if result["outcome"] == "inconclusive"]
        return any(reason in ("reason.busy", "reason.late-once", "reason.late-like-others", "reason.too-slow") for reason in reasons)

    def with_outcome(self, *outcomes):
        return sorted(name for name, outcome in self.outcomes.items() if outcome in outcomes)

    def result(self, scenario):
        return next(result for result in self.report["results"] if result["scenario"] == scenario)

    def bad_checks(self, scenario):
        """{id of a check that does not hold: id of what was observed}"""
        return {
            check["id"]: check["observed"]["id"]
            for check in self.result(scenario)["checks"]
            if check["outcome"] == "fail"
        }

    def __str__(self):
        return f"exit code {self.code} after {self.seconds:.1f} s\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


class Running:
    """sockspec (or another program), running. Use as a context manager: it ends with the block."""

    def __init__(self, words, env=None, cwd=None, stdin=None, folder=None):
        self._out = tempfile.TemporaryFile()
        self._err = tempfile.TemporaryFile()
        self._began = time.monotonic()
        self._peak_kib = 0
        self.process = subprocess.Popen(
            [str(word) for word in words], stdout=self._out, stderr=self._err, cwd=cwd,
            stdin=subprocess.DEVNULL if stdin is None else stdin,
            env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", **(env or {})})
        self.pid = self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        if self.process.returncode is None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._out.close()
        self._err.close()

    def output(self):
        return self._read(self._out), self._read(self._err)

    @staticmethod
    def _read(file):
        return os.pread(file.fileno(), 64 << 20, 0).decode(errors="replace")

    def wait_for(self, condition, what, limit=30):
        """Until condition() is true; that is what to wait for, never for time to pass."""
        end = time.monotonic() + limit
        while not (value := condition()):
            if self.process.poll() is not None or time.monotonic() > end:
                out, err = self.output()
                raise AssertionError(f"waited in vain for {what}; stdout: {out!r}, stderr: {err!r}")
            time.sleep(0.005)
        return value

    def _note_memory(self):
        try:
            with open(f"/proc/{self.pid}/status") as file:
                found = re.search(r"VmHWM:\s+(\d+) kB", file.read())
        except OSError:
            return
        if found:
            self._peak_kib = max(self._peak_kib, int(found[1]))

    def finish(self, time_limit=TIME_LIMIT, known=(), report_file=None):
        end = self._began + time_limit
        descriptor = os.pidfd_open(self.pid)
        try:
            while not select.select([descriptor], [], [], 0.01)[0]:
                self._note_memory()
                if time.monotonic() > end:
                    self.process.send_signal(signal.SIGABRT)
                    self.process.wait()
                    isolation.end_leftovers(known)
                    raise AssertionError(f"still running after {time_limit} s: {self.process.args}\n{self.output()}")
        finally:
            os.close(descriptor)
        code = self.process.wait()
        seconds = time.monotonic() - self._began
        out, err = self.output()
        return Finished(code, out, err, seconds, self._peak_kib, isolation.end_leftovers(known), report_file)


class Case(unittest.TestCase):
    """A test with a folder of its own, and with the assertions that many tests need."""

    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sockspec-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self._reports = 0
        self._kept = set()  # processes that the test itself keeps running

    # Running.

    def start(self, *words, env=None, cwd=None):
        running = Running([SOCKSPEC, *words], env=env, cwd=cwd)
        self.addCleanup(running.__exit__)
        return running

    def run_sockspec(self, *words, time_limit=TIME_LIMIT, env=None, cwd=None, report_file=None):
        with Running([SOCKSPEC, *words], env=env, cwd=cwd) as running:
            finished = running.finish(time_limit, self._kept, report_file)
        self.assertEqual(finished.leftovers, [], f"processes were left over\n{finished}")
        return finished

    def check(self, profile, *options, command=None, json=True, **more):
        """sockspec check PROFILE OPTIONS -- COMMAND; the report is read if there is one.

        Where this machine was too busy for a verdict it is asked for again, as a user would.
        """
        for _ in range(MOST_DOUBTS):
            finished = self._check_once(profile, options, command, json, more)
            if not json or not finished.in_doubt_about_time:
                break
        return finished

    def _check_once(self, profile, options, command, json, more):
        self._reports += 1
        report_file = self.folder / f"report{self._reports}.json"
        words = ["check", profile, *options]
        if json:
            words += ["--json", report_file]
        if command is not None:
            words += ["--", *command]
        return self.run_sockspec(*words, report_file=report_file, **more)

    def serve(self, *words):
        """A reference server that lives as long as the test; returns (host, port)."""
        return self.keep([SOCKSPEC, "serve", *words])

    def keep(self, command):
        """A server of the test's own, which prints READY host:port; returns (host, port)."""
        running = Running(command)
        self.addCleanup(running.__exit__)
        ready = running.wait_for(lambda: re.search(r"READY (\S+):(\d+)\n", running.output()[0]), "READY")
        self._kept.add(running.pid)
        return ready[1], int(ready[2])

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def need_port(self, port, kind=None):
        if not isolation.port_is_free(port, *([] if kind is None else [kind])):
            self.skipTest(f"port {port} is taken, and this test has no network of its own")

    # Asserting.

    def assert_holds(self, finished, warnings=()):
        """Exit code 0, and every scenario passed, except for `warnings`."""
        self.assertEqual(finished.code, 0, finished)
        # A few milliseconds that this machine explains say nothing, and make no run red.
        wrong = {result["scenario"]: result["outcome"] for result in finished.report["results"]
                 if result["outcome"] != "pass" and result.get("reason", {}).get("id") != "reason.busy"}
        self.assertEqual(wrong, {name: "warn" for name in warnings}, finished)
        self.assertEqual(finished.report["exit_code"], 0)

    def assert_fails(self, finished, failed, warned=()):
        """Exit code 1, and exactly these scenarios failed (or warned)."""
        self.assertEqual(finished.code, 1, finished)
        self.assertEqual(finished.with_outcome("fail"), sorted(failed), finished)
        self.assertEqual(finished.with_outcome("warn"), sorted(warned), finished)
        self.assertEqual(finished.with_outcome("inconclusive"), [], finished)
        self.assertEqual(finished.report["exit_code"], 1)

    def assert_refused(self, finished, code, message):
        """Nothing on standard output, and this one line on standard error."""
        self.assertEqual(finished.err, f"sockspec: {message}\n", finished)
        self.assertEqual(finished.out, "", finished)
        self.assertEqual(finished.code, code, finished)
