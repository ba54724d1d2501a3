"""Stanza documents from parses, and what a parser needs to know of a Stanza document.

In Stanza a surface token holds one or more syntactic words; names are annotated on tokens (in BIOES),
everything else on words.  In a ``Parse`` there are only words, and names are in BIO.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stanza.models.common.doc import Document
from stanza.models.ner.utils import bio2_to_bioes, to_bio2

from attribution.load import plain
from attribution.parse.conllu import share_out
from attribution.parse.tokenize import Word
from attribution.records import Article, Block, BlockKind, Parse, Sentence, Span, Token


def article_of(text: str) -> Article:
    """An article of plain text, whatever it is: empty, foreign, one word.

    Every paragraph is prose here: who gives Stanza a text wants all of it in the Document.
    """
    return Article(text, tuple(Block(BlockKind.PARAGRAPH, piece.span) for piece in plain.paragraphs(text)))


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


def bare_entries(words: Sequence[Word], text: str) -> list[dict[str, Any]]:
    """A sentence of given words, without any layer, as ``Document`` takes it."""
    made: list[dict[str, Any]] = []
    for i, word in enumerate(words):
        count = sum(other.token == word.token for other in words[i:]) if word.in_multiword_token else 1
        if count > 1 and (i == 0 or words[i - 1].token != word.token):
            surface = text[word.token.start : word.token.end]
            made.append({"id": (i + 1, i + count), "text": surface, **_offsets(word.token)})
        made.append({"id": (i + 1,), "text": word.text, **_offsets(word.span)})
    return made


# ---------------------------------------------------------------------------------- document to parse


def parse_of(sentences: Iterable[tuple[Any, Sequence[Word]]], types: Mapping[str, str], model: str) -> Parse:
    """A parse from Stanza's annotation.

    Args:
        sentences: Stanza's sentences, each with its words as they stand in the article.
        types: Stanza's entity types that count, and what they are called here.
        model: what made the annotation.
    """
    tokens: list[Token] = []
    made: list[Sentence] = []
    for sentence, words in sentences:
        first = len(tokens)
        names = _names_of_words(sentence, types)
        for i, (found, word, name) in enumerate(zip(sentence.words, words, names, strict=True)):
            tokens.append(
                Token(
                    index=first + i,
                    span=word.span,
                    text=found.text,
                    lemma=found.lemma or found.text,
                    upos=found.upos or "X",
                    xpos=found.xpos or "",
                    feats=found.feats or "",
                    head=first + (found.head - 1 if found.head else i),
                    deprel=found.deprel or "dep",
                    ner=name,
                    sentence=len(made),
                    joined=i > 0 and word.in_multiword_token and words[i - 1].token == word.token,
                )
            )
        made.append(Sentence(len(made), Span(words[0].span.start, words[-1].span.end), first, len(tokens)))
    return Parse(tuple(tokens), tuple(made), model=model)


def _names_of_words(sentence: Any, types: Mapping[str, str]) -> list[str]:
    """BIO tags of words from Stanza's BIOES tags of tokens; a possessive mark at the end is no part of a name."""
    tags: list[str] = []
    for token in sentence.tokens:
        place, _, kind = (token.ner or "O").partition("-")
        if kind not in types:
            tags.extend("O" for _ in token.words)
        else:
            begins = place in {"B", "S"}
            tags.extend(f"{'B' if begins and i == 0 else 'I'}-{types[kind]}" for i in range(len(token.words)))
    for i, word in enumerate(sentence.words):
        ends = i + 1 == len(tags) or not tags[i + 1].startswith("I-")
        if word.xpos == "POS" and tags[i].startswith("I-") and ends:
            tags[i] = "O"
    return tags
