"""The trees of one article, and the questions that patterns ask of them.

All indices are token indices into ``Parse.tokens``; a constituent is a frozen set of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from attribution.records import Article, Parse, Sentence, Span, Token
from attribution.text import SpanIndex

Tokens = frozenset[int]

NOTHING: Tokens = frozenset()


class Syntax:
    """Read-only view of the dependency trees of an article."""

    def __init__(self, article: Article, parse: Parse) -> None:
        self.article = article
        self.parse = parse
        self.tokens = parse.tokens
        children: dict[int, list[int]] = defaultdict(list)
        for token in parse.tokens:
            if token.head != token.index:
                children[token.head].append(token.index)
        self._children = {head: tuple(dependents) for head, dependents in children.items()}
        self._subtrees: dict[int, Tokens] = {}
        self.sentences = SpanIndex(sentence.span for sentence in parse.sentences)
        self.surnames = _surnames(parse.tokens)
        """Words that end a name of several words tagged as a person's, with the words before them there."""

    # ------------------------------------------------------------------------------ one token

    def token(self, index: int) -> Token:
        return self.tokens[index]

    def lemma(self, index: int) -> str:
        return self.tokens[index].lemma.lower()

    def word(self, index: int) -> str:
        """The form in lower case, with a straight apostrophe."""
        return self.tokens[index].text.lower().replace("’", "'")

    def feature(self, index: int, name: str) -> str | None:
        """The value of a UD feature ("VerbForm"), or None."""
        for item in self.tokens[index].feats.split("|"):
            key, _, value = item.partition("=")
            if key == name:
                return value
        return None

    def sentence_of(self, index: int) -> Sentence:
        return self.parse.sentences[self.tokens[index].sentence]

    # ------------------------------------------------------------------------------ the tree

    def head(self, index: int) -> int | None:
        """The head's index, None for the root of a sentence."""
        head = self.tokens[index].head
        return None if head == index else head

    def has_relation(self, index: int, *relations: str) -> bool:
        """Whether the token's relation to its head is one of these; "nsubj" stands for its subtypes too."""
        deprel = self.tokens[index].deprel
        base = deprel.partition(":")[0]
        return deprel in relations or base in relations

    def children(self, index: int, *relations: str) -> tuple[int, ...]:
        """Dependents in text order, all of them or those with one of the relations."""
        dependents = self._children.get(index, ())
        if not relations:
            return dependents
        return tuple(d for d in dependents if self.has_relation(d, *relations))

    def child(self, index: int, *relations: str) -> int | None:
        """The first dependent with one of the relations."""
        return next(iter(self.children(index, *relations)), None)

    def markers(self, index: int, *words: str) -> Tokens:
        """The prepositions and subordinators of a phrase or clause, all of them or those that are one of the words."""
        return frozenset(m for m in self.children(index, "case", "mark") if not words or self.word(m) in words)

    def subtree(self, index: int) -> Tokens:
        """The token and everything below it."""
        known = self._subtrees.get(index)
        if known is None:
            gathered, pending = {index}, [index]
            while pending:
                below = [d for d in self.children(pending.pop()) if d not in gathered]
                gathered.update(below)
                pending.extend(below)
            known = self._subtrees[index] = frozenset(gathered)
        return known

    def ancestors(self, index: int) -> Iterator[int]:
        """Heads from the nearest up to the root of the sentence."""
        seen = {index}
        head = self.head(index)
        while head is not None and head not in seen:
            seen.add(head)
            yield head
            head = self.head(head)

    # ------------------------------------------------------------------------------ stretches

    def between(self, span: Span) -> Tokens:
        """Tokens that lie wholly within a stretch of text."""
        return frozenset(
            t.index for t in self._overlapping(span) if span.start <= t.span.start and t.span.end <= span.end
        )

    def _overlapping(self, span: Span) -> Iterator[Token]:
        for number in self.sentences.over(span):
            sentence = self.parse.sentences[number]
            yield from self.tokens[sentence.first : sentence.last]

    def is_punctuation(self, index: int) -> bool:
        return self.tokens[index].upos == "PUNCT" or not any(c.isalnum() for c in self.tokens[index].text)

    def is_verb(self, index: int) -> bool:
        """Whether the token heads a clause: a verb, or a predicate with a copula."""
        return self.tokens[index].upos in ("VERB", "AUX") or self.child(index, "cop") is not None

    def paragraph_start(self, index: int) -> bool:
        """Whether the token is the first of its block."""
        start = self.tokens[index].span.start
        return any(
            block.span.start <= start < block.span.end and not self.article.prose[block.span.start : start].strip()
            for block in self.article.blocks
        )


def _surnames(tokens: tuple[Token, ...]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for first, token in enumerate(tokens):
        if token.ner != "B-PER":
            continue
        last = first
        while last + 1 < len(tokens) and tokens[last + 1].ner == "I-PER":
            last += 1
        if last > first:
            name = tokens[last].text
            found[name] = found.get(name, frozenset()) | {t.text for t in tokens[first:last]}
    return found
