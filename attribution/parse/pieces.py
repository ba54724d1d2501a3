"""Words to the network's input: word pieces, word shapes, windows, padded batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from attribution.errors import ModelError
from attribution.parse.network import SHAPES, Batch

_SHAPE = {name: i for i, name in enumerate(SHAPES)}


@dataclass(frozen=True, slots=True)
class Window:
    """Words read together in one pass.

    Attributes:
        pieces, shapes: one id per piece, with the special pieces at both ends.
        first, last: for each word, the position of its first and last piece.
    """

    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.pieces)


class Pieces:
    """Cuts words into the pieces of the encoder's vocabulary."""

    def __init__(self, tokenizer_file: str | Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._unknown, self._open, self._close = (self._special(name) for name in ("[UNK]", "[CLS]", "[SEP]"))
        self._known: dict[str, tuple[int, ...]] = {}

    def _special(self, name: str) -> int:
        number: int | None = self._tokenizer.token_to_id(name)
        if number is None:
            raise ModelError(f"the tokenizer has no piece {name}", remedy="reinstall the package")
        return number

    def of_word(self, word: str) -> tuple[int, ...]:
        """The piece ids of one word, never empty."""
        ids = self._known.get(word)
        if ids is None:
            # Some characters (variation selectors, zero-width joiners) are normalised to nothing.
            ids = tuple(self._tokenizer.encode(word, add_special_tokens=False).ids[:_LONGEST_WORD]) or (self._unknown,)
            if len(self._known) < _REMEMBERED_WORDS:
                self._known[word] = ids
        return ids

    def window(self, words: Sequence[str]) -> Window:
        """A window over these words."""
        pieces, shapes = [self._open], [0]
        first: list[int] = []
        last: list[int] = []
        for word in words:
            ids = self.of_word(word)
            first.append(len(pieces))
            pieces.extend(ids)
            shapes.extend([_SHAPE[shape(word)]] * len(ids))
            last.append(len(pieces) - 1)
        pieces.append(self._close)
        shapes.append(0)
        return Window(tuple(pieces), tuple(shapes), tuple(first), tuple(last))


_LONGEST_WORD = 24  # pieces; anything longer is a URL or noise, whose beginning says enough
_REMEMBERED_WORDS = 200_000


def shape(word: str) -> str:
    """The capitals and digits of a word, as one of ``SHAPES``."""
    if word.isalpha():
        if word.islower():
            return "lower"
        if len(word) == 1:
            return "initial"
        if word.isupper():
            return "upper"
        return "title" if word[0].isupper() and word[1:].islower() else "mixed"
    if any(c.isdigit() for c in word):
        return "digits-mixed" if any(c.isalpha() for c in word) else "digits"
    if any(c.isalpha() for c in word):
        letters = [c for c in word if c.isalpha()]
        if all(c.islower() for c in letters):
            return "lower"
        return "upper" if all(c.isupper() for c in letters) else "title" if letters[0].isupper() else "mixed"
    return "other"


def batch(windows: Sequence[Window]) -> Batch:
    """Windows padded to one shape."""
    rows = len(windows)
    pieces = max(len(w.pieces) for w in windows)
    words = max(1, max(len(w.first) for w in windows))
    made = {name: torch.zeros(rows, pieces, dtype=torch.long) for name in ("pieces", "shapes")}
    ends = {name: torch.zeros(rows, words, dtype=torch.long) for name in ("first", "last")}
    piece_mask = torch.zeros(rows, pieces, dtype=torch.bool)
    word_mask = torch.zeros(rows, words, dtype=torch.bool)
    for i, window in enumerate(windows):
        made["pieces"][i, : len(window.pieces)] = torch.tensor(window.pieces)
        made["shapes"][i, : len(window.pieces)] = torch.tensor(window.shapes)
        piece_mask[i, : len(window.pieces)] = True
        if window.first:
            ends["first"][i, : len(window.first)] = torch.tensor(window.first)
            ends["last"][i, : len(window.last)] = torch.tensor(window.last)
            word_mask[i, : len(window.first)] = True
    return Batch(made["pieces"], made["shapes"], piece_mask, ends["first"], ends["last"], word_mask)
