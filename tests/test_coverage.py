"""One event in several stories: shared claims, disputes, and origins counted across stories."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from claim_build import at, parsed, said, who

from attribution.claims import build_claims, cluster_claims
from attribution.coverage import Coverage, SharedClaim, compare_coverage, same_name
from attribution.frame import COVERAGE_COLUMNS, coverage_frame
from attribution.records import Analysis, Level, Source, SourceType

STORIES = Path(__file__).parents[1] / "fixtures" / "stories"

CLAUSES = {
    "the depot failed the inspection in May": """
        the the DET 2 det
        depot depot NOUN 3 nsubj
        failed fail VERB 0 root
        the the DET 5 det
        inspection inspection NOUN 3 obj
        in in ADP 7 case
        May May PROPN 3 obl
        """,
    "the depot failed the inspection in June": """
        the the DET 2 det
        depot depot NOUN 3 nsubj
        failed fail VERB 0 root
        the the DET 5 det
        inspection inspection NOUN 3 obj
        in in ADP 7 case
        June June PROPN 3 obl
        """,
    "it failed the inspection in May": """
        it it PRON 2 nsubj
        failed fail VERB 0 root
        the the DET 4 det
        inspection inspection NOUN 2 obj
        in in ADP 6 case
        May May PROPN 2 obl
        """,
    "the depot failed the inspection yesterday": """
        the the DET 2 det
        depot depot NOUN 3 nsubj
        failed fail VERB 0 root
        the the DET 5 det
        inspection inspection NOUN 3 obj
        yesterday yesterday NOUN 3 obl
        """,
    "four workers were killed": """
        four four NUM 2 nummod
        workers worker NOUN 4 nsubj:pass
        were be AUX 4 aux:pass
        killed kill VERB 0 root
        """,
    "five workers were killed": """
        five five NUM 2 nummod
        workers worker NOUN 4 nsubj:pass
        were be AUX 4 aux:pass
        killed kill VERB 0 root
        """,
    "four workers were injured": """
        four four NUM 2 nummod
        workers worker NOUN 4 nsubj:pass
        were be AUX 4 aux:pass
        injured injure VERB 0 root
        """,
    "whether the depot failed the inspection in May": """
        whether whether SCONJ 4 mark
        the the DET 3 det
        depot depot NOUN 4 nsubj
        failed fail VERB 0 root
        the the DET 6 det
        inspection inspection NOUN 4 obj
        in in ADP 8 case
        May May PROPN 4 obl
        """,
    "they killed four workers": """
        they they PRON 2 nsubj
        killed kill VERB 0 root
        four four NUM 4 nummod
        workers worker NOUN 2 obj
        """,
    "the owner killed four workers": """
        the the DET 2 det
        owner owner NOUN 3 nsubj
        killed kill VERB 0 root
        four four NUM 5 nummod
        workers worker NOUN 3 obj
        """,
    "the arrests": """
        the the DET 2 det
        arrests arrest NOUN 0 root
        """,
    "four people were arrested": """
        four four NUM 2 nummod
        people person NOUN 4 nsubj:pass
        were be AUX 4 aux:pass
        arrested arrest VERB 0 root
        """,
}

FAILED = "the depot failed the inspection in May"
Said = tuple[Source, str] | tuple[Source, str, dict[str, Any]]


def story(*told: Said) -> Analysis:
    """An analysis in which each source is reported to say one clause."""
    document = parsed(*dict.fromkeys(CLAUSES[words] for _, words, *_ in told))
    attributions = tuple(
        said(number, at(document, words), source.id, **(fields[0] if fields else {}))
        for number, (source, words, *fields) in enumerate(told, start=1)
    )
    sources = tuple({source.id: source for source, *_ in told}.values())
    built, claims, hedges = build_claims(document.article, document.parse, attributions, sources, ())
    claims, clusters = cluster_claims(document.article, document.parse, claims, built, sources)
    return Analysis(document.article, document.parse, built, sources, claims, clusters, hedges)


def official(number: int = 1, **fields: Any) -> Source:
    return who(number, "an official", SourceType.GOVERNMENT, Level.A4, **fields)


def named(number: int, name: str, kind: SourceType = SourceType.GOVERNMENT) -> Source:
    return who(number, name, kind, Level.A0)


def compared(**stories: Analysis) -> Coverage:
    return compare_coverage(stories)


def only(coverage: Coverage) -> SharedClaim:
    (shared,) = coverage.shared
    return shared


# ------------------------------------------------------------------------------------------ matching


@pytest.mark.parametrize(
    ("ours", "theirs", "same", "why"),
    [
        (FAILED, FAILED, True, "the same words"),
        ("four workers were killed", "four workers were killed", True, "the same figure"),
        (FAILED, "the depot failed the inspection in June", False, "another month"),
        ("four workers were killed", "five workers were killed", False, "another figure"),
        ("four workers were killed", "four workers were injured", False, "another event"),
        (FAILED, "it failed the inspection in May", False, "whom a pronoun means is known in its own story only"),
        ("it failed the inspection in May",) * 2 + (False, "two pronouns"),
        ("the depot failed the inspection yesterday",) * 2 + (False, "two days that are yesterday"),
        ("they killed four workers", "four workers were killed", True, "silent about who did it, with a figure"),
        ("they killed four workers", "the owner killed four workers", False, "they may be others"),
        ("they killed four workers",) * 2 + (False, "they and they may be two"),
        (FAILED, "whether the depot failed the inspection in May", False, "a question is no claim"),
        ("the arrests", "the arrests", False, "which arrests is known in each story only"),
        ("the arrests", "four people were arrested", False, "a noun phrase against a clause of another story"),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else None,
)
def test_which_claims_two_stories_share(ours: str, theirs: str, same: bool, why: str) -> None:
    coverage = compared(a=story((official(), ours)), b=story((named(1, "Anna Roth"), theirs)))
    assert bool(coverage.shared) == same, why


def test_a_noun_phrase_comes_in_by_the_clause_of_its_own_story() -> None:
    people = "four people were arrested"
    coverage = compared(
        a=story((official(), people), (named(2, "Anna Roth"), "the arrests")), b=story((official(), people))
    )
    assert [len(telling.claims) for telling in only(coverage).tellings] == [2, 1]


def test_questions_are_nobodys_claims() -> None:
    coverage = compared(a=story((official(), FAILED, {"hypothetical": True})), b=story((official(), FAILED)))
    assert not coverage.shared


def test_what_one_story_alone_repeats_is_not_shared() -> None:
    twice = story((official(), FAILED), (named(2, "Anna Roth"), FAILED))
    assert not compared(a=twice, b=story((official(), "four workers were killed"))).shared


def test_a_denial_is_no_corroboration_but_a_dispute() -> None:
    company = who(1, "Orsa Chemicals", SourceType.BUSINESS, Level.A1)
    coverage = compared(
        a=story((official(), FAILED)), b=story((company, FAILED, {"polarity": "negative"}), (official(2), FAILED))
    )
    assert {t.story for shared in coverage.shared for t in shared.tellings} == {"a", "b"}
    assert [(d.affirmed.story, d.denied.story) for d in coverage.disputed] == [("a", "b")]
    assert {d.denied.sources[0].name for d in coverage.disputed} == {"Orsa Chemicals"}


def test_nobody_disputes_a_question() -> None:
    asked = (official(), "whether the depot failed the inspection in May", {"polarity": "negative"})
    assert not compared(a=story(asked), b=story((official(), FAILED))).disputed


def test_words_that_two_people_are_reported_for_are_not_disputed_between_them() -> None:
    twice = story((official(), FAILED), (named(2, "Anna Roth"), FAILED, {"polarity": "negative"}))
    assert not compared(a=twice).disputed


# ------------------------------------------------------------------------------------------ origins


@pytest.mark.parametrize(
    ("ours", "theirs", "independent", "why"),
    [
        (named(1, "Anna Roth"), named(1, "Paul Adeyo"), (2, 2), "two people"),
        (named(1, "Anna Roth"), named(1, "Roth"), (1, 1), "one person, in one story by her last name"),
        (named(1, "Anna Roth"), named(1, "Mira Roth"), (2, 2), "two people of one name"),
        (official(), official(), (1, 2), "two officials who may be one"),
        (official(), named(1, "Anna Roth"), (1, 2), "an official who may be the minister"),
        (official(), who(1, "a resident", SourceType.CITIZEN, Level.A4), (2, 2), "an official and a resident"),
        (official(), official(collective=True, count=">=2"), (1, None), "an official who may be one of several"),
        (
            who(1, "an aide who was there", SourceType.GOVERNMENT, Level.A3),
            who(1, "a senior aide", SourceType.GOVERNMENT, Level.A3),
            (1, 2),
            "placed, but by another story: perhaps the same aide",
        ),
        (
            who(1, "an army officer", SourceType.SECURITY, Level.A3, organisation="the army"),
            who(1, "a customs officer", SourceType.SECURITY, Level.A3, organisation="the customs service"),
            (2, 2),
            "two bodies",
        ),
        (
            who(1, "a report", SourceType.DOCUMENT, Level.A4),
            official(),
            (2, 2),
            "paper is no official",
        ),
        (
            who(1, "it is said", SourceType.UNKNOWN, Level.A5, count="0"),
            official(),
            (1, 1),
            "nobody is no origin",
        ),
        (
            who(1, "the city council", SourceType.GOVERNMENT, Level.A1, organisation="the city council"),
            who(1, "City council", SourceType.GOVERNMENT, Level.A1, organisation="City council"),
            (1, 1),
            "one body",
        ),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else None,
)
def test_origins_across_stories(ours: Source, theirs: Source, independent: tuple[int, int | None], why: str) -> None:
    for first, second in ((ours, theirs), (theirs, ours)):
        shared = only(compared(a=story((first, FAILED)), b=story((second, FAILED))))
        assert shared.independent == independent, why
        assert bool(shared.merged) == (independent[0] != independent[1]), "what was taken as one is said"


def test_two_that_one_story_tells_apart_stay_two() -> None:
    apart = story((named(1, "Anna Roth"), FAILED), (named(2, "Paul Adeyo"), FAILED))
    assert only(compared(a=apart, b=story((official(), FAILED)))).independent == (2, 3)


def test_what_another_story_was_told_is_that_storys() -> None:
    relayed = story((official(), FAILED, {"recipient": "the Meridian Wire"}))
    stories = {"Meridian Wire": story((named(1, "Anna Roth"), FAILED)), "Capital Post": relayed}
    shared = only(compare_coverage(stories))
    assert [telling.relayed for telling in shared.tellings] == [None, "Meridian Wire"]
    assert shared.independent == (1, 1)


def test_an_outlet_that_is_not_compared_relays_nothing() -> None:
    relayed = story((named(1, "Paul Adeyo"), FAILED, {"recipient": "the Ellery Gazette"}))
    shared = only(compared(a=story((named(1, "Anna Roth"), FAILED)), b=relayed))
    assert shared.independent == (2, 2)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (named(1, "Anna Roth"), named(1, "Anna Maria Roth"), True),
        (named(1, "Anna Roth"), named(1, "Roth Bank"), False),
        (official(), official(), False),
        (
            who(1, "the ministry", SourceType.GOVERNMENT, Level.A1),
            who(1, "the labour ministry", SourceType.GOVERNMENT, Level.A1),
            False,
        ),
    ],
)
def test_who_is_the_same(first: Source, second: Source, same: bool) -> None:
    assert same_name(first, second) == same


# ------------------------------------------------------------------------------------------ as a table


def test_the_table_has_its_columns_whatever_it_holds() -> None:
    full = coverage_frame(compared(a=story((official(), FAILED)), b=story((official(), FAILED))))
    for frame in (full, coverage_frame(compared())):
        assert list(frame.columns) == list(COVERAGE_COLUMNS)
        for title, column in COVERAGE_COLUMNS.items():
            assert frame[title].dtype == pd.Series([], dtype=column.dtype).dtype, title  # type: ignore[call-overload]
    assert list(full["story"]) == ["a", "b"]


# ------------------------------------------------------------------------------------------ the real program


@pytest.mark.model
def test_three_stories_about_one_fire(analyzer: Any) -> None:
    names = ("meridian-wire", "harbour-courier", "capital-post")
    coverage = compare_coverage(
        {name.replace("-", " "): analyzer.analyze(STORIES / "coverage" / f"{name}.txt") for name in names}
    )
    told = {shared.tellings[0].claims[-1].text: shared for shared in coverage.shared}
    inspection = told["the depot had failed a safety inspection in May"]
    assert [telling.relayed for telling in inspection.tellings] == [None, None, "meridian wire"]
    assert inspection.independent == (1, 2), "the colleague may be the official"
    assert told["an inquiry would be opened"].independent == (1, 1), "one minister in two stories"
    deniers = {(d.affirmed.story, d.denied.story, d.denied.sources[0].name) for d in coverage.disputed}
    assert ("meridian wire", "harbour courier", "Orsa Chemicals") in deniers
    assert ("capital post", "capital post", "the labour ministry") in deniers, "in one story"
    assert {source.name for source in coverage.sources} == {"Anton Reke", "Palle Dorn", "the city council"}


@pytest.mark.model
def test_stories_about_different_events_share_nothing(analyzer: Any) -> None:
    coverage = compare_coverage({path.stem: analyzer.analyze(path) for path in sorted(STORIES.glob("*.txt"))})
    assert not coverage.shared
    assert not [d for d in coverage.disputed if d.affirmed.story != d.denied.story]


@pytest.mark.model
def test_labelled_pairs_in_two_stories(analyzer: Any) -> None:
    pairs = tomllib.loads((STORIES.parent / "cases" / "claim_pairs.toml").read_text(encoding="utf-8"))["pair"]
    results = []
    for pair in pairs:
        if pair["split"] == "test":
            sides = {side: analyzer.analyze(pair[side].replace("{", "").replace("}", "")) for side in "ab"}
            results.append((pair["same"], bool(compare_coverage(sides).shared)))
    right = sum(gold and found for gold, found in results)
    assert right / sum(found for _, found in results) >= 0.9, "precision"
    assert right / sum(gold for gold, _ in results) >= 0.5, "recall: noun phrases are left out"
