"""SRC203: nobody accountable in the whole story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Confidence, Level, Severity, Source
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.rules.unnamed import kept_unnamed
from attribution.sources.mentions import Form
from attribution.voice import Party, ReplyKind

_ACCOUNTABLE = frozenset({Level.A0, Level.A1, Level.A2})


@dataclass(frozen=True)
class AllAnonymousStory(Rule):
    """Not one source of a story is named, in whole or in part.

    What:
        A story with several sources, and no named person, institution or identified document among them.
    Why:
        Nobody stands for anything in it, and readers can check none of it.  Stories like this are very rare.
    Example:
        Five "officials", and not one name.
    Better:
        One person with a name, one body that answers for what it says, or one document that can be found.
    Standards:
        AP (2009), NPR
    False positives:
        A name that was not linked to what its bearer says; a story in which somebody named denies, answers or
        declines to comment, in which somebody speaks as "she" or "the nominee", or only publics do, is left alone.
        Reporting from wars and closed states may have no other
        choice; lower the severity there, rather than switching the rule off.
    """

    code = "SRC203"
    name = "all-anonymous-story"
    severity = Severity.ERROR
    default = True
    standards = ("AP-3", "NPR-4")
    question = "Is there nobody who can be named, no statement of a body, no document?"

    least_sources: int = option(2, "The sources a story must have at least.", least=1)

    def check(self, story: Story) -> Iterator[Remark]:
        speaking = [s for s in story.counted.graded_sources if s.count != "0"]
        if len(speaking) < self.least_sources or any(s.level in _ACCOUNTABLE for s in speaking):
            return
        if not any(True for _ in kept_unnamed(story)) or not all(_is_nobody_known(story, s) for s in speaking):
            return
        if any(_is_heard(story, party) for party in story.voice.parties.all):
            return
        unresolved = [a for a in story.attributions if a.source_id is None]
        yield Remark(
            story.opening,
            f"No named person, institution or identified document is among the {len(speaking)} sources of this story;"
            " readers can hold nobody to any of it.",
            evidence=tuple(f"{s.name}: {s.level.word}" for s in speaking),
            related=tuple(story.mention(s) for s in speaking),
            # Whose words a quotation is may be what was missed.
            confidence=Confidence.MEDIUM if unresolved else Confidence.HIGH,
        )


def _is_heard(story: Story, party: Party) -> bool:
    """Whether somebody named answers, without a statement of theirs being told: "the mayor, Ned Brill, denied it"."""
    reply = story.voice.reply_of(party)
    return reply is not None and reply.party == party and reply.kind in (ReplyKind.DENIAL, ReplyKind.REFUSAL)


def _is_nobody_known(story: Story, source: Source) -> bool:
    """Whether the words leave no doubt: not "the nominee", "she" or "the team", who may have been named before."""
    return any(
        p.form in (Form.PERSON, Form.BODY, Form.DOCUMENT)
        and (p.determiner in ("indefinite", "fresh") or (p.plural and p.determiner != "definite") or p.of is not None)
        for p in story.phrases_of(source)
    )
