"""The program's codes in words that an editor reads without a key.

Levels carry their own words (``records.Level.word``).  Everything here is a pure lookup or phrase: no
layout, no escaping.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attribution.counted import NOT_HUMAN, UNNAMED, is_unresolved
from attribution.metrics import LOW_CONFIDENCE, METRICS
from attribution.records import Attribution, Level, Metric, MetricValue, Quote, Source, SourceType

TYPE_WORDS: Mapping[SourceType, str] = {
    SourceType.GOVERNMENT: "government",
    SourceType.SECURITY: "security",
    SourceType.JUDICIAL: "judicial",
    SourceType.POLITICAL: "political",
    SourceType.INTERGOVERNMENTAL: "intergovernmental",
    SourceType.BUSINESS: "business",
    SourceType.CIVIL_SOCIETY: "civil society",
    SourceType.EXPERT: "expert",
    SourceType.PROFESSIONAL: "professional",
    SourceType.CITIZEN: "citizen",
    SourceType.ARMED: "armed group",
    SourceType.MEDIA: "media",
    SourceType.DOCUMENT: "document",
    SourceType.OBSERVATION: "own reporting",
    SourceType.UNKNOWN: "unknown",
}
"""Source types (standards §3.1) in words."""

QUOTE_WORDS: Mapping[Quote, str] = {
    Quote.DIRECT: "direct quote",
    Quote.MIXED: "partial quote",
    Quote.INDIRECT: "paraphrase",
}

_METRIC_LABELS = {metric.name: metric.label for metric in METRICS}

_MEANS = frozenset({"placement_facets"})
"""Metrics that have a numerator and a denominator but are no share of a whole."""

LIMITS = "This counts what the text discloses, not whether it is true or how it was checked."
"""What every report says about itself."""

NO_SPEAKER = "no speaker found"
NOBODY_STATED = "nobody stated"


def is_agentless(source: Source) -> bool:
    """Whether the text attributes the claim to nobody ("reportedly", "is alleged to"; ruling 19)."""
    return source.count == "0"


def level_words(level: Level) -> str:
    """The code with its words: "A4 vague"."""
    return f"{level.value} {level.word}"


def type_words(source: Source) -> str:
    """All types of a source, primary first: "security, government"."""
    types = source.types or (source.type,)
    return ", ".join(TYPE_WORDS[kind] for kind in types)


def count_words(source: Source) -> str:
    """How many people, bodies or documents stand behind a source: "1", "2 or more", "unknown", "none"."""
    if source.count == "?":
        return "unknown"
    if source.count == "0":
        return "none"
    if source.count.startswith(">="):
        return f"{source.count[2:]} or more"
    return source.count


def anonymity_words(source: Source) -> str:
    """What the text says about why a source is not named; "" where nothing needs saying.

    "stock reason" is a formula that tells a reader nothing about this source ("not authorised to
    speak"); "specific reason" names a harm or a motive (ruling 17).
    """
    silent = source.level not in UNNAMED and source.level is not Level.A2
    human = not NOT_HUMAN.issuperset(source.types) and not is_unresolved(source)
    if is_agentless(source) or not human or (silent and not source.granted):
        return ""
    reason = {"specific": "specific reason", "boilerplate": "stock reason"}.get(source.reason)
    if source.granted:
        return f"granted, {reason or 'no reason given'}"
    return reason or "no reason given"


def doubt_words(confidence: float) -> str:
    """That who a source is, or its level, may be misread; "" where that is less likely than not."""
    return f"unsure, {confidence:.0%}".replace("%", " %") if confidence < LOW_CONFIDENCE else ""


def directness_words(attributions: Iterable[Attribution]) -> str:
    """How a source's words reach the reader, each way once: "direct quote, paraphrase"."""
    found = {attribution.quote for attribution in attributions}
    return ", ".join(words for quote, words in QUOTE_WORDS.items() if quote in found)


def range_words(bounds: tuple[int, int | None]) -> str:
    """A count that is uncertain: "3 to 5", "3 or more", "3"."""
    low, high = bounds
    if high is None:
        return f"{low} or more"
    return str(low) if low == high else f"{low} to {high}"


def metric_name(key: str) -> str:
    """A metric's name in tables: "single_unnamed_claims" is "claims on one unnamed source"."""
    return _METRIC_LABELS.get(key) or key.replace("_", " ")


def metric_value(key: str, metric: Metric) -> str:
    """A metric's value as people write it: "0 %", "3 or more", "security 4, government 1", "n/a"."""
    value = metric.value
    if key not in _MEANS and metric.denominator is not None and isinstance(value, int | float):
        return f"{100 * value:.0f} %"
    return _value_words(value)


def share_words(metric: Metric) -> str:
    """A share with what it was counted from: "0 % (0 of 7)"."""
    return f"{metric_value('', metric)} ({metric_counts(metric)})"


def metric_counts(metric: Metric) -> str:
    """What a metric was made from: "0 of 7", or "" for plain counts and ranges."""
    if metric.numerator is None or metric.denominator is None:
        return ""
    return f"{_number(metric.numerator)} of {_number(metric.denominator)}"


def _value_words(value: MetricValue) -> str:
    if value is None:
        return "n/a"
    if isinstance(value, tuple):
        return range_words(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{_key_words(key)} {_number(part)}" for key, part in value.items() if part) or "none"
    return _number(value)


def _key_words(key: str) -> str:
    if key in SourceType._value2member_map_:
        return TYPE_WORDS[SourceType(key)]
    if key in Level._value2member_map_:
        return level_words(Level(key))
    return key.replace("_", " ")


def _number(value: int | float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.2f}".rstrip("0").rstrip(".")
