"""Where the source of an attribution has its head, and what its words are."""

from __future__ import annotations

from attribution.extract.hits import Reading
from attribution.extract.syntax import Syntax
from attribution.records import Attribution, Spans
from attribution.sources.heads import head_of

_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})


def source_heads(
    reading: Reading, attributions: tuple[Attribution, ...]
) -> dict[str, list[tuple[int, frozenset[int]]]]:
    """For each attribution the heads of its source's conjuncts, with the words of each."""
    found = {}
    for attribution in attributions:
        tokens = tokens_of(reading, attribution.source)
        head = head_of(reading.syntax, tokens)
        if head is None:
            continue
        head, tokens = past_relative(reading.syntax, head, tokens)
        found[attribution.id] = _conjuncts(reading.syntax, head, tokens)
    return found


def tokens_of(reading: Reading, spans: Spans) -> frozenset[int]:
    return frozenset(
        t.index
        for span in spans
        for sentence in reading.parse.sentences
        if sentence.span.start < span.end and span.start < sentence.span.end
        for t in reading.syntax.tokens[sentence.first : sentence.last]
        if t.span.start < span.end and span.start < t.span.end
    )


def past_relative(syntax: Syntax, head: int, tokens: frozenset[int]) -> tuple[int, frozenset[int]]:
    """ "who" is whoever the relative clause describes."""
    if syntax.word(head) not in _RELATIVES or syntax.token(head).upos not in ("PRON", "DET", "SCONJ"):
        return head, tokens
    for ancestor in syntax.ancestors(head):
        if syntax.has_relation(ancestor, "acl"):
            noun = syntax.head(ancestor)
            if noun is not None:
                return noun, frozenset()
    before = [i for i in range(syntax.sentence_of(head).first, head) if syntax.token(i).upos in ("NOUN", "PROPN")]
    return (before[-1], frozenset()) if before else (head, tokens)


def _conjuncts(syntax: Syntax, head: int, tokens: frozenset[int]) -> list[tuple[int, frozenset[int]]]:
    others = [
        c for c in syntax.children(head, "conj") if c in tokens and syntax.token(c).upos in ("NOUN", "PROPN", "PRON")
    ]
    if not others:
        return [(head, tokens)]
    parts = []
    rest = tokens
    for other in others:
        own = syntax.subtree(other) & tokens
        rest -= own
        parts.append((other, own - frozenset(syntax.children(other, "cc", "punct"))))
    # What stands behind the last conjunct is not the first one's, whatever the tree says.
    return [(head, frozenset(i for i in rest if i < parts[-1][0] or i < head)), *parts]
