"""The one line that says it all, at the head of every report."""

from __future__ import annotations

from collections.abc import Callable

from attribution.counted import UNNAMED
from attribution.records import Level, Source, SourceType
from attribution.render.view import View
from attribution.render.words import is_agentless

_ALWAYS = ("named", "institution", "unnamed")


def summary(view: View) -> str:
    """How many attributions and sources an article has, and how accountable they are.

    Every listed source falls into exactly one group, so the groups add up to the number of sources.

    >>> summary(view)  # doctest: +SKIP
    '7 attributions, 5 sources: 0 named, 0 institutions, 5 unnamed; 4 claims rest on one unnamed source'
    """
    if not view.attributions:
        return "0 attributions: no reported speech found"
    line = f"{_counted(len(view.asserted), 'attribution')}, {_counted(len(view.sources), 'source')}"
    if view.sources:
        line += f": {_groups(view.sources)}"
    for remark in (_single_source_remark(view), _quotation_remark(view), _question_remark(view)):
        line += f"; {remark}" if remark else ""
    return line


_GROUPS: tuple[tuple[str, str, Callable[[Source], bool]], ...] = (
    ("not stated", "not stated", is_agentless),
    ("own reporting", "own reporting", lambda s: s.type is SourceType.OBSERVATION and s.level <= Level.A1),
    ("named", "named", lambda s: s.level is Level.A0),
    ("document", "documents", lambda s: s.type is SourceType.DOCUMENT and s.level is Level.A1),
    ("institution", "institutions", lambda s: s.level is Level.A1),
    ("partly named", "partly named", lambda s: s.level is Level.A2),
    ("unnamed", "unnamed", lambda s: s.level in UNNAMED),
)
"""(singular, plural, test), tried in this order."""

_READING_ORDER = ("named", "institution", "document", "own reporting", "partly named", "unnamed", "not stated")


def _groups(sources: tuple[Source, ...]) -> str:
    counts = dict.fromkeys(_READING_ORDER, 0)
    plurals = {singular: plural for singular, plural, _ in _GROUPS}
    for source in sources:
        counts[next(singular for singular, _, belongs in _GROUPS if belongs(source))] += 1
    return ", ".join(
        f"{count} {group if count == 1 else plurals[group]}"
        for group, count in counts.items()
        if count or group in _ALWAYS
    )


def _single_source_remark(view: View) -> str:
    claims = sum(view.rests_on_one_unnamed(claim) for claim in view.claims)
    if not claims:
        return ""
    return f"{_counted(claims, 'claim')} {'rests' if claims == 1 else 'rest'} on one unnamed source"


def _quotation_remark(view: View) -> str:
    quotations = sum(a.source_id is None for a in view.asserted)
    return f"{_counted(quotations, 'quotation')} without a speaker" if quotations else ""


def _question_remark(view: View) -> str:
    questions = len(view.attributions) - len(view.asserted)
    return (
        f"not counted: {_counted(questions, 'question')} or {'condition' if questions == 1 else 'conditions'}"
        if questions
        else ""
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
