"""The report as CSV: one row per attribution with its source's fields, or one per source or metric.

A cell that a spreadsheet would take for a formula gets a leading apostrophe, and control characters are
shown: an article is a stranger's text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from attribution.records import Analysis, Metric, Report, Source, Spans
from attribution.render.fit import visible
from attribution.render.view import View, view_of

_SOURCE_COLUMNS = (
    "source_id",
    "source_name",
    "source_type",
    "source_types",
    "source_level",
    "source_level_words",
    "granted",
    "reason",
    "collective",
    "count",
    "organisation",
    "role",
    "proximity",
    "source_confidence",
)

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "attributions": (
            "path",
            "attribution_id",
            "line",
            "source",
            "cue",
            "content",
            "source_spans",
            "cue_spans",
            "content_spans",
            "quote",
            "kind",
            "polarity",
            "hypothetical",
            "parent",
            "recipient",
            "channel",
            "confidence",
            "evidence",
            "claim_id",
            "claim_level",
            "cluster",
            *_SOURCE_COLUMNS,
        ),
        "sources": ("path", *_SOURCE_COLUMNS, "claims", "attributions", "mention_spans"),
        "metrics": ("path", "metric", "part", "value", "minimum", "maximum", "numerator", "denominator"),
    }
)
"""Header of each table.  Columns are only ever added, at the end."""

_ARTICLE_WORDS = frozenset({"source", "cue", "content", "recipient", "source_name", "organisation", "role"})
_FORMULA = ("=", "+", "-", "@")

Cell = str | int | float | bool | None
Row = dict[str, Cell]


def csv_report(report: Report, *, table: str = "attributions", with_text: bool = True) -> str:
    """One table of a report as CSV text with a header, lines ending in LF.

    Args:
        table: "attributions", "sources" or "metrics".
        with_text: False leaves the cells that hold the articles' words empty; offsets stay.
    """
    rows = {"attributions": _attributions, "sources": _sources, "metrics": _metrics}[table]
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS[table], lineterminator="\n", restval="", extrasaction="raise")
    writer.writeheader()
    for item in report.items:
        if isinstance(item, Analysis):
            for row in rows(view_of(item, report.kinds)):
                hidden = frozenset() if with_text else _ARTICLE_WORDS
                writer.writerow({key: "" if key in hidden else _cell(value) for key, value in row.items()})
    return written.getvalue()


def _attributions(view: View) -> Iterator[Row]:
    claims = {claim.id: claim for claim in view.claims}
    for each in view.attributions:
        claim = claims.get(each.claim_id or "")
        everything = (*each.source, *each.cue, *each.content)
        yield {
            "path": view.article.path,
            "attribution_id": each.id,
            "line": view.line(min(span.start for span in everything)),
            "source": view.words(each.source),
            "cue": view.words(each.cue),
            "content": view.words(each.content),
            "source_spans": _spans(each.source),
            "cue_spans": _spans(each.cue),
            "content_spans": _spans(each.content),
            "quote": each.quote.value,
            "kind": each.kind.value,
            "polarity": each.polarity,
            "hypothetical": each.hypothetical,
            "parent": each.parent,
            "recipient": each.recipient,
            "channel": each.channel,
            "confidence": each.confidence,
            "evidence": " ".join(each.evidence),
            "claim_id": each.claim_id,
            "claim_level": claim.level.value if claim else None,
            "cluster": claim.cluster if claim else None,
            **(_source(view.source(each.source_id)) if each.source_id else {}),
        }


def _sources(view: View) -> Iterator[Row]:
    for each in view.sources:
        made = view.attributions_of_source(each)
        yield {
            "path": view.article.path,
            **_source(each),
            "claims": len({a.claim_id for a in made}),
            "attributions": len(made),
            "mention_spans": _spans(tuple(mention.span for mention in each.mentions)),
        }


def _source(source: Source) -> Row:
    return {
        "source_id": source.id,
        "source_name": source.name,
        "source_type": source.type.value,
        "source_types": " ".join(kind.value for kind in source.types),
        "source_level": source.level.value,
        "source_level_words": source.level.word,
        "granted": source.granted,
        "reason": source.reason,
        "collective": source.collective,
        "count": source.count,
        "organisation": source.organisation,
        "role": source.role,
        "proximity": source.proximity,
        "source_confidence": source.confidence,
    }


def _metrics(view: View) -> Iterator[Row]:
    for name, metric in view.metrics.items():
        base: Row = {"path": view.article.path, "metric": name}
        parts: Row = {"numerator": metric.numerator, "denominator": metric.denominator}
        for values in _metric_values(metric):
            yield {**base, **values, **parts}


def _metric_values(metric: Metric) -> Iterator[Row]:
    value = metric.value
    if isinstance(value, tuple):
        yield {"minimum": value[0], "maximum": value[1]}
    elif isinstance(value, Mapping):
        for part, number in value.items():
            yield {"part": part, "value": number}
    else:
        yield {"value": value}


def _spans(spans: Spans) -> str:
    return " ".join(f"{start}:{end}" for start, end in spans)


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    shown = visible(value)
    if len(shown.strip()) > 1 and (shown.lstrip().startswith(_FORMULA) or value.startswith(("\t", "\r", "\n"))):
        return f"'{shown}"
    return shown  # a sign alone computes nothing: "-" is standard input
