"""The word lists of this stage, as typed look-ups.

Keys are lower case with straight apostrophes; entries of several words are found as the longest phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from attribution.lexicon import read_table
from attribution.records import SourceType

_TYPES = frozenset(t.value for t in SourceType) | {"-"}
_GENDERS = frozenset({"m", "f", "-"})

ROLE_CLASSES = frozenset(
    {"voice", "office", "post", "member", "aide", "close", "kin", "partisan", "public", "witness", "masses", "expert",
     "journalist", "stance", "source"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Role:
    """A noun for people.

    Attributes:
        type: what it says of the type; None where modifiers or a principal decide ("official", "aide").
        kind: how it places somebody, one of ``ROLE_CLASSES``.
        gender: "m", "f" or None.
        marks: see the head of ``roles.tsv``.
    """

    noun: str
    type: SourceType | None
    kind: str
    gender: str | None
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Body:
    """A noun for institutions, or the name of one.

    Attributes:
        names_itself: "yes" where the bare definite is accountable ("the army"), "no" where it needs a name,
            "class" where it stays vague ("authorities").
        open: what stands before it decides the type ("rebel group").
    """

    noun: str
    type: SourceType | None
    names_itself: str
    open: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that news copy names without saying what it is; ``name`` is the main form."""

    name: str
    type: SourceType
    kind: str


@dataclass(frozen=True, slots=True)
class Place:
    """A country, capital, region or state; ``country`` is what it belongs to or is another name of."""

    name: str
    kind: str
    country: str


def normal(words: str) -> str:
    """Lower case, straight apostrophes, single spaces, no "the" in front: the form of all keys."""
    words = " ".join(words.replace("’", "'").split()).lower()
    return words.removeprefix("the ")


def singular(word: str) -> str:
    """The likely singular of a plural that the parser took for a name: "Lawmakers", "Republicans"."""
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _type(code: str) -> SourceType | None:
    return None if code == "-" else SourceType(code)


def _gender(code: str) -> str | None:
    return None if code == "-" else code


@cache
def roles() -> Mapping[str, Role]:
    rows = read_table(
        "roles.tsv",
        ("noun", "type", "class", "gender", "marks"),
        key=("noun",),
        allowed={"type": _TYPES, "class": ROLE_CLASSES, "gender": _GENDERS},
    )
    return {
        normal(r["noun"]): Role(
            normal(r["noun"]), _type(r["type"]), r["class"], _gender(r["gender"]), frozenset(r["marks"].split()) - {"-"}
        )
        for r in rows
    }


@cache
def sectors() -> Mapping[str, SourceType]:
    rows = read_table("sectors.tsv", ("word", "type"), key=("word",), allowed={"type": _TYPES})
    return {normal(r["word"]): SourceType(r["type"]) for r in rows}


@cache
def bodies() -> Mapping[str, Body]:
    rows = read_table(
        "bodies.tsv",
        ("noun", "type", "names_itself", "marks"),
        key=("noun",),
        allowed={"type": _TYPES, "names_itself": {"yes", "no", "class"}, "marks": {"open", "-"}},
    )
    return {
        normal(r["noun"]): Body(normal(r["noun"]), _type(r["type"]), r["names_itself"], r["marks"] == "open")
        for r in rows
    }


@cache
def organisations() -> Mapping[str, Organisation]:
    """Every name and alias, to the organisation."""
    rows = read_table(
        "organisations.tsv",
        ("name", "aliases", "type", "kind"),
        key=("name",),
        allowed={"type": _TYPES, "kind": {"body", "metonym"}},
    )
    return _by_every_name((Organisation(r["name"], SourceType(r["type"]), r["kind"]), r["aliases"]) for r in rows)


@cache
def outlets() -> Mapping[str, Organisation]:
    """Media outlets and agencies by every name; ``kind`` is "agency", "outlet" or "state"."""
    rows = read_table(
        "outlets.tsv", ("name", "aliases", "kind"), key=("name",), allowed={"kind": {"agency", "outlet", "state"}}
    )
    return _by_every_name((Organisation(r["name"], SourceType.MEDIA, r["kind"]), r["aliases"]) for r in rows)


def _by_every_name(entries: Iterable[tuple[Organisation, str]]) -> dict[str, Organisation]:
    # Names of one word keep their capitals: "who" is not the WHO, "target" not Target.
    found: dict[str, Organisation] = {}
    for organisation, aliases in entries:
        for name in (organisation.name, *aliases.split("|")):
            if name != "-":
                found.setdefault(name_key(name), organisation)
    return found


def name_key(name: str) -> str:
    """How names of organisations are looked up: as printed, but for apostrophes, spaces and "the" in front."""
    name = " ".join(name.replace("’", "'").split())
    return re.sub(r"^[Tt]he ", "", name)


@cache
def places() -> Mapping[str, Place]:
    """Names of places, as printed."""
    rows = _place_rows()
    return {name_key(r["name"]): Place(r["name"], r["kind"], r["name"] if r["of"] == "-" else r["of"]) for r in rows}


@cache
def place_adjectives() -> Mapping[str, str]:
    """ "Malian" to "Mali"; with capitals, as printed."""
    return {a: r["name"] for r in _place_rows() if r["adjectives"] != "-" for a in r["adjectives"].split("|")}


def _place_rows() -> tuple[Mapping[str, str], ...]:
    return read_table(
        "places.tsv",
        ("name", "kind", "adjectives", "of"),
        key=("name",),
        allowed={"kind": {"country", "capital", "region", "state"}},
    )


@cache
def document_nouns() -> Mapping[str, str]:
    rows = read_table(
        "document_nouns.tsv", ("noun", "class"), key=("noun",), allowed={"class": {"record", "report", "post"}}
    )
    return {normal(r["noun"]): r["class"] for r in rows}


@dataclass(frozen=True, slots=True)
class Honorific:
    """A title before a name; ``noun`` is what "the …" later calls its bearer, "" for nothing."""

    gender: str | None
    type: SourceType | None
    noun: str


@cache
def honorifics() -> Mapping[str, Honorific]:
    """Titles before names, as printed."""
    rows = read_table(
        "honorifics.tsv",
        ("title", "gender", "type", "noun"),
        key=("title",),
        allowed={"type": _TYPES, "gender": _GENDERS},
    )
    return {
        r["title"]: Honorific(_gender(r["gender"]), _type(r["type"]), "" if r["noun"] == "-" else r["noun"])
        for r in rows
    }


@cache
def given_names() -> Mapping[str, str | None]:
    """Given names, as printed, to gender."""
    rows = read_table("given_names.tsv", ("name", "gender"), key=("name",), allowed={"gender": _GENDERS})
    return {r["name"]: _gender(r["gender"]) for r in rows}


@cache
def public_figures() -> Mapping[str, tuple[SourceType, str | None]]:
    """Full names of people whom copy does not introduce, to (type, gender)."""
    return {r["name"].replace("’", "'"): _figure(r) for r in _figure_rows()}


@cache
def figure(name: str) -> tuple[SourceType, str | None] | None:
    """(type, gender) of a public figure by full name, or by a surname that copy uses alone for people of one type.

    A full name may have initials in the middle or "Jr." behind, which no list needs to know.
    """
    name = name.replace("’", "'")
    exact = public_figures().get(name)
    if exact is not None:
        return exact
    bearers = _bearers().get(plain_name(name), ())
    if not bearers or len({kind for kind, _ in bearers}) > 1:
        return None
    return bearers[0][0], bearers[0][1] if len({gender for _, gender in bearers}) == 1 else None


def plain_name(name: str) -> str:
    """A personal name without initials in the middle and without what tells a son from his father."""
    first, *rest = [word for word in name.replace(",", "").split() if word not in _GENERATIONS] or [name]
    return " ".join([first, *(word for word in rest if not _INITIAL.fullmatch(word))])


_INITIAL = re.compile(r"[A-Z]\.?")
_GENERATIONS = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"})


@cache
def _bearers() -> Mapping[str, list[tuple[SourceType, str | None]]]:
    """Figures by plain full name, and by surname where that is enough."""
    found: dict[str, list[tuple[SourceType, str | None]]] = {}
    for row in _figure_rows():
        name = row["name"].replace("’", "'")
        keys = {plain_name(name)} | ({name.split()[-1]} if row["surname"] == "yes" else set())
        for key in keys:
            found.setdefault(key, []).append(_figure(row))
    return found


def _figure(row: Mapping[str, str]) -> tuple[SourceType, str | None]:
    return SourceType(row["type"]), _gender(row["gender"])


def _figure_rows() -> tuple[Mapping[str, str], ...]:
    return read_table(
        "public_figures.tsv",
        ("name", "type", "gender", "surname"),
        key=("name",),
        allowed={"type": _TYPES, "gender": _GENDERS, "surname": {"yes", "-"}},
    )


@cache
def bases() -> tuple[tuple[str, str], ...]:
    """Phrases that say how a source knows, longest first, with their class."""
    rows = read_table(
        "closeness.tsv",
        ("phrase", "basis"),
        key=("phrase",),
        allowed={"basis": {"closeness", "access", "second-hand", "presence"}},
    )
    return tuple(sorted(((r["phrase"], r["basis"]) for r in rows), key=lambda entry: -len(entry[0])))


@cache
def activities() -> tuple[tuple[str, SourceType], ...]:
    """What clauses say somebody does, longest first, with the type."""
    rows = read_table("activities.tsv", ("phrase", "type"), key=("phrase",), allowed={"type": _TYPES})
    return tuple(sorted(((r["phrase"], SourceType(r["type"])) for r in rows), key=lambda entry: -len(entry[0])))


@cache
def grant_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = read_table("anonymity_grants.tsv", ("name", "pattern"), key=("name",))
    return tuple((r["name"], re.compile(r"\b" + r["pattern"] + r"\b")) for r in rows)


@cache
def reason_patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """(name, "specific" or "boilerplate", pattern)."""
    rows = read_table(
        "reasons.tsv", ("name", "class", "pattern"), key=("name",), allowed={"class": {"specific", "boilerplate"}}
    )
    return tuple((r["name"], r["class"], re.compile(r["pattern"])) for r in rows)


@cache
def synonyms() -> tuple[frozenset[str], ...]:
    """Sets of role nouns any of which can take up another."""
    return tuple(frozenset(r["words"].split("|")) for r in read_table("role_synonyms.tsv", ("words",), key=("words",)))


@cache
def body_references() -> Mapping[str, frozenset[SourceType | None]]:
    """Common nouns that can take up a named body of these types; None stands for a body of no known type."""
    rows = read_table("body_references.tsv", ("noun", "types"), key=("noun",))
    return {
        r["noun"]: frozenset(None if t == "unknown" else SourceType(t) for t in r["types"].split("|")) for r in rows
    }


@cache
def determiners(kind: str) -> frozenset[str]:
    """Words of one class: "definite", "indefinite" or "fresh"."""
    rows = read_table(
        "determiners.tsv", ("word", "class"), key=("word",), allowed={"class": {"definite", "indefinite", "fresh"}}
    )
    return frozenset(r["word"] for r in rows if r["class"] == kind)


@cache
def counting(kind: str) -> Mapping[str, str]:
    """Words of one class ("number", "quantifier", "quantity", "part", "mass") to their value."""
    rows = read_table(
        "counting_words.tsv",
        ("word", "class", "value"),
        key=("word", "class"),
        allowed={"class": {"number", "quantifier", "quantity", "part", "mass"}},
    )
    return {r["word"]: r["value"] for r in rows if r["class"] == kind}


@cache
def name_words(kind: str) -> Mapping[str, SourceType | None]:
    """Words of one class ("suffix", "particle", "body") inside proper names, to the type they suggest."""
    rows = read_table(
        "name_words.tsv",
        ("word", "class", "type"),
        key=("word", "class"),
        allowed={"class": {"suffix", "particle", "body"}, "type": _TYPES},
    )
    return {r["word"]: _type(r["type"]) for r in rows if r["class"] == kind}


@cache
def pseudonym_wordings(kind: str | None = None) -> tuple[str, ...]:
    """Wordings for a name that is no real or no full one: all, or one kind ("pseudonym", "partial")."""
    rows = read_table(
        "pseudonym_wordings.tsv", ("wording", "kind"), key=("wording",), allowed={"kind": {"pseudonym", "partial"}}
    )
    return tuple(r["wording"] for r in rows if kind in (None, r["kind"]))
