"""The learned tagger's reading of a parse: one cue at a time, with the words of its source and content.

The tagger gives every word of a paragraph a probability of belonging to each cue.  A role is read off as the set of
runs of words that is most probable as a whole when each run costs something to begin, so that a single doubtful
word neither opens a run nor breaks one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from attribution.extract.syntax import NOTHING, Tokens
from attribution.records import TaggedCue

_RUN_COST = {"source": 1.0, "content": 5.0}
"""Log-odds that a run of words must gather before it is worth beginning."""

_ADVANCE = {"source": 6.0, "content": 8.0}
"""Log-odds that a pattern's reading of a role is given over the tagger's."""

_UNSEEN = 0.02
"""The probability of a word whose link the parser left out as negligible."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """One cue of the tagger with the most probable words of its source and content."""

    cue: Tokens
    source: Tokens
    content: Tokens
    score: float
    links: Mapping[str, Mapping[int, float]]

    def favours(self, role: str, given: Tokens, own: Tokens) -> bool:
        """Whether a pattern's words for a role are as good as the tagger's own."""
        return self._odds(role, given) + _ADVANCE[role] >= self._odds(role, own)

    def mean_link(self, content: Tokens) -> float:
        """Mean probability with which words belong to the cue as content."""
        return sum(self.links["content"].get(i, 0.0) for i in content) / max(1, len(content))

    def _odds(self, role: str, tokens: Tokens) -> float:
        return sum(_log_odds(self.links[role].get(i, _UNSEEN)) for i in tokens)


def read_tags(tagged: Iterable[TaggedCue]) -> tuple[Tagged, ...]:
    """Every cue of the tagger, in text order."""
    return tuple(_read(cue) for cue in tagged)


def _read(cue: TaggedCue) -> Tagged:
    links = {"source": dict(cue.source), "content": dict(cue.content)}
    own = frozenset(cue.cue)
    return Tagged(own, _best_run(links["source"], own), _runs(links["content"], own), cue.score, links)


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 0.001), 0.999)
    return log(bounded / (1 - bounded))


def _best_run(links: Mapping[int, float], barred: Tokens) -> Tokens:
    """The run of tokens with the most log-odds: a source is one noun phrase (Kadane's algorithm)."""
    best, best_sum = NOTHING, _RUN_COST["source"]
    start, total = 0, 0.0
    for i in range(min(links, default=0), max(links, default=-1) + 1):
        if total <= 0:
            start, total = i, 0.0
        total = float("-inf") if i in barred else total + _log_odds(links.get(i, _UNSEEN))
        if total > best_sum:
            best, best_sum = frozenset(range(start, i + 1)), total
    return best


def _runs(links: Mapping[int, float], barred: Tokens) -> Tokens:
    """The tokens of the best set of runs: Viterbi over outside and inside."""
    if not links:
        return NOTHING
    cost = _RUN_COST["content"]
    first, last = min(links), max(links)
    outside, inside = 0.0, float("-inf")
    path: list[tuple[bool, bool]] = []  # was the word before inside, if this one is outside / inside?
    for i in range(first, last + 1):
        gain = float("-inf") if i in barred else _log_odds(links.get(i, _UNSEEN))
        path.append((inside > outside, inside >= outside - cost))
        outside, inside = max(outside, inside), max(inside, outside - cost) + gain
    chosen = []
    state = inside > outside
    for i in range(last, first - 1, -1):
        if state:
            chosen.append(i)
        state = path[i - first][state]
    return frozenset(chosen)
