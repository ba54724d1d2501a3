"""Matching predicted words to gold ones where the two divide the text differently.

The alignment of the CoNLL 2018 shared task (Zeman et al. 2018): words with the same characters match;
where a multi-word token is involved on either side, the words of the stretch it covers are matched by the
longest common subsequence of their forms, case aside.  Trees are compared over matched words only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attribution.evaluate.score import Count
from attribution.records import Parse, Span, Token


def tokens_of(parse: Parse) -> list[Span]:
    """The surface token of every word; the words of one multi-word token have the same."""
    spans: list[Span] = []
    for token in reversed(parse.tokens):
        continues = spans and parse.tokens[token.index + 1].joined
        spans.append(Span(token.span.start, spans[-1].end if continues else token.span.end))
    spans.reverse()
    for token in parse.tokens:
        if token.joined:
            spans[token.index] = spans[token.index - 1]
    return spans


class _Side:
    """One of the two divisions of the text, and how far it has been read."""

    def __init__(self, parse: Parse) -> None:
        self.tokens = parse.tokens
        self.spans = tokens_of(parse)
        self.at = 0

    @property
    def left(self) -> bool:
        return self.at < len(self.tokens)

    @property
    def span(self) -> Span:
        return self.spans[self.at]

    @property
    def multiword(self) -> bool:
        """Whether the word read next shares its token with others."""
        following = self.at + 1 < len(self.tokens) and self.tokens[self.at + 1].joined
        return following or self.tokens[self.at].joined

    def within(self, end: int) -> bool:
        """Whether the word read next belongs to a stretch that ends at ``end``."""
        if not self.left:
            return False
        return self.span.start < end if self.multiword else self.span.end <= end

    def forms(self, start: int) -> list[str]:
        """The words read since ``start``."""
        return [token.text.lower() for token in self.tokens[start : self.at]]


def align(gold: Parse, found: Parse) -> list[tuple[int, int]]:
    """Pairs of token indices (gold, found) that are the same word, in text order."""
    first, second = _Side(gold), _Side(found)
    pairs: list[tuple[int, int]] = []
    while first.left and second.left:
        if first.multiword or second.multiword:
            starts = _read_stretch(first, second)
            common = _common(first.forms(starts[0]), second.forms(starts[1]))
            pairs.extend((starts[0] + i, starts[1] + j) for i, j in common)
        elif first.span == second.span:
            pairs.append((first.at, second.at))
            first.at += 1
            second.at += 1
        elif first.span.start <= second.span.start:
            first.at += 1
        else:
            second.at += 1
    return pairs


def _read_stretch(first: _Side, second: _Side) -> tuple[int, int]:
    """Read, on both sides, all that the multi-word token reaches over, directly or through another one.

    Returns:
        Where the stretch begins on each side; it ends where they now stand.
    """
    owner, other = (first, second) if first.multiword else (second, first)
    end = owner.span.end
    if not other.multiword and other.span.start < owner.span.start:
        other.at += 1
    starts = first.at, second.at
    while first.within(end) or second.within(end):
        side = first if first.left and (not second.left or first.span.start <= second.span.start) else second
        if side.multiword:
            end = max(end, side.span.end)
        side.at += 1
    return starts


def _common(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """Index pairs of a longest common subsequence."""
    lengths = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i in range(len(first) - 1, -1, -1):
        for j in range(len(second) - 1, -1, -1):
            same = 1 + lengths[i + 1][j + 1] if first[i] == second[j] else 0
            lengths[i][j] = max(same, lengths[i + 1][j], lengths[i][j + 1])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(first) and j < len(second):
        if first[i] == second[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def word_measures(gold: Parse, found: Parse, pairs: Sequence[tuple[int, int]]) -> dict[str, Count]:
    """Tags and trees over aligned words, as F1 over all words of both sides.

    "las" ignores subtypes of relations, as the shared task does; "las_subtypes" does not.
    """
    counterpart = dict(pairs)

    def attached(g: Token, f: Token) -> bool:
        if g.head == g.index or f.head == f.index:
            return g.head == g.index and f.head == f.index
        return counterpart.get(g.head) == f.head

    same: dict[str, Callable[[Token, Token], bool]] = {
        "upos": lambda g, f: g.upos == f.upos,
        "xpos": lambda g, f: g.xpos == f.xpos,
        "feats": lambda g, f: g.feats == f.feats,
        "lemma": lambda g, f: g.lemma == f.lemma,
        "uas": attached,
        "las": lambda g, f: attached(g, f) and g.deprel.partition(":")[0] == f.deprel.partition(":")[0],
        "las_subtypes": lambda g, f: attached(g, f) and g.deprel == f.deprel,
    }
    measures = {}
    for name, agrees in same.items():
        right = sum(agrees(gold.tokens[g], found.tokens[f]) for g, f in pairs)
        measures[name] = Count(right, len(found.tokens), right, len(gold.tokens))
    return measures
