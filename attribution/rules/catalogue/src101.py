"""SRC101: a source of whom nothing is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Level, Severity
from attribution.rules.base import Remark, Rule
from attribution.rules.story import Story
from attribution.sources.mentions import Phrase

_BARE = frozenset({"source", "insider", "person"})


@dataclass(frozen=True)
class BareAnonymousSource(Rule):
    """A person who speaks as "a source" and nothing else, all through the story.

    What:
        Somebody speaks, and every mention of them is opaque: "a source", "insiders", "a person", "people".
    Why:
        Readers cannot tell what such a source could know.  Hardly any newsroom allows it.
    Example:
        The bank will close, a source said.
    Better:
        The bank will close, a member of its supervisory board said.
    Standards:
        AP (2005), NPR, Wall Street Journal
    False positives:
        A description that stands elsewhere and was not linked to these words.  Headlines are exempt, and so are people
        in no number ("people say"), who are a public.
    """

    code = "SRC101"
    name = "bare-anonymous-source"
    severity = Severity.ERROR
    default = True
    standards = ("AP-4", "NPR-1", "WSJ-1")

    def check(self, story: Story) -> Iterator[Remark]:
        for source in story.unnamed_people:
            span = story.mention(source)
            phrase = story.phrase(span)
            if source.level is Level.A5 and phrase and _is_bare(phrase) and not story.is_display(span):
                yield Remark(
                    span,
                    f"“{story.words(span)}” tells readers nothing about who is speaking; add role, organisation or"
                    " basis of knowledge if safe.",
                    source_id=source.id,
                    related=story.other_mentions(source),
                )


def _is_bare(phrase: Phrase) -> bool:
    """ "A source", "insiders"; people only where they are counted: "people say" is a public, "two people said" is not.

    "The source" refers back; where it does not say to whom, that is another rule's matter.
    """
    if phrase.determiner == "definite":
        return False
    return phrase.noun in _BARE or (phrase.noun == "people" and phrase.count is not None)
