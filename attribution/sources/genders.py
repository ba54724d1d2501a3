"""Whether a named person is called he or she: by names, titles and figures, else by the article's own pronouns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from attribution.extract.syntax import Syntax
from attribution.sources import names
from attribution.sources.entities import PRONOUN_GENDER
from attribution.sources.equate import Groups
from attribution.sources.mentions import Form, Phrase

_VOTES = 2
_SHARE = 0.8


def genders(syntax: Syntax, phrases: Mapping[int, Phrase], groups: Groups) -> dict[int, str]:
    """ "m" or "f" for each group of names that tells, by its root.

    Where no name does, pronouns do: those that follow a name with nobody else named between, two at least and four in
    five of one gender.
    """
    known: dict[int, str] = {}
    people = {h: groups.root(h) for h, p in phrases.items() if p.form is Form.NAME}
    in_full = {root for head, root in people.items() if len(phrases[head].name) > 1}
    for head, root in people.items():
        phrase = phrases[head]
        told = names.gender(phrase.name, phrase.title)
        # A surname may be a given name too: Nils Sara is no woman.
        if told is not None and (len(phrase.name) > 1 or phrase.title or root not in in_full):
            known.setdefault(root, told)
    votes: dict[int, Counter[str]] = {}
    for root, gender in _followed(syntax, people):
        votes.setdefault(root, Counter())[gender] += 1
    for root, count in votes.items():
        gender, most = count.most_common(1)[0]
        if most >= _VOTES and most >= _SHARE * count.total():
            known.setdefault(root, gender)
    return known


def _followed(syntax: Syntax, people: Mapping[int, int]) -> Iterator[tuple[int, str]]:
    """The last person named before each pronoun, in its sentence or alone in the one before."""
    for sentence, before in zip(syntax.parse.sentences[1:], syntax.parse.sentences, strict=False):
        alone = {people[h] for h in range(before.first, before.last) if h in people}
        last = alone.pop() if len(alone) == 1 else None
        for index in range(sentence.first, sentence.last):
            if index in people:
                last = people[index]
            gender = PRONOUN_GENDER.get(syntax.word(index))
            if gender is not None and last is not None:
                yield last, gender
                break
