"""Several stories about one event: which claims they share, which they contradict, and who stands behind them in all.

Precision first, as within a story.  Claims are matched by ``same_claim``, and besides: a pronoun or a "yesterday" means
nothing outside its story, a question is no claim, and a bare noun phrase ("the arrests") is only matched by way of a
clause of its own story that says the same.  What is counted is origins, not outlets: two stories that quote one
spokeswoman have one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from attribution.claims import ClaimFeatures, Verdict, chains_of, features, independence, same_claim
from attribution.claims.features import UNKNOWN, tokens_in
from attribution.claims.independence import compatible
from attribution.counted import UNNAMED, Counted
from attribution.records import Analysis, Claim, Level, Merge, Source, SourceType
from attribution.text import overlap

_RELATIVE = frozenset({"today", "yesterday", "tomorrow", "tonight"})
_QUESTIONS = frozenset({"whether", "if"})
_ARTICLES = frozenset({"a", "an", "the"})
_NEVER_HIDING = frozenset({SourceType.DOCUMENT, SourceType.OBSERVATION, SourceType.MEDIA})


@dataclass(frozen=True, slots=True)
class Telling:
    """How one story tells a claim.

    Attributes:
        story: its name.
        claims: those of the story that say the same, in text order.
        sources: who is reported to make them.
        relayed: the other story that the claim is taken from ("told Meridian Wire"), or None.
    """

    story: str
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    relayed: str | None = None

    @property
    def level(self) -> Level:
        """The best anonymity level at which this story has the claim."""
        return min(claim.level for claim in self.claims)


@dataclass(frozen=True, slots=True)
class SharedClaim:
    """A claim that two stories or more report.

    Attributes:
        id: "x1", "x2" … in the order of the stories and their text.
        tellings: one a story, in the order of the stories.
        independent: (min, max) number of independent origins in all stories together; max is None if unbounded.
        merged: what the minimum counts as one, and why; sources as "STORY:s1".
    """

    id: str
    tellings: tuple[Telling, ...]
    independent: tuple[int, int | None]
    merged: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """What one claims and another denies, everything else alike; in two stories or in one."""

    affirmed: Telling
    denied: Telling


@dataclass(frozen=True, slots=True)
class SharedSource:
    """Somebody named in whole or in part, or a named body, whom two stories or more quote.

    Attributes:
        by_story: the source as each story has it.
    """

    name: str
    by_story: Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class Coverage:
    """One event in several stories.

    Attributes:
        stories: the analyses by name.
    """

    stories: Mapping[str, Analysis]
    sources: tuple[SharedSource, ...]
    shared: tuple[SharedClaim, ...]
    disputed: tuple[Dispute, ...]


def compare_coverage(stories: Mapping[str, Analysis]) -> Coverage:
    """What several stories about one event have in common.

    Args:
        stories: analyses by the name of the outlet that published each, as other outlets would write it: a story that
            says "told Meridian Wire" of a claim that Meridian Wire's story has adds no origin to it.

    Returns:
        Shared sources, shared and disputed claims.  Matching prefers to miss a claim over making a wrong match, so what
        is not listed may still be told by both.
    """
    told = [_Story(name, analysis) for name, analysis in stories.items()]
    shared = (_shared(group, number) for number, group in enumerate(_groups(told), start=1))
    return Coverage(dict(stories), tuple(_shared_sources(told)), tuple(shared), tuple(_disputes(told)))


# ------------------------------------------------------------------------------------------ matching


@dataclass(frozen=True, slots=True)
class _Unit:
    """The claims of one story that say the same, and those of them that can be compared with other stories."""

    story: _Story
    claims: tuple[Claim, ...]
    features: tuple[ClaimFeatures, ...]

    def says_the_same(self, other: _Unit) -> bool:
        verdicts = self._verdicts(other)
        return Verdict.SAME in verdicts and Verdict.OPPOSED not in verdicts

    def says_the_opposite(self, other: _Unit) -> bool:
        verdicts = self._verdicts(other)
        return Verdict.OPPOSED in verdicts and Verdict.SAME not in verdicts

    def overlaps(self, other: _Unit) -> bool:
        """Whether the two are, in part, the same words."""
        ours, theirs = ([span for claim in unit.claims for span in claim.span] for unit in (self, other))
        return self.story is other.story and overlap(tuple(ours), tuple(theirs)) > 0

    @property
    def denies(self) -> bool:
        return any(event.negated for claim in self.features for event in claim.events)

    def _verdicts(self, other: _Unit) -> set[Verdict]:
        return {_compare(a, b) for a in self.features for b in other.features}


class _Story:
    """One story with its claims in comparable form."""

    def __init__(self, name: str, analysis: Analysis) -> None:
        self.name = name
        self.analysis = analysis
        self.counted = Counted(analysis)
        self.units = tuple(self._units())

    def _units(self) -> Iterator[_Unit]:
        together: dict[str, list[Claim]] = {}
        for claim in self.counted.claims:
            together.setdefault(claim.cluster or claim.id, []).append(claim)
        for claims in together.values():
            read = [self._features(claim) for claim in claims if not self._is_question(claim)]
            yield _Unit(self, tuple(claims), tuple(f for f in read if _travels(f)))

    def _is_question(self, claim: Claim) -> bool:
        """ "Whether he had a gun": asked, doubted or left open, so neither claimed nor denied."""
        words = tokens_in(self.analysis.parse, claim.span)
        return bool(words) and words[0].lemma.lower() in _QUESTIONS

    def _features(self, claim: Claim) -> ClaimFeatures:
        made_by = [a for a in self.counted.attributions if a.id in claim.attribution_ids]
        return features(self.analysis.parse, claim.span, denied=made_by[0].polarity == "negative")


def _travels(claim: ClaimFeatures) -> bool:
    """Whether a claim means the same outside its story."""
    done_to = any(UNKNOWN in event.patients for event in claim.events)
    return bool(claim.events) and not (claim.nominal or done_to or claim.times & _RELATIVE)


def _compare(first: ClaimFeatures, second: ClaimFeatures) -> Verdict:
    """``same_claim`` for two stories, in which "they" means nobody in particular.

    "They detained 14 officers" agrees with "14 officers were detained", which is silent about who did it, and with
    nothing that names somebody.
    """
    if any(UNKNOWN in event.agents for claim in (first, second) for event in claim.events):
        silent = any(all(not event.agents for event in claim.events) for claim in (first, second))
        if not silent or not (first.names & second.names or first.quantities & second.quantities):
            return Verdict.APART
    return same_claim(first, second).verdict


def _groups(stories: Iterable[_Story]) -> list[list[_Unit]]:
    """Units of different stories in which every one says the same as every other, each unit in one group at most."""
    groups: list[list[_Unit]] = []
    for story in stories:
        for unit in story.units:
            for group in groups:
                if all(member.story is not story and member.says_the_same(unit) for member in group):
                    group.append(unit)
                    break
            else:
                groups.append([unit])
    return [group for group in groups if len(group) > 1]


def _disputes(stories: Iterable[_Story]) -> Iterator[Dispute]:
    units = [unit for story in stories for unit in story.units]
    for first, second in combinations(units, 2):
        if not first.overlaps(second) and first.says_the_opposite(second):
            affirmed, denied = (second, first) if first.denies else (first, second)
            yield Dispute(_telling(affirmed, ()), _telling(denied, ()))


# ------------------------------------------------------------------------------------------ origins

_Chain = tuple[Source, ...]


def _shared(group: list[_Unit], number: int) -> SharedClaim:
    names = tuple(unit.story.name for unit in group)
    tellings = tuple(_telling(unit, names) for unit in group)
    same = _Names()
    chains: list[_Chain] = []
    for unit, telling in zip(group, tellings, strict=True):
        if telling.relayed is None:
            chains += [tuple(same.one(unit.story.name, source) for source in chain) for chain in _chains(unit)]
    counted = independence(chains)
    doubted = tuple(_doubted(chains, counted.merged))
    origins = counted.minimum - len(doubted), counted.maximum
    return SharedClaim(f"x{number}", tellings, origins, (*counted.merged, *doubted))


def _telling(unit: _Unit, others: Iterable[str]) -> Telling:
    chains = _chains(unit)
    makers = dict.fromkeys(chain[-1] for chain in chains)
    return Telling(unit.story.name, unit.claims, tuple(makers), _relayed(unit, others))


def _chains(unit: _Unit) -> tuple[_Chain, ...]:
    """The ways a unit's claims reach the reader, outermost source first, without nobody and speakers not found."""
    counted = unit.story.counted
    made_by = [counted.by_id[a] for claim in unit.claims for a in claim.attribution_ids]
    reported = [a for a in made_by if a in counted.attributions]
    chains = ([counted.source_by_id[s] for s in chain] for chain in chains_of(reported, counted.by_id))
    somebody = (tuple(source for source in chain if source.count != "0") for chain in chains)
    return tuple(chain for chain in somebody if chain)


def _relayed(unit: _Unit, others: Iterable[str]) -> str | None:
    """The other story that all of a unit's claims are taken from: its outlet was told, or is the source."""
    own = unit.story.name
    taken: set[str | None] = set()
    ids = {a for claim in unit.claims for a in claim.attribution_ids}
    for attribution in unit.story.counted.attributions:
        if attribution.id in ids:
            chain = unit.story.counted.chain(attribution)
            outlets = (attribution.recipient or "", *(s.name for s in chain if s.type is SourceType.MEDIA))
            heard = {_words(outlet) for outlet in outlets} - {()}
            taken.add(next((name for name in others if name != own and _words(name) in heard), None))
    return taken.pop() if len(taken) == 1 else None


def _doubted(chains: Iterable[_Chain], merged: Iterable[Merge]) -> Iterator[Merge]:
    """Unnamed sources of one story who may be a source of another, so that the minimum counts them once.

    Never so that two sources become one that one story counts as two.
    """
    sources = {source.id: source for chain in chains for source in chain}
    group = {i: frozenset({i}) for i in sources}

    def unite(first: str, second: str) -> None:
        both = group[first] | group[second]
        group.update(dict.fromkeys(both, both))

    for chain in chains:
        for source in chain:
            unite(chain[0].id, source.id)
    for merge in merged:
        unite(merge.first, merge.second)
    for first, second in combinations(sources.values(), 2):
        apart = group[first.id] != group[second.id]
        if apart and not _stories(group[first.id]) & _stories(group[second.id]) and _may_be_one(first, second):
            unite(first.id, second.id)
            yield Merge(first.id, second.id, f"“{second.name}” may be “{first.name}” of another story")


def _stories(group: Iterable[str]) -> set[str]:
    return {identifier.rpartition(":")[0] for identifier in group}


def _may_be_one(first: Source, second: Source) -> bool:
    """Whether an unnamed source of one story may be, or be among, a source of another."""
    hidden, other = (first, second) if first.level >= second.level else (second, first)
    if hidden.level not in UNNAMED or not {hidden.type, other.type}.isdisjoint(_NEVER_HIDING):
        return False
    return compatible(hidden, other)


# ------------------------------------------------------------------------------------------ who is who


class _Names:
    """Gives the sources of several stories ids of their own, and one to somebody whom two stories name."""

    def __init__(self) -> None:
        self._known: dict[str, Source] = {}

    def one(self, story: str, source: Source) -> Source:
        """The source under an id that holds in all stories: that of a namesake met before, else "STORY:ID"."""
        key = f"{story}:{source.id}"
        if key not in self._known:
            before = next((known for known in self._known.values() if same_name(known, source)), None)
            self._known[key] = before or replace(source, id=key)
        return self._known[key]


def same_name(first: Source, second: Source) -> bool:
    """Whether two stories name the same person or body.

    A person by the last name and every other name that both give; a body or document by all its words.
    """
    ours, theirs = _words(first.name), _words(second.name)
    if not ours or not theirs or first.type in _UNSHARED or second.type in _UNSHARED:
        return False
    if {first.level, second.level} <= _PEOPLE:
        shorter, longer = sorted((ours, theirs), key=len)
        return ours[-1] == theirs[-1] and set(shorter) <= set(longer)
    return first.level is Level.A1 and second.level is Level.A1 and ours == theirs


_UNSHARED = frozenset({SourceType.OBSERVATION})
_PEOPLE = frozenset({Level.A0, Level.A2})


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in name.casefold().split() if word not in _ARTICLES)


def _shared_sources(stories: Iterable[_Story]) -> Iterator[SharedSource]:
    found: list[dict[str, Source]] = []
    for story in stories:
        for source in story.counted.sources:
            quoted = next((q for q in found if any(same_name(source, known) for known in q.values())), None)
            if quoted is None:
                found.append({story.name: source})
            else:
                quoted.setdefault(story.name, source)
    for quoted in found:
        if len(quoted) > 1:
            yield SharedSource(max((s.name for s in quoted.values()), key=len), quoted)
