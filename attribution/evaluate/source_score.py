"""How well sources are resolved and graded, attribution by attribution.

=============== ==============================================================================================
entity          the resolved entity is right: predicted sources and gold entities of an article are paired one
                to one so that most attributions agree (as in CEAF), and an attribution is right if its
                predicted source is paired with its gold entity.  An attribution that has nobody behind it is
                right if it was given nobody: a source with count "0", or none
entity.links    pairs of attributions of one article that have the same source (precision, recall, F1)
level           the level is right
level.step      ... or one step off (A3 for A4)
unnamed         is nobody accountable, A2 to A5 (precision, recall, F1 of that class)
type            the primary type is right
granted         anonymity was asked for or granted (F1)
reason          a reason is given, and it is of the right sort (F1)
collective      whether it is one or a class, right
count           how many, right
recipient       who was told: a word in common (F1)
kind            what the source is said to have done, right
hypothetical    nobody is reported to have said it (F1)
negative        the source denies it, or did not say it (F1; only where that is annotated)
=============== ==============================================================================================

Where precision and recall are not named, the figure is the share of judged attributions that are right, which is
also its F1.  An attribution that was given no source counts as opaque (A5, type unknown, count "0").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attribution.evaluate.assignment import best_assignment
from attribution.evaluate.labels import NOBODY, Labels
from attribution.evaluate.score import Count
from attribution.records import Attribution, Level, Source

MEASURES = (
    "entity", "entity.links", "level", "level.step", "unnamed", "type", "granted", "reason", "collective", "count",
    "recipient", "kind", "hypothetical", "negative",
)  # fmt: skip
DETECTIONS = frozenset({"entity.links", "unnamed", "granted", "reason", "recipient", "hypothetical", "negative"})
"""The measures that are F1 of something found; the others are shares of attributions that are right."""

_LEVELS = tuple(Level)
_ACCOUNTABLE = frozenset({Level.A0, Level.A1})
_WORD = re.compile(r"\w+")
_EMPTY = frozenset({"the", "a", "an", "of", "and", "in", "on", "for", "s", "to", "his", "her", "their"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold attribution's labels, and what the program made of it.

    Attributes:
        id: the gold attribution's.
        source: the source of ``attribution``; None where it was given none.
    """

    id: str
    labels: Labels
    attribution: Attribution
    source: Source | None

    @property
    def predicted_entity(self) -> str | None:
        """The predicted source's id; None for nobody."""
        return None if self.source is None or self.source.count == NOBODY.count else self.source.id


def count_sources(judged: Sequence[Judged]) -> dict[str, Count]:
    """All measures of one article."""
    graded = [(j, j.labels.source, j.source or NOBODY) for j in judged if j.labels.source is not None]
    signed = [(j, j.labels.negative) for j in judged if j.labels.negative is not None]
    counts = {
        "entity": _share(right_entities(judged)),
        "entity.links": _links(judged),
        "level": _share(gold.level is found.level for _, gold, found in graded),
        "level.step": _share(
            abs(_LEVELS.index(gold.level) - _LEVELS.index(found.level)) <= 1 for _, gold, found in graded
        ),
        "unnamed": _detected(
            (gold.level not in _ACCOUNTABLE, found.level not in _ACCOUNTABLE) for _, gold, found in graded
        ),
        "type": _share(gold.type is found.type for _, gold, found in graded),
        "granted": _detected((gold.granted, found.granted) for _, gold, found in graded),
        "reason": _detected(
            ((gold.reason != "none", found.reason != "none") for _, gold, found in graded),
            (gold.reason == found.reason for _, gold, found in graded),
        ),
        "collective": _share(gold.collective == found.collective for _, gold, found in graded),
        "count": _share(gold.count == found.count for _, gold, found in graded),
        "recipient": _detected(
            ((j.labels.recipient is not None, j.attribution.recipient is not None) for j in judged),
            (_share_a_word(j.labels.recipient, j.attribution.recipient) for j in judged),
        ),
        "kind": _share(j.labels.kind is j.attribution.kind for j in judged),
        "hypothetical": _detected((j.labels.hypothetical, j.attribution.hypothetical) for j in judged),
        "negative": _detected((negative, j.attribution.polarity == "negative") for j, negative in signed),
    }
    assert tuple(counts) == MEASURES
    return counts


def right_entities(judged: Sequence[Judged]) -> list[bool]:
    """For each attribution of one article, whether it was given the right entity."""
    pairs = [(j.labels.entity, j.predicted_entity) for j in judged]
    agreeing = Counter((gold, found) for gold, found in pairs if gold is not None and found is not None)
    gold_entities = list(dict.fromkeys(gold for gold, _ in agreeing))
    found_entities = list(dict.fromkeys(found for _, found in agreeing))
    weights = [[agreeing[gold, found] for found in found_entities] for gold in gold_entities]
    paired: set[tuple[str | None, str | None]] = {
        (gold_entities[row], found_entities[column]) for row, column in best_assignment(weights)
    }
    return [pair == (None, None) or pair in paired for pair in pairs]


def _links(judged: Sequence[Judged]) -> Count:
    right = predicted = gold = 0
    for at, first in enumerate(judged):
        for second in judged[at + 1 :]:
            same = first.labels.entity is not None and first.labels.entity == second.labels.entity
            found = first.predicted_entity is not None and first.predicted_entity == second.predicted_entity
            right += same and found
            predicted += found
            gold += same
    return Count(right, predicted, right, gold)


def _share(right: Iterable[bool]) -> Count:
    answers = list(right)
    return Count(sum(answers), len(answers), sum(answers), len(answers))


def _detected(present: Iterable[tuple[bool, bool]], agree: Iterable[bool] | None = None) -> Count:
    """Of (present in gold, present in the prediction): what is in both, and agrees, is right."""
    pairs = list(present)
    agreeing = [True] * len(pairs) if agree is None else list(agree)
    right = sum(gold and found and same for (gold, found), same in zip(pairs, agreeing, strict=True))
    return Count(right, sum(found for _, found in pairs), right, sum(gold for gold, _ in pairs))


def _share_a_word(first: str | None, second: str | None) -> bool:
    words = [set(_WORD.findall((side or "").lower())) - _EMPTY for side in (first, second)]
    return bool(words[0] & words[1])
