"""Who an entity speaks as: its types, from its own words or from the principal it is close to (standards §3.1)."""

from __future__ import annotations

import re

from attribution.records import SourceType
from attribution.sources import names
from attribution.sources import vocabulary as words_of
from attribution.sources.anaphora import STATEMENTS
from attribution.sources.anonymity import has_age
from attribution.sources.entities import Entity
from attribution.sources.guesses import Guesses
from attribution.sources.introductions import Introductions
from attribution.sources.kinds import likely_types, principal, types_of
from attribution.sources.mentions import Anchor, Form, Phrase
from attribution.sources.resolve import Resolver

_COURTROOM = frozenset(
    {"court", "courtroom", "jury", "juror", "trial", "testify", "prosecutor", "defendant", "lawsuit"}
)
_COURT_STORY = 4
"""As many words of the courtroom make an article one about a case: a passing lawsuit does not."""


class Affiliations:
    """Finds the types of resolved entities; remembers them, since they depend on one another."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self._types: dict[Entity, tuple[SourceType, ...]] = {}
        self._campaigners = self._find_campaigners()
        words = (t.lemma.lower() for t in resolver.syntax.tokens)
        self._guesses = Guesses(resolver, self.types)
        self._introductions = Introductions(resolver.reader.lookup, self._bearer_type)
        self._is_in_court = sum(w in _COURTROOM for w in words) >= _COURT_STORY

    def types(self, entity: Entity) -> tuple[SourceType, ...]:
        """All types, primary first; ``(UNKNOWN,)`` where the article gives none."""
        if entity not in self._types:
            self._types[entity] = (SourceType.UNKNOWN,)  # a principal that refers back ends here
            self._types[entity] = self._find_types(entity) or (SourceType.UNKNOWN,)
        return self._types[entity]

    def _find_types(self, entity: Entity) -> tuple[SourceType, ...]:
        if entity.author:
            return (SourceType.OBSERVATION,)
        if entity.members:
            found = [t for m in entity.members for t in self.types(m)]
            told = tuple(dict.fromkeys(t for t in found if t is not SourceType.UNKNOWN))
            # "Records and five people": the people stay in sight beside the paper.
            return (*told, SourceType.UNKNOWN) if told == (SourceType.DOCUMENT,) and told != tuple(found) else told
        if entity.named and self._campaigns(entity) and self._figure(entity) != (SourceType.GOVERNMENT,):
            return (SourceType.POLITICAL,)
        figure = self._figure(entity) if entity.named and entity.form in (Form.NAME, Form.PERSON) else ()
        if figure and not self._is_namesake_of_figure(entity):
            return figure
        if said := self._said_types(entity):
            return said
        if figure:
            return figure
        if (namesake := self._namesake_type(entity)) is not None:
            return (namesake,)
        if any(p.form is Form.NAME and (has_age(p) or _of_a_place(p)) for p in entity.phrases):
            return (
                SourceType.CITIZEN,
            )  # "Debby James, 52, of Akron": an age or a home and no role is a private person
        if entity.named and (introduced := self._introduced(entity)):
            return (introduced,)
        if entity.whole is not None:
            return self.types(entity.whole)
        if entity.issuer is not None:
            return self.types(entity.issuer)
        shared = {self.types(c)[0] for c in entity.candidates}
        if len(shared) == 1:
            return (shared.pop(),)
        if likely := likely_types(p for p in entity.phrases if p.form is not Form.PRONOUN):
            return likely
        guess = self._guesses.type(entity)
        return (guess,) if guess is not None else ()

    def _said_types(self, entity: Entity) -> tuple[SourceType, ...]:
        """From what the article calls it: what it is now before what it was; the principal's type for a relation."""
        phrases = [p for p in entity.phrases if p.form is not Form.PRONOUN and p.noun not in STATEMENTS]
        current = [p for p in phrases if not p.is_former]
        for group in (current, phrases):
            if group is phrases and entity.named and (figure := self._figure(entity)):
                return figure  # what somebody is known for, before what he was
            for phrase in group:
                if _needs_a_body(phrase) and (introduced := self._introduced(entity)):
                    return (introduced,)
                if types := self._inherited(entity, phrase) or types_of(phrase):
                    return types
        return (SourceType.POLITICAL,) if any(_party_tag(p) for p in phrases) else ()

    def _figure(self, entity: Entity) -> tuple[SourceType, ...]:
        in_full = [name for name in entity.names if len(name) > 1]
        # "Jimmy Tompkins" is nobody's namesake: a surname alone tells only where no full name stands beside it.
        for name in sorted(in_full or entity.names, key=len, reverse=True):
            # Of a title that was read as a name, "Ohio Gov. John Kasich", the last two words are the name.
            spelled = [" ".join(name), " ".join(name[-2:])]
            for words in dict.fromkeys((*spelled, *(w.title() for w in spelled if w.isupper()))):
                if figure := words_of.figure(words):
                    return (figure[0],)
        return ()

    @staticmethod
    def _is_namesake_of_figure(entity: Entity) -> bool:
        """Whether copy introduces somebody as the private person that no public figure is: "Mike Turner, a plumber"."""
        if any(words_of.figure(name[-1]) is not None for name in entity.names):
            return False  # known by the surname alone
        roles = [p.role for p in entity.phrases if p.role is not None and not p.is_former]
        return any(r.kind == "post" and r.type in (SourceType.CITIZEN, SourceType.PROFESSIONAL) for r in roles)

    def _namesake_type(self, entity: Entity) -> SourceType | None:
        """What those of this surname are in the article, for whom it calls by surname alone."""
        surnames = {name[-1] for name in entity.names}
        if len(surnames) != 1 or any(len(name) > 1 and name[0] not in words_of.honorifics() for name in entity.names):
            return None
        in_full = [
            other
            for other in self.resolver.discourse.entities
            if other is not entity
            and any(p.form is Form.NAME and len(p.name) > 1 and p.name[-1] in surnames for p in other.phrases)
        ]
        kinds = {self.types(other)[0] for other in in_full} - {SourceType.UNKNOWN}
        return kinds.pop() if len(kinds) == 1 else None

    def _introduced(self, entity: Entity) -> SourceType | None:
        """What stands around the name wherever it stands, word by word; a surname takes what the full name is given."""
        names_of = sorted((p.name for p in entity.phrases if p.form is Form.NAME), key=len, reverse=True)
        return self._introductions.type(names_of[0]) if names_of else None

    def _bearer_type(self, at: int) -> SourceType | None:
        """The type of the person named at a token."""
        entity = self.resolver.by_head.get(at)
        if entity is not None and entity.named:
            kind = self.types(entity)[0]
            return None if kind is SourceType.UNKNOWN else kind
        figure = words_of.figure(self.resolver.syntax.token(at).text)
        return figure[0] if figure else None

    def _relation(self, entity: Entity) -> str | None:
        return next((p.role.kind for p in entity.phrases if p.role is not None), None)

    def _inherited(self, entity: Entity, phrase: Phrase) -> tuple[SourceType, ...]:
        """The principal's type, for those who speak as somebody's: aides, associates, voices (ruling 12)."""
        if phrase.role is not None and phrase.role.type is SourceType.JUDICIAL and self._is_in_court:
            return ()  # a lawyer in court is an officer of the case
        whose = self._principal(entity, phrase)
        if whose is None or whose is entity:
            return ()
        types = self.types(whose)
        if phrase.role is not None and phrase.role.kind == "kin" and types != (SourceType.POLITICAL,):
            return ()  # a relative is a private person, unless a candidate's (ruling 18)
        return () if types == (SourceType.UNKNOWN,) else types

    def _principal(self, entity: Entity, phrase: Phrase) -> Entity | None:
        anchor = principal(phrase)
        if anchor is not None:
            if (found := self.resolver.by_head.get(anchor.head)) is not None:
                return found
            if anchor.named:
                return self._bearer(anchor)
            return None
        if phrase.role is not None and phrase.role.kind in ("close", "aide") and not phrase.says_for_whom:
            return self._unstated_principal(entity)
        return None

    def _bearer(self, anchor: Anchor) -> Entity | None:
        """Who in the article bears the name in front of a noun: "Clinton" of "Clinton aides"."""
        name = tuple(anchor.text.removesuffix("'s").removesuffix("’s").split())
        if anchor.form is Form.BODY:
            matching = [e for e in self.resolver.discourse.entities if any(_is_body_name(p, name) for p in e.phrases)]
        else:
            matching = [e for e in self.resolver.discourse.entities if any(_is_name(p, name) for p in e.phrases)]
        return max(matching, key=lambda e: len(e.mentions), default=None)

    def _unstated_principal(self, entity: Entity) -> Entity | None:
        """ "A close associate" of nobody: of the one the paragraph is about, if it is about one."""
        first = entity.mentions[0]
        others = (e for e in self.resolver.discourse.entities if e is not entity and e.form in (Form.NAME, Form.PERSON))
        people = [e for e in others if e.mentions and not e.plural and not e.spoke]
        for reach in (0, 1):
            near = [
                e
                for e in people
                if any(
                    m.paragraph == first.paragraph - reach and (m.at < first.at or m.sentence == first.sentence)
                    for m in e.mentions
                )
            ]
            named = [e for e in near if e.named]
            if len(named) == 1:
                return named[0]
            if named:
                return None
            if len(near) == 1:
                return near[0]
        return None

    def inherits(self, entity: Entity) -> bool:
        """Whether the type is the principal's."""
        if self._relation(entity) not in ("aide", "close", "source"):
            return False
        return any(self._inherited(entity, p) == self.types(entity) for p in entity.phrases if p.role is not None)

    def _find_campaigners(self) -> frozenset[str]:
        """Surnames that the article gives a campaign: "the Clinton campaign", "Reed's campaign"."""
        found = set()
        for phrase in self.resolver.phrases.values():
            if phrase.noun in ("campaign", "presidential campaign") or "campaign" in phrase.modifiers:
                for anchor in phrase.anchors:
                    if anchor.relation in ("pre", "poss") and anchor.named:
                        found.add(anchor.text.removesuffix("'s").removesuffix("’s").split()[-1])
        return frozenset(found)

    def _campaigns(self, entity: Entity) -> bool:
        return entity.form is Form.NAME and any(name[-1] in self._campaigners for name in entity.names)


def _needs_a_body(phrase: Phrase) -> bool:
    """A president or director of what the tree does not tell."""
    role = phrase.role
    if role is None or not {"follows", "sole"} <= role.marks or phrase.modifiers:
        return False
    return all(a.type is None and (a.form is not Form.BODY or not a.named) for a in phrase.anchors)


def _of_a_place(phrase: Phrase) -> bool:
    return any(a.relation in ("of", "from") and a.form is Form.BODY and not a.named for a in phrase.anchors)


def _is_name(phrase: Phrase, name: tuple[str, ...]) -> bool:
    return phrase.form is Form.NAME and names.same_person(phrase.name, name)


def _is_body_name(phrase: Phrase, name: tuple[str, ...]) -> bool:
    return phrase.form is Form.BODY and phrase.name == name


def _party_tag(phrase: Phrase) -> bool:
    """The "(D-Nev.)" after a politician's name; not "(retired)"."""
    return _PARTY.search(phrase.tail) is not None


_PARTY = re.compile(r"[(,] ?(?:r|d|i|con|lab)(?: ?[-.–]| ?\))")
