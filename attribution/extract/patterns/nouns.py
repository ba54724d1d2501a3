"""Nouns that attribute: "the claim that", "X's criticism of", "a statement saying"."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.extract.cues import Cue, cue_lexicon
from attribution.extract.hits import Hit, Reading
from attribution.extract.patterns.objects import noun_content
from attribution.extract.speakers import is_passive, noun_phrase, subject
from attribution.extract.syntax import NOTHING, Syntax, Tokens


def noun_clause(reading: Reading) -> Iterator[Hit]:
    """A noun of saying or thinking with its that-clause.

    Example: "Reed's claim that the bank lied" – "There were reports that the dam had burst".
    """
    for cue in _noun_cues(reading):
        if cue.allows("clause") and (content := noun_content(reading.syntax, cue.head, frozenset({"clause"}))):
            yield _noun_hit(reading, cue, "noun-clause", content)


def noun_complement(reading: Reading) -> Iterator[Hit]:
    """A noun of saying or thinking with its owner and what it is about.

    Example: "the union's call for a boycott" – "Reed's promise to resign".
    """
    for cue in _noun_cues(reading):
        content = noun_content(reading.syntax, cue.head, cue.entry.frames & {"of-about", "to"})
        if content:
            hit = _noun_hit(reading, cue, "noun-complement", content)
            if hit.source:
                yield hit


def document_saying(reading: Reading) -> Iterator[Hit]:
    """A document that somebody issued, and what it says: the issuer is the source.

    Example: "The club issued a statement saying the match was off."
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        document, complement = syntax.head(cue.head), syntax.child(cue.head, "ccomp")
        if (
            document is None
            or complement is None
            or not syntax.has_relation(cue.head, "acl")
            or syntax.child(cue.head, "nsubj") is not None
        ):
            continue
        issuing = syntax.head(document)
        if issuing is None or not _issues(syntax, issuing) or not syntax.has_relation(document, "obj", "obl"):
            continue
        issuer = subject(syntax, issuing)
        if issuer is None or is_passive(syntax, issuing):
            continue
        content = syntax.subtree(complement)
        source = noun_phrase(syntax, issuer, without=content | {issuing})
        yield Hit("document-saying", cue.head, cue.tokens, source, content, cue.entry.kind, negative=cue.negative)


def _issues(syntax: Syntax, verb: int) -> bool:
    """Whether a verb makes a document public: its subject then speaks through it."""
    entry = cue_lexicon().get((syntax.lemma(verb), "VERB"))
    return entry is not None and "issues" in entry.frames


def _noun_cues(reading: Reading) -> Iterator[Cue]:
    for cue in reading.cues:
        if cue.entry.pos == "NOUN" and not reading.syntax.has_relation(cue.head, "compound", "flat", "amod"):
            yield cue


def _noun_hit(reading: Reading, cue: Cue, pattern: str, content: Tokens) -> Hit:
    syntax = reading.syntax
    owner = _owner(syntax, cue.head)
    source = NOTHING if owner is None else noun_phrase(syntax, owner, without=content | {cue.head})
    marks = NOTHING if owner is None else syntax.markers(owner)
    tokens = frozenset({cue.head}) | (marks if owner is not None and owner > cue.head else NOTHING)
    return Hit(pattern, cue.head, tokens, source - marks - content, content, cue.entry.kind, negative=cue.negative)


def _owner(syntax: Syntax, noun: int) -> int | None:
    """Whose claim it is: a possessive, a by-phrase, or "from"."""
    owner = syntax.child(noun, "nmod:poss")
    if owner is not None:
        return owner
    for dependent in syntax.children(noun, "nmod", "obl"):
        if syntax.markers(dependent, "by", "from", "among"):
            return dependent
    for maker in syntax.children(noun, "acl"):
        if is_passive(syntax, maker) and (by := syntax.child(maker, "obl:agent")) is not None:
            return by
    return None
