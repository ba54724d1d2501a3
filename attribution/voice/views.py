"""Judgements, causes and forecasts that a sentence's main clause states."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from attribution.claims.features import main_clause
from attribution.claims.quantities import calendar_words
from attribution.extract.cues import is_negated
from attribution.extract.syntax import Syntax, Tokens
from attribution.lexicon import Row, read_table
from attribution.records import Confidence, Sentence
from attribution.voice.words import word_key

_FUTURE = frozenset({"will", "shall", "'ll", "wo"})
_UNREAL = frozenset({"would", "could", "might", "may", "can", "should", "must"})
_FIRST_OR_SECOND = frozenset({"i", "we", "you", "us", "me", "my", "our", "your"})


class ViewKind(StrEnum):
    """What makes a statement one that people can dispute."""

    EVALUATION = "a judgement"
    CAUSE = "a cause"
    FORECAST = "a forecast"


@dataclass(frozen=True, slots=True)
class View:
    """A contentious statement: what sort, in which words, how surely."""

    kind: ViewKind
    words: Tokens
    confidence: Confidence


@cache
def _table() -> dict[tuple[str, str], Row]:
    rows = read_table(
        "contentious_words.tsv",
        ("word", "upos", "says", "sure"),
        key=("word", "upos"),
        allowed={"says": {"evaluation", "cause", "effect", "forecast"}, "sure": {"high", "medium", "low"}},
    )
    return {(r["word"], r["upos"]): r for r in rows}


def view(syntax: Syntax, sentence: Sentence) -> View | None:
    """What a sentence states that its readers can dispute, the surest first; None for a plain report.

    Questions, suppositions and what is said to the reader ("you will love it") are no statements of this kind.
    """
    if any(syntax.word(i) in _FIRST_OR_SECOND or syntax.word(i) == "?" for i in range(sentence.first, sentence.last)):
        return None
    heads = [t.index for t in main_clause(syntax.parse, (sentence.span,)).heads]
    found = (sort(syntax, head) for head in heads for sort in (_evaluation, _forecast, _cause))
    return min((v for v in found if v), key=lambda v: list(Confidence).index(v.confidence), default=None)


def _row(syntax: Syntax, index: int) -> Row | None:
    return _table().get(word_key(syntax.token(index)))


def _evaluation(syntax: Syntax, head: int) -> View | None:
    if syntax.child(head, "nsubj") is None or is_negated(syntax, head):
        return None
    if any(syntax.word(a) in _UNREAL for a in syntax.children(head, "aux")):
        return None
    said = [head] if syntax.child(head, "cop") is not None or syntax.token(head).upos == "VERB" else []
    if syntax.child(head, "cop") is not None:
        said += syntax.children(head, "amod")
    said += [a for a in syntax.children(head, "advmod", "xcomp") if syntax.token(a).upos in {"ADV", "ADJ", "NOUN"}]
    return next(
        (
            View(ViewKind.EVALUATION, frozenset({head, index}), Confidence(row["sure"]))
            for index in said
            if (row := _row(syntax, index)) and row["says"] == "evaluation"
        ),
        None,
    )


def _forecast(syntax: Syntax, head: int) -> View | None:
    """ "Will wreck small farms", "is bound to fail"; not "will meet on Tuesday"."""
    auxiliaries = {syntax.word(a) for a in syntax.children(head, "aux")}
    going = syntax.word(head) == "going" and (below := syntax.child(head, "xcomp")) is not None
    row = _row(syntax, below if going and below is not None else head)
    says_so = syntax.child(head, "cop") is not None and syntax.child(head, "xcomp", "csubj", "ccomp") is not None
    if any(syntax.word(a) in {"more", "less"} for a in syntax.children(head, "advmod")):  # a comparison, not a forecast
        says_so = False
    if row and row["says"] == "forecast" and says_so:
        return View(ViewKind.FORECAST, frozenset({head}), Confidence(row["sure"]))
    if not (auxiliaries & _FUTURE or going):
        return None
    adverbs = [a for a in syntax.children(head, "advmod") if (r := _row(syntax, a)) and r["says"] == "forecast"]
    if adverbs:
        return View(ViewKind.FORECAST, frozenset({head, adverbs[0]}), Confidence.HIGH)
    scheduled = any(syntax.word(i) in calendar_words() or syntax.word(i).isdigit() for i in syntax.subtree(head))
    if row and row["says"] == "effect" and not scheduled:
        words = {head, *syntax.children(head, "aux")} | ({below} if going and below is not None else set())
        return View(ViewKind.FORECAST, frozenset(words), Confidence(row["sure"]))
    return View(ViewKind.FORECAST, frozenset({head}), Confidence.LOW)


def _cause(syntax: Syntax, head: int) -> View | None:
    row = _row(syntax, head)
    if row and row["says"] == "cause" and syntax.token(head).upos == "VERB" and not is_negated(syntax, head):
        return View(ViewKind.CAUSE, frozenset({head}), Confidence(row["sure"]))
    return None
