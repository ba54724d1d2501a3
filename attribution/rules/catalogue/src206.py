"""SRC206: two sources that are one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.lexicon import word_list
from attribution.records import Attribution, ClaimCluster, Merge, Severity
from attribution.rules.base import Remark, Rule
from attribution.rules.story import Story


@dataclass(frozen=True)
class PseudoCorroboration(Rule):
    """Two sources for one claim trace to the same origin.

    What:
        A claim that two or more sources make, all of which speak for the same body, or one of which cites the other.
    Why:
        It looks corroborated and is not: nobody outside the origin has confirmed it.
    Example:
        The army said the bridge had been taken.  An army spokesman confirmed that the bridge had been taken.
    Better:
        The army said the bridge had been taken.  The director of the hospital beside it said soldiers had crossed it.
    Standards:
        Washington Post, CBC
    False positives:
        Large bodies whose parts know things independently of one another.
    """

    code = "SRC206"
    name = "pseudo-corroboration"
    severity = Severity.WARNING
    standards = ("WP-3", "CBC-1")
    question = "Has anybody confirmed this who does not depend on the same origin?"

    def check(self, story: Story) -> Iterator[Remark]:
        for cluster in story.analysis.clusters:
            tellers = self._tellers(story, cluster)
            if len(tellers) < 2 or cluster.independent[0] != 1:
                continue
            merge = self._same_origin(cluster)
            if merge is None:
                continue
            claims = [story.counted.claim_by_id[c] for c in cluster.claim_ids]
            names = {s.id: s.name for s in story.sources}
            yield Remark(
                claims[-1].span[0],
                f"“{names[merge.first]}” and “{names[merge.second]}” are not independent: both trace to"
                f" {merge.origin}, so this is one confirmation, not two.",
                claim_id=claims[-1].id,
                evidence=(merge.why,),
                related=tuple(c.span[0] for c in claims[:-1]),
            )

    @staticmethod
    def _tellers(story: Story, cluster: ClaimCluster) -> set[str]:
        """Who the text presents as saying it; not who takes it up to check or to dispute it."""
        made_by = (a for c in cluster.claim_ids for a in story.attributions_of(story.counted.claim_by_id[c]))
        positive = [a for a in made_by if a.source_id and a.polarity == "positive"]
        relayed = [(a, p) for a in positive if (p := story.parent_of(a)) is not None]
        own = {str(a.source_id) for a in positive}
        return own | {str(p.source_id) for _, p in relayed if p.source_id and _vouches(story, p)}

    @staticmethod
    def _same_origin(cluster: ClaimCluster) -> Merge | None:
        """Why the sources are one, if that is stated and not merely possible."""
        if not cluster.merged or any(m.origin is None for m in cluster.merged):
            return None
        return cluster.merged[0]


def _vouches(story: Story, attribution: Attribution) -> bool:
    return any(t.lemma.lower() in word_list("telling_cues.tsv") for t in story.tokens(attribution.cue))
