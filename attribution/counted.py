"""What is counted over one article: its statements of some kinds, who makes them, and which rest on whom.

Metrics and rules count the same things, so they count them here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from attribution.claims import Independence, chains_of, independence, makers_of
from attribution.records import (
    REPORTED,
    Analysis,
    Attribution,
    Claim,
    Kind,
    Level,
    Source,
    SourceType,
    Span,
    Spans,
)
from attribution.text import word_count

UNNAMED = frozenset({Level.A3, Level.A4, Level.A5})
_PRONOUNS = frozenset({"he", "she", "they", "it"})
NOT_HUMAN = frozenset({SourceType.DOCUMENT, SourceType.OBSERVATION})


def speaks_unnamed(source: Source) -> bool:
    """Whether a source is, or counts among its conjuncts, somebody at A3 to A5: neither a document nor nobody."""
    return source.level in UNNAMED and source.count != "0" and not NOT_HUMAN.issuperset(source.types)


def is_unresolved(source: Source) -> bool:
    """Whether a source is a pronoun that the text leaves open, and so may be anybody, named or not."""
    return source.name.lower() in _PRONOUNS


class Counted:
    """One article, narrowed to statements of some kinds that somebody is reported to have made."""

    def __init__(self, analysis: Analysis, kinds: frozenset[Kind] = REPORTED) -> None:
        self.analysis = analysis
        self.of_kind = tuple(a for a in analysis.attributions if a.kind in kinds)
        self.attributions = tuple(a for a in self.of_kind if not a.hypothetical)
        self.by_id = {a.id: a for a in analysis.attributions}
        self.source_by_id = {s.id: s for s in analysis.sources}
        self.clusters = {c.id: c for c in analysis.clusters}
        self.claim_by_id = {c.id: c for c in analysis.claims}
        counted = {a.id for a in self.attributions}
        self.claims = tuple(c for c in analysis.claims if not counted.isdisjoint(c.attribution_ids))
        speaking = {a.source_id for a in self.attributions}
        self.sources = tuple(s for s in analysis.sources if s.id in speaking)
        self.graded_sources = tuple(s for s in self.sources if s.type is not SourceType.OBSERVATION)
        self.unnamed_people = tuple(
            s for s in self.sources if speaks_unnamed(s) and not s.institutional and not is_unresolved(s)
        )

    # -------------------------------------------------------------------------------------- sources

    def chain(self, attribution: Attribution) -> tuple[Source, ...]:
        """The sources an attribution passes through, outermost first."""
        (ids,) = chains_of([attribution], self.by_id)
        return tuple(self.source_by_id[i] for i in ids)

    def grade(self, attribution: Attribution) -> str | None:
        """The group of the worst source in its chain; None where it has no part in shares of anonymity."""
        if attribution.source_id is None or self._own(attribution):
            return None
        return max((group(s) for s in self.chain(attribution)), key=GROUPS.index)

    def _own(self, attribution: Attribution) -> bool:
        source = self.source_by_id.get(attribution.source_id or "")
        return source is not None and source.type is SourceType.OBSERVATION

    @cached_property
    def grades(self) -> tuple[str, ...]:
        """The group of every attribution that has one."""
        return tuple(g for a in self.attributions if (g := self.grade(a)) is not None)

    @cached_property
    def independence(self) -> Independence:
        """Independent origins of all that is counted."""
        return independence(self.chain(a) for a in self.attributions)

    # ---------------------------------------------------------------------------------------- words

    @cached_property
    def own_content(self) -> Mapping[str, Spans]:
        """Each attribution's content without the contents that stand inside it.

        So every attributed word is counted once, for whoever is nearest to it.  Where several attributions have one
        content, the innermost has its words; of conjoined sources, the first.
        """
        depth = {a.id: len(self.chain(a)) for a in self.attributions}
        holder: dict[Spans, str] = {}
        for attribution in sorted(self.attributions, key=lambda a: -depth[a.id]):  # stable: text order within a depth
            holder.setdefault(attribution.content, attribution.id)
        inner: dict[str | None, list[Spans]] = {}
        for attribution in self.attributions:
            inner.setdefault(attribution.parent, []).append(attribution.content)
        own: dict[str, Spans] = dict.fromkeys(depth, ())
        own.update((holder_id, _without(content, inner.get(holder_id, ()))) for content, holder_id in holder.items())
        return own

    @cached_property
    def own_words(self) -> Mapping[str, int]:
        """Words of each attribution's own content."""
        return {i: word_count(spans, self.analysis.article.prose) for i, spans in self.own_content.items()}

    # --------------------------------------------------------------------------------------- claims

    def makers(self, claim: Claim) -> set[str | None]:
        """Who is reported to make a claim or another of its cluster."""
        together = [[self.by_id[a] for a in c.attribution_ids] for c in self._saying_the_same(claim)]
        return {a.source_id for made_by in together for a in makers_of(made_by, self.by_id) if not a.hypothetical}

    def rests_on_one_unnamed(self, claim: Claim) -> bool:
        """Whether a claim hangs on one unnamed voice and no other source in the article supports it.

        That is: everyone who is reported to make the claim, or another one of its cluster, is one and the same
        source at A3 to A5 and counts as 1.  A group ("authorities", "multiple sources") is more than one voice and
        nobody ("reportedly") is none; both are other weaknesses.  Where the claim is relayed, its maker counts,
        since the relay's own claim, of which it is a part, is counted by itself.  Questions and conditions are
        nobody's claims.
        """
        makers = self.makers(claim)
        if len(makers) != 1 or None in makers:
            return False
        source = self.source_by_id[str(next(iter(makers)))]
        return speaks_unnamed(source) and source.count == "1" and not source.collective and not is_unresolved(source)

    def origins(self, claim: Claim) -> Independence:
        """Independent origins of a claim, its cluster's included."""
        together = [[self.by_id[a] for a in c.attribution_ids] for c in self._saying_the_same(claim)]
        chains = (chain for made_by in together for chain in chains_of(made_by, self.by_id))
        return independence([self.source_by_id[s] for s in chain] for chain in chains)

    def _saying_the_same(self, claim: Claim) -> tuple[Claim, ...]:
        cluster = self.clusters.get(claim.cluster or "")
        return tuple(self.claim_by_id[c] for c in cluster.claim_ids) if cluster else (claim,)


# ---------------------------------------------------------------------------------------------- groups

GROUPS = ("named", "named body", "officials of a named body", "partly named", "unnamed", "opaque")
"""From accountable to not; every graded source is in one."""


def group(source: Source) -> str:
    """The group that a source's words are counted in."""
    if source.institutional and source.level is Level.A3:
        return "officials of a named body"
    groups = {Level.A0: "named", Level.A1: "named body", Level.A2: "partly named", Level.A5: "opaque"}
    return groups.get(source.level, "unnamed")


ACCOUNTABLE = frozenset(GROUPS[:3])
ANONYMOUS = frozenset({"unnamed", "opaque"})


def _without(content: Spans, inner: Iterable[Spans]) -> Spans:
    """A content without the contents inside it; the same content, relayed, has no words of its own."""
    holes = sorted(span for spans in inner for span in spans)
    rest: list[Span] = []
    for begin, end in content:
        at = begin
        for hole in holes:
            if hole.start < end and hole.end > at:
                if hole.start > at:
                    rest.append(Span(at, hole.start))
                at = hole.end
        if at < end:
            rest.append(Span(at, end))
    return tuple(rest)
