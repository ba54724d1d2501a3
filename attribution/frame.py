"""Analyses as pandas DataFrames that join on stable keys.

This is the only module that imports pandas.  Every column, its dtype and its meaning stand in
``COLUMNS``; a frame without rows has the same columns and dtypes as one with rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd

from attribution.coverage import Coverage
from attribution.metrics import METRICS, measure
from attribution.records import Analysis, Article, ArticleError, Finding, Metric, Parse, Span, Spans
from attribution.render.wire import text_digest
from attribution.text import LineIndex, word_count, words_of

Row = dict[str, Any]


class Column(NamedTuple):
    """A column's pandas dtype and what it means."""

    dtype: str
    meaning: str


_ARTICLE_ID = Column("string", "key of the article: its path, or 'text-' and 12 digits of its SHA-256; '#2' … if twice")


def _metric_columns() -> dict[str, Column]:
    """One column per single figure, two per range; metrics of several figures are in ``Frames.metrics``."""
    nothing = Analysis(Article("", ()), Parse((), ()), (), (), (), (), ())
    shapes = measure(nothing)
    columns: dict[str, Column] = {}
    for metric in METRICS:
        shape = shapes[metric.name].value
        if isinstance(shape, tuple):
            columns[f"{metric.name}_min"] = Column("Int64", f"{metric.meaning} Lower end.")
            columns[f"{metric.name}_max"] = Column("Int64", f"{metric.meaning} Upper end; missing if there is none.")
        elif not isinstance(shape, Mapping):
            columns[metric.name] = Column("Float64", metric.meaning)
    return columns


def _wide(metrics: Mapping[str, Metric]) -> Row:
    row: Row = {}
    for name, metric in metrics.items():
        if isinstance(metric.value, tuple):
            row[f"{name}_min"], row[f"{name}_max"] = metric.value
        else:
            row[name] = metric.value
    return row


COLUMNS: Mapping[str, Mapping[str, Column]] = MappingProxyType(
    {
        "articles": {
            "article_id": _ARTICLE_ID,
            "path": Column("string", "where it came from; missing for text given in Python"),
            "title": Column("string", "headline"),
            "language": Column("string", "ISO 639-1 code"),
            "text_sha256": Column("string", "SHA-256 of the text in UTF-8"),
            "text": Column("string", "the text that all offsets index"),
            "words": Column("Int64", "white-space separated words"),
            "sentences": Column("Int64", "sentences"),
            **_metric_columns(),
            "error_stage": Column("string", "stage that failed; missing for an article that was analysed"),
            "error": Column("string", "what went wrong; missing for an article that was analysed"),
        },
        "sources": {
            "article_id": _ARTICLE_ID,
            "source_id": Column("string", "key of the source within its article"),
            "name": Column("string", "canonical designation"),
            "type": Column("string", "primary type code (gov, sec, …)"),
            "types": Column("string", "all type codes, primary first, separated by spaces"),
            "level": Column("string", "anonymity level of the entity, A0 (named) to A5 (opaque)"),
            "level_words": Column("string", "the level in words"),
            "granted": Column("boolean", "the text says that anonymity was asked for or granted"),
            "reason": Column("string", "'none', 'boilerplate' or 'specific'"),
            "collective": Column("boolean", "a plural or class, not one person, body or document"),
            "count": Column("string", "'1', a stated number, '>=2', '?', or '0' for nobody"),
            "organisation": Column("string", "as the text gives it"),
            "role": Column("string", "as the text gives it"),
            "proximity": Column("string", "'direct', 'second-hand' or 'unknown'"),
            "inherited": Column("boolean", "the type is that of the principal it is close to"),
            "institutional": Column("boolean", "officials of a named body, without anonymity wording"),
            "mentions": Column("Int64", "mentions in the text"),
            "attributions": Column("Int64", "attributions that rest on it directly, of every kind"),
            "claims": Column("Int64", "different claims among these"),
            "start": Column("Int64", "first character of its first mention"),
            "end": Column("Int64", "character after the end of its first mention"),
            "line": Column("Int64", "1-based line of its first mention"),
            "confidence": Column("Float64", "0 to 1"),
        },
        "attributions": {
            "article_id": _ARTICLE_ID,
            "attribution_id": Column("string", "key of the attribution within its article"),
            "source_id": Column("string", "who says it; missing for a quotation without a speaker"),
            "claim_id": Column("string", "the claim it makes"),
            "parent_id": Column("string", "attribution_id of the one in whose content it stands"),
            "source": Column("string", "the source's words here"),
            "cue": Column("string", "the words that make it an attribution"),
            "content": Column("string", "what is attributed"),
            "quote": Column("string", "'direct', 'indirect' or 'mixed'"),
            "kind": Column("string", "'speech', 'writing', 'belief', 'intention', …"),
            "polarity": Column("string", "'positive', or 'negative' for a denial"),
            "hypothetical": Column("boolean", "a question, a condition or a wish"),
            "recipient": Column("string", "who was told"),
            "channel": Column("string", "interview, statement, …"),
            "content_words": Column("Int64", "white-space separated words of the content"),
            "start": Column("Int64", "first character of source, cue and content together"),
            "end": Column("Int64", "character after their end"),
            "line": Column("Int64", "1-based line of the first character"),
            "evidence": Column("string", "what found it, separated by spaces"),
            "confidence": Column("Float64", "0 to 1"),
        },
        "claims": {
            "article_id": _ARTICLE_ID,
            "claim_id": Column("string", "key of the claim within its article"),
            "text": Column("string", "the claim as printed"),
            "class": Column("string", "'fact', 'figure', 'allegation', 'opinion' or 'prediction'"),
            "level": Column("string", "worst anonymity level in its chain of sources"),
            "chain": Column("string", "source_ids it rests on, outermost first, separated by spaces"),
            "hedges": Column("string", "hedging words inside it, separated by '; '"),
            "cluster_id": Column("string", "claims that say the same share it; missing for one that stands alone"),
            "independent_min": Column("Int64", "least number of independent origins of its cluster"),
            "independent_max": Column("Int64", "greatest number; missing if unbounded or without a cluster"),
            "start": Column("Int64", "first character"),
            "end": Column("Int64", "character after its end"),
            "line": Column("Int64", "1-based line of the first character"),
        },
        "findings": {
            "article_id": _ARTICLE_ID,
            "fingerprint": Column("string", "key of the finding within its article; outlives moved lines"),
            "code": Column("string", "rule code"),
            "name": Column("string", "rule name"),
            "severity": Column("string", "'error', 'warning' or 'info'"),
            "confidence": Column("string", "how sure the rule is here: 'high', 'medium' or 'low'"),
            "suppressed": Column("boolean", "it was accepted and counts for nothing"),
            "reason": Column("string", "why it was accepted; missing for one that counts"),
            "message": Column("string", "what was seen and why it matters"),
            "excerpt": Column("string", "the words it is about"),
            "question": Column("string", "what the desk should ask; missing for most rules"),
            "evidence": Column("string", "what was looked at, separated by '; '"),
            "standards": Column("string", "newsroom standards behind the rule, separated by '; '"),
            "source_id": Column("string", "the source concerned"),
            "claim_id": Column("string", "the claim concerned"),
            "start": Column("Int64", "first character"),
            "end": Column("Int64", "character after its end"),
            "line": Column("Int64", "1-based line of the first character"),
        },
        "metrics": {
            "article_id": _ARTICLE_ID,
            "metric": Column("string", "name of the metric"),
            "part": Column("string", "for a metric with several figures, which one; else missing"),
            "value": Column("Float64", "the figure; missing if undefined or a range"),
            "minimum": Column("Int64", "lower bound of a range"),
            "maximum": Column("Int64", "upper bound of a range; missing if unbounded"),
            "numerator": Column("Float64", "what was counted"),
            "denominator": Column("Float64", "out of how many"),
        },
    }
)
"""What each frame holds.  Join on ``article_id`` and the id of the thing: ids are unique within an
article only."""


COVERAGE_COLUMNS: Mapping[str, Column] = MappingProxyType(
    {
        "shared_id": Column("string", "key of the shared claim"),
        "story": Column("string", "name of the story, as given to compare_coverage"),
        "claim_id": Column("string", "the claim within its article"),
        "text": Column("string", "the claim as printed there"),
        "sources": Column("string", "who is reported to make it there, separated by '; '"),
        "level": Column("string", "best anonymity level at which the story has the claim"),
        "relayed": Column("string", "the other story that it is taken from; missing for a story's own reporting"),
        "independent_min": Column("Int64", "least number of independent origins in all stories together"),
        "independent_max": Column("Int64", "greatest number; missing if unbounded"),
    }
)
"""What ``coverage_frame`` holds: one row for each claim of a story that another story shares."""


@dataclass(frozen=True, slots=True)
class Frames:
    """The parts of some analyses, one row each.  Columns: ``COLUMNS``.

    Attributes:
        articles: every article given, also those that could not be analysed (see ``error``).
        sources: join with attributions on ``["article_id", "source_id"]``.
        attributions: join with claims on ``["article_id", "claim_id"]``.
        claims: what is attributed.
        findings: what the editorial check found; empty for analyses that were not checked.
        metrics: one row per article, metric and part, over the kinds that reports count.
    """

    articles: pd.DataFrame
    sources: pd.DataFrame
    attributions: pd.DataFrame
    claims: pd.DataFrame
    findings: pd.DataFrame
    metrics: pd.DataFrame


def frames(analyses: Analysis | ArticleError | Iterable[Analysis | ArticleError]) -> Frames:
    """DataFrames of one analysis or of many.

    Args:
        analyses: an ``Analysis``, or any iterable of them as ``analyze_many`` yields it; articles that
            failed have a row in ``.articles`` and nowhere else.
    """
    given = [analyses] if isinstance(analyses, Analysis | ArticleError) else analyses
    rows: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    ids: Counter[str] = Counter()
    for item in given:
        key = _key(item)
        ids[key] += 1
        article_id = key if ids[key] == 1 else f"{key}#{ids[key]}"
        for name, made in _rows(item):
            rows[name].append({"article_id": article_id, **made})
    return Frames(**{name: _frame(COLUMNS[name], made) for name, made in rows.items()})


def coverage_frame(coverage: Coverage) -> pd.DataFrame:
    """Shared claims as a table.  Columns: ``COVERAGE_COLUMNS``."""
    rows = [
        {
            "shared_id": shared.id,
            "story": telling.story,
            "claim_id": claim.id,
            "text": claim.text,
            "sources": "; ".join(source.name for source in telling.sources) or None,
            "level": telling.level.value,
            "relayed": telling.relayed,
            "independent_min": shared.independent[0],
            "independent_max": shared.independent[1],
        }
        for shared in coverage.shared
        for telling in shared.tellings
        for claim in telling.claims
    ]
    return _frame(COVERAGE_COLUMNS, rows)


def _key(item: Analysis | ArticleError) -> str:
    if isinstance(item, ArticleError):
        return item.path or "unread"
    return item.article.path or f"text-{text_digest(item.article.text)[:12]}"


def _frame(columns: Mapping[str, Column], rows: list[Row]) -> pd.DataFrame:
    made = pd.DataFrame([[row.get(title) for title in columns] for row in rows], columns=list(columns), dtype=object)
    return made.astype({title: column.dtype for title, column in columns.items()})


def _rows(item: Analysis | ArticleError) -> Iterator[tuple[str, Row]]:
    if isinstance(item, ArticleError):
        yield "articles", {"path": item.path, "error_stage": item.stage, "error": item.message}
        return
    lines = LineIndex(item.article.text)
    yield "articles", _article(item)
    for each in _sources(item, lines):
        yield "sources", each
    for each in _attributions(item, lines):
        yield "attributions", each
    for each in _claims(item, lines):
        yield "claims", each
    for finding in item.findings:
        yield "findings", _finding(finding)
    for name, metric in item.metrics.items():
        for each in _metric(metric):
            yield "metrics", {"metric": name, **each}


def _article(analysis: Analysis) -> Row:
    article = analysis.article
    return {
        "path": article.path,
        "title": article.title,
        "language": article.language,
        "text_sha256": text_digest(article.text),
        "text": article.text,
        "words": len(article.text.split()),
        "sentences": len(analysis.parse.sentences),
        **_wide(analysis.metrics),
    }


def _sources(analysis: Analysis, lines: LineIndex) -> Iterator[Row]:
    for source in analysis.sources:
        own = [a for a in analysis.attributions if a.source_id == source.id]
        yield {
            "source_id": source.id,
            "name": source.name,
            "type": source.type.value,
            "types": " ".join(kind.value for kind in source.types),
            "level": source.level.value,
            "level_words": source.level.word,
            "granted": source.granted,
            "reason": source.reason,
            "collective": source.collective,
            "count": source.count,
            "organisation": source.organisation,
            "role": source.role,
            "proximity": source.proximity,
            "inherited": source.inherited,
            "institutional": source.institutional,
            "mentions": len(source.mentions),
            "attributions": len(own),
            "claims": len({a.claim_id for a in own}),
            **_place(tuple(mention.span for mention in source.mentions[:1]), lines),
            "confidence": source.confidence,
        }


def _attributions(analysis: Analysis, lines: LineIndex) -> Iterator[Row]:
    text = analysis.article.prose
    for each in analysis.attributions:
        yield {
            "attribution_id": each.id,
            "source_id": each.source_id,
            "claim_id": each.claim_id,
            "parent_id": each.parent,
            "source": words_of(each.source, text) or None,
            "cue": words_of(each.cue, text) or None,
            "content": words_of(each.content, text) or None,
            "quote": each.quote.value,
            "kind": each.kind.value,
            "polarity": each.polarity,
            "hypothetical": each.hypothetical,
            "recipient": each.recipient,
            "channel": each.channel,
            "content_words": word_count(each.content, text),
            **_place((*each.source, *each.cue, *each.content), lines),
            "evidence": " ".join(each.evidence),
            "confidence": each.confidence,
        }


def _claims(analysis: Analysis, lines: LineIndex) -> Iterator[Row]:
    independent = {cluster.id: cluster.independent for cluster in analysis.clusters}
    for claim in analysis.claims:
        low, high = independent[claim.cluster] if claim.cluster else (None, None)
        yield {
            "claim_id": claim.id,
            "text": claim.text,
            "class": claim.claim_class.value,
            "level": claim.level.value,
            "chain": " ".join(claim.sources),
            "hedges": "; ".join(claim.hedges),
            "cluster_id": claim.cluster,
            "independent_min": low,
            "independent_max": high,
            **_place(claim.span, lines),
        }


def _finding(finding: Finding) -> Row:
    return {
        "fingerprint": finding.fingerprint,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "suppressed": finding.suppressed is not None,
        "reason": finding.suppressed.reason if finding.suppressed else None,
        "message": finding.message,
        "excerpt": finding.excerpt,
        "question": finding.question,
        "evidence": "; ".join(finding.evidence) or None,
        "standards": "; ".join(f"{s.name} {s.year or ''}".strip() for s in finding.standards) or None,
        "source_id": finding.source_id,
        "claim_id": finding.claim_id,
        "start": finding.span.start,
        "end": finding.span.end,
        "line": finding.line,
    }


def _metric(metric: Metric) -> Iterator[Row]:
    counts = {"numerator": metric.numerator, "denominator": metric.denominator}
    if isinstance(metric.value, tuple):
        yield {"minimum": metric.value[0], "maximum": metric.value[1], **counts}
    elif isinstance(metric.value, Mapping):
        for part, value in metric.value.items():
            yield {"part": part, "value": value, **counts}
    else:
        yield {"value": metric.value, **counts}


def _place(spans: Spans, lines: LineIndex) -> Row:
    if not spans:
        return {"start": None, "end": None, "line": None}
    whole = Span(min(s.start for s in spans), max(s.end for s in spans))
    return {"start": whole.start, "end": whole.end, "line": lines.line(whole.start)}
