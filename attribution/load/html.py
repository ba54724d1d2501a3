"""Web pages: the main text, by trafilatura, with headline, cross-heads, lists and block quotations kept.

Navigation, comments, tables, captions and other boilerplate are left out.  The extracted paragraphs, set
apart by blank lines, are the article's text.
"""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from attribution.errors import LoadError
from attribution.load.blocks import Piece
from attribution.load.comments import mark_comments, placed, take_marks
from attribution.load.furniture import ends_sentence
from attribution.records import BlockKind, Comment, Span


class _Element(Protocol):
    """As much of an lxml element as is read here."""

    tag: str
    text: str | None
    tail: str | None

    def __iter__(self) -> Iterator[_Element]: ...

    def __len__(self) -> int: ...


_DECLARATION_WITHIN = 1024
"""Bytes in which a page must state its encoding (HTML Standard, 4.2.5.4)."""

_CHARSET = re.compile(
    rb"<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:\-]+)", re.IGNORECASE
)
_WHOLE_PAGE = re.compile(r"<html\b", re.IGNORECASE)
_FEWEST_WORDS = 5
_BREAK = "\n\n"
_PARAGRAPH_MARK = "\ue000"  # private use: no page has it
_SHORT_PAGE = 250  # characters; trafilatura's own default
_MOST = 0.7
_SPACE = re.compile(r"[ \t\r\f\v]+")
_TWO_LINE_BREAKS = re.compile(r"(?:<br\s*/?>\s*){2,}", re.IGNORECASE)
_LINE_BREAK = re.compile(r"\s*\n\s*")


Part = tuple[str, BlockKind | None]
"""A paragraph's words, and the kind that its tag gives it."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says.

    Attributes:
        text: its main text.
        pieces: the paragraphs of ``text``.
        title: the page's title; its headline where that is not part of ``text``.
        comments: what it says to this program.
    """

    text: str
    pieces: tuple[Piece, ...]
    title: str | None
    comments: tuple[Comment, ...] = ()


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page says it is in, if it is one that we know."""
    found = _CHARSET.search(data, 0, _DECLARATION_WITHIN)
    if found is None:
        return None
    try:
        return codecs.lookup(found.group(1).decode("ascii")).name
    except LookupError:
        return None


def read(page: str, where: str) -> Page:
    """Extract a page's article.

    Raises:
        LoadError: the page holds none.
    """
    page_with_marks, comments = mark_comments(page)
    stripped = [(take_marks(words), kind) for words, kind in _main_text(page_with_marks)]
    body = [(words, kind) for (words, _), kind in stripped]
    word_count = sum(len(words.split()) for words, _ in body)
    if word_count < _FEWEST_WORDS or not any(ends_sentence(words) for words, _ in body):
        raise LoadError(
            "no article text was found in this page",
            where=where,
            remedy="pages built by scripts hold none: save the text itself as plain text or Markdown",
        )
    title = _title(page)
    parts = _with_headline(body, title, _first_heading(page))
    text, pieces = "", []
    for words, kind in parts:
        text += _BREAK if text else ""
        pieces.append(Piece(Span(len(text), len(text) + len(words)), kind, lines=words.count("\n") + 1))
        text += words
    body_pieces = pieces[len(parts) - len(body) :]  # the headline may have been put before them
    places = {
        comment: piece.span.start + at
        for piece, ((_, marks), _) in zip(body_pieces, stripped, strict=True)
        for comment, at in marks
    }
    return Page(text, tuple(pieces), title, placed(comments, places))


def _main_text(page: str) -> list[Part]:
    """The page's main text, in order."""
    # Slow to import, and needed for web pages only.
    import trafilatura
    from trafilatura.settings import Document, use_config

    # It reports pages without text as errors of its own; we say so ourselves.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    if not _WHOLE_PAGE.search(page):
        page = f"<html><body>{page}</body></html>"  # a fragment from an editorial system
    # The extraction makes one line break of two, which part paragraphs for a reader.
    page = _TWO_LINE_BREAKS.sub(f"<br>{_PARAGRAPH_MARK}<br>", page)

    def extract(shortest: int) -> list[Part]:
        config = use_config()
        config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(shortest))
        document = trafilatura.bare_extraction(page, include_comments=False, include_tables=False, config=config)
        return list(_parts(document.body, None)) if isinstance(document, Document) else []

    parts = extract(_SHORT_PAGE)
    if len(parts) == 1 and "\n" in parts[0][0]:
        # For a very short text it gives up on paragraphs and lists all pieces of text, line by line.
        structured = extract(1)
        if _size(structured) >= _MOST * _size(parts):
            return structured
    return parts


def _size(parts: list[Part]) -> int:
    return sum(len("".join(words.split())) for words, _ in parts)


def _title(page: str) -> str | None:
    from trafilatura import extract_metadata

    found = extract_metadata(page)
    return _squeeze(found.title or "") or None if found is not None else None


_KINDS = {
    "head": BlockKind.HEADING,
    "item": BlockKind.LIST_ITEM,
    "quote": BlockKind.QUOTE,
}
_BLOCKS = frozenset(("p", "head", "item", "quote", "list", "ab", "div"))


def _parts(element: _Element, kind: BlockKind | None) -> Iterator[Part]:
    """The blocks under an element of trafilatura's tree (TEI names), each with the kind its tag gives it."""
    words = element.text or ""
    for child in element:
        if child.tag in _BLOCKS and not _is_inline(child, element):
            yield from _part(words, kind)
            yield from _parts(child, _KINDS.get(child.tag, kind))
            words = child.tail or ""
        else:
            words += _inline(child) + (child.tail or "")
    yield from _part(words, kind)


def _part(words: str, kind: BlockKind | None) -> Iterator[Part]:
    for paragraph in words.split(_PARAGRAPH_MARK):
        paragraph = _LINE_BREAK.sub("\n", _SPACE.sub(" ", paragraph)).strip()
        if paragraph:
            yield paragraph, kind


def _is_inline(child: _Element, parent: _Element) -> bool:
    """A ``quote`` inside a paragraph is the page's ``<q>``: words in quotation marks."""
    return child.tag == "quote" and parent.tag in ("p", "item", "head") and not len(child)


def _inline(element: _Element) -> str:
    if element.tag == "lb":
        return "\n"
    words = (element.text or "") + "".join(_inline(child) + (child.tail or "") for child in element)
    # Browsers print the quotation marks of a <q>.
    return f"“{words}”" if element.tag == "quote" else words


def _first_heading(page: str) -> str | None:
    """The words of the page's own ``<h1>``, where it has just one."""
    from trafilatura import load_html

    tree = load_html(page)
    headings = [] if tree is None else tree.findall(".//h1")
    return _squeeze(headings[0].text_content()) or None if len(headings) == 1 else None


def _with_headline(parts: list[Part], title: str | None, heading: str | None) -> list[Part]:
    """Mark the headline; put it back where the extraction has left it out of the text.

    A page's title may hold the outlet's name too, so it counts as the headline only if the page's first
    heading says the same.
    """
    for index, (words, kind) in enumerate(parts[:3]):
        if kind in (BlockKind.HEADING, None) and _squeeze(words) in (title, heading):
            return [*parts[:index], (words, BlockKind.HEADLINE), *parts[index + 1 :]]
    if heading is not None and title is not None and (heading in title or title in heading):
        return [(heading, BlockKind.HEADLINE), *parts]
    return parts


def _squeeze(words: str) -> str:
    return " ".join(words.split())
