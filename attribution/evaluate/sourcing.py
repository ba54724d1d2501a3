"""Sources on PolNeAR articles whose sources are labelled: resolved entity, type, level and the rest of standards §3.

``sourcing/<split>.jsonl`` has one row for each attribution event (``doc`` the article, ``id`` the event's ``E``
number) of some articles of ``polnear/<split>``.  Rows marked ``noise`` are hardly attributions: they are matched
end to end like others, so that finding them does no harm, but they are neither given nor judged.

Two settings: *given*, where sources are resolved for the annotator's spans, and *found*, end to end, over the gold
attributions that were found (matched as attribution.lenient in ``score``).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from attribution.errors import GoldError
from attribution.evaluate.calibration import Reliability, reliability
from attribution.evaluate.given import given_attributions
from attribution.evaluate.labels import LabelledArticle, Labels, flag, nobody, read_kind, read_source_labels
from attribution.evaluate.polnear import GoldArticle, corpus_files, read_corpus, read_rows
from attribution.evaluate.score import Counts, Scores, intervals, lenient_matches, total
from attribution.evaluate.source_score import Judged, count_sources, right_entities
from attribution.load import from_text
from attribution.records import Analysis, Article, Attribution, Parse, Source
from attribution.sources import resolve_sources

SETTINGS = ("given", "found")


class Analyser(Protocol):
    """What is measured: ``attribution.Analyzer``, or anything that parses and completes."""

    def parse(self, article: Article, /) -> Parse: ...
    def complete(self, article: Article, parse: Parse, /) -> Analysis: ...


# --------------------------------------------------------------------------------------------- reading


def read_sourcing(data: str | Path, split: str) -> list[LabelledArticle]:
    """The labelled articles of one split, in the order of the rows.

    Args:
        data: the folder that holds ``sourcing`` and ``polnear``.

    Raises:
        GoldError: a file is missing, a row says what the scheme does not know, or has no such event.
    """
    path = Path(data) / "sourcing" / f"{split}.jsonl"
    if not path.is_file():
        raise GoldError(
            "no such labels", where=str(path), remedy="give the folder that holds sourcing/dev.jsonl and polnear/dev"
        )
    labels: dict[str, dict[str, Labels | None]] = defaultdict(dict)
    for number, row in read_rows(path):
        where = f"{path}:{number}"
        try:
            document, identifier = str(row["doc"]), str(row["id"])
            read = None if flag(row, "noise") else _labels(row)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise GoldError(f"not a row of labels: {error}", where=where) from error
        if identifier in labels[document]:
            raise GoldError(f"event {identifier} of {document!r} stands there twice", where=where)
        labels[document][identifier] = read
    corpus = {article.id: article for article in read_corpus(Path(data) / "polnear", split)}
    return [_article(corpus, document, rows, path) for document, rows in labels.items()]


def data_files(data: str | Path, split: str) -> list[Path]:
    """The labels of one split and the corpus files they are about."""
    return [Path(data) / "sourcing" / f"{split}.jsonl", *corpus_files(Path(data) / "polnear", split)]


def _labels(row: Mapping[str, Any]) -> Labels:
    kind, hypothetical = read_kind(row), flag(row, "hyp")
    source = read_source_labels(row)
    if row["entity"] is None:
        # The rows say "?" for how many; ruling 19 came later.
        return nobody(kind, hypothetical=hypothetical)
    recipient = row["recipient"]
    return Labels(str(row["entity"]), source, None if recipient is None else str(recipient), kind, hypothetical)


def _article(
    corpus: Mapping[str, GoldArticle], document: str, rows: Mapping[str, Labels | None], path: Path
) -> LabelledArticle:
    article = corpus.get(document)
    if article is None:
        raise GoldError(f"article {document!r} is not in this split of PolNeAR", where=str(path))
    judged = {identifier: labels for identifier, labels in rows.items() if labels is not None}
    known = {attribution.id for attribution in article.attributions}
    if missing := [identifier for identifier in judged if identifier not in known]:
        raise GoldError(f"{document!r} has no event {missing[0]} with a content", where=str(path))
    return LabelledArticle(document, from_text(article.text), article.attributions, judged)


# ------------------------------------------------------------------------------------------- measuring


@dataclass(frozen=True, slots=True)
class Judgement:
    """One article's judged attributions, with spans given and end to end.

    Attributes:
        analysis: the program's own analysis.
    """

    article: LabelledArticle
    analysis: Analysis
    given: tuple[Judged, ...]
    found: tuple[Judged, ...]

    def counts(self) -> dict[str, Counts]:
        """The counts of every measure, by setting."""
        return {"given": count_sources(self.given), "found": count_sources(self.found)}


def judge(analyser: Analyser, article: LabelledArticle) -> Judgement:
    """What the program makes of one article's gold attributions."""
    parse = analyser.parse(article.article)
    analysis = analyser.complete(article.article, parse)
    return Judgement(article, analysis, _judge_given(article, parse), _judge_found(article, analysis))


def _judge_given(article: LabelledArticle, parse: Parse) -> tuple[Judged, ...]:
    gold = [attribution for attribution in article.attributions if attribution.id in article.labels]
    attributions, sources = resolve_sources(article.article, parse, given_attributions(article.article, parse, gold))
    return tuple(_judged(article, a.id, a, sources) for a in attributions)


def _judge_found(article: LabelledArticle, analysis: Analysis) -> tuple[Judged, ...]:
    pairs = lenient_matches(article.text, article.attributions, analysis.attributions)
    return tuple(
        _judged(article, gold.id, analysis.attributions[j], analysis.sources)
        for gold, j in ((article.attributions[i], j) for i, j in sorted(pairs))
        if gold.id in article.labels
    )


def _judged(article: LabelledArticle, gold: str, attribution: Attribution, sources: Iterable[Source]) -> Judged:
    source = next((s for s in sources if s.id == attribution.source_id), None)
    return Judged(gold, article.labels[gold], attribution, source)


def measure(
    analyser: Analyser, articles: Iterable[LabelledArticle], *, done: Callable[[str], None] = lambda _: None
) -> list[Judgement]:
    """Judge every article.

    Args:
        done: called with the id of each article when it has been judged.
    """
    judgements = []
    for article in articles:
        judgements.append(judge(analyser, article))
        done(article.id)
    return judgements


def summarise(judgements: Sequence[Judgement], *, bootstrap: int = 0) -> dict[str, Scores]:
    """Every measure of ``source_score`` over all articles, by setting.

    Args:
        bootstrap: number of resamples of the articles for the intervals (the seed is fixed), 0 for none.
    """
    by_setting: dict[str, list[Counts]] = {setting: [] for setting in SETTINGS}
    for judgement in judgements:
        for setting, counts in judgement.counts().items():
            by_setting[setting].append(counts)
    return {
        setting: Scores(total(counts), intervals(counts, bootstrap), len(counts), len(counts))
        for setting, counts in by_setting.items()
    }


def source_reliability(judgements: Iterable[Judgement]) -> Reliability:
    """The reliability of the sources' confidence for given spans: right if entity and level are.

    Attributions that were given no source, or that name none, are left out.
    """
    judged: list[tuple[float, bool]] = []
    for judgement in judgements:
        for one, right in zip(judgement.given, right_entities(judgement.given), strict=True):
            if one.source is not None and one.labels.source is not None and one.predicted_entity is not None:
                judged.append((one.source.confidence, right and one.source.level is one.labels.source.level))
    return reliability(judged)


# ------------------------------------------------------------------------------------------ predictions


def write_predictions(path: str | Path, judgements: Iterable[Judgement]) -> None:
    """One JSON object a line for each judged attribution and setting, with the labels' field names.

    "entity" is the predicted source's name, "source" its id; "wrong" names the fields that differ from the labels.
    """
    rows = [
        {"doc": judgement.article.id, "setting": setting, **row}
        for judgement in judgements
        for setting, judged in (("given", judgement.given), ("found", judgement.found))
        for row in _rows(judged)
    ]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    Path(path).write_text(lines, encoding="utf-8")


def _rows(judged: Sequence[Judged]) -> Iterable[dict[str, Any]]:
    for one, right in zip(judged, right_entities(judged), strict=True):
        source, attribution, labels = one.source, one.attribution, one.labels
        counted = count_sources([replace(one, labels=replace(labels, entity=None))])
        wrong = [] if right else ["entity"]
        wrong += [
            name for name, c in counted.items() if "entity" not in name and c.right_gold < max(c.predicted, c.gold)
        ]
        yield {
            "id": one.id,
            "entity": source.name if source else None,
            "source": source.id if source else None,
            "type": source.type.value if source else None,
            "level": source.level.value if source else None,
            "granted": source.granted if source else False,
            "reason": source.reason if source else "none",
            "collective": source.collective if source else False,
            "count": source.count if source else "0",
            "recipient": attribution.recipient,
            "kind": attribution.kind.value,
            "hyp": attribution.hypothetical,
            "wrong": wrong,
        }
