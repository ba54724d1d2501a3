"""SRC109: half a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.extract.syntax import Syntax
from attribution.records import Level, Severity
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.rules.wordings import gives_reason, is_minor, unquoted
from attribution.sources.anonymity import has_age
from attribution.sources.mentions import Form, Phrase
from attribution.sources.names import is_initials
from attribution.sources.vocabulary import given_names, honorifics, pseudonym_wordings


@dataclass(frozen=True)
class UnexplainedPartialName(Rule):
    """A source has a first name or initials only, and readers are not told why.

    What:
        Somebody is quoted by a single given name or by initials, and nothing near it explains the missing rest.
    Why:
        Half a name is anonymity that does not say so.
    Example:
        The road was mined, Ahmed said.
    Better:
        The road was mined, said Ahmed, who gave only his first name for fear of arrest.
    Standards:
        NPR
    False positives:
        People who have one name, royalty, athletes known by theirs, a surname that stands elsewhere and was not
        linked.  Minors are left out: their age explains it.
    """

    code = "SRC109"
    name = "unexplained-partial-name"
    severity = Severity.WARNING
    standards = ("NPR-5",)

    reach: int = option(2, "The sentences before and after the name that are searched for an explanation.", least=0)

    def check(self, story: Story) -> Iterator[Remark]:
        for source in story.sources:
            if source.level is not Level.A2 or source.reason != "none":
                continue
            named = [p for p in story.phrases_of(source) if p.form is Form.NAME]
            if not named or not all(_is_partial(story, p) for p in named):
                continue
            if source.name in story.settings.known_names or story.is_display(story.mention(source)):
                continue
            around = {s for m in source.mentions for s in story.sentences_around(m.span, self.reach, self.reach)}
            words = [unquoted(story, s.span) for s in around]
            if any(gives_reason(w) for w in words) or any(_is_pseudonym(w) or is_minor(w) for w in words):
                continue
            span = named[0].span
            yield Remark(
                span,
                f"Only a partial name is given for “{story.words(span)}”; tell readers why, if safe.",
                source_id=source.id,
                evidence=(f"searched {len(around)} sentences for an explanation",),
                related=tuple(m.span for m in source.mentions if m.span != span),
            )


def _is_partial(story: Story, phrase: Phrase) -> bool:
    """Whether a name is one given name or initials, and no longer name in the story has it."""
    syntax = story.syntax
    if phrase.form is not Form.NAME or phrase.core[0] != phrase.head:
        return False
    (first, *rest) = phrase.name
    says_so = has_age(phrase) or any(wording in phrase.tail for wording in pseudonym_wordings("partial"))
    if rest or not (says_so or first in given_names() or is_initials(phrase.name)):
        return False
    return not any(t.text == first and _has_name_beside(syntax, t.index) for t in syntax.tokens)


def _has_name_beside(syntax: Syntax, index: int) -> bool:
    """Whether another part of a name stands right before or after: "Gwen Graham", "Anne-Marie"."""
    beside = [syntax.token(i) for i in (index - 1, index + 1) if 0 <= i < len(syntax.tokens)]
    own = syntax.token(index)
    return any(
        t.sentence == own.sentence
        and (t.text == "-" or (t.upos == "PROPN" and t.text not in honorifics() and t.text[:1].isupper()))
        for t in beside
    )


def _is_pseudonym(words: str) -> bool:
    return any(wording in words for wording in pseudonym_wordings("pseudonym"))
