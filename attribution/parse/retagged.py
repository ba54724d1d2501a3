"""The newsroom parser with the attribution tags of another model, to measure a tagger on articles it has not seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from attribution.parse.newsroom_parser import NewsroomParser
from attribution.parse.tokenize import Word
from attribution.records import Article, Parse


class RetaggedParser:
    """Words, trees and names from the newsroom model, cues and their links from the model in a folder.

    Such a model is trained with ``python -m attribution.train run --held-out``, and may know attributions alone.

    Raises:
        ModelError: one of the models is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._parser = NewsroomParser()
        self._tagger = NewsroomParser(folder)
        self.model = f"{self._parser.model}, tags of {self._tagger.model}"

    def parse(self, article: Article) -> Parse:
        """All layers of an article."""
        parse = self._parser.parse(article)
        sentences = [
            [Word(t.span, t.text, t.span) for t in parse.tokens[sentence.first : sentence.last]]
            for sentence in parse.sentences
        ]
        return replace(parse, tagged=self._tagger.annotate(article, sentences).tagged, model=self.model)
