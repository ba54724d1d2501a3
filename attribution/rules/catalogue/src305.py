"""SRC305: a contentious opening whose source comes late, or never."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Attribution, Confidence, Severity
from attribution.rules.base import Remark, Rule, option
from attribution.rules.settings import Genre
from attribution.rules.story import Story
from attribution.voice import Assertion, AssertionKind, FigureKind

_WITNESSED = frozenset({Genre.FEATURE, Genre.SPORT, Genre.ANALYSIS, Genre.INTERVIEW})
"""Genres that open with what the writer saw or holds."""


@dataclass(frozen=True)
class LeadSourceMissingOrLate(Rule):
    """A first paragraph that says something contentious, with no source there or soon after.

    What:
        The lead accuses somebody, counts victims, forecasts or judges in the outlet's own voice, and nobody speaks in
        it or in the next sentences.
    Why:
        Many readers read no further, and take it for a fact.
    Example:
        The coup failed because the generals were bribed.
    Better:
        The coup failed because the generals were bribed, the presidency said.
    Standards:
        AFP (2024), AP (2010), Reuters, Reuters
    False positives:
        What is public and undisputed; what the writer saw.  Features, analyses, interviews and sport are left alone.
    """

    sentences: int = option(2, "Sentences after the claim within which a source is in time.", least=0)

    code = "SRC305"
    name = "lead-source-missing-or-late"
    severity = Severity.WARNING
    default = True
    standards = ("AFP-1", "AP-1", "REU-3", "REU-5")
    yields_to = ("SRC701", "SRC702")

    def check(self, story: Story) -> Iterator[Remark]:
        lead = story.lead
        if lead is None or story.settings.genre in _WITNESSED:
            return
        for assertion in story.voice.assertions:
            if not lead.span.start <= assertion.span.start < lead.span.end or not _is_contentious(assertion):
                continue
            first = _first_source(story)
            at = story.sentence(first.source[0]).index if first else None
            if at is not None and at - assertion.sentence <= self.sentences:
                continue
            yield Remark(
                assertion.span,
                f"Contentious lead: “{story.words(assertion.span)}” stands in the outlet's own voice;"
                f" {_where(story, first)}.",
                evidence=(f"no source in the lead or the {self.sentences} sentences after it",),
                related=(first.source[0],) if first else (),
                confidence=assertion.confidence,
            )
            return


def _is_contentious(assertion: Assertion) -> bool:
    """Whether somebody will dispute it: an accusation, victims, a forecast or a judgement of some certainty."""
    if assertion.implied is not None or assertion.confidence is Confidence.LOW:
        return False
    return assertion.kind is not AssertionKind.FIGURE or assertion.figure is FigureKind.CASUALTY


def _first_source(story: Story) -> Attribution | None:
    """The first statement of the body that somebody makes."""
    said = (a for a in story.attributions if a.source and not story.is_display(a.source[0]))
    return next((a for a in said if (s := story.source_of(a)) is not None and s.count != "0"), None)


def _where(story: Story, first: Attribution | None) -> str:
    if first is None:
        return "no source follows"
    number = next((n for n, b in enumerate(story.paragraphs, 1) if b == story.paragraph(first.source[0])), None)
    return f"the first source stands in paragraph {number}" if number else "its source comes late"
