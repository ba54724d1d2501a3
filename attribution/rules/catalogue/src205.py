"""SRC205: checked or not?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from attribution.lexicon import read_table
from attribution.records import Claim, ClaimClass, Kind, Severity, Source, SourceType
from attribution.rules.base import Remark, Rule
from attribution.rules.settings import Genre
from attribution.rules.story import Story
from attribution.rules.unnamed import kept_unnamed
from attribution.rules.wordings import matches

_WARRING = frozenset({SourceType.SECURITY, SourceType.GOVERNMENT})


@dataclass(frozen=True)
class VerificationStatusMissing(Rule):
    """An allegation or a claim of war stands there, and nothing says whether it was checked.

    What:
        An allegation from an unnamed source, or what a party to a conflict claims, in a story that nowhere says
        "could not be verified", "has not been confirmed", "verified by".  One finding for a story.
    Why:
        Readers cannot tell what the newsroom knows from what it was told.
    Example:
        The rebels said they had killed 40 soldiers.
    Better:
        The rebels said they had killed 40 soldiers.  Coastal Wire could not independently verify the toll.
    Standards:
        BBC, BBC, NPR
    False positives:
        Claims that a second, independent source confirms are left out.  Governments and armies are parties in stories
        of the genre "conflict" only.
    """

    code = "SRC205"
    name = "verification-status-missing"
    severity = Severity.INFO
    standards = ("BBC-1", "BBC-3", "NPR-4")
    question = "What has been done to check this?"

    def check(self, story: Story) -> Iterator[Remark]:
        unnamed = {s.id for s in kept_unnamed(story)}
        unchecked = [c for c in story.claims if self._needs_checking(story, c, unnamed)]
        if not unchecked or any(True for _ in matches(story, _verification())):
            return
        claim = unchecked[0]
        number = f"This and {len(unchecked) - 1} more such claims stand" if len(unchecked) > 1 else "This stands"
        yield Remark(
            claim.span[0],
            f"{number} there without a word on whether it has been confirmed; say so.",
            source_id=claim.sources[-1] if claim.sources else None,
            claim_id=claim.id,
            evidence=(f"searched {len(story.analysis.parse.sentences)} sentences for a verification",),
            related=tuple(c.span[0] for c in unchecked[1:]),
        )

    @staticmethod
    def _needs_checking(story: Story, claim: Claim, unnamed: set[str]) -> bool:
        made_by = story.attributions_of(claim)
        told = [a for a in made_by if a.kind is Kind.SPEECH and a.polarity == "positive"]
        sources = [s for a in told if (s := story.source_of(a)) is not None]
        if not sources or len(claim.text.split()) < _ASIDE or any(story.is_display(story.place(a)) for a in made_by):
            return False
        is_allegation = claim.claim_class is ClaimClass.ALLEGATION
        hidden = is_allegation and all(s.id in unnamed for s in sources)
        is_hard = is_allegation or claim.claim_class in (ClaimClass.FACT, ClaimClass.FIGURE)
        party = is_hard and all(_is_party(story, s) for s in sources)
        return (hidden or party) and story.counted.origins(claim).minimum < 2


_ASIDE = 3
"""Shorter claims are words, not statements: “fraud”."""


def _is_party(story: Story, source: Source) -> bool:
    """Whether a source is a party to a conflict: armed groups always, states where the genre is conflict."""
    in_conflict = story.settings.genre is Genre.CONFLICT
    return source.type is SourceType.ARMED or (in_conflict and source.type in _WARRING)


@cache
def _verification() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(row["pattern"]) for row in read_table("verification.tsv", ("name", "pattern"), key=("name",))
    )
