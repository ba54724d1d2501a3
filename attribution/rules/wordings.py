"""Fixed wordings in the outlet's own words: sentences without what is quoted, searched by pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attribution.records import Span
from attribution.rules.story import Story
from attribution.sources.vocabulary import reason_patterns


def unquoted(story: Story, span: Span) -> str:
    """A stretch of the article in lower case with straight apostrophes, quotations blanked out.

    Character for character as long as the article's text there, so that matches give offsets.
    """
    words = list(plain(story, span))
    for quotation in story.quotations:
        for at in range(max(quotation.span.start, span.start), min(quotation.span.end, span.end)):
            words[at - span.start] = " "
    return "".join(words)


def plain(story: Story, span: Span) -> str:
    """A stretch of the article in lower case on one line, with straight apostrophes, character for character as long.

    "İ" stays, since in lower case it is two.
    """
    words = re.sub(r"\s", " ", story.article.prose[span.start : span.end]).replace("’", "'")
    return "".join(w.lower() if len(w.lower()) == 1 else w for w in words)


def gives_reason(words: str) -> bool:
    """Whether some words give a reason for leaving somebody unnamed, a formula or a specific one."""
    return any(pattern.search(words) for _, _, pattern in reason_patterns())


def is_minor(words: str) -> bool:
    """Whether some words give the age of a minor, which explains by itself why a name is short or made up."""
    return any(int(next(filter(None, m.groups()))) < _OF_AGE for m in _AGE.finditer(words))


_AGE = re.compile(r"\b(\d{1,2})[ -]years?[ -]old\b|\baged? (\d{1,2})\b|, (\d{1,2})(?=[,.)])")
_OF_AGE = 18


def matches(story: Story, patterns: Iterable[re.Pattern[str]]) -> Iterator[Span]:
    """Where the outlet's own words fit one of some patterns, at most once a sentence."""
    patterns = tuple(patterns)
    for sentence in story.analysis.parse.sentences:
        words = unquoted(story, sentence.span)
        found = next((m for p in patterns if (m := p.search(words))), None)
        if found:
            yield Span(sentence.span.start + found.start(), sentence.span.start + found.end())
