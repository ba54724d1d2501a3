"""SRC801: a verb of saying that says more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from attribution.records import Kind, Level, Quote, Severity, SourceType
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.voice import ReportingVerb

_IMPLIES = MappingProxyType(
    {
        "doubt": "doubt",
        "concede": "guilt or defeat",
        "endorse": "that it is true",
        "mind": "knowledge of what somebody thinks",
        "rebut": "proof",
    }
)
_LITERAL = frozenset({"doubt", "query", "question", "accept", "allow", "grant", "remind", "explain", "regret", "know"})
"""Verbs that name what somebody did rather than colour it."""
_PROVES = frozenset({"refute", "rebut"})
_AUTHORITY = frozenset({SourceType.GOVERNMENT, SourceType.SECURITY, SourceType.JUDICIAL, SourceType.BUSINESS})


@dataclass(frozen=True)
class LoadedReportingVerb(Rule):
    """A verb that tells readers what to make of a statement.

    What:
        "Claimed" doubts, "admitted" finds guilty, "revealed" endorses, "believes" reads minds, "refuted" declares
        proved.
    Why:
        The choice of the verb is the outlet's. "Said" leaves the judgement to readers.
    Example:
        She claimed she was at home.
    Better:
        She said she was at home.
    Standards:
        Reporting for the Media (OUP), QUT News, NPR, Mongabay
    False positives:
        Accurate use: who pleads or admits in court, claims responsibility, confirms what is theirs to confirm; a
        named accuser who alleges.
    """

    code = "SRC801"
    name = "loaded-reporting-verb"
    severity = Severity.INFO
    standards = ("OUP-1", "QUT-1", "NPR-8", "MON-1")

    sorts: tuple[str, ...] = option(
        ("doubt", "concede", "endorse", "mind", "rebut"), "Which sorts of verbs count.", choices=tuple(_IMPLIES)
    )

    def check(self, story: Story) -> Iterator[Remark]:
        found: dict[tuple[str, str], list[ReportingVerb]] = {}
        for verb in story.voice.reporting_verbs:
            if verb.loaded in self.sorts and not self._is_accurate(story, verb):
                found.setdefault((verb.source.id, verb.lemma), []).append(verb)
        for first, *others in found.values():
            yield Remark(
                first.span,
                f"“{story.words(first.span)}” implies {_IMPLIES[first.loaded]}; “said” is neutral.",
                source_id=first.source.id,
                claim_id=first.attribution.claim_id,
                related=tuple(other.span for other in others),
            )

    def _is_accurate(self, story: Story, verb: ReportingVerb) -> bool:
        source, attribution = verb.source, verb.attribution
        if verb.lemma in _LITERAL or source.type is SourceType.OBSERVATION:
            return True
        if source.type is SourceType.UNKNOWN and source.level not in {Level.A0, Level.A2}:  # perhaps nobody at all
            return True
        thing, clause = (story.syntax.child(verb.index, name) for name in ("obj", "ccomp"))
        match verb.loaded:
            case "rebut":
                return verb.lemma not in _PROVES
            case "doubt":
                # "Claimed two lives", "claimed responsibility".
                taken = thing is not None and clause is None and attribution.quote is Quote.INDIRECT
                accuser = source.level in {Level.A0, Level.A1} or source.type is SourceType.DOCUMENT
                return taken or (verb.lemma == "allege" and accuser)
            case "concede":
                return attribution.quote is Quote.DIRECT
            case "endorse":
                # A record does reveal what it holds, a secret is disclosed, and who decides can confirm.
                owner = source.type in _AUTHORITY or source.level is Level.A1
                owns = verb.lemma == "disclose" or (verb.lemma == "confirm" and owner)
                return owns or source.type is SourceType.DOCUMENT
            case _:
                # A poll asks what people think, and who is quoted has said it.
                asked = source.collective or attribution.quote is not Quote.INDIRECT
                return asked or attribution.kind is not Kind.BELIEF or clause is None
