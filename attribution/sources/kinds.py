"""Source types: who a phrase says its referent speaks as (standards §3.1, rulings 12 and 18)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from attribution.records import SourceType
from attribution.sources import vocabulary as words_of
from attribution.sources.mentions import Anchor, Form, Phrase
from attribution.sources.vocabulary import Role, normal

_OF_A_BODY = frozenset({"of", "at", "in", "within", "inside", "from", "with", "for", "to", "poss", "pre", "on", "by"})

STAYS = {
    # A doctor stays a professional in whatever body; an expert in a bank speaks for the market (standards §3.1).
    SourceType.PROFESSIONAL: frozenset({SourceType.SECURITY, SourceType.ARMED, SourceType.BUSINESS}),
    SourceType.EXPERT: frozenset(
        {SourceType.BUSINESS, SourceType.GOVERNMENT, SourceType.INTERGOVERNMENTAL, SourceType.SECURITY}
    ),
    SourceType.MEDIA: frozenset(),
}


def types_of(phrase: Phrase) -> tuple[SourceType, ...]:
    """The types that a phrase's own words give, primary first; ``()`` where they give none."""
    if phrase.form is Form.DOCUMENT:
        return (SourceType.OBSERVATION if _is_own_work(phrase) else SourceType.DOCUMENT,)
    if phrase.form is Form.BODY:
        return _unique(_body_types(phrase))
    if phrase.form is Form.NAME:
        owned = all(_is_country(a) for a in phrase.anchors)
        placed = () if owned else (SourceType.EXPERT,) if _is_of_academe(phrase) else _unique(_placed(phrase))
        return _unique(_role_types(phrase)) or _unique(_title_types(phrase)) or placed
    if phrase.form is Form.PERSON:
        return _unique(_role_types(phrase))
    return ()


def _is_own_work(phrase: Phrase) -> bool:
    """ "A Gazette analysis of court files": what an outlet worked out by itself (standards §3.1)."""
    by = [a for a in phrase.anchors if a.relation in ("pre", "by", "poss") and a.type is SourceType.MEDIA and a.named]
    return phrase.noun in ("analysis", "review", "examination") and bool(by)


def likely_types(phrases: Iterable[Phrase]) -> tuple[SourceType, ...]:
    """The best guess for an entity of which no phrase says what it is.

    What a clause says somebody does comes first ("who imports tyres"); else whoever is called by a name that no list
    has, or speaks for one, is taken for a firm and its people: news copy explains other bodies.
    """
    for phrase in (known := list(phrases)):
        if kind := activity_type(phrase):
            return (kind,)
    for phrase in known:
        unknown = phrase.form is Form.BODY and phrase.name and phrase.place is None
        if unknown or (phrase.form in (Form.NAME, Form.PERSON) and _of_unknown_body(phrase)):
            return (SourceType.BUSINESS,)
    return ()


def activity_type(phrase: Phrase) -> SourceType | None:
    """The type that a relative clause gives: "who teaches cryptography", "whose brother was buying onions"."""
    if phrase.form not in (Form.NAME, Form.PERSON):
        return None
    context = f" {phrase.tail.replace(',', ' ')} "
    context = " ".join(context.split())
    return next((kind for words, kind in words_of.activities() if f" {words} " in f" {context} "), None)


def _of_unknown_body(phrase: Phrase) -> bool:
    return any(_is_unknown_body(a) for a in phrase.anchors)


def _is_country(anchor: Anchor) -> bool:
    """ "France's Marine Le Pen": a place that owns somebody only says where."""
    return anchor.relation == "poss" and anchor.form is Form.BODY and not anchor.named and not anchor.role


def _is_unknown_body(anchor: Anchor) -> bool:
    return anchor.form is Form.BODY and anchor.named and anchor_type(anchor) is None


def _is_staff_of_any_body(role: Role) -> bool:
    """Whether the body decides as what somebody with this role speaks: "engineer", "manager", "member"."""
    return role.kind in ("post", "member") and "follows" in role.marks


def principal(phrase: Phrase) -> Anchor | None:
    """Whose type a relation inherits: the boss of an aide, the friend of a source "close to" somebody.

    Also the body that somebody is "of", where its name alone does not say what it is: another mention may.
    """
    if phrase.form in (Form.NAME, Form.PERSON) and (phrase.role is None or _is_staff_of_any_body(phrase.role)):
        unknown = [a for a in phrase.anchors if _is_unknown_body(a) and a.relation in _OF_A_BODY]
        if unknown:
            return unknown[0]
    if phrase.role is None:
        return None
    if phrase.role.type is SourceType.CITIZEN and phrase.role.kind == "close":
        return None  # supporters speak for themselves
    if phrase.role.noun in _LEGISLATORS and phrase.form is Form.NAME:
        return None
    if phrase.role.kind not in ("aide", "close", "kin", "source", "voice", "stance", "member"):
        if phrase.role.type is SourceType.PROFESSIONAL:
            return None  # "her doctor" speaks as a doctor
        if phrase.role.type is SourceType.JUDICIAL and phrase.role.noun in _LAWYERS:
            return _client(phrase)
        owners = [a for a in phrase.anchors if a.relation in ("poss", "pre") and a.form in (Form.NAME, Form.PRONOUN)]
        return owners[0] if owners and "follows" in phrase.role.marks else None
    people = [a for a in phrase.anchors if a.form in (Form.NAME, Form.PRONOUN, Form.PERSON, Form.BODY)]
    if phrase.role.kind == "source":
        close = "close to" in phrase.tail
        people = [a for a in people if (close and a.relation == "to") or (a.relation == "pre" and a.form is Form.NAME)]
    for relation in ("poss", "of", "to", "for", "pre"):
        for anchor in people:
            if anchor.relation == relation:
                return anchor
    return None


_LAWYERS = frozenset(
    {"lawyer", "attorney", "solicitor", "counsel", "chief counsel", "general counsel", "legal counsel", "legal adviser",
     "legal representative", "family lawyer"}
)  # fmt: skip


def _client(phrase: Phrase) -> Anchor | None:
    """Whom a lawyer speaks for: outside court, he speaks as his client would (ruling 12)."""
    for anchor in phrase.anchors:
        if anchor.relation in ("poss", "for", "with", "of") and anchor.form in (Form.NAME, Form.PRONOUN, Form.BODY):
            return anchor
    return None


def basis_of(phrase: Phrase) -> str | None:
    """How the phrase says its referent knows: "closeness", "access", "second-hand", "presence", or None."""
    context = f" {' '.join(phrase.modifiers).replace(' - ', '-')} | {phrase.tail} "
    return next((basis for words, basis in words_of.bases() if f" {words} " in context), None)


def anchor_type(anchor: Anchor) -> SourceType | None:
    """The type of the body that places somebody, by its noun, its entry, or the words of its name."""
    if anchor.type is not None or not anchor.named:
        return anchor.type
    return next(name_types(tuple(anchor.text.split())), None)


def _unique(types: Iterable[SourceType]) -> tuple[SourceType, ...]:
    return tuple(dict.fromkeys(types))


def _role_types(phrase: Phrase) -> Iterator[SourceType]:
    role = phrase.role
    if role is None:
        return
    if role.kind == "kin":
        yield SourceType.CITIZEN
        return
    if phrase.noun == "people" and (
        basis_of(phrase) or phrase.anchors or phrase.count or phrase.determiner == "definite"
    ):
        return
    if role.kind == "source" and (basis_of(phrase) or phrase.anchors):
        placed = list(_placed(phrase))
        yield from placed
        return
    if role.kind == "masses" and (phrase.of is not None or "public" not in role.marks):
        return  # "some", "people familiar with …": whoever they are, not the public
    if role.noun in _LEGISLATORS and phrase.form is Form.NAME:
        yield SourceType.POLITICAL  # as a title; "a representative of Halden" speaks for Halden
        return
    if role.noun == "leader" and any(w.capitalize() in words_of.place_adjectives() for w in phrase.modifiers):
        yield SourceType.GOVERNMENT
        return
    placed = (
        list(_placed(phrase))
        if role.type is None or "follows" in role.marks or role.kind in ("office", "public")
        else []
    )
    if role.type is not None and role.kind in ("public", "witness"):
        placed = []
    if role.type in STAYS:
        placed = [t for t in placed if t in STAYS[role.type]]
    if role.kind == "office" and role.type is SourceType.GOVERNMENT:
        placed = (
            [t for t in placed if t not in (SourceType.SECURITY, SourceType.JUDICIAL)] if " " in role.noun else placed
        )
    if role.kind not in ("voice", "office") and role.type is not SourceType.SECURITY and _is_of_academe(phrase):
        placed = [SourceType.EXPERT]
    if placed:
        yield from placed
    elif role.type is not None and "follows" in role.marks and role.kind == "post" and _of_unknown_body(phrase):
        yield SourceType.BUSINESS  # "an engineer at Quillo"
    elif (
        role.kind == "office"
        and role.type is SourceType.GOVERNMENT
        and any(a.form is Form.BODY and a.named and a.relation in ("of", "at") for a in phrase.anchors)
    ):
        return  # the president of a body that nothing is known of
    elif role.type is not None:
        yield role.type


_LEGISLATORS = frozenset({"representative", "delegate"})
ACADEME = frozenset({"university", "college", "institute", "polytechnic", "academy", "laboratory", "observatory"})


def _is_of_academe(phrase: Phrase) -> bool:
    """Whether somebody works at a university or institute, and so speaks as an expert (ruling 18)."""
    return any(
        a.form is Form.BODY
        and a.named
        and a.relation in ("at", "of", "from", "pre")
        and ACADEME & set(normal(a.text).split())
        for a in phrase.anchors
    )


def _placed(phrase: Phrase) -> Iterator[SourceType]:
    """Types from the modifiers in front, then from the bodies around; nearest to the head first, but of
    coordinated modifiers ("security and political sources") the first leads."""
    found = list(_modifier_types(phrase.modifiers))
    bodies = [
        (a, kind)
        for a in phrase.anchors
        if a.relation in _OF_A_BODY and a.form is Form.BODY and (kind := anchor_type(a)) is not None
    ]
    # "France's party leader": the country is where, the party is what.
    front = [kind for a, kind in bodies if a.relation in ("pre", "poss") and not (_is_country(a) and found)]
    if phrase.role is not None and phrase.role.kind == "expert":
        found = []  # "a cybersecurity expert" is an expert; only a body speaks through him
    if found and not front:
        yield from found
        return
    if front:
        yield front[-1]
        if " and " in " ".join(phrase.modifiers):
            yield from found
        return
    yield from (kind for _, kind in bodies)


def _modifier_types(modifiers: tuple[str, ...]) -> Iterator[SourceType]:
    sectors = words_of.sectors()
    taken: set[int] = set()
    found: list[tuple[int, SourceType]] = []
    for length in (3, 2, 1):
        for start in range(len(modifiers) - length + 1):
            window = range(start, start + length)
            phrase = normal(" ".join(modifiers[start : start + length]).replace(" - ", "-"))
            kind = sectors.get(phrase)
            if kind is not None and not taken & set(window):
                taken.update(window)
                found.append((start, kind))
    if not found:
        return
    found.sort()
    # Without a coordination the modifier nearest to the head is the one that places it: "state security official".
    coordinated = [(a, b) for a, b in pairwise(found) if b[0] - a[0] > 1] or len(found) == 1
    yield from (kind for _, kind in (found if coordinated else reversed(found[-1:])))


def _title_types(phrase: Phrase) -> Iterator[SourceType]:
    for title in phrase.title:
        known = words_of.honorifics().get(title)
        if known is not None and known.type is not None:
            yield known.type


def _body_types(phrase: Phrase) -> Iterator[SourceType]:
    if phrase.organisation is not None:
        yield phrase.organisation.type
        return
    body = phrase.body
    if (opening := _opening_type(phrase.name)) is not None:
        yield opening
        return
    if any(text.endswith("PAC") for text in (*phrase.name[-1:], *(a.text for a in phrase.anchors if a.named))):
        yield SourceType.POLITICAL  # whatever the rest of its name says
        return
    words = tuple(normal(w) for w in phrase.name) or phrase.modifiers
    if body is not None and body.type is not None and not body.open:
        yield body.type
        return
    found = list(_modifier_types((*phrase.modifiers, *words)))
    front = [
        kind
        for a in phrase.anchors
        if a.form is Form.BODY and a.relation in ("pre", "poss") and (kind := anchor_type(a))
    ]
    if body is not None and body.noun == "board" and "directors" in phrase.tail:
        yield SourceType.BUSINESS
    elif found and body is not None and body.noun in _OFFICES and found[-1] in _NO_OFFICE:
        yield SourceType.GOVERNMENT  # "the Charity Commission" regulates charities
    elif found:
        yield found[-1]
    elif front:
        yield front[0]
    elif body is not None and body.type is not None:
        yield body.type
    else:
        yield from name_types(phrase.name)
    if phrase.place is not None:
        yield SourceType.GOVERNMENT


def _opening_type(name: tuple[str, ...]) -> SourceType | None:
    """By how a name opens: "the UN Environment Programme", "the European Space Agency", "the Bank of England"."""
    if len(name) < 2:
        return None
    if name[0] in _UNIONS or name[:2] in _LONG_UNIONS:
        court = any(w in ("Court", "Tribunal") for w in name)
        return SourceType.JUDICIAL if court else SourceType.INTERGOVERNMENTAL
    # Banks of a place that trade are in the lists.
    return SourceType.GOVERNMENT if name[:2] == ("Bank", "of") else None


_UNIONS = frozenset({"UN", "U.N.", "EU", "E.U.", "NATO"})
_LONG_UNIONS = frozenset(
    (first, second)
    for first, seconds in {
        "United": ["Nations"],
        "European": [
            "Union",
            "Commission",
            "Council",
            "Parliament",
            "Central",
            "Space",
            "Court",
            "Medicines",
            "Banking",
        ],
        "African": ["Union", "Development"],
        "Arab": ["League"],
        "International": ["Criminal", "Monetary", "Atomic", "Court", "Energy", "Labour", "Maritime", "Organization"],
        "World": ["Health", "Bank", "Trade", "Food", "Meteorological"],
    }.items()
    for second in seconds
)
_OFFICES = frozenset(
    {"commission", "authority", "agency", "department", "office", "bureau", "ministry", "inspectorate"}
)
_NO_OFFICE = frozenset({SourceType.BUSINESS, SourceType.CIVIL_SOCIETY, SourceType.EXPERT, SourceType.MEDIA})


def name_types(name: tuple[str, ...]) -> Iterator[SourceType]:
    """By the words of a name: "Wagner Bank" is a bank, "Lagos Business School" a school."""
    if (opening := _opening_type(name)) is not None:
        yield opening
        return
    for word in reversed(name):
        body = words_of.bodies().get(normal(word))
        if body is not None and body.type is not None:
            yield body.type
            return
        suggested = words_of.name_words("body").get(normal(word).rstrip("."))
        if suggested is not None:
            yield suggested
            return
    for word in name:
        kind = words_of.sectors().get(normal(word))
        if kind is not None:
            yield kind
            return
