"""The scorer of attributions: the original's figures, counts made by hand, and what must always hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.evaluate.polnear import GoldArticle, GoldAttribution
from attribution.evaluate.score import ROLES, Count, count, score
from attribution.records import Span

SCORED = Path(__file__).parents[1] / "fixtures" / "evaluate" / "scores.json"

TEXT = 'Ann Lee said the tax is high. "It is not," Bob replied. According to Cy, it rained.'


def relation(source: Sequence[str] = (), cue: Sequence[str] = (), content: Sequence[str] = ()) -> GoldAttribution:
    """An attribution of TEXT by its words."""

    def spans(words: Sequence[str]) -> tuple[Span, ...]:
        return tuple(Span(TEXT.index(w), TEXT.index(w) + len(w)) for w in words)

    return GoldAttribution(spans(source), spans(cue), spans(content))


ANN = relation(["Ann Lee"], ["said"], ["the tax is high"])
BOB = relation(["Bob"], ["replied"], ['"It is not,"'])
CY = relation(["Cy"], ["According to"], ["it rained"])
NOBODY = relation([], ["high"], ["Lee"])
GOLD = [ANN, BOB, CY, NOBODY]


# --------------------------------------------------------------------------------- the original's figures


def relations(stored: list[dict[str, Any]]) -> tuple[GoldAttribution, ...]:
    return tuple(GoldAttribution(**{role: tuple(Span(*s) for s in a[role]) for role in ROLES}) for a in stored)


def test_the_same_figures_as_the_original_scorer() -> None:
    stored = json.loads(SCORED.read_text(encoding="utf-8"))
    articles = [GoldArticle(a["id"], a["text"], relations(a["gold"])) for a in stored["articles"]]
    predictions = {a["id"]: relations(a["predicted"]) for a in stored["articles"] if a["predicted"] is not None}
    scores = score(articles, predictions, bootstrap=200)
    found = {
        name: [
            c.right_predicted, c.predicted, c.right_gold, c.gold, round(c.f1, 6),
            *(round(f1, 6) for f1 in scores.intervals[name]),
        ]
        for name, c in scores.counts.items()
    }  # fmt: skip
    assert found == stored["figures"]
    assert (scores.articles, scores.predicted) == (4, 3)


# ----------------------------------------------------------------------------------------- counted by hand

WRONG_IN_MANY_WAYS = [
    relation(["Bob"], ["said"], ["tax is"]),  # half of the content, the wrong source
    relation(["Bob"], ["replied"], ["It is not"]),  # without its marks and comma: 3 tokens of 6
    relation([], [], ["Lee"]),
    relation(["Cy"], ["rained"], ["According"]),  # spurious
]


@pytest.mark.parametrize(
    ("measure", "right", "found", "gold"),
    [
        ("content.exact", 1, 4, 4),
        ("content.exact_np", 2, 4, 4),
        ("content.iou50", 3, 4, 4),
        ("attribution.lenient", 2, 4, 4),
        ("attribution.strict", 2, 4, 4),
        ("attribution.full", 1, 4, 4),
        ("cue.overlap", 2, 3, 4),
        ("source.overlap", 2, 3, 3),
        ("source_acc.lenient", 2, 3, 3),
        ("subset.direct.content", 1, 1, 1),
        ("subset.indirect.attr", 1, 3, 3),
        ("token.content", 6, 7, 13),
        ("token.source", 2, 2, 4),
    ],
)
def test_counts(measure: str, right: int, found: int, gold: int) -> None:
    counted = count(TEXT, GOLD, WRONG_IN_MANY_WAYS)[measure]
    assert (counted.right_gold, counted.predicted, counted.gold) == (right, found, gold)


def test_an_attribution_predicted_twice_is_right_once() -> None:
    counted = count(TEXT, GOLD, [*GOLD, ANN])["content.iou50"]
    assert (counted.right_predicted, counted.predicted) == (4, 5)


@pytest.mark.parametrize(("half", "right"), [("it rained", 0), ("the tax is high", 1)])
def test_content_in_two_pieces_is_one_item(half: str, right: int) -> None:
    both = relation(["Cy"], [], ["the tax is high", "it rained"])
    counted = count(TEXT, [both], [relation(["Cy"], [], [half])])
    assert counted["content.iou50"].right_gold == right
    assert counted["content.exact"].right_gold == 0


@pytest.mark.parametrize(
    ("gold", "predicted", "right"),
    [(["Ann Lee"], [], 0), ([], ["Ann Lee"], 0), ([], [], 1), (["Ann Lee"], ["Lee"], 1), (["Ann Lee"], ["Bob"], 0)],
)
def test_the_right_source_shares_a_word_or_both_are_absent(gold: list[str], predicted: list[str], right: int) -> None:
    counted = count(TEXT, [relation(gold, [], ["it rained"])], [relation(predicted, [], ["it rained"])])
    assert counted["attribution.lenient"].right_gold == right


@pytest.mark.parametrize(
    ("content", "form"),
    [(['"It is not,"'], "pure"), (['high. "It is not,"'], "mixed"), (["It is not"], "indirect")],
)
def test_forms_of_content(content: list[str], form: str) -> None:
    counted = count(TEXT, [relation(["Bob"], [], content)], [])
    forms = {name: counted[f"subset.{name}.attr"].gold for name in ("pure", "mixed", "indirect")}
    assert [name for name, n in forms.items() if n] == [form]


def test_a_prediction_without_its_marks_counts_as_direct() -> None:
    counted = count(TEXT, [BOB], [relation(["Bob"], [], ["It is not,"])])
    assert counted["subset.direct.content"] == Count(1, 1, 1, 1)


def test_no_prediction_at_all() -> None:
    scores = score([GoldArticle("a", TEXT, tuple(GOLD))], {})
    assert all(c.f1 == 0 and c.predicted == 0 for c in scores.counts.values())
    assert scores.predicted == 0
    assert scores.intervals == {}


# --------------------------------------------------------------------------------------------- properties

span = st.tuples(st.integers(-5, len(TEXT) + 5), st.integers(0, 30)).map(lambda t: Span(t[0], t[0] + t[1]))
spans = st.lists(span, max_size=2).map(tuple)
attributions = st.lists(st.builds(GoldAttribution, source=spans, cue=spans, content=spans), max_size=5)


@given(attributions, attributions)
def test_never_more_right_than_there_are(gold: list[GoldAttribution], predicted: list[GoldAttribution]) -> None:
    for c in count(TEXT, gold, predicted).values():
        assert 0 <= c.right_predicted <= c.predicted
        assert 0 <= c.right_gold <= c.gold
        assert 0 <= c.f1 <= 1


@given(attributions)
def test_predicting_the_gold_finds_every_content(gold: list[GoldAttribution]) -> None:
    counted = count(TEXT, gold, gold)
    with_content = counted["content.exact"].predicted
    assert counted["content.exact"].right_predicted == with_content
    for role in ROLES:
        assert counted[f"token.{role}"].right_gold == counted[f"token.{role}"].gold


@given(attributions, attributions)
def test_strict_is_never_better_than_lenient(gold: list[GoldAttribution], predicted: list[GoldAttribution]) -> None:
    c = count(TEXT, gold, predicted)
    assert c["attribution.strict"].right_gold <= c["attribution.lenient"].right_gold <= c["content.iou50"].right_gold
    assert c["attribution.full"].right_gold <= c["attribution.lenient"].right_gold
    assert c["content.exact"].right_gold <= c["content.iou50"].right_gold


@given(attributions, st.sampled_from([" ", "\n", "\t \n"]))
def test_white_space_at_the_edges_never_matters(predicted: list[GoldAttribution], space: str) -> None:
    wide = TEXT.replace(" ", space)

    def widened(a: GoldAttribution) -> GoldAttribution:
        def place(offset: int) -> int:
            return offset if offset < 0 else len(TEXT[:offset].replace(" ", space)) + max(0, offset - len(TEXT))

        return GoldAttribution(*(tuple(Span(place(b), place(e)) for b, e in getattr(a, role)) for role in ROLES))

    assert count(wide, [widened(a) for a in GOLD], [widened(a) for a in predicted]) == count(TEXT, GOLD, predicted)


@dataclass(frozen=True)
class Other:
    """Anything with the three roles can be scored."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def test_what_is_scored_needs_only_the_three_roles() -> None:
    assert count(TEXT, [ANN], [Other(ANN.source, ANN.cue, ANN.content)])["attribution.full"].f1 == 1
