"""Who is responsible for what a story says when no source is: the outlet's own voice, accusations, replies, verbs.

``Voice`` reads an analysis once.  All of it is an estimate by word lists and syntax; every value says how sure it is,
and prefers silence to a wrong word.
"""

from __future__ import annotations

from functools import cached_property

from attribution.records import Analysis, Confidence
from attribution.voice.accusations import Accusation, accusations
from attribution.voice.figures import FigureKind, is_play
from attribution.voice.own import Assertion, AssertionKind, assertions
from attribution.voice.page import Page
from attribution.voice.parties import Parties, Party
from attribution.voice.record import Record
from attribution.voice.replies import Replies, Reply, ReplyKind
from attribution.voice.verbs import ReportingVerb, balance, reporting_verbs, side
from attribution.voice.views import ViewKind

__all__ = [
    "Accusation",
    "Assertion",
    "AssertionKind",
    "FigureKind",
    "Party",
    "Reply",
    "ReplyKind",
    "ReportingVerb",
    "ViewKind",
    "Voice",
    "balance",
    "side",
]


class Voice:
    """One article's own voice, accusations, replies and reporting verbs."""

    def __init__(self, analysis: Analysis) -> None:
        self.page = Page(analysis)
        self.parties = Parties(self.page)
        self.record = Record(self.page, self.parties)
        self.replies = Replies(self.page, self.parties)

    @cached_property
    def assertions(self) -> tuple[Assertion, ...]:
        """What the outlet itself asserts and a reader will ask the source of, in text order."""
        return tuple(assertions(self.page, self.parties, self.record))

    @cached_property
    def contentious(self) -> tuple[Assertion, ...]:
        """Those that accuse, judge or foretell, with some certainty; most figures need a source without doing so."""
        return tuple(
            a for a in self.assertions if a.kind is not AssertionKind.FIGURE and a.confidence is not Confidence.LOW
        )

    @cached_property
    def accusations(self) -> tuple[Accusation, ...]:
        """Who is accused of what, in text order."""
        found = accusations(self.page, self.parties, self.record, self.replies, self.assertions)
        return tuple(sorted(found, key=lambda a: a.span))

    @cached_property
    def accused(self) -> tuple[Party, ...]:
        """The parties accused with some certainty, in text order."""
        sure = (a for a in self.accusations if a.confidence is not Confidence.LOW)
        return tuple(dict.fromkeys(a.party for a in sure))

    def reply_of(self, party: Party) -> Reply | None:
        """The first place where a party or its representative is heard, refuses or is said to have been asked."""
        return self.replies.of(party)

    @cached_property
    def reporting_verbs(self) -> tuple[ReportingVerb, ...]:
        """The verb of each statement that the outlet itself reports."""
        return tuple(reporting_verbs(self.page))

    @cached_property
    def is_play(self) -> bool:
        """Whether the story reads like sport or markets, whose results need no source."""
        return is_play(self.page)
