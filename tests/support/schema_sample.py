"""What holds for the schema of any report: it takes the sample that the unit tests compare with what is
written, and refuses the sample with any one thing wrong."""

import copy
import json

from support.schema import problems_of_report
from support.sockspec import ROOT


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


class SchemaOfSample:
    """Beside unittest.TestCase: SAMPLE names the file, is_optional(path) the fields that may be missing."""

    def sample(self):
        return json.loads((ROOT / "reports/golden" / self.SAMPLE).read_text())

    def changed(self, path, change):
        report = copy.deepcopy(self.sample())
        place = report
        for key in path[:-1]:
            place = place[key]
        change(place, path[-1])
        return problems_of_report(report)

    def test_the_sample_holds(self):
        self.assertEqual(problems_of_report(self.sample()), [])

    def test_no_field_may_be_missing(self):
        for path in fields_of(self.sample()):
            if not self.is_optional(path):
                with self.subTest(path):
                    self.assertNotEqual(self.changed(path, lambda place, key: place.pop(key)), [])

    def test_no_field_may_be_of_another_kind(self):
        for path in fields_of(self.sample()):
            with self.subTest(path):
                self.assertNotEqual(self.changed(path, lambda place, key: place.update({key: [[]]})), [])

    def test_no_field_may_be_added(self):
        for path in fields_of(self.sample()):
            if not any(key in ("params", "profile") for key in path):
                with self.subTest(path):
                    self.assertNotEqual(self.changed(path, lambda place, key: place.update({"something": 1})), [])
