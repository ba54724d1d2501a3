"""What a parser offers, so that what uses one does not care which it has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from attribution.parse.tokenize import Word
from attribution.records import Article, Parse


class Parser(Protocol):
    """An article's text to a ``Parse``.  The same article gives the same parse, whatever else is parsed."""

    @property
    def model(self) -> str:
        """What made the parse, as ``Parse.model`` and reports state it ("newsroom 1.0")."""
        ...

    def parse(self, article: Article) -> Parse:
        """All layers of one article."""
        ...


class WordParser(Parser, Protocol):
    """A parser that also takes words and sentences as given: gold ones, or another parser's."""

    def annotate(self, article: Article, sentences: Sequence[Sequence[Word]]) -> Parse:
        """Tags, trees and names for the given words.

        Args:
            article: its text is what the words' spans index.
            sentences: in text order, none empty; the parse has exactly these sentences and words.
        """
        ...
