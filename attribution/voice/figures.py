"""Figures that readers will ask the source of: the dead and hurt, costs, polls, percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from attribution.claims.quantities import calendar_words, quantities_of
from attribution.extract.syntax import Syntax
from attribution.lexicon import read_table
from attribution.records import Sentence, Span, Token
from attribution.sources.vocabulary import document_nouns
from attribution.voice.page import Page
from attribution.voice.words import word_key

_PERCENT = frozenset({"%", "percent", "pct", "percentage", "point"})
_PLAY_WORDS = 4
"""So many different words of sport or of markets make a story one of either."""
_SERIES = 3
"""So many sentences after a figure with a source, another is taken to come from it."""
_LONGEST_LIMIT = 3
"""Words that limit a number stand so close before it ("at least 40", "no more than 40")."""
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")


class FigureKind(StrEnum):
    """What a figure counts."""

    CASUALTY = "casualties"
    PERCENTAGE = "percentages"
    POLL = "polls"
    COST = "costs"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a sentence.

    Attributes:
        span: from the number to what it counts.
        value: None for "dozens".
        of_something: a share of what the sentence names ("3% of the population").
    """

    kind: FigureKind
    span: Span
    value: float | None
    of_something: bool = False


@cache
def _says() -> dict[tuple[str, str], str]:
    kinds = {"casualty", "people", "cost", "poll", "votes", "rate", "play", "count"}
    rows = read_table("figure_words.tsv", ("word", "upos", "says"), key=("word", "upos"), allowed={"says": kinds})
    return {(r["word"], r["upos"]): r["says"] for r in rows}


def says(token: Token) -> str | None:
    """What ``figure_words.tsv`` says of a word."""
    return _says().get(word_key(token))


def is_play(page: Page) -> bool:
    """Whether a story reads like sport or markets, whose results need no source."""
    return len({t.lemma.lower() for t in page.syntax.tokens if says(t) == "play"}) >= _PLAY_WORDS


def rests_on_document(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence names a document or a count that its figures can come from ("the census", "its accounts")."""
    nouns = {page.syntax.lemma(i) for i in page.words(sentence) if page.syntax.token(i).upos == "NOUN"}
    return not nouns.isdisjoint(document_nouns()) or "according to" in page.text(sentence)


def continues_series(page: Page, sentence: Sentence, figure: Figure) -> bool:
    """Whether a figure goes on from figures with a source.

    From a poll or count named anywhere before, unless it is a share of something of its own ("3% of the population");
    or from a document, or a statement with figures, up to three sentences before.
    """
    if figure.kind is FigureKind.CASUALTY:
        return False
    syntax = page.syntax
    if not figure.of_something and any(says(syntax.token(i)) == "count" for i in range(sentence.first)):
        return True
    near = page.sentences[max(0, sentence.index - _SERIES) : sentence.index]
    if any(rests_on_document(page, s) for s in near):
        return True
    said = frozenset().union(*(page.words(s) for s in near)) & page.voiced
    return any(_is_number(syntax.token(i)) or syntax.word(i) == "%" for i in said)


def figures(page: Page, sentence: Sentence) -> Iterator[Figure]:
    """The figures of a sentence's main clauses that need a source, in text order."""
    syntax = page.syntax
    for index in page.words(sentence):
        token = syntax.token(index)
        if not _is_number(token) or not _in_main_clause(syntax, index):
            continue
        kind = _kind(syntax, sentence, index)
        if kind is not None:
            yield Figure(kind, _span(syntax, index), _value(syntax, index), _is_of_something(syntax, index))


def _is_number(token: Token) -> bool:
    return token.upos == "NUM" and token.lemma.lower() != "one" and not _YEAR.fullmatch(token.text)


def _kind(syntax: Syntax, sentence: Sentence, index: int) -> FigureKind | None:
    above = syntax.head(index)
    around = {index, *(syntax.children(index))} | ({above} if above is not None else set())
    if any(syntax.word(i).rstrip(".") in _PERCENT for i in around) or syntax.token(index).text.endswith("%"):
        return _percentage(syntax, sentence, index)
    if any(syntax.word(i) in {"$", "£", "€", "dollar", "dollars", "euro", "euros", "pounds"} for i in around):
        return FigureKind.COST if _counts(syntax, index, "cost") else None
    return FigureKind.CASUALTY if _is_casualty(syntax, index) and not _is_past(syntax, sentence) else None


def _percentage(syntax: Syntax, sentence: Sentence, index: int) -> FigureKind | None:
    value = _value(syntax, index)
    kinds = [says(syntax.token(i)) for i in range(sentence.first, sentence.last)]
    if value in {1.0, 100.0} or {"rate", "votes", "count", "play"} & set(kinds):
        return None
    return FigureKind.POLL if "poll" in kinds else FigureKind.PERCENTAGE


def _is_of_something(syntax: Syntax, index: int) -> bool:
    heads = [index, *[i for i in [syntax.head(index)] if i is not None]]
    shares = [c for i in heads for c in syntax.children(i, "nmod", "obl") if syntax.markers(c, "of")]
    return any(says(syntax.token(c)) not in {"poll", "people"} for c in shares)


def _is_casualty(syntax: Syntax, index: int) -> bool:
    """ "40 people died", "killed 40", "40 dead", "40 deaths", "a toll of 40"; not "died at 92"."""
    head = syntax.head(index)
    if head is None or not syntax.has_relation(index, "nummod", "nsubj", "obj", "nmod"):
        return False
    if syntax.markers(index, "at", "on", "in", "by"):
        return False
    if says(syntax.token(head)) == "casualty":
        return True
    if says(syntax.token(head)) != "people" and not syntax.has_relation(index, "nsubj", "obj"):
        return False
    above = syntax.head(head)
    return above is not None and says(syntax.token(above)) == "casualty" and syntax.has_relation(head, "nsubj", "obj")


def _is_past(syntax: Syntax, sentence: Sentence) -> bool:
    """Whether a toll is background by now: dated by its month or year ("in March", "in 2015"), not by the day."""
    words = [syntax.word(i) for i in range(sentence.first, sentence.last)]
    dated = any(calendar_words().get(w) == "month" or _YEAR.fullmatch(w) for w in words)
    return dated and not any(calendar_words().get(w) == "day" for w in words)


def _counts(syntax: Syntax, index: int, kind: str) -> bool:
    """Whether a number hangs, directly or through what it counts, on a word of a kind."""
    for above in list(syntax.ancestors(index))[:3]:
        if says(syntax.token(above)) == kind:
            return True
        if syntax.token(above).upos == "VERB":
            return any(says(syntax.token(i)) == kind for i in syntax.children(above, "nsubj"))
    return False


def _in_main_clause(syntax: Syntax, index: int) -> bool:
    """Whether no subordinate clause, question, negation or supposition stands between a number and the root."""
    for at in (index, *syntax.ancestors(index)):
        if syntax.has_relation(at, "acl", "advcl", "ccomp", "csubj", "xcomp"):
            return False
        if any(
            syntax.word(a) in {"would", "could", "might", "may", "will", "should"} for a in syntax.children(at, "aux")
        ):
            return False
    return True


def _value(syntax: Syntax, index: int) -> float | None:
    """The number, with the scale behind it ("1.3 million"); None for "dozens"."""
    above = syntax.head(index)
    around = {i for i in (index - 1, index, index + 1, above) if i is not None and 0 <= i < len(syntax.tokens)}
    found, _ = quantities_of([syntax.token(i) for i in sorted(around)], lambda token: token.lemma.lower())
    return next((quantity.value for quantity in found), None)


def _span(syntax: Syntax, index: int) -> Span:
    """From the number to what it counts, where that stands right behind it."""
    above = syntax.head(index)
    last = above if above is not None and index < above <= index + 3 and syntax.token(above).upos != "VERB" else index
    first = min(i for i in syntax.subtree(index) if index - _LONGEST_LIMIT <= i <= index)
    return Span(syntax.token(first).span.start, syntax.token(max(last, index)).span.end)
