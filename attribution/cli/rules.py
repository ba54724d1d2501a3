"""``attribution rules``: every rule with its severity and who switches it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping

import click

from attribution.cli import EXIT_DONE, shared_options
from attribution.config import PROFILES, genre_switches, profile_settings
from attribution.config.profiles import Switch
from attribution.render.table import Column, draw
from attribution.rules import RULES, Genre, Rule

Row = Mapping[str, str]
WIDTH = 120
"""Columns of the text table."""


@click.command("rules", short_help="All rules: severity, default set, profiles and genres.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "csv", "json"]),
    default="text",
    show_default=True,
)
@shared_options
def command(
    format_: str,
    quiet: bool,  # noqa: ARG001 (every command takes them; this one has nothing to add or leave out)
    verbose: bool,  # noqa: ARG001
) -> int:
    """All rules of the editorial check, with their severity and what profiles and genres change.

    "default" marks the set that runs unless asked otherwise.  `attribution explain CODE` tells more of a rule.
    """
    click.echo(_WRITERS[format_]([_row(rule) for rule in RULES]), nl=False)
    return EXIT_DONE


def _row(rule: type[Rule]) -> Row:
    return {
        "code": rule.code,
        "name": rule.name,
        "group": rule.group().value,
        "severity": rule.severity.value,
        "default": "default" if rule.default else "",
        "profiles": _switches(rule.code, {p: [s.switch for s in profile_settings(p)] for p in PROFILES}),
        "genres": _switches(rule.code, {g.value: list(genre_switches(g)) for g in Genre}),
        "finds": (rule.__doc__ or "").splitlines()[0].rstrip("."),
    }


def _switches(code: str, by_name: Mapping[str, list[Switch]]) -> str:
    """What changes a rule: "npr error, wsj off"."""
    found = []
    for name, switches in by_name.items():
        for switch in switches:
            if switch.code == code:
                words = {True: "on", False: "off", None: ""}[switch.enabled], switch.severity or ""
                found.append(" ".join(word for word in (name, *words) if word))
    return ", ".join(found)


def _text(rows: list[Row]) -> str:
    columns = ("code", "name", "severity", "default", "profiles", "genres")
    drawn = draw(
        [Column(c.capitalize(), weight=2 * (c in {"profiles", "genres"}), lines=4) for c in columns],
        [[row[c] for c in columns] for row in rows],
        WIDTH,
    )
    return "\n".join([*drawn.head, *(line for row in drawn.rows for line in row)]) + "\n"


def _markdown(rows: list[Row]) -> str:
    lines = []
    for group in dict.fromkeys(row["group"] for row in rows):
        lines += [f"### {group.capitalize()}", "", "| code | name | severity | default | finds | changed by |"]
        lines.append("|---|---|---|---|---|---|")
        for row in (r for r in rows if r["group"] == group):
            changed = "; ".join(part for part in (row["profiles"], row["genres"]) if part)
            cells = (row["code"], row["name"], row["severity"], "yes" if row["default"] else "", row["finds"], changed)
            lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def _csv(rows: list[Row]) -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def _json(rows: list[Row]) -> str:
    return json.dumps([{**row, "default": row["default"] == "default"} for row in rows], indent=1) + "\n"


_WRITERS: Mapping[str, Callable[[list[Row]], str]] = {
    "text": _text,
    "markdown": _markdown,
    "csv": _csv,
    "json": _json,
}
