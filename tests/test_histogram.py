"""The histograms in a load report say the same to somebody else's reader: hdr-histogram-js, from npm."""

import json
import os
import pathlib
import shutil
import subprocess
import unittest

from support.sockspec import ROOT, Case

READER = ROOT / "tests/support/read_histogram.mjs"


def _modules():
    third_party = os.environ.get("SOCKSPEC_THIRD_PARTY", ROOT / "build/third-party/root")
    return pathlib.Path(third_party).parent / "npm/node_modules"


class Histogram(Case):
    def read_with_node(self, text):
        if shutil.which("node") is None:
            self.skipTest("there is no node")
        if not (_modules() / "hdr-histogram-js").is_dir():
            self.skipTest(f"hdr-histogram-js is not in {_modules()}; ci/test.sh installs it where there is npm")
        finished = subprocess.run(["node", READER], input=text, capture_output=True, text=True, timeout=60,
                                  env={**os.environ, "NODE_PATH": str(_modules())})
        self.assertEqual(finished.returncode, 0, finished.stderr)
        return json.loads(finished.stdout)

    def test_percentiles_are_the_same(self):
        report_file = self.folder / "load.json"
        self.run_sockspec("load", "tcp-echo", "--duration", "500ms", "--json", report_file, report_file=report_file)
        for series, figures in json.loads(report_file.read_text())["latency"].items():
            with self.subTest(series):
                read = self.read_with_node(figures["hdr"])
                self.assertEqual(read["count"], figures["count"])
                for name in ("p50", "p90", "p99", "p999"):
                    # Ours never says more than the largest value; the end of a bucket may be above it.
                    self.assertEqual(min(read[name], figures["max"]), figures[name], name)


if __name__ == "__main__":
    unittest.main()
