"""SRC404: a post, a video, a channel: whose, and is it real?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from attribution.records import Attribution, Level, Severity, Source, SourceType, Span
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.rules.vicinity import is_quoted

_POSTS = frozenset(
    {"account", "channel", "clip", "footage", "image", "livestream", "photo", "photograph", "picture", "post",
     "recording", "screenshot", "tweet", "video"}
)  # fmt: skip
_DEFINITE = frozenset({"the", "this", "that", "his", "her", "its"})
_CHECKED = re.compile(
    r"\b(?:verif\w+|geolocat\w+|authenticat\w+|confirm\w*|official (?:account|channel)|own (?:account|channel)"
    r"|released by|posted by|published by|shot by|filmed by|taken by|recorded by|provided by|obtained by|surveillance"
    r"|security camera|police|body[- ]?camera|dash\s?cam|dashboard|television|broadcast)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class UnqualifiedSocialSource(Rule):
    """A claim that rests on a post, a video or a channel of nobody in particular.

    What:
        A video, a picture, a post or a channel is the source, or somebody unnamed who wrote on social media; and the
        sentences there say neither who posted it nor that it was checked.
    Why:
        Anybody can post, and old or forged pictures travel fastest.  Readers should know whose it is and who checked.
    Example:
        A video on Telegram shows the bridge in flames.
    Better:
        A video posted by the ministry's verified account, which Coastal Wire has located, shows the bridge in flames.
    Standards:
        AFP (2024), CBC
    False positives:
        A recording that the story introduced before; films and broadcasts, which have makers.
    """

    sentences: int = option(1, "Sentences before and after it that are searched for who posted or checked it.", least=0)

    code = "SRC404"
    name = "unqualified-social-source"
    severity = Severity.WARNING
    standards = ("AFP-1", "CBC-1")
    question = "Who posted it, when and where was it made, and has it been verified?"

    def check(self, story: Story) -> Iterator[Remark]:
        for source in story.sources:
            if (source.level < Level.A4 and source.type is not SourceType.MEDIA) or source.count == "0":
                continue
            said = story.attributions_of(source)
            span = story.mention(source)
            if story.is_display(span) or is_quoted(story, span) or not _is_post(story, source, said, span):
                continue
            sentences = story.sentences_around(span, self.sentences, self.sentences)
            words = story.article.prose[sentences[0].span.start : sentences[-1].span.end]
            if _CHECKED.search(words):
                continue
            yield Remark(
                span,
                f"“{story.words(span)}” could be anybody's and nothing says that it was checked; say who posted it and"
                " whether it was verified, if safe.",
                source_id=source.id,
                evidence=(f"no owner and no check in this sentence or {self.sentences} around it",),
                related=story.other_mentions(source),
            )


def _is_post(story: Story, source: Source, said: tuple[Attribution, ...], span: Span) -> bool:
    """Whether the source is a post of unknown origin: "a video", "a Telegram channel", "a user wrote on X"."""
    head = story.head(span)
    if head is None or any(t.text.lower() in _DEFINITE for t in story.tokens(span)):
        return False
    noun = head.lemma.lower()
    if noun in ("tweet", "post") and any(t.ner == "B-PER" for t in story.tokens(story.sentence(span).span)):
        return False  # "a series of tweets" of somebody the sentence names
    if noun in _POSTS and head.upos == "NOUN":
        named = source.level <= Level.A1 and source.type is SourceType.DOCUMENT
        return not named and source.type in (SourceType.DOCUMENT, SourceType.MEDIA)
    on_social_media = any(a.channel == "social post" for a in said)
    return on_social_media and source.level >= Level.A5
