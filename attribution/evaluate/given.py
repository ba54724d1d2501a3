"""Attributions made from gold spans, so that sources can be measured apart from finding attributions.

The spans are the annotator's; all else is what the program sees in those words: what kind of act the cue is, who was
told, whether it is a question or a condition, how much of the content is quoted.
"""

from __future__ import annotations

from collections.abc import Sequence

from attribution.evaluate.polnear import GoldAttribution
from attribution.extract.combine import quote_form
from attribution.extract.hits import Hit, Reading
from attribution.extract.kinds import kind_of
from attribution.extract.modality import channel_of, is_hypothetical
from attribution.extract.patterns import run
from attribution.extract.spans import source_spans
from attribution.extract.syntax import NOTHING, Tokens
from attribution.records import Article, Attribution, Kind, Parse, Spans
from attribution.text import words_of


def given_attributions(article: Article, parse: Parse, gold: Sequence[GoldAttribution]) -> tuple[Attribution, ...]:
    """The gold attributions, in text order, with their own ids and without sources or claims resolved."""
    reading = Reading(article, parse)
    hits = list(run(reading))
    ordered = sorted(gold, key=lambda g: min((*g.source, *g.cue, *g.content)))
    return tuple(_attribution(reading, _hit(reading, hits, one), one) for one in ordered)


def _hit(reading: Reading, hits: Sequence[Hit], gold: GoldAttribution) -> Hit:
    """The gold spans with what the patterns, or else the lexicon, know of their cue."""
    cue, source, content = (_tokens(reading, spans) for spans in (gold.cue, gold.source, gold.content))
    words = cue - content or cue
    found = max((h for h in hits if h.head in words), key=lambda h: len(h.content & content), default=None)
    if found is not None:
        return Hit(found.pattern, found.head, cue, source, content, found.kind, found.recipient - source,
                   found.negative, found.hypothetical)  # fmt: skip
    known = next((c for c in reading.cues if c.head in words), None)
    head = known.head if known else min(words or content or source, default=0)
    kind, negative = (known.entry.kind, known.negative) if known else (Kind.SPEECH, False)
    return Hit("given", head, cue, source, content, kind, negative=negative)


def _tokens(reading: Reading, spans: Spans) -> Tokens:
    return frozenset().union(*(reading.syntax.between(span) for span in spans), NOTHING)


def _attribution(reading: Reading, hit: Hit, gold: GoldAttribution) -> Attribution:
    recipient = source_spans(reading, hit.recipient - hit.content, hit.cue | hit.content)
    return Attribution(
        id=gold.id,
        source=gold.source,
        cue=gold.cue,
        content=gold.content,
        quote=quote_form(reading, hit.content),
        kind=kind_of(reading, hit),
        polarity="negative" if hit.negative else "positive",
        hypothetical=is_hypothetical(reading, hit),
        recipient=words_of(recipient, reading.article.text) or None,
        channel=channel_of(reading, hit),
        evidence=("gold",),
    )
