"""Whoever a lead leaves unnamed and the next paragraphs name: the standard form of news.

"A prosecutor told jurors on Monday", and two paragraphs on, "Assistant District Attorney Carla Munro said".  A wrong
link would hide that somebody is unnamed, so the two must be one sort of person by their nouns, alone of it on both
sides, and nothing may speak of anonymity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attribution.sources import vocabulary as words_of
from attribution.sources.entities import Entity, Mention
from attribution.sources.mentions import Form, Phrase

_REACH = 3
"""Paragraphs behind the lead in which copy names whom the lead did not."""
_KINDS = frozenset({"post", "office", "voice"})


def named_after_lead(entities: Sequence[Entity], lead: int) -> Iterator[tuple[Entity, Entity]]:
    """(unnamed, named) of each pair that is one person.

    Args:
        lead: the number of the block of the lead.
    """
    people = [e for e in entities if e.form in (Form.PERSON, Form.NAME) and e.mentions and not e.plural]
    for entity in people:
        told = [m for m in entity.mentions if m.paragraph >= lead]  # a headline is read last, and links to these
        noun = _plain_noun(told)
        if entity.named or noun is None or told[0].paragraph != lead or told[0].attribution is None:
            continue
        if any(m.sentence != told[0].sentence for m in told):
            continue  # the copy goes on about somebody without a name, and may say why there is none
        alike = [e for e in people if e is not entity and e.whole is None and _is_sort(e, noun)]
        if any(not e.named for e in alike) or len(alike) != 1:
            continue
        named = alike[0]
        first = next((m for m in named.mentions if m.paragraph >= lead), None)
        if first is None or first.attribution is None or not 0 < first.paragraph - lead <= _REACH:
            continue
        if None in (entity.gender, named.gender) or entity.gender == named.gender:
            yield entity, named


def _plain_noun(mentions: Sequence[Mention]) -> str | None:
    """The noun of "a prosecutor", where that is all that is said of somebody by a noun that tells a trade."""
    first = mentions[0].phrase if mentions else None
    if first is None or first.determiner != "indefinite" or first.modifiers or first.anchors or first.tail:
        return None
    role = first.role
    return first.noun if role is not None and role.kind in _KINDS and "wide" not in role.marks else None


def _is_sort(entity: Entity, noun: str) -> bool:
    return any(_called(p, noun) for p in entity.phrases if p.role is not None and not p.is_former)


def _called(phrase: Phrase, noun: str) -> bool:
    """Whether a phrase's own noun is this one, or means as much."""
    own = phrase.noun
    if own == noun:
        return True
    groups = (group for group in words_of.synonyms() if noun in group)
    return any(own == word or own.endswith(f" {word}") for group in groups for word in group)
