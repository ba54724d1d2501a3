"""The cases of ``fixtures/rules``: where each rule must speak, and where it must not."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import FIXTURES

from attribution.pipeline import Analyzer
from attribution.records import Analysis, Level, Source, SourceType, Span
from attribution.rules import RULES, Genre, Selection, Settings, run_rules

CASES = FIXTURES / "rules"
KEYS = {
    "name",
    "why",
    "text",
    "message",
    "severity",
    "confidence",
    "genre",
    "outlets",
    "known-names",
    "options",
    "xfail",
}

ASKS_WHO = re.compile(r"\b(add|describe|identify|name|say who|which|who)\b", re.IGNORECASE)
"""Words that ask for more about a source."""

QUOTED = re.compile("“[^”]*”")
"""Words of the story, which ask for nothing."""


def read(code: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The cases of one rule, with whether they fire."""
    table = tomllib.loads((CASES / f"{code}.toml").read_text(encoding="utf-8"))
    assert set(table) <= {"fires", "silent"}
    for kind, cases in table.items():
        for case in cases:
            assert set(case) <= KEYS, f"{code}, {case['name']}: {set(case) - KEYS}"
            yield kind, case


def parameters() -> Iterator[Any]:
    for rule in RULES:
        if (CASES / f"{rule.code}.toml").exists():
            for kind, case in read(rule.code):
                marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
                yield pytest.param(rule.code, kind, case, id=f"{rule.code}-{case['name']}", marks=marks)


def unmarked(text: str) -> tuple[str, tuple[Span, ...]]:
    """The text without ``[[`` and ``]]``, and what they marked."""
    plain, spans = "", []
    for number, piece in enumerate(text.split("[[")):
        marked, closed, rest = piece.partition("]]") if number else ("", "", piece)
        assert closed or not number, f"[[ is never closed: {piece}"
        if number:
            spans.append(Span(len(plain), len(plain) + len(marked)))
        plain += marked + rest
    return plain, tuple(spans)


def settings_of(code: str, case: dict[str, Any]) -> Settings:
    options = {k: tuple(v) if isinstance(v, list) else v for k, v in case.get("options", {}).items()}
    return Settings(
        selection=Selection(select=(code,)),
        options={code: options},
        genre=Genre(case.get("genre", "news")),
        outlets=frozenset(case.get("outlets", ())),
        known_names=frozenset(case.get("known-names", ())),
    )


def _may_be_exposed(source: Source) -> bool:
    """Somebody whom the text does not name; papers, outlets and nobody ("reportedly") cannot be put in danger."""
    person = source.type not in (SourceType.DOCUMENT, SourceType.MEDIA, SourceType.OBSERVATION)
    return source.level >= Level.A2 and source.count != "0" and person


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(settings=Settings(selection=Selection(ignore=("SRC",))))


@pytest.mark.model
@pytest.mark.parametrize(("code", "kind", "case"), list(parameters()))
def test_case(code: str, kind: str, case: dict[str, Any], analyzer: Analyzer) -> None:
    text, expected = unmarked(case["text"].strip("\n"))
    analysis: Analysis = analyzer.analyze(text)
    findings = run_rules(analysis, settings_of(code, case))
    found = [(f.excerpt, f.message) for f in findings]
    if kind == "silent":
        assert not expected, "a silent case marks nothing"
        assert not found
        return
    assert found, "nothing found"
    if expected:
        assert [text[f.span.start : f.span.end] for f in findings] == [text[b:e] for b, e in expected]
        assert [f.span for f in findings] == list(expected)
    for finding in findings:
        assert finding.code == code
        assert case.get("message", "") in finding.message
        assert case.get("severity", finding.severity) == finding.severity
        assert case.get("confidence", finding.confidence) == finding.confidence
        source = next((s for s in analysis.sources if s.id == finding.source_id), None)
        if source is not None and _may_be_exposed(source) and ASKS_WHO.search(QUOTED.sub("", finding.message)):
            assert "if safe" in finding.message, "no message may push a writer to expose a source"
