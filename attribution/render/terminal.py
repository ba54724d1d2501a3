"""The report as an editor reads it: one line that says it all, then the tables, fitted to the terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from attribution.records import Analysis, Level, Program, Report
from attribution.render.fit import elide, visible, width, wrap
from attribution.render.rows import (
    ClaimRow,
    Example,
    SourceRow,
    claim_rows,
    correction_rows,
    figure_rows,
    hedge_rows,
    share_rows,
    source_rows,
)
from attribution.render.summary import summary
from attribution.render.table import Column, Drawn, draw
from attribution.render.view import View, view_of
from attribution.render.words import LIMITS

NARROW = 72
"""Below this many columns the type and the cue move to the indented line."""

WIDE = 120
"""From this many columns on, what else stood on the indented line has columns of its own."""

_INDENT = "    "
_LEVELS = "Levels: " + ", ".join(f"{level.value} {level.word}" for level in Level) + "."

BOLD, DIM, GREEN, CYAN, YELLOW, RED = "1", "2", "32", "36", "33", "31"
_LEVEL_COLOURS = {"A0": GREEN, "A1": GREEN, "A2": CYAN, "A3": YELLOW, "A4": YELLOW, "A5": RED}


@dataclass(frozen=True, slots=True)
class Page:
    """What text is fitted to.

    Attributes:
        width: terminal cells per line.
        colour: whether ANSI colour may be used; it never carries meaning on its own.
    """

    width: int = 80
    colour: bool = False

    def paint(self, text: str, code: str) -> str:
        """Text in a colour, if this page has any."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text

    def paint_level(self, words: str) -> str:
        """A level's words in its colour."""
        return self.paint(words, _LEVEL_COLOURS.get(words[:2], ""))


def text_report(report: Report, page: Page) -> str:
    """All articles of a report, in order; articles that could not be read are told elsewhere."""
    parts = [_article(view_of(item, report.kinds), page) for item in report.items if isinstance(item, Analysis)]
    if not parts:
        return ""
    rule = page.paint("─" * page.width, DIM)
    return f"\n{rule}\n\n".join(parts) + _footer(report.program, page)


def _article(view: View, page: Page) -> str:
    article = view.article
    title = [page.paint(line, BOLD) for line in wrap(visible(article.title or ""), page.width, 3) if line]
    path = [page.paint(elide(visible(article.path), page.width), DIM)] if article.path else []
    opening = [page.paint(line, BOLD) for line in wrap(visible(summary(view)) + ".", page.width, 6)]
    sections = [[*path, *title], opening]
    if view.sources:
        sections.append(_sources(source_rows(view), page))
    if view.claims:
        sections.append(_claims(claim_rows(view), page))
    if view.analysis.hedges:
        sections.append(_hedges(view, page))
    if corrected := correction_rows(view):
        sections.append(wrap(visible(f"Corrected by hand: {'; '.join(corrected)}."), page.width, 8))
    if view.metrics:
        sections.append(_metrics(view, page))
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


# ------------------------------------------------------------------------------------------- sections

_SourceCell = Callable[[SourceRow], str]


def _sources(rows: list[SourceRow], page: Page) -> list[str]:
    cells: list[tuple[Column, _SourceCell]] = [
        (Column("Source", weight=3, lines=3), lambda row: row.who),
        (Column("Type", weight=1, lines=2), lambda row: row.type),
        (Column("Level", paint=page.paint_level), lambda row: row.level_words),
        (Column("Claims", right=True), lambda row: str(row.claims)),
        (Column("Line", right=True), lambda row: str(row.line)),
    ]
    if page.width < NARROW:
        del cells[1]
    if page.width >= WIDE:
        cells += [
            (Column("Count"), lambda row: row.count),
            (Column("Anonymity", weight=1, lines=2), lambda row: row.anonymity),
            (Column("Directness", weight=1, lines=3), lambda row: row.directness_words),
        ]

    def below(row: SourceRow) -> list[str]:
        remarks = (row.unsure,) if page.width >= WIDE else (row.type if page.width < NARROW else "", row.remarks)
        said = "; ".join(remark for remark in remarks if remark)
        room = page.width - len(_INDENT)
        return [*wrap(visible(said), room, 2), example_line(f"line {row.example.line}:", row.example, room)]

    drawn = draw(
        [column for column, _ in cells], [[visible(cell(row)) for _, cell in cells] for row in rows], page.width
    )
    return _section("SOURCES", drawn, [below(row) for row in rows], page)


def example_line(label: str, example: Example, room: int) -> str:
    """Words of the text on one line; where they are too long, those before the point give way first, then the end."""
    lead, rest = visible(example.lead), visible(example.rest)
    for_lead = max(room - width(f"{label}  {rest}"), room // 4)
    before = f"{label} {elide(lead, for_lead)} " if lead else f"{label} "
    return before + elide(rest, room - width(before))


def _claims(rows: list[ClaimRow], page: Page) -> list[str]:
    cells: list[tuple[Column, Callable[[ClaimRow], str]]] = [
        (Column("Line", right=True), lambda row: str(row.line)),
        (Column("Claim", weight=5, lines=4), lambda row: row.marked_claim),
        (Column("Cue", weight=2, lines=2), lambda row: row.cue),
        (Column("Source", weight=3, lines=3), lambda row: row.source),
        (Column("Level", paint=page.paint_level), lambda row: row.level_words + (" *" if row.lone else "")),
    ]
    if page.width < NARROW:
        del cells[2]
    if page.width >= WIDE:
        cells.append((Column("Other sources", weight=3, lines=3), lambda row: row.others_words))

    def below(row: ClaimRow) -> list[str]:
        remarks = [f"cue: {row.cue}" if page.width < NARROW and row.cue else ""]
        remarks.append("chain: " + " > ".join(row.chain) if row.chain else "")
        if page.width < WIDE and row.others_words:
            remarks.append(f"also: {row.others_words}")
        return [line for remark in remarks if remark for line in wrap(visible(remark), page.width - len(_INDENT), 2)]

    drawn = draw(
        [column for column, _ in cells], [[visible(cell(row)) for _, cell in cells] for row in rows], page.width
    )
    lines = _section("CLAIMS", drawn, [below(row) for row in rows], page)
    if any(row.lone for row in rows):
        lines += _remark("* rests on one unnamed source", page)
    return lines


def _hedges(view: View, page: Page) -> list[str]:
    words = ", ".join(row.words for row in hedge_rows(view))
    return wrap(visible(f"Hedges, not attributions: {words}."), page.width, 4)


def _metrics(view: View, page: Page) -> list[str]:
    lines = [page.paint("METRICS", BOLD)]
    if shares := [[visible(w) for w in (r.name, r.statements, r.sources, r.words)] for r in share_rows(view)]:
        ways = ("Share", "of statements", "of sources", "of words")
        lines += [*_table(draw([Column(way, weight=1, lines=2) for way in ways], shares, page.width), page), ""]
    columns = [Column("Figure", weight=2, lines=2), Column("Value", weight=3, lines=5), Column("Counted")]
    figures = [[visible(w) for w in (r.name, r.value, r.counts)] for r in figure_rows(view)]
    lines += _table(draw(columns, figures, page.width), page)
    return [*lines, *_remark("Figures that are zero or undefined are left out; --format json has them all.", page)]


# --------------------------------------------------------------------------------------------- layout


def _section(title: str, drawn: Drawn, below: list[list[str]], page: Page) -> list[str]:
    return [page.paint(title, BOLD), *_table(drawn, page, below)]


def _table(drawn: Drawn, page: Page, below: Sequence[list[str]] | None = None) -> list[str]:
    """A table's lines, with further lines below each row."""
    lines = [page.paint(line, DIM) for line in drawn.head]
    for row, remarks in zip(drawn.rows, below or [[] for _ in drawn.rows], strict=True):
        lines += row
        lines += [page.paint(_INDENT + remark, DIM) for remark in remarks if remark]
    return lines


def _remark(words: str, page: Page) -> list[str]:
    return [page.paint(line, DIM) for line in wrap(words, page.width, 3)]


def _footer(program: Program, page: Page) -> str:
    made = f"{program.name} {program.version}, parser {program.parser}, model {program.model}"
    lines = [line for part in (_LEVELS, LIMITS, made) for line in _remark(part, page)]
    return "\n" + "\n".join(lines) + "\n"
