"""What another set of predictions found and this one does not, and the other way round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from attribution.evaluate.score import Relation, ScoredArticle, lenient_matches
from attribution.parse.tokenize import split_by_rule, tokenize
from attribution.records import Span
from attribution.text import words_of


@dataclass(frozen=True, slots=True)
class Change:
    """An attribution in words: one that two sets of predictions differ over, or that one has wrong.

    Attributes:
        article: id of the article.
        source, cue, content: its words.
        sentence: the sentence or sentences that its cue stands in (its content, where it has no cue).
    """

    article: str
    source: str
    cue: str
    content: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Attributions gained and lost since the earlier predictions, by article and in text order.

    Attributes:
        unchanged: how many are right in both.
    """

    gained: tuple[Change, ...]
    lost: tuple[Change, ...]
    unchanged: int


def changes(
    articles: Sequence[ScoredArticle],
    predictions: Mapping[str, Sequence[Relation]],
    earlier: Mapping[str, Sequence[Relation]],
) -> Changes:
    """Compare two sets of predictions, by article id; right is what attribution.lenient counts as right."""
    gained: list[Change] = []
    lost: list[Change] = []
    unchanged = 0
    for article in articles:
        now, before = (
            {i for i, _ in lenient_matches(article.text, article.attributions, found.get(article.id, ()))}
            for found in (predictions, earlier)
        )
        gained.extend(described(article, article.attributions[i]) for i in sorted(now - before))
        lost.extend(described(article, article.attributions[i]) for i in sorted(before - now))
        unchanged += len(now & before)
    return Changes(tuple(gained), tuple(lost), unchanged)


def described(article: ScoredArticle, attribution: Relation) -> Change:
    """An attribution in words, with the sentence around it."""
    text = article.text
    source, cue, content = (words_of(s, text) for s in (attribution.source, attribution.cue, attribution.content))
    around = attribution.cue or attribution.content
    return Change(article.id, source, cue, content, _sentences(text, Span(around[0].start, around[-1].end)))


def _sentences(text: str, span: Span) -> str:
    """The sentences that a stretch of text stands in, by rule: a list of changes needs no model."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    words = tokenize(text, Span(start, end if end >= 0 else len(text)))
    pieces = []
    for sentence in split_by_rule(text, words):
        first, last = words[sentence[0]].span.start, words[sentence[-1]].span.end
        if first < span.end and span.start < last:
            pieces.append(text[first:last])
    return " ".join(" ".join(pieces).split())
