"""How close a phrase brings a reader to an accountable speaker: levels A0 to A5 (standards §3.2, §3.5).

The ordered procedure: an unambiguous personal name is A0; a named body or record, or its designated voice, A1; one
person individuated by a partial name or a unique relation, A2; a specific placement, A3; a class that can be
counted, A4; anything else, A5.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from attribution.lexicon import word_list
from attribution.records import Level, SourceType
from attribution.sources import vocabulary as words_of
from attribution.sources.kinds import basis_of, types_of
from attribution.sources.mentions import Anchor, Form, Phrase

Identified = Callable[[Anchor], bool]
"""Whether the body or person a phrase is placed by can be told from the article."""

_AGE = re.compile(r"\b\d{1,3}[- ]+year[- ]+old\b|\baged? \d{1,3}\b|^, \d{1,3} ?(?:,|$)|\bin (?:his|her) \w+ties\b")
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}\b"
    rf"|\b\d{{1,2}} (?:{_MONTHS})\b"
)
_NOT_SOLE = frozenset(
    {
        "deputy",
        "vice",
        "assistant",
        "former",
        "senior",
        "top",
        "acting",
        "associate",
        "regional",
        "local",
        "junior",
        "ex",
    }
)


def level_of(phrase: Phrase, identified: Identified) -> Level:
    """The level that a phrase's words have where they stand, before it is linked to other mentions."""
    if phrase.form is Form.NAME:
        return Level.A0
    if phrase.form is Form.BODY:
        return _body_level(phrase, identified)
    if phrase.form is Form.DOCUMENT:
        return _document_level(phrase, identified)
    if phrase.form is Form.PERSON and phrase.role is not None:
        return _person_level(phrase, identified)
    if phrase.form is Form.PRONOUN:
        return Level.A4
    return Level.A5


def has_age(phrase: Phrase) -> bool:
    """Whether the phrase gives an age."""
    return bool(_AGE.search(" ".join(phrase.modifiers).replace(" - ", "-")) or _AGE.search(phrase.tail))


# ---------------------------------------------------------------------------------- bodies, documents


def _body_level(phrase: Phrase, identified: Identified) -> Level:
    if phrase.organisation is not None or phrase.place is not None or (phrase.name and not _is_common(phrase)):
        return Level.A1
    body = phrase.body
    if body is None:
        return Level.A1 if phrase.name else Level.A4
    placed = any(a.named or identified(a) for a in phrase.anchors if a.relation in ("poss", "pre", "of", "for"))
    if body.names_itself == "class":
        return Level.A3 if placed and any(a.named and a.form is Form.BODY for a in phrase.anchors) else Level.A4
    if phrase.plural and body.noun not in ("police", "armed forces"):
        return Level.A1 if placed else Level.A4
    if phrase.determiner in ("indefinite", "fresh"):
        return (
            Level.A1
            if placed and body.names_itself == "no" and any(a.named and a.relation == "pre" for a in phrase.anchors)
            else Level.A4
        )
    if body.names_itself == "yes" or placed:
        return Level.A1
    if body.type in _PUBLIC and phrase.determiner == "definite" and has_portfolio(phrase):
        return Level.A1  # "the industry ministry", "the civil defence agency": a state has one
    if phrase.determiner in ("definite", "possessive", "bare") and any(
        w[:1].isupper() or w in _place_words() for w in phrase.modifiers
    ):
        return Level.A1
    return Level.A4


_PUBLIC = frozenset({SourceType.GOVERNMENT, SourceType.SECURITY, SourceType.JUDICIAL, SourceType.PROFESSIONAL})


def has_portfolio(phrase: Phrase) -> bool:
    """Whether a modifier says which body of its kind is meant: "the water company"."""
    return any(w not in word_list("vague_modifiers.tsv") and len(w) > 1 for w in phrase.modifiers)


def is_of_a_place(phrase: Phrase) -> bool:
    """Whether a country or city tells which body is meant: "the French embassy in Cairo"."""
    if any(w.lower() in _place_words() for w in phrase.modifiers):
        return True
    return any(a.form is Form.BODY and words_of.name_key(a.text) in words_of.places() for a in phrase.anchors)


def _place_words() -> frozenset[str]:
    return frozenset(a.lower() for a in words_of.place_adjectives()) | frozenset(p.lower() for p in words_of.places())


def _is_common(phrase: Phrase) -> bool:
    """A common noun that only a capital makes a name: "Authorities", "Police" at the start of a sentence."""
    return phrase.body is not None and len(phrase.name) == 1 and phrase.name[0].lower() == phrase.body.noun


def _document_level(phrase: Phrase, identified: Identified) -> Level:
    issuers = [
        a
        for a in phrase.anchors
        if a.relation in ("poss", "pre", "by", "from", "of") and a.form in (Form.BODY, Form.NAME)
    ]
    if any(a.named or identified(a) for a in issuers) or _has_issuer_word(phrase):
        return Level.A1
    if any(a.form is Form.NAME and a.relation in ("for", "in") for a in phrase.anchors) and phrase.document == "record":
        return Level.A1
    if any(
        a.form is Form.PRONOUN and a.relation == "poss" and a.noun in ("his", "her", "my", "its")
        for a in phrase.anchors
    ):
        return Level.A1
    if _DATE.search(" ".join(phrase.modifiers)) or (_DATE.search(phrase.tail) and not phrase.plural):
        return Level.A1
    if re.search(r'["“”]\w', phrase.tail[:60]) or phrase.noun == "constitution":
        return Level.A1
    return Level.A4


def _has_issuer_word(phrase: Phrase) -> bool:
    """A proper word in front that is neither place nor day: "Wednesday's Quinnipiac poll"."""
    return any(w not in _place_words() for w in phrase.proper)


# ---------------------------------------------------------------------------------- people


def _person_level(phrase: Phrase, identified: Identified) -> Level:
    role = phrase.role
    assert role is not None
    anchors = [
        a
        for a in phrase.anchors
        if a.relation in ("poss", "pre", "of", "at", "in", "within", "inside", "from", "with", "for", "to", "on", "by")
    ]
    bodies = [a for a in anchors if a.form is Form.BODY]
    people = [a for a in anchors if a.form in (Form.NAME, Form.PRONOUN) or (a.form is Form.PERSON and a.definite)]
    placed = any(
        _places(a, identified)
        for a in bodies
        if a.relation != "to" or role.kind not in ("source", "masses", "partisan", "close")
    )
    if role.kind == "voice":
        return _voice_level(phrase, placed, bodies, people)
    if _is_sole_holder(phrase, placed):
        return Level.A0
    basis = basis_of(phrase)
    definite = phrase.determiner in ("definite", "possessive")
    if not phrase.plural and any(words in phrase.tail for words in words_of.pseudonym_wordings()):
        return Level.A2
    if "placed" in role.marks:
        return Level.A3
    if not phrase.plural and phrase.of is None:
        if (
            (role.kind == "kin" or "relation" in role.marks)
            and any(a.relation in ("poss", "of") for a in people)
            and definite
        ):
            return Level.A2
        if role.kind == "kin" and any(a.relation == "poss" for a in phrase.anchors):
            return Level.A2
        if has_age(phrase) and any(a.relation in ("in", "at", "from", "of") for a in phrase.anchors):
            return Level.A2
    if role.kind == "close":
        return Level.A3 if basis == "presence" else Level.A4
    if role.kind == "stance":
        return Level.A4 if _is_placed_class(phrase) else Level.A5
    named_people = any(
        a.form is Form.NAME or (a.form is Form.PRONOUN and a.relation == "poss") or identified(a) for a in people
    )
    if role.kind in ("aide", "kin", "member") or "relation" in role.marks:
        related = any(a.relation in ("poss", "of", "to", "for", "pre", "at") for a in people) and named_people
        of_definite = role.kind == "member" and any(a.relation == "of" and a.definite for a in anchors)
        if related or placed or of_definite or basis == "presence":
            return Level.A3
        return Level.A4
    staffed = "staff" in role.marks and any(
        a.relation in ("pre", "poss") and a.form in (Form.NAME, Form.PRONOUN) for a in people
    )
    if placed or staffed or basis == "presence":
        return Level.A3
    if definite and "sole" in role.marks and not phrase.plural and bodies:
        return Level.A3
    if role.kind in ("source", "masses"):
        return Level.A4 if basis is not None or _is_placed_class(phrase) else Level.A5
    if role.kind == "expert" and "bare" in role.marks and phrase.plural:
        return Level.A4 if _is_placed_class(phrase) or basis is not None else Level.A5
    return Level.A4


def _places(anchor: Anchor, identified: Identified) -> bool:
    """Whether a body places its member: a named one, or a definite one that the article identifies (ruling 16).

    In front of the noun a common one only names a sector: "a police source", "a government official".
    """
    if anchor.named:
        return True
    return identified(anchor)


def _voice_level(phrase: Phrase, placed: bool, bodies: list[Anchor], people: list[Anchor]) -> Level:
    if placed or bodies or types_of(phrase):
        family = {"family"} & set(phrase.modifiers)
        return Level.A3 if family and not placed else Level.A1
    if any(a.form is Form.NAME or (a.form is Form.PRONOUN and a.relation == "poss") for a in people):
        return Level.A1
    if "family" in phrase.modifiers or any(a.form is Form.PERSON for a in phrase.anchors):
        return Level.A3
    return Level.A4


def _is_sole_holder(phrase: Phrase, placed: bool) -> bool:
    """A title or office that only one person can have here (ruling 1)."""
    role = phrase.role
    assert role is not None
    if (
        phrase.plural
        or phrase.of is not None
        or phrase.determiner in ("indefinite", "fresh")
        or set(phrase.modifiers) & _NOT_SOLE
    ):
        return False
    if role.noun.startswith(("deputy", "vice", "assistant")) and "alone" not in role.marks:
        return False
    if phrase.determiner == "bare" and role.kind != "office":
        return False
    if "alone" in role.marks and phrase.determiner in ("definite", "possessive"):
        return True
    places = any(a.form is Form.BODY and a.relation in ("of", "poss", "pre", "to") for a in phrase.anchors)
    of_place = places or bool({w for w in phrase.modifiers if w in _place_words()})
    if role.kind == "office" and role.type in (
        SourceType.GOVERNMENT,
        SourceType.CIVIL_SOCIETY,
        SourceType.JUDICIAL,
        SourceType.SECURITY,
    ):
        return phrase.determiner in ("definite", "possessive") and (of_place or " " in role.noun or placed)
    if role.kind == "office" or "sole" in role.marks:
        return phrase.determiner in ("definite", "possessive") and placed and _is_of_whole(phrase)
    return False


def _is_of_whole(phrase: Phrase) -> bool:
    return any(
        a.relation in ("of", "poss", "pre", "at", "to", "for") and (a.named or a.definite) for a in phrase.anchors
    )


def _is_placed_class(phrase: Phrase) -> bool:
    """Whether a class is bounded by a sector, a region or a trade: "Pennsylvania voters", "aviation experts"."""
    bounded = [
        w for w in phrase.modifiers if w not in word_list("vague_modifiers.tsv") and not w.isdigit() and len(w) > 1
    ]
    if bounded or any(
        t
        for t in types_of(phrase)
        if phrase.role and phrase.role.kind in ("source", "stance") and t is not SourceType.CITIZEN
    ):
        return True
    return any(a.relation in ("in", "at", "from", "within", "inside", "on", "near", "across") for a in phrase.anchors)
