"""Comments to this program in an article (``<!-- attribution: … -->``): found, kept, and never read as prose.

In plain text and Markdown they stay where they are and are blanked out for the parser.  A web page's text is extracted
without its comments, so a mark goes with each to the words that it stands at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from attribution.records import Comment, Span

_OURS = re.compile(r"<!--\s*attribution:(?P<said>.*?)(?:-->|\Z)", re.DOTALL | re.IGNORECASE)

# A comment that is never closed, or only by the end of a later one, ends with its line: plain text goes on below it.
_IN_PLAIN_TEXT = re.compile(r"<!--(?:(?!<!--|-->).)*-->|<!--\s*attribution:[^\r\n]*", re.DOTALL | re.IGNORECASE)


def blank_comments(text: str) -> str:
    """A plain text with its comments replaced by spaces, line breaks kept."""
    return _IN_PLAIN_TEXT.sub(lambda found: re.sub(r"[^\r\n]", " ", found.group()), text)


def comments_of(text: str, places: Iterable[Span] | None = None) -> tuple[Comment, ...]:
    """The comments to this program that stand in a text itself.

    Args:
        places: where its comments are; by default those of a plain text.
    """
    if places is None:
        places = (Span(*found.span()) for found in _IN_PLAIN_TEXT.finditer(text))
    kept = []
    for place in places:
        if ours := _OURS.match(text, place.start, place.end):
            closed = text.endswith("-->", place.start, place.end) and "<!--" not in ours["said"]
            kept.append(Comment(place, ours["said"].strip(), closed))
    return tuple(kept)


# ------------------------------------------------------------------------------------------- web pages

_FIRST_MARK = 0x100000
"""The marks are characters of the last private-use plane, which no page has."""

_HIDDEN = r"<(?P<tag>script|style|template|title|head)\b.*?</(?P=tag)\s*>"
_PAGE_COMMENTS = re.compile(rf"{_HIDDEN}|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE)
_BEFORE_WORDS = re.compile(rf"(?:{_HIDDEN}|<!--.*?-->|<[^>]*>|\s)*", re.DOTALL | re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|abbr|b|cite|em|i|mark|q|s|small|span|strong|sub|sup|u)\b[^>]*>\s*\Z", re.IGNORECASE)
_MARKS = re.compile(f"[{chr(_FIRST_MARK)}-{chr(_FIRST_MARK + 0xFFFD)}]")


def mark_comments(page: str) -> tuple[str, list[Comment]]:
    """Put a mark into a page's text for each of its comments to this program.

    A comment at the end of a paragraph's words is marked there; one before a paragraph, at its first word.

    Returns:
        The page, and the comments in the order of their marks, each without a place.
    """
    marks: list[tuple[int, str]] = []
    comments: list[Comment] = []
    for found in _PAGE_COMMENTS.finditer(page):
        for place, ours in _own_comments(page, found):
            at = place if _follows_words(page, place) else _next_words(page, place)
            marks.append((at, chr(_FIRST_MARK + len(comments))))
            comments.append(Comment(None, ours["said"].strip(), ours.group().endswith("-->")))
    parts, last = [], 0
    for at, mark in sorted(marks, key=lambda each: each[0]):
        parts += [page[last:at], mark]
        last = at
    return "".join([*parts, page[last:]]), comments


def _own_comments(page: str, found: re.Match[str]) -> Iterable[tuple[int, re.Match[str]]]:
    """The comments to this program in a stretch without words: it may be a comment, or a head that holds some."""
    if found["tag"] and found["tag"].lower() != "head":
        return
    for ours in _OURS.finditer(page, *found.span()):
        yield found.start() if found["tag"] is None else found.end(), ours


def _follows_words(page: str, at: int) -> bool:
    """Whether words of the same paragraph stand before a place."""
    before = page[max(0, at - 2000) : at].rstrip()
    while inline := _INLINE.search(before):
        before = before[: inline.start()].rstrip()
    return bool(before) and not before.endswith(">")


def _next_words(page: str, at: int) -> int:
    following = _BEFORE_WORDS.match(page, at)
    return following.end() if following else at


def take_marks(words: str) -> tuple[str, list[tuple[int, int]]]:
    """A paragraph without its marks, and for each mark the comment's number and its place in the paragraph."""
    kept, last = "", 0
    marks = []
    for mark in _MARKS.finditer(words):
        kept += words[last : mark.start()]
        marks.append((ord(mark.group()) - _FIRST_MARK, len(kept)))
        # A comment set off by spaces leaves one, not two.
        last = mark.end() + (kept[-1:].isspace() and words[mark.end() : mark.end() + 1] == " ")
    kept = (kept + words[last:]).rstrip()
    return kept, [(comment, min(at, len(kept))) for comment, at in marks]


def placed(comments: Sequence[Comment], places: Mapping[int, int]) -> tuple[Comment, ...]:
    """Comments with their places in the article's text, in text order; None where their words were not extracted."""
    found = [replace(c, span=Span(places[n], places[n])) for n, c in enumerate(comments) if n in places]
    lost = (c for n, c in enumerate(comments) if n not in places)
    return (*lost, *sorted(found, key=lambda comment: comment.span or Span(0, 0)))
