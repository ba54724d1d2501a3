"""The people and bodies that an article names, each with all its mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from attribution.extract.syntax import Syntax
from attribution.records import SourceType, Span, Spans
from attribution.sources.vocabulary import (
    bodies,
    honorifics,
    name_key,
    organisations,
    outlets,
    place_adjectives,
    places,
)
from attribution.voice.page import Page

_LEGAL_FORMS = frozenset(
    {"inc", "inc.", "co", "co.", "corp", "corp.", "ltd", "ltd.", "llc", "plc", "&", "company", "group", "holdings",
     "sa", "ag", "gmbh"}
)  # fmt: skip
_NEAR = 2
_SMALL = frozenset({"of", "the", "and", "for"})


@dataclass(frozen=True, slots=True)
class Party:
    """A person or body named in an article.

    Attributes:
        name: the fullest form of the name, as printed.
        person: whether it is one person.
        keys: lower-case words of which one stands in every mention and in every description of a representative
            ("marsh" in "Marsh's lawyer").
        mentions: where it is named, in text order.
        type: what the lists know a body as; None for people and for bodies that no list has.
    """

    name: str
    person: bool
    keys: frozenset[str]
    mentions: Spans
    type: SourceType | None = None

    def named_in(self, words: str) -> bool:
        """Whether some words name it ("Marsh's lawyer" names Marsh)."""
        lower = words.lower().replace("’", "'")
        return any(re.search(rf"(?<!\w){re.escape(key)}(?!\w)", lower) for key in self.keys)


@dataclass(frozen=True, slots=True)
class _Name:
    """One mention: its words as printed, without titles, and in lower case."""

    span: Span
    person: bool
    printed: tuple[str, ...]

    @property
    def lower(self) -> tuple[str, ...]:
        return tuple(word.lower() for word in self.printed)

    @property
    def stem(self) -> tuple[str, ...]:
        """A body's name without its legal form."""
        return tuple(w for w in self.lower if w not in _LEGAL_FORMS) or self.lower

    @property
    def initials(self) -> str:
        letters = "".join(w[0] for w in self.lower if w not in _SMALL)
        return letters if len(letters) > 2 else ""

    def same_as(self, other: _Name) -> bool:
        """Whether it is another form of a name: a surname, a body without its legal form, initials."""
        mine, theirs = self.lower, other.lower
        if mine == theirs:
            return True
        if self.person != other.person:
            return False
        if self.person:
            return mine[-1] == theirs[-1] and (1 in (len(mine), len(theirs)) or mine[0] == theirs[0])
        return self.stem == other.stem or (self.initials,) == theirs or (other.initials,) == mine


class Parties:
    """Every party of an article, and who is meant where."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.syntax: Syntax = page.syntax

    @cached_property
    def all(self) -> tuple[Party, ...]:
        """In order of first mention."""
        groups: list[list[_Name]] = []
        for name in self._names():
            home = next((g for g in groups if any(name.same_as(other) for other in g)), None)
            if home is None:
                groups.append([name])
            else:
                home.append(name)
        return tuple(_party(group) for group in groups)

    @cached_property
    def _by_token(self) -> dict[int, Party]:
        return {i: party for party in self.all for span in party.mentions for i in self.syntax.between(span)}

    def at(self, index: int) -> Party | None:
        """Whom a noun phrase with this head names: by itself, or by an apposition ("the mayor, Ana Lopez")."""
        for word in (index, *self.syntax.children(index, "appos", "flat")):
            if word in self._by_token:
                return self._by_token[word]
        return None

    def inside(self, tokens: Iterable[int]) -> tuple[Party, ...]:
        """Who is named among some words, each once."""
        return tuple(dict.fromkeys(self._by_token[i] for i in sorted(tokens) if i in self._by_token))

    def meant_by(self, index: int) -> Party | None:
        """Whom a noun phrase with this head means, by name or by taking up a name."""
        return self.at(index) or self.taken_up(index)

    def taken_up(self, index: int) -> Party | None:
        """Whom "he", "she" or "the company" means, where one party only can be meant.

        For a person that is the subject of the sentence before in the same paragraph, if nobody else is named there;
        for a body, the only one named in the two sentences before.
        """
        token = self.syntax.token(index)
        if token.sentence == 0:
            return None
        if self.syntax.word(index - 1) == "the" and (body := bodies().get(token.lemma.lower())):
            near = self.page.sentences[max(0, token.sentence - _NEAR) : token.sentence]
            named = [p for p in self.inside(i for s in near for i in self.page.words(s)) if not p.person]
            fits = len(named) == 1 and (body.type is SourceType.BUSINESS or named[0].named_in(body.noun))
            return named[0] if fits else None
        if token.lemma.lower() not in {"he", "she"}:
            return None
        here, before = (self.page.sentences[i] for i in (token.sentence, token.sentence - 1))
        if self.page.block(here) is not self.page.block(before):
            return None
        people = [p for p in self.inside(self.page.words(before)) if p.person]
        subject = next((i for i in self.page.words(before) if self.syntax.has_relation(i, "nsubj")), None)
        return people[0] if len(people) == 1 and subject is not None and self.at(subject) is people[0] else None

    def _names(self) -> Iterator[_Name]:
        tokens = self.syntax.tokens
        at = 0
        while at < len(tokens):
            first, at = tokens[at], at + 1
            kind = first.ner.removeprefix("B-")
            if kind not in {"PER", "ORG"}:
                continue
            while at < len(tokens) and tokens[at].ner == f"I-{kind}" and tokens[at].sentence == first.sentence:
                at += 1
            if not any(t.upos == "PROPN" for t in tokens[first.index : at]):
                continue
            words = (t.text.replace("’", "'") for t in tokens[first.index : at])
            printed = tuple(w for w in words if w not in {"'s", "'", "the", "The"} and w not in honorifics())
            if any(word[0].isalpha() for word in printed) and not _is_place(" ".join(printed)):
                yield _Name(Span(first.span.start, tokens[at - 1].span.end), kind == "PER", printed)


def _is_place(name: str) -> bool:
    return name in place_adjectives() or name_key(name) in places()


def _party(names: list[_Name]) -> Party:
    fullest = max(names, key=lambda name: len(name.printed))
    words = " ".join(fullest.printed)
    known = organisations().get(name_key(words)) or outlets().get(name_key(words))
    keys = {fullest.lower[-1]} if fullest.person else {" ".join(name.stem) for name in names}
    mentions = tuple(name.span for name in names)
    return Party(words, fullest.person, frozenset(keys), mentions, known.type if known else None)
