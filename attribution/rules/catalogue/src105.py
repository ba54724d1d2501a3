"""SRC105: an unnamed source that judges instead of informing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Attribution, Claim, Confidence, Quote, Severity
from attribution.rules.base import Remark, Rule
from attribution.rules.judgement import is_guess, is_view, judgements
from attribution.rules.story import Story
from attribution.rules.unnamed import kept_unnamed


@dataclass(frozen=True)
class AnonymousOpinion(Rule):
    """An unnamed source gives an opinion or a forecast.

    What:
        What a person left unnamed says is a judgement, praise or a guess at how something will end.
    Why:
        Anonymity is for information that cannot be had otherwise.  Anybody has opinions, and readers need to know
        whose this one is.
    Example:
        “He will lose,” an insider said.
    Better:
        Two aides said internal polls show him six points behind.
    Standards:
        AP (2011), USA Today (2014), Gannett (2017), Reuters, NPR
    False positives:
        Announcements in the future tense ("the bridge will open in May") and judgements that a source relays are left
        out, and so are experts, critics and publics.  Irony is not seen.
    """

    code = "SRC105"
    name = "anonymous-opinion"
    severity = Severity.WARNING
    default = True
    standards = ("AP-2", "QUILL", "GAN-1", "REU-5", "NPR-3")
    yields_to = ("SRC106",)
    question = "What does the source know that led it to this view?"

    def check(self, story: Story) -> Iterator[Remark]:
        for source in kept_unnamed(story):
            for attribution in story.attributions_of(source):
                claim = story.claim_of(attribution)
                if claim is None or story.parent_of(attribution) is not None:
                    continue
                found = next(judgements(story, claim), None)
                if found is None and not _is_opinion(story, attribution, claim):
                    continue
                yield Remark(
                    claim.span[0],
                    f"“{source.name}” is left unnamed and gives an opinion or a forecast here, not information.",
                    source_id=source.id,
                    claim_id=claim.id,
                    related=(story.place(attribution),),
                    confidence=Confidence.MEDIUM if found is None else Confidence.HIGH,
                )


def _is_opinion(story: Story, attribution: Attribution, claim: Claim) -> bool:
    """By its form alone, which is less sure.  A forecast counts where it is quoted: reported, it may be a plan."""
    return is_view(story, claim) or (attribution.quote is Quote.DIRECT and is_guess(story, claim))
