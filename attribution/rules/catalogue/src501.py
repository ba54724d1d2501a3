"""SRC501: somebody is accused and is not heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Confidence, Severity, SourceType
from attribution.rules.base import Remark, Rule
from attribution.rules.settings import Genre
from attribution.rules.story import Story
from attribution.sources.vocabulary import name_key, places
from attribution.voice import Accusation, Party

_AT_WAR = frozenset({SourceType.GOVERNMENT, SourceType.SECURITY, SourceType.ARMED})


@dataclass(frozen=True)
class NoRightOfReply(Rule):
    """A named person or body is accused, and no answer or attempt to get one is in the story.

    What:
        A source, or the story itself, lays wrongdoing to somebody named, who speaks nowhere in it: no reply of their
        own or of a representative, no denial, no refusal, no word that they were asked.
    Why:
        Whoever is accused can answer, and readers of the charge read the answer in the same place.
    Example:
        A former accountant accused Halden Chemicals of falsifying its accounts.
    Better:
        A former accountant accused Halden Chemicals of falsifying its accounts. The company did not answer two emails
        sent on Monday.
    Standards:
        BBC, Washington Post, Reuters (2021), ProPublica, SPJ (2014)
    False positives:
        An answer in another story, or by somebody whom the text does not tie to the accused. What a court has found
        or the accused has admitted, the dead, outlets' own history, parties and groups as a whole, and bodies of
        states in stories of war are exempt.
    """

    code = "SRC501"
    name = "no-right-of-reply"
    severity = Severity.WARNING
    default = True
    standards = ("BBC-5", "WP-4", "REU-4", "PP-2", "SPJ-1")
    yields_to = ("SRC701",)
    question = "Was the accused told what the story says, and given time to answer?"

    def check(self, story: Story) -> Iterator[Remark]:
        voice = story.voice
        for party in voice.accused:
            if voice.reply_of(party) or (story.settings.genre is Genre.CONFLICT and party.type in _AT_WAR):
                continue
            made = [
                a
                for a in voice.accusations
                if a.party == party and not story.is_display(a.span) and not self._is_diplomacy(story, a)
            ]
            if made:
                yield self._remark(story, party, made)

    def _is_diplomacy(self, story: Story, accusation: Accusation) -> bool:
        """Whether one state speaks of another or its leader ("Seoul accused Kim")."""
        source = story.counted.source_by_id.get(accusation.by or "")
        return source is not None and name_key(source.name) in places()

    def _remark(self, story: Story, party: Party, made: list[Accusation]) -> Remark:
        surest = min(made, key=lambda a: list(Confidence).index(a.confidence))
        source = story.counted.source_by_id.get(surest.by or "")
        by = f" by {source.name}" if source and source.count != "0" else ""
        searched = len(story.analysis.parse.sentences)
        return Remark(
            surest.span,
            f"{party.name} is accused{by} (“{story.words(surest.span)}”); no answer, and no attempt to get one,"
            " was found in the story.",
            source_id=surest.by,
            evidence=(
                f"searched {searched} sentences for a statement of {party.name} or a representative, a denial,"
                " “declined to comment”, “did not respond”",
                f"named {len(party.mentions)} times, never as a source",
            ),
            related=tuple(a.span for a in made if a is not surest),
            confidence=surest.confidence,
        )
