"""Files, pages and strings to articles.

Plain text, Markdown, HTML and Word documents; the kind is told by the file's name, else by how it begins.
Nothing is fetched from anywhere.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from attribution.errors import LoadError
from attribution.load import binary, blocks, docx, encoding, html, language, markdown, plain
from attribution.load.blocks import Piece
from attribution.load.comments import blank_comments, comments_of
from attribution.load.decisions import beside, read_decisions
from attribution.records import Article, BlockKind, Comment

MAX_WORDS = 200_000
"""Longer texts are refused unless the caller allows more: no article is a book."""

LONG_ARTICLE = 20_000
"""Longer texts are read with a warning, in words."""

_STDIN = "-"
_SMALLEST_LIMIT = 64 * 2**20  # bytes; a page of one article may carry much markup
_BYTES_PER_WORD = 40  # or characters: no text of words has so many

_SUFFIXES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
}
_MEDIA_TYPES = ("text/plain", "text/markdown", "text/html", docx.MEDIA_TYPE)
_HTML_START = re.compile(
    r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_WEB_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def load(
    source: str | Path,
    *,
    name: str | None = None,
    decisions: str | Path | None = None,
    max_words: int = MAX_WORDS,
) -> Article:
    """Read an article from a file, with what people have decided about it.

    Args:
        source: its path, or ``"-"`` for standard input.
        name: the path to report in place of ``source``, which also tells the kind of text.
        decisions: the file of decisions; by default ``story.attribution.toml`` beside ``story.txt``, if there is one.
        max_words: refuse longer texts.

    Raises:
        LoadError: it cannot be read as an article, or its decisions cannot be read.
        LanguageError: it is not English.
    """
    path = name or str(source)
    article = load_bytes(_read(source, max_words), path=path, max_words=max_words)
    decided = Path(decisions) if decisions is not None else None if path == _STDIN else beside(Path(path))
    return replace(article, decisions=read_decisions(decided)) if decided is not None else article


def load_bytes(data: bytes, *, path: str | None, media_type: str | None = None, max_words: int = MAX_WORDS) -> Article:
    """Read an article from the bytes of a file.

    Args:
        path: the file's name, ``"-"`` for standard input, or None.
        media_type: ``text/plain``, ``text/markdown``, ``text/html`` or that of Word documents; by default told
            from the name and the first characters.
        max_words: refuse longer texts.

    Raises:
        LoadError: it cannot be read as an article.
        LanguageError: it is not English.
    """
    where = _name(path)
    if media_type is not None and media_type not in _MEDIA_TYPES:
        raise LoadError(
            f"{media_type} cannot be read", where=where, remedy=f"media types that can: {', '.join(_MEDIA_TYPES)}"
        )
    if len(data) > _byte_limit(max_words):
        raise _too_large(f"it has more than {_byte_limit(max_words):,} bytes", where, max_words)
    if not data.strip():
        raise LoadError("it is empty", where=where, remedy="give a file that holds an article's text")
    if media_type in (None, docx.MEDIA_TYPE) and docx.is_docx(data):
        document = docx.read(data, where)
        _refuse_unfit(document.text, where, max_words)
        return _article(document.text, document.pieces, path, warnings=document.warnings, extracted=True)
    binary.refuse_binary(data, where)
    kind = media_type or _SUFFIXES.get(Path(path or "").suffix.lower())
    declared = None if kind in ("text/plain", "text/markdown") else html.declared_encoding(data)
    text, warnings = encoding.decode(data, where, declared)
    if kind is None:
        kind = "text/html" if _HTML_START.match(text) else "text/plain"
    _refuse_unfit(text, where, max_words)
    if kind == "text/html":
        page = html.read(text, where)
        return _article(
            page.text,
            page.pieces,
            path,
            title=page.title,
            warnings=warnings,
            comments=page.comments,
            extracted=True,
        )
    if kind == "text/markdown":
        marked = markdown.read(text)
        said = comments_of(text, markdown.comments(text))
        return _article(
            text,
            marked.pieces,
            path,
            title=marked.title,
            reading=marked.reading,
            warnings=warnings,
            comments=said,
        )
    return _plain(text, path, warnings)


def from_text(text: str, *, path: str | None = None, max_words: int = MAX_WORDS) -> Article:
    """An article from plain text at hand; ``Article.text`` is this very string.

    Args:
        path: the name to give it in reports, if any.
        max_words: refuse longer texts.

    Raises:
        LoadError: it holds no words, or too many.
        LanguageError: it is not English.
    """
    _refuse_unfit(text, _name(path), max_words)
    return _plain(text, path)


def _plain(text: str, path: str | None, warnings: tuple[str, ...] = ()) -> Article:
    blanked = blank_comments(text)
    reading = blanked if blanked != text else None
    return _article(
        text, plain.paragraphs(text, reading), path, reading=reading, warnings=warnings, comments=comments_of(text)
    )


def _article(
    text: str,
    pieces: Sequence[Piece],
    path: str | None,
    *,
    title: str | None = None,
    reading: str | None = None,
    warnings: tuple[str, ...] = (),
    comments: tuple[Comment, ...] = (),
    extracted: bool = False,
) -> Article:
    where = _name(path)
    prose = "\n".join((reading or text)[piece.span.start : piece.span.end] for piece in pieces)
    if not _has_words(prose):
        raise LoadError("it holds no article text", where=where, remedy="give a file that holds an article's text")
    language.refuse_other_languages(prose, where)
    doubt = language.why_not_prose(prose)
    if doubt:
        warnings += (f"this does not look like prose but like {doubt}: results will mean little",)
    words = len(prose.split())
    if words > LONG_ARTICLE:
        warnings += (f"it has {words:,} words, more than an article has: several documents in one file?",)
    found = blocks.recognise(reading or text, pieces)
    headline = next((block.span for block in found if block.kind is BlockKind.HEADLINE), None)
    if headline is not None:
        title = " ".join((reading or text)[headline.start : headline.end].split())
    return Article(
        text=text,
        blocks=found,
        path=path,
        title=title,
        warnings=warnings,
        reading=reading,
        comments=comments,
        extracted=extracted,
    )


def _refuse_unfit(text: str, where: str, max_words: int) -> None:
    """Raise ``LoadError`` for a text without words, with too many, or that no file could hold."""
    if not _has_words(text):
        raise LoadError("it holds no words", where=where, remedy="give a file that holds an article's text")
    words = len(text.split())
    if words > max_words:
        raise _too_large(f"it has {words:,} words", where, max_words)
    if len(text) > _byte_limit(max_words):
        raise _too_large(f"it has {len(text):,} characters", where, max_words)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise LoadError(
            f"character {error.start} is half of a surrogate pair, which no file can hold",
            where=where,
            remedy="decode the text again, without errors='surrogateescape'",
        ) from None


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _too_large(what: str, where: str, max_words: int) -> LoadError:
    return LoadError(
        f"it is too large to be an article: {what}; the limit is {max_words:,} words",
        where=where,
        remedy="split it into articles, or raise the limit (--max-words)",
    )


def _byte_limit(max_words: int) -> int:
    return max(_SMALLEST_LIMIT, _BYTES_PER_WORD * max_words)


def _name(path: str | None) -> str:
    if path is None:
        return "the text"
    return "standard input" if path == _STDIN else path


def _read(source: str | Path, max_words: int) -> bytes:
    where = str(source)
    if where == _STDIN:
        return sys.stdin.buffer.read(_byte_limit(max_words) + 1)
    if _WEB_ADDRESS.match(where):
        raise LoadError("this is a web address", where=where, remedy="save the page to a file; nothing is fetched")
    path = Path(source)
    try:
        with path.open("rb") as file:
            return file.read(_byte_limit(max_words) + 1)
    except FileNotFoundError:
        raise LoadError("there is no such file", where=where, remedy="check the path and its spelling") from None
    except IsADirectoryError:
        raise LoadError(
            "this is a folder", where=where, remedy="name the files in it, for example FOLDER/*.txt"
        ) from None
    except PermissionError:
        raise LoadError("it may not be read", where=where, remedy="ask its owner, or change its permissions") from None
    except (OSError, ValueError) as error:
        # A whole text given where a path belongs ends up here: too long, or with line breaks in it.
        reason = getattr(error, "strerror", None) or str(error)
        shown = where if len(where) <= 80 else where[:77] + "..."
        raise LoadError(
            f"it cannot be read: {reason}", where=repr(shown), remedy="give a path; for text itself use from_text"
        ) from error
