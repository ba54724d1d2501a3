"""One policy that makes attributions of what patterns and quotation pairing found.

1. A cue inside a quotation attributes nothing: the words are the speaker's, not the outlet's.
2. Of several hits with one cue, the pattern that stands first in ``patterns.PATTERNS`` wins; a hit without a source
   goes where another has the same content and one.
3. A hit with neither source nor a construction that can do without one is dropped; so is one whose source and
   content share their words.
4. The learned tagger confirms hits, chooses between their words and its own, and adds what it alone sees (``tagger``).
5. Every spoken quotation is given to a hit (``quotes_pairing``).
6. Inside another content only plain reports stand: a nested wish, opinion or mention of a thing, a nested question
   or condition is part of what is reported.  Inside a speaker's turn in a transcript nothing does.
7. Attributions are numbered in text order; the one in whose content another stands is its parent.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from attribution.extract.confidence import confidence_of
from attribution.extract.cues import cue_lexicon
from attribution.extract.hits import AGENTLESS, Hit, Reading
from attribution.extract.kinds import document_nouns, kind_of
from attribution.extract.modality import channel_of, is_hypothetical
from attribution.extract.patterns import PATTERNS
from attribution.extract.patterns.adjuncts import is_source_noun
from attribution.extract.quotes_pairing import pair_quotations
from attribution.extract.spans import content_spans, cue_spans, source_spans
from attribution.extract.syntax import Tokens
from attribution.extract.tagger import add_own, choose_words, confirm
from attribution.records import REPORTED, Attribution, Quote, Spans
from attribution.text import covers, overlap, words_of

SOURCELESS = frozenset({"raising", "impersonal", "told", "accused", "noun-clause", "adverb", "quotation", "tagger"})
"""Patterns that may stand without a source: agentless forms (ruling 19) and bare quotations."""

NESTING = frozenset(
    {"clause", "clause-around", "inserted-as", "described-as", "called", "according-to", "sourced-to", "agent",
     "raising", "impersonal", "told", "accused", "accused-of", "quoted-as-saying", "adverb", "noun-clause",
     "document-saying", "quoted-object", "quotation"}
)  # fmt: skip
"""Patterns that report within a report; the others name a wish, a feeling or a thing there."""

_GENERIC = frozenset({"you", "one", "yourself", "oneself"})
"""Subjects that stand for anybody: "you could say that"."""

Step = Callable[[Reading, list[Hit]], list[Hit]]
"""From hits to hits: what one rule drops, changes or adds."""

_MOSTLY = 0.9
_NEARLY = 0.8


def combine(reading: Reading, hits: Iterable[Hit]) -> tuple[Attribution, ...]:
    """Attributions in text order with ids, parents, flags and confidence; ``source_id`` and ``claim_id`` unset."""
    return tuple(attribution for _, attribution in settle(reading, hits))


def settle(reading: Reading, hits: Iterable[Hit], *, without: Collection[str] = ()) -> list[tuple[Hit, Attribution]]:
    """The hits that stand, each with the attribution it makes, in text order.

    Args:
        without: names of steps to leave out, to measure what each is good for.
    """
    kept = list(hits)
    for step in _ORDER:
        if step.__name__.replace("_", "-") not in without:
            kept = step(reading, kept)
    drafts = [(hit, draft) for hit in kept if (draft := _attribution(reading, hit)) is not None]
    drafts.sort(key=lambda pair: _position(pair[1]))
    numbered = [replace(draft, id=f"a{number}") for number, (_, draft) in enumerate(drafts, start=1)]
    return [(hit, replace(a, parent=_parent(a, numbered))) for (hit, _), a in zip(drafts, numbered, strict=True)]


def one_per_cue(reading: Reading, hits: list[Hit]) -> list[Hit]:
    """Rule 2."""
    del reading
    order = {name: rank for rank, name in enumerate(PATTERNS)}
    best: dict[int, Hit] = {}
    for hit in hits:
        held = best.get(hit.head)
        if held is None or order[hit.pattern] < order[held.pattern]:
            best[hit.head] = hit
    named = {frozenset(hit.content) for hit in best.values() if hit.source}
    return [best[head] for head in sorted(best) if best[head].source or best[head].content not in named]


def drop_unsound(reading: Reading, hits: list[Hit]) -> list[Hit]:
    """Rules 1 and 3."""
    return [hit for hit in hits if _is_sound(reading, hit)]


def _is_sound(reading: Reading, hit: Hit) -> bool:
    if hit.head in reading.spoken or not hit.content - hit.cue - hit.source:
        return False
    if not hit.source and hit.pattern not in SOURCELESS:
        return False
    if hit.source and not _may_show(reading, hit):
        return False
    if hit.negative and not hit.source and hit.pattern in AGENTLESS:
        return False
    if len(hit.source) == 1 and any(reading.syntax.word(i) in _GENERIC for i in hit.source):
        return False
    words = [i for i in hit.content if not reading.syntax.is_punctuation(i)]
    return bool(words) and not (len(words) == 1 and reading.syntax.token(words[0]).upos == "PRON")


def _may_show(reading: Reading, hit: Hit) -> bool:
    """Whether who or what "shows" something can be a source: a document or a body, not an event, a face, a person."""
    entry = cue_lexicon().get((reading.syntax.lemma(hit.head), "VERB"))
    if entry is None or "shows" not in entry.frames:
        return True
    heads = [i for i in hit.source if reading.syntax.head(i) not in hit.source]
    if any(reading.syntax.lemma(i) in document_nouns() for i in heads):
        return True
    return any(is_source_noun(reading.syntax, i) and not reading.syntax.token(i).ner.endswith("PER") for i in heads)


def drop_doubles(reading: Reading, hits: list[Hit]) -> list[Hit]:
    """Without hits that name nobody for what another names somebody for: "said in a statement that …"."""
    del reading

    def same(a: Hit, b: Hit) -> bool:
        return len(a.content & b.content) >= _NEARLY * len(a.content | b.content)

    return [hit for hit in hits if hit.source or not any(o.source and same(hit, o) for o in hits)]


def drop_trifles(reading: Reading, hits: list[Hit]) -> list[Hit]:
    """Rule 6."""
    kept = []
    for hit in hits:
        around = [o for o in hits if o is not hit and hit.head in o.content and o.head not in hit.content]
        if any(o.pattern == "speaker-label" for o in around):
            continue
        if around and (hit.pattern not in NESTING or hit.kind not in REPORTED or is_hypothetical(reading, hit)):
            continue
        kept.append(hit)
    return kept


_ORDER: tuple[Step, ...] = (
    one_per_cue,
    drop_unsound,
    confirm,
    choose_words,
    add_own,
    drop_unsound,  # again: the tagger's words may have made a hit of what cannot be one
    drop_doubles,
    pair_quotations,
    drop_trifles,
)

STEPS = tuple(dict.fromkeys(step.__name__.replace("_", "-") for step in _ORDER))
"""The names of the policy's steps, in order."""


def _attribution(reading: Reading, hit: Hit) -> Attribution | None:
    content = content_spans(reading, hit.content - hit.source - hit.cue, hit.source | hit.cue)
    if not content:
        return None
    evidence = [f"pattern:{hit.pattern}"] if hit.pattern not in ("quotation", "tagger") else []
    if hit.score is not None:
        evidence.append("tagger")
    if hit.pairing is not None:
        evidence.append(f"quotation:{hit.pairing}")
    source = source_spans(reading, hit.source, hit.cue | hit.content)
    recipient = source_spans(reading, hit.recipient - hit.content, hit.cue | hit.content)
    return Attribution(
        id="",
        source=source,
        cue=cue_spans(reading, hit.cue) or _marks(reading, hit),
        content=content,
        quote=quote_form(reading, hit.content),
        kind=kind_of(reading, hit),
        polarity="negative" if hit.negative else "positive",
        hypothetical=is_hypothetical(reading, hit),
        recipient=words_of(recipient, reading.article.prose) or None,
        channel=channel_of(reading, hit),
        confidence=confidence_of(hit, with_tagger=bool(reading.parse.tagged)),
        evidence=tuple(evidence),
    )


def _marks(reading: Reading, hit: Hit) -> Spans:
    """A colon or dash that is a cue: trimming leaves no word of it."""
    return tuple(reading.syntax.token(i).span for i in sorted(hit.cue))


def quote_form(reading: Reading, content: Tokens) -> Quote:
    """How much of a content stands in quotation marks: nearly all of it is direct, none indirect."""
    words = [i for i in content if not reading.syntax.is_punctuation(i)]
    quoted = sum(i in reading.quoted for i in words)
    if not quoted:
        return Quote.INDIRECT
    return Quote.DIRECT if quoted >= _MOSTLY * len(words) else Quote.MIXED


def _position(attribution: Attribution) -> tuple[int, int, int]:
    spans = [*attribution.source, *attribution.cue, *attribution.content]
    cue = attribution.cue or attribution.content
    return min(s.start for s in spans), cue[0].start, cue[0].end


def _parent(attribution: Attribution, others: list[Attribution]) -> str | None:
    """The smallest content that holds this attribution's cue and all but the edges of its content.

    Of "state radio reported that …, citing police", the report is also the parent, though both have one content.
    """
    cue = attribution.cue or attribution.content
    holders = []
    for other in others:
        cited = "pattern:sourced-to" in attribution.evidence and attribution.content == other.content
        if other is attribution or not (cited or covers(other.content, cue)):
            continue
        size = sum(e - b for b, e in other.content)
        inside = overlap(attribution.content, other.content)
        own = sum(e - b for b, e in attribution.content)
        if cited or (inside >= _MOSTLY * own and size > own):
            holders.append((size, other.id))
    return min(holders)[1] if holders else None
