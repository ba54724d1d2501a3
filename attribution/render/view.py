"""What the tables of one article show: the attributions of the kinds asked for, and what hangs on them.

JSON always holds everything; only tables and metrics are narrowed (contract, ``--kinds``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from attribution.counted import Counted
from attribution.metrics import measure
from attribution.records import (
    REPORTED,
    Analysis,
    Article,
    Attribution,
    Claim,
    ClaimCluster,
    Kind,
    Metric,
    Source,
    Spans,
)
from attribution.text import LineIndex, words_of


@dataclass(frozen=True, slots=True)
class View:
    """One analysis narrowed to some kinds of attribution.

    Attributes:
        attributions: those of the kinds asked for, in text order.
        asserted: these without questions and conditions, which nobody is reported to have said.
        sources: those that stand behind something asserted.
        claims: those that one of the attributions makes.
        metrics: measured over the same kinds.
        counted: what these metrics count.
    """

    analysis: Analysis
    attributions: tuple[Attribution, ...]
    asserted: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    metrics: Mapping[str, Metric]
    counted: Counted
    _everything: Counted
    _lines: LineIndex
    _attributions: Mapping[str, Attribution]
    _sources: Mapping[str, Source]
    _clusters: Mapping[str, ClaimCluster]

    @property
    def article(self) -> Article:
        """The article analysed."""
        return self.analysis.article

    def line(self, offset: int) -> int:
        """1-based line of a character of the article's own text."""
        return self._lines.line(offset)

    def words(self, spans: Spans) -> str:
        """The article's words in some spans, on one line and without Markdown's markup."""
        return words_of(spans, self.article.prose)

    def source(self, source_id: str) -> Source:
        """Any source of the article, whether or not the tables list it."""
        return self._sources[source_id]

    def cluster(self, claim: Claim) -> ClaimCluster | None:
        """The claims that say the same as this one, or None."""
        return self._clusters[claim.cluster] if claim.cluster else None

    def attributions_of_source(self, source: Source) -> tuple[Attribution, ...]:
        """What a listed source asserts itself."""
        return tuple(a for a in self.asserted if a.source_id == source.id)

    def attributions_of_claim(self, claim: Claim) -> tuple[Attribution, ...]:
        """The listed attributions that make a claim."""
        return tuple(a for a in self.attributions if a.id in claim.attribution_ids)

    def chain(self, attribution: Attribution) -> tuple[str, ...]:
        """Ids of the sources that an attribution passes through, outermost first, its own last."""
        found: list[str] = []
        link: Attribution | None = attribution
        while link is not None:
            if link.source_id and link.source_id not in found:
                found.append(link.source_id)
            link = self._attributions[link.parent] if link.parent else None
        return tuple(reversed(found))

    def rests_on_one_unnamed(self, claim: Claim) -> bool:
        """Whether a claim hangs on a single unnamed source (``Counted.rests_on_one_unnamed``)."""
        return self._everything.rests_on_one_unnamed(claim)


def view_of(analysis: Analysis, kinds: frozenset[Kind] = REPORTED) -> View:
    """Narrow an analysis to the attributions of some kinds."""
    attributions = tuple(a for a in analysis.attributions if a.kind in kinds)
    listed = {a.id for a in attributions}
    asserted = tuple(a for a in attributions if not a.hypothetical)
    speaking = {a.source_id for a in asserted}
    stored = analysis.metrics if kinds == REPORTED else {}
    return View(
        analysis=analysis,
        attributions=attributions,
        asserted=asserted,
        sources=tuple(s for s in analysis.sources if s.id in speaking),
        claims=tuple(c for c in analysis.claims if not listed.isdisjoint(c.attribution_ids)),
        metrics=stored or measure(analysis, kinds=kinds),
        counted=Counted(analysis, kinds),
        _everything=Counted(analysis, frozenset(Kind)),
        _lines=LineIndex(analysis.article.text),
        _attributions={a.id: a for a in analysis.attributions},
        _sources={s.id: s for s in analysis.sources},
        _clusters={c.id: c for c in analysis.clusters},
    )
