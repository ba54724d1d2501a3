"""Do two claims say the same?  Precision first: whatever is doubtful stays apart.

A claim corroborates another only if it asserts the same events of the same participants with the same
figures.  Names that differ, figures that differ, a denial against an assertion, a plan against a deed, part
against whole and a general remark against a specific one all keep two claims apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from attribution.claims.features import UNKNOWN, ClaimFeatures, Event
from attribution.claims.quantities import Quantity


class Verdict(StrEnum):
    """What a comparison came to."""

    SAME = "same"
    APART = "apart"
    OPPOSED = "opposed"  # one affirms what the other denies


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of comparing two claims.

    Attributes:
        why: the reason in a few words, for evidence and tests.
        score: how much of the two claims' matter they share, 0 to 1 (weighted Dice coefficient).
    """

    verdict: Verdict
    why: str
    score: float = 0.0

    @property
    def same(self) -> bool:
        """Whether the two claims say the same."""
        return self.verdict is Verdict.SAME


ENOUGH_WITH_ANCHOR = 0.6
"""Shared matter needed where the claims also share a name or a figure."""
ENOUGH_WITHOUT = 0.8
"""Shared matter needed where only common words match."""
_WEIGHTS = {"event": 2.0, "name": 2.0, "quantity": 2.0, "concept": 1.0, "time": 0.5}
_ANYONE = frozenset({"person"})
"""Participants so general that any other human participant may be meant, if the figure is the same."""


def same_claim(first: ClaimFeatures, second: ClaimFeatures) -> Decision:
    """Compare two claims; symmetric.

    Returns:
        The verdict with its reason and score.  ``OPPOSED`` only where everything but the negation agrees.
    """
    if not first.events or not second.events:
        return Decision(Verdict.APART, "no event to compare")
    if first.nominal != second.nominal:
        noun, clause = (first, second) if first.nominal else (second, first)
        return _noun_phrase(noun, clause)
    if first.nominal:
        return _two_noun_phrases(first, second)
    score = _shared_matter(first, second)
    conflict = _conflict(first, second)
    if conflict:
        return Decision(Verdict.APART, conflict, score)
    pairing = _pair_events(first.events, second.events, anchored=bool(_shared_quantities(first, second)))
    if isinstance(pairing, str):
        return Decision(Verdict.APART, pairing, score)
    one_sided = _one_sided(first, second)
    if one_sided:
        return Decision(Verdict.APART, one_sided, score)
    anchored = bool(_shared_quantities(first, second) or _matching_names(first.names, second.names))
    if not anchored and not _shared_words(first, second):
        return Decision(Verdict.APART, "only the event in common", score)
    if score < (ENOUGH_WITH_ANCHOR if anchored else ENOUGH_WITHOUT):
        return Decision(Verdict.APART, "too little in common", score)
    return _verdict(pairing, score)


def _two_noun_phrases(first: ClaimFeatures, second: ClaimFeatures) -> Decision:
    """Two mentions of one event ("the attack", "the attack on Dorsa").

    People, things and opinions of them are talked about again and again without anybody corroborating anything.
    """
    score = _shared_matter(first, second)
    if not (first.eventive and second.eventive):
        return Decision(Verdict.APART, "a noun phrase that names no event", score)
    anchored = bool(_shared_quantities(first, second) or _matching_names(first.names, second.names))
    if not anchored and not (first.definite and second.definite):
        return Decision(Verdict.APART, "an indefinite noun phrase", score)
    conflict = _conflict(first, second)
    if conflict:
        return Decision(Verdict.APART, conflict, score)
    pairing = _pair_events(first.events, second.events, anchored=False)
    if isinstance(pairing, str):
        return Decision(Verdict.APART, pairing, score)
    if not (_contained(first, second) or _contained(second, first)):
        return Decision(Verdict.APART, "each says what the other does not", score)
    return _verdict(pairing, score)


def _noun_phrase(noun: ClaimFeatures, clause: ClaimFeatures) -> Decision:
    """A known event ("the arrests", confirmed) against a clause that reports it ("20 arrests were made")."""
    score = _shared_matter(noun, clause)
    if not noun.eventive:
        return Decision(Verdict.APART, "a noun phrase that names no event", score)
    if not noun.definite:
        return Decision(Verdict.APART, "an indefinite noun phrase", score)
    if len(clause.events) != 1:
        return Decision(Verdict.APART, "a part against a whole", score)
    conflict = _conflict(noun, clause)
    if conflict:
        return Decision(Verdict.APART, conflict, score)
    event = clause.events[0]
    pairing = _pair_events(noun.events, clause.events, anchored=True)
    if isinstance(pairing, str):
        return Decision(Verdict.APART, pairing, score)
    if event.status != "done":
        return Decision(Verdict.APART, "a plan against a deed", score)
    if not _contained(noun, clause):
        return Decision(Verdict.APART, "the noun phrase says more", score)
    return _verdict(pairing, score)


def _verdict(opposed: bool, score: float) -> Decision:
    if opposed:
        return Decision(Verdict.OPPOSED, "one affirms what the other denies", score)
    return Decision(Verdict.SAME, "same events, participants and figures", score)


# ------------------------------------------------------------------------------------------- conflicts


def _conflict(first: ClaimFeatures, second: ClaimFeatures) -> str:
    if _differ(first.quantities, second.quantities):
        return "different figures"
    lonely = _unmatched(first.names, second.names), _unmatched(second.names, first.names)
    if all(lonely):
        return "different names"
    if first.times and second.times and not (first.times <= second.times or second.times <= first.times):
        return "different times"
    if first.conditional != second.conditional:
        return "a condition on one side"
    if _own_words(first, second) and _own_words(second, first):
        return "each says what the other does not"
    return ""


def _shared_words(first: ClaimFeatures, second: ClaimFeatures) -> frozenset[str]:
    """Content words of both sides besides the events themselves."""
    events = {e.concept for e in (*first.events, *second.events)}
    return (first.concepts & second.concepts) - events


def _own_words(mine: ClaimFeatures, other: ClaimFeatures) -> frozenset[str]:
    """Content words of one side only; participants aside, which are compared role by role."""
    participants = {p for event in mine.events for p in event.agents | event.patients}
    return mine.concepts - other.concepts - {e.concept for e in mine.events} - participants


def _differ(first: frozenset[Quantity], second: frozenset[Quantity]) -> bool:
    """Whether both sides have a figure that the other has not."""
    return any(not _has(q, second) for q in first) and any(not _has(q, first) for q in second)


def _has(quantity: Quantity, others: Iterable[Quantity]) -> bool:
    return any(quantity.value == o.value and quantity.limit == o.limit and _units_agree(quantity, o) for o in others)


def _units_agree(first: Quantity, second: Quantity) -> bool:
    # What is counted need not be the same word: "20 arrests", "20 soldiers were arrested"; the events decide.
    signs = {"%", "$", "€", "£"}
    return first.unit == second.unit or not {first.unit, second.unit} & signs


def _one_sided(first: ClaimFeatures, second: ClaimFeatures) -> str:
    """A figure that only one side has: the general against the specific."""
    if any(not _has(q, second.quantities) for q in first.quantities) or any(
        not _has(q, first.quantities) for q in second.quantities
    ):
        return "a figure on one side"
    return ""


# ---------------------------------------------------------------------------------------------- names


def _names_agree(first: frozenset[str], second: frozenset[str]) -> bool:
    """One name is part of the other ("Okonta", "Abass Okonta"), or its initials ("IMF")."""
    return first <= second or second <= first or _initials(first, second) or _initials(second, first)


def _initials(short: frozenset[str], long: frozenset[str]) -> bool:
    if len(short) != 1 or len(long) < 2:
        return False
    letters = next(iter(short)).replace(".", "")
    # Word order is not kept in a set of words, so the letters are compared as a bag.
    return sorted(letters) == sorted(word[0] for word in long)


def _unmatched(names: frozenset[frozenset[str]], others: frozenset[frozenset[str]]) -> list[frozenset[str]]:
    return [n for n in names if not any(_names_agree(n, o) for o in others)]


def _matching_names(names: frozenset[frozenset[str]], others: frozenset[frozenset[str]]) -> list[frozenset[str]]:
    return [n for n in names if any(_names_agree(n, o) for o in others)]


# --------------------------------------------------------------------------------------------- events


def _pair_events(first: tuple[Event, ...], second: tuple[Event, ...], *, anchored: bool) -> bool | str:
    """Match the assertions one to one, in order of concept.

    Returns:
        Why they do not match, or whether they do but for one side denying.
    """
    if len(first) != len(second):
        return "a part against a whole"
    mine = sorted(first, key=lambda e: e.concept)
    other = sorted(second, key=lambda e: e.concept)
    negations = set()
    for a, b in zip(mine, other, strict=True):
        if a.concept != b.concept:
            return "different events"
        if a.status != b.status:
            return "a plan against a deed"
        for ours, theirs in ((a.agents, b.agents), (a.patients, b.patients)):
            if not _fill_alike(ours, theirs, anchored):
                return "different participants"
        negations.add(a.negated != b.negated)
    if len(negations) > 1:
        return "different events"
    return negations.pop()


def _fill_alike(first: frozenset[str], second: frozenset[str], anchored: bool) -> bool:
    if not first or not second or UNKNOWN in first or UNKNOWN in second:
        return True
    if anchored and (first <= _ANYONE or second <= _ANYONE):
        return True
    return all(any(_filler_alike(a, b) for b in second) for a in first) and all(
        any(_filler_alike(a, b) for a in first) for b in second
    )


def _filler_alike(first: str, second: str) -> bool:
    ours, theirs = frozenset(first.split()), frozenset(second.split())
    return _names_agree(ours, theirs)


# -------------------------------------------------------------------------------------- shared matter


def _shared_quantities(first: ClaimFeatures, second: ClaimFeatures) -> list[Quantity]:
    return [q for q in first.quantities if _has(q, second.quantities)]


def _shared_matter(first: ClaimFeatures, second: ClaimFeatures) -> float:
    """Weighted Dice coefficient over events, names, figures, other content words and times."""
    shared = total = 0.0
    events = {e.concept for e in first.events}, {e.concept for e in second.events}
    plain = first.concepts - events[0], second.concepts - events[1]
    for weight, ours, theirs in (
        (_WEIGHTS["event"], *events),
        (_WEIGHTS["concept"], *plain),
        (_WEIGHTS["time"], first.times, second.times),
    ):
        shared += 2 * weight * len(ours & theirs)
        total += weight * (len(ours) + len(theirs))
    names = len(_matching_names(first.names, second.names)) + len(_matching_names(second.names, first.names))
    shared += _WEIGHTS["name"] * names
    total += _WEIGHTS["name"] * (len(first.names) + len(second.names))
    figures = len(_shared_quantities(first, second)) + len(_shared_quantities(second, first))
    shared += _WEIGHTS["quantity"] * figures
    total += _WEIGHTS["quantity"] * (len(first.quantities) + len(second.quantities))
    return shared / total if total else 0.0


def _contained(part: ClaimFeatures, whole: ClaimFeatures) -> bool:
    """Whether all that one claim says, its times aside, is also in the other."""
    return (
        part.concepts <= whole.concepts
        and not _unmatched(part.names, whole.names)
        and all(_has(q, whole.quantities) for q in part.quantities)
    )
