"""Words that keep the outlet's distance without attributing: "the alleged plot", "soldiers accused of" (ruling 15)."""

from __future__ import annotations

from functools import cache

from attribution.extract.syntax import Syntax
from attribution.lexicon import read_table
from attribution.records import Article, Attribution, Hedge, Parse, Span


@cache
def _hedges() -> dict[str, str]:
    rows = read_table(
        "hedges.tsv", ("word", "position", "note"), key=("word",), allowed={"position": {"before", "after", "both"}}
    )
    return {row["word"]: row["position"] for row in rows}


def find_hedges(article: Article, parse: Parse, attributions: tuple[Attribution, ...]) -> tuple[Hedge, ...]:
    """Every hedge before or after a noun, in text order; a word that is the cue of an attribution is none.

    ``claim_id`` stays None here: which claim a hedge stands in is known once claims are made.
    """
    syntax = Syntax(article, parse)
    cue_characters = [span for a in attributions for span in a.cue]
    found = []
    for token in parse.tokens:
        if not is_hedge(syntax, article.prose, token.index):
            continue
        if any(span.start <= token.span.start < span.end for span in cue_characters):
            continue
        span = Span(_compound(article.prose, token.span).start, _words(syntax, token.index).end)
        found.append(Hedge(span, article.prose[span.start : span.end]))
    return tuple(found)


def is_hedge(syntax: Syntax, text: str, index: int) -> bool:
    """Whether a word stands beside a noun as a hedge ("alleged", "so-called", "accused of plotting")."""
    word = _compound(text, syntax.token(index).span)
    position = _hedges().get(text[word.start : word.end].lower())
    return position is not None and _modifies_noun(syntax, index, position)


def _compound(text: str, span: Span) -> Span:
    """The word with what is joined to its front by hyphens: "called" of "so-called"."""
    start = span.start
    while start > 1 and text[start - 1] in "-‐‑" and text[start - 2].isalnum():
        start -= 1
        while start > 0 and text[start - 1].isalnum():
            start -= 1
    return Span(start, span.end)


def _modifies_noun(syntax: Syntax, index: int, position: str) -> bool:
    head = syntax.head(index)
    if head is None or syntax.token(head).upos not in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
        return False
    before = head > index and syntax.has_relation(index, "amod", "compound", "acl", "advmod", "nmod")
    after = head < index and syntax.has_relation(index, "acl") and syntax.token(index).deprel != "acl:relcl"
    return (before and position in ("before", "both")) or (after and position in ("after", "both"))


def _words(syntax: Syntax, index: int) -> Span:
    """The word; after a noun with the charge it introduces ("accused of plotting to unseat …")."""
    token = syntax.token(index)
    head = syntax.head(index)
    if head is None or head > index:
        return token.span
    below = sorted(i for i in syntax.subtree(index) if i >= index)
    while below and syntax.is_punctuation(below[-1]):
        below.pop()
    return Span(token.span.start, syntax.token(below[-1]).span.end)
