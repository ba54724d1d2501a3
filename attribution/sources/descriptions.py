"""Descriptions: the earlier entity that one takes up, or the new one that it introduces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from attribution.extract.syntax import Syntax
from attribution.records import Attribution, Level
from attribution.sources.anaphora import STATEMENTS, Discourse, Link, nearest_body
from attribution.sources.anonymity import level_of
from attribution.sources.entities import Entity, Mention
from attribution.sources.epithets import Epithets
from attribution.sources.equate import listed_members
from attribution.sources.identity import Identity
from attribution.sources.mentions import Form, Phrase
from attribution.sources.pronouns import Pronouns

_ELLIPTICAL = frozenset(
    {"one", "another", "other", "others", "some", "both", "two", "three", "second", "third", "former", "latter"}
)

_SPEECHES = frozenset({"opening", "closing"})
"""Before "statement": a speech in court, which stands for nobody."""

_ELLIPSIS = 2
"""Words of an elliptical description: "another", "the other", "a second"."""


class Descriptions:
    """Reads descriptions in the light of what the article has said so far.

    Args:
        by_head: the entity of each phrase read so far, by the phrase's head; the resolver goes on filling it.
    """

    def __init__(
        self,
        syntax: Syntax,
        phrases: dict[int, Phrase],
        by_head: Mapping[int, Entity],
        discourse: Discourse,
        pronouns: Pronouns,
        identity: Identity,
    ) -> None:
        self.syntax = syntax
        self.phrases = phrases
        self.by_head = by_head
        self.discourse = discourse
        self.pronouns = pronouns
        self.identity = identity
        self.epithets = Epithets(discourse, pronouns)

    def take_up(self, phrase: Phrase, here: Mention, absent: frozenset[int] = frozenset()) -> Link:
        """The earlier entity that a description means, if it can mean one.

        Args:
            absent: the words of the claim that it makes.
        """
        if phrase.determiner in ("indefinite", "fresh") or phrase.of is not None:
            return Link()
        if phrase.form is Form.BODY:
            return self.discourse.body(phrase, here) if phrase.determiner != "possessive" else self._same_owner(phrase)
        if phrase.form is Form.DOCUMENT:
            if phrase.determiner == "bare":
                return self._repeated(phrase)
            return (
                self.discourse.document(phrase, here) if phrase.determiner != "possessive" else self._same_owner(phrase)
            )
        if phrase.form is not Form.PERSON:
            return Link()
        if phrase.noun in STATEMENTS and _SPEECHES.isdisjoint(phrase.modifiers):
            return self._issuer_of_statement(phrase, here)
        if phrase.determiner == "possessive":
            return self._same_owner(phrase)
        if phrase.determiner == "definite":
            link = self.discourse.person(phrase, here, self._is_placed)
            found = link.entity is not None or link.candidates
            return link if found else self.epithets.named(phrase, here, absent)
        return self._repeated(phrase)

    def _is_placed(self, entity: Entity) -> bool:
        return any(
            level_of(p, self.identity.identified) <= Level.A3 for p in entity.phrases if p.form is not Form.PRONOUN
        )

    def _repeated(self, phrase: Phrase) -> Link:
        """A bare plural said again in the same words: "residents said … residents added"."""
        if not phrase.plural or phrase.determiner != "bare":
            return Link()
        for entity in reversed(self.discourse.entities):
            if not entity.named and any(_same_words(phrase, other) for other in entity.phrases):
                return Link(entity, 0.8)
        return Link()

    def _same_owner(self, phrase: Phrase) -> Link:
        """ "his lawyer" again, of the same person."""
        owner = next((a for a in phrase.anchors if a.relation == "poss"), None)
        whose = self.by_head.get(owner.head) if owner else None
        if whose is None:
            return Link()
        for entity in reversed(self.discourse.entities):
            for other in entity.phrases:
                if (
                    other.noun == phrase.noun
                    and other.plural == phrase.plural
                    and not set(phrase.modifiers) - entity.words
                ):
                    owners = [a for a in other.anchors if a.relation in ("poss", "of", "for", "to", "pre")]
                    if any(self.by_head.get(a.head) is whose for a in owners):
                        return Link(entity, 0.9)
        return Link()

    def _issuer_of_statement(self, phrase: Phrase, here: Mention) -> Link:
        """A statement speaks for who issued it."""
        for anchor in phrase.anchors:
            if (
                anchor.relation in ("poss", "from", "by", "of", "pre")
                and (entity := self.by_head.get(anchor.head)) is not None
            ):
                return Link(entity, 0.9)
        spoke = [
            e
            for e in self.discourse.entities
            if e.spoke and e.last.paragraph >= here.paragraph - 1 and e.form in (Form.BODY, Form.NAME)
        ]
        bodies = [e for e in spoke if e.form is Form.BODY] or spoke
        return Link(bodies[0], 0.7) if len(bodies) == 1 else Link()

    def introduce(self, phrase: Phrase, here: Mention, said: list[Attribution]) -> Entity:
        entity = Entity(phrase.form)
        if phrase.of is not None:
            entity.whole = self._whole(phrase.of, here)
            entity.borrowed = phrase.of
        elif phrase.form is Form.PERSON and phrase.noun in _ELLIPTICAL | {"source"} and said and not phrase.anchors:
            entity.borrowed = self._borrowed(phrase)
            entity.whole = self._group_before(phrase, here)
        if self._is_voice_of_nobody(phrase):
            entity.issuer = nearest_body(self.discourse.entities, here)
        if listed_members(self.syntax, phrase, self.phrases):
            entity.equated = True
        return entity

    def _is_voice_of_nobody(self, phrase: Phrase) -> bool:
        """ "a spokesman", of no body named beside him."""
        if phrase.role is None or phrase.role.kind != "voice" or phrase.modifiers:
            return False
        return not any(a.form in (Form.BODY, Form.NAME) for a in phrase.anchors)

    def _whole(self, phrase: Phrase, here: Mention) -> Entity | None:
        if phrase.head in self.by_head:
            return self.by_head[phrase.head]
        if phrase.form is Form.PRONOUN:
            group = self.pronouns.antecedent(phrase, here, speaking=False).entity
            # "Three of them", after "two of the people", are three of the people.
            return group.whole if group is not None and group.whole is not None else group
        if phrase.determiner == "definite" and phrase.form is Form.PERSON:
            return self.discourse.person(phrase, here, lambda _: False).entity
        return self._group_before(replace(phrase, plural=False), here) if phrase.noun in _ELLIPTICAL else None

    def _group_before(self, phrase: Phrase, here: Mention) -> Entity | None:
        """The group that "one", "another" or "the other" is singled out of: who spoke last, if that is a group."""
        if phrase.plural or phrase.noun == "source" or len(phrase.core) > _ELLIPSIS:
            return None
        people = [e for e in self.discourse.entities if e.form in (Form.PERSON, Form.NAME, Form.OTHER) and e.mentions]
        spoke = [e for e in people if e.spoke or (e.plural and self._is_counted_subject(e.last, here))]
        if not spoke:
            return None
        last = max(spoke, key=lambda e: max((m.at for m in e.mentions if m.attribution is not None), default=e.last.at))
        group = last.whole if last.whole is not None else last
        near = here.paragraph - group.last.paragraph <= 1 or here.paragraph - last.last.paragraph <= 1
        return group if near and group.plural and not group.named and group.form is Form.PERSON else None

    def _is_counted_subject(self, mention: Mention, here: Mention) -> bool:
        """ "Four people described the meeting" in the sentence before."""
        counted = mention.phrase.count is not None and self.syntax.has_relation(mention.at, "nsubj")
        return counted and here.sentence - mention.sentence == 1

    def _borrowed(self, phrase: Phrase) -> Phrase | None:
        """Whose description an elliptical "another" shares: the last unnamed person or group that spoke."""
        if phrase.noun == "source":
            return None
        for entity in reversed(self.discourse.entities):
            if entity.spoke and entity.form is Form.PERSON and not entity.named:
                return next((p for p in entity.phrases if p.form is Form.PERSON and p.noun not in _ELLIPTICAL), None)
        return None


def _same_words(phrase: Phrase, other: Phrase) -> bool:
    """Whether two bare plurals are placed by the same words in front of them, and by nothing after them."""
    anchors = [tuple(a.text.lower() for a in p.anchors if a.relation == "pre") for p in (phrase, other)]
    return (
        other.determiner == "bare"
        and (other.noun, other.modifiers, other.plural, other.form)
        == (phrase.noun, phrase.modifiers, phrase.plural, phrase.form)
        and anchors[0] == anchors[1]
        and all(a.relation == "pre" for p in (phrase, other) for a in p.anchors)
    )
