"""Word documents (.docx), by python-docx: paragraphs and the styles that say what they are.

Tracked changes are read as if accepted, since that is what the writer means to print; margin comments, tables, headers,
footers and footnotes are left out, as they are from web pages.  The paragraphs, set apart by blank lines, are the
article's text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from attribution.errors import LoadError
from attribution.load.blocks import Piece
from attribution.records import BlockKind, Span

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

MAX_UNPACKED = 512 * 2**20
"""Documents that are larger unpacked, in bytes, are refused before they are: a few kilobytes can hold gigabytes."""

_BREAK = "\n\n"
_MAIN_PART = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DELETED = frozenset({f"{_W}del", f"{_W}moveFrom"})
_CHANGED = frozenset({*_DELETED, f"{_W}ins", f"{_W}moveTo"})
_LEFT_OUT = frozenset({*_DELETED, f"{_W}pPr", f"{_W}rPr", f"{_W}txbxContent"})
_CHARACTERS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}
_STYLES: tuple[tuple[re.Pattern[str], BlockKind], ...] = (
    (re.compile(r"Title|Heading 1"), BlockKind.HEADLINE),
    (re.compile(r"Subtitle"), BlockKind.STANDFIRST),
    (re.compile(r"Heading \d"), BlockKind.HEADING),
    (re.compile(r"List\b.*"), BlockKind.LIST_ITEM),
    (re.compile(r"(?:Intense )?Quote"), BlockKind.QUOTE),
)


@dataclass(frozen=True, slots=True)
class Document:
    """What a document says.

    Attributes:
        text: its paragraphs.
        pieces: where they stand in ``text``, with the kinds that their styles give them.
        warnings: what a reader should know about how it was read.
    """

    text: str
    pieces: tuple[Piece, ...]
    warnings: tuple[str, ...]


def is_docx(data: bytes) -> bool:
    """Whether these are the bytes of a Word document."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _MAIN_PART in archive.namelist()
    except zipfile.BadZipFile:
        return False


def read(data: bytes, where: str) -> Document:
    """Read a document's paragraphs.

    Raises:
        LoadError: it is damaged or too large, or python-docx is not installed.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
            raise LoadError(
                f"this Word document holds more than {MAX_UNPACKED // 2**20} MB",
                where=where,
                remedy="save it as plain text",
            )
    try:
        import docx  # an extra: not every installation reads Word documents
    except ImportError:
        raise LoadError(
            "this is a Word document, and python-docx is not installed",
            where=where,
            remedy='install it (pip install "attribution[docx]"), or save the document as plain text',
        ) from None
    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs = [(_words(p._p), p.style.name if p.style else "") for p in document.paragraphs]
        changed = next(document.element.body.iter(*_CHANGED), None) is not None
    except Exception as error:  # python-docx and lxml raise whatever a damaged archive brings out
        raise LoadError(
            "this Word document is damaged", where=where, remedy="open it in a word processor and save it again"
        ) from error
    text = ""
    pieces: list[Piece] = []
    for words, style in paragraphs:
        if not words:
            continue
        text += _BREAK if text else ""
        pieces.append(Piece(Span(len(text), len(text) + len(words)), _kind(style, pieces), lines=words.count("\n") + 1))
        text += words
    warnings = ("it has tracked changes; it is read as if they were accepted",) if changed else ()
    return Document(text, tuple(pieces), warnings)


def _words(paragraph: Any) -> str:
    return "\n".join(" ".join(line.split()) for line in "".join(_characters(paragraph)).split("\n")).strip()


def _characters(element: Any) -> Iterator[str]:
    """The characters under an element of a paragraph, in order, without deleted ones and text boxes."""
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag not in _LEFT_OUT:
            yield from _characters(child)


def _kind(style: str, before: list[Piece]) -> BlockKind | None:
    """What a style says of a paragraph; a second "Heading 1" is a cross-head."""
    kind = next((kind for pattern, kind in _STYLES if pattern.fullmatch(style)), None)
    if kind is BlockKind.HEADLINE and any(piece.kind is kind for piece in before):
        return BlockKind.HEADING
    return kind
