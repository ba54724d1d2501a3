"""The findings of one article as an editor reads them: a card for each source and claim, then the story."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from attribution.records import Analysis, Claim, Finding, Severity, Source, SourceType, Span
from attribution.render.rows import Example, source_name
from attribution.render.view import View, view_of
from attribution.render.words import NOBODY_STATED, anonymity_words, is_agentless, level_words, type_words

SEVERITY_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


@dataclass(frozen=True, slots=True)
class Card:
    """Findings about one thing, the gravest first.

    Attributes:
        about: the source or claim; None for the story as a whole.
    """

    about: Source | Claim | None
    findings: tuple[Finding, ...]

    @property
    def questions(self) -> tuple[str, ...]:
        """What the desk should ask, each once."""
        return tuple(dict.fromkeys(f.question for f in self.findings if f.question))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the check has to say about one article.

    Attributes:
        sources, claims: a card each, those with the gravest finding first.
        story: what is about neither; None where there is nothing.
        accepted: findings that somebody has accepted, in text order; they count for nothing.
    """

    view: View
    sources: tuple[Card, ...]
    claims: tuple[Card, ...]
    story: Card | None
    accepted: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Those that count, in text order."""
        return tuple(f for f in self.view.analysis.findings if f.suppressed is None)

    def quoted(self, finding: Finding) -> Example:
        """The sentence that a finding stands in: its line, what comes before the finding's words, and the rest."""
        sentence = _sentence(self.view.analysis, finding.span)
        lead, rest = Span(sentence.start, finding.span.start), Span(finding.span.start, sentence.end)
        return Example(finding.line, self.view.words((lead,)), self.view.words((rest,)))


def sheet_of(analysis: Analysis) -> Sheet:
    """Group an article's findings."""
    view = view_of(analysis)
    claims = {claim.id: claim for claim in analysis.claims}
    by_source: dict[str, list[Finding]] = {}
    by_claim: dict[str, list[Finding]] = {}
    rest: list[Finding] = []
    for finding in analysis.findings:
        if finding.suppressed is not None:
            continue
        if finding.source_id is not None:
            by_source.setdefault(finding.source_id, []).append(finding)
        elif finding.claim_id is not None:
            by_claim.setdefault(finding.claim_id, []).append(finding)
        else:
            rest.append(finding)
    return Sheet(
        view,
        _gravest_first(Card(view.source(key), _ordered(found)) for key, found in by_source.items()),
        _gravest_first(Card(claims[key], _ordered(found)) for key, found in by_claim.items()),
        Card(None, _ordered(rest)) if rest else None,
        tuple(f for f in analysis.findings if f.suppressed is not None),
    )


def source_heading(source: Source) -> tuple[str, str, str]:
    """A source in words: who, how hidden ("A4 vague"; "" where nobody is stated), and what else is known."""
    if is_agentless(source):
        return NOBODY_STATED, "", ""
    kind = "" if source.type is SourceType.UNKNOWN else type_words(source)
    more = (kind, anonymity_words(source))
    return source_name(source), level_words(source.level), ", ".join(words for words in more if words)


def tally(findings: Iterable[Finding]) -> str:
    """How many findings of each severity: "3 errors, 1 info"."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
    said = [f"{n} {SEVERITY_WORDS[s]}{'' if n == 1 or s is Severity.INFO else 's'}" for s, n in counts.items() if n]
    return ", ".join(said) or "no findings"


def standards_words(finding: Finding) -> str:
    """The outlets whose standards stand behind a finding, each once: "AP, NPR"."""
    return ", ".join(dict.fromkeys(standard.name for standard in finding.standards))


def _ordered(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: (f.severity.rank, f.span)))


def _gravest_first(cards: Iterable[Card]) -> tuple[Card, ...]:
    return tuple(sorted(cards, key=lambda card: (card.findings[0].severity.rank, card.findings[0].span)))


def _sentence(analysis: Analysis, span: Span) -> Span:
    """The sentence that a span begins in, or the nearest before it; at least the span itself."""
    before = [s.span for s in analysis.parse.sentences if s.span.start <= span.start]
    nearest = before[-1] if before else span
    return Span(nearest.start, max(nearest.end, span.end))
