"""SRC503: somebody could not be reached, nobody knows how or when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from attribution.claims.quantities import calendar_words
from attribution.records import Severity
from attribution.rules.base import Remark, Rule
from attribution.rules.story import Story
from attribution.voice import Reply, ReplyKind

_HOW = re.compile(
    r"\b(?:e-?mail|phone|telephone|text|message|letter|call|voicemail|in writing|written|door|home|office|visit|"
    r"linkedin|whatsapp|twitter|facebook|fax|question|interview)(?:s|ed|ing)?\b"
)
_WHEN = re.compile(
    r"\b(?:immediately|yesterday|today|tonight|overnight|morning|afternoon|evening|night|deadline|weekend|week|hours?|"
    r"days?|noon|midnight|publication|press time|in time|by the time|\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m)\b"
)


@dataclass(frozen=True)
class VagueCommentAttempt(Rule):
    """The story says that somebody did not answer, but neither how nor when they were asked.

    What:
        "Could not be reached", "did not respond", with no channel and no time in the sentence.
    Why:
        Two emails on Monday and one call a minute before the deadline are not the same. Say which it was.
    Example:
        Tusk could not be reached.
    Better:
        Tusk did not answer two calls and an email on Tuesday.
    Standards:
        ProPublica, SPJ (2014)
    False positives:
        A house style that never says how; "did not immediately respond", which says when.
    """

    code = "SRC503"
    name = "vague-comment-attempt"
    severity = Severity.INFO
    standards = ("PP-2", "SPJ-1")
    question = "How often, and by what means, was an answer sought?"

    def check(self, story: Story) -> Iterator[Remark]:
        for reply in story.voice.replies.statuses:
            if reply.kind is ReplyKind.ATTEMPT and not self._says_how_or_when(story, reply):
                yield Remark(reply.span, f"“{story.words(reply.span)}”: say how and when they were asked.")

    def _says_how_or_when(self, story: Story, reply: Reply) -> bool:
        words = story.voice.page.text(story.analysis.parse.sentences[reply.sentence])
        return bool(_HOW.search(words) or _WHEN.search(words) or set(re.findall(r"\w+", words)) & set(calendar_words()))
