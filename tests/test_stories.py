"""Whole stories through the real program, against what an editor should find in them.

Each ``fixtures/stories/X.toml`` was written before the program read ``X.txt``.  A key ``wrong`` in a source lists the
fields that the program is known to get wrong there, ``missing`` that it finds nobody at all; they must stay so until
somebody mends them and takes them off the list, so the list is always true.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from attribution.load import load
from attribution.pipeline import Analyzer
from attribution.records import REPORTED, Analysis, Source

STORIES = Path(__file__).parents[1] / "fixtures" / "stories"
GOLD = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(STORIES.glob("*.toml"))}
SOURCES = [(story, gold) for story, content in GOLD.items() for gold in content["source"]]

FIELDS = ("type", "level", "count", "collective", "granted", "reason", "inherited")

pytestmark = pytest.mark.model


@cache
def analysis_of(analyzer: Analyzer, story: str) -> Analysis:
    return analyzer.analyze(load(STORIES / f"{story}.txt"))


def source_at(analysis: Analysis, words: str) -> Source | None:
    """The source one of whose mentions overlaps these words of the text."""
    start = analysis.article.text.index(words)
    end = start + len(words)
    found = [s for s in analysis.sources for m in s.mentions if m.span.start < end and start < m.span.end]
    return found[0] if found else None


def observed(analysis: Analysis, gold: dict[str, Any]) -> dict[str, Any]:
    source = source_at(analysis, gold["mention"])
    if source is None:
        return {}
    own = [a for a in analysis.attributions if a.source_id == source.id and a.kind in REPORTED]
    values: dict[str, Any] = {field: getattr(source, field) for field in FIELDS}
    values["attributions"] = len(own)
    values["recipient"] = next((a.recipient for a in own if a.recipient), None)
    same = [source_at(analysis, words) for words in gold.get("same_as", [])]
    values["same_as"] = gold.get("same_as", []) if all(s is not None and s.id == source.id for s in same) else []
    return values


@pytest.mark.parametrize(("story", "gold"), SOURCES, ids=[f"{s}-{g['mention'][:40]}" for s, g in SOURCES])
def test_source(analyzer: Analyzer, story: str, gold: dict[str, Any]) -> None:
    values = observed(analysis_of(analyzer, story), gold)
    if gold.get("missing"):
        assert not values, "found at last: take missing off the list"
        return
    expected = {k: v for k, v in gold.items() if k in values or k in FIELDS}
    assert values, f"nobody is found behind {gold['mention']!r}"
    wrong = sorted(k for k, v in expected.items() if values[k] != v)
    shown = {k: (values[k], expected[k]) for k in wrong}
    assert wrong == sorted(gold.get("wrong", [])), f"(found, expected): {shown}"


@pytest.mark.parametrize("story", [s for s, g in GOLD.items() if "attributions" in g])
def test_number_of_attributions(analyzer: Analyzer, story: str) -> None:
    analysis = analysis_of(analyzer, story)
    cues = [" ".join(analysis.article.text[b:e] for b, e in a.cue) for a in analysis.attributions if a.kind in REPORTED]
    assert len(cues) == GOLD[story]["attributions"], cues
    speaking = {a.source_id for a in analysis.attributions if a.kind in REPORTED}
    assert len(speaking) == len(GOLD[story]["source"]), [s.name for s in analysis.sources if s.id in speaking]


@pytest.mark.parametrize("story", [s for s, g in GOLD.items() if "hedges" in g])
def test_hedges(analyzer: Analyzer, story: str) -> None:
    found = Counter(h.text.split()[0].lower() for h in analysis_of(analyzer, story).hedges)
    assert found == Counter(GOLD[story]["hedges"])
