"""SRC301: critics, observers, experts, some: a class that says nothing but that somebody speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from attribution.extract.cues import cue_lexicon
from attribution.records import Attribution, Level, Severity, Source, SourceType, Span
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.rules.vicinity import is_quoted, voices_around
from attribution.sources.vocabulary import normal, roles

_SURVEY = re.compile(r"\b(?:poll(?:s|ed|ing)?|survey(?:s|ed)?|questionnaires?|interviewed)\b", re.IGNORECASE)
_EXAMPLES = re.compile(r"\b(?:including|such as|among them|like|notably|led by)\b[\s,]+(?:the\s+|former\s+)?[A-Z]")
_UNBOUNDED = frozenset({"many", "some", "others", "several"})
"""Quantities of nobody in particular, alone or before "people"; "most" and "few" count those just named."""
_NO_CLAIM = frozenset(
    {"ask", "assess", "assessment", "await", "debate", "discuss", "forget", "offer", "study", "watch", "wonder"}
)
"""What a class may do without a claim being made: "scholars have long debated"."""
_HOLDING = frozenset({"argue", "believe", "call", "claim", "contend", "fear", "say", "see", "suspect", "think", "view"})
"""What is general talk in the present tense ("some say"); in the past it tells of people just named."""

_CAN_BE_EXPERTS = frozenset({SourceType.EXPERT, SourceType.CIVIL_SOCIETY, SourceType.UNKNOWN})


@dataclass(frozen=True)
class GenericCollective(Rule):
    """Speakers who are a class defined by nothing but its stance, or by speaking.

    What:
        "Critics", "observers", "analysts", "experts", "commentators", "some", "many" say something, and the story
        names none of them there or in the next sentences.
    Why:
        Anybody can be found to say anything.  Readers cannot tell whether such a class is two people or a movement,
        and may take the writer's own view for it.
    Example:
        Critics say the law is racist.
    Better:
        The Halden Civil Rights Union says the law is racist.
    Standards:
        Al Jazeera, NPR
    False positives:
        Silent where the next sentences name an example or a survey stands behind the words, and inside quotations;
        whoever is criticised or rejects the criticism is no example;
        an example that comes later in the story is not seen.
    """

    sentences: int = option(2, "Sentences after it in which a named example makes the rule silent.", least=0)

    code = "SRC301"
    name = "generic-collective"
    severity = Severity.WARNING
    default = True
    standards = ("AJ-1", "NPR-1")
    word_lists = ("generic-speakers",)

    def check(self, story: Story) -> Iterator[Remark]:
        said: dict[str, list[tuple[Span, str]]] = {}
        for source in story.sources:
            if source.level is not Level.A5 or source.count in ("0", "1"):
                continue
            span = story.mention(source)
            noun = _class(story, source, span)
            if (
                noun
                and _claims(story, source)
                and not (story.is_display(span) or is_quoted(story, span) or self._backed(story, span))
            ):
                said.setdefault(noun, []).append((span, source.id))
        for places in said.values():
            (span, source_id), *rest = places
            yield Remark(
                span,
                f"“{story.words(span)}” could be anybody: readers cannot weigh a class without members. Name at least"
                " one, if safe.",
                source_id=source_id,
                evidence=(f"no named example in the {self.sentences} sentences after it",),
                related=tuple(other for other, _ in rest),
            )

    def _backed(self, story: Story, span: Span) -> bool:
        """Whether a survey or a named example stands behind the words."""
        sentence = story.sentence(span).span
        words = story.article.prose[sentence.start : sentence.end]
        if _SURVEY.search(words) or _EXAMPLES.search(words):
            return True
        return any(
            _is_named(story, a)
            and not _answers(story, sentence, a)
            and (a.source[0].start >= sentence.end or _is_joined(story, span, a) or _is_expert(story, span, a))
            for a in voices_around(story, span, self.sentences, self.sentences)
        )


def _answers(story: Story, sentence: Span, attribution: Attribution) -> bool:
    """Whether somebody rejects what the class says, or is whom it accuses: no member of the class."""
    entries = (cue_lexicon().get((t.lemma.lower(), "VERB")) for t in story.tokens(attribution.cue))
    if attribution.polarity == "negative" or any(e is not None and e.loaded == "rebut" for e in entries):
        return True
    here = (a for a in story.voice.accusations if sentence.start <= a.span.start < sentence.end)
    return any(story.voice.replies.is_by(attribution, a.party) for a in here)


def _is_expert(story: Story, span: Span, attribution: Attribution) -> bool:
    """Whether "experts" take up one who has just spoken: "Len Marsh of the Tax Institute said …  Experts say …"."""
    head, source = story.head(span), story.source_of(attribution)
    role = roles().get(normal(head.lemma)) if head else None
    expert = role is not None and role.kind == "expert"
    return expert and source is not None and source.type in _CAN_BE_EXPERTS


def _class(story: Story, source: Source, span: Span) -> str | None:
    """The noun of the class, None for speakers who are more than that."""
    head = story.head(span)
    if head is None:
        return None
    noun = head.lemma.lower()
    if story.words(span).lower().removesuffix(" people") in _UNBOUNDED:
        return noun if _is_general_talk(story, source) else None
    role = roles().get(normal(noun))
    stance = role is not None and (role.kind == "stance" or (role.kind == "expert" and "bare" in role.marks))
    return noun if stance or noun in story.settings.words.get("generic-speakers", ()) else None


def _is_general_talk(story: Story, source: Source) -> bool:
    cues = [t for a in story.attributions_of(source) for t in story.tokens(a.cue)]
    return any(t.lemma.lower() in _HOLDING and "Tense=Pres" in t.feats for t in cues)


def _claims(story: Story, source: Source) -> bool:
    """Whether it is reported to hold something, and in no one else's words: "Reed said critics were wrong"."""
    return any(
        a.parent is None and not _NO_CLAIM & {t.lemma.lower() for t in story.tokens(a.cue)}
        for a in story.attributions_of(source)
    )


def _is_named(story: Story, attribution: Attribution) -> bool:
    source = story.source_of(attribution)
    called = any(t.ner == "B-PER" and t.text[:1].isupper() for t in story.tokens(attribution.source))
    return called or (source is not None and source.level <= Level.A2)


def _is_joined(story: Story, span: Span, attribution: Attribution) -> bool:
    """ "Critics say …, and Ada Moss, a teacher, asked …": somebody of the class is named in the sentence itself."""
    start = attribution.source[0].start
    return start > span.end and story.article.prose[:start].rstrip().endswith(" and")
