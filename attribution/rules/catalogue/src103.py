"""SRC103: a formula for a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Severity, Source, Span
from attribution.rules.base import Remark, Rule
from attribution.rules.story import Story
from attribution.rules.wordings import plain
from attribution.sources.vocabulary import grant_patterns, reason_patterns


@dataclass(frozen=True)
class BoilerplateAnonymityReason(Rule):
    """The reason given for leaving a source unnamed is a formula.

    What:
        "Not authorised to speak publicly", "because of the sensitivity of the matter", "to discuss internal
        deliberations", and nothing more specific.
    Why:
        A formula fits every source and tells readers nothing about this one.
    Example:
        … said an aide, who spoke on condition of anonymity because she was not authorised to comment.
    Better:
        … said an aide, who asked not to be named because staff had been told they would be dismissed for talking.
    Standards:
        New York Times (2010), Slovenian newspapers (a study) (2023)
    False positives:
        House styles that accept the formula, such as AP's.
    """

    code = "SRC103"
    name = "boilerplate-anonymity-reason"
    severity = Severity.INFO
    default = True
    standards = ("NYT-2", "SLO23")

    def check(self, story: Story) -> Iterator[Remark]:
        formulas = list(_formulas(story))
        seen: set[Span] = set()
        for source in story.sources:
            if source.reason != "boilerplate" or not story.is_unnamed_person(source) or source.member_of is not None:
                continue
            span = _nearest(formulas, source) or story.mention(source)
            if span in seen:
                continue  # the same words speak for two sources
            seen.add(span)
            yield Remark(
                span,
                f"“{story.words(span)}” is a formula that fits any source; say what this one risks, if safe, or drop"
                " it.",
                source_id=source.id,
                related=(story.mention(source),),
            )


def _formulas(story: Story) -> Iterator[Span]:
    """Where sentences about anonymity give a formula for a reason, with the words from "because" to the next comma."""
    for sentence in story.analysis.parse.sentences:
        words = plain(story, sentence.span)
        granted = any(pattern.search(words) for _, pattern in grant_patterns())
        for name, kind, pattern in reason_patterns():
            if kind != "boilerplate" or not (granted or name == "not-authorised"):
                continue
            if found := pattern.search(words):
                opens = [m.start() for m in _OPENERS.finditer(words, 0, found.start() + 1)]
                begin = opens[-1] if opens and found.start() - opens[-1] <= _REACH else found.start()
                end = _CLOSERS.search(words, found.end())
                yield Span(sentence.span.start + begin, sentence.span.start + (end.start() if end else len(words)))
                break


_OPENERS = re.compile(r"\b(?:because|since|as|citing|given|due to|to)\b")
_CLOSERS = re.compile(r"[,.;:]|\s[-–—]\s")
_REACH = 60
"""Characters between "because" and the formula at most."""


def _nearest(formulas: list[Span], source: Source) -> Span | None:
    """The formula that stands nearest to a mention of the source."""
    return min(
        formulas,
        key=lambda f: min((abs(f.start - m.span.end) for m in source.mentions), default=0),
        default=None,
    )
