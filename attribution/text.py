"""Lines, columns and span arithmetic over an article's own text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from attribution.records import Span, Spans


class LineIndex:
    """Where characters stand for a human: 1-based lines and columns (columns count code points).

    Lines end at LF, CRLF or CR, as editors count them.
    """

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = 0
        for line in text.splitlines(keepends=True):
            at += len(line)
            # str.splitlines also breaks at form feeds and Unicode separators, which editors do not count.
            if line.endswith(("\n", "\r")):
                self._starts.append(at)

    def position(self, offset: int) -> tuple[int, int]:
        """``(line, column)`` of a character offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, offset: int) -> int:
        """The line alone."""
        return bisect_right(self._starts, offset)


class SpanIndex:
    """Spans in text order that do not overlap, found by where they stand."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = tuple(spans)
        self._starts = [span.start for span in self._spans]

    def at(self, offset: int) -> int | None:
        """Which span holds a character, None for none."""
        number = self.up_to(offset)
        return number if number is not None and offset < self._spans[number].end else None

    def up_to(self, offset: int) -> int | None:
        """The last span that begins at a character or before it, None where all begin later."""
        number = bisect_right(self._starts, offset) - 1
        return number if number >= 0 else None

    def over(self, span: Span) -> range:
        """Which spans share a character with a stretch of text."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        if first < len(self._spans) and self._spans[first].end <= span.start:
            first += 1
        return range(first, max(first, bisect_left(self._starts, span.end)))


def join_spans(spans: Iterable[Span], text: str) -> Spans:
    """Sort spans and unite those that touch, overlap, or are parted by white space only."""
    united: list[Span] = []
    for span in sorted(spans):
        if united and not text[united[-1].end : span.start].strip():
            united[-1] = Span(united[-1].start, max(united[-1].end, span.end))
        else:
            united.append(span)
    return tuple(united)


def words_of(spans: Spans, text: str) -> str:
    """The words of a discontinuous span as printed, pieces joined by " … ", line breaks as spaces."""
    return " … ".join(" ".join(text[b:e].split()) for b, e in spans)


def covers(outer: Spans, inner: Spans) -> bool:
    """Whether every character of ``inner`` lies in ``outer``."""
    return all(any(o.start <= i.start and i.end <= o.end for o in outer) for i in inner)


def overlap(first: Spans, second: Spans) -> int:
    """Number of characters two spans share."""
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in first for b in second)


def word_count(spans: Spans, text: str) -> int:
    """Number of white-space separated words in the spans."""
    return sum(len(text[b:e].split()) for b, e in spans)


_ALIKE = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛", "'") | dict.fromkeys("–—", "-"))


def places_of(words: str, text: str) -> Spans:
    """Where words stand in a text, whatever the white space between them and the style of quotes and dashes."""
    parts = words.translate(_ALIKE).split()
    if not parts:
        return ()
    pattern = r"\s+".join(map(re.escape, parts))
    return tuple(Span(*found.span()) for found in re.finditer(pattern, text.translate(_ALIKE)))
