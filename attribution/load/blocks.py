"""What each paragraph of a story is: headline, standfirst, byline, dateline, cross-head, or just a paragraph.

A format may already say it (an HTML list, a Markdown heading).  For the rest, the conventions of newspaper
and wire copy are read off place, length and punctuation: a story opens with its furniture, each piece a line
of its own without a full stop; a cross-head is a short line between two finished paragraphs.  In doubt a
piece is a paragraph, so that no sentence is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from attribution.load import dateline, furniture
from attribution.records import Block, BlockKind, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph whose function may not be known yet.

    Attributes:
        span: its characters, without white space at either end.
        kind: what the format says that it is, or None.
        lines: the number of lines it stands on.
        apart: it is set off from the piece before by a blank line (or by the format's own means).
    """

    span: Span
    kind: BlockKind | None = None
    lines: int = 1
    apart: bool = True


_DISPLAY = (BlockKind.HEADLINE, BlockKind.STANDFIRST, BlockKind.HEADING)
_HEADLINE_WORDS = 30
_STANDFIRST_WORDS = 60
_STANDFIRST_LEAST = 4
_CROSSHEAD_WORDS = 10
_TITLE_CASE = 0.8  # share of the longer words with a capital
_DATELINE_WITHIN = 4  # body paragraphs: a summary may stand before it
_OPEN_END = re.compile(r"[,:;—–\-][”’\"')]*$")
_STOP = re.compile(r"[.!?…][”’\"')\]]*$")
_OPENING_QUOTE = "“‘\"'«"
_SPEAKER = re.compile(r"[A-Z][A-Z .'’\-]+:\s")


def recognise(text: str, pieces: Sequence[Piece]) -> tuple[Block, ...]:
    """Give every piece its kind; a dateline is cut off its paragraph as a block of its own.

    Args:
        text: the article's text with markup blanked out, as long as the text itself.
    """
    return _Story(text, pieces).blocks()


class _Story:
    def __init__(self, text: str, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.words = [" ".join(text[piece.span.start : piece.span.end].split()) for piece in pieces]
        self.raw = [text[piece.span.start : piece.span.end] for piece in pieces]
        self.ended = [furniture.ends_sentence(words) for words in self.words]
        speakers = sum(bool(_SPEAKER.match(words)) for words in self.words)
        self.transcript = speakers > 1

    def blocks(self) -> tuple[Block, ...]:
        found: list[Block] = []
        opening = self._opening()
        for index, piece in enumerate(self.pieces):
            kind = opening[index] if index < len(opening) else self._kind_in_body(index)
            end = 0
            if kind is BlockKind.PARAGRAPH and index < len(opening) + _DATELINE_WITHIN:
                end = self._dateline_end(index)
            start = piece.span.start
            if end:
                found.append(Block(BlockKind.DATELINE, Span(start, start + end)))
                start += end + len(self.raw[index][end:]) - len(self.raw[index][end:].lstrip())
            found.append(Block(kind, Span(start, piece.span.end)))
        return tuple(found)

    # ---------------------------------------------------------------------------------------- opening

    def _opening(self) -> list[BlockKind]:
        """The kinds of the pieces before the body."""
        kinds: list[BlockKind] = []
        headline_seen = False
        for index in range(len(self.pieces)):
            kind = self._kind_in_opening(index, headline_seen)
            if kind is None:
                break
            headline_seen = headline_seen or kind is BlockKind.HEADLINE
            kinds.append(kind)
        return kinds

    def _kind_in_opening(self, index: int, headline_seen: bool) -> BlockKind | None:
        piece, words = self.pieces[index], self.words[index]
        if piece.kind is not None:
            return piece.kind if piece.kind in _DISPLAY else None
        if furniture.is_byline(words) or furniture.is_credit(words) or furniture.is_mark(words):
            return BlockKind.BYLINE
        if dateline.is_dateline(words):
            return BlockKind.DATELINE
        if not headline_seen:
            if self._is_kicker(index):
                return BlockKind.HEADING
            return BlockKind.HEADLINE if self._is_headline(index) else None
        if self._body_follows(index) and furniture.is_bare_byline(words):
            return BlockKind.BYLINE
        return BlockKind.STANDFIRST if self._is_standfirst(index) else None

    def _is_headline(self, index: int) -> bool:
        words = self.words[index]
        if (
            not self._body_follows(index)
            or self.pieces[index].lines > 3
            or not self._may_be_display(words, _HEADLINE_WORDS)
        ):
            return False
        if not self.ended[index]:
            return self.pieces[index + 1].apart or self.ended[index + 1] or self._is_furniture(index + 1)
        if not self.pieces[index + 1].apart or words[0] in _OPENING_QUOTE:
            return False
        if words.rstrip("”’\"')").endswith("?"):
            return True
        # Some archives put a full stop after every headline.
        return _is_title_case(words) or self._furniture_follows(index)

    def _is_kicker(self, index: int) -> bool:
        """A label in capitals above the headline: "WORLD NEWS"."""
        words = self.words[index]
        return (
            words.isupper()
            and len(words.split()) <= 3
            and index + 1 < len(self.pieces)
            and self._is_headline(index + 1)
        )

    def _is_standfirst(self, index: int) -> bool:
        words = self.words[index]
        if not self._body_follows(index) or not self._may_be_display(words, _STANDFIRST_WORDS):
            return False
        if not _STOP.search(words):
            return len(words.split()) >= _STANDFIRST_LEAST
        return self._furniture_follows(index)

    def _may_be_display(self, words: str, longest: int) -> bool:
        """Short, begun as a sentence is, and not left open by a comma or colon."""
        return len(words.split()) <= longest and not _OPEN_END.search(words) and not words[0].islower()

    def _body_follows(self, index: int) -> bool:
        return any(self.ended[index + 1 :])

    def _is_furniture(self, index: int) -> bool:
        if index >= len(self.pieces):
            return False
        words = self.words[index]
        byline = furniture.is_byline(words) or furniture.is_bare_byline(words)
        return byline or dateline.is_dateline(words) or bool(self._dateline_end(index))

    def _furniture_follows(self, index: int) -> bool:
        """A byline or dateline comes next, or after one more line of display."""
        if self._is_furniture(index + 1):
            return True
        return (
            index + 2 < len(self.pieces)
            and self._may_be_display(self.words[index + 1], _STANDFIRST_WORDS)
            and self._is_furniture(index + 2)
        )

    # ------------------------------------------------------------------------------------------- body

    def _kind_in_body(self, index: int) -> BlockKind:
        piece, words = self.pieces[index], self.words[index]
        if piece.kind is not None:
            return piece.kind
        if furniture.is_byline(words) or furniture.is_credit(words) or furniture.is_mark(words):
            return BlockKind.BYLINE
        return BlockKind.HEADING if self._is_crosshead(index) else BlockKind.PARAGRAPH

    def _is_crosshead(self, index: int) -> bool:
        words = self.words[index]
        if index == 0 or index + 1 >= len(self.pieces) or self.pieces[index].lines > 1:
            return False
        if not self._may_be_display(words, _CROSSHEAD_WORDS) or _STOP.search(words):
            return False
        if self.pieces[index - 1].kind is None and not self.ended[index - 1]:
            return False
        following = self.words[index + 1]
        opens_paragraph = len(following) > len(words) and (self.ended[index + 1] or following.endswith(":"))
        return opens_paragraph and self.pieces[index].apart == self.pieces[index + 1].apart

    def _dateline_end(self, index: int) -> int:
        if self.pieces[index].kind not in (None, BlockKind.PARAGRAPH):
            return 0
        return dateline.dateline_end(self.raw[index], colon=not self.transcript)


def _is_title_case(words: str) -> bool:
    long_words = [word.lstrip(_OPENING_QUOTE) for word in words.split() if len(word) > 3 and word[0].isalpha()]
    return len(long_words) >= 4 and sum(word[:1].isupper() for word in long_words) / len(long_words) >= _TITLE_CASE
