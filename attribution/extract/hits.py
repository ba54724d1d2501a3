"""What patterns work on and what they return."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from attribution.extract.cues import Cue, find_cues
from attribution.extract.quotations import find_quotations
from attribution.extract.syntax import NOTHING, Syntax, Tokens
from attribution.extract.tags import Tagged, read_tags
from attribution.records import Article, Kind, Parse, Quotation, QuotationKind

AGENTLESS = frozenset({"raising", "impersonal", "accused"})
"""Patterns of what nobody is said to say ("is believed to", "is accused of"); negated, they say that nobody says so."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One source-cue-content relation as a pattern sees it: sets of token indices.

    Attributes:
        pattern: id of the pattern, kept in ``Attribution.evidence``.
        head: the token that decides who wins where two hits share a cue.
        recipient: who was told; never part of the source.
        negative: the source denies the content, or is said not to have said it.
        hypothetical: set where the construction itself is a question or a wish.
        pairing: how a quotation came to belong to this hit, None where none was paired.
        score: the learned tagger's probability of the cue, None where it sees none.
        linked: the mean probability with which the tagger links the content's words to the cue.
    """

    pattern: str
    head: int
    cue: Tokens
    source: Tokens
    content: Tokens
    kind: Kind
    recipient: Tokens = NOTHING
    negative: bool = False
    hypothetical: bool = False
    pairing: str | None = None
    score: float | None = None
    linked: float = 0.0


@dataclass(frozen=True)
class Reading:
    """An article with everything patterns look at."""

    article: Article
    parse: Parse
    syntax: Syntax = field(init=False)
    quotations: tuple[Quotation, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "syntax", Syntax(self.article, self.parse))
        object.__setattr__(self, "quotations", find_quotations(self.article))

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """Every lexicon cue, in text order."""
        return find_cues(self.syntax)

    @cached_property
    def verb_cues(self) -> tuple[Cue, ...]:
        return tuple(cue for cue in self.cues if cue.entry.pos == "VERB")

    @cached_property
    def tags(self) -> tuple[Tagged, ...]:
        """Every cue of the learned tagger, in text order; none where the parse has no tags."""
        return read_tags(self.parse.tagged)

    @cached_property
    def quoted(self) -> Tokens:
        """Tokens inside outermost quotations of any kind, marks included."""
        return frozenset().union(*(self.syntax.between(q.span) for q in self.quotations if q.depth == 0), NOTHING)

    @cached_property
    def spoken(self) -> Tokens:
        """Tokens inside outermost quotations that read as speech, marks included."""
        return frozenset().union(
            *(self.syntax.between(q.span) for q in self.quotations if q.depth == 0 and q.kind is QuotationKind.SPEECH),
            NOTHING,
        )


Pattern = Callable[[Reading], Iterator[Hit]]
