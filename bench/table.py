#!/usr/bin/env python3
"""The JSON of figures as rows of Markdown, for docs/performance.md.

    bench/table.py FIGURES-FOLDER

One row for each condition that a figure has; two conditions on one metric, or all that say "the same
number", make one row. "?" behind it: the lowest and the highest round lie on both sides of the floor,
so this machine could not tell.
"""

import itertools
import json
import os
import pathlib
import re
import sys

COLUMNS = ("figure", "yardstick", "sockspec", "ratio", "floor", "")


def number(value):
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}" if value else "0"


def ratio_of(row):
    if row.get("ratio") is None:
        return ""
    spread = f" ({row['lowest']:.4g} to {row['highest']:.4g})" if row.get("lowest") is not None else ""
    return f"{row['ratio']:.4g}{spread}"


def floor_of(wants):
    of = {"b": "sockspec ", "difference": "difference ", "ratio": ""}[wants[0]["of"]]
    limits = {want["operator"]: f"{want['value']:,g}" for want in wants}
    if len(limits) == 2:
        return f"{of}{limits['>=']} to {limits['<=']}"
    return of + " ".join({">=": "≥ ", "<=": "≤ "}[operator] + limit for operator, limit in limits.items())


def unsure(wants, row):
    """Only ratios have a spread."""
    if wants[0]["of"] != "ratio" or row.get("lowest") is None:
        return False
    return any(row["lowest"] < want["value"] < row["highest"] for want in wants)


def verdict(wants, row):
    text = "reached" if all(want["reached"] for want in wants) else "**missed**"
    return text + (" ?" if unsure(wants, row) else "")


def row_of_the_same(title, wants):
    """All counts that must be the other side's, in one row."""
    different = [want["metric"] for want in wants if not want["reached"]]
    what = wants[0]["metric"] if len(wants) == 1 else f"{len(wants)} counts"
    return [f"{title}: {what}", "", "", "", "the same",
            f"**missed**: {', '.join(different)}" if different else "reached"]


def yardstick_of(figure, row):
    name = figure["names"][0]
    return "" if row.get("a") is None else number(row["a"]) if name == "yardstick" else f"{name}: {number(row['a'])}"


def rows_of(figure):
    title, metrics = figure["title"], figure["metrics"]
    same = [want for want in figure["wanted"] if want["of"] == "same"]
    others = [want for want in figure["wanted"] if want["of"] != "same"]
    for (metric, _), group in itertools.groupby(others, key=lambda want: (want["metric"], want["of"])):
        wants, row = list(group), metrics[metric]
        yield [f"{title}: {metric}", yardstick_of(figure, row), number(row.get("b")), ratio_of(row), floor_of(wants),
               verdict(wants, row)]
    if same:
        yield row_of_the_same(title, same)
    if not figure["wanted"]:
        for metric in ("requests_per_s", "sent_per_s"):
            if (row := metrics.get(metric)) and row.get("ratio"):
                yield [f"{title}: {metric}", yardstick_of(figure, row), number(row["b"]), ratio_of(row), "", ""]


def by_number(path):
    """G2 before G10, and G9-tcp-1000 before G9-tcp-10000."""
    return [(int(piece), "") if piece.isdigit() else (0, piece) for piece in re.findall(r"\d+|\D+", path.stem)]


def about(figures):
    machine = figures[-1]["machine"]
    rounds = sorted({len(figure["rounds"]) for figure in figures})
    loads = [figure["machine"]["load_average"] for figure in figures]
    steal = max(figure["machine"]["steal"] for figure in figures)
    return (f"{figures[-1]['date']}, {machine['cores']} processors ({machine['processor']}), Linux {machine['kernel']}; "
            f"{rounds[0]}{f' to {rounds[-1]}' if len(rounds) > 1 else ''} rounds, load average {min(loads):g} to "
            f"{max(loads):g}, at most {steal:.1%} of the time stolen. A ? says that the lowest and the highest round lie on "
            "both sides of the floor.")


def main():
    if len(sys.argv) != 2 or not os.path.isdir(sys.argv[1]):
        raise SystemExit(__doc__)
    figures = [json.loads(path.read_text()) for path in sorted(pathlib.Path(sys.argv[1]).glob("*.json"), key=by_number)]
    if not figures:
        raise SystemExit(f"table.py: there is no figure in {sys.argv[1]}")
    print(about(figures), end="\n\n")
    for cells in (COLUMNS, ["---"] * len(COLUMNS), *(row for figure in figures for row in rows_of(figure))):
        print("|" + "|".join(f" {cell.replace('|', '/')} " if cell else " " for cell in cells) + "|")


if __name__ == "__main__":
    main()
