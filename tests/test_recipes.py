"""The recipes of examples/distributed: what is written there is what is run here, with less load.

Slurm is a real one (support/slurm.py). Of Kubernetes there is none: a manifest is held against a schema, and what its
containers run is run.
"""

import copy
import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest

import jsonschema
import yaml

from support import hosts, slurm
from support.mpi import MPIRUN, missing as mpi_missing
from support.sockspec import ROOT, SOCKSPEC, TESTS, Case

RECIPES = ROOT / "examples/distributed"
SCHEMA = jsonschema.Draft202012Validator(json.loads((TESTS / "manifests.schema.json").read_text()))
LESS = {"RATE": "400", "CONNECTIONS": "8", "DURATION": "500ms"}
DUE = 200
BUSY = 4  # exit code: the figures are right, but this machine was late


def manifest(name):
    return yaml.safe_load((RECIPES / name).read_text())


def container(template):
    only, = template["spec"]["containers"]
    return only


class Written(unittest.TestCase):
    def test_there_is_one_for_each_way(self):
        self.assertEqual(sorted(path.name for path in RECIPES.iterdir()),
                         ["indexed-job.yaml", "load-array.sbatch", "load.sbatch", "mpijob.yaml", "parallel.sh"])

    def test_scripts_are_scripts(self):
        for path in sorted([*RECIPES.glob("*.sh"), *RECIPES.glob("*.sbatch")]):
            with self.subTest(path.name):
                self.assertEqual(path.read_text().splitlines()[0], "#!/bin/sh")
                read = subprocess.run(["sh", "-n", path], capture_output=True, text=True, check=False)
                self.assertEqual((read.returncode, read.stderr), (0, ""))

    def test_manifests_hold_their_schema(self):
        for path in sorted(RECIPES.glob("*.yaml")):
            with self.subTest(path.name):
                self.assertEqual([error.message for error in SCHEMA.iter_errors(manifest(path.name))], [])

    def test_the_schema_finds_a_misspelt_or_missing_field(self):
        for name, change in (("mpijob.yaml", lambda spec: spec["runPolicy"].update(backoffLimits=0)),
                             ("mpijob.yaml", lambda spec: spec["mpiReplicaSpecs"].pop("Launcher")),
                             ("mpijob.yaml", lambda spec: spec.update(slotsPerWorker="1")),
                             ("indexed-job.yaml", lambda spec: spec.update(completionMode="indexed")),
                             ("indexed-job.yaml", lambda spec: spec["template"]["spec"].pop("restartPolicy")),
                             ("indexed-job.yaml", lambda spec: container(spec["template"]).pop("image"))):
            wrong = copy.deepcopy(manifest(name))
            change(wrong["spec"])
            with self.subTest(wrong=wrong):
                self.assertFalse(SCHEMA.is_valid(wrong))

    def test_numbers_that_must_agree_do(self):
        job = manifest("indexed-job.yaml")["spec"]
        self.assertEqual(job["completions"], job["parallelism"], "shards that do not run together")
        self.assertIn(f"--shard auto/{job['completions']} ", container(job["template"])["args"][0])
        replicas = manifest("mpijob.yaml")["spec"]["mpiReplicaSpecs"]
        words = container(replicas["Launcher"]["template"])["command"]
        self.assertEqual(words[words.index("-n") + 1], str(replicas["Worker"]["replicas"]))


class Recipe(Case):
    def setUp(self):
        super().setUp()
        host, port = self.serve("tcp-echo", "--port", "0")
        self.server = f"{host}:{port}"
        self.path = f"{pathlib.Path(SOCKSPEC).parent}:{os.environ['PATH']}"

    def run_words(self, *words, **environment):
        return subprocess.run([str(word) for word in words], cwd=self.folder, text=True, capture_output=True, timeout=120,
                              check=False, env={**os.environ, **LESS, "PATH": self.path, "SERVER": self.server,
                                                "LC_ALL": "C.UTF-8", **environment})

    def assert_whole(self, report, parts):
        self.assertEqual(report["requests"]["due"], DUE)
        self.assertEqual([rank["rank"] for rank in report["ranks"]], list(range(parts)))
        self.assertEqual([rank["due"] for rank in report["ranks"]], [DUE // parts] * parts)
        wrong = {name: count for name, count in report["verdicts"].items() if count and name not in ("ok", "late", "lost")}
        self.assertEqual(wrong, {})

    def merged(self, files):
        whole = self.folder / "whole.json"
        finished = self.run_words(SOCKSPEC, "merge", *files, "--json", whole)
        self.assertIn(finished.returncode, (0, BUSY), finished)
        return json.loads(whole.read_text())


class Kubernetes(Recipe):
    def test_the_pods_of_the_indexed_job(self):
        spec = manifest("indexed-job.yaml")["spec"]
        pod = container(spec["template"])
        self.assertEqual({entry["name"] for entry in pod["env"]}, {"SERVER", *LESS}, "what a run here sets otherwise")
        files = []
        for index in range(spec["completions"]):
            finished = self.run_words(*pod["command"], *pod["args"], JOB_COMPLETION_INDEX=str(index), TMPDIR=str(self.folder))
            self.assertEqual(finished.returncode, 0, finished)
            files.append(self.write(f"{index}.json", finished.stdout))
        self.assert_whole(self.merged(files), spec["completions"])
        finished = self.run_words(*pod["command"], *pod["args"], JOB_COMPLETION_INDEX="4", TMPDIR=str(self.folder))
        self.assertEqual(finished.returncode, 2, finished)
        self.assertIn("sockspec: --shard \"auto/4\": JOB_COMPLETION_INDEX is 4", finished.stdout, "the reason is not in the log")

    @unittest.skipIf(mpi_missing(), mpi_missing())
    def test_the_launcher_of_the_mpi_job(self):
        launcher = container(manifest("mpijob.yaml")["spec"]["mpiReplicaSpecs"]["Launcher"]["template"])
        program, *options = launcher["command"]
        self.assertEqual(program, "mpirun")
        arguments = launcher["args"]
        for option, value in (("--target", self.server), ("--rate", LESS["RATE"]), ("--connections", LESS["CONNECTIONS"]),
                              ("--duration", LESS["DURATION"]), ("--json", self.folder / "load.json")):
            arguments[arguments.index(option) + 1] = value
        finished = self.run_words(*MPIRUN, *options, *arguments)
        self.assertIn(finished.returncode, (0, BUSY), finished)
        self.assert_whole(json.loads((self.folder / "load.json").read_text()), 4)


@unittest.skipUnless(shutil.which("parallel"), "there is no parallel here")
class Parallel(Recipe):
    def test_two_shards_on_this_machine(self):
        finished = self.run_words(RECIPES / "parallel.sh", self.server, LC_ALL="C.UTF-8", HOME=str(self.folder))
        self.assertIn(finished.returncode, (0, BUSY), finished)
        self.assertRegex(finished.stdout, r"rank 0 on \S+: 8 connections, \d+ right")
        self.assertRegex(finished.stdout, r"rank 1 on \S+: 8 connections, \d+ right")

    def test_a_server_that_is_not_there_is_told(self):
        finished = self.run_words(RECIPES / "parallel.sh", "127.0.0.1:1", HOME=str(self.folder))
        self.assertEqual(finished.returncode, 3, finished)


@unittest.skipIf(slurm.missing(), slurm.missing())
class OnSlurm(Recipe):
    def setUp(self):
        super().setUp()
        try:
            machines = hosts.Hosts(self.folder, (*slurm.NODES, "server")).__enter__()
        except (OSError, subprocess.CalledProcessError) as error:
            self.skipTest(f"no hosts can be made here: {error}")
        self.addCleanup(machines.__exit__)
        address = machines.addresses["server"]
        _, port = self.keep([*machines.inside("server"), SOCKSPEC, "serve", "tcp-echo", "--host", address, "--port", "0"])
        self.server = f"{address}:{port}"
        (self.folder / "slurm").mkdir()
        self.slurm = slurm.Slurm(self.folder / "slurm", machines).__enter__()
        self.addCleanup(self.slurm.__exit__)

    def submit(self, script):
        """(number of the job, what it printed)"""
        finished = self.slurm.run("sbatch", "--wait", RECIPES / script, cwd=self.folder, **LESS, SERVER=self.server,
                                  PATH=f"{self.path}:/usr/sbin:/sbin")
        printed = "\n".join(path.read_text() for path in self.folder.glob("slurm-*.out"))
        # 1: a threshold is missed, on this machine.
        self.assertIn(finished.returncode, (0, 1, BUSY), f"{finished}\n{printed}\n{self.slurm.log()}")
        return re.search(r"Submitted batch job (\d+)", finished.stdout)[1], printed

    def test_the_tasks_of_an_array_are_shards(self):
        job, printed = self.submit("load-array.sbatch")
        files = [self.folder / f"load-{job}.{task}.json" for task in range(1, 5)]
        for file in files:
            self.assertTrue(file.exists(), printed)
        self.assertEqual({json.loads(file.read_text())["seed"] for file in files}, {int(job)})
        whole = self.merged(files)
        self.assert_whole(whole, 4)
        self.assertLessEqual({rank["host"] for rank in whole["ranks"]}, set(slurm.NODES))

    @unittest.skipIf(mpi_missing(), mpi_missing())
    def test_srun_starts_the_ranks(self):
        job, printed = self.submit("load.sbatch")
        file = self.folder / f"load-{job}.json"
        self.assertTrue(file.exists(), printed)
        report = json.loads(file.read_text())
        self.assert_whole(report, 8)
        self.assertEqual([rank["host"] for rank in report["ranks"]], ["n1", "n1", "n2", "n2", "n3", "n3", "n4", "n4"])
        self.assertIsNotNone(report["start_skew_ns"], "the ranks began each for itself")


if __name__ == "__main__":
    unittest.main()
