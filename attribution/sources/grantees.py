"""Whose anonymity a wording is about."""

from __future__ import annotations

from attribution.records import SourceType
from attribution.sources import vocabulary as words_of
from attribution.sources.entities import Entity
from attribution.sources.mentions import Form, Phrase
from attribution.sources.resolve import Resolver


def holders(
    resolver: Resolver, index: int, anchor: int, unnamed: list[Entity], *, strictly: bool = False
) -> list[Entity]:
    """The sources a wording is about: by the tree, else the only unnamed source of its sentence.

    Args:
        index: the sentence.
        anchor: the token that the wording hangs on.
        unnamed: the sources that can hold a grant.
        strictly: only by the tree or from the sentence itself.
    """
    counted = _counted(resolver, index, anchor, unnamed)
    if counted is not None:
        return counted
    found = _by_tree(resolver, anchor)
    if found is _NOBODY_KNOWN:
        return []
    if isinstance(found, Entity):
        blanket = _blanket(found, index, unnamed)
        if blanket:
            return blanket
        if found in unnamed:
            return [found]
        if found.form is not Form.PRONOUN:
            return _spoken_of(resolver, found, index, anchor, unnamed)
    here = [e for e in unnamed if any(m.sentence == index and m.attribution for m in e.mentions)]
    if len(here) == 1:
        return here
    if strictly or here:
        return []
    before = [e for e in unnamed if any(m.sentence == index - 1 and m.attribution for m in e.mentions)]
    return before if len(before) == 1 else []


def _counted(resolver: Resolver, index: int, anchor: int, unnamed: list[Entity]) -> list[Entity] | None:
    """ "Both asked …", "All three spoke …", "The latter declined …"; None where the subject is no such word."""
    head = _subject(resolver, anchor)
    if head is None:
        return None
    word = resolver.syntax.word(head)
    if word in ("former", "latter"):
        pair = _listed(resolver, index - 1)
        chosen = [pair[word == "latter"]] if len(pair) == 2 else []
        return [e for e in chosen if e in unnamed]
    number = "2" if word == "both" else words_of.counting("number").get(word)
    phrase = resolver.phrases.get(head)
    if number is None or (phrase is not None and phrase.of is not None):
        return None
    near = [e for e in unnamed if _spoke_near(e, resolver, anchor, reach=2)]
    groups = [e for e in near if len(e.members) == int(number) or _is_counted(e, number)]
    if groups:
        return [max(groups, key=lambda e: max(m.at for m in e.mentions if m.at < anchor))]
    alone = [e for e in near if not e.plural and _spoke_near(e, resolver, anchor, reach=1)]
    if len(alone) == int(number):
        return alone
    listed = _listed(resolver, index - 1)
    return [e for e in listed if e in unnamed] if len(listed) == int(number) else []


def _is_counted(entity: Entity, number: str) -> bool:
    return entity.plural and any(p.count == number for p in entity.phrases)


def _listed(resolver: Resolver, sentence: int) -> list[Entity]:
    """Who is listed in a sentence, if there is one list of people in it: "a dentist and his receptionist"."""
    lists = []
    for first, phrase in resolver.phrases.items():
        if resolver.syntax.token(first).sentence == sentence and phrase.form in (Form.PERSON, Form.NAME):
            heads = (first, *resolver.syntax.children(first, "conj"))
            people = [e for h in heads if (e := resolver.by_head.get(h)) is not None]
            if len(people) > 1:
                lists.append(people)
    return lists[0] if len(lists) == 1 else []


def _spoke_near(entity: Entity, resolver: Resolver, anchor: int, *, reach: int) -> bool:
    here = resolver.paragraph_of(anchor)
    return any(m.attribution and m.at < anchor and here - m.paragraph <= reach for m in entity.mentions)


def _subject(resolver: Resolver, anchor: int) -> int | None:
    """The subject of the clause that a wording stands in."""
    for at in (anchor, *resolver.syntax.ancestors(anchor)):
        if (head := resolver.syntax.child(at, "nsubj", "nsubj:pass")) is not None:
            return head
    return None


_NOBODY_KNOWN = object()


def _by_tree(resolver: Resolver, anchor: int) -> Entity | object | None:
    """Whom a wording is about; ``_NOBODY_KNOWN`` for somebody who is no entity ("two of her officials")."""
    syntax = resolver.syntax
    for at in (anchor, *syntax.ancestors(anchor)):
        if syntax.token(at).upos in ("VERB", "AUX") or syntax.child(at, "cop") is not None:
            given = _given_to(resolver, at)
            if given is not None:
                return given
            entity = resolver.grantee(at)
            if entity is not None:
                return entity
            own = syntax.child(at, "nsubj", "nsubj:pass")
            phrase = resolver.phrases.get(own) if own is not None else None
            if phrase is not None and phrase.of is not None:
                return resolver.by_head.get(phrase.of.head) or _NOBODY_KNOWN
            if phrase is not None and phrase.form is Form.PERSON:
                return _NOBODY_KNOWN
        elif (
            (entity := resolver.by_head.get(at)) is not None
            and at != anchor
            and syntax.token(at).upos in ("NOUN", "PROPN")
        ):
            return entity
    return None


def their_groups(holders: list[Entity], index: int) -> list[Entity]:
    """ "Two of the people said … They declined to be named": the people are meant."""
    return [
        e.whole
        for e in holders
        if e.whole is not None
        and any(m.sentence == index and m.phrase.noun in ("they", "all", "both") for m in e.mentions)
    ]


def _given_to(resolver: Resolver, verb: int) -> Entity | None:
    """To whom an outlet grants anonymity: "AFP granted the officials anonymity", "anonymity was given to them"."""
    syntax = resolver.syntax
    if syntax.lemma(verb) not in ("grant", "give", "offer", "promise", "guarantee", "accord", "allow"):
        return None
    for child in (*syntax.children(verb, "iobj"), *syntax.children(verb, "obj", "obl")):
        entity = resolver.by_head.get(child)
        if entity is not None and entity.form in (Form.PERSON, Form.PRONOUN):
            return entity
    return None


def _blanket(entity: Entity, index: int, unnamed: list[Entity]) -> list[Entity]:
    """ "All spoke on condition of anonymity": everybody unnamed who has spoken in this paragraph or the one before."""
    mention = next((m for m in reversed(entity.mentions) if m.sentence == index), None)
    wide = (
        mention is not None
        and mention.phrase.plural
        and any(_is_kind(mention.phrase, kind) for kind in _BLANKET)
        and entity.form is not Form.NAME
    )
    if not wide or mention is None:
        return []
    if entity in unnamed and len(entity.mentions) > 1:
        return []
    kind = mention.phrase.noun.split()[-1]
    everybody = kind in ("all", "both", "they", "people", "source", "those")
    # "Senior officials spoke only on condition of anonymity": a note on all of them, wherever they speak.
    note = not everybody and entity not in unnamed and mention.phrase.determiner == "bare"
    near = [
        e
        for e in unnamed
        if any(
            m.attribution and (note or (0 <= mention.paragraph - m.paragraph <= 2 and m.at < mention.at))
            for m in e.mentions
        )
    ]
    alike = [e for e in near if everybody or any(_is_kind(p, kind) and (p.plural or not note) for p in e.phrases)]
    return [*alike, *([entity] if entity in unnamed else [])]


_BLANKET = frozenset(
    {
        "all",
        "both",
        "they",
        "official",
        "source",
        "people",
        "person",
        "employee",
        "aide",
        "diplomat",
        "those",
        "none",
        "officer",
    }
)


def _spoken_of(resolver: Resolver, entity: Entity, index: int, anchor: int, unnamed: list[Entity]) -> list[Entity]:
    """Where the tree leads to somebody named, the wording is about nobody unless an unnamed source is described by it
    ("an aide to the governor, who spoke …") or stands alone.
    """
    around = [e for e in unnamed if any(anchor in m.phrase.extent for m in e.mentions)]
    if len(around) == 1:
        return around
    here = [e for e in unnamed if any(m.sentence == index and m.attribution for m in e.mentions)]
    others = [
        e
        for e in resolver.discourse.entities
        if e is not entity and e.named and any(m.sentence == index and m.attribution for m in e.mentions)
    ]
    outlet = entity.form is Form.BODY and (entity.author or entity.body_type is SourceType.MEDIA)
    return here if outlet and len(here) == 1 and not others else []


def _is_kind(phrase: Phrase, kind: str) -> bool:
    return phrase.noun.split()[-1:] == [kind]


def everybody(unnamed: list[Entity]) -> list[Entity]:
    """All people who speak without a name, alone or as a group."""
    return [e for e in unnamed if e.form in (Form.PERSON, Form.PRONOUN, Form.OTHER)]
