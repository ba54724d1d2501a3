"""Stanza's official English models, by ``--parser stanza``.

Words, sentences, tags, trees and names are then Stanza's; only the reading of attributions is still the newsroom
model's, on Stanza's words.  The models are some hundreds of megabytes, are fetched by ``attribution models
download`` and lie in Stanza's own folder, or where ``STANZA_RESOURCES_DIR`` says.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import stanza
from stanza.models.common.doc import Document
from stanza.resources import common

from attribution.errors import ModelError
from attribution.parse.protocol import WordParser
from attribution.parse.stanza_documents import bare_entries, parse_of, words_of
from attribution.parse.tokenize import Word
from attribution.records import Article, Parse, Span

PROCESSORS = "tokenize,mwt,pos,lemma,depparse,ner"

ENTITY_TYPES = {"PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
"""OntoNotes' eighteen types (and CoNLL's four) as ours; all others (NORP, DATE, MONEY …) are no names here."""

FOLDER_VARIABLE = "STANZA_RESOURCES_DIR"

VERSION: str = stanza.__version__
"""Of the library; each version has models of its own."""


def models_folder() -> Path:
    """Where Stanza's models lie: ``STANZA_RESOURCES_DIR`` if set, else Stanza's own cache folder."""
    return Path(os.environ.get(FOLDER_VARIABLE) or common.DEFAULT_MODEL_DIR)


def download_command(folder: Path) -> str:
    """What to type to fetch the models into a folder."""
    chosen = "" if folder == models_folder() else f" --dir {shlex.quote(str(folder))}"
    return f"attribution models download{chosen}"


def download(folder: Path | None = None) -> Path:
    """Fetch Stanza's English models; Stanza shows its progress.  Uses the network.

    Returns:
        The folder they are in now.

    Raises:
        ModelError: the network or the folder cannot be used.
    """
    folder = folder or models_folder()
    try:
        stanza.download("en", model_dir=str(folder), processors=PROCESSORS)
    except Exception as error:
        # Stanza fetches through several libraries, each with its own errors; to a user all mean the same.
        raise ModelError(
            f"Stanza's English models could not be fetched ({type(error).__name__}: {_first_line(error)})",
            where=str(folder),
            remedy=(
                f"`{download_command(folder)}` needs access to the network; on a machine without it, copy the folder "
                f"from one that has it and set {FOLDER_VARIABLE}, or use the embedded model (--parser newsroom)"
            ),
        ) from error
    return folder


def installed(folder: Path | None = None) -> bool:
    """Whether English models seem to be in the folder; loading them is what tells for certain."""
    folder = folder or models_folder()
    return (folder / "resources.json").is_file() and (folder / "en" / "tokenize").is_dir()


def check(folder: Path) -> tuple[int, dict[str, str]]:
    """Compare the models in a folder with the checksums in Stanza's list of models.

    Returns:
        How many files there should be, and what is wrong with some of them, by path within the folder.

    Raises:
        ModelError: the list itself is missing or damaged.
    """
    try:
        listed = common.load_resources_json(str(folder))
        chosen = common.maintain_processor_list(listed, "en", None, dict.fromkeys(PROCESSORS.split(","), "default"))
        names = common.flatten_processor_list(common.add_dependencies(listed, "en", chosen))
        wanted = {Path("en", kind, f"{name}.pt"): str(listed["en"][kind][name]["md5"]) for kind, name in names}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"Stanza's list of models cannot be read ({type(error).__name__}: {_first_line(error)})",
            where=str(folder / "resources.json"),
            remedy=f"fetch the models with `{download_command(folder)}`",
        ) from error
    wrong = {}
    for path, md5 in wanted.items():
        if not (folder / path).is_file():
            wrong[path.as_posix()] = "missing"
        elif common.get_md5(folder / path) != md5:
            wrong[path.as_posix()] = "checksum differs from the list's"
    return len(wanted), wrong


class StanzaParser:
    """Stanza's official models, with the newsroom model for attributions.

    Args:
        folder: where Stanza's models lie, by default ``models_folder()``.
        tagger: reads attributions on given words; by default the newsroom model.

    Raises:
        ModelError: a model is missing or cannot be read.
    """

    def __init__(self, folder: Path | None = None, tagger: WordParser | None = None) -> None:
        self.model = f"stanza {VERSION} en default"
        self._nlp = _pipeline(folder or models_folder())
        self._tagger = tagger or _newsroom()

    def parse(self, article: Article) -> Parse:
        """All layers of an article; each block is divided into words and sentences by itself."""
        text = article.prose
        blocks = [b.span for b in article.blocks if b.is_prose and text[b.span.start : b.span.end].strip()]
        documents = self._nlp.bulk_process([Document([], text=text[start:end]) for start, end in blocks])
        sentences = [
            (sentence, [_moved(word, block.start) for word in words])
            for block, document in zip(blocks, documents, strict=True)
            for sentence, words in zip(document.sentences, words_of(document), strict=True)
        ]
        return self._with_cues(article, sentences)

    def annotate(self, article: Article, sentences: Sequence[Sequence[Word]]) -> Parse:
        """All layers but words and sentences, which are given."""
        text = article.prose
        document = Document([bare_entries(words, text) for words in sentences], text)
        document = self._nlp(document, processors="pos,lemma,depparse,ner")
        return self._with_cues(article, list(zip(document.sentences, sentences, strict=True)))

    def _with_cues(self, article: Article, sentences: Sequence[tuple[Any, Sequence[Word]]]) -> Parse:
        tagged = self._tagger.annotate(article, [words for _, words in sentences]).tagged
        return replace(parse_of(sentences, ENTITY_TYPES, self.model), tagged=tagged)


def _pipeline(folder: Path) -> Any:
    try:
        return stanza.Pipeline("en", dir=str(folder), processors=PROCESSORS, download_method=None, logging_level="WARN")
    except FileNotFoundError as error:
        raise ModelError(
            f"Stanza's English models are not there ({_first_line(error)})",
            where=str(folder),
            remedy=f"fetch them once, over the network, with `{download_command(folder)}`, or use --parser newsroom",
        ) from error
    except Exception as error:
        # A truncated or foreign model file fails deep inside Stanza or torch, in many ways.
        raise ModelError(
            f"Stanza's English models cannot be loaded ({type(error).__name__}: {_first_line(error)})",
            where=str(folder),
            remedy=f"fetch them again with `{download_command(folder)}`, or use --parser newsroom",
        ) from error


def _newsroom() -> WordParser:
    from attribution.parse.newsroom_parser import NewsroomParser

    return NewsroomParser()


def _moved(word: Word, by: int) -> Word:
    (start, end), (token_start, token_end) = word.span, word.token
    return Word(Span(start + by, end + by), word.text, Span(token_start + by, token_end + by))


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
