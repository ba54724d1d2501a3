"""Attribution by layout: "Minister: no tax rise", "REED: We had no warning", "No tax rise: minister"."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.extract.hits import Hit, Reading
from attribution.extract.patterns.adjuncts import is_source_noun
from attribution.records import BlockKind, Kind, Sentence

_LABEL_WORDS = 7


def speaker_label(reading: Reading) -> Iterator[Hit]:
    """A name or a role, a colon, and what is said: headlines and transcripts.

    Example: "Minister: no tax rise this year" – "REED: We had no warning."
    """
    syntax = reading.syntax
    for sentence in reading.parse.sentences:
        if not syntax.paragraph_start(sentence.first):
            continue
        colon = next(
            (
                i
                for i in range(sentence.first + 1, min(sentence.first + _LABEL_WORDS + 1, sentence.last))
                if syntax.word(i) == ":"
            ),
            None,
        )
        if colon is None:
            continue
        label = range(sentence.first, colon)
        words = [i for i in label if not syntax.is_punctuation(i)]
        after = frozenset(range(colon + 1, sentence.last))
        if (
            not words
            or any(syntax.token(i).upos in ("VERB", "AUX", "PRON", "SCONJ") for i in words)
            or syntax.token(words[-1]).upos == "NUM"
        ):
            continue
        shouted = all(syntax.token(i).text.isupper() or not syntax.token(i).text.isalpha() for i in words)
        if not after and not shouted:
            continue
        is_turn = len(words) == 1 and syntax.token(words[0]).text in ("Q", "A")
        is_name = is_turn or any(is_source_noun(syntax, i) or syntax.token(i).upos == "PROPN" for i in words)
        said = any(syntax.is_verb(i) for i in after) or bool(after & reading.quoted)
        if not is_name or not said:
            continue
        if not (shouted or _is_headline(reading, sentence) or min(after) in reading.quoted):
            continue
        content = after if not shouted else _turn(reading, sentence, colon)
        yield Hit("speaker-label", colon, frozenset({colon}), frozenset(label), content, Kind.SPEECH)


def label_after(reading: Reading) -> Iterator[Hit]:
    """A headline with its source at the end.

    Example: "No tax rise this year: minister" – "No tax rise this year – minister".
    """
    syntax = reading.syntax
    for sentence in reading.parse.sentences:
        if not _is_headline(reading, sentence):
            continue
        marks = [i for i in range(sentence.first, sentence.last) if syntax.token(i).text in (":", "–", "—", "-")]
        if not marks:
            continue
        tail = [i for i in range(marks[-1] + 1, sentence.last) if not syntax.is_punctuation(i)]
        before = frozenset(range(sentence.first, marks[-1]))
        if (
            not 1 <= len(tail) <= 4
            or not is_source_noun(syntax, tail[-1])
            or not any(syntax.is_verb(i) for i in before)
        ):
            continue
        if any(syntax.token(i).upos in ("VERB", "AUX") for i in tail) or max(before) in reading.quoted:
            continue
        yield Hit("label-after", marks[-1], frozenset({marks[-1]}), frozenset(tail), before, Kind.SPEECH)


def _turn(reading: Reading, sentence: Sentence, colon: int) -> frozenset[int]:
    """What a speaker says in a transcript: up to the end of the paragraph."""
    start = reading.syntax.token(sentence.first).span.start
    end = next((b.span.end for b in reading.article.blocks if b.span.start <= start < b.span.end), sentence.span.end)
    last = sentence.last
    for later in reading.parse.sentences[sentence.index :]:
        if later.span.end <= end:
            last = later.last
    return frozenset(range(colon + 1, last))


def _is_headline(reading: Reading, sentence: Sentence) -> bool:
    """A headline block, or the first paragraph where it is one sentence without a full stop."""
    start = reading.syntax.token(sentence.first).span.start
    for block in reading.article.blocks:
        if block.span.start <= start < block.span.end:
            if block.kind in (BlockKind.HEADLINE, BlockKind.HEADING):
                return True
            first = block is reading.article.blocks[0]
            return first and sentence.span.end >= block.span.end - 2 and sentence.last - sentence.first <= 25
    return False
