"""Which bodies and people the article identifies, so that they place who is named after them (rulings 4, 5 and 16)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from attribution.extract.syntax import Syntax
from attribution.lexicon import word_list
from attribution.records import SourceType
from attribution.sources import vocabulary as words_of
from attribution.sources.anaphora import Discourse, nearest_body
from attribution.sources.anonymity import has_portfolio, is_of_a_place
from attribution.sources.entities import Entity, Mention
from attribution.sources.mentions import Anchor, Form, Phrase

_PLACES_THEMSELVES = frozenset({"city", "county", "town", "district", "province"})
"""Bodies that an article about a place means by the bare noun: "city officials"."""

_OF_A_PRINCIPAL = frozenset({"campaign", "administration"})
"""Bodies that are one person's, and are named by whose they are."""
_EMPLOYED = frozenset({"employee", "staffer", "staff", "worker"})


class Identity:
    """What the article identifies, read off its phrases and the entities met so far.

    Args:
        by_head: the entity of each phrase read so far, by the phrase's head; the resolver goes on filling it.
    """

    def __init__(
        self, syntax: Syntax, phrases: dict[int, Phrase], by_head: Mapping[int, Entity], discourse: Discourse
    ) -> None:
        self.syntax = syntax
        self.phrases = phrases
        self.by_head = by_head
        self.discourse = discourse
        self._owners: dict[str, bool] = {}

    def identified(self, anchor: Anchor) -> bool:
        """Whether a body or person that places somebody can be told from the article (rulings 4, 5 and 16)."""
        entity = self.by_head.get(anchor.head)
        if anchor.form is Form.PRONOUN:
            return entity is not None and entity.named
        if entity is not None and entity.named:
            return True
        if anchor.form is not Form.BODY or not anchor.noun:
            return False
        body = words_of.bodies().get(anchor.noun)
        if body is not None and body.names_itself == "class":
            return False
        if anchor.relation != "pre" and body is not None and (anchor.definite or self._bare(anchor)):
            if body.names_itself == "yes":
                return True
            phrase = self.phrases.get(anchor.head)
            if phrase is not None and self._is_told_apart(phrase):
                return True
        if body is not None and body.names_itself == "yes" and anchor.relation == "pre" and " " in anchor.noun:
            return True
        if anchor.noun in _OF_A_PRINCIPAL and self.has_owner(anchor.noun):
            return True
        if anchor.noun in _PLACES_THEMSELVES and any(p.place or self._is_location(p) for p in self.phrases.values()):
            return True
        bearers = {id(e) for e in self.discourse.entities if e.form is Form.BODY and self._bears(e, anchor.noun)}
        return len(bearers) == 1

    def has_owner(self, noun: str) -> bool:
        """Whether the article says whose "campaign" or "administration" it is about, or names one who has one."""
        if noun not in self._owners:
            named = any(self._is_owned_by_name(t.index) for t in self.syntax.tokens if t.lemma.lower() == noun)
            seat = noun == "administration" and any(self._is_executive(p) for p in self.phrases.values())
            self._owners[noun] = named or seat
        return self._owners[noun]

    def _is_owned_by_name(self, index: int) -> bool:
        """ "the Obama administration", "Clinton's 2008 campaign": read off the words, since trees break them."""
        at = index - 1
        while at >= 0 and index - at < 4 and self.syntax.token(at).upos in ("ADJ", "NUM", "NOUN", "PART"):
            at -= 1
        token = self.syntax.token(max(at, 0))
        if at < 0 or token.upos != "PROPN" or token.text in words_of.places():
            return False
        return token.ner.endswith("PER") or token.text in self.syntax.surnames or bool(words_of.figure(token.text))

    def _has_president(self) -> bool:
        """Whether the article names one president, whose aides "presidential aides" then are (ruling 4)."""
        named = {p.name[-1] for p in self.phrases.values() if p.form is Form.NAME and p.title == ("President",)}
        return len(named) == 1

    def _is_executive(self, phrase: Phrase) -> bool:
        if phrase.form is Form.NAME:
            return "President" in phrase.title
        return phrase.organisation is not None and phrase.organisation.name == "White House"

    def is_of_principal(self, mention: Mention) -> bool:
        """Whether a bare "aides", "the campaign" or "former employees" stands beside the name of whose they are."""
        phrase = mention.phrase
        own = set(phrase.modifiers) - word_list("vague_modifiers.tsv") - {phrase.noun}
        if phrase.role is not None and phrase.role.kind == "aide" and own == {"presidential"}:
            return self._has_president()
        if phrase.anchors or own:
            return False
        if phrase.noun in _OF_A_PRINCIPAL:
            return self.has_owner(phrase.noun) or (phrase.noun == "campaign" and self._has_name_beside(mention))
        if phrase.role is None:
            return False
        if phrase.role.kind == "aide":
            return self._has_name_beside(mention)
        return phrase.noun in _EMPLOYED and nearest_body(self.discourse.entities, mention) is not None

    def _has_name_beside(self, mention: Mention) -> bool:
        near = (
            m for e in self.discourse.entities for m in e.mentions if m.phrase.form is Form.NAME and m.at < mention.at
        )
        return any(mention.paragraph - m.paragraph <= 1 for m in near)

    def _bare(self, anchor: Anchor) -> bool:
        phrase = self.phrases.get(anchor.head)
        return phrase is not None and phrase.determiner == "bare" and not phrase.plural

    def _is_told_apart(self, phrase: Phrase) -> bool:
        """Whether a body's own words tell which one is meant: "the French embassy in Cairo", "the water company"."""
        if any(a.named for a in phrase.anchors) or is_of_a_place(phrase) or self._has_proper_word(phrase):
            return True
        return phrase.determiner == "definite" and has_portfolio(phrase)

    def _has_proper_word(self, phrase: Phrase) -> bool:
        return any(self.syntax.token(i).upos == "PROPN" for i in phrase.core)

    def _is_location(self, phrase: Phrase) -> bool:
        return self.syntax.token(phrase.head).ner.endswith("LOC")

    def _bears(self, entity: Entity, noun: str) -> bool:
        named = (p for p in entity.phrases if p.form is Form.BODY and p.name and not p.place)
        if any(noun in (p.noun, p.name[-1].lower()) or p.noun.endswith(f" {noun}") for p in named):
            return True
        if noun == "police":
            return any(p.organisation is not None and _is_police(p.organisation.name) for p in entity.phrases)
        if noun in ("company", "firm"):
            return entity.body_type is SourceType.BUSINESS and not any(p.place for p in entity.phrases)
        # "the Clinton campaign": the noun is common, its owner's name makes it one body.
        owned = (p for p in entity.phrases if p.form is Form.BODY and p.noun == noun and not p.plural)
        return any(a.named and a.relation in ("pre", "poss") for p in owned for a in p.anchors)


@cache
def _is_police(organisation: str) -> bool:
    """Whether a body is a police force by one of its names: the NYPD is a police department."""
    called = (alias for alias, known in words_of.organisations().items() if known.name == organisation)
    return any("police" in alias.lower().split() for alias in called)
