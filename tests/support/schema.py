"""Holding reports and scenarios against their schemas."""

import functools
import json

import jsonschema

from support.sockspec import ROOT


@functools.cache
def _validator(path):
    schema = json.loads((ROOT / path).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def problems_of_report(report):
    """Each as "where: what"; none if the report holds its contract, that of the command it names."""
    problems = []
    command = {"sockspec/load/1": "load", "sockspec/grade/1": "grade"}.get(str(report.get("schema")), "check")
    for path, document in ((f"reports/schema/{command}.schema.json", report),
                           ("scenarios/schema/profile.schema.json", report.get("profile"))):
        for error in _validator(path).iter_errors(document):
            place = "/".join(str(part) for part in error.absolute_path)
            problems.append(f"{place}: {error.message[:200]}")
    return problems


def problems_of_scenario(document):
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
            for error in _validator("scenarios/schema/scenario.schema.json").iter_errors(document)]


def problems_of_comparison(document):
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
            for error in _validator("reports/schema/load-compare.schema.json").iter_errors(document)]


def problems_of_check_comparison(document):
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
            for error in _validator("reports/schema/check-compare.schema.json").iter_errors(document)]
