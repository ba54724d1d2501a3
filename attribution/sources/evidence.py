"""Whether a bare proper name is a person's or a body's: the evidence of the whole article.

A tagger sees one sentence, and an invented or foreign company ("Quillo said …") looks like a surname there.  Somewhere
else the article says what it is: "messaging app Quillo", "Quillo Inc", "Quillo, which …", "two Quillo engineers"; or
"Ms Quillo", "Ada Quillo", "Quillo, 43, …".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from attribution.records import Token
from attribution.sources import vocabulary as words_of

_STRONG, _FAIR, _WEAK = 4, 2, 1
_OWNED = frozenset({"share", "stock", "subsidiary", "headquarters", "website", "spokesman", "spokeswoman",
                    "spokesperson", "employee", "plant", "factory", "profit", "revenue", "customer"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Name:
    """One use of a name that may be a person's: its tokens and its words as one key."""

    first: int
    last: int
    key: str


def settle_names(tokens: list[Token]) -> None:
    """Retag names that the article as a whole shows to be bodies, wherever they stand as persons' or untagged."""
    uses = list(_uses(tokens))
    children = _children(tokens)
    body: Counter[str] = Counter()
    person: Counter[str] = Counter()
    for name in uses:
        body[name.key] += _body_evidence(tokens, children, name)
        person[name.key] += _person_evidence(tokens, children, name)
    for part in _parts_of_bodies(tokens):
        body[part] += _STRONG
    surnames = {t.text for t in tokens if t.ner == "I-PER"}
    for name in uses:
        surname = name.first == name.last and name.key in surnames
        if body[name.key] >= _STRONG and body[name.key] > person[name.key] and not surname:
            for index in range(name.first, name.last + 1):
                tag = "B-ORG" if index == name.first else "I-ORG"
                tokens[index] = replace(tokens[index], ner=tag)


def _uses(tokens: list[Token]) -> Iterator[_Name]:
    index = 0
    while index < len(tokens):
        token = tokens[index]
        last = index
        if token.upos == "PROPN" and token.ner[:1] != "I" and token.ner[2:] in ("", "PER"):
            while last + 1 < len(tokens) and tokens[last + 1].ner == "I-PER" and token.ner:
                last += 1
            yield _Name(index, last, " ".join(t.text for t in tokens[index : last + 1]))
        index = last + 1


def _parts_of_bodies(tokens: list[Token]) -> frozenset[str]:
    """What may be short for a longer name: "Quillo" and "Front" of "Quillo Systems", "the Free Highland Front"."""
    found = set()
    for before, token, after in zip(tokens, tokens[1:], [*tokens[2:], None], strict=False):
        if token.ner == "I-ORG":
            if before.ner == "B-ORG" and before.upos == "PROPN":
                found.add(before.text)
            if (after is None or after.ner != "I-ORG") and token.upos == "PROPN":
                found.add(token.text)
    return frozenset(w for w in found if w not in words_of.place_adjectives() and w not in words_of.places())


def _children(tokens: list[Token]) -> dict[int, list[Token]]:
    found: dict[int, list[Token]] = {}
    for token in tokens:
        if token.head != token.index:
            found.setdefault(token.head, []).append(token)
    return found


def _body_evidence(tokens: list[Token], children: dict[int, list[Token]], name: _Name) -> int:
    found = 0
    after = tokens[name.last + 1] if name.last + 1 < len(tokens) else None
    if _follows_body_noun(tokens, name.first):
        found += _STRONG  # "the charity RiverEye", "the newspaper Het Baken"
    if after is not None and after.upos == "PROPN" and _is_body_word(after.text):
        found += _STRONG  # "Quillo Group"
    if name.last > name.first and _is_body_word(tokens[name.last].text):
        found += _STRONG  # "the European Centre"
    for child in children.get(name.first, ()):
        if child.index < name.last:
            continue
        if child.deprel == "appos" and child.lemma.lower() in words_of.bodies() and not _is_role(child):
            found += _STRONG  # "RiverEye, a monitoring group"
        if child.deprel.startswith("acl") and any(t.text.lower() == "which" for t in children.get(child.index, ())):
            found += _STRONG  # "Quillo, which makes the app"
    owner = tokens[tokens[name.first].head]
    if tokens[name.first].deprel in ("compound", "nmod:poss", "nmod:desc") and owner.lemma.lower() in _OWNED:
        found += _FAIR  # "a Quillo spokeswoman", "Quillo's shares"
    if _is_taken_up(tokens, children, name, frozenset({"it", "its"})):
        found += _FAIR  # "Quillo said it had …", "Quillo plans to sell its …"
    return found


def _follows_body_noun(tokens: list[Token], first: int) -> bool:
    at = first - 1
    while at >= 0 and first - at < 4 and (tokens[at].upos == "PROPN" or tokens[at].text in ("for", "of")):
        at -= 1
    if at < 0 or tokens[at].upos != "NOUN" or not tokens[at + 1].text[:1].isupper():
        return False
    noun = tokens[at].lemma.lower()
    compound = f"{tokens[at - 1].text.lower()} {noun}" if at else noun
    return noun in words_of.bodies() or compound in words_of.bodies()


def _is_taken_up(tokens: list[Token], children: dict[int, list[Token]], name: _Name, pronouns: frozenset[str]) -> bool:
    """Whether the clause of which the name is the subject goes on with one of these pronouns."""
    if not tokens[name.first].deprel.startswith("nsubj"):
        return False
    verb = tokens[name.first].head
    waiting, seen = [verb], 0
    while waiting and seen < 60:
        for child in children.get(waiting.pop(), ()):
            seen += 1
            if child.text.lower() in pronouns and child.deprel in ("nsubj", "nmod:poss") and child.index > verb:
                return True
            waiting.append(child.index)
    return False


def _person_evidence(tokens: list[Token], children: dict[int, list[Token]], name: _Name) -> int:
    found = 0
    words = tuple(t.text for t in tokens[name.first : name.last + 1])
    before = tokens[name.first - 1] if name.first else None
    if before is not None and (before.text in words_of.honorifics() or before.ner.endswith("PER")):
        found += 3 * _STRONG
    if words_of.figure(" ".join(words)) is not None:
        found += 3 * _STRONG
    if words[0] in words_of.given_names():
        found += 2 * _STRONG
    if before is not None and before.upos in ("NOUN", "PROPN") and _is_role(before):
        found += _STRONG  # "chief executive Quillo"
    if _is_taken_up(tokens, children, name, frozenset({"he", "she", "his", "her"})):
        found += _FAIR
    for child in children.get(name.first, ()):
        clause = children.get(child.index, ())
        if child.deprel == "appos" and (child.text.isdigit() or _is_role(child)):
            found += _STRONG
        if child.deprel.startswith("acl") and any(t.text.lower() == "who" for t in clause):
            found += _STRONG
    return found


def _is_role(token: Token) -> bool:
    lemma = token.lemma.lower()
    return lemma in words_of.roles() and lemma not in words_of.bodies()


def _is_body_word(text: str) -> bool:
    return text.lower() in words_of.name_words("body") or text.lower() in words_of.bodies()
