"""What stands around some words of a story: who else speaks there, whether they are quoted, whether they are linked."""

from __future__ import annotations

import re

from attribution.records import Attribution, Span
from attribution.rules.story import Story
from attribution.sources.outlet import outlets_named
from attribution.sources.vocabulary import name_key, outlets

_LINK = re.compile(r"\]\(\s*<?\S|https?://|\bwww\.\w", re.IGNORECASE)


def is_quoted(story: Story, span: Span) -> bool:
    """Whether some words stand inside quotation marks, so that they are the speaker's choice and not the writer's."""
    return any(q.span.start <= span.start and span.end <= q.span.end for q in story.quotations)


def is_linked(story: Story, span: Span) -> bool:
    """Whether the sentence links to something, in Markdown or by a printed address: readers can follow it."""
    begin, end = story.sentence(span).span
    return bool(_LINK.search(story.article.text[begin : end + 2]))


def voices_around(story: Story, span: Span, before: int, after: int) -> tuple[Attribution, ...]:
    """Attributions by somebody whose words stand in the sentence of a span or so many sentences around it."""
    sentences = story.sentences_around(span, before, after)
    begin, end = sentences[0].span.start, sentences[-1].span.end
    return tuple(a for a in story.attributions if a.source and begin <= a.source[0].start < end)


def outlets_named_around(story: Story, span: Span, before: int, after: int) -> frozenset[str]:
    """Outlets and agencies, by their main names, that the sentences around a span name; the story's own left out."""
    sentences = story.sentences_around(span, before, after)
    words = story.article.prose[sentences[0].span.start : sentences[-1].span.end]
    return frozenset(
        outlets_named(words)
        - {outlets()[key].name for o in story.settings.outlets if (key := name_key(o)) in outlets()}
    )


def same_paragraph(story: Story, first: Span, second: Span) -> bool:
    """Whether two places stand in one block of the article."""
    return story.paragraph(first) == story.paragraph(second)
