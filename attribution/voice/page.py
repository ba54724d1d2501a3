"""An article with who speaks where: whose words each word is, and which sentences are the outlet's own."""

from __future__ import annotations

from functools import cached_property

from attribution.extract.quotations import find_quotations
from attribution.extract.syntax import NOTHING, Syntax, Tokens
from attribution.records import REPORTED, Analysis, Attribution, Block, BlockKind, QuotationKind, Sentence, Span
from attribution.text import SpanIndex, overlap

_BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
CARRIES = 2
"""So many sentences of its paragraph a source named once may go on speaking for (standards §3.0)."""


class Page:
    """Read-only view of an analysis, by sentences and by who is responsible for them.

    Attributes:
        syntax: the trees.
        reported: statements of the reported kinds that somebody is said to have made.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.article = analysis.article
        self.sentences = analysis.parse.sentences
        self.syntax = Syntax(analysis.article, analysis.parse)
        self._blocks = SpanIndex(block.span for block in analysis.article.blocks)
        self.reported = tuple(a for a in analysis.attributions if a.kind in REPORTED and not a.hypothetical)

    # -------------------------------------------------------------------------------------- stretches

    def words(self, sentence: Sentence) -> range:
        """The token indices of a sentence."""
        return range(sentence.first, sentence.last)

    def span(self, words: Tokens) -> Span:
        """From the first to the last of some words."""
        tokens = [self.syntax.token(i) for i in sorted(words)]
        return Span(tokens[0].span.start, tokens[-1].span.end)

    def text(self, sentence: Sentence) -> str:
        """A sentence on one line, in lower case, with straight apostrophes."""
        begin, end = sentence.span
        return " ".join(self.article.prose[begin:end].replace("’", "'").lower().split())

    def block(self, sentence: Sentence) -> Block | None:
        """The block that a sentence stands in."""
        number = self._blocks.at(sentence.span.start)
        return None if number is None else self.article.blocks[number]

    @cached_property
    def body(self) -> tuple[Sentence, ...]:
        """The sentences of paragraphs and lists, without headlines, block quotations and fragments of one word."""
        found = []
        for sentence in self.sentences:
            block = self.block(sentence)
            if block is not None and block.kind in _BODY and sentence.last - sentence.first > 2:
                found.append(sentence)
        return tuple(found)

    # -------------------------------------------------------------------------------------- whose words

    @cached_property
    def voiced(self) -> Tokens:
        """Words that are somebody's: reported content of any kind, and what stands in quotation marks as speech."""
        contents = [span for a in self.analysis.attributions for span in a.content]
        quoted = [q.span for q in find_quotations(self.article) if q.kind is QuotationKind.SPEECH]
        return frozenset().union(NOTHING, *(self.syntax.between(span) for span in (*contents, *quoted)))

    def attributions_in(self, sentence: Sentence) -> tuple[Attribution, ...]:
        """The statements that touch a sentence: reported ones, and what is asked, wished or supposed."""
        return self._by_sentence.get(sentence.index, ())

    @cached_property
    def _by_sentence(self) -> dict[int, tuple[Attribution, ...]]:
        found: dict[int, dict[str, Attribution]] = {}
        for attribution in self.analysis.attributions:
            if attribution.kind in REPORTED or attribution.hypothetical:
                for span in (*attribution.source, *attribution.cue, *attribution.content):
                    for number in self.syntax.sentences.over(span):
                        found.setdefault(number, {})[attribution.id] = attribution
        return {number: tuple(touching.values()) for number, touching in found.items()}

    @cached_property
    def own(self) -> tuple[Sentence, ...]:
        """The body's sentences that nobody is reported to have said, not even in part."""
        return tuple(
            s for s in self.body if not self.attributions_in(s) and not any(i in self.voiced for i in self.words(s))
        )

    def carried(self, sentence: Sentence) -> Attribution | None:
        """The statement whose source still speaks here: made in the same paragraph, one or two sentences before."""
        block = self.block(sentence)
        for before in reversed(self.sentences[max(0, sentence.index - CARRIES) : sentence.index]):
            if self.block(before) is not block:
                return None
            made = [a for a in self.reported if overlap((*a.cue, *a.content), (before.span,))]
            if made:
                return made[-1]
        return None

    def neighbours(self, sentence: Sentence, before: int, after: int) -> tuple[Sentence, ...]:
        """A sentence with some before and after it, whatever their paragraphs."""
        return self.sentences[max(0, sentence.index - before) : sentence.index + after + 1]
