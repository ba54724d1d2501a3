"""What the learned tagger sees, brought together with what the patterns found, in three steps.

* ``confirm``: a pattern's hit is kept where the tagger holds its cue for possible, or where the construction is one
  that the tagger's training corpus leaves unannotated; otherwise it is dropped.
* ``choose_words``: where both know a cue, of their two contents (and sources) the one with the higher log-odds under
  the tagger is taken, the pattern's with an advance, because it is a whole constituent; for the same reason the
  tagger cuts its ends, but no hole into it.
* ``add_own``: what the tagger alone sees is an attribution of its own, if the cue is more probable than not.

A parse without tags (from a file) leaves the patterns' hits as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from attribution.extract.cues import cue_lexicon, is_blocked, is_negative
from attribution.extract.hedges import is_hedge
from attribution.extract.hits import AGENTLESS, Hit, Reading
from attribution.extract.syntax import NOTHING, Syntax, Tokens
from attribution.extract.tags import Tagged
from attribution.records import Kind

LEAST_SCORE = 0.6
"""A cue less probable than this attributes nothing by itself; it can only confirm a pattern."""

_MEANING = frozenset({"VERB", "NOUN", "PROPN", "ADJ"})
_BEFORE_NOUN = ("det", "nummod", "amod", "compound", "nmod:poss")
_SIGNS = frozenset({":", "—", "–", "-", "per", "via"})
"""What a cue needs at least one of: a word of meaning, or a sign that introduces speech.

An adverb is not enough: one by itself is mostly torn from the verb beside it, and of those that attribute
("reportedly") the patterns know.
"""

UNTAGGED = frozenset({"adverb", "raising", "impersonal", "told", "accused", "agent", "described-as", "called",
                      "speaker-label", "label-after", "according-to", "quoted-as-saying", "put-at"})  # fmt: skip
"""Patterns that stand without the tagger: agentless and passive forms, and those plain to the eye."""


def confirm(reading: Reading, hits: list[Hit]) -> list[Hit]:
    """The hits that the tagger hears of, with its probability of each, and those that need no tagger."""
    if not reading.parse.tagged:
        return hits
    confirmed = []
    for hit in hits:
        tag = _match(hit, reading.tags)
        if tag is not None:
            confirmed.append(replace(hit, score=tag.score, linked=tag.mean_link(hit.content)))
        elif hit.pattern in UNTAGGED:
            confirmed.append(hit)
    return confirmed


def choose_words(reading: Reading, hits: list[Hit]) -> list[Hit]:
    """The hits with, for each role, the words that the tagger finds more probable."""
    chosen = []
    for hit in hits:
        tag = _match(hit, reading.tags)
        chosen.append(hit if tag is None else _settle(reading, hit, tag))
    return chosen


def add_own(reading: Reading, hits: list[Hit]) -> list[Hit]:
    """The hits and, after them, what the tagger sees where no hit has its cue."""
    taken = frozenset().union(*(hit.cue for hit in hits), NOTHING)
    own = [_own(reading, tag) for tag in reading.tags if not tag.cue & taken and _may_attribute(reading, tag)]
    return hits + [_without_remarks(reading.syntax, hit, [*hits, *own]) for hit in own]


def _without_remarks(syntax: Syntax, own: Hit, hits: list[Hit]) -> Hit:
    """Without what a participle reports: "disputed that, saying X" says X, and does not dispute it."""
    remarks = (o for o in hits if syntax.head(o.head) == own.head and syntax.has_relation(o.head, "advcl"))
    return replace(own, content=own.content.difference(*(o.content for o in remarks)))


def _match(hit: Hit, tags: Iterable[Tagged]) -> Tagged | None:
    """The tagger's cue that a hit shares the most with, the hit's chief word before all."""
    shared = (tag for tag in tags if hit.cue & tag.cue)
    return max(shared, key=lambda tag: (hit.head in tag.cue, len(hit.cue & tag.cue)), default=None)


def _settle(reading: Reading, hit: Hit, tag: Tagged) -> Hit:
    syntax, source, content = reading.syntax, hit.source, hit.content
    own = tag.content
    if all(i in reading.spoken or syntax.is_punctuation(i) for i in content):
        own &= reading.spoken  # beside a whole quotation, words without marks are narration
    if own and not tag.favours("content", content, own):
        content = _unbroken(syntax, own - hit.cue - source, content) or content
    if _may_speak(syntax, hit, tag.source) and not (source and tag.favours("source", source, tag.source)):
        source = (tag.source - hit.cue - content) or source
    return replace(hit, source=source, content=content, score=tag.score, linked=tag.mean_link(content))


def _unbroken(syntax: Syntax, words: Tokens, constituent: Tokens) -> Tokens:
    """The words with every gap between them, within a sentence, that a constituent fills, and whole nouns at the ends.

    "Has deployed 900" wants its soldiers, "board approved" its article.
    """
    if not words:
        return words
    first, last = min(words), max(words)
    left = min((first, *syntax.children(first, *_BEFORE_NOUN)))
    right = last
    while syntax.has_relation(right, *_BEFORE_NOUN) and syntax.token(right).head > right:
        right = syntax.token(right).head
    filled = words | (constituent & {*range(left, first), *range(last + 1, right + 1)})
    for before, after in pairwise(sorted(words)):
        gap = frozenset(range(before + 1, after))
        if gap <= constituent and syntax.token(before).sentence == syntax.token(after).sentence:
            filled |= gap
    return filled


def _may_speak(syntax: Syntax, hit: Hit, source: Tokens) -> bool:
    """Whether the tagger's source can be the hit's: what nobody is said to say is nobody's in another sentence.

    A citation names its source ("citing two officials"), and who cites is the source of the report around it.
    """
    if hit.pattern == "sourced-to":
        return False
    if hit.source or hit.pattern not in AGENTLESS:
        return bool(source)
    return any(syntax.token(i).sentence == syntax.token(hit.head).sentence for i in source)


def _may_attribute(reading: Reading, tag: Tagged) -> bool:
    """Whether a cue that no pattern knows may stand: probable, a word of meaning, no hedge and no blocked phrase."""
    syntax = reading.syntax
    if tag.score < LEAST_SCORE or not tag.content:
        return False
    if not any(syntax.token(i).upos in _MEANING or syntax.token(i).text in _SIGNS for i in tag.cue):
        return False
    return not any(is_blocked(syntax, i) or is_hedge(syntax, reading.article.prose, i) for i in tag.cue)


def _own(reading: Reading, tag: Tagged) -> Hit:
    syntax = reading.syntax
    head = _head(syntax, tag.cue)
    entry = cue_lexicon().get(
        (syntax.lemma(head), {"AUX": "VERB"}.get(syntax.token(head).upos, syntax.token(head).upos))
    )
    return Hit(
        pattern="tagger",
        head=head,
        cue=tag.cue,
        source=tag.source,
        content=tag.content - tag.source,
        kind=entry.kind if entry else Kind.SPEECH,
        negative=is_negative(syntax, head, entry),
        score=tag.score,
        linked=tag.mean_link(tag.content - tag.source),
    )


def _head(syntax: Syntax, cue: Tokens) -> int:
    """The word of the cue on which the others hang; of several, the last verb."""
    tops = [i for i in sorted(cue) if syntax.head(i) not in cue]
    verbs = [i for i in tops if syntax.token(i).upos == "VERB"]
    return (verbs or tops)[-1]
