"""Mentions: noun phrases that may stand for a source, and everything their words say by themselves.

A ``Phrase`` knows nothing of the rest of the article; who it refers to is for ``resolve``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from attribution.records import SourceType, Span
from attribution.sources.vocabulary import Body, Organisation, Place, Role


class Form(StrEnum):
    """What kind of expression a mention is."""

    NAME = "name"  # a personal name, with or without a title
    BODY = "body"  # an institution or place, by name or by noun
    DOCUMENT = "document"
    PERSON = "person"  # a description of one or several people
    PRONOUN = "pronoun"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Somebody or something that a phrase is placed by: "a diplomat at the French embassy", "Clinton's advisers".

    Attributes:
        relation: "poss" for a possessor, "pre" for a modifier in front, else the preposition.
        head: token index of its head.
        type: what its own noun or entry says; None where they say nothing.
        named: it is a proper name ("Treasury"), not a common noun ("the ministry").
    """

    relation: str
    head: int
    text: str
    form: Form
    type: SourceType | None
    named: bool
    definite: bool
    noun: str
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase, read word by word.

    Attributes:
        core: token indices from the first modifier to the head and the name after it.
        extent: the core and everything that modifies it.
        name: the words of the proper name, titles left out; ``()`` for none.
        title: the words in front of a personal name ("Finance Minister").
        noun: the word list's entry for the head, or the head's lemma.
        determiner: "definite", "possessive", "indefinite", "fresh" (another, a separate) or "bare".
        count: a stated number ("3"), else None.
        quantifier: the word that says how many, if not a number ("several", "dozen").
        modifiers: the words in front of the head, lower case, no determiners.
        proper: those of them that are proper nouns other than days and months, lower case.
        tail: the words after the head, lower case.
        of: the whole that a partitive takes its part from ("one of the sources").
    """

    head: int
    core: tuple[int, ...]
    extent: tuple[int, ...]
    span: Span
    form: Form
    name: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    noun: str = ""
    role: Role | None = None
    body: Body | None = None
    organisation: Organisation | None = None
    place: Place | None = None
    document: str | None = None
    plural: bool = False
    determiner: str = "bare"
    count: str | None = None
    quantifier: str = ""
    modifiers: tuple[str, ...] = ()
    proper: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    tail: str = ""
    of: Phrase | None = None

    @property
    def is_former(self) -> bool:
        """Whether it says what somebody no longer is."""
        return bool({"former", "ex", "retired", "onetime", "ousted"} & set(self.modifiers))

    @property
    def says_for_whom(self) -> bool:
        """Whether a modifier already says in whose name it speaks ("campaign aide")."""
        return any(a.relation == "pre" for a in self.anchors)
