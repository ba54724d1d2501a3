"""How well predicted attributions match gold ones.

Tokens.  ``\\w+|[^\\w\\s]``: runs of word characters, and every other non-space character on its own.  A
character span covers each token that it shares a character with.  Everything is compared as sets of
tokens, so white space at the edge of a span never matters; the "np" (no punctuation) variants drop the
non-word tokens first and so forgive quotation marks, commas and full stops at the edges.

Measures.  Counts are summed over the articles, then precision, recall and F1 are computed (micro).

=================== ==========================================================================================
token.ROLE          tokens; a token has a role if any attribution gives it that role
content.exact[_np]  contents (all spans of an attribution together) matched one to one on equal token sets
content.iou50       ... on token IoU >= 0.5, greedily: best IoU first, ties to the earlier gold, then the
                    earlier predicted one
cue.overlap         cues matched one to one if they share a token, best IoU first
cue.exact           ... if their token sets are equal
source.overlap      sources as cue.overlap, whatever the content
source.exact        ... as cue.exact
attribution.lenient THE HEADLINE: matched in content.iou50, and the sources share a token or both are absent
attribution.strict  ... and the sources' token sets are equal or both are absent (_np: without punctuation)
attribution.full    lenient, and the cues share a token or both are absent
source_acc.*        of the pairs matched in content.iou50, those with a lenient or strict source
subset.FORM.content recall of content.iou50 on gold contents of one form: direct (has a double quotation mark),
                    pure (starts and ends with one), mixed (direct but not pure), indirect.  For direct and
                    indirect also precision: predictions with (without) a mark in or beside the content that
                    match any gold item
subset.FORM.attr    the same for attribution.lenient
=================== ==========================================================================================
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from attribution.records import Spans

ROLES = ("source", "cue", "content")

_TOKEN = re.compile(r"\w+|[^\w\s]")
_QUOTE = re.compile("[\"\u201c\u201d\u201e\u201f\u00ab\u00bb]|``|''")
_OPENS_WITH_QUOTE = re.compile("\\s*(?:[\"\u201c\u201d\u201e\u201f\u00ab]|``|'')")
_ENDS_WITH_QUOTE = re.compile("(?:[\"\u201c\u201d\u00bb]|'')[\\s.,;:!?\\-\u2013\u2014)]*$")
_SEED = 20161108


class Relation(Protocol):
    """One attribution as far as scoring is concerned: three discontinuous spans, each possibly empty."""

    @property
    def source(self) -> Spans: ...
    @property
    def cue(self) -> Spans: ...
    @property
    def content(self) -> Spans: ...


class ScoredArticle(Protocol):
    """An article with its gold attributions."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def attributions(self) -> Sequence[Relation]: ...


@dataclass(frozen=True, slots=True)
class Count:
    """Right and all items, on the predicted and on the gold side (they differ for subsets)."""

    right_predicted: int
    predicted: int
    right_gold: int
    gold: int

    def __add__(self, other: Count) -> Count:
        return Count(
            self.right_predicted + other.right_predicted,
            self.predicted + other.predicted,
            self.right_gold + other.right_gold,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        return self.right_predicted / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right_gold / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in [0, 1]."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


Counts = Mapping[str, Count]


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts of every measure over a set of articles.

    Attributes:
        counts: by name of the measure, in the order of the module's table.
        intervals: for each measure the 95 % percentile interval of its F1, resampling articles; empty
            unless asked for.
        articles: how many articles were scored, ``predicted`` how many of them had a prediction.
    """

    counts: Counts
    intervals: Mapping[str, tuple[float, float]]
    articles: int
    predicted: int


def score(
    articles: Sequence[ScoredArticle], predictions: Mapping[str, Sequence[Relation]], *, bootstrap: int = 0
) -> Scores:
    """Score predictions by article id; an article without one counts as "nothing found".

    Args:
        bootstrap: number of resamples for the intervals (the seed is fixed), 0 for none.
    """
    per_article = [count(a.text, a.attributions, predictions.get(a.id, ())) for a in articles]
    return Scores(
        counts=total(per_article),
        intervals=intervals(per_article, bootstrap),
        articles=len(articles),
        predicted=sum(a.id in predictions for a in articles),
    )


def total(per_article: Iterable[Counts]) -> dict[str, Count]:
    """Counts summed over articles."""
    sums: dict[str, Count] = {}
    for counts in per_article:
        for name, value in counts.items():
            sums[name] = sums[name] + value if name in sums else value
    return sums


def intervals(per_article: Sequence[Counts], resamples: int) -> dict[str, tuple[float, float]]:
    """The 95 % percentile interval of every measure's F1, resampling articles; empty without resamples."""
    if not resamples or not per_article:
        return {}
    generator = random.Random(_SEED)
    draws: dict[str, list[float]] = {name: [] for name in per_article[0]}
    for _ in range(resamples):
        sample = [per_article[generator.randrange(len(per_article))] for _ in per_article]
        for name, value in total(sample).items():
            draws[name].append(value.f1)
    low, high = int(0.025 * resamples), min(resamples - 1, int(0.975 * resamples))
    return {name: (sorted(values)[low], sorted(values)[high]) for name, values in draws.items()}


# ---------------------------------------------------------------------------------------------- tokens


class _Tokens:
    """Which scoring tokens a span of characters covers."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._is_word: list[bool] = []
        self._at = [-1] * len(text)
        for i, match in enumerate(_TOKEN.finditer(text)):
            first = text[match.start()]
            self._is_word.append(first.isalnum() or first == "_")
            self._at[match.start() : match.end()] = [i] * (match.end() - match.start())

    def cover(self, spans: Spans) -> frozenset[int]:
        covered: set[int] = set()
        for start, end in spans:
            covered.update(self._at[max(0, start) : max(0, end)])
        covered.discard(-1)
        return frozenset(covered)

    def words(self, tokens: Collection[int]) -> frozenset[int]:
        return frozenset(t for t in tokens if self._is_word[t])


@dataclass(frozen=True, slots=True)
class _Item:
    """An attribution as token sets, with the form of its content."""

    tokens: Mapping[str, frozenset[int]]
    words: Mapping[str, frozenset[int]]
    quoted: bool
    near_quote: bool
    pure: bool


def _item(tokens: _Tokens, relation: Relation) -> _Item:
    text = tokens.text
    cover = {role: tokens.cover(getattr(relation, role)) for role in ROLES}
    inside = " ".join(text[b:e] for b, e in relation.content)
    quoted = bool(_QUOTE.search(inside))
    beside = any(_QUOTE.search(text[max(0, b - 1) : b]) or _QUOTE.search(text[e : e + 1]) for b, e in relation.content)
    return _Item(
        tokens=cover,
        words={role: tokens.words(covered) for role, covered in cover.items()},
        quoted=quoted,
        near_quote=quoted or beside,
        pure=bool(quoted and _OPENS_WITH_QUOTE.match(inside) and _ENDS_WITH_QUOTE.search(inside)),
    )


# -------------------------------------------------------------------------------------------- matching


def _iou(first: frozenset[int], second: frozenset[int]) -> float:
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared) if shared else 0.0


def _match(gold: Sequence[frozenset[int]], predicted: Sequence[frozenset[int]], least: float) -> list[tuple[int, int]]:
    """One-to-one pairs of indices with IoU above 0 and at least ``least``, best first."""
    candidates = sorted(
        (-iou, i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if (iou := _iou(g, p)) > 0 and iou >= least
    )
    pairs: list[tuple[int, int]] = []
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    for _, i, j in candidates:
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            pairs.append((i, j))
    return pairs


def _touch(first: frozenset[int], second: frozenset[int]) -> bool:
    """Share a token, or are both absent."""
    return bool(first & second) or not (first or second)


def content_matches(text: str, gold: Sequence[Relation], predicted: Sequence[Relation]) -> list[tuple[int, int]]:
    """The pairs (index into gold, index into predicted) that content.iou50 counts as right."""
    tokens = _Tokens(text)
    return _match([tokens.cover(a.content) for a in gold], [tokens.cover(a.content) for a in predicted], 0.5)


def lenient_matches(text: str, gold: Sequence[Relation], predicted: Sequence[Relation]) -> list[tuple[int, int]]:
    """The pairs (index into gold, index into predicted) that attribution.lenient counts as right."""
    tokens = _Tokens(text)
    return [
        (i, j)
        for i, j in content_matches(text, gold, predicted)
        if _touch(tokens.cover(gold[i].source), tokens.cover(predicted[j].source))
    ]


# -------------------------------------------------------------------------------------------- counting


def count(text: str, gold: Sequence[Relation], predicted: Sequence[Relation]) -> dict[str, Count]:
    """All measures of one article."""
    tokens = _Tokens(text)
    wanted = [_item(tokens, relation) for relation in gold]
    found = [item for item in (_item(tokens, relation) for relation in predicted) if any(item.tokens.values())]
    counts: dict[str, Count] = {}

    for role in ROLES:
        g = frozenset[int]().union(*(item.tokens[role] for item in wanted))
        p = frozenset[int]().union(*(item.tokens[role] for item in found))
        counts[f"token.{role}"] = _count(len(g & p), len(p), len(g))

    with_content = [item for item in found if item.tokens["content"]]
    n_found, n_wanted = len(with_content), len(wanted)
    g_content = [item.tokens["content"] for item in wanted]
    p_content = [item.tokens["content"] for item in with_content]
    pairs = _match(g_content, p_content, 0.5)
    counts["content.exact"] = _count(len(_match(g_content, p_content, 1.0)), n_found, n_wanted)
    without_punctuation = _match(
        [item.words["content"] for item in wanted], [item.words["content"] for item in with_content], 1.0
    )
    counts["content.exact_np"] = _count(len(without_punctuation), n_found, n_wanted)
    counts["content.iou50"] = _count(len(pairs), n_found, n_wanted)

    for role in ("cue", "source"):
        g_role = [item.tokens[role] for item in wanted if item.tokens[role]]
        p_role = [item.tokens[role] for item in found if item.tokens[role]]
        counts[f"{role}.overlap"] = _count(len(_match(g_role, p_role, 0.0)), len(p_role), len(g_role))
        counts[f"{role}.exact"] = _count(len(_match(g_role, p_role, 1.0)), len(p_role), len(g_role))

    matched = [(wanted[i], with_content[j]) for i, j in pairs]
    lenient = [(i, j) for i, j in pairs if _touch(wanted[i].tokens["source"], with_content[j].tokens["source"])]
    strict = sum(g.tokens["source"] == p.tokens["source"] for g, p in matched)
    strict_words = sum(g.words["source"] == p.words["source"] for g, p in matched)
    full = sum(_touch(wanted[i].tokens["cue"], with_content[j].tokens["cue"]) for i, j in lenient)
    counts["attribution.lenient"] = _count(len(lenient), n_found, n_wanted)
    counts["attribution.strict"] = _count(strict, n_found, n_wanted)
    counts["attribution.strict_np"] = _count(strict_words, n_found, n_wanted)
    counts["attribution.full"] = _count(full, n_found, n_wanted)
    counts["source_acc.lenient"] = _count(len(lenient), len(pairs), len(pairs))
    counts["source_acc.strict"] = _count(strict, len(pairs), len(pairs))
    counts.update(_subsets(wanted, with_content, {"content": pairs, "attr": lenient}))
    return counts


def _count(right: int, predicted: int, gold: int) -> Count:
    return Count(right, predicted, right, gold)


def _subsets(
    wanted: Sequence[_Item], found: Sequence[_Item], matches: Mapping[str, Sequence[tuple[int, int]]]
) -> dict[str, Count]:
    """Direct and indirect speech apart."""
    forms = {
        "direct": ([i.quoted for i in wanted], [p.near_quote for p in found]),
        "pure": ([i.pure for i in wanted], [False] * len(found)),
        "mixed": ([i.quoted and not i.pure for i in wanted], [False] * len(found)),
        "indirect": ([not i.quoted for i in wanted], [not p.near_quote for p in found]),
    }
    return {
        f"subset.{form}.{kind}": Count(
            right_predicted=sum(of_form_predicted[j] for _, j in pairs),
            predicted=sum(of_form_predicted),
            right_gold=sum(of_form_gold[i] for i, _ in pairs),
            gold=sum(of_form_gold),
        )
        for form, (of_form_gold, of_form_predicted) in forms.items()
        for kind, pairs in matches.items()
    }
