"""SRC108: a pseudonym."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Sentence, Severity, Span
from attribution.rules.base import Remark, Rule
from attribution.rules.story import Story
from attribution.rules.wordings import gives_reason, is_minor, unquoted
from attribution.sources.vocabulary import pseudonym_wordings


@dataclass(frozen=True)
class Pseudonym(Rule):
    """Somebody appears under a name that is not theirs.

    What:
        "Not her real name", "whom we will call", "his name has been changed".
    Why:
        An invented name looks like a real one; some newsrooms ban it, all want it explained.
    Example:
        “I was never paid,” said Maya (not her real name).
    Better:
        “I was never paid,” said a nurse of 34, who asked not to be named because she still works at the clinic.
    Standards:
        NPR (2017), Wall Street Journal
    False positives:
        Names that people have chosen for themselves: stage names, noms de guerre, handles, bylines.  A pseudonym that
        is explained is raised as information only.
    """

    code = "SRC108"
    name = "pseudonym"
    severity = Severity.WARNING
    standards = ("NPR-2", "WSJ-3")
    question = "Would a description without a name protect this source as well?"

    def check(self, story: Story) -> Iterator[Remark]:
        for sentence in story.analysis.parse.sentences:
            span = _wording(story, sentence)
            if span is None:
                continue
            around = story.sentences_around(span, 1, 1)
            explained = any(gives_reason(w) or is_minor(w) for w in (unquoted(story, s.span) for s in around))
            missing = "" if explained else "; no explanation was found; give one, if safe"
            yield Remark(
                span,
                f"“{story.words(span)}”: a pseudonym is used{missing}.",
                source_id=next((s.id for s in story.sources for m in s.mentions if _near(m.span, sentence)), None),
                evidence=(f"searched {len(around)} sentences for a reason",),
                severity=Severity.INFO if explained else None,
            )


def _near(mention: Span, sentence: Sentence) -> bool:
    return sentence.span.start <= mention.start < sentence.span.end


def _wording(story: Story, sentence: Sentence) -> Span | None:
    words = unquoted(story, sentence.span)
    for wording in pseudonym_wordings("pseudonym"):
        at = words.find(wording)
        if at >= 0 and (wording not in _LOOSE or _is_aside(words, at, at + len(wording))):
            return Span(sentence.span.start + at, sentence.span.start + at + len(wording))
    return None


_LOOSE = frozenset({"a pseudonym", "an alias"})


def _is_aside(words: str, begin: int, end: int) -> bool:
    """ "Maya, a pseudonym, said" names a source so; "he wrote under a pseudonym" is about somebody's life."""
    return bool(re.search(r"[(,–—-] ?$|\bis $", words[:begin]) and re.match(r" ?[),.–—-]| used\b| to\b", words[end:]))
