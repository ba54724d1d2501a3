"""What Jupyter shows: an ``Analysis`` as the marked article with its tables, several side by side as one table.

Static HTML: no script, and every word of the article is escaped (``render.html.template``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from attribution.records import Analysis, ArticleError
from attribution.render import pictures
from attribution.render.cards import SEVERITY_WORDS, tally
from attribution.render.html.template import render, style
from attribution.render.marking import passages
from attribution.render.rows import claim_rows, hedge_rows, metric_rows, own_voice_rows, source_rows
from attribution.render.summary import summary
from attribution.render.view import View, view_of
from attribution.render.wire import text_digest
from attribution.render.words import share_words


def analysis_html(analysis: Analysis) -> str:
    """One analysis as an HTML fragment."""
    view = view_of(analysis)
    return render(
        "notebook.html",
        css=style("story", "notebook"),
        key=f"attribution-{text_digest(analysis.article.text)[:12]}",
        title=analysis.article.title or "",
        summary=summary(view),
        strip=pictures.strip(view),
        passages=passages(view, own_voice_rows(view)),
        sources=_sources(view),
        claims=_claims(view),
        hedges=", ".join(row.words for row in hedge_rows(view)),
        findings=_findings(view),
        metrics=[(row.name, row.value, row.counts) for row in metric_rows(view)],
    )


def _findings(view: View) -> list[tuple[object, ...]]:
    return [
        (f.line, "accepted" if f.suppressed else SEVERITY_WORDS[f.severity], f"{f.code} {f.name}", f.excerpt, f.message)
        for f in view.analysis.findings
    ]


def _sources(view: View) -> list[tuple[object, ...]]:
    return [
        (row.who, row.type, row.level_words, row.claims, row.line, row.anonymity, row.count, row.directness_words)
        for row in source_rows(view)
    ]


def _claims(view: View) -> list[tuple[object, ...]]:
    return [
        (
            row.line,
            row.marked_claim,
            row.cue,
            " > ".join(row.chain) or row.source,
            row.level_words + (", one source" if row.lone else ""),
            row.others_words,
        )
        for row in claim_rows(view)
    ]


# ----------------------------------------------------------------------------------- several articles


class Comparison(Sequence[Analysis | ArticleError]):
    """Several analyses, which Jupyter shows as one table: an article a row, shares with what they are counted from."""

    def __init__(self, analyses: Iterable[Analysis | ArticleError]) -> None:
        self._items = tuple(analyses)

    @overload
    def __getitem__(self, index: int) -> Analysis | ArticleError: ...
    @overload
    def __getitem__(self, index: slice) -> Comparison: ...
    def __getitem__(self, index: int | slice) -> Analysis | ArticleError | Comparison:
        return Comparison(self._items[index]) if isinstance(index, slice) else self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"<Comparison of {len(self)} articles>"

    def _repr_html_(self) -> str:
        return render("notebook.html", css=style("story", "notebook"), rows=list(self._rows()))

    def _rows(self) -> Iterator[_Row]:
        for number, item in enumerate(self._items, start=1):
            if isinstance(item, ArticleError):
                yield _Row(item.path or f"Article {number}", error=item.message)
            else:
                yield _row(view_of(item), number)


def compare(analyses: Iterable[Analysis | ArticleError]) -> Comparison:
    """Several analyses side by side, in their order; anything that ``analyze_many`` yields will do."""
    return Comparison(analyses)


@dataclass(frozen=True, slots=True)
class _Row:
    title: str
    words: int = 0
    sources: int = 0
    levels: Sequence[pictures.Bar] = ()
    named: str = ""
    accountable: str = ""
    anonymous: str = ""
    lone: int = 0
    findings: str = ""
    error: str = ""


def _row(view: View, number: int) -> _Row:
    article = view.article

    def share(key: str) -> str:
        return share_words(view.metrics[key]) if key in view.metrics else ""

    return _Row(
        title=article.title or article.path or f"Article {number}",
        words=len(article.prose.split()),
        sources=len(view.sources),
        levels=pictures.level_bars(view),
        named=share("named_share"),
        accountable=share("accountable_share"),
        anonymous=share("anonymous_share"),
        lone=sum(view.rests_on_one_unnamed(claim) for claim in view.claims),
        findings=tally(finding for finding in view.analysis.findings if finding.suppressed is None),
    )
