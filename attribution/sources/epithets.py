"""Definite descriptions that news copy uses in place of a name: "the Vermont senator", "the billionaire".

An unnamed source comes in with "a" or "one"; "the" with a noun for politicians or the rich goes back to somebody
whom the article has named.  Which one is decided by what it says of them, then by nearness; where neither decides
they stay candidates.
"""

from __future__ import annotations

from dataclasses import replace

from attribution.records import SourceType
from attribution.sources import vocabulary as words_of
from attribution.sources.anaphora import Discourse, Link
from attribution.sources.entities import Entity, Mention
from attribution.sources.mentions import Form, Phrase
from attribution.sources.pronouns import Pronouns

_MARGIN = 1.0
_RICH = frozenset({"billionaire", "businessman", "businesswoman", "mogul", "tycoon", "magnate", "millionaire"})
_PARTIES = (frozenset({"republican", "gop"}), frozenset({"democratic", "democrat"}), frozenset({"labour"}),
            frozenset({"conservative", "tory"}), frozenset({"libertarian"}), frozenset({"green"}))  # fmt: skip
_POLITICAL = frozenset({SourceType.POLITICAL, SourceType.GOVERNMENT})


class Epithets:
    """Reads epithets in the light of the people named so far."""

    def __init__(self, discourse: Discourse, pronouns: Pronouns) -> None:
        self.discourse = discourse
        self.pronouns = pronouns

    def named(self, phrase: Phrase, here: Mention, absent: frozenset[int]) -> Link:
        """The named person whom an epithet stands for.

        Args:
            absent: the words of the claim that it makes: speakers do not name themselves there.
        """
        if not _is_epithet(phrase):
            return Link()
        gender = phrase.role.gender if phrase.role else None
        fitting = [
            e
            for e in self.discourse.entities
            if e.form is Form.NAME and e.mentions and not e.plural and not e.author
            and gender in (None, e.gender) and _may_be_called(phrase, e) and not _contradicts(phrase, e)
            and not any(m.at in absent and m.phrase.form is Form.NAME for m in e.mentions)
        ]  # fmt: skip
        told = [e for e in fitting if _tells(phrase) <= e.words and _tells(phrase)]
        if len(told) == 1:
            return Link(told[0], 0.85)
        scored = [
            (self.pronouns.salience(e, replace(phrase, noun=""), here, speaking=True), e) for e in told or fitting
        ]
        scored = sorted(((s, e) for s, e in scored if s > 0), key=lambda pair: -pair[0])
        if not scored:
            return Link()
        rivals = [e for s, e in scored[1:] if scored[0][0] - s < _MARGIN]
        return Link(candidates=(scored[0][1], *rivals)) if rivals else Link(scored[0][1], 0.7)


def _is_epithet(phrase: Phrase) -> bool:
    role = phrase.role
    if role is None or phrase.plural or phrase.determiner != "definite" or phrase.of is not None or phrase.tail:
        return False
    if "wide" in role.marks or role.kind not in ("post", "partisan"):
        return False
    if any(a.form is not Form.BODY or not _bounds(a.text) for a in phrase.anchors):
        return False  # "the agency's inspector general" is whoever holds that office
    return role.noun in _RICH or role.type in _POLITICAL


def _bounds(text: str) -> bool:
    """A place or a party in front of a noun."""
    key = words_of.name_key(text)
    party = any(key.lower() in words for words in _PARTIES)
    return party or key in words_of.places() or key in words_of.place_adjectives()


def _may_be_called(phrase: Phrase, entity: Entity) -> bool:
    """Whether the entity is known for what the epithet says: a politician, somebody rich."""
    known = {p.role.type for p in entity.phrases if p.role is not None}
    known |= {words_of.honorifics()[t].type for p in entity.phrases for t in p.title if t in words_of.honorifics()}
    known |= {figure[0] for name in entity.names if (figure := words_of.figure(" ".join(name))) is not None}
    wanted = {SourceType.BUSINESS} if phrase.noun in _RICH else _POLITICAL
    return bool(known & wanted)


def _tells(phrase: Phrase) -> frozenset[str]:
    """What an epithet says of its bearer that others may not have: a place, a party."""
    places = {
        w
        for w in phrase.modifiers
        if w.capitalize() in words_of.places() or w.capitalize() in words_of.place_adjectives()
    }
    return frozenset(places | {w for w in (*phrase.modifiers, phrase.noun) if any(w in party for party in _PARTIES)})


def _contradicts(phrase: Phrase, entity: Entity) -> bool:
    """Whether the article has said something else of the entity: another party."""
    for party in _PARTIES:
        if party & {*phrase.modifiers, phrase.noun}:
            others = frozenset().union(*(p for p in _PARTIES if p is not party))
            return bool(entity.words & others) and not entity.words & party
    return False
