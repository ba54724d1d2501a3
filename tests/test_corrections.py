"""What people have decided about an article's sources: applied before anything is counted, and stale ones told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from attribution.load import from_text
from attribution.load.decisions import read_decisions
from attribution.pipeline import Analyzer
from attribution.records import Analysis, Correction, CorrectionKind, Decisions, Level, Source, SourceType
from attribution.rules import Selection, Settings
from attribution.sources import resolve_corrected
from source_cases import SourceCase, parse_of, source_cases

CASES: Mapping[str, SourceCase] = {case.id: case for case in source_cases("resolution")}


def corrected(
    case: str, kind: str, *words: str, **grade: str
) -> tuple[list[str | None], tuple[Source, ...], str | None]:
    """Whose each attribution of a case is, the sources, and why the correction changed nothing."""
    told = Correction("entry 1", CorrectionKind(kind), words, **grade)
    chosen = CASES[case]
    attributions, sources, (outcome,) = resolve_corrected(
        chosen.article, parse_of(chosen), chosen.attributions, (told,)
    )
    return [a.source_id for a in attributions], sources, outcome.stale


def test_two_mentions_are_one_source() -> None:
    said, sources, stale = corrected(
        "a-separate-source-is-new", "same-source", "A military source", "a separate source"
    )
    assert stale is not None, "a capital tells words apart"
    said, sources, stale = corrected(
        "a-separate-source-is-new", "same-source", "A military source", "A separate source"
    )
    assert (said, len(sources), stale) == (["s1", "s1"], 1, None)
    assert (sources[0].name, sources[0].type, sources[0].count) == ("A military source", SourceType.SECURITY, "1")


def test_a_joined_source_is_graded_by_all_that_it_is_called() -> None:
    said, sources, stale = corrected(
        "two-officials-then-the-official", "same-source", "The official", "A German official"
    )
    assert (said, stale) == (["s1", "s2", "s2"], None)
    alone = corrected("two-officials-then-the-official", "grade", "The official", level="A2")[1]
    assert sources[1].level == min(s.level for s in alone[1:2])


def test_a_mention_is_somebody_else() -> None:
    said, sources, stale = corrected("source-after-associate", "different-sources", "a close associate", "the source")
    assert (said, stale) == (["s1", "s2"], None)
    assert [s.level for s in sources] == [Level.A4, Level.A5]
    assert [len(s.mentions) for s in sources] == [1, 1]


def test_a_sources_type_and_level() -> None:
    _, before, _ = corrected("the-official", "grade", "nobody", level="A2")
    _, sources, stale = corrected("the-official", "grade", "A senior ministry official", type="pol", level="A2")
    assert stale is None
    assert (sources[0].type, sources[0].types, sources[0].level) == (
        SourceType.POLITICAL,
        (SourceType.POLITICAL,),
        "A2",
    )
    assert replace(sources[0], type=before[0].type, types=before[0].types, level=before[0].level) == before[0]


def test_what_is_no_attribution_goes() -> None:
    chosen = CASES["name-surname-title-pronoun"]
    cue = replace(chosen.attributions[0], cue=(chosen.attributions[0].source[0],))
    inner = replace(chosen.attributions[1], parent="a1")
    told = Correction("no-attribution 1", CorrectionKind.NO_ATTRIBUTION, ("Finance Minister Anna Roth said",))
    kept, _, (outcome,) = resolve_corrected(chosen.article, parse_of(chosen), (cue, inner), (told,))
    assert [(a.id, a.parent) for a in kept] == [("a2", None)]
    assert outcome.stale is None


@pytest.mark.parametrize(
    ("kind", "words", "grade", "told"),
    [
        ("same-source", ("A military source", "A naval source"), {}, "no longer in the text"),
        ("same-source", ("A military source", "was free"), {}, "no source stands there"),
        ("same-source", ("A military source", "military"), {}, "by itself"),
        ("different-sources", ("A military source", "A separate source"), {}, "by itself"),
        ("grade", ("A military source",), {"type": "sec"}, "by itself"),
        ("grade", ("A naval source",), {"type": "gov"}, "no longer in the text"),
        ("grade", ("free",), {"type": "gov"}, "no source stands there"),
        ("no-attribution", ("the man was held",), {}, "by itself"),
        ("no-attribution", ("the woman was held",), {}, "no longer in the text"),
    ],
)
def test_what_changes_nothing_is_stale(kind: str, words: tuple[str, ...], grade: dict[str, str], told: str) -> None:
    said, sources, stale = corrected("a-separate-source-is-new", kind, *words, **grade)
    assert told in str(stale)
    assert (said, len(sources)) == (["s1", "s2"], 2)


# ------------------------------------------------------------------------------------------ the whole way


def analysed(case: str, *told: Correction) -> Analysis:
    """A case run through the whole program from its own text and hand-checked parse."""
    chosen = CASES[case]
    article = replace(from_text(chosen.text), decisions=Decisions("story.attribution.toml", corrections=told))
    nothing = Settings(selection=Selection(ignore=("ALL",)))
    return Analyzer(_NoParser(), nothing).complete(article, parse_of(chosen))  # type: ignore[arg-type]


class _NoParser:
    model = "none"


def test_corrections_change_what_is_counted() -> None:
    told = Correction("same-source 1", CorrectionKind.SAME_SOURCE, ("A military source", "A separate source"))
    before, after = analysed("a-separate-source-is-new"), analysed("a-separate-source-is-new", told)
    assert (len(before.sources), len(after.sources)) == (2, 1)
    assert [before.metrics["sources"].value, after.metrics["sources"].value] == [2, 1]
    assert {source for claim in after.claims for source in claim.sources} == {"s1"}
    assert after.findings == ()
    assert [c.correction for c in after.corrections] == [told]


def test_a_stale_correction_is_a_finding() -> None:
    told = Correction("grade 1", CorrectionKind.GRADE, ("A naval source",), level="A1")
    (finding,) = analysed("a-separate-source-is-new", told).findings
    assert finding.code == "SRC004"
    assert finding.message == "story.attribution.toml, grade 1 can go: its words are no longer in the text."


# ----------------------------------------------------------------------------------------------- files


def test_a_file_holds_every_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.attribution.toml"
    path.write_text(
        """
        [[same-source]]
        sources = ["a guard", "the man at the gate"]
        reason = "the reporter says so"
        [[different-sources]]
        sources = ["a guard", "the source"]
        [[grade]]
        source = "a guard"
        type = "sec"
        level = "A3"
        [[no-attribution]]
        text = "he said to himself"
        """,
        encoding="utf-8",
    )
    decisions = read_decisions(path)
    assert decisions.faults == ()
    assert [(c.kind.value, c.words) for c in decisions.corrections] == [
        ("same-source", ("a guard", "the man at the gate")),
        ("different-sources", ("a guard", "the source")),
        ("grade", ("a guard",)),
        ("no-attribution", ("he said to himself",)),
    ]
    assert (decisions.corrections[2].type, decisions.corrections[2].level) == ("sec", "A3")


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('[[same-source]]\nsources = ["a guard"]', "same-source 1: sources are two"),
        ("[[same-source]]", "same-source 1: sources is missing"),
        ('[[same-source]]\nsources = "a guard"', "sources is a list"),
        ('[[grade]]\nsource = "a guard"', "neither type nor level"),
        ('[[grade]]\nsource = "a guard"\ntype = "spy"', "there is no type 'spy'; there are gov, sec"),
        ('[[grade]]\nsource = "a guard"\nlevel = "A7"', "there is no level 'A7'"),
        ('[[grade]]\nlevel = "A1"', "source is missing"),
        ("[[no-attribution]]\ntext = 3", "text is words"),
        ('[[wrong]]\ntext = "x"', "there is no decision called 'wrong'; there are [[ignore]], [[same-source]]"),
        ('grade = "x"', "grade 1: write it as [[grade]]"),
    ],
)
def test_entries_that_cannot_be_understood(tmp_path: Path, entry: str, told: str) -> None:
    path = tmp_path / "a.attribution.toml"
    path.write_text(entry + "\n", encoding="utf-8")
    (fault,) = read_decisions(path).faults
    assert told in fault
