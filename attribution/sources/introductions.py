"""Introductions read word by word: what stands beside a name, where the trees say nothing of it.

"Ada Marsh, president of the state firefighters' union" and "Halden spokesman Jan Roth" are how copy introduces people.
The order of the words alone tells who they speak as, so that a broken tree costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from attribution.extract.syntax import Syntax
from attribution.records import SourceType
from attribution.sources import vocabulary as words_of
from attribution.sources.kinds import ACADEME, STAYS, name_types
from attribution.sources.lookup import Lookup, joined
from attribution.sources.vocabulary import Role, name_key, normal

_REACH = 24
"""How many words behind a name still introduce it."""
_FRONT_TAGS = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "PART", "X", "SYM"})
_OPENING_TAGS = frozenset({"DET", "NOUN", "PROPN", "ADJ", "PRON", "NUM", "ADV", "VERB"})
_BRANCHES = frozenset({SourceType.ARMED, SourceType.POLITICAL, SourceType.BUSINESS, SourceType.MEDIA})
"""What a modifier can make of a group or association: "rebel group", not "state firefighters union"."""
_NAMING = frozenset({"NOUN", "PROPN", "ADJ"})
_AT_WORK = frozenset({"of", "at", "with", "from", "for", "on"})
_OPENERS = frozenset({",", "(", "-", "–", "—", "--"})
_CLOSERS = frozenset({".", ";", ":", ")", "?", "!", "''", '"', "”", "“", "``"})
_OPEN_ROLES = frozenset({"voice", "aide", "close", "member"})


class _What(Enum):
    ROLE = auto()
    BODY = auto()
    SECTOR = auto()
    PERSON = auto()


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing that the word lists, or the rest of the article, know, at its first token."""

    at: int
    what: _What
    type: SourceType | None
    role: Role | None = None


class Introductions:
    """Reads the introductions of one article.

    Args:
        person: the type of the person whose name stands at a token, None where it is not known.
    """

    def __init__(self, lookup: Lookup, person: Callable[[int], SourceType | None]) -> None:
        self.lookup = lookup
        self.syntax: Syntax = lookup.syntax
        self.person = person

    def type(self, name: tuple[str, ...]) -> SourceType | None:
        """What the words around a name say that its bearer speaks as; None where nowhere anything does."""
        for first, last in self._occurrences(name):
            for kind in (self._behind(last), self._in_front(first)):
                if kind is not None:
                    return kind
        return None

    def _occurrences(self, name: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """First and last token of each place where somebody of this name stands, full names first."""
        tokens = self.syntax.tokens
        surname = next((w for w in reversed(name) if w.rstrip(".").lower() not in words_of.name_words("suffix")), None)
        found = []
        for token in tokens:
            if token.text != surname:
                continue
            first = token.index
            while first > 0 and _is_given(tokens[first - 1].text) and tokens[first - 1].sentence == token.sentence:
                first -= 1
            given = {t.text for t in tokens[first : token.index]}
            if len(name) == 1 or not given or given & set(name):
                found.append((first, token.index, not given))
        return ((first, last) for first, last, _ in sorted(found, key=lambda f: (f[2], f[0])))

    # ------------------------------------------------------------------------------ on either side

    def _behind(self, last: int) -> SourceType | None:
        """ ", president of …", " of the Brookings Institution", " (D-Nev.)"."""
        tokens = self.syntax.tokens
        sentence = self.syntax.sentence_of(last).last
        start = last + 1
        if start < sentence and tokens[start].text.rstrip(".").lower() in words_of.name_words("suffix"):
            start += 1
        opened = start < sentence and tokens[start].text in _OPENERS
        at_work = start < sentence and tokens[start].text.lower() in _AT_WORK
        if not opened and not at_work:
            return None
        begin = start + 1 if opened else start
        end = begin
        while end < min(sentence, begin + _REACH) and not self._closes(end, begin, opened=opened):
            end += 1
        items = self._items(begin, end)
        if begin == end or (opened and tokens[begin].upos not in _OPENING_TAGS):
            return None
        role = next((i for i in items if i.what is _What.ROLE), None)
        if role is not None:
            return self._of_role(role, items)
        first = next((i for i in items if i.what is _What.BODY), None)
        direct = at_work or tokens[begin].text.lower() in ("who", "of", "whose")
        return first.type if first is not None and direct else None

    def _closes(self, index: int, begin: int, *, opened: bool) -> bool:
        """Whether an introduction ends before a word: at a stop, or where the main clause goes on."""
        token = self.syntax.tokens[index]
        if token.text in _CLOSERS:
            return True
        if token.text == "," and not opened:
            return True
        relative = any(t.text.lower() in ("who", "whose", "whom", "that") for t in self.syntax.tokens[begin:index])
        after_comma = index > begin and self.syntax.tokens[index - 1].text == ","
        return token.upos in ("VERB", "AUX") and token.deprel != "amod" and (after_comma or not relative)

    def _in_front(self, first: int) -> SourceType | None:
        """ "Halden spokesman Jan Roth", "CNBC's Jan Roth", "Dr. Roth"."""
        tokens = self.syntax.tokens
        begin, sentence = first, self.syntax.sentence_of(first).first
        while begin > sentence and begin > first - 8 and self._is_front(begin - 1):
            begin -= 1
        if begin == first:
            return None
        items = self._items(begin, first)
        owner = tokens[first - 1].text in ("'s", "’s")
        if owner:
            bodies = [i for i in items if i.what is _What.BODY and i.type is SourceType.MEDIA]
            return SourceType.MEDIA if bodies else None
        role = next((i for i in reversed(items) if i.what is _What.ROLE), None)
        if role is not None:
            return self._of_role(role, items)
        title = words_of.honorifics().get(tokens[first - 1].text)
        return title.type if title is not None else None

    def _is_front(self, index: int) -> bool:
        token = self.syntax.tokens[index]
        return token.upos in _FRONT_TAGS and token.text not in _CLOSERS and token.text not in _OPENERS

    # ------------------------------------------------------------------------------ what the words say

    def _of_role(self, item: _Item, items: list[_Item]) -> SourceType | None:
        """A role that says who somebody speaks as, or the nearest thing around one that does not."""
        role = item.role
        assert role is not None
        if role.kind == "kin":
            return None
        decided = role.type is not None and "follows" not in role.marks
        if decided and role.kind != "office":
            return role.type
        before = [i for i in items if i.at < item.at and i.what is not _What.ROLE]
        after = [i for i in items if i.at > item.at and i.what is not _What.ROLE]
        around = [i for i in (*reversed(before), *after) if i.type is not None]
        if role.kind != "voice" and any(i.what is _What.BODY and i.type is SourceType.EXPERT for i in after):
            return SourceType.EXPERT  # "director of the security programme at Brookings"
        if role.kind not in _OPEN_ROLES:
            around = [i for i in around if i.what is not _What.PERSON]
        if not around or (decided and around[0].type in (SourceType.SECURITY, SourceType.JUDICIAL)):
            return role.type
        if role.type in STAYS and around[0].type not in STAYS[role.type]:
            return role.type
        return around[0].type

    def _items(self, begin: int, end: int) -> list[_Item]:
        items: list[_Item] = []
        at = begin
        while at < end:
            item, width = self._item(at, end)
            if item is not None:
                items.append(item)
            at += width
        return items

    def _item(self, at: int, end: int) -> tuple[_Item | None, int]:
        """The longest thing that begins at a token, and how many tokens it is wide."""
        tokens = self.syntax.tokens
        for width in range(min(7, end - at), 0, -1):
            words = [t.text for t in tokens[at : at + width]]
            text = joined(words)
            organisation = self.lookup.organisation(name_key(text)) if words[0][:1].isupper() else None
            if organisation is not None and text.lower() != "republican":
                return _Item(at, _What.BODY, organisation.type), width
            key = normal(text)
            if width <= 4 and key in words_of.roles() and not self._modifies(at + width, end):
                role = words_of.roles()[key]
                return _Item(at, _What.ROLE, role.type, role), width
            one = words_of.singular(key)
            group = words_of.roles().get(one) if one != key and width <= 3 else None
            if group is not None and group.type is not None:
                return _Item(at, _What.SECTOR, group.type), width
        if (common := self._common_body(at, end)) is not None:
            return common
        run = at
        while run < end and (tokens[run].text[:1].isupper() or (run > at and tokens[run].text in ("of", "for", "&"))):
            run += 1
        while run > at and not tokens[run - 1].text[:1].isupper():
            run -= 1
        if run - at > 1 and (kind := next(name_types(tuple(t.text for t in tokens[at:run])), None)) is not None:
            return _Item(at, _What.BODY, kind), run - at
        if tokens[at].upos == "PROPN" and (kind := self.person(at)) is not None:
            return _Item(at, _What.PERSON, kind), 1
        for width in range(min(3, end - at), 0, -1):
            key = normal(joined([t.text for t in tokens[at : at + width]]))
            body = words_of.bodies().get(key)
            if body is not None and body.type is not None:
                return _Item(at, _What.BODY, body.type), width
            if key in words_of.sectors():
                return _Item(at, _What.SECTOR, words_of.sectors()[key]), width
        return None, 1

    def _modifies(self, after: int, end: int) -> bool:
        """Whether a noun goes on after a word for people: "deputy" of "deputy press secretary"."""
        return after < end and self.syntax.tokens[after].upos in _NAMING and self.syntax.tokens[after].text.islower()

    def _common_body(self, at: int, end: int) -> tuple[_Item, int] | None:
        """ "the Indiana state firefighters union" is a union, whatever stands in front of it."""
        tokens = self.syntax.tokens
        stop = at
        while stop < end and tokens[stop].upos in _NAMING and not tokens[stop].text.startswith("'"):
            stop += 1
        for last in range(stop - 1, at, -1):
            body = words_of.bodies().get(tokens[last].text.lower())
            if body is None or body.type is None or tokens[last].upos not in ("NOUN", "PROPN"):
                continue
            inside = [words_of.sectors().get(t.text.lower()) for t in tokens[at:last]] if body.open else []
            kind = next((k for k in reversed(inside) if k in _BRANCHES), body.type)
            if tokens[last].text.lower() in ACADEME:
                kind = SourceType.EXPERT  # its staff speak as experts (ruling 18)
            return _Item(at, _What.BODY, kind), last + 1 - at
        return None


def _is_given(text: str) -> bool:
    return text in words_of.given_names() or (len(text) <= 2 and text[:1].isupper() and text.endswith("."))
