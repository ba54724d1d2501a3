"""SRC701: an allegation in the outlet's own voice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Severity
from attribution.rules.base import Remark, Rule
from attribution.rules.story import Story
from attribution.voice import AssertionKind


@dataclass(frozen=True)
class UnattributedAllegation(Rule):
    """The story itself says that somebody named did wrong.

    What:
        A sentence without any source states a crime or misconduct of a named person or body as a fact, and no source
        of its paragraph goes on speaking in it.
    Why:
        It is then the outlet's own charge, which the outlet must prove.
    Example:
        Smith embezzled the funds.
    Better:
        Smith embezzled the funds, prosecutors said.
    Standards:
        AP (2010), BBC, Reuters
    False positives:
        What is proved or on the public record, where the story does not say so. Convictions, admissions, past decades
        and sentences that go on from a source before them are exempt.
    """

    code = "SRC701"
    name = "unattributed-allegation"
    severity = Severity.ERROR
    default = True
    standards = ("AP-1", "BBC-6", "REU-3")
    question = "What proves it, and has that been seen?"

    def check(self, story: Story) -> Iterator[Remark]:
        seen: set[int] = set()
        for found in story.voice.assertions:
            if found.kind is not AssertionKind.ALLEGATION or found.implied or found.sentence in seen:
                continue
            assert found.party is not None
            seen.add(found.sentence)
            yield Remark(
                found.span,
                f"“{story.words(found.span)}” accuses {found.party.name} in the outlet's own voice; say who says so.",
                evidence=("no source in the sentence, nor in the two before it in the paragraph",),
                confidence=found.confidence,
            )
