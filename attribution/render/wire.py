"""The JSON objects of schema version 1 (docs/json.md).

JSON holds every attribution whatever kinds the tables count; only the metrics depend on the kinds.
All offsets are half-open ranges of code points into the article's ``text``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from attribution.records import (
    REPORTED,
    Analysis,
    ArticleError,
    Attribution,
    Claim,
    ClaimCluster,
    Corrected,
    Finding,
    Kind,
    Metric,
    Report,
    Source,
    Spans,
)
from attribution.render.view import View, view_of
from attribution.render.withheld import question_of, reason_of

SCHEMA_VERSION = "1"

Object = dict[str, Any]

# json escapes C0 controls; these could drive or reorder a terminal as well.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")

# A pair of numbers fits on one line.  Strings hold no raw line breaks, so only structure can match.
_PAIR = re.compile(r"\[\n +(\d+),\n +(\d+|null)\n +\]")


def json_report(report: Report, *, with_text: bool = True) -> str:
    """A report as JSON text (indented, UTF-8 safe, ending in a newline).

    Args:
        with_text: False replaces every word of the articles by null; offsets stay.
    """
    written = json.dumps(report_object(report, with_text=with_text), ensure_ascii=False, indent=1, allow_nan=False)
    written = _PAIR.sub(r"[\1, \2]", written)
    return escape_controls(written) + "\n"


def escape_controls(written: str) -> str:
    """JSON text with characters that could drive or reorder a terminal as escapes."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", written)


def report_object(report: Report, *, with_text: bool = True) -> Object:
    """The one object that ``attribution report --format json`` prints."""
    program = report.program
    analyses = [item for item in report.items if isinstance(item, Analysis)]
    return {
        "schema_version": SCHEMA_VERSION,
        "program": {
            "name": program.name,
            "version": program.version,
            "parser": program.parser,
            "model": program.model,
        },
        "articles": [article_object(each, kinds=report.kinds, with_text=with_text) for each in analyses],
        "errors": [error_object(item) for item in report.items if isinstance(item, ArticleError)],
    }


def article_object(analysis: Analysis, *, kinds: frozenset[Kind] = REPORTED, with_text: bool = True) -> Object:
    """ARTICLE of the contract, with ``blocks``, ``hedges``, ``warnings`` and ``corrections`` added."""
    article = analysis.article
    view = view_of(analysis, kinds)
    words = _Words(with_text)
    return {
        "path": article.path,
        "title": words(article.title),
        "text_sha256": text_digest(article.text),
        "language": article.language,
        "text": words(article.text),
        "warnings": list(article.warnings),
        "blocks": [{"kind": block.kind.value, "span": list(block.span)} for block in article.blocks],
        "sentences": [list(sentence.span) for sentence in analysis.parse.sentences],
        "attributions": [_attribution(each, words) for each in analysis.attributions],
        "sources": [_source(each, analysis, words) for each in analysis.sources],
        "claims": [_claim(each, words) for each in analysis.claims],
        "clusters": [_cluster(each, words) for each in analysis.clusters],
        "hedges": [
            {"text": words(each.text), "span": list(each.span), "claim_id": each.claim_id} for each in analysis.hedges
        ],
        "metrics": _metrics(view),
        "findings": [finding_object(each, with_text=with_text) for each in analysis.findings],
        "corrections": [_corrected(each, words) for each in analysis.corrections],
    }


def error_object(error: ArticleError) -> Object:
    """An article that could not be analysed."""
    return {"path": error.path, "stage": error.stage, "message": error.message}


def text_digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def finding_object(finding: Finding, *, with_text: bool = True) -> Object:
    """One finding.  ``--no-text`` withholds its excerpt, and its message and evidence, which quote the article."""
    words = _Words(with_text)
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "path": finding.path,
        "span": list(finding.span),
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "message": words(finding.message),
        "excerpt": words(finding.excerpt),
        "question": question_of(finding, with_text),
        "standards": [{"name": s.name, "year": s.year, "reference": s.reference} for s in finding.standards],
        "source_id": finding.source_id,
        "claim_id": finding.claim_id,
        "evidence": list(finding.evidence) if with_text else [],
        "related": _spans(finding.related),
        "confidence": finding.confidence.value,
        "fingerprint": finding.fingerprint,
        "suppressed": _suppressed(finding, with_text),
    }


def _suppressed(finding: Finding, with_text: bool) -> Object | None:
    decision = finding.suppressed
    return {"reason": reason_of(finding, with_text), "by": decision.by.value} if decision else None


def _corrected(corrected: Corrected, words: _Words) -> Object:
    told = corrected.correction
    return {
        "kind": told.kind.value,
        "words": list(told.words) if words.shown else [],
        "type": told.type,
        "level": told.level,
        "reason": words(told.reason),
        "stale": corrected.stale,
    }


class _Words:
    """Passes the article's words on, or withholds them (``--no-text``)."""

    def __init__(self, shown: bool) -> None:
        self.shown = shown

    def __call__(self, text: str | None) -> str | None:
        return text if self.shown else None


def _spans(spans: Spans) -> list[list[int]]:
    return [list(span) for span in spans]


def _attribution(attribution: Attribution, words: _Words) -> Object:
    return {
        "id": attribution.id,
        "source": _spans(attribution.source),
        "cue": _spans(attribution.cue),
        "content": _spans(attribution.content),
        "source_id": attribution.source_id,
        "claim_id": attribution.claim_id,
        "parent": attribution.parent,
        "quote": attribution.quote.value,
        "kind": attribution.kind.value,
        "polarity": attribution.polarity,
        "hypothetical": attribution.hypothetical,
        "recipient": words(attribution.recipient),
        "channel": attribution.channel,
        "confidence": attribution.confidence,
        "evidence": list(attribution.evidence),
    }


def _source(source: Source, analysis: Analysis, words: _Words) -> Object:
    return {
        "id": source.id,
        "name": words(source.name),
        "type": source.type.value,
        "types": [kind.value for kind in source.types],
        "level": source.level.value,
        "mentions": [{"span": list(each.span), "level": each.level.value} for each in source.mentions],
        "granted": source.granted,
        "reason": source.reason,
        "collective": source.collective,
        "count": source.count,
        "organisation": words(source.organisation),
        "role": words(source.role),
        "proximity": source.proximity,
        "inherited": source.inherited,
        "institutional": source.institutional,
        "claims": len({a.claim_id for a in analysis.attributions if a.source_id == source.id}),
        "confidence": source.confidence,
    }


def _claim(claim: Claim, words: _Words) -> Object:
    return {
        "id": claim.id,
        "attribution_ids": list(claim.attribution_ids),
        "text": words(claim.text),
        "span": _spans(claim.span),
        "sources": list(claim.sources),
        "level": claim.level.value,
        "hedges": list(claim.hedges) if words.shown else [],
        "cluster": claim.cluster,
        "class": claim.claim_class.value,
    }


def _cluster(cluster: ClaimCluster, words: _Words) -> Object:
    return {
        "id": cluster.id,
        "claim_ids": list(cluster.claim_ids),
        "source_ids": list(cluster.source_ids),
        "independent": list(cluster.independent),
        "merged": [[merge.first, merge.second, words(merge.why)] for merge in cluster.merged],
    }


def _metrics(view: View) -> Object:
    return {key: _metric(metric) for key, metric in view.metrics.items()}


def _metric(metric: Metric) -> Object:
    value: Any = metric.value
    if isinstance(value, tuple):
        value = list(value)
    elif isinstance(value, Mapping):
        value = dict(value)
    return {"value": value, "numerator": metric.numerator, "denominator": metric.denominator}
