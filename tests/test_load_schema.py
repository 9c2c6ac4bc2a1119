"""The schema of load reports: it takes the sample that the unit tests compare with what is written,
and refuses the sample with any one thing wrong."""

import copy
import unittest

from support.schema import problems_of_report
from support.schema_sample import SchemaOfSample, fields_of

OPTIONAL = {("invalid",), ("interrupted_by",), ("server_gone",), ("target", "command"), ("target", "pid"), ("under_load",),
            ("capacity",)}


class LoadSchema(SchemaOfSample, unittest.TestCase):
    SAMPLE = "load-report.json"

    def is_optional(self, path):
        return path in OPTIONAL or path[-1] in ("params", "burst", "period_ns") or path[-2:-1] == ("params",)

    def test_nothing_that_was_not_measured_needs_a_number(self):
        report = self.sample()
        for key in ("offered_rate", "achieved_rate", "udp", "server"):
            report[key] = None
        report["plan"]["stages"] = []
        report["generator"]["adherence"] = None
        report["latency"]["response"] = copy.deepcopy(report["latency"]["lag"])
        self.assertEqual(problems_of_report(report), [])

    def test_a_number_is_not_negative_and_not_a_text(self):
        for path in fields_of(self.sample()):
            value = self.sample()
            for key in path:
                value = value[key]
            if isinstance(value, (int, float)) and not isinstance(value, bool) and path[0] != "profile":
                for wrong in (-1, "1"):
                    with self.subTest(path):
                        self.assertNotEqual(
                            self.changed(path, lambda place, key: place.update({key: wrong})), [])


if __name__ == "__main__":
    unittest.main()
