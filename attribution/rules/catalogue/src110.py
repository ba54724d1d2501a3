"""SRC110: declined to comment, and speaks all the same?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from attribution.extract.syntax import Syntax
from attribution.records import Level, Severity, Source
from attribution.rules.base import Remark, Rule
from attribution.rules.story import Story
from attribution.rules.unnamed import shown
from attribution.sources.mentions import Phrase

_REFUSING = frozenset({"decline", "refuse"})
_LITTLE_WORDS = frozenset({"the", "a", "an", "of", "for", "s", "its", "their", "his", "her"})


@dataclass(frozen=True)
class AnonymousAndDeclinedComment(Rule):
    """A body declines to comment, and somebody unnamed from within it speaks.

    What:
        "Velmar declined to comment", in a story that also quotes "a Velmar executive" without a name.  One finding for
        a story.
    Why:
        If the two are one, the story tells readers that somebody kept silent who did not.
    Example:
        A Velmar executive said the deal was dead.  Velmar declined to comment.
    Better:
        The same, once it is certain that these are two people: “Velmar's press office declined to comment.”
    Standards:
        AP (2005), Tips on Anonymous Source Use (2006)
    False positives:
        Large organisations, where the two are nearly always different people.  A press office or a spokesperson that
        declines is left out.
    """

    code = "SRC110"
    name = "anonymous-and-declined-comment"
    severity = Severity.WARNING
    standards = ("AP-4", "VIT")
    question = "Is the unnamed source somebody else than who declined to comment?"

    def check(self, story: Story) -> Iterator[Remark]:
        silent = [p for p in _who_declines(story) if not _is_press_office(p)]
        for source in story.unnamed_people:
            if source.level is Level.A5:
                continue
            body = next((p for p in silent if _same_body(story, p, source)), None)
            if body is not None:
                yield Remark(
                    shown(story, source),
                    f"“{story.words(body.span)}” declined to comment, and “{source.name}” belongs to it; make sure that"
                    " these are not the same person.",
                    source_id=source.id,
                    related=(body.span,),
                )
                return


def _who_declines(story: Story) -> Iterator[Phrase]:
    """The subjects of "declined to comment", "would not comment", "had no comment"."""
    syntax = story.syntax
    for token in syntax.tokens:
        if token.lemma.lower() != "comment":
            continue
        subject = _who_is_silent(syntax, token.index)
        if subject is not None:
            spans = tuple(syntax.token(i).span for i in sorted(syntax.subtree(subject)))
            phrase = story.phrase(spans)
            if phrase is not None:
                yield phrase


def _who_is_silent(syntax: Syntax, comment: int) -> int | None:
    head = syntax.head(comment)
    if head is not None and syntax.lemma(head) in _REFUSING:
        return syntax.child(head, "nsubj")
    if any(syntax.word(c) in ("not", "n't") for c in syntax.children(comment)):
        return syntax.child(comment, "nsubj")
    without = head is not None and any(syntax.word(c) == "no" for c in syntax.children(comment))
    return syntax.child(head, "nsubj") if head is not None and without else None


def _is_press_office(phrase: Phrase) -> bool:
    return (phrase.role is not None and phrase.role.kind == "voice") or bool({"press", "media"} & set(phrase.modifiers))


def _same_body(story: Story, phrase: Phrase, source: Source) -> bool:
    """Whether a source is placed by the body that a phrase speaks of."""
    ours = _words(story.words(phrase.span))
    places = [source.organisation or "", *(a.text for p in story.phrases_of(source) for a in p.anchors)]
    return any(ours and theirs and (ours <= theirs or theirs <= ours) for theirs in map(_words, places))


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold())) - _LITTLE_WORDS
