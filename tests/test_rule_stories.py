"""Whole stories through the real program and the rules on unnamed sources and corroboration: what an editor expects.

Findings are compared as (code, the words of the source or place they are about), so that a test says which source a
rule speaks of rather than where exactly it points.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from attribution.load import load
from attribution.pipeline import Analyzer
from attribution.records import Finding, Severity
from attribution.rules import Selection, Settings, run_rules

STORIES = Path(__file__).parents[1] / "fixtures" / "stories"

WORKED_EXAMPLE = """\
A militia commander was shot dead on Monday, a close associate told AFP. "They ambushed him," the source said, \
requesting anonymity for fear of reprisals. Multiple security and military sources said he died in Zintan. He is \
alleged to have run smuggling routes. The interior ministry opened an inquiry, it said in a statement. "He was a \
butcher," an official said.
"""
"""Standards §3.4, the regression test that every release should pass."""

ASSOCIATE, SECURITY, OFFICIAL = "a close associate", "Multiple security and military sources", "an official"

pytestmark = pytest.mark.model


@cache
def findings_in(analyzer: Analyzer, text: str | Path, *groups: str) -> tuple[Finding, ...]:
    analysis = analyzer.analyze(load(text) if isinstance(text, Path) else text)
    return run_rules(analysis, Settings(selection=Selection(select=groups)))


def about(findings: Iterable[Finding], code: str, names: dict[str | None, str]) -> set[str]:
    """The sources that one rule speaks of."""
    return {names.get(f.source_id, f.excerpt) for f in findings if f.code == code}


@cache
def names_in(analyzer: Analyzer, text: str | Path) -> dict[str | None, str]:
    analysis = analyzer.analyze(load(text) if isinstance(text, Path) else text)
    return {s.id: s.name for s in analysis.sources}


EXPECTED_IN_EXAMPLE = {
    "SRC101": set(),  # "the source" is the close associate
    "SRC102": {SECURITY, OFFICIAL},
    "SRC103": set(),
    "SRC104": {ASSOCIATE},
    "SRC105": set(),  # yields to SRC106
    "SRC106": {OFFICIAL},
    "SRC107": {ASSOCIATE},
    "SRC201": {ASSOCIATE},
    "SRC202": set(),
    "SRC203": set(),  # the ministry answers for what it says
    "SRC204": {SECURITY},
}


@pytest.mark.parametrize(("code", "sources"), EXPECTED_IN_EXAMPLE.items())
def test_worked_example(analyzer: Analyzer, code: str, sources: set[str]) -> None:
    findings = findings_in(analyzer, WORKED_EXAMPLE, "SRC1", "SRC2")
    assert about(findings, code, names_in(analyzer, WORKED_EXAMPLE)) == sources


def test_worked_example_severities(analyzer: Analyzer) -> None:
    findings = findings_in(analyzer, WORKED_EXAMPLE, "SRC1", "SRC2")
    assert [f.code for f in findings if f.severity is Severity.ERROR] == ["SRC106"]
    assert len([f for f in findings if f.code == "SRC107"]) == 2, "the lead and the first quotation"


GARRISON = STORIES / "garrison-arrests.txt"

EXPECTED_IN_GARRISON = {
    "SRC101": set(),  # "The source" is placed by its antecedent
    "SRC102": {
        "several military and security sources",
        "A Kavenan intelligence official",
        "A second source within the army",
        "a close friend",
    },
    "SRC104": {"a close friend"},
    "SRC106": set(),
    "SRC201": {"A second source within the army", "a close friend"},
    "SRC202": set(),
    "SRC203": {"Kavena holds two dozen officers over alleged plot against military rulers"},
    "SRC204": {"several military and security sources"},
}


@pytest.mark.parametrize(("code", "sources"), EXPECTED_IN_GARRISON.items())
def test_story_without_anybody_named(analyzer: Analyzer, code: str, sources: set[str]) -> None:
    findings = findings_in(analyzer, GARRISON, "SRC1", "SRC2")
    assert about(findings, code, names_in(analyzer, GARRISON)) == sources


def test_nobody_accountable_is_an_error(analyzer: Analyzer) -> None:
    findings = findings_in(analyzer, GARRISON, "SRC203")
    assert [f.severity for f in findings] == [Severity.ERROR]
