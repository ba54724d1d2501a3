"""What changed in the sourcing between two versions of a story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from attribution.claims import features, same_claim
from attribution.claims.features import tokens_in
from attribution.counted import Counted
from attribution.records import Analysis, Claim, Finding, Level, Source, SourceType, Span, Spans
from attribution.text import join_spans, overlap

SAME_WORDS = 0.6
"""Share of content words (Jaccard) from which two claims of two versions are one claim, perhaps reworded."""
KEPT_WORDS = 0.8
"""Share of a claim's content words that must stand in a sentence for the claim to stand there."""

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"})
_ARTICLES = frozenset({"a", "an", "the"})


class SourceFate(StrEnum):
    """What became of a source."""

    GAINED = "gained"
    LOST = "lost"
    MORE_IDENTIFIABLE = "more identifiable"
    LESS_IDENTIFIABLE = "less identifiable"
    DESCRIBED_OTHERWISE = "described otherwise"
    REASON_GAINED = "reason gained"
    REASON_LOST = "reason lost"


class ClaimFate(StrEnum):
    """What became of a claim."""

    ADDED = "added"
    DROPPED = "dropped"
    ATTRIBUTION_LOST = "attribution lost"  # it still stands there, in the outlet's own voice
    ATTRIBUTION_GAINED = "attribution gained"
    SOURCE_CHANGED = "source changed"
    CORROBORATION_GAINED = "corroboration gained"
    CORROBORATION_LOST = "corroboration lost"


@dataclass(frozen=True, slots=True)
class SourceChange:
    """A source of one version or of both."""

    fate: SourceFate
    old: Source | None
    new: Source | None


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim of one version or of both.

    Attributes:
        at: where it stands unattributed, in the version in which it does.
        origins: least number of independent origins before and after, where that is what changed.
    """

    fate: ClaimFate
    old: Claim | None
    new: Claim | None
    at: Span | None = None
    origins: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class VersionDiff:
    """All that changed in the sourcing.

    Attributes:
        new_findings, gone_findings: by fingerprint, so that moved lines do not count; suppressed ones left out.
    """

    old: Analysis
    new: Analysis
    sources: tuple[SourceChange, ...]
    claims: tuple[ClaimChange, ...]
    new_findings: tuple[Finding, ...]
    gone_findings: tuple[Finding, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the sourcing is the same."""
        return not (self.sources or self.claims or self.new_findings or self.gone_findings)


def compare_versions(old: Analysis, new: Analysis) -> VersionDiff:
    """What changed from one version of a story to the next.

    Claims are matched by their words, or by saying the same (``same_claim``); sources by their names, and unnamed
    ones also by the claims they make in both versions, so that "an official" who becomes "a Treasury official" is one
    source.  That somebody named makes the claim of somebody unnamed never makes one of the two: nobody is unmasked.
    """
    before, after = _Version(old), _Version(new)
    claims = _matched_claims(before, after)
    sources = _matched_sources(before, after, claims)
    return VersionDiff(
        old,
        new,
        tuple(_source_changes(before, after, sources)),
        tuple(_claim_changes(before, after, claims, sources)),
        _only_in(after.findings, before.findings),
        _only_in(before.findings, after.findings),
    )


class _Version:
    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.counted = Counted(analysis)
        self.claims = tuple(c for c in self.counted.claims if self.words(c.span))
        self.sources = tuple(s for s in self.counted.sources if s.count != "0")
        self.findings = tuple(f for f in analysis.findings if f.suppressed is None)

    @cached_property
    def _sentence_words(self) -> tuple[tuple[Span, frozenset[str], frozenset[str]], ...]:
        """Each sentence with its words, and with those of them that somebody is reported to say."""
        contents = join_spans(
            (span for a in self.analysis.attributions for span in a.content), self.analysis.article.text
        )
        tokens = self.analysis.parse.tokens
        found = []
        for sentence in self.analysis.parse.sentences:
            words = [t for t in tokens[sentence.first : sentence.last] if t.upos in _CONTENT]
            said = frozenset(t.lemma.casefold() for t in words if overlap(contents, (t.span,)))
            found.append((sentence.span, frozenset(t.lemma.casefold() for t in words), said))
        return tuple(found)

    def words(self, spans: Spans) -> frozenset[str]:
        """Lemmas of the content words in some spans."""
        tokens = tokens_in(self.analysis.parse, spans)
        return frozenset(token.lemma.casefold() for token in tokens if token.upos in _CONTENT)

    def unattributed(self, wanted: frozenset[str]) -> Span | None:
        """The sentence in the outlet's own voice that holds the words of a claim of the other version."""
        enough = KEPT_WORDS * len(wanted)
        for span, words, said in self._sentence_words:
            if len(wanted) > 2 and len(wanted & words) >= enough > len(wanted & said):
                return span
        return None

    def repeats(self, claim: Claim, others: Collection[str]) -> bool:
        """Whether a claim says the same as one of some others of its version."""
        cluster = self.counted.clusters.get(claim.cluster or "")
        return cluster is not None and not set(others).isdisjoint(cluster.claim_ids)

    def makers(self, claim: Claim) -> set[str]:
        """Who is reported to make a claim; nobody ("reportedly") and speakers who were not found are left out."""
        makers = self.counted.makers(claim)
        return {source.id for source in self.sources if source.id in makers}


# ------------------------------------------------------------------------------------------ matching

_Pairs = dict[str, str]
"""Ids of the old version to ids of the new."""


def _matched_claims(before: _Version, after: _Version) -> _Pairs:
    scored = []
    new_features = {c.id: features(after.analysis.parse, c.span) for c in after.claims}
    new_words = {c.id: after.words(c.span) for c in after.claims}
    for old in before.claims:
        old_words, old_features = before.words(old.span), features(before.analysis.parse, old.span)
        for new in after.claims:
            words = new_words[new.id]
            alike = len(old_words & words) / len(old_words | words)
            if alike >= SAME_WORDS or same_claim(old_features, new_features[new.id]).same:
                scored.append((alike, old.id, new.id))
    return _best_pairs(scored)


def _matched_sources(before: _Version, after: _Version, claims: _Pairs) -> _Pairs:
    shared: Counter[tuple[str, str]] = Counter()
    old_claims = {c.id: c for c in before.claims}
    new_claims = {c.id: c for c in after.claims}
    for old_id, new_id in claims.items():
        shared.update(
            (old, new) for old in before.makers(old_claims[old_id]) for new in after.makers(new_claims[new_id])
        )
    scored = []
    for old in before.sources:
        for new in after.sources:
            alike, together = _names_alike(old.name, new.name), shared[old.id, new.id]
            if alike or (together and _may_be_one(old, new)):
                scored.append((alike + min(together, 3) / 4, old.id, new.id))
    return _best_pairs(scored)


def _names_alike(old: str, new: str) -> float:
    """2 for the same name, 1 where one holds the other ("Roth", "Anna Roth"), else 0."""
    first, second = (frozenset(name.casefold().split()) - _ARTICLES for name in (old, new))
    if first == second:
        return 2.0
    return float(bool(first and second) and (first <= second or second <= first))


def _may_be_one(old: Source, new: Source) -> bool:
    """Whether two sources of the same claim may be one that is described in other words."""
    if min(old.level, new.level) <= Level.A1:
        return False
    unknown = SourceType.UNKNOWN in (old.type, new.type)
    return old.collective == new.collective and (unknown or not {*old.types}.isdisjoint(new.types))


def _best_pairs(scored: Iterable[tuple[float, str, str]]) -> _Pairs:
    """One to one, the most alike first; ties in the order of the text."""
    pairs: _Pairs = {}
    for _, old, new in sorted(scored, key=lambda each: (-each[0], _number(each[1]), _number(each[2]))):
        if old not in pairs and new not in pairs.values():
            pairs[old] = new
    return pairs


def _number(identifier: str) -> int:
    return int(identifier[1:])


# ------------------------------------------------------------------------------------------ changes


def _source_changes(before: _Version, after: _Version, pairs: _Pairs) -> Iterable[SourceChange]:
    new_by_id = {s.id: s for s in after.sources}
    for old in before.sources:
        if old.id not in pairs:
            yield SourceChange(SourceFate.LOST, old, None)
            continue
        new = new_by_id[pairs[old.id]]
        if new.level < old.level:
            yield SourceChange(SourceFate.MORE_IDENTIFIABLE, old, new)
        elif new.level > old.level:
            yield SourceChange(SourceFate.LESS_IDENTIFIABLE, old, new)
        elif not _names_alike(old.name, new.name):
            yield SourceChange(SourceFate.DESCRIBED_OTHERWISE, old, new)
        if old.reason == "none" != new.reason:
            yield SourceChange(SourceFate.REASON_GAINED, old, new)
        elif new.reason == "none" != old.reason:
            yield SourceChange(SourceFate.REASON_LOST, old, new)
    for new in after.sources:
        if new.id not in pairs.values():
            yield SourceChange(SourceFate.GAINED, None, new)


def _claim_changes(before: _Version, after: _Version, pairs: _Pairs, sources: _Pairs) -> Iterable[ClaimChange]:
    new_by_id = {c.id: c for c in after.claims}
    for old in before.claims:
        if old.id not in pairs and before.repeats(old, pairs.keys()):
            continue  # the claim it repeats says that corroboration was lost
        if old.id not in pairs:
            at = after.unattributed(before.words(old.span))
            yield ClaimChange(ClaimFate.ATTRIBUTION_LOST if at else ClaimFate.DROPPED, old, None, at)
            continue
        new = new_by_id[pairs[old.id]]
        origins = before.counted.origins(old).minimum, after.counted.origins(new).minimum
        if origins[0] != origins[1] and min(origins) > 0:
            fate = ClaimFate.CORROBORATION_GAINED if origins[1] > origins[0] else ClaimFate.CORROBORATION_LOST
            yield ClaimChange(fate, old, new, origins=origins)
        elif {sources.get(maker) for maker in before.makers(old)} != after.makers(new):
            yield ClaimChange(ClaimFate.SOURCE_CHANGED, old, new)
    for new in after.claims:
        if new.id not in pairs.values() and not after.repeats(new, pairs.values()):
            at = before.unattributed(after.words(new.span))
            yield ClaimChange(ClaimFate.ATTRIBUTION_GAINED if at else ClaimFate.ADDED, None, new, at)


def _only_in(these: tuple[Finding, ...], those: tuple[Finding, ...]) -> tuple[Finding, ...]:
    known = {finding.fingerprint for finding in those}
    return tuple(finding for finding in these if finding.fingerprint not in known)
