"""The report as GitHub Markdown: the same tables with every column, and every metric."""

from __future__ import annotations

import re

from attribution.records import Analysis, Level, Program, Report
from attribution.render.fit import elide, visible
from attribution.render.rows import ClaimRow, claim_rows, correction_rows, hedge_rows, metric_rows, source_rows
from attribution.render.summary import summary
from attribution.render.table import Column, pipe_table
from attribution.render.view import View, view_of
from attribution.render.words import LIMITS

_EXAMPLE_WIDTH = 160
"""An example stands for a source; a quotation of three paragraphs does not help to recognise it."""

# Characters that could end a cell, start markup or become HTML.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~#&$])")


def markdown_report(report: Report) -> str:
    """All articles of a report, in order; articles that could not be read are told elsewhere."""
    parts = [_article(view_of(item, report.kinds)) for item in report.items if isinstance(item, Analysis)]
    return "\n".join([*parts, _footer(report.program)]) if parts else ""


def escape(text: str) -> str:
    """The article's words so that Markdown shows them as they are."""
    return _MARKUP.sub(r"\\\1", visible(text))


def _article(view: View) -> str:
    article = view.article
    heading = article.title or article.path or "Sources"
    sections = [f"## {escape(heading)}"]
    if article.title and article.path:
        sections.append(escape(article.path))
    sections.append(f"**{escape(summary(view))}.**")
    if view.sources:
        sections += ["### Sources", _sources(view)]
    if view.claims:
        sections += ["### Claims", _claims(view)]
    if view.analysis.hedges:
        sections.append(_hedges(view))
    if corrected := correction_rows(view):
        sections.append(escape(f"Corrected by hand: {'; '.join(corrected)}."))
    if view.metrics:
        sections += ["### Metrics", _metrics(view)]
    return "\n\n".join(sections) + "\n"


def _sources(view: View) -> str:
    columns = [
        Column("Source"),
        Column("Type"),
        Column("Level"),
        Column("Claims", right=True),
        Column("Line", right=True),
        Column("Anonymity"),
        Column("Count"),
        Column("Directness"),
        Column("Example"),
    ]
    rows = [
        [
            row.who,
            row.type,
            row.level_words,
            str(row.claims),
            str(row.line),
            "; ".join(words for words in (row.unsure, row.anonymity) if words),
            row.count,
            row.directness_words,
            f"line {row.example.line}: {elide(visible(row.example.words), _EXAMPLE_WIDTH)}",
        ]
        for row in source_rows(view)
    ]
    return pipe_table(columns, [[escape(cell) for cell in row] for row in rows])


def _claims(view: View) -> str:
    columns = [
        Column("Line", right=True),
        Column("Claim"),
        Column("Cue"),
        Column("Source"),
        Column("Level"),
        Column("Other sources"),
    ]
    rows = claim_rows(view)
    cells = [
        [
            str(row.line),
            row.marked_claim,
            row.cue,
            _source(row),
            row.level_words + (", one source" if row.lone else ""),
            row.others_words,
        ]
        for row in rows
    ]
    return pipe_table(columns, [[escape(cell) for cell in row] for row in cells])


def _source(row: ClaimRow) -> str:
    return " > ".join(row.chain) or row.source


def _hedges(view: View) -> str:
    return escape(f"Hedges, not attributions: {', '.join(row.words for row in hedge_rows(view))}.")


def _metrics(view: View) -> str:
    rows = [[row.name, row.value, row.counts] for row in metric_rows(view)]
    columns = [Column("Metric"), Column("Value"), Column("Counted")]
    return pipe_table(columns, [[escape(cell) for cell in row] for row in rows])


def _footer(program: Program) -> str:
    levels = ", ".join(f"{level.value} {level.word}" for level in Level)
    made = f"{program.name} {program.version}, parser {program.parser}, model {program.model}"
    return f"Levels: {levels}. {LIMITS} {escape(made)}.\n"
