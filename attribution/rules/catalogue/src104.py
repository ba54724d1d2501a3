"""SRC104: access that is asserted, not shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Level, Severity
from attribution.rules.base import Remark, Rule
from attribution.rules.story import Story
from attribution.rules.unnamed import descriptions, is_public, shown, speaks_to_outlet, vague_basis
from attribution.sources.kinds import basis_of
from attribution.sources.mentions import Form, Phrase


@dataclass(frozen=True)
class VagueKnowledgeBasis(Rule):
    """A source is described by closeness or access alone.

    What:
        "A person familiar with the matter", "people briefed on the talks", "a close associate": a way of knowing that
        the story asserts, with no organisation, office or presence behind it.
    Why:
        It claims access without showing any; readers cannot tell a participant from somebody who was told.
    Example:
        The sale will close in June, a person familiar with the matter said.
    Better:
        The sale will close in June, said a lawyer who attended both meetings.
    Standards:
        Wall Street Journal, The Guardian (2014), Plenum (Bosnia and Herzegovina), Washington Post (2009), NPR
    False positives:
        A fuller description that stands elsewhere and was not linked.  Close to somebody who is named ("an ally of the
        mayor Ana Lopez") is raised as information only.
    """

    code = "SRC104"
    name = "vague-knowledge-basis"
    severity = Severity.WARNING
    default = True
    standards = ("WSJ-1", "GDN-1", "PLE-1", "WP-2", "NPR-1")
    question = "How does the source know: was it there, has it seen the papers, or was it told?"

    def check(self, story: Story) -> Iterator[Remark]:
        groups = {s.id for s in story.unnamed_people}
        for source in story.unnamed_people:
            span = shown(story, source)
            if source.level is not Level.A4 or source.member_of in groups or story.is_display(span):
                continue
            phrases = descriptions(story, source)
            vague = next((p for p in phrases if _is_vague(p)), None)
            if vague is None or not all(_says_no_more(p) for p in phrases):
                continue
            if is_public(story, source) or not speaks_to_outlet(story, source):
                continue
            yield Remark(
                span,
                f"“{story.words(span)}” claims access without showing it; say how the source knows, if safe.",
                source_id=source.id,
                related=story.other_mentions(source),
                severity=Severity.INFO if _is_close_to_somebody_named(vague) else None,
            )


def _is_vague(phrase: Phrase) -> bool:
    return vague_basis(phrase) and _says_no_more(phrase)


def _says_no_more(phrase: Phrase) -> bool:
    """Whether nothing but "source", "person", "associate" stands there: no trade, no office."""
    return phrase.role is not None and phrase.role.kind in ("source", "masses", "close")


def _is_close_to_somebody_named(phrase: Phrase) -> bool:
    return basis_of(phrase) in (None, "closeness") and any(
        a.form is Form.NAME
        or (a.form is Form.PRONOUN and a.relation == "poss")
        or (a.form is Form.PERSON and a.definite)
        for a in phrase.anchors
    )
