"""What Jupyter shows for an ``Analysis``: the article with its attributions marked, then the tables.

Static HTML: no script, and every word of the article is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from attribution.records import Analysis, Span
from attribution.render.fit import visible
from attribution.render.rows import claim_rows, hedge_rows, metric_rows, source_rows
from attribution.render.summary import summary
from attribution.render.view import View, view_of
from attribution.render.words import NO_SPEAKER, level_words

_STYLE = """<style>
.attribution-report { max-width: 60em; line-height: 1.5; }
.attribution-report .text { white-space: pre-wrap; margin: 0.5em 0 1em; }
.attribution-report .content { background: rgba(255, 200, 0, 0.18); }
.attribution-report .cue { border-bottom: 2px solid currentColor; }
.attribution-report .source { font-weight: bold; background: rgba(0, 120, 255, 0.2); }
.attribution-report .hedge { border-bottom: 2px dotted currentColor; }
.attribution-report table { border-collapse: collapse; margin: 0.5em 0 1em; }
.attribution-report th, .attribution-report td { text-align: left; vertical-align: top; padding: 0.2em 0.8em 0.2em 0; }
</style>"""

_LEGEND = (
    '<p><span class="source">source</span> <span class="cue">cue</span> <span class="content">content</span> '
    '<span class="hedge">hedge</span></p>'
)


def analysis_html(analysis: Analysis) -> str:
    """One analysis as an HTML fragment."""
    view = view_of(analysis)
    title = f"<h3>{_safe(analysis.article.title)}</h3>" if analysis.article.title else ""
    parts = [
        _STYLE,
        title,
        f"<p><strong>{_safe(summary(view))}.</strong></p>",
        _LEGEND,
        f'<div class="text">{_marked(view)}</div>',
        _sources(view),
        _claims(view),
        _hedges(view),
        _metrics(view),
    ]
    return f'<div class="attribution-report">{"".join(parts)}</div>'


def _marked(view: View) -> str:
    """The article's text with every span marked.

    Spans overlap and nest, elements may not; so the text is cut wherever a span begins or ends, and
    each piece carries all the roles it has.
    """
    text = view.article.text
    marks = list(_marks(view))
    cuts = sorted({0, len(text), *(place for span, _, _ in marks for place in span)})
    pieces = []
    for start, end in pairwise(cuts):
        over = [mark for mark in marks if mark[0].start <= start and end <= mark[0].end]
        words = escape("\n".join(visible(line) for line in text[start:end].replace("\r\n", "\n").split("\n")))
        if over:
            roles = " ".join(dict.fromkeys(role for _, role, _ in over))
            notes = _safe("; ".join(dict.fromkeys(note for _, _, note in over)))
            words = f'<span class="{roles}" title="{notes}">{words}</span>'
        pieces.append(words)
    return "".join(pieces)


def _marks(view: View) -> Iterable[tuple[Span, str, str]]:
    for each in view.attributions:
        source = view.source(each.source_id) if each.source_id else None
        note = f"{each.id}: {source.name}, {level_words(source.level)}" if source else f"{each.id}: {NO_SPEAKER}"
        for role, spans in (("source", each.source), ("cue", each.cue), ("content", each.content)):
            for span in spans:
                yield span, role, note
    for hedge in view.analysis.hedges:
        yield hedge.span, "hedge", "hedge, not an attribution"


def _sources(view: View) -> str:
    titles = ("Source", "Type", "Level", "Claims", "Line", "Anonymity", "Count", "Directness")
    return _table(
        "Sources",
        titles,
        [
            (
                row.who,
                row.type,
                row.level_words,
                str(row.claims),
                str(row.line),
                row.anonymity,
                row.count,
                row.directness_words,
            )
            for row in source_rows(view)
        ],
    )


def _claims(view: View) -> str:
    titles = ("Line", "Claim", "Cue", "Source", "Level", "Other sources")
    return _table(
        "Claims",
        titles,
        [
            (
                str(row.line),
                row.marked_claim,
                row.cue,
                " > ".join(row.chain) or row.source,
                row.level_words + (", one source" if row.lone else ""),
                row.others_words,
            )
            for row in claim_rows(view)
        ],
    )


def _hedges(view: View) -> str:
    words = ", ".join(row.words for row in hedge_rows(view))
    return f"<p>Hedges, not attributions: {_safe(words)}.</p>" if words else ""


def _metrics(view: View) -> str:
    rows = [(row.name, row.value, row.counts) for row in metric_rows(view)]
    return f"<details><summary>Metrics</summary>{_table('', ('Metric', 'Value', 'Counted'), rows)}</details>"


def _table(caption: str, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{_safe(title)}</th>' for title in titles)
    body = "".join("<tr>" + "".join(f"<td>{_safe(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    heading = f"<h4>{_safe(caption)}</h4>" if caption else ""
    return f"{heading}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _safe(words: str) -> str:
    return escape(visible(words))
