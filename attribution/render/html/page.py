"""The report as one HTML page: what each template is given, and nothing about how it looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attribution.records import Analysis, ArticleError, Attribution, Finding, Level, Report, Severity
from attribution.render import pictures
from attribution.render.html.graph import Drawing, draw
from attribution.render.html.template import render, script, source_hash, style
from attribution.render.marking import Passage, passages
from attribution.render.rows import (
    ClaimRow,
    HedgeRow,
    MetricRow,
    OwnVoiceRow,
    ShareRow,
    SourceRow,
    claim_rows,
    correction_rows,
    figure_rows,
    hedge_rows,
    own_voice_rows,
    share_rows,
    source_rows,
)
from attribution.render.summary import summary
from attribution.render.view import View, view_of
from attribution.render.words import LIMITS, TYPE_WORDS


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a source says, as its card lists it."""

    id: str
    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """A source in the panel.

    Attributes:
        words, share: attributed words of its own, and what part of all attributed words they are, 0 to 1.
        types: codes of its types, for the filter.
    """

    row: SourceRow
    types: str
    words: int
    share: float
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A row of the table of claims, with the attributions it lights up and whose claim it is, relays included."""

    row: ClaimRow
    attributions: str
    sources: str
    corroboration: str


@dataclass(frozen=True, slots=True)
class Section:
    """One article of the page.

    Attributes:
        id: begins every id of the section, so that several articles can stand on one page.
        extracted: its text was taken out of a web page, so that lines are not those of the file.
        findings: None where the page is not about findings.
    """

    id: str
    title: str
    path: str
    extracted: bool
    summary: str
    passages: Sequence[Passage]
    strip: pictures.Strip
    levels: Sequence[pictures.Bar]
    types: Sequence[pictures.Bar]
    graph: Drawing
    cards: Sequence[Card]
    unspoken: Sequence[Statement]
    claims: Sequence[ClaimLine]
    hedges: Sequence[HedgeRow]
    own_voice: Sequence[OwnVoiceRow]
    corrections: Sequence[str]
    shares: Sequence[ShareRow]
    figures: Sequence[MetricRow]
    findings: Sequence[Finding] | None
    own_levels: Sequence[Level]
    own_types: Sequence[tuple[str, str]]

    @property
    def severities(self) -> list[tuple[Severity, int]]:
        """How many findings count, by severity, gravest first."""
        counted = [f.severity for f in self.findings or () if f.suppressed is None]
        return [(severity, counted.count(severity)) for severity in Severity]

    @property
    def suppressed(self) -> int:
        """How many findings were accepted and count for nothing."""
        return sum(f.suppressed is not None for f in self.findings or ())


def html_report(report: Report, *, findings: bool = False) -> str:
    """All articles of a report on one page that needs no network and runs nothing but its own script.

    Args:
        findings: show what the editorial check found beside the words concerned.
    """
    sections: list[Section] = []
    for item in report.items:
        if isinstance(item, Analysis):
            sections.append(section(view_of(item, report.kinds), len(sections) + 1, findings=findings))
    css, js = style("story", "report"), script()
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src {source_hash(css)}",
            f"script-src {source_hash(js)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return render(
        "report.html",
        sections=sections,
        errors=[item for item in report.items if isinstance(item, ArticleError)],
        program=report.program,
        limits=LIMITS,
        checked=findings,
        basis=report.basis if findings else "",
        policy=policy,
        css=css,
        js=js,
    )


def section(view: View, number: int, *, findings: bool = False) -> Section:
    """What the page shows of one article."""
    shown = view.analysis.findings if findings else ()
    own_voice = own_voice_rows(view)
    return Section(
        id=f"n{number}",
        title=view.article.title or view.article.path or f"Article {number}",
        path=(view.article.path or "") if view.article.title else "",
        extracted=view.article.extracted,
        summary=summary(view),
        passages=passages(view, own_voice, shown),
        strip=pictures.strip(view),
        levels=pictures.level_bars(view),
        types=pictures.type_bars(view),
        graph=draw(pictures.graph(view)),
        cards=cards(view),
        unspoken=_statements(view, (a for a in view.attributions if a.source_id is None)),
        claims=[_claim(view, row, at) for at, row in enumerate(claim_rows(view))],
        hedges=hedge_rows(view),
        own_voice=own_voice,
        corrections=correction_rows(view),
        shares=share_rows(view),
        figures=figure_rows(view),
        findings=shown if findings else None,
        own_levels=sorted({source.level for source in view.sources}),
        own_types=[
            (kind.value, words) for kind, words in TYPE_WORDS.items() if any(kind in s.types for s in view.sources)
        ],
    )


def cards(view: View) -> list[Card]:
    """The sources, those with most attributed words first."""
    words = pictures.words_by_source(view)
    total = max(1, sum(words.values()))
    rows = {row.id: row for row in source_rows(view)}
    return [
        Card(
            row=rows[source.id],
            types=" ".join(kind.value for kind in source.types or (source.type,)),
            words=words[source.id],
            share=words[source.id] / total,
            statements=_statements(view, view.attributions_of_source(source)),
        )
        for source in sorted(view.sources, key=lambda s: -words[s.id])
    ]


def _statements(view: View, attributions: Iterable[Attribution]) -> tuple[Statement, ...]:
    found = []
    for each in attributions:
        handle = (each.source or each.cue or each.content)[0]
        found.append(Statement(each.id, view.line(handle.start), view.words(each.content or each.cue)))
    return tuple(found)


def _claim(view: View, row: ClaimRow, at: int) -> ClaimLine:
    claim = view.claims[at]
    makers = (a.source_id for a in view.attributions_of_claim(claim))
    sources = dict.fromkeys(s for s in (*claim.sources, *makers) if s)
    return ClaimLine(row, " ".join(claim.attribution_ids), " ".join(sources), _corroboration(row))


def _corroboration(row: ClaimRow) -> str:
    if row.lone:
        return "rests on one unnamed source"
    if not row.others:
        return ""
    names = "; ".join(name for _, name in row.others)
    return f"also {names}" + (f"; independent origins: {row.independent}" if row.independent else "")
