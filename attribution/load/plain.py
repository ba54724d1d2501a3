"""Paragraphs of plain text.

A blank line parts paragraphs.  So does a single line break, unless the lines are hard-wrapped: filled up to
about the same column, so that the next line's first word would not have fitted, and mostly going on in lower
case.  List items, lines of quoted mail (">"), bylines, credits and end marks stand alone in either case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from attribution.load import furniture
from attribution.load.blocks import Piece
from attribution.records import BlockKind, Span

_NARROWEST, _WIDEST = 50, 100  # columns between which lines may have been wrapped
_SLACK = 10  # columns by which a filled line may fall short of the width
_FILLED = 0.8  # share of a run's line breaks that must come where the line was full
_GOES_ON = 0.4  # share of its lines that must begin in lower case (English prose: about 0.8)
_ENOUGH_LINES = 4  # to see from a run alone that it is wrapped

_INVISIBLE = "\ufeff\u200b\u2060"
"""Characters that print nothing but are no white space to Python."""

_BULLET = re.compile(r"[-*•‣◦▪·–—]\s+\S")
_DASHES = "-–—·"
_NEAR = 3  # lines
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s+\S")
_MAY_END_BEFORE_ITEM = re.compile(r"[.:;,?!”’\"')\]]$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank: where its words stand, and how far in they begin."""

    start: int
    end: int
    indent: int
    words: str
    blank_before: bool

    @property
    def width(self) -> int:
        return self.indent + len(self.words)


def paragraphs(text: str, reading: str | None = None) -> list[Piece]:
    """The paragraphs, list items and quoted passages of a plain text, together all that it prints.

    Args:
        reading: the text with its comments blanked, if it has any; a line of comments alone is as if it were not there.
    """
    runs = _runs(_lines(text, text if reading is None else reading))
    width = _document_width(runs)
    # Where blank lines part the paragraphs, an early line end need not part them once more.
    slack = 0 if max(map(len, runs), default=0) > sum(map(len, runs)) / 2 else _SLACK
    items = _item_lines([line for run in runs for line in run])
    pieces: list[Piece] = []
    for run in runs:
        for group, kind in _groups(run, width, items, slack):
            span = Span(group[0].start, group[-1].end)
            pieces.append(Piece(span, kind, lines=len(group), apart=group[0].blank_before or not pieces))
    return pieces


def _lines(printed: str, text: str) -> list[_Line]:
    lines: list[_Line] = []
    at, blank = 0, False
    for line in text.splitlines(keepends=True):
        start, end = at, at + len(line)
        at = end
        while start < end and (text[start].isspace() or text[start] in _INVISIBLE):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE):
            end -= 1
        if start == end:
            blank = blank or not printed[at - len(line) : at].strip()
            continue
        indent = len(line[: start - (at - len(line))].expandtabs())
        lines.append(_Line(start, end, indent, text[start:end], blank))
        blank = False
    return lines


def _runs(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Lines between blank lines."""
    runs: list[list[_Line]] = []
    for line in lines:
        if line.blank_before or not runs:
            runs.append([])
        runs[-1].append(line)
    return runs


def _document_width(runs: Sequence[Sequence[_Line]]) -> int | None:
    """The column the document's lines are wrapped at, or None where no longer run shows that they are."""
    widths = [max(line.width for line in run) for run in runs if len(run) >= _ENOUGH_LINES and _is_wrapped(run, None)]
    return max(widths, default=None)


def _is_wrapped(run: Sequence[_Line], document_width: int | None) -> bool:
    """Whether a run's line breaks come from filling lines, not from ending paragraphs."""
    breaks = list(pairwise(run))
    widest = max(line.width for line in run)
    if not breaks or widest > _WIDEST:
        return False
    going_on = sum(after.words[0].islower() for _, after in breaks) / len(breaks)
    if document_width is not None and widest <= document_width + _SLACK:
        filled = sum(_is_full(line, after, document_width) for line, after in breaks) / len(breaks)
        return filled >= _FILLED or going_on == 1
    filled = sum(_is_full(line, after, widest) for line, after in breaks) / len(breaks)
    if widest < _NARROWEST or filled < _FILLED:
        return False
    return going_on >= (_GOES_ON if len(run) >= _ENOUGH_LINES else 1)


def _is_full(line: _Line, after: _Line, width: int, slack: int = _SLACK) -> bool:
    """Whether the next line's first word would not have fitted on this line."""
    return line.width + 1 + len(after.words.split()[0]) > width - slack


def _groups(
    run: Sequence[_Line], document_width: int | None, items: set[int], slack: int
) -> list[tuple[list[_Line], BlockKind | None]]:
    """The run's lines, put together into paragraphs, list items and quoted passages."""
    wrapped = _is_wrapped(run, document_width)
    width = max(document_width or 0, *(line.width for line in run))
    groups: list[tuple[list[_Line], BlockKind | None]] = []
    for index, line in enumerate(run):
        before = run[index - 1] if index else None
        last_kind = groups[-1][1] if groups else None
        if line.words.startswith(">"):
            if before is not None and last_kind is BlockKind.QUOTE:
                groups[-1][0].append(line)
            else:
                groups.append(([line], BlockKind.QUOTE))
        elif _stands_alone(line):
            groups.append(([line], None))
        elif line.start in items and _may_open_item(before, last_kind):
            groups.append(([line], BlockKind.LIST_ITEM))
        elif before is None or last_kind is BlockKind.QUOTE or _stands_alone(before):
            groups.append(([line], None))
        elif (wrapped and not _paragraph_ends(before, line, width, slack)) or (
            last_kind is BlockKind.LIST_ITEM and line.indent > groups[-1][0][0].indent
        ):
            groups[-1][0].append(line)
        else:
            groups.append(([line], None))
    return groups


def _paragraph_ends(line: _Line, after: _Line, width: int, slack: int) -> bool:
    """Among wrapped lines: an early end with a full stop, or an indented next line."""
    if after.indent >= line.indent + 2 and furniture.ends_sentence(line.words):
        return True
    return not _is_full(line, after, width, slack) and furniture.ends_sentence(line.words)


def _stands_alone(line: _Line) -> bool:
    return furniture.is_byline(line.words) or furniture.is_mark(line.words) or furniture.is_credit(line.words)


def _item_lines(lines: list[_Line]) -> set[int]:
    """Where the lines start that look like list items.

    A number needs its neighbour elsewhere in the text, a dash another dash near by: alone, it may open a line
    of dialogue or sign a quotation.
    """
    numbers = {int(number.group(1)) for line in lines if (number := _NUMBER.match(line.words))}
    items = set()
    for index, line in enumerate(lines):
        near = lines[max(0, index - _NEAR) : index] + lines[index + 1 : index + 1 + _NEAR]
        if number := _NUMBER.match(line.words):
            company = {int(number.group(1)) - 1, int(number.group(1)) + 1} & numbers != set()
        elif _BULLET.match(line.words):
            company = line.words[0] not in _DASHES or any(other.words[:2] == line.words[:2] for other in near)
        else:
            continue
        if company:
            items.add(line.start)
    return items


def _may_open_item(before: _Line | None, last_kind: BlockKind | None) -> bool:
    """Not in the middle of a sentence that a line break happens to cut before a dash."""
    return before is None or last_kind is BlockKind.LIST_ITEM or bool(_MAY_END_BEFORE_ITEM.search(before.words))
