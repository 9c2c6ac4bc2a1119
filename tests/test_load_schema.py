"""The schema of load reports: it takes the sample that the unit tests compare with what is written,
and refuses the sample with any one thing wrong."""

import copy
import json
import unittest

from support.schema import problems_of_report
from support.sockspec import ROOT

OPTIONAL = {("invalid",), ("interrupted_by",), ("server_gone",), ("target", "command"), ("target", "pid"), ("under_load",),
            ("capacity",)}


def sample():
    return json.loads((ROOT / "reports/golden/load-report.json").read_text())


def fields_of(value, path=()):
    """The path of every field, at any depth; not inside the profile, which has its own schema."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            if key not in ("profile", "params"):
                yield from fields_of(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from fields_of(inner, (*path, index))


def is_optional(path):
    return path in OPTIONAL or path[-1] in ("params", "burst", "period_ns") or path[-2:-1] == ("params",)


class LoadSchema(unittest.TestCase):
    def changed(self, path, change):
        report = copy.deepcopy(sample())
        place = report
        for key in path[:-1]:
            place = place[key]
        change(place, path[-1])
        return problems_of_report(report)

    def test_the_sample_holds(self):
        self.assertEqual(problems_of_report(sample()), [])

    def test_nothing_that_was_not_measured_needs_a_number(self):
        report = sample()
        for key in ("offered_rate", "achieved_rate", "udp", "server"):
            report[key] = None
        report["plan"]["stages"] = []
        report["generator"]["adherence"] = None
        report["latency"]["response"] = copy.deepcopy(report["latency"]["lag"])
        self.assertEqual(problems_of_report(report), [])

    def test_no_field_may_be_missing(self):
        for path in fields_of(sample()):
            if not is_optional(path):
                with self.subTest(path):
                    self.assertNotEqual(self.changed(path, lambda place, key: place.pop(key)), [])

    def test_no_field_may_be_of_another_kind(self):
        for path in fields_of(sample()):
            with self.subTest(path):
                self.assertNotEqual(self.changed(path, lambda place, key: place.update({key: [[]]})), [])

    def test_no_field_may_be_added(self):
        free = ("params", "profile")
        for path in fields_of(sample()):
            if any(key in free for key in path):
                continue
            with self.subTest(path):
                def add(place, key):
                    place["something"] = 1
                self.assertNotEqual(self.changed(path, add), [])

    def test_a_number_is_not_negative_and_not_a_text(self):
        for path in fields_of(sample()):
            value = sample()
            for key in path:
                value = value[key]
            if isinstance(value, (int, float)) and not isinstance(value, bool) and path[0] != "profile":
                for wrong in (-1, "1"):
                    with self.subTest(path):
                        self.assertNotEqual(
                            self.changed(path, lambda place, key: place.update({key: wrong})), [])


if __name__ == "__main__":
    unittest.main()
