"""Entities: who mentions refer to, while an article is being read.  The only mutable values of this stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from attribution.records import SourceType
from attribution.sources import names
from attribution.sources.kinds import types_of
from attribution.sources.mentions import Form, Phrase


@dataclass(frozen=True, slots=True)
class Mention:
    """One reading of a phrase as a mention of an entity.

    Attributes:
        attribution: id of the attribution whose source it is, None where the phrase only stands in the text.
        at: the token that decides text order.
        confidence: that it is a mention of this entity, in [0, 1].
    """

    phrase: Phrase
    at: int
    sentence: int
    paragraph: int
    attribution: str | None = None
    confidence: float = 1.0


@dataclass(eq=False, slots=True)
class Entity:
    """A person, group, body or document.

    Attributes:
        descriptions: phrases that say who it is without being mentions: appositions, predicates, titles.
        whole: the group that it is singled out of ("one of the sources").
        members: the conjuncts of "the army and the police".
        candidates: those it may be the same as, where the text does not decide (rule SRC307).
        issuer: for a designated voice without a body of its own ("a spokesman said"), the nearest body.
        author: the outlet itself (ruling 2).
        told_gender: "m" or "f" where the article's names or pronouns tell, also further on.
        borrowed: for "another said", the phrase whose description it shares.
    """

    form: Form
    number: int = 0
    mentions: list[Mention] = field(default_factory=list)
    descriptions: list[Phrase] = field(default_factory=list)
    whole: Entity | None = None
    members: tuple[Entity, ...] = ()
    candidates: tuple[Entity, ...] = ()
    issuer: Entity | None = None
    author: bool = False
    own_voice: bool = False
    told_gender: str | None = None
    borrowed: Phrase | None = None
    equated: bool = False

    @property
    def phrases(self) -> Iterator[Phrase]:
        """Everything the text calls it, mentions first."""
        for mention in self.mentions:
            yield mention.phrase
        yield from self.descriptions
        if self.borrowed is not None:
            yield self.borrowed

    @property
    def names(self) -> tuple[tuple[str, ...], ...]:
        return tuple(dict.fromkeys(p.name for p in self.phrases if p.name))

    @property
    def named(self) -> bool:
        return any(p.form is Form.NAME or (p.form is Form.BODY and p.name) for p in self.phrases)

    @property
    def plural(self) -> bool:
        if self.members:
            return True
        firm = [p.plural for p in self.phrases if p.form is not Form.PRONOUN]
        return firm[0] if firm else any(p.plural for p in self.phrases)

    @property
    def gender(self) -> str | None:
        if self.told_gender is not None:
            return self.told_gender
        in_full = any(len(name) > 1 for name in self.names)
        for phrase in self.phrases:
            # Beside a full name a name of one word is a surname, which tells nothing: Nils Sara is no woman.
            tells = phrase.form is Form.NAME and (len(phrase.name) > 1 or phrase.title or not in_full)
            if tells and (known := names.gender(phrase.name, phrase.title)):
                return known
        for phrase in self.phrases:
            if phrase.role is not None and phrase.role.gender and not phrase.plural:
                return phrase.role.gender
        for phrase in self.phrases:
            if phrase.form is Form.PRONOUN and (known := PRONOUN_GENDER.get(phrase.noun)):
                return known
        return None

    @property
    def spoke(self) -> bool:
        """Whether it is the source of an attribution so far."""
        return any(m.attribution is not None for m in self.mentions)

    @property
    def last(self) -> Mention:
        return self.mentions[-1]

    @property
    def words(self) -> frozenset[str]:
        """All words it is described by, lower case."""
        found: set[str] = set()
        for phrase in self.phrases:
            found.update(phrase.modifiers, phrase.noun.split(), phrase.tail.split(), (w.lower() for w in phrase.name))
            found.update(w.lower() for w in phrase.title)
            found.update(w for a in phrase.anchors for w in a.text.lower().split())
            found.update(_initials(a.text) for a in phrase.anchors if a.named)
        return frozenset(found)

    @property
    def body_type(self) -> SourceType | None:
        """The type its own words give a body."""
        for phrase in self.phrases:
            if phrase.form is Form.BODY and (types := types_of(phrase)):
                return types[0]
        return None


def _initials(name: str) -> str:
    """ "rnc" of "Republican National Committee"."""
    return "".join(w[0] for w in name.split() if w[:1].isupper()).lower()


PRONOUN_GENDER = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
