"""Writes the generated parts of these pages: ``python docs/generate.py``; a test sees that they are up to date.

What stands between ``<!-- generated: NAME -->`` and ``<!-- end of NAME -->`` is made here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from csv import DictReader
from pathlib import Path

from click.testing import CliRunner

from attribution.cli import main
from attribution.config import PROFILES, defaults_text, profile_settings
from attribution.frame import COLUMNS, COVERAGE_COLUMNS, Column
from attribution.rules import RULES, RULES_OF_THE_CHECK

DOCS = Path(__file__).parent
PRECISION = DOCS.parent / "fixtures" / "rules" / "precision.tsv"
_PART = re.compile(r"(<!-- generated: (?P<name>[\w-]+) -->\n).*?(<!-- end of (?P=name) -->)", re.DOTALL)


def rules() -> str:
    """What ``attribution rules --format markdown`` prints."""
    return CliRunner().invoke(main, ["rules", "--format", "markdown"]).output.rstrip("\n")


def rules_of_the_check() -> str:
    """What the check reports about itself."""
    rows = [f"| {r.code} | {r.name} | {r.severity} | {r.meaning} |" for r in RULES_OF_THE_CHECK.values()]
    return "\n".join(["| code | name | severity | finds |", "|---|---|---|---|", *rows])


def defaults() -> str:
    """The packaged configuration file."""
    return f"```toml\n{defaults_text().strip()}\n```"


def profiles() -> str:
    """What each profile changes that is in force without ``second-hand``, and how many of its settings are not."""
    rows = ["| profile | changes | off unless `second-hand = true` |", "|---|---|---|"]
    for name in PROFILES:
        settings = profile_settings(name)
        codes = sorted({setting.switch.code for setting in settings if setting.verified})
        off = sorted({setting.switch.code for setting in settings if not setting.verified})
        rows.append(f"| {name} | {', '.join(codes)} | {', '.join(off)} |")
    return "\n".join(rows)


def columns() -> str:
    """The columns of every frame."""
    return "\n\n".join(f"### {name}\n\n{_table(held)}" for name, held in COLUMNS.items())


def coverage_columns() -> str:
    """The columns of ``coverage_frame``."""
    return _table(COVERAGE_COLUMNS)


def precision() -> str:
    """What ``fixtures/rules/precision.tsv`` says, one row a rule: right of those that fired, by set."""
    lines = PRECISION.read_text(encoding="utf-8").splitlines()
    found = {(r["code"], r["set"]): r for r in DictReader((x for x in lines if x[0] != "#"), delimiter="\t")}
    sets = ("polnear-dev", "own-stories", "polnear-train-492", "polnear-train-300")
    rows = ["| rule | default | " + " | ".join(sets) + " |", "|---|---|" + "---|" * len(sets)]
    for rule in RULES:
        read = [found.get((rule.code, name)) for name in sets]
        cells = ["" if r is None else f"{r['right']} of {r['fired']}" if r["fired"] != "0" else "0" for r in read]
        rows.append(f"| {rule.code} {rule.name} | {'yes' if rule.default else ''} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _table(held: Mapping[str, Column]) -> str:
    rows = [f"| {title} | {column.dtype} | {column.meaning} |" for title, column in held.items()]
    return "\n".join(["| column | dtype | |", "|---|---|---|", *rows])


PARTS: Mapping[str, Callable[[], str]] = {
    "rules": rules,
    "rules-of-the-check": rules_of_the_check,
    "defaults": defaults,
    "profiles": profiles,
    "columns": columns,
    "coverage-columns": coverage_columns,
    "precision": precision,
}


def generated(page: str) -> str:
    """A page with its generated parts made anew."""
    return _PART.sub(lambda part: f"{part[1]}\n{PARTS[part['name']]()}\n\n{part[3]}", page)


if __name__ == "__main__":
    for path in sorted(DOCS.glob("*.md")):
        path.write_text(generated(path.read_text(encoding="utf-8")), encoding="utf-8")
