"""SRC306: a name, and nothing about who bears it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Kind, Level, Sentence, Severity, Source, Span, Token
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.sources.mentions import Form
from attribution.sources.names import same_person
from attribution.sources.vocabulary import figure, honorifics, roles
from attribution.text import overlap

_SAYS_NOTHING = frozenset({"source", "stance", "masses"})
_PERSONAL = frozenset({"he", "she", "his", "her"})
_OF_ONESELF = _PERSONAL | {"i", "my"}
_SIGNED = ("-", "–", "—", "―")
_ADDS = re.compile(r"\s*(?:\(|[–—-]|:|,\s*(?:\d|(?:an?|the|of|from|who|whose|whom|writing|now|then)\b))")
"""What adds something to a name, or sets it in front of a line of a transcript."""


@dataclass(frozen=True)
class MissingRoleOnFirstMention(Rule):
    """Somebody speaks under a full name, and nothing near it says who that is.

    What:
        A named person's first spoken statement has no title, office, affiliation, age, home or relation beside the
        name, and neither the story up to there nor the sentences around it tell anything about the person.
    Why:
        Without a role, readers cannot tell why this person can speak to the matter.
    Example:
        The harbour was closed at noon, John Doe said.
    Better:
        The harbour was closed at noon, said John Doe, who runs its pilot service.
    Standards:
        Reuters, AFP (2024), BBC
    False positives:
        Household names that are not on the list of public figures: add them to known-names.  Left out are people
        described earlier, in the headline or in the next sentence, people who tell what they saw or did themselves,
        signed comments, transcripts, and sport by its genre.
    """

    code = "SRC306"
    name = "missing-role-on-first-mention"
    severity = Severity.INFO
    standards = ("REU-3", "AFP-1", "BBC-4")

    reach: int = option(1, "The sentences before and after the first statement that may say who somebody is.", least=0)

    def check(self, story: Story) -> Iterator[Remark]:
        for source in story.sources:
            span = story.mention(source)
            if story.is_display(span) or not _is_bare_name(story, source, span) or _is_household_name(story, span):
                continue
            searched = self._searched(story, span)
            end = searched[-1].span.end
            described = any(p.form is Form.PERSON and p.span.start < end for p in story.phrases_of(source))
            if described or any(_tells_of(story, source, sentence, span) for sentence in searched):
                continue
            name = " ".join(_name(story, span))
            yield Remark(
                span,
                f"Nothing near the first statement says who “{name}” is; readers cannot tell why this person can"
                " speak to it.",
                source_id=source.id,
                evidence=(f"searched {len(searched)} sentences for a role, an affiliation or a relation",),
                question=f"Who is {name}, and why can this person speak to the matter?",
            )

    def _searched(self, story: Story, span: Span) -> tuple[Sentence, ...]:
        """Headline and standfirst, all sentences so far in which the name stands, and those around the statement."""
        around = story.sentences_around(span, self.reach, self.reach)
        before = story.analysis.parse.sentences[: around[0].index]
        return (*(s for s in before if story.is_display(s.span) or _names(story, span, s)), *around)


def _name(story: Story, span: Span) -> tuple[str, ...]:
    phrase = story.phrase(span)
    return phrase.name if phrase is not None and phrase.form is Form.NAME else ()


def _is_bare_name(story: Story, source: Source, span: Span) -> bool:
    """Whether somebody first speaks, aloud, under a given name and a surname with nothing before or behind them.

    A surname alone is somebody introduced before, whether or not the two were put together.
    """
    name = _name(story, span)
    first = next(a for a in story.attributions_of(source) if story.place(a) == span)
    if len(name) < 2 or source.level is not Level.A0 or source.count != "1" or first.kind is not Kind.SPEECH:
        return False
    beside = [t for t in story.tokens(span) if (t.text not in name or t.text in honorifics()) and t.upos != "PUNCT"]
    titles = [honorifics().get(t.text) for t in beside]
    if not all(t and t.type is None and not t.noun for t in titles):
        return False
    prose = story.article.prose
    return not (prose[: span.start].rstrip().endswith(_SIGNED) or _ADDS.match(prose, span.end))


def _is_household_name(story: Story, span: Span) -> bool:
    name = _name(story, span)
    known = any(same_person(name, tuple(k.split())) for k in story.settings.known_names)
    return known or any(figure(n) is not None for n in (" ".join(name), " ".join(name).title()))


def _tells_of(story: Story, source: Source, sentence: Sentence, span: Span) -> bool:
    """Whether a sentence tells something about a person: in the outlet's words a role or a deed, in the person's own
    what the person saw or did."""
    tokens = story.tokens(sentence.span)
    own = [t for t in tokens if story.is_own_voice(t.span)]
    if story.is_display(sentence.span):
        return any(_is_role(t) for t in own)
    after = sentence.span.start > span.start
    if any(_is_role(t) and not _is_of_another(story, source, t, span) for t in own):
        return True
    if any(overlap((*a.cue, *a.content), (sentence.span,)) for a in story.attributions_of(source)):
        return any(t.text.lower() in _OF_ONESELF for t in tokens)
    surname = _name(story, span)[-1]
    return any(t.text == surname or (after and t.text.lower() in _PERSONAL) for t in own)


def _is_role(token: Token) -> bool:
    role = roles().get(token.lemma.lower()) if token.upos in ("NOUN", "PROPN") else None
    return role is not None and role.kind not in _SAYS_NOTHING and "Number=Plur" not in token.feats


def _is_of_another(story: Story, source: Source, token: Token, span: Span) -> bool:
    """Whether a role is somebody else's who speaks: a named one's, or "the mayor"'s of whom the story told before.

    "A commissioner" or "Telm's commissioner" may be the one whose name comes next, "the nurse" the one just named.
    """
    for other in story.attributions:
        speaker = story.source_of(other)
        if speaker is None or speaker is source or not overlap(other.source, (token.span,)):
            continue
        phrase = story.phrase(other.source)
        definite = phrase is not None and phrase.determiner == "definite"
        return speaker.level is Level.A0 or (definite and story.mention(speaker).start < span.start)
    return False


def _names(story: Story, span: Span, sentence: Sentence) -> bool:
    return any(t.text == _name(story, span)[-1] for t in story.tokens(sentence.span))
