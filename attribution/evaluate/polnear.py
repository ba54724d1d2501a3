"""PolNeAR: reading its annotations, running an analyser over a split, predictions to and from files.

PolNeAR (Newell et al. 2018) annotates every attribution of about a thousand US political news articles
with its source, cue and content, in brat's stand-off format.  An ``E`` line joins the spans of one
attribution and names it; ``Content2`` and the like add to ``Content``; events of the kind
``Attribution-no-source`` have no source.  Events without content are left out.  A few articles have several
annotators: the first by id counts.
Offsets are code points into the text file as it stands, without newline translation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from attribution.errors import GoldError
from attribution.evaluate.score import ROLES, Relation
from attribution.records import Analysis, Attribution, Span, Spans

SPLITS = ("train", "dev", "test")

FOLDS = 5
"""Into how many parts a split's articles are divided to measure what is learned or fitted on the others."""

_T = TypeVar("_T")

_TEXT_BOUND = re.compile(r"^(T\d+)\t(\S+) ([\d ;]+)\t")
_EVENT = re.compile(r"^(E\d+)\t(.+)$")
_ANNOTATION_FILE = re.compile(r"^(?P<stem>.+)_(?P<annotator>[0-9a-f]{4})\.ann$")


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """The spans of one attribution as an annotator, or a predictions file, gives them.

    Two of them are equal if their spans are.

    Attributes:
        id: the annotator's name for it ("E12"), unique within its article; "" where it has none.
        confidence: of a prediction that gives one, in [0, 1]; else None.
    """

    source: Spans
    cue: Spans
    content: Spans
    id: str = field(default="", compare=False)
    confidence: float | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article of the corpus; ``id`` is its file name without the suffix."""

    id: str
    text: str
    attributions: tuple[GoldAttribution, ...]


class Analyser(Protocol):
    """What is measured: ``attribution.Analyzer``, or anything that analyses an article's text."""

    def analyze(self, article: str, /) -> Analysis: ...


# --------------------------------------------------------------------------------------------- reading


def read_corpus(corpus: str | Path, split: str) -> list[GoldArticle]:
    """The articles of one split, sorted by id.

    Args:
        corpus: the folder that holds ``train``, ``dev`` or ``test``, each with ``text`` and
            ``attributions``.

    Raises:
        GoldError: a folder or a text is missing, or an annotation does not fit its text.
    """
    folder = Path(corpus) / split
    for part in ("text", "attributions"):
        if not (folder / part).is_dir():
            raise GoldError(
                f"no folder {part!r} in the {split} split of PolNeAR",
                where=str(folder),
                remedy="give the folder that holds train/text, train/attributions, dev/text …",
            )
    annotations: dict[str, Path] = {}
    for path in sorted((folder / "attributions").iterdir()):
        match = _ANNOTATION_FILE.match(path.name)
        if match:
            # Sorted by name, so the first annotator's file comes first.
            annotations.setdefault(match["stem"], path)
    return [_read_article(folder / "text" / f"{stem}.txt", path) for stem, path in sorted(annotations.items())]


def divide(articles: Sequence[_T], fold: int) -> tuple[list[_T], list[_T]]:
    """Articles, or what was made of each, outside and inside a fold.

    Args:
        fold: 1 to FOLDS; the k-th holds every fifth article from the k-th.
    """
    outside = [article for i, article in enumerate(articles) if i % FOLDS != fold - 1]
    return outside, list(articles[fold - 1 :: FOLDS])


def corpus_files(corpus: str | Path, split: str) -> list[Path]:
    """The texts and annotations of one split, sorted."""
    folder = Path(corpus) / split
    return sorted(path for part in ("text", "attributions") for path in (folder / part).iterdir() if path.is_file())


def _read_article(text_file: Path, annotation_file: Path) -> GoldArticle:
    text = _read(text_file)
    try:
        events = parse_brat(_read(annotation_file))
    except ValueError as error:
        raise GoldError(f"malformed stand-off annotation: {error}", where=str(annotation_file)) from None
    for event in events:
        for span in (*event.source, *event.cue, *event.content):
            if not 0 <= span.start <= span.end <= len(text):
                raise GoldError(
                    f"characters {span.start} to {span.end} lie outside the text, which has {len(text)}",
                    where=str(annotation_file),
                )
    return GoldArticle(text_file.stem, text, tuple(event for event in events if event.content))


def _read(path: Path) -> str:
    try:
        # Not read_text: it would translate newlines, and offsets count them as they stand.
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"cannot be read: {error}", where=str(path)) from error


def parse_brat(annotation: str) -> list[GoldAttribution]:
    """The attribution events of a brat stand-off file, in file order; other lines are passed over.

    Raises:
        ValueError: an offset is not a number.
    """
    spans: dict[str, list[Span]] = {}
    events: list[tuple[str, list[str]]] = []
    for line in annotation.split("\n"):
        if match := _TEXT_BOUND.match(line):
            pairs = (piece.split() for piece in match.group(3).split(";"))
            spans[match.group(1)] = [Span(int(start), int(end)) for start, end in pairs]
        elif match := _EVENT.match(line):
            events.append((match.group(1), match.group(2).split()))
    attributions = []
    for identifier, arguments in events:
        by_role: dict[str, list[Span]] = {role: [] for role in ROLES}
        for argument in arguments:
            name, _, reference = argument.partition(":")
            role = name.rstrip("0123456789").lower()
            if role in by_role:
                by_role[role].extend(spans.get(reference, ()))
        source, cue, content = (tuple(sorted(by_role[role])) for role in ROLES)
        attributions.append(GoldAttribution(source, cue, content, id=identifier))
    return attributions


# ------------------------------------------------------------------------------------------ predicting


def predict(
    analyser: Analyser, articles: Iterable[GoldArticle], *, done: Callable[[str], None] = lambda _: None
) -> dict[str, tuple[Relation, ...]]:
    """The attributions that the analyser finds in each article, by article id, in the corpus's terms.

    Args:
        done: called with the id of each article when it has been analysed.
    """
    predictions: dict[str, tuple[Relation, ...]] = {}
    for article in articles:
        predictions[article.id] = in_corpus_terms(analyser.analyze(article.text).attributions, article.text)
        done(article.id)
    return predictions


def in_corpus_terms(attributions: Iterable[Attribution], text: str) -> tuple[Attribution, ...]:
    """Attributions as PolNeAR would annotate them, in three respects where the program deliberately differs.

    The corpus has one layer: what is attributed inside another content is left out.  Of the sources with an
    apposition or a relative clause before a comma, nine in ten hold that comma ("Reed, the mayor,").  And a cue before
    a colon mostly holds the colon ("Reed said:").
    """
    return tuple(
        replace(a, source=_with_closing_comma(a.source, text), cue=_grown(a.cue, ":", text))
        for a in attributions
        if a.parent is None
    )


def _with_closing_comma(source: Spans, text: str) -> Spans:
    holds_one = source and "," in text[source[0].start : source[-1].end]
    return _grown(source, ",", text) if holds_one else source


def _grown(spans: Spans, mark: str, text: str) -> Spans:
    """The spans with a mark that directly follows them."""
    if not spans or not text.startswith(mark, spans[-1].end):
        return spans
    return (*spans[:-1], Span(spans[-1].start, spans[-1].end + 1))


def write_predictions(path: str | Path, predictions: Mapping[str, Sequence[Relation]]) -> None:
    """One JSON object a line: ``{"id": …, "attributions": [{"source": [[b, e]…], "cue": …, "content": …}]}``.

    An attribution that has a confidence keeps it ("confidence").
    """
    lines = [
        json.dumps({"id": article, "attributions": [_stored(a) for a in attributions]})
        for article, attributions in predictions.items()
    ]
    Path(path).write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def _stored(attribution: Relation) -> dict[str, Any]:
    stored: dict[str, Any] = {role: [list(span) for span in getattr(attribution, role)] for role in ROLES}
    confidence = getattr(attribution, "confidence", None)
    return stored if confidence is None else {**stored, "confidence": round(confidence, 4)}


def read_predictions(path: str | Path) -> dict[str, tuple[GoldAttribution, ...]]:
    """A file that ``write_predictions`` wrote, or another system's in the same format.

    Raises:
        GoldError: a line is not such an object, or an article stands there twice.
    """
    predictions: dict[str, tuple[GoldAttribution, ...]] = {}
    for number, row in read_rows(Path(path)):
        where = f"{path}:{number}"
        try:
            article = row["id"]
            attributions = tuple(
                GoldAttribution(
                    source=_spans(a, "source"),
                    cue=_spans(a, "cue"),
                    content=_spans(a, "content"),
                    confidence=None if a.get("confidence") is None else float(a["confidence"]),
                )
                for a in row.get("attributions", ())
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise GoldError(
                f"not a prediction ({error})",
                where=where,
                remedy='expected {"id": "…", "attributions": [{"source": [[b, e]], "cue": …, "content": …}]}',
            ) from error
        if article in predictions:
            raise GoldError(f"article {article!r} stands there twice", where=where)
        predictions[article] = attributions
    return predictions


def _spans(stored: Mapping[str, Any], role: str) -> Spans:
    return tuple(sorted(Span(int(start), int(end)) for start, end in stored.get(role) or ()))


def read_rows(path: Path) -> Iterator[tuple[int, Any]]:
    """The objects of a JSON Lines file with their line numbers.

    Raises:
        GoldError: the file cannot be read, or a line is not JSON.
    """
    for number, line in enumerate(_read(path).split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                raise GoldError(f"not JSON: {error}", where=f"{path}:{number}") from error
