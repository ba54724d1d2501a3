"""Who stands behind each attribution: mentions resolved to sources across the article, typed and graded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from attribution.records import (
    Article,
    Attribution,
    Corrected,
    Correction,
    Level,
    Parse,
    Quote,
    Source,
    SourceType,
)
from attribution.sources.charges import accuser
from attribution.sources.corrections import Corrector
from attribution.sources.describe import Describer
from attribution.sources.entities import Entity
from attribution.sources.grading import Grader
from attribution.sources.grants import Anonymity, find_anonymity
from attribution.sources.resolve import Resolver
from attribution.text import words_of

__all__ = ["resolve_corrected", "resolve_sources", "resolve_with_signals"]


@dataclass(frozen=True, slots=True)
class _Resolution:
    """What came out; ``signals`` by source id, for the sources that stand in the text."""

    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    outcomes: tuple[Corrected, ...]
    signals: Mapping[str, tuple[float, ...]]


def resolve_sources(
    article: Article, parse: Parse, attributions: tuple[Attribution, ...]
) -> tuple[tuple[Attribution, ...], tuple[Source, ...]]:
    """Give every attribution its source.

    Returns:
        The attributions with ``source_id`` set, and the sources in order of first mention.
    """
    found = _resolve(article, parse, attributions, ())
    return found.attributions, found.sources


def resolve_with_signals(
    article: Article, parse: Parse, attributions: tuple[Attribution, ...]
) -> tuple[tuple[Attribution, ...], tuple[Source, ...], Mapping[str, tuple[float, ...]]]:
    """``resolve_sources``, and for each source in the text, by id, the signals that its confidence is made of."""
    found = _resolve(article, parse, attributions, ())
    return found.attributions, found.sources, found.signals


def resolve_corrected(
    article: Article, parse: Parse, attributions: tuple[Attribution, ...], corrections: tuple[Correction, ...] = ()
) -> tuple[tuple[Attribution, ...], tuple[Source, ...], tuple[Corrected, ...]]:
    """Give every attribution its source, as people have corrected it.

    An attribution without a source in the text gets one of its own (type unknown, level A5, count "0"; ruling 19),
    but for a quotation whose speaker was not found, whose ``source_id`` stays None.

    Returns:
        The attributions with ``source_id`` set, the sources in order of first mention, and what came of each
        correction.
    """
    found = _resolve(article, parse, attributions, corrections)
    return found.attributions, found.sources, found.outcomes


def _resolve(
    article: Article, parse: Parse, attributions: tuple[Attribution, ...], corrections: tuple[Correction, ...]
) -> _Resolution:
    corrector = Corrector(article, corrections)
    attributions = corrector.without_dropped(attributions)
    resolver = Resolver(article, parse, attributions)
    resolver.run()
    for attribution in attributions:
        nobody = attribution.id not in resolver.entity_of and _is_agentless(attribution)
        if nobody and (charging := accuser(resolver, attribution)) is not None:
            resolver.entity_of[attribution.id] = charging
    corrector.identify(resolver)
    grader = Grader(resolver)
    describer = Describer(resolver, grader)
    entities = list(dict.fromkeys(resolver.entity_of[a.id] for a in attributions if a.id in resolver.entity_of))
    levels = {entity: grader.level(entity) for entity in entities}
    anonymity = find_anonymity(resolver, entities, levels)
    places: list[tuple[int, Entity | Attribution]] = [(_first_place(entity), entity) for entity in entities]
    places += [(_place(a), a) for a in attributions if a.id not in resolver.entity_of and _is_agentless(a)]
    places.sort(key=lambda pair: pair[0])
    sources: list[Source] = []
    ids: dict[Entity, str] = {}
    agentless: dict[str, str] = {}
    for _, item in places:
        number = len(sources) + 1
        if isinstance(item, Entity):
            source = describer.source(item, number, anonymity.get(item, Anonymity()))
            sources.append(corrector.regraded(item, source))
            ids[item] = sources[-1].id
        else:
            sources.append(_nobody(item, number, article.prose))
            agentless[item.id] = sources[-1].id
    for entity, identifier in ids.items():
        if entity.whole in ids:
            at = next(i for i, source in enumerate(sources) if source.id == identifier)
            sources[at] = replace(sources[at], member_of=ids[entity.whole])
    linked = tuple(
        replace(a, source_id=ids[resolver.entity_of[a.id]] if a.id in resolver.entity_of else agentless.get(a.id))
        for a in attributions
    )
    signals = {ids[entity]: describer.signals(entity) for entity in entities}
    return _Resolution(linked, tuple(sources), corrector.outcomes, signals)


def _first_place(entity: Entity) -> int:
    said = [m for m in entity.mentions if m.attribution is not None] or entity.mentions
    return min(m.phrase.span.start for m in said)


def _place(attribution: Attribution) -> int:
    return min(span.start for span in (*attribution.cue, *attribution.content))


def _is_agentless(attribution: Attribution) -> bool:
    """Whether the text leaves out who says so, rather than that nobody was found for a quotation."""
    if attribution.source or attribution.quote is Quote.DIRECT:
        return False
    return bool(attribution.cue)


def _nobody(attribution: Attribution, number: int, text: str) -> Source:
    return Source(
        id=f"s{number}",
        name=words_of(attribution.cue, text),
        type=SourceType.UNKNOWN,
        types=(SourceType.UNKNOWN,),
        level=Level.A5,
        mentions=(),
        count="0",
        confidence=attribution.confidence,
    )
