"""How close a phrase brings a reader to an accountable speaker: levels A0 to A5 (standards §3.2, §3.5).

The ordered procedure: an unambiguous personal name is A0; a named body or record, or its designated voice, A1; one
person individuated by a partial name or a unique relation, A2; a specific placement, A3; a class that can be
counted, A4; anything else, A5.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from attribution.lexicon import word_list
from attribution.records import Level, SourceType
from attribution.sources import vocabulary as words_of
from attribution.sources.kinds import anchor_type, basis_of, types_of
from attribution.sources.mentions import Anchor, Form, Phrase

Identified = Callable[[Anchor], bool]
"""Whether the body or person a phrase is placed by can be told from the article."""

_AGE = re.compile(r"\b\d{1,3}[- ]+year[- ]+old\b|\baged? \d{1,3}\b|^, \d{1,3} ?(?:,|$)|\bin (?:his|her) \w+ties\b")
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}\b"
    rf"|\b\d{{1,2}} (?:{_MONTHS})\b"
)
_ISSUED = re.compile(
    rf"\b(?:dated|published|released|issued|filed|unsealed|handed (?:up|down)|taken|signed|obtained)"
    rf" (?:on |in |late |early )*(?:last|this|earlier this|{_MONTHS}|{_DAYS}|yesterday|today)\b"
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


def is_first_name_only(phrases: Sequence[Phrase]) -> bool:
    """Whether all that an article calls a private person by is one name: "Zeynal, a 52-year-old baker" (A2).

    Args:
        phrases: every phrase of one entity.
    """
    called = [p for p in phrases if p.form is Form.NAME]
    if not called or any(len(p.name) > 1 or p.title for p in called):
        return False
    if any(p.name[0] in words_of.public_figures() for p in called):
        return False
    return all(p.name[0] in words_of.given_names() for p in called) or any(_is_private(p) for p in phrases)


def _is_private(phrase: Phrase) -> bool:
    """Whether a phrase speaks of a private person: an age, a relative, a trade that is only mentioned ("a baker")."""
    if has_age(phrase):
        return True
    role = phrase.role
    if phrase.form is not Form.PERSON or role is None or phrase.plural:
        return False
    return role.kind in ("kin", "public") or (phrase.determiner in ("indefinite", "fresh") and role.kind == "post")


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
        part = any(a.named and a.relation in ("pre", "of") and a.form is Form.BODY for a in phrase.anchors)
        return Level.A1 if placed and body.names_itself == "no" and part else Level.A4
    if body.names_itself == "yes" or placed:
        return Level.A1
    told_apart = has_portfolio(phrase) or " " in body.noun
    if body.type in _PUBLIC and phrase.determiner == "definite" and told_apart:
        return Level.A1  # "the industry ministry", "the civil defence agency": a state has one
    if phrase.determiner == "definite" and "national" in phrase.modifiers:
        return Level.A1  # "the national athletics federation"
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


@cache
def _place_words() -> frozenset[str]:
    return frozenset(a.lower() for a in words_of.place_adjectives()) | frozenset(p.lower() for p in words_of.places())


def _is_common(phrase: Phrase) -> bool:
    """A common noun that only a capital makes a name: "Authorities", "Police" at the start of a sentence."""
    return phrase.body is not None and len(phrase.name) == 1 and phrase.name[0].lower() == phrase.body.noun


def _document_level(phrase: Phrase, identified: Identified) -> Level:
    issuers = [
        a
        for a in phrase.anchors
        if a.relation in ("poss", "pre", "by", "from", "of") and a.form in (Form.BODY, Form.NAME, Form.PRONOUN)
    ]
    if any(a.relation == "by" and a.form is Form.PERSON and a.definite for a in phrase.anchors):
        return Level.A1  # "the report, by the former archivist Oluwaseun Price"
    if any(a.named or identified(a) for a in issuers) or _has_issuer_word(phrase):
        return Level.A1
    if any(a.relation in ("by", "from") and a.definite and _is_one_body(a) for a in issuers):
        return Level.A1  # "a letter from the fund"
    if phrase.document == "record" and any(
        a.relation in ("in", "with", "to", "at") and _keeps(a) for a in phrase.anchors
    ):
        return Level.A1
    if any(a.form is Form.NAME and a.relation in ("for", "in") for a in phrase.anchors) and phrase.document == "record":
        return Level.A1
    if any(
        a.form is Form.PRONOUN and a.relation == "poss" and a.noun in ("his", "her", "my", "its")
        for a in phrase.anchors
    ):
        return Level.A1
    if (
        _ISSUED.search(phrase.tail)
        or _DATE.search(" ".join(phrase.modifiers))
        or (_DATE.search(phrase.tail) and not phrase.plural)
    ):
        return Level.A1
    if re.search(r'["“”]\w', phrase.tail[:60]) or phrase.noun == "constitution":
        return Level.A1
    return Level.A4


def _keeps(anchor: Anchor) -> bool:
    """Whether records are kept by a body or office that can be found: "filings with the secretary of state"."""
    if anchor.form is Form.BODY:
        return anchor.named
    return anchor.form is Form.PERSON and anchor.role is not None and anchor.role.kind == "office" and anchor.definite


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
    says_little = role.kind in ("source", "masses")  # "sources at the airline": which airline must be plain
    placed = any(
        _places(a, identified, any_definite=not says_little)
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
        if placed:
            return Level.A3  # "African Union observers"
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
    if role.kind == "source" and role.type is not None:
        return Level.A4  # "one man": somebody, if not who
    if role.kind == "masses" and phrase.quantifier in _SHARES:
        return Level.A4  # "61 percent of voters" answered a poll (ruling 6)
    if role.kind in ("source", "masses"):
        return Level.A4 if basis is not None or _is_placed_class(phrase) else Level.A5
    if role.kind == "expert" and "bare" in role.marks and phrase.plural:
        return Level.A4 if _is_placed_class(phrase) or basis is not None else Level.A5
    return Level.A4


_SHARES = frozenset(
    {"percent", "percentage", "%", "third", "thirds", "half", "quarter", "quarters", "fifth", "majority"}
)


def _places(anchor: Anchor, identified: Identified, *, any_definite: bool) -> bool:
    """Whether a body places its member: a named one, or a definite one that the article identifies (ruling 16).

    In front of the noun a common one only names a sector: "a police source", "a government official".

    Args:
        any_definite: a definite noun for one body is enough ("the town's only hospital").
    """
    if anchor.named:
        return (
            anchor.relation not in _AROUND or anchor_type(anchor) is not None or bool(anchor.noun in words_of.bodies())
        )
    if anchor.relation != "pre" and anchor.text.split()[-1][:1].isupper() and anchor.form is Form.BODY:
        return False  # a place by name: "residents of Puerto Amauta" are vague (ruling 6)
    if anchor.noun in _REGIONS and anchor.relation != "pre":
        return False  # "a security official in the province": a region, as vague as "local"
    if any_definite and anchor.definite and anchor.relation in _INSIDE and _is_one_body(anchor):
        return True  # "at the town's only hospital", "in the Selwyn delegation", "in his unit"
    return identified(anchor)


_AROUND = frozenset({"in", "near", "across", "around"})
"""After these a name that nothing is known of is a place, whatever a tagger says: "villagers in Ak-Bulak"."""
_INSIDE = frozenset({"at", "on", "in", "within", "inside", "of", "from", "with", "for"})
_REGIONS = frozenset(
    {"province", "district", "county", "city", "country", "state", "nation", "municipality", "governorate", "region"}
)


def _is_one_body(anchor: Anchor) -> bool:
    """Whether a noun is one for a single institution, not for a class of them ("the authorities")."""
    body = words_of.bodies().get(anchor.noun)
    return anchor.form is Form.BODY and body is not None and body.names_itself != "class"


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
    if (
        role.noun in _PORTFOLIOS
        and phrase.determiner == "definite"
        and (has_portfolio(phrase) or phrase.tail.startswith(("for ", "of ")))
    ):
        return True  # "the prisons minister", "the minister for energy", "the provincial governor"
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


_PORTFOLIOS = frozenset({"minister", "governor", "secretary", "mayor", "commissioner", "prefect"})


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
