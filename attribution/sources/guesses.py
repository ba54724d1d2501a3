"""Who somebody is taken to speak as when no phrase says it: what the rest of the article makes likely.

A guess about type only, never about who somebody is or how well the text identifies them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from attribution.records import Kind, SourceType
from attribution.sources import vocabulary as words_of
from attribution.sources.entities import PRONOUN_GENDER, Entity
from attribution.sources.mentions import Form, Phrase
from attribution.sources.resolve import Resolver

_OF_PERSONS = frozenset(
    {SourceType.POLITICAL, SourceType.GOVERNMENT, SourceType.BUSINESS, SourceType.SECURITY, SourceType.CIVIL_SOCIETY,
     SourceType.EXPERT, SourceType.CITIZEN, SourceType.MEDIA, SourceType.JUDICIAL, SourceType.PROFESSIONAL,
     SourceType.INTERGOVERNMENTAL, SourceType.ARMED}
)  # fmt: skip
_PUBLIC = frozenset({"you", "your", "yours", "one", "anyone", "nobody", "no one", "somebody else", "everybody", "most"})
_SHARES = frozenset({"percent", "per cent", "third", "half", "quarter", "majority", "plurality", "fifth", "tenth"})

_IN_THE_RACE = frozenset({"insider", "opponent", "rival", "ally", "backer", "aide", "adviser", "advisor", "competitor"})
"""Of whom copy about politics does not say which party or candidate they are close to."""


class Guesses:
    """Guesses the types of one article's entities.

    Args:
        types: the types of an entity; safe to ask for the one that is being guessed.
    """

    def __init__(self, resolver: Resolver, types: Callable[[Entity], tuple[SourceType, ...]]) -> None:
        self.resolver = resolver
        self.types = types
        self._kinds = {a.id: a.kind for a in resolver.attributions}

    def type(self, entity: Entity) -> SourceType | None:
        """The likeliest type; None where nothing makes one likely."""
        phrases = [p for p in entity.phrases if p.form is not Form.PRONOUN]
        for phrase in phrases:
            if (kind := self._by_owner(phrase) or _by_modifier(phrase)) is not None:
                return kind
        if any(_is_public(p) for p in entity.phrases):
            return SourceType.CITIZEN
        if not phrases:
            persons = any(p.noun in PRONOUN_GENDER or p.noun in ("they", "them", "their") for p in entity.phrases)
            return self._usual() if persons else None
        if any(p.role is not None and p.role.noun in _IN_THE_RACE for p in phrases):
            kind = self._usual()
            return kind if kind is SourceType.POLITICAL else None
        if entity.form is not Form.NAME:
            return None
        if entity.names and all(len(name) == 1 and name[0] in words_of.given_names() for name in entity.names):
            return SourceType.CITIZEN  # called by a first name alone, as copy calls private people
        if self._writes(entity):
            return SourceType.MEDIA
        return self._usual()

    def _by_owner(self, phrase: Phrase) -> SourceType | None:
        """ "Reed's remarks" speak as Reed, "Forbes' words" as the magazine."""
        if phrase.form is not Form.OTHER:
            return None
        for anchor in phrase.anchors:
            if anchor.relation == "poss":
                owner = self.resolver.by_head.get(anchor.head)
                kind = self.types(owner)[0] if owner is not None else anchor.type
                if kind is not None and kind is not SourceType.UNKNOWN:
                    return kind
        return None

    def _writes(self, entity: Entity) -> bool:
        """Whether all that somebody of whom nothing is said does here is write."""
        kinds = [self._kinds[m.attribution] for m in entity.mentions if m.attribution is not None]
        return bool(kinds) and all(kind is Kind.WRITING for kind in kinds)

    def _usual(self) -> SourceType | None:
        """What most people who speak in the article speak as, where half of them do."""
        said: Counter[SourceType] = Counter()
        for other in self.resolver.discourse.entities:
            times = sum(m.attribution is not None for m in other.mentions)
            if times and other.form in (Form.NAME, Form.PERSON):
                kind = self.types(other)[0]
                if kind in _OF_PERSONS:
                    said[kind] += times
        if not said:
            return None
        kind, times = said.most_common(1)[0]
        return kind if 2 * times >= said.total() else None


def _by_modifier(phrase: Phrase) -> SourceType | None:
    """ "the Republican establishment", "the party's donor class": what bounds a group that no list has."""
    if phrase.form not in (Form.OTHER, Form.PERSON) or phrase.name:
        return None
    found = [words_of.sectors().get(word) for word in phrase.modifiers]
    found += [a.type for a in phrase.anchors if a.relation in ("pre", "poss") and a.form is Form.BODY]
    return next((kind for kind in reversed(found) if kind is not None), None)


def _is_public(phrase: Phrase) -> bool:
    """People at large: "you", "six in ten", "many Americans", "more than half of the respondents"."""
    if phrase.form in (Form.PRONOUN, Form.OTHER):
        return phrase.noun in _PUBLIC or phrase.noun in _SHARES or _ONE_IN_SO_MANY.match(phrase.tail) is not None
    plural = phrase.plural and phrase.place is None and len(phrase.name) == 1
    return plural and words_of.singular(phrase.name[0]) in words_of.place_adjectives()


_ONE_IN_SO_MANY = re.compile(r"in (?:\d+|three|four|five|ten|10)\b")
