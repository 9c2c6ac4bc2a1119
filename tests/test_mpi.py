"""sockspec load as several ranks of mpirun: one start, one schedule, one result, and an end when one rank dies."""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "bench"))
import hdr

from support import hosts, schema
from support.mpi import MPIRUN, missing as mpi_missing
from support.sockspec import SOCKSPEC, Case, Running

COUNTERS = ("requests", "verdicts", "bytes")


class Linked(Case):
    def test_the_executable_needs_no_libmpi(self):
        with Running(["ldd", SOCKSPEC]) as running:
            finished = running.finish()
        self.assertEqual(finished.code, 0, finished)
        self.assertIn("libuv", finished.out)
        self.assertNotIn("libmpi", finished.out)
        self.assertNotIn("libopen", finished.out)


class WithoutTheModule(Case):
    def test_it_says_so_in_one_line(self):
        shutil.copy(SOCKSPEC, self.folder / "sockspec")
        with Running([self.folder / "sockspec", "load", "tcp-echo", "--target", "127.0.0.1:7"],
                     env={"OMPI_COMM_WORLD_RANK": "0", "OMPI_COMM_WORLD_SIZE": "4"}) as running:
            finished = running.finish()
        self.assertEqual(finished.code, 2, finished)
        self.assertEqual(finished.out, "")
        self.assertRegex(finished.err, r"\Asockspec: mpirun has started 4 ranks, and the MPI module of sockspec cannot be "
                                       r"opened \(.*\); install it, or give each process its part: --shard 1/4, and so on, "
                                       r"and then sockspec merge\n\Z")

    def test_a_shard_needs_none(self):
        shutil.copy(SOCKSPEC, self.folder / "sockspec")
        with Running([self.folder / "sockspec", "load", "tcp-echo", "--shard", "1/4", "--seed", "7", "--duration", "100ms"],
                     env={"OMPI_COMM_WORLD_RANK": "0", "OMPI_COMM_WORLD_SIZE": "4"}) as running:
            finished = running.finish()
        self.assertIn(finished.code, (0, 4), finished)  # 4: this machine was too busy


@unittest.skipIf(mpi_missing(), mpi_missing())
class Ranks(Case):
    def command(self, ranks, *words):
        return [*MPIRUN, "-n", str(ranks), SOCKSPEC, "load", *words, "--lang", "en"]

    def mpirun(self, ranks, *words, time_limit=60):
        report_file = self.folder / "whole.json"
        with Running([*self.command(ranks, *words), "--json", report_file], cwd=self.folder) as running:
            return running.finish(time_limit, self._kept, report_file)

    def run_all(self, *command):
        with Running([*MPIRUN, *command], cwd=self.folder) as running:
            return running.finish(60, self._kept, self.folder / "whole.json")

    def target(self, profile="tcp-echo"):
        host, port = self.serve(profile, "--port", "0")
        return f"{host}:{port}"

    def rank_reports(self, ranks):
        return [json.loads((self.folder / f"whole.rank{rank}.json").read_text()) for rank in range(ranks)]

    def merged(self, files):
        merged_file = self.folder / "merged.json"
        return self.run_sockspec("merge", *files, "--json", merged_file, report_file=merged_file).report

    def assert_sum(self, whole, parts):
        for what in COUNTERS:
            for name, count in whole[what].items():
                self.assertEqual(count, sum(part[what][name] for part in parts), f"{what}.{name}")
        for name in ("response", "service", "lag"):
            buckets = [hdr.counts_of(part["latency"][name]["hdr"]) for part in parts]
            longest = max(map(len, buckets))
            added = [sum(counts[i] if i < len(counts) else 0 for counts in buckets) for i in range(longest)]
            there = hdr.counts_of(whole["latency"][name]["hdr"])
            length = max(longest, len(there))
            self.assertEqual(there + [0] * (length - len(there)), added + [0] * (length - longest), name)

    def assert_one_run(self, finished, ranks):
        self.assertIn(finished.code, (0, 4), finished)
        report = finished.report
        self.assertEqual(schema.problems_of_report(report), [])
        self.assertEqual([rank["rank"] for rank in report["ranks"]], list(range(ranks)))
        self.assertIsNotNone(report["start_skew_ns"])
        self.assertGreater(report["overlap_ns"], 0)
        self.assertEqual(report["verdicts"]["ok"], sum(rank["ok"] for rank in report["ranks"]))
        self.assertEqual({name: count for name, count in report["verdicts"].items()
                          if count and name not in ("ok", "late", "lost")}, {}, finished)
        return report

    def test_an_open_loop_is_that_of_one_process(self):
        target = self.target()
        plan = ["tcp-echo", "--target", target, "--rate", "1k", "--seed", "7", "--duration", "1s", "--connections", "6",
                "--threshold", "corrupt == 0", "--threshold", "rate >= 900"]
        alone_file = self.folder / "alone.json"
        alone = self.run_sockspec("load", *plan, "--json", alone_file, report_file=alone_file).report
        for ranks in (2, 4):
            with self.subTest(ranks=ranks):
                finished = self.mpirun(ranks, *plan)
                report = self.assert_one_run(finished, ranks)
                self.assertEqual(report["requests"]["due"], 1000)
                self.assertEqual(report["requests"]["due"], alone["requests"]["due"])
                if alone["verdicts"]["ok"] == 1000 == report["verdicts"]["ok"]:  # a busy machine may be late
                    for what in ("sent", "answered"):
                        self.assertEqual(report["requests"][what], alone["requests"][what])
                    self.assertEqual([result["holds"] for result in report["thresholds"]], [True, True], "judged on the whole")
                self.assertEqual(report["plan"]["connections"], 6)
                self.assertEqual(finished.out.count("sockspec 0."), 1, "one report, and not one of each rank")
                parts = self.rank_reports(ranks)
                self.assert_sum(report, parts)
                merged = self.merged([self.folder / f"whole.rank{rank}.json" for rank in range(ranks)])
                for what in (*COUNTERS, "latency", "intervals", "connections", "ranks", "generator"):
                    self.assertEqual(report[what], merged[what], what)

    def test_shards_count_as_the_ranks_do(self):
        target = self.target("udp-echo")
        plan = ["udp-echo", "--target", target, "--rate", "500", "--seed", "7", "--duration", "500ms"]
        report = self.assert_one_run(self.mpirun(2, *plan, "--connections", "8"), 2)
        files = []
        for place in (1, 2):
            files.append(self.folder / f"shard{place}.json")
            self.run_sockspec("load", *plan, "--connections", "4", "--shard", f"{place}/2", "--json", files[-1])
        merged = self.merged(files)
        self.assertEqual(report["requests"]["due"], merged["requests"]["due"])
        self.assertEqual([rank["due"] for rank in report["ranks"]], [rank["due"] for rank in merged["ranks"]])
        self.assertIsNone(merged["start_skew_ns"])

    def test_a_closed_loop_adds_up_and_a_seed_is_agreed_on(self):
        report = self.assert_one_run(self.mpirun(2, "tcp-echo", "--target", self.target(), "--duration", "300ms",
                                                 "--connections", "5"), 2)
        self.assertEqual([rank["connections"] for rank in report["ranks"]], [3, 2])
        parts = self.rank_reports(2)
        self.assertEqual({part["seed"] for part in parts}, {report["seed"]})
        self.assert_sum(report, parts)

    def test_a_warm_up_is_no_silence(self):
        self.assert_one_run(self.mpirun(3, "tcp-echo", "--target", self.target(), "--rate", "300", "--warmup", "2500ms",
                                        "--duration", "1500ms", "--connections", "6"), 3)

    def test_another_configuration_names_the_rank(self):
        target = self.target()
        words = ["load", "tcp-echo", "--target", target, "--duration", "5s", "--lang", "en"]
        finished = self.run_all("-n", "2", SOCKSPEC, *words, "--size", "64", ":", "-n", "1", SOCKSPEC, *words, "--size", "65")
        self.assertEqual(finished.code, 4, finished)
        self.assertRegex(finished.err, r"(?m)^sockspec: rank 2 \(\S+\) has another configuration than rank 0: size 65 instead of "
                                       r"64; start all ranks with the same options, plan file and version$")
        finished = self.run_all("-n", "1", SOCKSPEC, *words, ":", "-n", "2", SOCKSPEC, *words, "--set", "max_message=100",
                                "--find-rate", "late == 0")
        self.assertRegex(finished.err, r"(?m)^sockspec: rank 0 \(\S+\) has another configuration than rank 1: find-rate none instead "
                                       r'of "late == 0"; start all')

    def test_a_mistake_is_told_once(self):
        finished = self.mpirun(4, "tcp-echo", "--target", "127.0.0.1:1", "--duration", "soon")
        self.assertEqual(finished.code, 2, finished)
        self.assertEqual(len(re.findall(r"(?m)^sockspec: ", finished.err)), 1, finished)

    def test_fewer_connections_than_ranks(self):
        finished = self.mpirun(2, "tcp-echo", "--target", "127.0.0.1:1", "--connections", "1")
        self.assertEqual(finished.code, 2, finished)
        self.assertIn("sockspec: --connections 1: there are 2 ranks, and each needs at least one", finished.err)

    def test_several_ranks_want_a_target(self):
        finished = self.mpirun(2, "tcp-echo")
        self.assertEqual(finished.code, 2, finished)
        self.assertIn("sockspec: --target HOST:PORT is missing", finished.err)

    def test_nobody_there(self):
        finished = self.mpirun(2, "tcp-echo", "--target", "127.0.0.1:1", "--duration", "200ms")
        self.assertEqual(finished.code, 3, finished)

    def test_a_search_is_one_of_all_ranks(self):
        finished = self.mpirun(2, "tcp-uppercase", "--target", self.target("tcp-echo"), "--find-rate", "errors == 0",
                               "--rate", "8", "--duration", "250ms", "--connections", "3")
        self.assertEqual(finished.code, 1, finished)
        report = finished.report
        self.assertEqual(schema.problems_of_report(report), [])
        self.assertEqual(report["capacity"]["found"], "below-least")
        self.assertEqual(report["capacity"]["trials"][0]["rate"], 8)
        self.assertEqual([rank["connections"] for rank in report["ranks"]], [2, 1])
        self.assertEqual(report["verdicts"]["ok"], 0, "an echo is no uppercase")
        self.assertEqual(list(self.folder.glob("whole.rank*")), [], "parts of a run that is not the one reported")

    def test_a_search_without_a_server_ends_on_all_ranks(self):
        finished = self.mpirun(2, "tcp-echo", "--target", "127.0.0.1:1", "--find-rate", "errors == 0", "--duration", "100ms")
        self.assertEqual(finished.code, 3, finished)

    def test_a_comparison_is_for_one_process(self):
        finished = self.mpirun(2, "tcp-echo", "--ab", "./other {port}")
        self.assertEqual(finished.code, 2, finished)
        self.assertIn("sockspec: --ab is for one process, and not for several ranks", finished.err)

    def ranks_of(self, running):
        """The process that does the work of each rank: {rank: process}."""
        found = {}
        for folder in pathlib.Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
                environment = (folder / "environ").read_bytes().split(b"\0")
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            rank = [entry[21:] for entry in environment if entry.startswith(b"OMPI_COMM_WORLD_RANK=")]
            if rank and words[0] == SOCKSPEC.encode():
                found[int(folder.name)] = (int(rank[0]), parent)
        return {rank: process for process, (rank, parent) in found.items() if parent in found}

    def running(self, ranks):
        """A run whose ranks have all taken up their work."""
        report_file = self.folder / "whole.json"
        for left in (*self.folder.glob("whole*"), *self.folder.glob("events")):
            left.unlink()
        running = Running([*self.command(ranks, "tcp-echo", "--target", self.target(), "--duration", "60s",
                                         "--connections", "8", "--rate", "200", "--json", report_file,
                                         "--events", self.folder / "events")], cwd=self.folder)
        self.addCleanup(running.__exit__)
        events = self.folder / "events"
        running.wait_for(lambda: events.exists() and events.read_text().count("\n") >= 2, "two seconds of the run")
        return running

    def assert_ended(self, running, ranks_left):
        finished = running.finish(60, self._kept)
        self.assertEqual(finished.code, 4, finished)
        self.assertFalse((self.folder / "whole.json").exists(), "a whole report of a run that is not whole")
        for rank in ranks_left:
            file = self.folder / f"whole.rank{rank}.json"
            self.assertIn(str(file), finished.err, "the partial report is not named")
            report = json.loads(file.read_text())
            self.assertEqual(schema.problems_of_report(report), [])
            self.assertGreater(report["verdicts"]["ok"], 0)
        return finished

    def test_an_interrupted_run_keeps_what_it_had(self):
        running = self.running(2)
        running.process.send_signal(signal.SIGINT)
        finished = running.finish(60, self._kept)
        self.assertNotEqual(finished.code, 0, finished)
        for rank in self.rank_reports(2):
            self.assertEqual(schema.problems_of_report(rank), [])
            self.assertGreater(rank["verdicts"]["ok"], 0)
            self.assertIn(rank["interrupted_by"], (signal.SIGINT, signal.SIGTERM))

    def test_a_killed_rank_ends_the_run_and_is_named(self):
        for killed, left in ((1, (0, 2)), (0, (1, 2))):
            with self.subTest(killed=killed):
                running = self.running(3)
                os.kill(self.ranks_of(running)[killed], signal.SIGKILL)
                finished = self.assert_ended(running, left)
                self.assertRegex(finished.err, rf"(?m)^sockspec: rank {killed} of 3 \(\S+\) was ended by signal 9, so the run is "
                                               "not valid; ")

    def test_a_rank_that_stands_still_ends_the_run_and_is_named(self):
        running = self.running(2)
        os.kill(self.ranks_of(running)[1], signal.SIGSTOP)
        finished = self.assert_ended(running, (0,))
        self.assertRegex(finished.err, r"(?m)^sockspec: rank 1 has said nothing for three seconds, so the run is not valid$")

    def test_three_machines_and_a_server(self):
        if why := hosts.missing():
            self.skipTest(why)
        names = ("load1", "load2", "load3", "server")
        try:
            machines = hosts.Hosts(self.folder, names).__enter__()
        except (OSError, subprocess.CalledProcessError) as error:
            self.skipTest(f"no hosts can be made here: {error}")
        self.addCleanup(machines.__exit__)
        server = machines.addresses["server"]
        _, port = self.keep([*machines.inside("server"), SOCKSPEC, "serve", "tcp-echo", "--host", server, "--port", "0"])
        (self.folder / "hosts").write_text("".join(f"{name} slots=1\n" for name in names[:3]))
        report_file = self.folder / "whole.json"
        with Running([*MPIRUN, "-n", "3", "--hostfile", self.folder / "hosts", "--mca", "plm_rsh_agent", machines.launcher(),
                      "--mca", "plm_rsh_no_tree_spawn", "1", "--mca", "btl", "tcp,self", "--mca", "btl_tcp_if_include", hosts.NETWORK,
                      "--mca", "oob_tcp_if_include", hosts.NETWORK, SOCKSPEC, "load", "tcp-echo", "--target", f"{server}:{port}",
                      "--rate", "600", "--seed", "7", "--duration", "1s", "--connections", "9", "--lang", "en",
                      "--json", report_file], cwd=self.folder) as running:
            finished = running.finish(60, self._kept, report_file)
        report = self.assert_one_run(finished, 3)
        self.assertEqual([rank["host"] for rank in report["ranks"]], ["load1", "load2", "load3"])
        self.assertEqual(report["requests"]["due"], 600)
        self.assert_sum(report, self.rank_reports(3))
