"""SRC106: an attack from behind anonymity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Severity
from attribution.rules.base import Remark, Rule
from attribution.rules.judgement import Verdict, judgements
from attribution.rules.story import Story
from attribution.rules.unnamed import kept_unnamed


@dataclass(frozen=True)
class AnonymousPejorative(Rule):
    """An unnamed source runs somebody down.

    What:
        Somebody left unnamed calls a person or a body a liar, incompetent, a butcher.
    Why:
        Who is attacked cannot answer an attacker without a name, and readers cannot see the motive.
    Example:
        “She is incompetent,” a colleague said.
    Better:
        Three colleagues said she had missed every deadline in March.
    Standards:
        NPR, New York Times (2009), The Guardian (2015), Wall Street Journal, Washington Post, Reuters
    False positives:
        Facts that do somebody no credit are allegations, not attacks; what is said of an event or a plan is an
        opinion.  Complainants, victims and other publics are left out.  A verb that judges ("bungled") is a warning
        only, since it may be a fact.
    """

    code = "SRC106"
    name = "anonymous-pejorative"
    severity = Severity.ERROR
    default = True
    standards = ("NPR-3", "NYT-5", "GDN-2", "WSJ-1", "WP-5", "REU-5")
    word_lists = ("attacks",)
    question = "Would the source say this under its name, or give the facts behind it?"

    def check(self, story: Story) -> Iterator[Remark]:
        for source in kept_unnamed(story):
            for attribution in story.attributions_of(source):
                claim = story.claim_of(attribution)
                if claim is None or story.parent_of(attribution) is not None:
                    continue
                attacks = (j for j in judgements(story, claim) if j.verdict is Verdict.ATTACK and j.target)
                found = next(attacks, None)
                if found is None or found.target is None:
                    continue
                at = found.word.span
                yield Remark(
                    next(piece for piece in claim.span if piece.start <= at.start < piece.end),
                    f"“{source.name}” attacks “{found.target.text}” (“{found.word.text}”) from behind anonymity; most"
                    " standards want it on the record, or the facts instead.",
                    source_id=source.id,
                    claim_id=claim.id,
                    related=(story.place(attribution), found.word.span),
                    confidence=found.confidence,
                )
