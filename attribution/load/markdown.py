"""Markdown: its prose, in place.

The text stays as it is, so that lines and columns are those of the writer's editor.  Blocks cover the prose
only; front matter, code, comments, tables and link definitions lie between them.  ``blank_markup`` gives the
same text with the markup inside prose blanked out, as long as the original, for a parser to read.

The constructs are those of CommonMark 0.31, as far as newsrooms write them.
"""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass

from attribution.load import furniture
from attribution.load.blocks import Piece
from attribution.records import BlockKind, Span

_FRONT_MATTER = re.compile(r"\ufeff?(-{3}|\+{3})[ \t]*\r?\n(?:.*?\r?\n)??\1[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title\s*[:=]\s*(.+?)\s*$", re.MULTILINE | re.IGNORECASE)
_HIDDEN = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n`]*\n(?:.*?^[ \t>]*(?P=fence)[`~]*[ \t]*\r?$|.*\Z)"
    r"|<!--.*?(?:-->|\Z)"
    r"|<(?P<tag>script|style)\b.*?(?:</(?P=tag)>|\Z)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_ATX_CLOSE = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_DIVIDER = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|(?P<number>\d{1,9})[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:[ \t]*\S+")
_TABLE = re.compile(r"[ \t]*\|.*\|[ \t]*$|[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+$")
_TAG_LINE = re.compile(r"[ \t]*(?:</?[A-Za-z][^>]*>[ \t]*)+$")
_PICTURE_LINE = re.compile(r"[ \t]*(?:\[?!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])(?:\]\([^)]*\))?[ \t]*)+$")


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown text's prose.

    Attributes:
        pieces: its paragraphs, headings, list items and block quotations.
        reading: the text with markup blanked, of the same length.
        title: the title that its front matter gives, or None.
    """

    pieces: tuple[Piece, ...]
    reading: str
    title: str | None


def read(text: str) -> Document:
    """Find the prose of a Markdown text."""
    front_matter = _FRONT_MATTER.match(text)
    title = _TITLE.search(front_matter.group()) if front_matter else None
    reading = blank_markup(text)
    pieces = _BlockReader(text, _without_hidden(text), reading).pieces()
    return Document(tuple(pieces), reading, title.group(1).strip("\"'") if title else None)


def comments(text: str) -> list[Span]:
    """Where the comments of a Markdown text stand."""
    return [Span(*found.span()) for found in _HIDDEN.finditer(text, _body(text)) if found.group().startswith("<!--")]


def _without_hidden(text: str) -> str:
    """The text with front matter, fenced code and comments blanked."""
    body = _body(text)
    return _blank(text[:body]) + _HIDDEN.sub(lambda found: _blank(found.group()), text[body:])


def _body(text: str) -> int:
    """Where the text begins after its front matter."""
    front_matter = _FRONT_MATTER.match(text)
    return front_matter.end() if front_matter else 0


def _blank(words: str) -> str:
    return re.sub(r"[^\r\n]", " ", words)


# ---------------------------------------------------------------------------------------------- blocks


class _BlockReader:
    """Goes through the lines and collects the blocks of prose."""

    def __init__(self, printed: str, text: str, reading: str) -> None:
        self.printed = printed
        self.text = text
        self.reading = reading
        self.done: list[Piece] = []
        self.kind: BlockKind | None = None
        self.span: Span | None = None  # of the block being read
        self.lines = 0
        self.in_table = False
        self.title_seen = False

    def pieces(self) -> list[Piece]:
        at = 0
        for line in self.text.splitlines(keepends=True):
            self._read_line(line.rstrip("\r\n"), at)
            at += len(line)
        self._close()
        return self.done

    def _read_line(self, line: str, at: int) -> None:
        if not line.strip():
            self._close()
            self.in_table = False
            return
        if self.in_table or _TABLE.match(line):
            if not line.strip().startswith("|") and not self.in_table:
                self.span = None  # the line before was the table's head
            self._close()
            self.in_table = True
            return
        underline = _UNDERLINE.match(line)
        if underline and self.span is not None and self.kind is None:
            self._close(self._heading(1 if underline.group(1)[0] == "=" else 2))
            return
        heading = _ATX.match(line)
        if heading:
            self._close()
            words = _ATX_CLOSE.sub("", line[heading.end() :])
            self._open(None, at + heading.end(), at + heading.end() + len(words))
            self._close(self._heading(len(heading.group(1))))
            return
        if _DIVIDER.match(line) or _TAG_LINE.match(line):
            self._close()
            return
        if self.span is None and (_DEFINITION.match(line) or _PICTURE_LINE.match(line)):
            return
        self._read_prose(line, at)

    def _read_prose(self, line: str, at: int) -> None:
        end = at + len(line)
        quote, item = _QUOTE.match(line), _ITEM.match(line)
        if quote:
            if not line[quote.end() :].strip():
                self._close()
            elif self.span is None or self.kind is not BlockKind.QUOTE:
                self._open(BlockKind.QUOTE, at + quote.end(), end)
            else:
                self._go_on(end)
        elif item and self._may_open(item) and not self._is_code(line, at):
            self._open(BlockKind.LIST_ITEM, at + item.end(), end)
        elif self.span is not None:
            self._go_on(end)
        elif not self._is_code(line, at):
            in_item = line[0] in " \t" and bool(self.done) and self.done[-1].kind is BlockKind.LIST_ITEM
            self._open(BlockKind.LIST_ITEM if in_item else None, at, end)

    def _may_open(self, item: re.Match[str]) -> bool:
        """Inside a paragraph a number opens a list only if it is 1: a line may begin with "2016."."""
        return item["number"] in (None, "1") or self.span is None or self.kind is BlockKind.LIST_ITEM

    def _is_code(self, line: str, at: int) -> bool:
        """Indented by four columns, not by a comment, and neither inside a list nor inside a paragraph."""
        printed = self.printed[at : at + len(line)].expandtabs(4)
        indent = len(printed) - len(printed.lstrip())
        in_list = self.kind is BlockKind.LIST_ITEM or (bool(self.done) and self.done[-1].kind is BlockKind.LIST_ITEM)
        return indent >= 4 and not in_list and self.span is None

    def _open(self, kind: BlockKind | None, start: int, end: int) -> None:
        self._close()
        self.kind, self.span, self.lines = kind, Span(start, end), 1

    def _go_on(self, end: int) -> None:
        if self.span is not None:
            self.span = Span(self.span.start, end)
        self.lines += 1

    def _close(self, kind: BlockKind | None = None) -> None:
        if self.span is not None:
            words = self.reading[self.span.start : self.span.end]
            start = self.span.start + len(words) - len(words.lstrip())
            span = Span(start, start + len(words.strip()))
            if span.start < span.end:
                kind = kind or self.kind or (BlockKind.STANDFIRST if self._is_standfirst(span) else None)
                self.done.append(Piece(span, kind, self.lines))
        self.kind, self.span = None, None

    def _heading(self, level: int) -> BlockKind:
        """The first top-level heading is the headline; so is any heading that opens the text."""
        if not self.title_seen and (level == 1 or not self.done):
            self.title_seen = True
            return BlockKind.HEADLINE
        return BlockKind.HEADING

    def _is_standfirst(self, span: Span) -> bool:
        """A paragraph wholly in italics or bold under the headline, unless it is the byline."""
        if not self.done or self.done[-1].kind is not BlockKind.HEADLINE:
            return False
        written = self.text[self.done[-1].span.end : span.end + 3].strip().splitlines()[-1:]
        words = self.reading[span.start : span.end]
        return bool(written) and bool(_EMPHASISED.match(written[0])) and not furniture.is_byline(words)


# ---------------------------------------------------------------------------------------------- inline

_EMPHASISED = re.compile(r"([*_]{1,3})(?=\S)[^*_]+\1$")
_PARAGRAPH = r"(?:(?!\n[ \t\r]*\n).){1,3000}?"  # the bound keeps stray marks from costing quadratic time
_LINE_MARKERS = re.compile(r"^ {0,3}#{1,6}(?=[ \t]|\r?$)|^ {0,3}(?:>[ \t]?)+|\\(?=\r?$)", re.MULTILINE)
_DEFINITIONS = re.compile(r"^ {0,3}\[([^\]\n]+)\]:[ \t]*\S[^\n]*$", re.MULTILINE)
_CODE = re.compile(rf"(?<![`\\])(`+)(?!`)({_PARAGRAPH})(?<!`)\1(?!`)", re.DOTALL)
_EMPHASIS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        rf"(?<![\\*])(\*{{3}})(?=[^\s*])({_PARAGRAPH})(?<=\S)\1(?!\*)",
        rf"(?<![\\*])(\*{{2}})(?=[^\s*])({_PARAGRAPH})(?<=\S)\1",
        rf"(?<![\\*])(\*)(?=[^\s*])({_PARAGRAPH})(?<=[^\s*\\])\1(?!\*)",
        rf"(?<![\\\w])(_{{1,3}})(?=[^\s_])({_PARAGRAPH})(?<=[^\s\\])\1(?!\w)",
        rf"(?<!\\)(~~)(?=\S)({_PARAGRAPH})(?<=\S)\1",
    )
)
_TARGET = r"\((?:[^()\n]|\([^()\n]*\))*\)"
_PICTURE = re.compile(rf"(?<!\\)!\[[^\]]*\](?:{_TARGET}|\[[^\]]*\])")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:?")
_LINK = re.compile(rf"(?<!\\)(\[)([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)(\](?:{_TARGET}|\[[^\]]*\]))")
_ADDRESS = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>]*|[^\s<>@]+@[^\s<>]+)>")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9\-]*(?:\s[^<>]*)?/?>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});(?=(\w)?)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def blank_markup(text: str) -> str:
    """The same text, as long, with every character of markup replaced by a space.

    Emphasis marks, code marks, link brackets, targets and definitions, pictures, tags, comments, code blocks,
    front matter and the marks that open headings and quotations go; words stay where they are.  An entity is
    replaced by its character, padded.  Line breaks are kept.  (The marks of list items lie outside their blocks.)
    """
    text = _without_hidden(text)
    labels = {found.group(1).casefold() for found in _DEFINITIONS.finditer(text)}
    text = _DEFINITIONS.sub(lambda found: _blank(found.group()), text)
    text = _LINE_MARKERS.sub(lambda found: _blank(found.group()), text)
    for pair in (_CODE, *_EMPHASIS):
        text = pair.sub(lambda found: _blank(found.group(1)) + found.group(2) + _blank(found.group(1)), text)
    text = _PICTURE.sub(lambda found: _blank(found.group()), text)
    text = _FOOTNOTE.sub(lambda found: _blank(found.group()), text)
    text = _LINK.sub(lambda found: " " + found.group(2) + _blank(found.group(3)), text)
    for label in re.finditer(r"\[([^\[\]]+)\]", text):
        # "[sic]" is no link; "[the ruling]" is one where the text defines it.
        if label.group(1).casefold() in labels:
            text = text[: label.start()] + f" {label.group(1)} " + text[label.end() :]
    for markup in (_ADDRESS, _TAG):
        text = markup.sub(lambda found: _blank(found.group()), text)
    text = _ENTITY.sub(_entity, text)
    return _ESCAPE.sub(r" \1", text)


def _entity(found: re.Match[str]) -> str:
    """The entity's character, beside the word that it belongs to."""
    character = entities.unescape(found.group())
    if len(character) != 1 or character in "\r\n":
        return found.group()
    width = len(found.group())
    return character.rjust(width) if found.group(1) else character.ljust(width)
