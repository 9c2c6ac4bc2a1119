"""The schema of reports about a class: it takes the sample that the unit tests compare with what is
written, and refuses the sample with any one thing wrong. The schema of class files agrees with the parser."""

import json
import unittest

import jsonschema

from support.schema_sample import SchemaOfSample
from support.sockspec import ROOT

OPTIONAL = {("interrupted_by",)}


class GradeSchema(SchemaOfSample, unittest.TestCase):
    SAMPLE = "grade-report.json"

    def is_optional(self, path):
        return path in OPTIONAL or path[-1] in ("params", "reason")


# A class file with one more field, or with another value; whether it is right.
LEAST = {"class": "Lab", "profile": "tcp-echo", "submissions": "s/*", "run": ["./server", "{port}"]}
CHANGES = [
    ({}, True),
    ({"//": "a comment", "// port": ["any", 1], "port": 7007}, True),
    ({"port": None, "late": None, "jobs": "auto"}, True),
    ({"limits": {"//": 1, "memory": "1GiB", "build": "1.5m", "processes": 1}}, True),
    ({"points": {"must": 12.25, "weights": {"//": 1, "stream/*": 0.5, "/x": 1}}}, True),
    ({"late": {"per_day": 10, "days": {"kim": 2, "//": 1}}}, True),
    ({"variants": [{"when": "*.py", "run": ["python3", "{file}", "{port}"], "//": 1}]}, True),
    ({"prot": 1}, False),
    ({"class": " "}, False),
    ({"run": []}, False),
    ({"run": [""]}, False),
    ({"run": "./server {port}"}, False),
    ({"build": ["make"]}, False),
    ({"port": 65536}, False),
    ({"port": 1023}, False),
    ({"port": "12000"}, False),
    ({"jobs": "many"}, False),
    ({"jobs": 0}, False),
    ({"limits": {"memory": 512}}, False),
    ({"limits": {"memory": "512MB"}}, False),
    ({"limits": {"build": "60"}}, False),
    ({"limits": {"files": 15}}, False),
    ({"points": {"must": -1}}, False),
    ({"points": {"weights": {"a": 1001}}}, False),
    ({"late": {"per_day": 10}}, False),
    ({"late": {"per_day": 101, "days": {}}}, False),
    ({"late": {"per_day": 1, "days": {"kim": -1}}}, False),
    ({"variants": [{"when": "/etc/passwd", "run": ["a", "{port}"]}]}, False),
    ({"variants": [{"run": ["a", "{port}"]}]}, False),
]


class ClassSchema(unittest.TestCase):
    def test_it_takes_what_is_right_and_refuses_what_is_wrong(self):
        schema = json.loads((ROOT / "scenarios/schema/class.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for change, right in CHANGES:
            with self.subTest(change):
                self.assertEqual(validator.is_valid({**LEAST, **change}), right)

    def test_the_example_class_keeps_to_it(self):
        schema = json.loads((ROOT / "scenarios/schema/class.schema.json").read_text())
        jsonschema.validate(json.loads((ROOT / "examples/class/class.json").read_text()), schema)


class ExampleClass(unittest.TestCase):
    """What the example class says about itself. What its submissions get is the matter of `sockspec grade`."""

    def test_each_submission_is_expected_and_each_expected_one_is_there(self):
        expected = json.loads((ROOT / "examples/class/expected.json").read_text())["submissions"]
        there = {folder.name for folder in (ROOT / "examples/class/submissions").iterdir() if folder.is_dir()}
        self.assertEqual(set(expected), there)
        self.assertGreaterEqual(len(there), 24)
        self.assertEqual({each["language"] for each in expected.values()},
                         {"Python", "C", "C++", "Java", "JavaScript", "Perl"})

    def test_every_fault_that_is_expected_exists(self):
        for name, each in json.loads((ROOT / "examples/class/expected.json").read_text())["submissions"].items():
            if each["fault"]:
                with self.subTest(name):
                    self.assertTrue((ROOT / f"scenarios/faults/{each['fault']}.json").exists())

    def test_the_table_for_people_says_the_same(self):
        table = (ROOT / "examples/class/README.md").read_text()
        for name, each in json.loads((ROOT / "examples/class/expected.json").read_text())["submissions"].items():
            with self.subTest(name):
                self.assertIn(f"| {name} | {each['language']} | {each['what']} | {each['state']} | "
                              f"{' or '.join(each['outcomes'])} | {each['fault'] or ''} |", table)


if __name__ == "__main__":
    unittest.main()
