"""Charges without an accuser in their own clause: who brings them, where the sentence beside says so (ruling 11)."""

from __future__ import annotations

from attribution.extract.syntax import Syntax
from attribution.records import Attribution
from attribution.sources.entities import Entity
from attribution.sources.resolve import Resolver

_CHARGES = frozenset({"accuse", "allege", "charge", "indict", "prosecute", "suspect", "allegedly"})


def accuser(resolver: Resolver, attribution: Attribution) -> Entity | None:
    """Who charges the person that an agentless attribution is about.

    "Prosecutors charged Marsh with fraud on Monday. He is alleged to have forged …": the one subject of a verb of
    charging, in the sentence, the one before or the one after, whose object is the same person.  None where nobody, or
    more than one, does so.
    """
    syntax = resolver.syntax
    cue = sorted(resolver.cues[attribution.id])
    charge = next((i for i in cue if syntax.lemma(i) in _CHARGES), None)
    if charge is None:
        return None
    accused = resolver.grantee(charge) or _subject_of_ancestor(resolver, charge)
    if accused is None:
        return None
    here = syntax.token(charge).sentence
    found = {
        by
        for verb in _verbs_of_charging(syntax)
        if verb not in cue and abs(syntax.token(verb).sentence - here) <= 1
        for by in [_brought_by(resolver, verb, accused)]
        if by is not None and by is not accused
    }
    return found.pop() if len(found) == 1 else None


def _subject_of_ancestor(resolver: Resolver, at: int) -> Entity | None:
    head = resolver.syntax.head(at)
    return resolver.grantee(head) if head is not None else None


def _verbs_of_charging(syntax: Syntax) -> list[int]:
    return [i for i, t in enumerate(syntax.tokens) if t.upos == "VERB" and syntax.lemma(i) in _CHARGES]


def _brought_by(resolver: Resolver, verb: int, accused: Entity) -> Entity | None:
    """The subject of "prosecutors charged Marsh", the agent of "Marsh was charged by prosecutors"."""
    syntax = resolver.syntax
    subject = syntax.child(verb, "nsubj")
    # What stands right after the verb is its object, also where the tree takes it for something else.
    things = (h for h in sorted(resolver.by_head) if verb < h < syntax.sentence_of(verb).last)
    thing = syntax.child(verb, "obj")
    if thing is None and syntax.child(verb, "aux:pass") is None:
        thing = next(things, None)
    if subject is not None and thing is not None and resolver.by_head.get(thing) is accused:
        return resolver.by_head.get(subject)
    agents = [c for c in syntax.children(verb, "obl") if syntax.markers(c, "by")]
    if subject is not None and len(agents) == 1 and resolver.by_head.get(subject) is accused:
        return resolver.by_head.get(agents[0])
    return None
