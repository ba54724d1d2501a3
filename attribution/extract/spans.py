"""From sets of tokens to stretches of text: joining, trimming, quotation marks.

Conventions, those of PolNeAR where it has them: a content keeps its "that" and its quotation marks; it leaves out
the source and cue in its middle (it is then discontinuous), and the comma or full stop at its edge unless that
stands inside a quotation; a source keeps its appositions.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from attribution.extract.hits import Reading
from attribution.extract.syntax import NOTHING, Tokens
from attribution.records import Quotation, Span, Spans
from attribution.text import join_spans

_SMALL_GAP = 3


def source_spans(reading: Reading, tokens: Tokens, apart: Tokens) -> Spans:
    """The source, its small gaps closed: a word that a parser hung elsewhere in the middle of a name belongs to it.

    It does not end in the pronoun of a clause that is not part of it: "an aide", not "an aide, who".
    """
    last = max(tokens, default=0)
    if len(tokens) > 1 and reading.syntax.feature(last, "PronType") == "Rel":
        tokens -= {last}
    runs = _runs(reading, tokens, apart)
    for before, after in pairwise(runs):
        gap = range(before[-1] + 1, after[0])
        if len(gap) <= _SMALL_GAP and not apart & set(gap):
            tokens |= set(gap)
    return _spans(reading, tokens, NOTHING, keep_quotes=False)


def cue_spans(reading: Reading, tokens: Tokens) -> Spans:
    """The words of the cue, each run on its own."""
    return _spans(reading, tokens, NOTHING, keep_quotes=False)


def content_spans(reading: Reading, tokens: Tokens, apart: Tokens) -> Spans:
    """The content; ``apart`` are the tokens of source and cue, over which no gap is bridged."""
    return _spans(reading, tokens - apart, apart, keep_quotes=True)


def _spans(reading: Reading, tokens: Tokens, apart: Tokens, *, keep_quotes: bool) -> Spans:
    spans = []
    for run in _runs(reading, tokens, apart):
        trimmed = _trim(reading, run, keep_quotes=keep_quotes)
        if trimmed:
            first, last = reading.syntax.token(trimmed[0]), reading.syntax.token(trimmed[-1])
            span = Span(first.span.start, last.span.end)
            spans.append(_with_marks(reading, span) if keep_quotes else span)
    return join_spans(spans, reading.article.prose)


def _runs(reading: Reading, tokens: Iterable[int], apart: Tokens) -> list[list[int]]:
    """Runs of tokens; a gap of punctuation alone does not part a run."""
    runs: list[list[int]] = []
    for index in sorted(tokens):
        if runs:
            gap = range(runs[-1][-1] + 1, index)
            if all(reading.syntax.is_punctuation(g) and g not in apart for g in gap) and len(gap) <= _SMALL_GAP:
                runs[-1].extend([*gap, index])
                continue
        runs.append([index])
    return runs


def _trim(reading: Reading, run: list[int], *, keep_quotes: bool) -> list[int]:
    """Drop punctuation at the edges; inside a quotation it belongs to the quoted words."""
    syntax = reading.syntax
    first, last = 0, len(run)
    while (
        first < last and syntax.is_punctuation(run[first]) and _is_edge(reading, run[first], keep_quotes, opening=True)
    ):
        first += 1
    while (
        last > first
        and syntax.is_punctuation(run[last - 1])
        and _is_edge(reading, run[last - 1], keep_quotes, opening=False)
    ):
        last -= 1
    trimmed = run[first:last]
    return trimmed if any(not syntax.is_punctuation(i) for i in trimmed) else []


def _is_edge(reading: Reading, index: int, keep_quotes: bool, *, opening: bool) -> bool:
    token = reading.syntax.token(index)
    if not keep_quotes:
        return token.text not in ("(", "[") if opening else token.text not in (")", "]", "%")
    mark = _quotation_at(reading, token.span)
    if mark is not None:
        # A quotation's own marks stay if it is the quotation that ends here; a stray one goes.
        edge = (
            mark.span.start <= token.span.start < mark.inner.start
            if opening
            else mark.inner.end <= token.span.start < mark.span.end
        )
        if edge:
            return False
        return opening or not mark.inner.start <= token.span.start < mark.inner.end
    return token.text not in ("(", "[", "$", "#", "@", "'") if opening else token.text not in (")", "]", "%", "'")


def _quotation_at(reading: Reading, span: Span) -> Quotation | None:
    inside = [q for q in reading.quotations if q.span.start <= span.start and span.end <= q.span.end]
    return max(inside, key=lambda q: q.depth, default=None)


def _with_marks(reading: Reading, span: Span) -> Span:
    """Take in the marks of a quotation whose words are all there."""
    text = reading.article.prose
    start, end = span
    for quotation in reading.quotations:
        inner_words = text[quotation.inner.start : quotation.inner.end].strip().rstrip(",.;:?!…–—- ")
        words_end = (
            quotation.inner.start
            + text[quotation.inner.start : quotation.inner.end].find(inner_words)
            + len(inner_words)
        )
        whole = start <= _first_word(text, quotation.inner) and words_end <= end
        if whole and inner_words:
            if quotation.span.start < start and not text[quotation.inner.start : start].strip():
                start = quotation.span.start
            if end < quotation.span.end and not text[end : quotation.inner.end].strip(" ,.;:?!…–—-\n"):
                end = quotation.span.end
    return Span(start, end)


def _first_word(text: str, inner: Span) -> int:
    inside = text[inner.start : inner.end]
    return inner.start + len(inside) - len(inside.lstrip(" ,.;:…–—-\n"))
