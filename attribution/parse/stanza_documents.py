"""Stanza documents from parses, and what a parser needs to know of a Stanza document.

In Stanza a surface token holds one or more syntactic words; names are annotated on tokens (in BIOES),
everything else on words.  In a ``Parse`` there are only words, and names are in BIO.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from stanza.models.common.doc import Document
from stanza.models.ner.utils import bio2_to_bioes, to_bio2

from attribution.load import blocks, plain
from attribution.parse.conllu import share_out
from attribution.parse.tokenize import Word
from attribution.records import Article, Parse, Span, Token


def article_of(text: str) -> Article:
    """An article of plain text as ``load`` would read it, but whatever it is: empty, foreign, one word."""
    return Article(text, blocks.recognise(text, plain.paragraphs(text)))


# ---------------------------------------------------------------------------------- parse to document


def entries(parse: Parse, text: str) -> list[list[dict[str, Any]]]:
    """A parse of ``text`` as the dictionaries that ``Document`` is built from."""
    return [_sentence(parse.tokens[s.first : s.last], text) for s in parse.sentences]


def _sentence(tokens: Sequence[Token], text: str) -> list[dict[str, Any]]:
    groups = _surface_tokens(tokens)
    made: list[dict[str, Any]] = []
    for group, name in zip(groups, _names(groups), strict=True):
        surface = len(made)
        if len(group) > 1:
            span = Span(group[0].span.start, group[-1].span.end)
            number = _number(group[0], tokens)
            made.append(
                {"id": (number, number + len(group) - 1), "text": text[span.start : span.end], **_offsets(span)}
            )
        for token in group:
            layers = _layers(token, tokens)
            made.append({"id": (_number(token, tokens),), "text": token.text, **_offsets(token.span), **layers})
        made[surface]["ner"] = name
    return made


def fill(document: Document, parse: Parse) -> None:
    """Set all layers of a document from a parse of its own words."""
    for sentence, found in zip(document.sentences, parse.sentences, strict=True):
        tokens = parse.tokens[found.first : found.last]
        for word, token in zip(sentence.words, tokens, strict=True):
            for layer, value in _layers(token, tokens).items():
                setattr(word, layer, value)
        for surface, name in zip(sentence.tokens, _names(_surface_tokens(tokens)), strict=True):
            surface.ner = name
        sentence.build_dependencies()
    document.build_ents()


def _surface_tokens(tokens: Sequence[Token]) -> list[list[Token]]:
    """The words of a sentence, grouped by the token they are written as."""
    groups: list[list[Token]] = []
    for token in tokens:
        if token.joined and groups:
            groups[-1].append(token)
        else:
            groups.append([token])
    return groups


def _names(groups: Iterable[Sequence[Token]]) -> list[str]:
    """Entity tags of surface tokens in Stanza's scheme; a token takes its first word's."""
    tags: list[str] = bio2_to_bioes(to_bio2([group[0].ner for group in groups]))
    return tags


def _number(token: Token, tokens: Sequence[Token]) -> int:
    """A word's number in its sentence, from 1."""
    return token.index - tokens[0].index + 1


def _offsets(span: Span) -> dict[str, int]:
    return {"start_char": span.start, "end_char": span.end}


def _layers(token: Token, tokens: Sequence[Token]) -> dict[str, Any]:
    return {
        "lemma": token.lemma,
        "upos": token.upos or None,
        "xpos": token.xpos or None,
        "feats": token.feats or None,
        "head": 0 if token.head == token.index else token.head - tokens[0].index + 1,
        "deprel": token.deprel,
    }


# ---------------------------------------------------------------------------------- document to words


def words_of(document: Document) -> list[list[Word]]:
    """The words of a document by sentence.

    A document may come without text or offsets (from CoNLL-U, say).  It is then spelled out as pretokenized text
    is, tokens parted by spaces, and gets that text and its offsets.
    """
    tokens = [token for sentence in document.sentences for token in sentence.tokens]
    if document.text is None or any(token.start_char is None for token in tokens):
        at = 0
        for token in tokens:
            # Stanza has no public way to place a token.
            token._start_char, token._end_char = at, at + len(token.text)
            at = token._end_char + 1
        document.text = " ".join(token.text for token in tokens)
    return [_words(sentence) for sentence in document.sentences]


def _words(sentence: Any) -> list[Word]:
    words: list[Word] = []
    for token in sentence.tokens:
        surface = Span(token.start_char, token.end_char)
        spans = share_out(surface, [word.text for word in token.words])
        words.extend(Word(span, word.text, surface) for word, span in zip(token.words, spans, strict=True))
    return words
