"""Phrases that the grammar itself says are one: names of one person, appositions, "X is the Y of Z"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attribution.extract.syntax import Syntax
from attribution.sources import names
from attribution.sources.mentions import Form, Phrase
from attribution.sources.vocabulary import name_key, organisations, outlets


class Groups:
    """Sets of phrase heads that stand for one referent (union-find)."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def root(self, head: int) -> int:
        while (parent := self._parent.get(head, head)) != head:
            head = parent
        return head

    def unite(self, first: int, second: int) -> None:
        a, b = sorted((self.root(first), self.root(second)))
        self._parent[b] = a


def equate(syntax: Syntax, phrases: dict[int, Phrase]) -> tuple[Groups, dict[int, list[Phrase]]]:
    """Which heads are one referent, and the predicates ("X is a farmer") said of each, by head."""
    groups = Groups()
    for head, phrase in phrases.items():
        for other in _apposed(syntax, phrase, phrases):
            if not _would_join_two(groups, phrases, head, other):
                groups.unite(head, other)
    _unite_names(groups, phrases)
    _unite_bodies(groups, phrases, syntax)
    predicates: dict[int, list[Phrase]] = {}
    for subject, predicate in _predications(syntax, phrases):
        predicates.setdefault(subject, []).append(predicate)
    return groups, predicates


# ---------------------------------------------------------------------------------- apposition


def _apposed(syntax: Syntax, phrase: Phrase, phrases: dict[int, Phrase]) -> Iterator[int]:
    for child in syntax.children(phrase.head, "appos"):
        other = phrases.get(child)
        if other is not None and _can_be_one(phrase, other) and not _may_be_of_anchor(phrase, other):
            yield child
    for beside in (
        _beside(syntax, phrase, phrases),
        _behind_anchor(syntax, phrase, phrases),
        _identified_as(syntax, phrase, phrases),
    ):
        if beside is not None:
            yield beside


def _may_be_of_anchor(phrase: Phrase, other: Phrase) -> bool:
    """Whether a name after a comma may be the principal's: "an aide to the minister, Anna Roth" is perhaps not her."""
    if phrase.form is not Form.PERSON or other.form is not Form.NAME or phrase.of is not None:
        return False
    before = other.core[0] - 2  # past the comma
    return any(
        a.form is Form.PERSON and a.definite and a.relation != "pre" and a.head == before for a in phrase.anchors
    )


def _behind_anchor(syntax: Syntax, phrase: Phrase, phrases: dict[int, Phrase]) -> int | None:
    """A name behind whom it is placed by: "a spokesman for Senator Lena Ortiz, Paul Drake, said"."""
    if phrase.form is not Form.PERSON or phrase.plural:
        return None
    for anchor in phrase.anchors:
        placing = phrases.get(anchor.head)
        if placing is None or anchor.relation == "pre" or placing.core[-1] < phrase.head:
            continue
        if not anchor.named and not _is_voice_of_office(phrase, placing):
            continue
        comma = placing.core[-1] + 1
        other = next((p for p in phrases.values() if p.form is Form.NAME and p.core[0] == comma + 1), None)
        if other is None or syntax.token(comma).text != "," or other.head not in phrase.extent:
            continue
        after = other.core[-1] + 1
        closed = after not in phrase.extent or syntax.token(after).text == ","
        closed = closed and not any(syntax.token(i).upos == "CCONJ" for i in phrase.extent if i >= after)
        if closed and not any(names.same_person(p.name, other.name) for p in (placing,) if p.form is Form.NAME):
            return other.head
    return None


def _is_voice_of_office(voice: Phrase, placing: Phrase) -> bool:
    """ "A spokeswoman for the auditor general, Lotte Kray, said": the one who speaks is named, not who holds office."""
    roles = (voice.role, placing.role)
    kinds = tuple(r.kind if r is not None else "" for r in roles)
    return kinds == ("voice", "office") and placing.determiner == "definite"


def _identified_as(syntax: Syntax, phrase: Phrase, phrases: dict[int, Phrase]) -> int | None:
    """The name by which others know somebody: "a person identified by two employees as Ilka Brandt"."""
    if phrase.form is not Form.PERSON or phrase.plural or phrase.of is not None:
        return None
    for verb in syntax.children(phrase.head, "acl"):
        if syntax.lemma(verb) not in ("identify", "name"):
            continue
        for at in range(verb + 1, min(verb + _IDENTIFIERS, syntax.sentence_of(verb).last)):
            if syntax.is_punctuation(at) or syntax.is_verb(at):
                break
            if syntax.word(at) == "as":
                return next((h for h, p in phrases.items() if p.form is Form.NAME and p.core[0] == at + 1), None)
    return None


_IDENTIFIERS = 10
"""Words within which copy says who identified somebody, up to the name."""


def _would_join_two(groups: Groups, phrases: dict[int, Phrase], first: int, second: int) -> bool:
    """Whether an apposition would make one of two people: "Ann Lee, a Democrat, and Bo Ek, a Republican"."""
    roots = (groups.root(first), groups.root(second))
    full = [(h, p.name) for h, p in phrases.items() if p.form is Form.NAME and len(names.key(p.name)) > 1]
    called = [[name for h, name in full if groups.root(h) == root] for root in roots]
    return any(not names.same_person(a, b) for a in called[0] for b in called[1])


def _beside(syntax: Syntax, phrase: Phrase, phrases: dict[int, Phrase]) -> int | None:
    """An apposition that the tree misses: what starts right after a comma and ends at the next, inside one source."""
    comma = phrase.core[-1] + 1
    if (
        phrase.form not in (Form.NAME, Form.PERSON)
        or comma + 1 >= len(syntax.tokens)
        or syntax.token(comma).text not in (",", "—", "–")
    ):
        return None
    start = comma + 1
    other = next(
        (p for h, p in phrases.items() if p.core[0] == start and h > comma and p.form in (Form.PERSON, Form.NAME)), None
    )
    if other is None or Form.NAME not in (phrase.form, other.form) or not _can_be_one(phrase, other):
        return None
    enclosed = comma in phrase.extent and other.head in phrase.extent
    after = other.extent[-1] + 1
    closed = after < len(syntax.tokens) and syntax.token(after).text in (",", "—", "–", ".", ")")
    clausal = (
        syntax.has_relation(other.head, "nsubj", "obj", "iobj", "conj") and syntax.head(other.head) not in phrase.core
    )
    return other.head if enclosed or (closed and not clausal) else None


def _can_be_one(first: Phrase, second: Phrase) -> bool:
    people = (Form.NAME, Form.PERSON, Form.OTHER)
    if first.form is Form.NAME and second.form is Form.NAME:
        return names.same_person(first.name, second.name)
    if Form.NAME in (first.form, second.form):
        described = second if first.form is Form.NAME else first
        return described.form in people and not described.plural
    if first.form is Form.PERSON and second.form in (Form.PERSON, Form.OTHER):
        return first.plural == second.plural
    if first.form is Form.BODY and second.form in (Form.BODY, Form.OTHER):
        return first.plural == second.plural
    return first.form is Form.DOCUMENT and second.form in (Form.DOCUMENT, Form.OTHER)


def listed_members(syntax: Syntax, phrase: Phrase, phrases: dict[int, Phrase]) -> tuple[int, ...]:
    """The names that a plural is fully spelled out by: "two analysts, Ann Lee and Bo Ek" (ruling 3)."""
    if not phrase.plural:
        return ()
    for child in syntax.children(phrase.head, "appos"):
        heads = (child, *syntax.children(child, "conj"))
        listed = tuple(h for h in heads if h in phrases and phrases[h].form is Form.NAME)
        if len(listed) > 1 and len(listed) == len(heads) and phrase.count in (None, str(len(listed))):
            return listed
    inside = tuple(
        h
        for h in phrase.extent
        if h > phrase.head and h in phrases and phrases[h].form is Form.NAME and phrases[h].head == h
    )
    comma = phrase.core[-1] + 1 < len(syntax.tokens) and syntax.token(phrase.core[-1] + 1).text in (",", ":", "—")
    return inside if comma and len(inside) > 1 and phrase.count == str(len(inside)) else ()


# ---------------------------------------------------------------------------------- names


def _unite_names(groups: Groups, phrases: dict[int, Phrase]) -> None:
    """Full and short forms of a person's name.

    A surname that two people of the article share goes to the one whose title or gender it fits, then to the one
    that was last called by full name; it stays apart where neither decides.
    """
    people = [p for p in phrases.values() if p.form is Form.NAME]
    full: list[list[Phrase]] = []
    for phrase in people:
        if len(names.key(phrase.name)) > 1:
            for cluster in full:
                if any(names.same_person(p.name, phrase.name) for p in cluster) and _same_gender(cluster[0], phrase):
                    cluster.append(phrase)
                    break
            else:
                full.append([phrase])
    short: dict[tuple[str, ...], list[Phrase]] = {}
    for phrase in people:
        if len(names.key(phrase.name)) > 1:
            continue
        fitting = [
            c for c in full if any(names.same_person(p.name, phrase.name) for p in c) and _same_gender(c[0], phrase)
        ]
        chosen = fitting[0] if len(fitting) == 1 else _by_use(fitting, phrase)
        if chosen is not None:
            groups.unite(chosen[0].head, phrase.head)
        elif not fitting:
            short.setdefault(names.key(phrase.name), []).append(phrase)
    for cluster in [*full, *short.values()]:
        for phrase in cluster[1:]:
            groups.unite(cluster[0].head, phrase.head)


def _same_gender(first: Phrase, second: Phrase) -> bool:
    a, b = (names.gender(p.name, p.title) for p in (first, second))
    return a is None or b is None or a == b


def _by_use(clusters: list[list[Phrase]], short: Phrase) -> list[Phrase] | None:
    """Of several bearers of a surname, the only one introduced before it."""
    before = [c for c in clusters if any(p.head < short.head for p in c)]
    return before[0] if len(before) == 1 else None


# ---------------------------------------------------------------------------------- bodies


def _unite_bodies(groups: Groups, phrases: dict[int, Phrase], syntax: Syntax) -> None:
    seen: dict[str, int] = {}
    full_forms: dict[str, int] = {}
    bodies = [p for p in phrases.values() if p.form is Form.BODY]
    for phrase in bodies:
        if not phrase.name:
            continue
        for key in _keys(phrase, syntax):
            if key in seen:
                groups.unite(seen[key], phrase.head)
            seen.setdefault(key, phrase.head)
        if len(phrase.name) > 1:
            full_forms.setdefault(name_key(" ".join(phrase.name)), phrase.head)
    for phrase in bodies:
        short = name_key(" ".join(phrase.name))
        # "Boeing" after "Boeing Commercial Airplanes": the short form of one body only.
        if len(phrase.name) == 1 and short[:1].isupper() and phrase.place is None:
            longer = {
                groups.root(head)
                for full, head in full_forms.items()
                if full.split()[0] == short and head < phrase.head
            }
            if len(longer) == 1 and not phrase.organisation:
                groups.unite(next(iter(longer)), phrase.head)


def _keys(phrase: Phrase, syntax: Syntax) -> Iterator[str]:
    """What a name of a body is recognised by: itself, its organisation, its acronym, its place's government."""
    name = name_key(" ".join(phrase.name)).replace(" 's", "'s")
    if phrase.place is not None:
        yield f"place {phrase.place.country}"
        return
    organisation = phrase.organisation or organisations().get(name) or outlets().get(name)
    if organisation is not None:
        yield f"organisation {organisation.name}"
    yield name.lower().replace(".", "")
    stated = stated_acronym(phrase, syntax)
    if stated:
        yield stated.lower()
    initials = "".join(w[0] for w in name.split() if w[:1].isupper())
    if len(initials) >= 2 and any(t.text.replace(".", "") == initials for t in syntax.tokens):
        yield initials.lower()


def stated_acronym(phrase: Phrase, syntax: Syntax) -> str | None:
    """The "PHA" of "the Public Health Agency (PHA)"."""
    end = syntax.token(phrase.core[-1]).span.end
    match = re.match(r"\s*\(\s*(?:the )?[\"“]?([A-Z][A-Za-z.&-]{1,9})[\"”]?\s*\)", syntax.article.prose[end : end + 20])
    return match[1].replace(".", "") if match else None


# ---------------------------------------------------------------------------------- predicates


def _predications(syntax: Syntax, phrases: dict[int, Phrase]) -> Iterator[tuple[int, Phrase]]:
    """(subject head, predicate phrase) of "Ann Lee is the director of the clinic" and "X, who heads Y"."""
    for head, predicate in phrases.items():
        if predicate.form not in (Form.PERSON, Form.BODY) or syntax.child(head, "cop") is None:
            continue
        if any(syntax.lemma(c) in ("not", "never") for c in syntax.children(head, "advmod")):
            continue
        subject = syntax.child(head, "nsubj")
        if subject is not None and syntax.word(subject) in ("who", "which", "that"):
            subject = syntax.head(head)
        if (
            subject in phrases
            and phrases[subject].form in (Form.NAME, Form.PERSON, Form.BODY)
            and not _hedged(syntax, head)
        ):
            yield subject, predicate


def _hedged(syntax: Syntax, head: int) -> bool:
    return any(syntax.lemma(c) in ("may", "might", "could", "would") for c in syntax.children(head, "aux"))
