"""How many independent origins stand behind something: a range, and what the lower end takes as one.

The rule is that of standards §4.2.  The minimum counts distinct origins: sources that share an organisation, an
outlet or a document are one, a plural group is one, nobody ("reportedly") is none, and a vague source that could be
a person or body already counted is taken to be it.  The maximum takes every stated count at its word ("three
officials": 3; "multiple sources": at least 2 and no upper bound).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from attribution.claims.places import seats
from attribution.lexicon import word_list
from attribution.records import Level, Merge, Source, SourceType


@dataclass(frozen=True, slots=True)
class Independence:
    """A range of independent origins.

    Attributes:
        minimum: distinct origins, everything doubtful taken as one.
        maximum: origins if every source is another; None where a stated count has no upper bound.
        stated: the maximum with open counts at their least: the 5 of "3 to 5 or more".
        merged: the pairs the minimum counts as one, and why.
    """

    minimum: int
    maximum: int | None
    stated: int
    merged: tuple[Merge, ...] = ()

    @property
    def range(self) -> tuple[int, int | None]:
        """``(minimum, maximum)`` as records hold it."""
        return self.minimum, self.maximum


def independence(chains: Iterable[Sequence[Source]]) -> Independence:
    """The range for some claims.

    Args:
        chains: for each way a claim reaches the reader, its sources, the outermost first.  Order and repetition
            make no difference.
    """
    # Nobody is no link: "an official said he reportedly fled" rests on the official.
    links = {tuple(s for s in chain if s.count != "0") for chain in chains}
    links.discard(())
    tellers = {chain[0] for chain in links}
    origins = {chain[-1] for chain in links}
    # A chain carries no more origins than its narrowest end: two officials relayed by one outlet are one origin
    # to the reader, and so is one mayor relayed by two outlets.
    stated = min(_at_least(tellers), _at_least(origins))
    ends = [end for end in (_bound(tellers), _bound(origins)) if end is not None]
    minimum, merged = _distinct(links)
    return Independence(minimum, min(ends) if ends else None, stated, merged)


# --------------------------------------------------------------------------------------------- counts


def _at_least(sources: Iterable[Source]) -> int:
    return sum(_count(s)[0] for s in sources)


def _bound(sources: Iterable[Source]) -> int | None:
    counts = [_count(s) for s in sources]
    return None if any(is_open for _, is_open in counts) else sum(n for n, _ in counts)


def _count(source: Source) -> tuple[int, bool]:
    """The least number of voices a source stands for, and whether there may be more."""
    if source.count == "?":
        return 1, True
    if source.count.startswith(">="):
        return int(source.count[2:]), True
    return int(source.count), False


# -------------------------------------------------------------------------------------------- minimum


def _distinct(chains: Iterable[Sequence[Source]]) -> tuple[int, tuple[Merge, ...]]:
    """The number of origins that are certainly distinct, and what was taken as one to get there."""
    chains = list(chains)
    sources = sorted({s for chain in chains for s in chain}, key=_definiteness)
    group = {s.id: s.id for s in sources}
    merged: list[Merge] = []

    def unite(first: Source, second: Source, why: str, origin: str) -> None:
        ours, theirs = group[first.id], group[second.id]
        if ours != theirs:
            group.update({member: ours for member, of in group.items() if of == theirs})
            merged.append(Merge(first.id, second.id, why, origin))

    by_id = {s.id: s for s in sources}
    for outer, inner in sorted({(a.id, b.id) for c in chains for a, b in pairwise(c)}):
        teller, origin = by_id[outer].name, by_id[inner].name
        unite(by_id[outer], by_id[inner], f"“{teller}” relays “{origin}”", f"“{origin}”")
    for at, second in enumerate(sources):
        for first in sources[:at]:
            shared = _shared_body(first, second)
            if shared:
                unite(first, second, f"both speak for {shared}", shared)
    _absorb_vague(sources, group, merged)
    return len(set(group.values())), tuple(merged)


def _absorb_vague(sources: Sequence[Source], group: dict[str, str], merged: list[Merge]) -> None:
    """Take each vague source for one already counted where it could be.

    Each is taken for one other origin only: two officials that are certainly two do not become one because a
    plural group could include either.
    """
    members: dict[str, list[Source]] = {}
    for source in sources:
        members.setdefault(group[source.id], []).append(source)
    counted: list[str] = []
    for name, mine in members.items():  # in order of their most definite member
        match = next(
            (
                (kept, first, second)
                for kept in counted
                for first in members[kept]
                for second in mine
                if could_be(second, first)
            ),
            None,
        )
        if match is None:
            counted.append(name)
            continue
        kept, first, second = match
        group.update({s.id: kept for s in mine})
        merged.append(Merge(first.id, second.id, _guess(second, first)))


def _definiteness(source: Source) -> tuple[Level, bool, int, str]:
    return source.level, source.collective, _place(source), source.id


def _place(source: Source) -> int:
    return min((m.span.start for m in source.mentions), default=0)


def could_be(vague: Source, counted: Source) -> bool:
    """Whether a vague source may be, speak for or belong to a source of the same story already counted.

    Not where the text sets it apart ("a separate source"), nor where the two are not ``compatible``.
    """
    if vague.level not in {Level.A4, Level.A5}:
        return False
    later = max(vague, counted, key=_place)
    return not _words(later.name) & word_list("distinct_words.tsv") and compatible(vague, counted)


def compatible(vague: Source, counted: Source) -> bool:
    """Whether nothing that is said of two sources tells them apart.

    They are apart where they have no type in common, belong to another country or body, or where the vague one is known
    only by whom it is close to: an aide's type is its principal's.
    """
    if vague.type in _OWN_ORIGIN or counted.type in _OWN_ORIGIN or vague.inherited:
        return False
    if vague.type is SourceType.UNKNOWN:
        if counted.type in _NOT_A_PERSON:
            return False
    elif counted.inherited or not set(_types(vague)) & set(_types(counted)):
        return False
    ours, theirs = _countries(vague), _countries(counted)
    if ours and theirs and not ours & theirs:
        return False
    return not (vague.organisation and counted.organisation and not _shared_body(vague, counted))


_OWN_ORIGIN = frozenset({SourceType.OBSERVATION})
_NOT_A_PERSON = frozenset({SourceType.DOCUMENT, SourceType.MEDIA})


def _guess(vague: Source, counted: Source) -> str:
    if counted.collective:
        verb = "may be among"
    elif vague.collective:
        verb = "may include"
    else:
        verb = "may speak for" if counted.level is Level.A1 else "may be"
    return f"“{vague.name}” {verb} “{counted.name}”"


def _types(source: Source) -> tuple[SourceType, ...]:
    return source.types or (source.type,)


# --------------------------------------------------------------------------------------------- bodies

_LITTLE_WORDS = frozenset({"the", "a", "an", "of", "for", "and", "in", "at", "s"})


def _body(source: Source) -> str | None:
    """The body, outlet or document a source speaks for."""
    if source.organisation:
        return source.organisation
    return source.name if source.level is Level.A1 else None


def _shared_body(first: Source, second: Source) -> str | None:
    """The body both sources speak for, in the words that say more; None if there is none."""
    ours, theirs = _body(first), _body(second)
    if ours is None or theirs is None or not _same_body(ours, theirs):
        return None
    return max(ours, theirs, key=lambda name: (len(_words(name)), name))


def _same_body(first: str, second: str) -> bool:
    ours, theirs = _words(first), _words(second)
    if ours == theirs:
        return bool(ours)
    return _head(first) == _head(second) and (ours < theirs or theirs < ours)


@lru_cache(maxsize=4096)
def _head(name: str) -> str:
    """The word a body's name hangs on: "ministry" in "interior ministry" and in "Ministry of the Interior"."""
    before_of = re.split(r"\b(?:of|for)\b", name.casefold())[0]
    words = [w for w in re.findall(r"\w+", before_of) if w not in _LITTLE_WORDS]
    return words[-1] if words else ""


@lru_cache(maxsize=4096)
def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold())) - _LITTLE_WORDS


def _countries(source: Source) -> frozenset[str]:
    """The countries its designation and body name, by name, adjective or seat of government."""
    return _countries_in(f"{source.name} {source.organisation or ''}")


@lru_cache(maxsize=4096)
def _countries_in(words_of_source: str) -> frozenset[str]:
    words = re.findall(r"[\w.'-]+", words_of_source.lower().replace("’", "'"))
    phrases = [*words, *(f"{a} {b}" for a, b in pairwise(words))]
    return frozenset(seats()[p] for p in phrases if p in seats())
