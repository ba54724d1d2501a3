"""SRC702: a figure without a source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.claims.quantities import quantities_of
from attribution.records import Severity, Span
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.voice import Assertion, AssertionKind, FigureKind


@dataclass(frozen=True)
class UnattributedFigure(Rule):
    """A toll, a sum, a poll or a percentage that nobody is the source of.

    What:
        A sentence in the outlet's own voice gives such a figure; neither it nor the sentence before names a source or
        a document, no source of its paragraph goes on speaking, and nobody gave the same figure earlier.
    Why:
        Figures look exact. Readers need to know who counted.
    Example:
        At least 40 people died in the flood.
    Better:
        At least 40 people died in the flood, the health ministry said.
    Standards:
        Reuters, AFP (2024), IFCN
    False positives:
        Figures that everybody can look up. Sport and markets, ages, dates, votes counted, tax and other set rates are
        exempt.
    """

    code = "SRC702"
    name = "unattributed-figure"
    severity = Severity.WARNING
    default = True
    standards = ("REU-3", "AFP-1", "IFCN-1")

    kinds: tuple[str, ...] = option(
        tuple(kind.value for kind in FigureKind),
        "What figures are asked about.",
        choices=tuple(kind.value for kind in FigureKind),
    )

    def check(self, story: Story) -> Iterator[Remark]:
        if story.voice.is_play:
            return
        by_sentence: dict[int, list[Assertion]] = {}
        for found in story.voice.assertions:
            if found.kind is AssertionKind.FIGURE and found.figure in self.kinds and not found.implied:
                by_sentence.setdefault(found.sentence, []).append(found)
        for figures in by_sentence.values():
            if all(self._given_before(story, figure) for figure in figures):
                continue
            first, *others = figures
            yield Remark(
                first.span,
                f"Who counted? “{story.words(first.span)}” has no source.",
                evidence=("no source or document in the sentence or the one before it",),
                related=tuple(other.span for other in others),
                confidence=first.confidence,
            )

    def _given_before(self, story: Story, figure: Assertion) -> bool:
        """Whether somebody is reported to have given the same number earlier in the story."""
        said = [Span(*span) for a in story.attributions for span in a.content if span.end <= figure.span.start]
        values, _ = quantities_of(story.tokens(said), lambda token: token.lemma.lower())
        return figure.value is not None and any(q.value == figure.value for q in values)
