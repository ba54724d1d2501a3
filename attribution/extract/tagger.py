"""The learned tagger's reading as token sets: plain numbers in, the most probable words of each role out.

The tagger scores every word of a paragraph for every cue on its own.  A role is read off as the set of
runs of words that is most probable as a whole when each run costs something to begin: single doubtful words
neither open a run nor break one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from attribution.extract.syntax import Tokens
from attribution.records import Parse, TaggedCue

LEAST_SCORE = 0.5
"""A cue less probable than this attributes nothing by itself."""

_RUN_COST = {"source": 3.0, "content": 4.0}
"""Log-odds that a run of words must gather before it is worth beginning."""

_UNSEEN = 0.02
"""The probability of a word whose link the parser left out as negligible."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """One cue of the tagger with the words it links to it."""

    cue: Tokens
    source: Tokens
    content: Tokens
    score: float
    margin: float  # mean probability of the chosen content words


def read_tags(parse: Parse) -> tuple[Tagged, ...]:
    """Every cue of the tagger that is probable enough, in text order."""
    return tuple(_read(cue) for cue in parse.tagged if cue.score >= LEAST_SCORE)


def _read(cue: TaggedCue) -> Tagged:
    source = _runs(dict(cue.source), _RUN_COST["source"], frozenset(cue.cue))
    content = _runs(dict(cue.content), _RUN_COST["content"], frozenset(cue.cue))
    probabilities = [p for i, p in cue.content if i in content]
    margin = sum(probabilities) / len(probabilities) if probabilities else 0.0
    return Tagged(frozenset(cue.cue), source, content, cue.score, margin)


def _runs(probability: Mapping[int, float], cost: float, barred: Tokens) -> Tokens:
    """The tokens of the best set of runs (Viterbi over inside and outside)."""
    if not probability:
        return frozenset()
    first, last = min(probability), max(probability)
    outside, inside = 0.0, -cost
    came_from: list[tuple[bool, bool]] = []  # for outside and inside: was the word before inside?
    for i in range(first, last + 1):
        p = min(max(probability.get(i, _UNSEEN), 0.001), 0.999)
        gain = -1e6 if i in barred else log(p / (1 - p))
        from_inside = inside > outside
        stays = i > first and inside >= outside - cost
        came_from.append((i > first and from_inside, stays))
        best_outside = max(outside, inside) if i > first else 0.0
        best_inside = (inside if stays else outside - cost) + gain
        outside, inside = best_outside, best_inside
    chosen = []
    state = inside > outside
    for offset in range(len(came_from) - 1, -1, -1):
        if state:
            chosen.append(first + offset)
        state = came_from[offset][state]
    return frozenset(chosen)
