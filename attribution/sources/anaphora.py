"""Which entity a definite description takes up; None where the text does not decide.

A wrong merge hides anonymity and a missed one only over-warns, so every rule here prefers not to link
(standards §3.2): two candidates that fit equally well are two candidates, not one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from attribution.extract.syntax import Syntax
from attribution.lexicon import word_list
from attribution.records import SourceType
from attribution.sources import vocabulary as words_of
from attribution.sources.entities import Entity, Mention
from attribution.sources.mentions import Form, Phrase


@dataclass(frozen=True, slots=True)
class Link:
    """What a phrase takes up: one entity, or several that fit equally well and so none."""

    entity: Entity | None = None
    confidence: float = 1.0
    candidates: tuple[Entity, ...] = ()


Placed = Callable[[Entity], bool]
"""Whether an entity is placed (A0 to A3)."""


class Discourse:
    """The entities met so far, and how to find one again.

    Args:
        spoken: the tokens inside quotations.
    """

    def __init__(self, syntax: Syntax, spoken: frozenset[int]) -> None:
        self.syntax = syntax
        self.spoken = spoken
        self.entities: list[Entity] = []

    # ------------------------------------------------------------------------------ descriptions of people

    def person(self, phrase: Phrase, here: Mention, is_placed: Placed) -> Link:
        """The antecedent of "the source", "the minister", "the two officials".

        Args:
            is_placed: whether an entity is placed (A0 to A3); asked only where it decides.
        """
        candidates = []
        for entity in self.entities:
            if (
                entity.form not in (Form.NAME, Form.PERSON)
                or not entity.mentions
                or entity.author
                or is_statement(entity)
            ):
                continue
            strength = self._person_strength(phrase, entity)
            if strength and not self._contradicts(phrase, entity) and here.at not in self._inside(entity):
                candidates.append((strength, entity))
        # "The people" are all of them, not "two of the people", who are singled out of them.
        whole = {e for _, e in candidates}
        candidates = [(s, e) for s, e in candidates if not (phrase.plural and e.whole in whole)]
        if not candidates:
            return Link()
        if _is_wide(phrase.noun) and any(e.spoke for _, e in candidates):
            candidates = [(s, e) for s, e in candidates if e.spoke]
        if not _is_wide(phrase.noun):
            top = max(s for s, _ in candidates)
            candidates = [(s, e) for s, e in candidates if s == top]
        candidates.sort(key=lambda pair: -pair[1].last.at)
        return self._choose(phrase, here, candidates, is_placed)

    def in_full(self, phrase: Phrase, here: Mention) -> Link:
        """Whom a headline means by a bare noun ("officials say"): who says so first, near the top of the story."""
        if phrase.form not in (Form.PERSON, Form.BODY, Form.DOCUMENT) or phrase.determiner in ("possessive", "fresh"):
            return Link()
        fitting = []
        for entity in self.entities:
            said = next((m for m in entity.mentions if m.attribution is not None), None)
            if said is None or entity.author or entity.members or entity.plural != phrase.plural:
                continue
            if said.paragraph - here.paragraph <= _LEAD and self._is_short_for(phrase, entity):
                fitting.append((said.at, entity))
        fitting.sort(key=lambda pair: pair[0])
        return Link(fitting[0][1], 0.8) if fitting else Link()

    def _is_short_for(self, phrase: Phrase, entity: Entity) -> bool:
        if phrase.form is Form.PERSON and entity.form in (Form.NAME, Form.PERSON):
            unnamed = phrase.noun == "source" and not entity.named
            same = unnamed or self._person_strength(phrase, entity) in (1, 3)
            return same and not self._contradicts(phrase, entity)
        if phrase.form is Form.BODY and entity.form is Form.BODY:
            return self._body_strength(phrase, entity) > 0 and not self._contradicts(phrase, entity)
        return phrase.form is entity.form is Form.DOCUMENT and any(p.noun == phrase.noun for p in entity.phrases)

    def _inside(self, entity: Entity) -> frozenset[int]:
        return frozenset(entity.last.phrase.extent)

    def _choose(self, phrase: Phrase, here: Mention, candidates: list[tuple[int, Entity]], is_placed: Placed) -> Link:
        strength, nearest = candidates[0]
        if len(candidates) == 1:
            alone = self._may_take_up(phrase, strength, nearest, here, is_placed, alone=True)
            return Link(nearest, 0.9) if alone else Link()
        same = [(s, e) for s, e in candidates if e.last.paragraph == here.paragraph]
        if len(same) > 1:
            top = [e for s, e in same if s == max(s for s, _ in same)]
            if len(top) == 1 and top[0] is same[0][1]:
                return Link(top[0], 0.75)
            return Link(candidates=tuple(e for _, e in same))
        if len(same) == 1:
            strength, nearest = same[0]
        elif (
            sum(e.last.paragraph == nearest.last.paragraph for _, e in candidates) > 1
            or here.paragraph - nearest.last.paragraph > 1
        ):
            return Link(candidates=tuple(e for _, e in candidates))
        if not self._may_take_up(phrase, strength, nearest, here, is_placed, alone=False):
            return Link(candidates=tuple(e for _, e in candidates))
        return Link(nearest, 0.8 if same else 0.7)

    def _may_take_up(
        self, phrase: Phrase, strength: int, entity: Entity, here: Mention, is_placed: Placed, *, alone: bool
    ) -> bool:
        if not _is_wide(phrase.noun) or not is_placed(entity):
            return True
        if entity.named:
            return strength >= 3 and entity.last.paragraph == here.paragraph
        return strength >= 3 or alone

    def _person_strength(self, phrase: Phrase, entity: Entity) -> int:
        """3: the same noun; 2: a wider noun for somebody who has spoken; 1: a synonym; 0: no match."""
        if phrase.plural != entity.plural and not (phrase.plural and entity.members):
            return 0
        if phrase.count is not None and (count := _count(entity)) is not None and count != phrase.count:
            return 0
        gender = phrase.role.gender if phrase.role else None
        if gender and entity.gender not in (None, gender):
            return 0
        nouns = _nouns(entity)
        if phrase.noun in nouns or any(n.endswith(f" {phrase.noun}") for n in nouns):
            return 3
        if any(phrase.noun.endswith(f" {n}") and not _is_wide(n) for n in nouns):
            return 2
        if any(phrase.noun in group and nouns & group for group in words_of.synonyms()):
            return 1
        if _is_wide(phrase.noun) and not entity.named and entity.spoke:
            return 2 if _widens(phrase, entity) else 0
        return 0

    def _contradicts(self, phrase: Phrase, entity: Entity) -> bool:
        """Whether the phrase says something that the entity was not said to be ("the French official")."""
        own = {w for w in phrase.modifiers if len(w) > 1} - word_list("empty_modifiers.tsv")
        own |= {w.lower() for a in phrase.anchors if a.named for w in a.text.split() if w[:1].isupper()}
        known = entity.words | (entity.whole.words if entity.whole is not None else frozenset())
        return bool(own - known)

    # ------------------------------------------------------------------------------ bodies and documents

    def body(self, phrase: Phrase, here: Mention) -> Link:
        """The antecedent of "the ministry", "the company", "police"."""
        candidates = []
        for entity in self.entities:
            if entity.form is not Form.BODY or not entity.mentions or entity.plural != phrase.plural or entity.author:
                continue
            strength = self._body_strength(phrase, entity)
            if strength and not self._contradicts(phrase, entity):
                candidates.append((strength, entity))
        return self._nearest_best(candidates, here) if candidates else self._unplaced_body(phrase, here)

    def _unplaced_body(self, phrase: Phrase, here: Mention) -> Link:
        """ "The company" of the only named body close by, where nothing says what sort of body that is."""
        if phrase.noun not in words_of.body_references() or phrase.determiner != "definite" or phrase.plural:
            return Link()
        near = []
        for entity in self.entities:
            close = [m for m in entity.mentions if m.at < here.at and here.paragraph - m.paragraph <= 1]
            if close and entity.form is Form.BODY and entity.named and not entity.author and not _is_place(entity):
                near.append(entity)
        unknown = [e for e in near if e.body_type is None]
        fitting = len(near) == len(unknown) == 1 and not self._contradicts(phrase, unknown[0])
        return Link(unknown[0], 0.7) if fitting else Link()

    def document(self, phrase: Phrase, here: Mention) -> Link:
        """The antecedent of "the report", "the document"."""
        candidates = []
        for entity in self.entities:
            if entity.form is not Form.DOCUMENT or not entity.mentions or entity.plural != phrase.plural:
                continue
            nouns = {p.noun for p in entity.phrases}
            strength = (
                3
                if phrase.noun in nouns
                else 2
                if phrase.noun in ("document", "report", "file", "filing", "paper")
                else 0
            )
            if strength and not self._contradicts(_unmeasured(phrase), entity):
                candidates.append((strength, entity))
        return self._nearest_best(candidates, here)

    def _nearest_best(self, candidates: list[tuple[int, Entity]], here: Mention) -> Link:
        if not candidates:
            return Link()
        top = max(s for s, _ in candidates)
        best = sorted((e for s, e in candidates if s == top), key=lambda e: -e.last.at)
        if len(best) == 1:
            return Link(best[0], 0.9)
        near = [e for e in best if e.last.paragraph == here.paragraph]
        if len(near) == 1:
            return Link(near[0], 0.75)
        named = [e for e in best if e.named]
        if len(named) == 1 and best[0].form is Form.BODY:
            return Link(named[0], 0.7)
        if (
            not near
            and best[0].last.paragraph > best[1].last.paragraph
            and here.paragraph - best[0].last.paragraph <= 1
        ):
            return Link(best[0], 0.7)
        return Link(candidates=tuple(best))

    def _body_strength(self, phrase: Phrase, entity: Entity) -> int:
        noun = phrase.noun
        for other in entity.phrases:
            last = other.name[-1].lower() if other.name else ""
            if noun and (
                other.noun == noun or last == noun or other.noun.endswith(f" {noun}") or noun in other.noun.split()
            ):
                return 3
        classes = words_of.body_references().get(noun)
        if classes and entity.named and entity.body_type in classes and not _is_place(entity):
            return 2
        return 0


_LEAD = 5  # blocks from a headline to where the story has introduced its first speakers, byline and dateline among them


def _unmeasured(phrase: Phrase) -> Phrase:
    """A document without its length, which a first mention need not have told: "the 46-page report"."""
    kept = tuple(w for w in phrase.modifiers if not w[:1].isdigit() and w not in ("page", "pages"))
    return replace(phrase, modifiers=kept)


def _is_place(entity: Entity) -> bool:
    return any(p.place for p in entity.phrases)


def is_statement(entity: Entity) -> bool:
    return any(p.noun in STATEMENTS for p in entity.phrases)


STATEMENTS = frozenset({"statement", "communique", "communiqué", "readout"})


def _nouns(entity: Entity) -> frozenset[str]:
    """What it was called: roles, and what titles before its name stand for."""
    roles = {p.role.noun for p in entity.phrases if p.role is not None}
    titles = {words_of.honorifics()[t].noun for p in entity.phrases for t in p.title if t in words_of.honorifics()}
    whole = entity.whole.phrases if entity.whole is not None and not entity.plural else ()
    of_group = {p.role.noun for p in whole if p.role is not None}
    shared = frozenset.intersection(*(_nouns(m) for m in entity.members)) if entity.members else frozenset()
    return frozenset(roles | titles | of_group | shared) - {""}


def _is_wide(noun: str) -> bool:
    """Whether a noun is so wide that a match says little: "source", "official", "man"."""
    role = words_of.roles().get(noun)
    return role is not None and "wide" in role.marks


def _widens(phrase: Phrase, entity: Entity) -> bool:
    """Whether a wide noun can stand for what the entity was called."""
    kinds = {p.role.kind for p in entity.phrases if p.role is not None}
    if phrase.noun == "official":
        return bool(kinds & {"post", "office", "member", "aide", "source", "voice"})
    if phrase.noun in ("source", "insider", "informant"):
        return not kinds & {"masses", "voice"}
    if phrase.noun == "witness":  # nobody who was said to work somewhere, and nobody who tries the case
        judicial = any(p.role is not None and p.role.type is SourceType.JUDICIAL for p in entity.phrases)
        return not judicial and not kinds & {"aide", "member", "office", "voice"}
    return "voice" not in kinds  # "the man" is no spokesman, who stays one


def _count(entity: Entity) -> str | None:
    if entity.members:
        return str(len(entity.members))
    return next((p.count for p in entity.phrases if p.count is not None), None)


def nearest_body(entities: Sequence[Entity], here: Mention) -> Entity | None:
    """The one named body that a voice without a body can belong to: in this paragraph or the one before."""
    for reach in (0, 1):
        near = [e for e in entities if e.form is Form.BODY and (e.named or e.spoke) and e.mentions and not e.author
                and any(here.paragraph - m.paragraph == reach and m.at < here.at for m in e.mentions)
                and e.body_type is not SourceType.MEDIA]  # fmt: skip
        if len(near) == 1:
            return near[0]
        if near:
            spoke = [e for e in near if e.spoke]
            return spoke[0] if len(spoke) == 1 else None
    return None
