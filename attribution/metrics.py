"""The figures of a sourcing-quality report, each with what it was counted from (standards §4.2).

Counted are attributions of the kinds asked for.  Left out, and reported as left out: questions and conditions,
which nobody is reported to have said.  The outlet's own observations stay in the counts but out of every share of
anonymity (ruling 2), and so does a quotation whose speaker was not found, since nobody knows how hidden they are.

Three figures are estimates by word lists and syntax, and their labels say so: contentious sentences in the outlet's
own voice, accused parties that are heard, and verbs by side.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from attribution.counted import ACCOUNTABLE, ANONYMOUS, NOT_HUMAN, Counted, group
from attribution.records import REPORTED, Analysis, ClaimClass, Kind, Level, Metric, Quote, SourceType
from attribution.voice import Voice, balance

_CONTENTIOUS = frozenset({ClaimClass.ALLEGATION, ClaimClass.OPINION, ClaimClass.PREDICTION})
OFFICIALS = frozenset({SourceType.GOVERNMENT, SourceType.SECURITY, SourceType.JUDICIAL})
"""Who speaks for a state, as the officials' share counts it."""
_SORTS = ("neutral", "doubt", "endorse")
LOW_CONFIDENCE = 0.5
ENOUGH_FOR_DIVERSITY = 4
"""Below this number of sources, diversity is not a meaningful figure (standards §4.2)."""


class Measured(Counted):
    """What metrics are made from: what is counted, and the outlet's own voice."""

    def __init__(self, analysis: Analysis, kinds: frozenset[Kind], voice: Voice | None = None) -> None:
        super().__init__(analysis, kinds)
        self.voice = voice or Voice(analysis)


@dataclass(frozen=True, slots=True)
class Definition:
    """A metric as people read it.

    Attributes:
        name: its key in ``Analysis.metrics`` and in JSON.
        label: its name in tables.
        meaning: what is counted, over what, in one sentence.
        compute: the figure for some counted matter.
    """

    name: str
    label: str
    meaning: str
    compute: Callable[[Measured], Metric]


def measure(analysis: Analysis, kinds: frozenset[Kind] = REPORTED, *, voice: Voice | None = None) -> dict[str, Metric]:
    """Every metric of one article, by name, in the order of ``METRICS``.

    Args:
        voice: the outlet's own voice, where it has been read already.
    """
    counted = Measured(analysis, kinds, voice)
    return {metric.name: metric.compute(counted) for metric in METRICS}


# ----------------------------------------------------------------------------------------- computations


def _share(numerator: int, denominator: int) -> Metric:
    return Metric(round(numerator / denominator, 3) if denominator else None, numerator, denominator)


def _by_attributions(groups: frozenset[str]) -> Callable[[Counted], Metric]:
    return lambda c: _share(sum(g in groups for g in c.grades), len(c.grades))


def _by_sources(groups: frozenset[str]) -> Callable[[Counted], Metric]:
    return lambda c: _share(sum(group(s) in groups for s in c.graded_sources), len(c.graded_sources))


def _by_words(groups: frozenset[str]) -> Callable[[Counted], Metric]:
    def share(counted: Counted) -> Metric:
        graded = [(counted.grade(a), counted.own_words[a.id]) for a in counted.attributions]
        return _share(sum(n for g, n in graded if g in groups), sum(n for g, n in graded if g is not None))

    return share


def _tally(values: Iterable[str], order: Iterable[str]) -> Metric:
    counts = Counter(values)
    return Metric({name: counts[name] for name in order if counts[name]})


def _left_out(c: Counted) -> Metric:
    return Metric(
        {
            "questions and conditions": sum(a.hypothetical for a in c.of_kind),
            "other kinds": len(c.analysis.attributions) - len(c.of_kind),
        }
    )


def _largest_source(c: Counted) -> Metric:
    words: Counter[str] = Counter()
    for attribution in c.attributions:
        if attribution.source_id is not None:
            words[attribution.source_id] += c.own_words[attribution.id]
    return _share(max(words.values(), default=0), sum(words.values()))


def _reasons(c: Counted) -> Metric:
    return _tally((s.reason for s in c.unnamed_people), ("specific", "boilerplate", "none"))


def _placement(c: Counted) -> Metric:
    present = [
        (s.organisation is not None) + (s.role is not None) + (s.proximity != "unknown") + (s.reason != "none")
        for s in c.unnamed_people
    ]
    mean = round(sum(present) / len(present), 2) if present else None
    return Metric(mean, sum(present), len(present))


def _diversity(c: Counted) -> Metric:
    counts = Counter(s.type for s in c.sources if s.count != "0")
    total = sum(counts.values())
    if total < ENOUGH_FOR_DIVERSITY:
        return Metric(None)
    entropy = -sum(n / total * math.log(n / total) for n in counts.values())
    return Metric(round(math.exp(entropy), 2))


def _officials(c: Counted) -> Metric:
    heard = [s for s in c.sources if s.count != "0"]
    officials = sum(s.type in OFFICIALS for s in heard)
    if len(heard) < ENOUGH_FOR_DIVERSITY:
        return Metric(None, officials, len(heard))
    return _share(officials, len(heard))


def _primary(c: Counted) -> Metric:
    primary = secondary = 0
    for source in c.sources:
        if source.type is SourceType.MEDIA or source.proximity == "second-hand":
            secondary += 1
        elif source.type in NOT_HUMAN or source.proximity == "direct":
            primary += 1
    return _share(primary, primary + secondary)


def _unattributed(c: Measured) -> Metric:
    own = c.voice.contentious
    without = {a.sentence for a in own if a.implied is None}
    contents = [claim.span[0] for claim in c.claims if claim.claim_class in _CONTENTIOUS]
    sourced = {s.index for s in c.analysis.parse.sentences if any(s.span.start <= b < s.span.end for b, _ in contents)}
    return _share(len(without), len(without | sourced | {a.sentence for a in own}))


def _replies(c: Measured) -> Metric:
    return _share(sum(c.voice.reply_of(party) is not None for party in c.voice.accused), len(c.voice.accused))


def _verbs(c: Measured) -> Metric:
    sides = balance(c.voice.reporting_verbs)
    return Metric({f"{side}, {sort}": n for side, counts in sides.items() for sort in _SORTS if (n := counts[sort])})


def _confidence(c: Counted) -> Metric:
    values = [a.confidence for a in c.attributions]
    return Metric(round(sum(values) / len(values), 2) if values else None)


def _count(items: Callable[[Counted], Iterable[object]]) -> Callable[[Counted], Metric]:
    return lambda c: Metric(sum(1 for _ in items(c)))


METRICS: tuple[Definition, ...] = (
    Definition("attributions", "attributions", "Reported statements.", _count(lambda c: c.attributions)),
    Definition("claims", "claims", "Distinct contents of these statements.", _count(lambda c: c.claims)),
    Definition(
        "sources",
        "sources",
        "Sources of these statements after resolution; each statement that names nobody has one of its own.",
        _count(lambda c: c.sources),
    ),
    Definition(
        "independent_sources",
        "independent sources",
        "From distinct origins (same body one, plural group one, a vague source that could be one already counted"
        " merged, nobody none) to all stated counts; no upper end where a count is open.",
        lambda c: Metric(c.independence.range),
    ),
    Definition(
        "stated_sources",
        "sources by stated counts",
        "The upper end of independent sources with open counts at their least (“sources” at 2).",
        lambda c: Metric(c.independence.stated),
    ),
    Definition(
        "source_levels",
        "sources by anonymity level",
        "Sources at each level; the outlet's own observation left out.",
        lambda c: _tally((s.level.value for s in c.graded_sources), (level.value for level in Level)),
    ),
    Definition(
        "named_share",
        "named",
        "Statements whose every source in the chain is named (A0), of those with a source.",
        _by_attributions(frozenset({"named"})),
    ),
    Definition("named_share_sources", "named, of sources", "The same by sources.", _by_sources(frozenset({"named"}))),
    Definition(
        "named_share_words", "named, of words", "The same by attributed words.", _by_words(frozenset({"named"}))
    ),
    Definition(
        "accountable_share",
        "accountable",
        "Statements from named people, named bodies and records (A0, A1) and officials of a named body speaking as"
        " such, of those with a source.",
        _by_attributions(ACCOUNTABLE),
    ),
    Definition(
        "accountable_share_sources", "accountable, of sources", "The same by sources.", _by_sources(ACCOUNTABLE)
    ),
    Definition(
        "accountable_share_words", "accountable, of words", "The same by attributed words.", _by_words(ACCOUNTABLE)
    ),
    Definition(
        "institutional_share",
        "officials of a named body",
        "The part of the accountable share that comes from unnamed officials of a named body speaking as such.",
        _by_attributions(frozenset({"officials of a named body"})),
    ),
    Definition(
        "partial_share",
        "partly named",
        "Statements from one person named in part (A2), of those with a source.",
        _by_attributions(frozenset({"partly named"})),
    ),
    Definition(
        "anonymous_share",
        "anonymous",
        "Statements with an unnamed source in the chain (A3 to A5), of those with a source.",
        _by_attributions(ANONYMOUS),
    ),
    Definition("anonymous_share_sources", "anonymous, of sources", "The same by sources.", _by_sources(ANONYMOUS)),
    Definition("anonymous_share_words", "anonymous, of words", "The same by attributed words.", _by_words(ANONYMOUS)),
    Definition(
        "opaque_share",
        "opaque",
        "The part of the anonymous share that says nothing of who speaks (A5).",
        _by_attributions(frozenset({"opaque"})),
    ),
    Definition(
        "unattributed_quotations",
        "quotations without a speaker",
        "Quotations whose speaker was not found; in no share.",
        _count(lambda c: (a for a in c.attributions if a.source_id is None)),
    ),
    Definition(
        "single_unnamed_claims",
        "claims on one unnamed source",
        "Claims made by one unnamed voice (A3 to A5; not a group, a document, an open pronoun or nobody) and by no"
        " other source.",
        lambda c: Metric(sum(c.rests_on_one_unnamed(x) for x in c.claims), None, None),
    ),
    Definition(
        "single_origin_claims",
        "claims with one origin",
        "Claims for which at most one independent origin is certain.",
        lambda c: _share(sum(c.origins(x).minimum <= 1 for x in c.claims), len(c.claims)),
    ),
    Definition(
        "corroborated_claims",
        "corroborated claims",
        "Claims with at least two independent origins.",
        lambda c: _share(sum(c.origins(x).minimum >= 2 for x in c.claims), len(c.claims)),
    ),
    Definition(
        "largest_source_share",
        "largest source",
        "Words of the most quoted source, of all words with a source.",
        _largest_source,
    ),
    Definition(
        "anonymity_granted",
        "anonymity granted",
        "Unnamed people of whom the text says that anonymity was asked for or granted.",
        lambda c: _share(sum(s.granted for s in c.unnamed_people), len(c.unnamed_people)),
    ),
    Definition(
        "reason_share",
        "reason for anonymity",
        "Unnamed people for whose anonymity the text gives a reason, formula or specific.",
        lambda c: _share(sum(s.reason != "none" for s in c.unnamed_people), len(c.unnamed_people)),
    ),
    Definition("reasons", "reasons given", "Unnamed people by the reason given.", _reasons),
    Definition(
        "placement_facets",
        "placement of unnamed people",
        "Mean number (0 to 4) of organisation, role, basis of knowledge and reason given for an unnamed person.",
        _placement,
    ),
    Definition(
        "source_types",
        "sources by type",
        "Sources by whom they speak as.",
        lambda c: _tally((s.type.value for s in c.sources), (kind.value for kind in SourceType)),
    ),
    Definition(
        "type_diversity",
        "effective number of types",
        "Exponential of the Shannon entropy over source types; undefined below four sources.",
        _diversity,
    ),
    Definition(
        "officials_share",
        "officials",
        "Government, security and judicial sources, of all sources; undefined below four sources.",
        _officials,
    ),
    Definition(
        "quote_forms",
        "quotation",
        "Statements by how much of them is in the source's own words.",
        lambda c: _tally((a.quote.value for a in c.attributions), (q.value for q in Quote)),
    ),
    Definition(
        "proximity",
        "proximity",
        "Sources by whether they were there; “unknown” is normal.",
        lambda c: _tally((s.proximity for s in c.sources if s.count != "0"), ("direct", "second-hand", "unknown")),
    ),
    Definition(
        "chain_depth",
        "longest chain",
        "The largest number of sources a statement passes through.",
        lambda c: Metric(max((len(c.chain(a)) for a in c.attributions), default=0)),
    ),
    Definition(
        "primary_share",
        "primary sources",
        "Documents, own observation and people who were there, of these and of other media and second-hand sources.",
        _primary,
    ),
    Definition(
        "unattributed_contentious",
        "contentious without a source (estimate)",
        "Sentences that accuse, judge or foretell in the outlet's own voice, of all that do; found by word lists and"
        " syntax.",
        _unattributed,
    ),
    Definition(
        "reply_coverage",
        "accused who are heard (estimate)",
        "Named parties accused of wrongdoing who answer, refuse, or are said to have been asked, of all such parties;"
        " found by word lists and syntax.",
        _replies,
    ),
    Definition(
        "verb_balance",
        "reporting verbs by side (estimate)",
        "Statements with a neutral, a doubting (“claimed”) or an endorsing verb (“revealed”), by the type of their"
        " source.",
        _verbs,
    ),
    Definition("hedges", "hedges", "Words that keep a distance without a source.", _count(lambda c: c.analysis.hedges)),
    Definition("left_out", "not counted", "Attributions found but not counted, by why.", _left_out),
    Definition(
        "extraction_confidence", "confidence of extraction", "Mean confidence of the counted attributions.", _confidence
    ),
    Definition(
        "low_confidence",
        "doubtful extractions",
        "Counted attributions with a confidence below one half.",
        lambda c: _share(sum(a.confidence < LOW_CONFIDENCE for a in c.attributions), len(c.attributions)),
    ),
)
"""Every metric, in the order of the report."""
