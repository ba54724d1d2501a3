"""What people have decided about an article's sources, applied while they are resolved.

Corrections work on entities, before these are graded: a joined source gets its name, level, type and count from all
that the text calls it, as if the program had seen by itself who it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from attribution.records import (
    Article,
    Attribution,
    Corrected,
    Correction,
    CorrectionKind,
    Level,
    Source,
    SourceType,
    Span,
    Spans,
)
from attribution.sources.entities import Entity, Mention
from attribution.sources.mentions import Form
from attribution.sources.resolve import Resolver
from attribution.text import covers, overlap, places_of

_GONE = "its words are no longer in the text"
_KNOWN = "the program finds that by itself"


class Corrector:
    """Applies the corrections of one article; ``outcomes`` says what came of each."""

    def __init__(self, article: Article, corrections: tuple[Correction, ...]) -> None:
        self.article = article
        self.corrections = corrections
        self._outcomes: dict[str, Corrected] = {}
        self._graded: dict[Entity, list[Correction]] = {}

    @property
    def outcomes(self) -> tuple[Corrected, ...]:
        """In the order of the file."""
        return tuple(self._outcomes[c.entry] for c in self.corrections)

    def _of(self, *kinds: CorrectionKind) -> Iterable[Correction]:
        return (c for c in self.corrections if c.kind in kinds)

    def _came(self, correction: Correction, stale: str | None, places: Spans = ()) -> None:
        self._outcomes[correction.entry] = Corrected(correction, stale, places[0] if places else None)

    def _places(self, words: str) -> Spans:
        return places_of(words, self.article.prose)

    # ------------------------------------------------------------------------------- before resolving

    def without_dropped(self, attributions: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
        """The attributions without those that are none; what stood inside them stands one step further out."""
        dropped: dict[str, str | None] = {}
        for correction in self._of(CorrectionKind.NO_ATTRIBUTION):
            places = self._places(correction.words[0])
            meant = [a for a in attributions if _stands_in(places, a.cue or a.content)]
            stale = None if meant else _KNOWN if places else _GONE
            self._came(correction, stale, places)
            dropped |= {a.id: a.parent for a in meant}
        if not dropped:
            return attributions
        kept = []
        for attribution in attributions:
            parent = attribution.parent
            while parent in dropped:
                parent = dropped[str(parent)]
            if attribution.id not in dropped:
                kept.append(replace(attribution, parent=parent))
        return tuple(kept)

    # ------------------------------------------------------------------------------- while resolving

    def identify(self, resolver: Resolver) -> None:
        """Join and part entities, and remember whose grades are corrected."""
        for correction in self._of(CorrectionKind.SAME_SOURCE, CorrectionKind.DIFFERENT_SOURCES):
            places = [self._places(words) for words in correction.words]
            found = [self._mentions(resolver, each) for each in places]
            if not all(found):
                self._came(correction, _GONE if not all(places) else "no source stands there", places[0])
            elif correction.kind is CorrectionKind.SAME_SOURCE:
                self._came(correction, _joined(resolver, found[0][0][0], found[1][0][0]), places[0])
            else:
                self._came(correction, self._part(resolver, found, places[0]), places[1])
        for correction in self._of(CorrectionKind.GRADE):
            places_here = self._places(correction.words[0])
            mentions = self._mentions(resolver, places_here)
            if mentions:
                self._graded.setdefault(mentions[0][0], []).append(correction)
            self._came(
                correction, None if mentions else "no source stands there" if places_here else _GONE, places_here
            )

    def _mentions(self, resolver: Resolver, places: Spans) -> list[tuple[Entity, Mention]]:
        """The mentions that stand at some places, of sources only; those that speak come first."""
        entities = dict.fromkeys(resolver.entity_of.values())
        found = [(e, m) for e in entities for m in e.mentions if overlap(places, (m.phrase.span,))]
        # Words that stand for two people in one phrase ("a friend of the minister") mean the longer phrase.
        found.sort(key=lambda pair: (pair[1].attribution is None, pair[1].phrase.span.start, -_length(pair[1])))
        return found

    def _part(self, resolver: Resolver, found: list[list[tuple[Entity, Mention]]], kept: Spans) -> str | None:
        entity = found[0][0][0]
        leaving = [m for e, m in found[1] if e is entity and not overlap(kept, (m.phrase.span,))]
        if not leaving:
            return _KNOWN
        _parted(resolver, entity, leaving)
        return None

    # ------------------------------------------------------------------------------- after grading

    def regraded(self, entity: Entity, source: Source) -> Source:
        """A source with the type and level that people have given it."""
        for correction in self._graded.get(entity, ()):
            kind = SourceType(correction.type) if correction.type else source.type
            level = Level(correction.level) if correction.level else source.level
            if (kind, level) == (source.type, source.level):
                place = self._outcomes[correction.entry].place
                self._came(correction, _KNOWN, (place,) if place else ())
                continue
            types = source.types if kind is source.type else (kind,)
            placed = source.institutional and level is Level.A3
            source = replace(source, type=kind, types=types, level=level, institutional=placed)
        return source


def _stands_in(places: Spans, spans: Spans) -> bool:
    return bool(spans) and covers(places, spans)


def _length(mention: Mention) -> int:
    span: Span = mention.phrase.span
    return span.end - span.start


def _joined(resolver: Resolver, first: Entity, second: Entity) -> str | None:
    """Make one entity of two: the one met first; why not, if that cannot be."""
    if first is second:
        return _KNOWN
    if first.members or second.members:
        return "one of them is several people; name a single one"
    kept, gone = sorted((first, second), key=lambda entity: entity.number)
    resolver.entity_of.update({i: kept for i, entity in resolver.entity_of.items() if entity is gone})
    resolver.by_head.update({head: kept for head, entity in resolver.by_head.items() if entity is gone})
    kept.mentions = sorted([*kept.mentions, *gone.mentions], key=lambda mention: mention.at)
    kept.descriptions += gone.descriptions
    kept.candidates = ()
    kept.form = gone.form if kept.form is Form.PRONOUN else kept.form
    kept.whole = next((whole for whole in (kept.whole, gone.whole) if whole not in (None, kept, gone)), None)
    kept.issuer = kept.issuer or gone.issuer
    kept.author, kept.equated = kept.author or gone.author, kept.equated or gone.equated
    for entity in resolver.discourse.entities:
        entity.members = tuple(kept if member is gone else member for member in entity.members)
        entity.candidates = tuple(kept if candidate is gone else candidate for candidate in entity.candidates)
        entity.whole = kept if entity.whole is gone else entity.whole
        entity.issuer = kept if entity.issuer is gone else entity.issuer
    return None


def _parted(resolver: Resolver, entity: Entity, leaving: list[Mention]) -> None:
    """Give some mentions of an entity an entity of their own."""
    own = Entity(leaving[0].phrase.form, number=len(resolver.discourse.entities), mentions=leaving)
    resolver.discourse.entities.append(own)
    entity.mentions = [mention for mention in entity.mentions if mention not in leaving]
    for mention in leaving:
        resolver.by_head[mention.at] = own
        if mention.attribution is not None:
            resolver.entity_of[mention.attribution] = own
