"""SRC102: an unnamed source without a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Severity, Source
from attribution.rules.base import Remark, Rule
from attribution.rules.story import Story
from attribution.rules.unnamed import is_bereaved, is_introduced, kept_unnamed, shown


@dataclass(frozen=True)
class NoAnonymityReason(Rule):
    """Somebody speaks without a name, and the story does not say why.

    What:
        A person or a group that is singled out and left unnamed, and no reason for it anywhere in the story; also
        wherever the text says that anonymity was granted and stops there.
    Why:
        Readers can weigh an unnamed source only if they know what the name would have cost it.
    Example:
        A ministry official said the talks had failed.
    Better:
        A ministry official, who feared dismissal, said the talks had failed.
    Standards:
        AP (2009), JTI (CWA 17493) (2019), SPJ (2014), NPR (2017), New York Times (2004)
    False positives:
        A danger that speaks for itself, and a reason in words that the word lists do not have.  Residents, witnesses
        and other publics, victims and relatives, who owe no reason, classes ("officials said"), officials of a named
        body and its spokespersons are left out.
    """

    code = "SRC102"
    name = "no-anonymity-reason"
    severity = Severity.WARNING
    default = True
    standards = ("AP-3", "JTI-1", "SPJ-1", "NPR-2", "NYT-1")
    yields_to = ("SRC101",)

    def check(self, story: Story) -> Iterator[Remark]:
        searched = len(story.analysis.parse.sentences)
        # A reason for one of a group is heard as the reason of all.
        explained = {s.member_of or s.id for s in story.sources if s.reason != "none"}
        explained |= {s.id for s in self._taken_up(story)}
        asked = {s.id: s for s in self._unexplained(story) if not explained & {s.id, s.member_of}}
        for source in asked.values():
            if source.member_of in asked:
                continue  # said of the group
            span = shown(story, source)
            yield Remark(
                span,
                f"No reason is given for not naming “{story.words(span)}”; say what the name would cost, if safe.",
                source_id=source.id,
                evidence=(f"searched {searched} sentences for a reason",),
                related=story.other_mentions(source),
            )

    @staticmethod
    def _unexplained(story: Story) -> Iterator[Source]:
        kept = {s.id for s in kept_unnamed(story)}
        for source in story.unnamed_people:
            if source.reason == "none" and (source.granted or source.id in kept) and not is_bereaved(story, source):
                yield source

    @staticmethod
    def _taken_up(story: Story) -> Iterator[Source]:
        """Sources that a reason seems to be about, although it stands with words that were not linked to them.

        "Two doctors said … Both asked not to be named because …": the nearest before, one or several as they are.
        """
        people = story.unnamed_people
        for source in people:
            if source.reason == "none" or source.member_of is not None or is_introduced(story, source):
                continue
            at = story.mention(source).start
            before = (s for s in people if story.mention(s).start < at and s.collective == source.collective)
            nearest = next((s for s in reversed(tuple(before)) if is_introduced(story, s)), None)
            if nearest is not None:
                yield nearest
