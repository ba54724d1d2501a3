"""One article as rules look at it: its statements, sources and words, with the questions that rules ask of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from attribution.counted import Counted, speaks_unnamed
from attribution.extract.hits import Reading
from attribution.extract.syntax import Syntax
from attribution.records import (
    Analysis,
    Article,
    Attribution,
    Block,
    BlockKind,
    Claim,
    Quotation,
    Sentence,
    Source,
    Span,
    Spans,
    Token,
)
from attribution.rules.settings import Settings
from attribution.sources.heads import head_of
from attribution.sources.mentions import Phrase
from attribution.sources.outlet import own_outlets
from attribution.sources.phrases import PhraseReader
from attribution.text import SpanIndex, join_spans, overlap, word_count, words_of
from attribution.voice import Voice

_DISPLAY = frozenset({BlockKind.HEADLINE, BlockKind.STANDFIRST, BlockKind.HEADING})


class Story:
    """Read-only view of an analysis, made once for all rules.

    Rules see what is reported: attributions of the reported kinds (speech, writing, belief, perception, decree) that
    are neither questions nor conditions, the sources behind them, and their claims.

    Attributes:
        analysis: all that was found.
        settings: genre, own outlets, known names, added words.
        counted: the same statements as metrics count them: chains, makers, origins, claims on one unnamed voice.
    """

    def __init__(self, analysis: Analysis, settings: Settings | None = None, voice: Voice | None = None) -> None:
        self.analysis = analysis
        self.settings = settings or Settings()
        self.counted = Counted(analysis)
        self._voice = voice
        self._sentences = SpanIndex(sentence.span for sentence in analysis.parse.sentences)
        self._blocks = SpanIndex(block.span for block in analysis.article.blocks)
        self._phrases: dict[Spans, Phrase | None] = {}

    # ------------------------------------------------------------------------------ what is reported

    @property
    def article(self) -> Article:
        """The article."""
        return self.analysis.article

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """Reported statements, in text order."""
        return self.counted.attributions

    @property
    def sources(self) -> tuple[Source, ...]:
        """Who stands behind them, in order of first mention; nobody ("reportedly") is one each (count "0")."""
        return self.counted.sources

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What is claimed, in text order."""
        return self.counted.claims

    @cached_property
    def unnamed_people(self) -> tuple[Source, ...]:
        """People at A3 to A5: no documents, no own observation, no officials of a named body, not nobody."""
        return self.counted.unnamed_people

    def source_of(self, attribution: Attribution) -> Source | None:
        """Who makes a statement; None for a quotation whose speaker was not found."""
        return self.counted.source_by_id[attribution.source_id] if attribution.source_id else None

    def claim_of(self, attribution: Attribution) -> Claim | None:
        """What a statement claims; None where it has no content."""
        return self.counted.claim_by_id[attribution.claim_id] if attribution.claim_id else None

    def attributions_of(self, who: Source | Claim) -> tuple[Attribution, ...]:
        """The statements of a source, or those that make a claim, in text order."""
        if isinstance(who, Source):
            return tuple(a for a in self.attributions if a.source_id == who.id)
        return tuple(a for a in self.attributions if a.id in who.attribution_ids)

    def is_unnamed_person(self, source: Source) -> bool:
        """Whether a source is somebody at A3 to A5, alone or as a group, officials of a named body included."""
        return speaks_unnamed(source)

    def parent_of(self, attribution: Attribution) -> Attribution | None:
        """The statement in which this one is relayed, None where it reaches the outlet directly."""
        return self.counted.by_id[attribution.parent] if attribution.parent else None

    @cached_property
    def outlets(self) -> frozenset[str]:
        """Names of the outlet that publishes: those set, those that the article shows."""
        return self.settings.outlets | own_outlets(self.article, self.analysis.attributions)

    # ------------------------------------------------------------------------------ places

    def place(self, attribution: Attribution) -> Span:
        """Where a finding about a statement points: its source's words, else its cue, else its content."""
        for spans in (attribution.source, attribution.cue, attribution.content):
            if spans:
                return spans[0]
        raise ValueError(f"attribution {attribution.id} stands nowhere")

    def mention(self, source: Source) -> Span:
        """Where a finding about a source points: the words that first bring it in as the maker of a statement."""
        outside = [a for a in self.attributions_of(source) if not self.is_display(self.place(a))]
        return self.place((outside or list(self.attributions_of(source)))[0])

    def other_mentions(self, source: Source) -> Spans:
        """A source's further mentions, for ``Remark.related``."""
        first = self.mention(source)
        return tuple(m.span for m in source.mentions if not overlap((m.span,), (first,)))

    @property
    def opening(self) -> Span:
        """Where a finding about the whole story points: the headline, else the first sentence."""
        if title := next((b.span for b in self.article.blocks if b.kind is BlockKind.HEADLINE), None):
            return title
        if self.analysis.parse.sentences:
            return self.analysis.parse.sentences[0].span
        return Span(0, len(self.article.text))

    @cached_property
    def paragraphs(self) -> tuple[Block, ...]:
        """The body: prose without headline, standfirst and cross-heads."""
        return tuple(b for b in self.article.blocks if b.is_prose and b.kind not in _DISPLAY)

    @property
    def lead(self) -> Block | None:
        """The first paragraph of the body."""
        return self.paragraphs[0] if self.paragraphs else None

    def paragraph(self, span: Span) -> Block | None:
        """The block that a span begins in."""
        number = self._blocks.at(span.start)
        return None if number is None else self.article.blocks[number]

    def is_display(self, span: Span) -> bool:
        """Whether a span stands in a headline, standfirst or cross-head, where sourcing may be short."""
        block = self.paragraph(span)
        return block is not None and block.kind in _DISPLAY

    def sentence(self, span: Span) -> Sentence:
        """The sentence that a span begins in, or the nearest before it."""
        return self.analysis.parse.sentences[self._sentences.up_to(span.start) or 0]

    def sentences_around(self, span: Span, before: int, after: int) -> tuple[Sentence, ...]:
        """The sentence of a span with some before and after it, in text order."""
        at = self.sentence(span).index
        return self.analysis.parse.sentences[max(0, at - before) : at + after + 1]

    # ------------------------------------------------------------------------------ words

    @cached_property
    def reading(self) -> Reading:
        """The article as extraction reads it: trees, quotations, cues."""
        return Reading(self.article, self.analysis.parse)

    @property
    def syntax(self) -> Syntax:
        """The trees."""
        return self.reading.syntax

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """Everything in quotation marks."""
        return self.reading.quotations

    def words(self, spans: Span | Spans) -> str:
        """Words as printed, on one line, without Markdown's markup."""
        return words_of((spans,) if isinstance(spans, Span) else spans, self.article.prose)

    def tokens(self, spans: Span | Iterable[Span]) -> tuple[Token, ...]:
        """Tokens that lie wholly within a stretch of text or several, in text order."""
        pieces = (spans,) if isinstance(spans, Span) else tuple(spans)
        found = frozenset().union(*(self.syntax.between(span) for span in pieces))
        return tuple(self.syntax.token(i) for i in sorted(found))

    def head(self, spans: Span | Spans) -> Token | None:
        """The syntactic head of some words: the first that hangs on none of the others."""
        tokens = self.tokens(spans)
        inside = {token.index for token in tokens}
        heads = (t for t in tokens if t.head == t.index or t.head not in inside)
        return next((t for t in heads if t.upos != "PUNCT"), None)

    @cached_property
    def _phrase_reader(self) -> PhraseReader:
        cues = (self.syntax.between(span) for a in self.analysis.attributions for span in a.cue)
        return PhraseReader(self.syntax, frozenset().union(*cues))

    def phrase(self, spans: Span | Spans) -> Phrase | None:
        """Some words of a source, read as a noun phrase: its noun, role, determiner, count, what places it."""
        pieces = (spans,) if isinstance(spans, Span) else spans
        if pieces not in self._phrases:
            tokens = frozenset(t.index for t in self.tokens(pieces))
            head = head_of(self.syntax, tokens)
            self._phrases[pieces] = None if head is None else self._phrase_reader.phrase(head, tokens)
        return self._phrases[pieces]

    def phrases_of(self, source: Source) -> tuple[Phrase, ...]:
        """All that the article calls a source, in text order."""
        return tuple(p for m in source.mentions if (p := self.phrase(m.span)) is not None)

    @property
    def word_count(self) -> int:
        """Words of the body."""
        return word_count(tuple(b.span for b in self.paragraphs), self.article.prose)

    @cached_property
    def voice(self) -> Voice:
        """The outlet's own assertions, accusations, replies and reporting verbs."""
        return self._voice or Voice(self.analysis)

    @cached_property
    def voiced(self) -> Spans:
        """What somebody else is reported to say, attributed or merely quoted; the rest is the outlet's own voice."""
        contents = [span for a in self.analysis.attributions for span in a.content]
        quoted = [q.span for q in self.quotations if q.depth == 0]
        return join_spans((*contents, *quoted), self.article.prose)

    def is_own_voice(self, span: Span) -> bool:
        """Whether no part of a span is anybody's reported content or a quotation."""
        return not overlap(self.voiced, (span,))
