"""Adjectives that say what somebody thinks or feels: "confident that", "worried about", "eager to"."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.extract.hits import Hit, Reading
from attribution.extract.speakers import speaker
from attribution.extract.syntax import Syntax, Tokens


def adjective(reading: Reading) -> Iterator[Hit]:
    """A predicative adjective of belief, feeling or intention with what it is about.

    Example: "The coach is confident that Ruiz will play."
    """
    syntax = reading.syntax
    for cue in reading.cues:
        if cue.entry.pos != "ADJ" or syntax.has_relation(cue.head, "amod"):
            continue
        content = _complement(syntax, cue.head, cue.entry.frames)
        if not content:
            continue
        source = speaker(syntax, cue.head, without=content | cue.tokens)
        if source:
            yield Hit("adjective", cue.head, cue.tokens, source, content, cue.entry.kind, negative=cue.negative)


def _complement(syntax: Syntax, head: int, frames: frozenset[str]) -> Tokens:
    for dependent in syntax.children(head, "ccomp", "advcl", "xcomp", "obl"):
        if dependent < head:
            continue
        to = syntax.markers(dependent, "to")
        is_clause = syntax.token(dependent).deprel == "ccomp" or bool(syntax.markers(dependent, "that"))
        if "clause" in frames and is_clause and not to:
            return syntax.subtree(dependent)
        if "to" in frames and to and syntax.is_verb(dependent):
            return syntax.subtree(dependent)
        if "about" in frames and (marks := syntax.markers(dependent, "about", "of", "at", "over", "with", "by")):
            return syntax.subtree(dependent) - marks
    return frozenset()
