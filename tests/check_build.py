"""A story and a few plain rules whose findings are known, for tests of the check's outputs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from attribution.records import (
    Analysis,
    Article,
    Confidence,
    Kind,
    Level,
    Parse,
    Quote,
    Sentence,
    Severity,
    SourceType,
    Span,
)
from attribution.rules import Remark, Rule, Story
from build import analysis, article, attribution, claim, source

QUARRY_TITLE = "Two die in blast at Korrin quarry"

QUARRY_TEXT = f"""{QUARRY_TITLE}

KORRIN, May 6 — Two people died in a blast at the Korrin quarry on Monday, a source said.

The company had ignored two warnings, the source said. “They never cared, 100 %,” said a former foreman.

The blast is alleged to have been set off by lightning. Korrin Stone said it was “shocked”.
"""


@dataclass(frozen=True)
class Opaque(Rule):
    """Somebody of whom nothing is said.

    What:
        A source at A5.
    """

    code = "SRC101"
    name = "bare-anonymous-source"
    severity = Severity.ERROR
    default = True
    standards = ("AP-4", "NPR-1")
    question = "Does an editor know who it is?"

    def check(self, story: Story) -> Iterator[Remark]:
        for each in story.unnamed_people:
            if each.level is Level.A5:
                span = story.mention(each)
                message = f"“{story.words(span)}” tells readers nothing about who is speaking."
                yield Remark(span, message, source_id=each.id, related=story.other_mentions(each))


@dataclass(frozen=True)
class Unexplained(Rule):
    """Somebody unnamed, and no word why."""

    code = "SRC102"
    name = "no-anonymity-reason"
    severity = Severity.WARNING
    default = True
    standards = ("NPR-1",)
    question = "Does an editor know who it is?"

    def check(self, story: Story) -> Iterator[Remark]:
        for each in story.unnamed_people:
            message = f"No reason found for not naming “{each.name}”."
            searched = ("searched 4 sentences for a reason",)
            yield Remark(story.mention(each), message, source_id=each.id, evidence=searched)


@dataclass(frozen=True)
class Lone(Rule):
    """A claim that rests on one unnamed voice."""

    code = "SRC201"
    name = "single-anonymous-source"
    severity = Severity.WARNING
    default = True
    standards = ("AP-3",)

    def check(self, story: Story) -> Iterator[Remark]:
        for each in story.claims:
            if story.counted.rests_on_one_unnamed(each) and "warnings" in each.text:
                yield Remark(each.span[0], "One unnamed source alone says so.", claim_id=each.id)


@dataclass(frozen=True)
class Nobody(Rule):
    """A claim of nobody's."""

    code = "SRC303"
    name = "agentless-attribution"
    severity = Severity.WARNING
    default = True
    standards = ("NPR-1",)

    def check(self, story: Story) -> Iterator[Remark]:
        for each in story.sources:
            if each.count == "0":
                words = story.words(story.mention(each))
                yield Remark(story.mention(each), f"Who says so? “{words}” names nobody.", source_id=each.id)


@dataclass(frozen=True)
class NoReply(Rule):
    """Nobody who is criticised replies."""

    code = "SRC501"
    name = "no-reply"
    severity = Severity.WARNING
    default = False
    standards = ("BBC-5",)

    def check(self, story: Story) -> Iterator[Remark]:
        yield Remark(story.opening, "No reply of the company to the warnings was found.", confidence=Confidence.MEDIUM)


RULES: tuple[type[Rule], ...] = (Opaque, Unexplained, Lone, Nobody, NoReply)


def quarry_story(text: str = QUARRY_TEXT, path: str | None = "quarry.txt") -> Analysis:
    """The story with its analysis; ``text`` may hold more than the story's words, never other ones."""
    return quarry_analysis(article(text, path=path, title=QUARRY_TITLE))


def quarry_analysis(loaded: Article) -> Analysis:
    """The analysis of the story as loaded from whatever format, with comments or without."""
    text = loaded.prose
    said = (
        attribution(text, 1, "a source", "said", "Two people died in a blast at the Korrin quarry on Monday"),
        attribution(text, 2, "the source", "said", "The company had ignored two warnings"),
        attribution(text, 3, "a former foreman", "said", "“They never cared, 100 %,”", quote=Quote.DIRECT),
        attribution(text, 4, "", "is alleged to", "have been set off by lightning"),
        attribution(text, 5, "Korrin Stone", "said", "it was “shocked”", quote=Quote.MIXED, kind=Kind.SPEECH),
    )
    made_by = ("s1", "s1", "s2", "s3", "s4")
    said = tuple(replace(each, source_id=who) for each, who in zip(said, made_by, strict=True))
    sources = (
        source(text, 1, "a source", SourceType.UNKNOWN, Level.A5),
        source(text, 2, "a former foreman", SourceType.PROFESSIONAL, Level.A4),
        source(text, 3, "is alleged to", SourceType.UNKNOWN, Level.A5, count="0"),
        source(text, 4, "Korrin Stone", SourceType.BUSINESS, Level.A1),
    )
    levels = {each.id: each.level for each in sources}
    claims = tuple(claim(each, text, levels[str(each.source_id)]) for each in said)
    return analysis(
        text,
        article=loaded,
        parse=Parse(tokens=(), sentences=tuple(_sentences(loaded))),
        attributions=said,
        sources=sources,
        claims=claims,
    )


def _sentences(loaded: Article) -> Iterator[Sentence]:
    number = 0
    for block in loaded.blocks:
        if block.is_prose:
            for found in re.finditer(r"\S.*?(?:\.”?(?=\s|$)|$)", loaded.prose[slice(*block.span)]):
                start = block.span.start
                yield Sentence(number, Span(start + found.start(), start + found.end()), 0, 0)
                number += 1
