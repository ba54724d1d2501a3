"""The rows of the report's tables as plain words, shared by text, Markdown and notebook.

Nothing is escaped, wrapped or elided here: that depends on where a row goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from attribution.records import Attribution, Claim, Correction, CorrectionKind, Level, Metric, Source, SourceType, Span
from attribution.render.view import View
from attribution.render.words import (
    NO_SPEAKER,
    NOBODY_STATED,
    TYPE_WORDS,
    anonymity_words,
    count_words,
    directness_words,
    doubt_words,
    is_agentless,
    level_words,
    metric_counts,
    metric_name,
    metric_value,
    range_words,
    share_words,
    type_words,
)
from attribution.voice import Voice


@dataclass(frozen=True, slots=True)
class Example:
    """An attribution as printed: what comes before its source and cue, and the rest; 1-based line."""

    line: int
    lead: str
    rest: str

    @property
    def words(self) -> str:
        """All of it."""
        return f"{self.lead} {self.rest}".strip()


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source.

    Attributes:
        who: its name as the article gives it, or that nobody is stated.
        line: 1-based line of its first mention, or of its first cue where it has none.
        claims: number of different claims that it makes itself (not those it only relays).
        unit: what ``count`` counts: "people" or "documents".
        unsure: that the program may be wrong about who it is or its level ("unsure, 38 %"), "" where it is fairly sure.
        told: whom it told and by what channel ("told AFP, statement"), "" if not stated.
        example: its first attribution.
    """

    id: str
    who: str
    type: str
    level: Level
    claims: int
    line: int
    anonymity: str
    count: str
    unit: str
    directness: str
    told: str
    proximity: str
    unsure: str
    example: Example

    @property
    def level_words(self) -> str:
        """The level's code and words."""
        return level_words(self.level)

    @property
    def remarks(self) -> str:
        """Doubt, anonymity, count, directness and recipient in one phrase, saying only what is worth saying."""
        granted = "anonymity " if self.anonymity.startswith("granted") else ""
        count = {"1": "", "none": "", "unknown": "number unknown"}.get(self.count, f"{self.count} {self.unit}")
        parts = (self.unsure, granted + self.anonymity, count, self.directness_words)
        return "; ".join(part for part in parts if part)

    @property
    def directness_words(self) -> str:
        """How its words reach the reader: directness, recipient, channel, and whether at second hand."""
        second_hand = "second-hand" if self.proximity == "second-hand" else ""
        return ", ".join(part for part in (self.directness, self.told, second_hand) if part)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim.

    Attributes:
        mark: "denied" or "not asserted" (a question, a condition, a wish), else "".
        source_id, source: who it rests on directly.
        level: the worst level in its chain.
        chain: the names of a nested claim's sources, outermost first, else ().
        others: (id, name) of further sources of the same claim.
        independent: the range of independent origins in words, "" for a claim that stands alone.
        lone: rests on one unnamed source.
    """

    line: int
    claim: str
    mark: str
    cue: str
    source_id: str
    source: str
    level: Level
    chain: tuple[str, ...]
    others: tuple[tuple[str, str], ...]
    independent: str
    lone: bool

    @property
    def level_words(self) -> str:
        """The level's code and words."""
        return level_words(self.level)

    @property
    def marked_claim(self) -> str:
        """The claim, with a note in front where the source does not assert it."""
        return f"({self.mark}) {self.claim}" if self.mark else self.claim

    @property
    def others_words(self) -> str:
        """Further sources and how many independent origins there may be, "" if there are none."""
        names = ", ".join(name for _, name in self.others)
        return f"{names} (independent: {self.independent})" if names and self.independent else names


@dataclass(frozen=True, slots=True)
class HedgeRow:
    """A hedging word and the 1-based lines it stands in."""

    word: str
    lines: tuple[int, ...]

    @property
    def words(self) -> str:
        """The word and where it stands: "alleged (lines 2, 4)"."""
        return f"{self.word} ({'line' if len(self.lines) == 1 else 'lines'} {', '.join(map(str, self.lines))})"


@dataclass(frozen=True, slots=True)
class OwnVoiceRow:
    """A sentence in which the outlet itself accuses, judges or foretells and names no source: an estimate.

    Attributes:
        kind: "allegation" or "view".
        span: the sentence.
    """

    line: int
    kind: str
    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class MetricRow:
    """A metric's name, its value, and "part of whole" where it has them."""

    name: str
    value: str
    counts: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A share of statements, of sources and of attributed words: "0 % (0 of 7)"."""

    name: str
    statements: str
    sources: str
    words: str


def source_rows(view: View) -> list[SourceRow]:
    """The listed sources, in order of first mention."""
    return [_source_row(view, source) for source in view.sources]


def claim_rows(view: View) -> list[ClaimRow]:
    """The listed claims, in text order."""
    return [_claim_row(view, claim) for claim in view.claims]


def hedge_rows(view: View) -> list[HedgeRow]:
    """Hedging words, each once, in order of first appearance."""
    lines: dict[str, list[int]] = {}
    for hedge in view.analysis.hedges:
        word = " ".join(hedge.text.split())
        at = lines.setdefault(word.lower(), [])
        line = view.line(hedge.span.start)
        if line not in at:
            at.append(line)
    return [HedgeRow(word, tuple(at)) for word, at in lines.items()]


def own_voice_rows(view: View) -> list[OwnVoiceRow]:
    """Contentious sentences without a source, as ``unattributed_contentious`` counts them, in text order."""
    sentences = view.analysis.parse.sentences
    kinds: dict[int, str] = {}
    for assertion in Voice(view.analysis).contentious:
        if assertion.implied is None:
            kinds.setdefault(assertion.sentence, assertion.kind.value)
    spans = [(sentences[at].span, kind) for at, kind in kinds.items()]
    return [OwnVoiceRow(view.line(span.start), kind, view.words((span,)), span) for span, kind in spans]


def metric_rows(view: View) -> list[MetricRow]:
    """All metrics, in the order they were measured."""
    return [_metric_row(key, metric) for key, metric in view.metrics.items()]


def share_rows(view: View) -> list[ShareRow]:
    """The shares that are counted three ways."""
    metrics = view.metrics
    return [
        ShareRow(metric_name(key), *(share_words(metrics[k]) for k in (key, f"{key}_sources", f"{key}_words")))
        for key in metrics
        if _counted_three_ways(view, key)
    ]


def figure_rows(view: View) -> list[MetricRow]:
    """The other metrics, without those that are zero or undefined.

    Shares stay even then: that none of seven is named is news.
    """
    three_ways = {f"{key}{by}" for key in view.metrics if _counted_three_ways(view, key) for by in ("", *_OTHER_WAYS)}
    return [_metric_row(k, m) for k, m in view.metrics.items() if k not in three_ways and not _is_nothing(m)]


def correction_rows(view: View) -> list[str]:
    """What people have corrected in this article, as they would say it; what changed nothing is a finding instead."""
    return [_correction_words(c.correction) for c in view.analysis.corrections if c.stale is None]


def _correction_words(correction: Correction) -> str:
    first, *others = (f"“{' '.join(words.split())}”" for words in correction.words)
    if correction.kind is CorrectionKind.SAME_SOURCE:
        said = f"{first} and {others[0]} are one source"
    elif correction.kind is CorrectionKind.DIFFERENT_SOURCES:
        said = f"{others[0]} is not {first}"
    elif correction.kind is CorrectionKind.NO_ATTRIBUTION:
        said = f"nothing is attributed at {first}"
    else:
        kind = TYPE_WORDS[SourceType(correction.type)] if correction.type else ""
        level = level_words(Level(correction.level)) if correction.level else ""
        said = f"{first} is {', '.join(words for words in (kind, level) if words)}"
    return f"{said} ({correction.reason})" if correction.reason else said


_OTHER_WAYS = ("_sources", "_words")


def _counted_three_ways(view: View, key: str) -> bool:
    return all(f"{key}{by}" in view.metrics for by in _OTHER_WAYS)


def _metric_row(key: str, metric: Metric) -> MetricRow:
    return MetricRow(metric_name(key), metric_value(key, metric), metric_counts(metric))


def _is_nothing(metric: Metric) -> bool:
    value = metric.value
    if isinstance(value, Mapping):
        return not any(value.values())
    return value is None or value == (0, 0) or (value == 0 and metric.denominator is None)


def source_name(source: Source) -> str:
    """A source's name, or that the text states nobody."""
    return NOBODY_STATED if is_agentless(source) else source.name


def _source_row(view: View, source: Source) -> SourceRow:
    attributions = view.attributions_of_source(source)
    first = attributions[0]
    mention = source.mentions[0].span if source.mentions else _extent(first)
    return SourceRow(
        id=source.id,
        who=source_name(source),
        type=type_words(source),
        level=source.level,
        claims=len({a.claim_id for a in attributions}),
        line=view.line(mention.start),
        anonymity=anonymity_words(source),
        count=count_words(source),
        unit="documents" if source.type is SourceType.DOCUMENT else "people",
        directness=directness_words(attributions),
        told=_told(attributions),
        proximity=source.proximity,
        unsure="" if is_agentless(source) else doubt_words(source.confidence),
        example=_example(view, first),
    )


def _example(view: View, attribution: Attribution) -> Example:
    whole = _extent(attribution)
    core = min((s.start for s in (*attribution.source, *attribution.cue)), default=whole.start)
    return Example(view.line(whole.start), view.words((Span(whole.start, core),)), view.words((Span(core, whole.end),)))


def _told(attributions: tuple[Attribution, ...]) -> str:
    told = (f"told {a.recipient}" for a in attributions if a.recipient)
    channels = (a.channel for a in attributions if a.channel)
    return ", ".join(dict.fromkeys([*told, *channels]))


def _claim_row(view: View, claim: Claim) -> ClaimRow:
    attributions = view.attributions_of_claim(claim)
    first = attributions[0]
    chain = view.chain(first)
    cluster = view.cluster(claim)
    support = (*claim.sources, *(cluster.source_ids if cluster else ()))
    others = [s for s in dict.fromkeys(support) if s not in chain]
    return ClaimRow(
        line=view.line((claim.span or first.cue)[0].start),
        claim=view.words(claim.span),
        mark="denied" if first.polarity == "negative" else "not asserted" if first.hypothetical else "",
        cue=", ".join(dict.fromkeys(view.words(a.cue) for a in attributions if a.cue)),
        source_id=first.source_id or "",
        source=source_name(view.source(first.source_id)) if first.source_id else NO_SPEAKER,
        level=claim.level,
        chain=tuple(source_name(view.source(s)) for s in chain) if len(chain) > 1 else (),
        others=tuple((s, source_name(view.source(s))) for s in others),
        independent=range_words(cluster.independent) if cluster else "",
        lone=view.rests_on_one_unnamed(claim),
    )


def _extent(attribution: Attribution) -> Span:
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    return Span(min(s.start for s in spans), max(s.end for s in spans))
