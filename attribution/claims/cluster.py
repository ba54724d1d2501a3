"""Which claims of an article say the same, and how many independent origins each such cluster has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from attribution.claims.build import ancestors, chains_of
from attribution.claims.compare import same_claim
from attribution.claims.features import ClaimFeatures, features
from attribution.claims.independence import independence
from attribution.records import REPORTED, Article, Attribution, Claim, ClaimCluster, Parse, Source
from attribution.text import overlap


def cluster_claims(
    article: Article,  # noqa: ARG001 - every stage has the article first
    parse: Parse,
    claims: Sequence[Claim],
    attributions: Sequence[Attribution],
    sources: Sequence[Source],
) -> tuple[tuple[Claim, ...], tuple[ClaimCluster, ...]]:
    """Put claims that say the same into clusters of two or more.

    Compared are claims somebody is reported to have made: no questions, conditions, intentions or sentiments.
    A claim is never compared with one that stands inside it.  A cluster may rest on one source alone.

    Returns:
        The claims, those in a cluster with its id, and the clusters in text order.
    """
    by_id = {a.id: a for a in attributions}
    known = {s.id: s for s in sources}
    clusters: list[ClaimCluster] = []
    for members in _Matches(parse, claims, by_id).clusters():
        chains = [chain for c in members for chain in chains_of((by_id[a] for a in c.attribution_ids), by_id)]
        counted = independence([known[s] for s in chain] for chain in chains)
        clusters.append(
            ClaimCluster(
                id=f"k{len(clusters) + 1}",
                claim_ids=tuple(c.id for c in members),
                source_ids=tuple(dict.fromkeys(s for chain in chains for s in chain)),
                independent=counted.range,
                merged=counted.merged,
            )
        )
    cluster_of = {claim: cluster.id for cluster in clusters for claim in cluster.claim_ids}
    return tuple(replace(c, cluster=cluster_of.get(c.id)) for c in claims), tuple(clusters)


@dataclass(frozen=True, slots=True)
class _Compared:
    claim: Claim
    features: ClaimFeatures


class _Matches:
    """Which claims say the same, pair by pair."""

    def __init__(self, parse: Parse, claims: Sequence[Claim], attributions: Mapping[str, Attribution]) -> None:
        self.attributions = attributions
        self.compared = [
            _Compared(claim, features(parse, claim.span, denied=made_by[0].polarity == "negative"))
            for claim in claims
            if (made_by := [attributions[a] for a in claim.attribution_ids if _is_reported(attributions[a])])
        ]
        self.partners: dict[str, set[str]] = {c.claim.id: set() for c in self.compared}
        # Only claims about the same kinds of event can match: no need to compare all with all.
        alike: dict[tuple[str, ...], list[_Compared]] = {}
        for one in self.compared:
            alike.setdefault(tuple(sorted(e.concept for e in one.features.events)), []).append(one)
        for group in alike.values():
            for first, second in combinations(group, 2):
                if (
                    not self._one_in_the_other(first.claim, second.claim)
                    and same_claim(first.features, second.features).same
                ):
                    self.partners[first.claim.id].add(second.claim.id)
                    self.partners[second.claim.id].add(first.claim.id)
        self._drop_ambiguous()

    def _one_in_the_other(self, first: Claim, second: Claim) -> bool:
        if overlap(first.span, second.span):
            return True
        ids = set(first.attribution_ids), set(second.attribution_ids)
        above = [
            {o.id for a in claim.attribution_ids for o in ancestors(self.attributions[a], self.attributions)}
            for claim in (first, second)
        ]
        return bool(ids[0] & above[1] or ids[1] & above[0])

    def _drop_ambiguous(self) -> None:
        """ "The arrests" that could be either of two arrests is left alone."""
        for one in self.compared:
            partners = self.partners[one.claim.id]
            if one.features.nominal and any(b not in self.partners[a] for a, b in combinations(sorted(partners), 2)):
                for partner in partners:
                    self.partners[partner].discard(one.claim.id)
                self.partners[one.claim.id] = set()

    def clusters(self) -> list[list[Claim]]:
        """Groups in which every claim matches every other, each claim in one at most."""
        groups: list[list[Claim]] = []
        for one in self.compared:
            for group in groups:
                if all(member.id in self.partners[one.claim.id] for member in group):
                    group.append(one.claim)
                    break
            else:
                groups.append([one.claim])
        return [group for group in groups if len(group) > 1]


def _is_reported(attribution: Attribution) -> bool:
    return attribution.kind in REPORTED and not attribution.hypothetical
