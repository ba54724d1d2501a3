"""What is on the record of a party: a court's finding, an admission, death.  Nobody need be asked about these."""

from __future__ import annotations

import re
from functools import cache

from attribution.extract.cues import is_negated
from attribution.extract.syntax import Syntax
from attribution.lexicon import read_table
from attribution.records import Sentence
from attribution.voice.page import Page
from attribution.voice.parties import Parties, Party
from attribution.voice.words import word_key

_HISTORY = re.compile(
    r"\b(?:1[0-9]\d\d|200\d)\b|\b\d\d(?:00|[1-9]0)s\b|\bcentur(?:y|ies)\b|\bdecades? (?:ago|earlier)\b"
)
_LIFETIME = re.compile(r"\((?:born |b\. )?\d{4}\s?[-–—]\s?\d{4}\)")
_ONESELF = frozenset({"himself", "herself", "themselves", "themself", "itself"})
_NEAR = 3
"""So many words may stand between a name and an adjective of death before it ("the late Dr Anna Marsh")."""


@cache
def _says() -> dict[tuple[str, str], str]:
    rows = read_table(
        "record_words.tsv",
        ("word", "upos", "says"),
        key=("word", "upos"),
        allowed={"says": {"conviction", "admission", "death"}},
    )
    return {(r["word"], r["upos"]): r["says"] for r in rows}


class Record:
    """What an article tells of the settled past of its parties."""

    def __init__(self, page: Page, parties: Parties) -> None:
        self.page = page
        self.parties = parties
        self.syntax: Syntax = page.syntax

    def is_settled(self, party: Party) -> bool:
        """Whether a court has found against a party, or it has admitted something, anywhere in the article."""
        return any(self._said_of(party, sentence) & {"conviction", "admission"} for sentence in self.page.sentences)

    def is_dead(self, party: Party) -> bool:
        """Whether a person is said to have died."""
        return party.person and any("death" in self._said_of(party, sentence) for sentence in self.page.sentences)

    def is_history(self, sentence: Sentence) -> bool:
        """Whether a sentence tells of years long past."""
        begin, end = sentence.span
        return _HISTORY.search(self.page.article.prose[begin:end]) is not None

    def speaks_of_record(self, sentence: Sentence) -> bool:
        """Whether a sentence speaks of a court's finding or an admission, whoever's."""
        return bool({self._kind(i) for i in self.page.words(sentence)} & {"conviction", "admission"})

    def _kind(self, index: int) -> str | None:
        return _says().get(word_key(self.syntax.token(index)))

    def _said_of(self, party: Party, sentence: Sentence) -> set[str]:
        """What of the record a sentence says of a party: of its subject, or of what is called the party's."""
        words = self.page.words(sentence)
        if party not in self.parties.inside(words) and not any(self.parties.taken_up(i) for i in words):
            return set()
        begin, end = sentence.span
        found = {"death"} if _LIFETIME.search(self.page.article.prose[begin:end]) else set()
        is_subject = any(self._is(party, i) for i in words if self.syntax.has_relation(i, "nsubj"))
        for index in words:
            kind = self._kind(index)
            if kind is None or is_negated(self.syntax, index) or (kind == "death" and self._kills_another(index)):
                continue
            of_party = any(self._is(party, i) for i in self.syntax.children(index, "nmod:poss", "nsubj", "nsubj:pass"))
            if of_party if kind == "death" else is_subject or of_party:
                found.add(kind)
            elif kind == "death" and self.syntax.token(index).upos == "ADJ":
                behind = range(index + 1, min(index + 1 + _NEAR, sentence.last))
                if any(self.parties.at(i) == party for i in behind):
                    found.add(kind)
        return found

    def _kills_another(self, index: int) -> bool:
        """Whether a verb of death has a victim: "Orlik murdered his brother" tells of no death of Orlik's."""
        return any(self.syntax.word(i) not in _ONESELF for i in self.syntax.children(index, "obj"))

    def _is(self, party: Party, index: int) -> bool:
        return self.parties.meant_by(index) == party
