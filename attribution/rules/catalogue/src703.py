"""SRC703: a judgement or forecast in the outlet's own voice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Confidence, Severity
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.voice import AssertionKind


@dataclass(frozen=True)
class UnattributedContentious(Rule):
    """The story itself judges, or foretells.

    What:
        A sentence without a source states a judgement, a cause or a forecast that people can dispute.
    Why:
        News reports opinions; it has none of its own.
    Example:
        The reform will wreck small farms.
    Better:
        The reform will wreck small farms, the farmers' union said.
    Standards:
        Reuters, Reuters (2021), AP (2010)
    False positives:
        Background that nobody disputes. In analysis and features, where views are the
        point, the rule is off.
    """

    code = "SRC703"
    name = "unattributed-contentious"
    severity = Severity.INFO
    standards = ("REU-3", "REU-4", "AP-1")

    sure: str = option(
        "medium", "How sure a finding must be.", choices=tuple(confidence.value for confidence in Confidence)
    )

    def check(self, story: Story) -> Iterator[Remark]:
        order = list(Confidence)
        for found in story.voice.assertions:
            if found.kind is not AssertionKind.VIEW or found.implied or found.view is None:
                continue
            if order.index(found.confidence) <= order.index(Confidence(self.sure)):
                yield Remark(
                    found.span,
                    f"“{story.words(found.span)}” is {found.view.value} in the outlet's own voice; whose is it?",
                    confidence=found.confidence,
                )
