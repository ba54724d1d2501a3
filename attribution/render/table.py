"""Tables by tabulate, fitted to a width.

Tabulate draws; this module decides how wide each column may be and wraps the cells, because a report
that must be read at 60 columns and at 140 needs some columns to give way before others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tabulate import SEPARATING_LINE, tabulate

from attribution.render.fit import width, wrap

_GAP = 2  # between columns, in tabulate's "simple" format


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        weight: its claim on the room left over, against other columns that do not fit; 0 for a column
            that never gives way.
        lines: most lines a cell may take before it is elided.
        right: numbers, aligned right.
        paint: adds terminal colour to a line of a cell once it is fitted.
    """

    title: str
    weight: int = 0
    lines: int = 1
    right: bool = False
    paint: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table as lines: its head (titles and rule), then the lines of each row."""

    head: list[str]
    rows: list[list[str]]


def draw(columns: Sequence[Column], rows: Sequence[Sequence[str]], total: int) -> Drawn:
    """A plain table no wider than ``total`` terminal cells (as far as its fixed columns allow)."""
    room = _share_out(columns, rows, total)
    wrapped = [[_cell(*each) for each in zip(row, room, columns, strict=True)] for row in rows]
    # The titles go in as a row: as headers, tabulate would widen every column by a padding of two.
    drawn = tabulate(
        [
            [column.title for column in columns],
            SEPARATING_LINE,
            *(["\n".join(cell) for cell in row] for row in wrapped),
        ],
        tablefmt="simple",
        colalign=["right" if column.right else "left" for column in columns],
        disable_numparse=True,
    )
    _top, *lines, _bottom = (line.rstrip() for line in drawn.splitlines())
    heights = [max(len(cell) for cell in row) for row in wrapped]
    body = iter(lines[2:])
    return Drawn(lines[:2], [[next(body) for _ in range(height)] for height in heights])


def pipe_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    """A GitHub table; the cells must be escaped already."""
    return tabulate(
        [list(row) for row in rows],
        headers=[column.title for column in columns],
        tablefmt="pipe",
        colalign=["right" if column.right else "left" for column in columns] if rows else None,
        disable_numparse=True,
    )


def _cell(words: str, cells: int, column: Column) -> list[str]:
    lines = wrap(words, cells, column.lines)
    return [column.paint(line) for line in lines] if column.paint else lines


def _share_out(columns: Sequence[Column], rows: Sequence[Sequence[str]], total: int) -> list[int]:
    """Cells per column: as wide as needed where all fits, else flexible columns share what is left."""
    needed = [max([width(column.title), *(width(row[at]) for row in rows)]) for at, column in enumerate(columns)]
    flexible = {at for at, column in enumerate(columns) if column.weight}
    left = total - _GAP * (len(columns) - 1) - sum(n for at, n in enumerate(needed) if at not in flexible)
    # Columns that need less than their share give the rest back to the others.
    while flexible:
        weights = sum(columns[at].weight for at in flexible)
        modest = {at for at in flexible if needed[at] * weights <= left * columns[at].weight}
        if not modest:
            break
        left -= sum(needed[at] for at in modest)
        flexible -= modest
    weights = sum(columns[at].weight for at in flexible)
    for at in flexible:
        needed[at] = max(width(columns[at].title), left * columns[at].weight // weights)
    return needed
