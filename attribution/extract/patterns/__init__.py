"""Named syntactic patterns over Universal Dependencies, each with an id that stays in ``Attribution.evidence``.

A pattern is a generator of hits whose name is its id (underscores as hyphens) and whose docstring opens with what
it matches and holds an example.  Order is preference: where two patterns claim the same cue, the earlier wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from attribution.extract.hits import Hit, Pattern, Reading
from attribution.extract.patterns import adjuncts, clauses, layout, nouns, objects, passives, predicates

_ORDER: tuple[Pattern, ...] = (
    layout.speaker_label,
    layout.label_after,
    passives.quoted_as_saying,
    nouns.document_saying,
    objects.described_as,
    objects.called,
    clauses.clause,
    clauses.clause_around,
    clauses.inserted_as,
    clauses.free_relative,
    passives.raising,
    passives.impersonal,
    passives.told,
    passives.accused,
    passives.agent,
    adjuncts.according_to,
    adjuncts.sourced_to,
    clauses.infinitive,
    clauses.object_infinitive,
    clauses.gerund,
    objects.accused_of,
    objects.quoted_object,
    objects.support,
    objects.put_at,
    objects.reported_thing,
    objects.prepositional,
    predicates.adjective,
    nouns.noun_clause,
    nouns.noun_complement,
    adjuncts.adverb,
)

PATTERNS: Mapping[str, Pattern] = MappingProxyType({p.__name__.replace("_", "-"): p for p in _ORDER})
"""Every pattern by its id, in order of preference."""


def run(reading: Reading) -> Iterator[Hit]:
    """Every hit of every pattern."""
    for pattern in PATTERNS.values():
        yield from pattern(reading)
