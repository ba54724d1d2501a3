"""SRC403: another outlet reported it; who told that outlet?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from attribution.lexicon import word_list
from attribution.records import (
    Attribution,
    Claim,
    ClaimClass,
    Kind,
    Level,
    Quote,
    Severity,
    Source,
    SourceType,
    Span,
    Token,
)
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.rules.vicinity import is_quoted, voices_around
from attribution.sources.vocabulary import name_key, outlets

_REPORTING = frozenset(
    {"report", "say", "reveal", "disclose", "write", "accord", "according", "tell", "publish", "cite"}
)
_ITS_OWN_WORK = re.compile(
    r"\b(?:poll(?:s|ed|ing)?|survey(?:s|ed)?|analysis|analy[sz]ed|calculat\w+|tally|tallied|count(?:s|ed)?|investigation"
    r"|database|index|ranking|average[ds]?|reviewed|obtained|seen by|documents?|records?|filings?|data|figures"
    r"|editorial|column|opinion|endors\w+|interview(?:s|ed)?|video|footage|photos?|broadcast|transcript"
    r"|headline|review)\b",
    re.IGNORECASE,
)
"""What an outlet answers for itself: its polls, counts, documents and opinions, and what it saw."""
_CITING = re.compile(
    r"\b(?:citing|cited|quot(?:ing|ed|es)|attribut\w+|according to|told (?:the|it)\b|said\b.{0,40}\bsources?|sources?"
    r"|officials?|(?:people|persons?) (?:close|briefed|with)|familiar|spokes\w+|statement|anonymous|unnamed)\b",
    re.IGNORECASE,
)
_BACK = re.compile(r"(?:The|It|Its|They)\b")
_SOURCES = re.compile(
    r"\b(?:sources?|people familiar|officials?) (?:said|told|say)\b|\bsaid (?:a|the|two|one) sources?\b"
)


@dataclass(frozen=True)
class AnonymousLaundering(Rule):
    """A claim taken from another outlet, of which the story does not say whom that outlet had it from.

    What:
        An outlet is the source of an accusation, or of what goes on behind closed doors: a plan, a deal, a dispute.
        Neither the sentence nor the ones after it say whom or what the outlet cites.
    Why:
        An outlet's name makes an anonymous claim look solid.  Readers should be told what the report rests on.
    Example:
        The minister will resign, the Merrow Courier reported.
    Better:
        The minister will resign, the Merrow Courier reported, citing two aides whom it did not name.
    Standards:
        Washington Post, NPR
    False positives:
        A report whose sources the story describes further down, or that rests on what the outlet saw.  An outlet's own
        polls, counts, documents and opinions are left alone.
    """

    sentences: int = option(3, "Sentences after it in which whoever is cited makes the rule silent.", least=0)

    code = "SRC403"
    name = "anonymous-laundering"
    severity = Severity.WARNING
    default = True
    standards = ("WP-3", "NPR-6")
    word_lists = ("inside-words",)
    question = "Does the other outlet's report rest on named sources, and have we checked it ourselves?"

    def check(self, story: Story) -> Iterator[Remark]:
        own = set(map(name_key, story.outlets))
        for source in story.sources:
            if source.type is not SourceType.MEDIA or source.level is not Level.A1 or source.collective:
                continue
            if name_key(source.name) in own or _is_of_state(story, source):
                continue
            said = [a for a in story.attributions_of(source) if self._takes_over(story, a)]
            if not said or any(self._says_from_whom(story, a) for a in story.attributions_of(source)):
                continue
            span = story.place(said[0])
            yield Remark(
                span,
                f"Whom does “{story.words(span)}” cite? The story passes on its report; readers should be told whether"
                " that rests on named sources.",
                source_id=source.id,
                claim_id=said[0].claim_id,
                evidence=(f"nobody and no document cited in this sentence or the {self.sentences} after it",),
                related=tuple(story.place(a) for a in said[1:]),
            )

    def _takes_over(self, story: Story, attribution: Attribution) -> bool:
        """Whether a statement passes on a report of facts."""
        span = story.place(attribution)
        cue = {t.lemma.lower() for t in story.tokens(attribution.cue)}
        claim = story.claim_of(attribution)
        return (
            attribution.parent is None
            and attribution.quote is Quote.INDIRECT
            and attribution.kind in (Kind.SPEECH, Kind.WRITING)
            and bool(cue & _REPORTING)
            and "pattern:inserted-as" not in attribution.evidence  # "as the Courier has reported" is mostly one's own
            and "first" not in cue | {t.lemma.lower() for t in _modifiers(story, attribution)}
            and claim is not None
            and _is_inside(story, claim)
            and not story.is_display(span)
            and not is_quoted(story, span)
        )

    def _says_from_whom(self, story: Story, attribution: Attribution) -> bool:
        """Whether the sentences say whom the outlet cites, or that it is the outlet's own work."""
        span = story.place(attribution)
        here, *following = story.sentences_around(span, 0, self.sentences)
        words = story.article.prose[here.span.start : here.span.end]
        if _ITS_OWN_WORK.search(words) or _CITING.search(_without(words, attribution, here.span)):
            return True
        for sentence in following:
            words = story.article.prose[sentence.span.start : sentence.span.end]
            if _BACK.match(words) and (_CITING.search(words) or _ITS_OWN_WORK.search(words)):
                return True
            if _SOURCES.search(words):
                return True
        voices = (story.source_of(a) for a in voices_around(story, span, 0, 0) if a.source_id != attribution.source_id)
        return any(voice is not None and voice.count != "0" for voice in voices)


def _is_inside(story: Story, claim: Claim) -> bool:
    """Whether a claim is of the sort that outlets get from people: an accusation, a plan, a deal, a dispute."""
    if claim.claim_class in (ClaimClass.ALLEGATION, ClaimClass.PREDICTION):
        return True
    words = word_list("inside_words.tsv") | frozenset(story.settings.words.get("inside-words", ()))
    return any(t.lemma.lower() in words for t in story.tokens(claim.span))


def _is_of_state(story: Story, source: Source) -> bool:
    """Whether it speaks for a government: its word is the state's."""
    known = outlets().get(name_key(source.name))
    words = f" {story.words(story.mention(source)).lower()} "
    return (known is not None and known.kind == "state") or " state " in words or "state-" in words


def _modifiers(story: Story, attribution: Attribution) -> Iterator[Token]:
    """Adverbs of the cue: "first reported" gives credit and makes no claim."""
    for token in story.tokens(attribution.cue):
        for child in story.syntax.children(token.index, "advmod"):
            yield story.syntax.token(child)


def _without(words: str, attribution: Attribution, sentence: Span) -> str:
    """The sentence without the attribution's own cue: its "according to" cites the outlet itself."""
    for begin, end in attribution.cue:
        at, to = begin - sentence.start, end - sentence.start
        words = words[:at] + " " * (to - at) + words[to:]
    return words
