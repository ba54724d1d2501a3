"""Attributions to claims: what is asserted, on whose word, how far from a named source, how hedged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from attribution.claims.classify import classify
from attribution.records import Article, Attribution, Claim, Hedge, Level, Parse, Source, Span, Spans
from attribution.text import word_count, words_of

Chain = tuple[str, ...]
"""Ids of the sources a claim passes through, outermost first."""


def build_claims(
    article: Article,
    parse: Parse,
    attributions: Sequence[Attribution],
    sources: Sequence[Source],
    hedges: Sequence[Hedge],
) -> tuple[tuple[Attribution, ...], tuple[Claim, ...], tuple[Hedge, ...]]:
    """One claim for each content; attributions with the same content ("the army and the police said") share it.

    Contents that one source affirms and another denies, or that one only asks about, are different claims.
    An attribution without content makes none.

    Returns:
        The attributions with ``claim_id`` set, the claims in text order of their first attribution, and the
        hedges with ``claim_id`` naming the innermost claim they stand in.
    """
    by_id = {a.id: a for a in attributions}
    levels = {s.id: s.level for s in sources}
    together: dict[tuple[Spans, str, bool], list[Attribution]] = {}
    for attribution in attributions:
        if attribution.content:
            key = attribution.content, attribution.polarity, attribution.hypothetical
            together.setdefault(key, []).append(attribution)
    claims: list[Claim] = []
    claim_of: dict[str, str] = {}
    for number, ((content, _, _), made_by) in enumerate(together.items(), start=1):
        chains = chains_of(made_by, by_id)
        inside = tuple(h for h in hedges if _stands_in(h.span, content))
        claim = Claim(
            id=f"c{number}",
            attribution_ids=tuple(a.id for a in made_by),
            text=words_of(content, article.prose),
            span=content,
            sources=tuple(dict.fromkeys(source for chain in chains for source in chain)),
            level=_level(chains, levels),
            hedges=tuple(h.text for h in inside),
            claim_class=classify(parse, content, made_by, inside),
        )
        claims.append(claim)
        claim_of.update((a.id, claim.id) for a in made_by)
    return (
        tuple(replace(a, claim_id=claim_of.get(a.id)) for a in attributions),
        tuple(claims),
        tuple(replace(h, claim_id=_innermost(h, claims, article.prose)) for h in hedges),
    )


def chains_of(made_by: Iterable[Attribution], by_id: Mapping[str, Attribution]) -> tuple[Chain, ...]:
    """The ways a claim reaches the reader, one for each attribution that makes it.

    A speaker who was not found leaves a gap, not a link.
    """
    chains = []
    for attribution in makers_of(made_by, by_id):
        links = [*reversed(ancestors(attribution, by_id)), attribution]
        chains.append(tuple(dict.fromkeys(a.source_id for a in links if a.source_id is not None)))
    return tuple(chains)


def makers_of(attributions: Iterable[Attribution], by_id: Mapping[str, Attribution]) -> tuple[Attribution, ...]:
    """Of a claim's attributions, those that make it; one that relays another ("Reuters, citing an aide") does not."""
    together = tuple(attributions)
    relaying = {outer.id for a in together for outer in ancestors(a, by_id)}
    return tuple(a for a in together if a.id not in relaying)


def ancestors(attribution: Attribution, by_id: Mapping[str, Attribution]) -> tuple[Attribution, ...]:
    """The attributions in whose content this one stands, innermost first."""
    found: list[Attribution] = []
    parent = attribution.parent
    while parent is not None:
        outer = by_id[parent]
        if outer in found:
            raise ValueError(f"attribution {attribution.id} stands inside itself, by way of {outer.id}")
        found.append(outer)
        parent = outer.parent
    return tuple(found)


def _level(chains: Iterable[Chain], levels: Mapping[str, Level]) -> Level:
    """The worst level in a chain; of several chains, conjoined sources, the best (standards §3.5, ruling 8).

    A chain without a source is a speaker who was not found: nobody to hold to account.
    """
    return min((max((levels[s] for s in chain), default=Level.A5) for chain in chains), default=Level.A5)


def _stands_in(span: Span, content: Spans) -> bool:
    return any(piece.start <= span.start and span.end <= piece.end for piece in content)


def _innermost(hedge: Hedge, claims: Iterable[Claim], text: str) -> str | None:
    around = [c for c in claims if _stands_in(hedge.span, c.span)]
    return min(around, key=lambda c: word_count(c.span, text)).id if around else None
