"""Fit the weights behind the confidence of attributions and sources, and measure them on articles left out.

Logistic models over the signals of ``attribution.extract.confidence`` and ``attribution.sources.confidence``, fitted by
Newton's method with a light ridge.  The outcome is right or not: of an attribution PolNeAR's lenient match, of a source
its entity and level, for given spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy
from numpy.typing import NDArray

from attribution.evaluate import polnear, sourcing
from attribution.evaluate.calibration import reliability
from attribution.evaluate.given import given_attributions
from attribution.evaluate.labels import LabelledArticle
from attribution.evaluate.score import lenient_matches
from attribution.evaluate.source_score import Judged as Judgement
from attribution.evaluate.source_score import right_entities
from attribution.extract.combine import settle
from attribution.extract.confidence import SIGNALS, signals
from attribution.extract.hits import Reading
from attribution.extract.patterns import run
from attribution.load import from_text
from attribution.parse.newsroom_parser import NewsroomParser
from attribution.sources import confidence, resolve_with_signals

_RIDGE = 1.0
_STEPS = 50

Judged = list[tuple[tuple[float, ...], bool]]


def calibrate(corpus: Path, table: Path) -> dict[str, float]:
    """Write the weights fitted on all development articles into ``confidence.tsv``.

    Returns:
        The weights, and "error": the expected calibration error over five folds of articles.
    """
    parser = NewsroomParser()
    articles = [judge(parser, gold) for gold in polnear.read_corpus(corpus, "dev")]
    return _calibrate(articles, SIGNALS, table)


def calibrate_sources(data: Path, table: Path) -> dict[str, float]:
    """Write the weights fitted on all labelled training articles into ``source_confidence.tsv``.

    Args:
        data: the folder that holds ``sourcing`` and ``polnear``.

    Returns:
        As ``calibrate``.
    """
    parser = NewsroomParser()
    articles = [judge_sources(parser, labelled) for labelled in sourcing.read_sourcing(data, "train")]
    return _calibrate(articles, confidence.SIGNALS, table)


def _calibrate(articles: Sequence[Judged], names: Sequence[str], table: Path) -> dict[str, float]:
    held_out = []
    for fold in range(1, polnear.FOLDS + 1):
        outside, inside = polnear.divide(articles, fold)
        weights = fit(row for rows in outside for row in rows)
        held_out += [(probability(weights, s), right) for rows in inside for s, right in rows]
    weights = fit(row for rows in articles for row in rows)
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    header = lines[: lines.index("signal\tweight\n") + 1]
    body = [f"{name}\t{weight:.3f}\n" for name, weight in zip(names, weights, strict=True)]
    table.write_text("".join([*header, *body]), encoding="utf-8")
    return dict(zip(names, map(float, weights), strict=True)) | {"error": reliability(held_out).error}


def judge_sources(parser: NewsroomParser, labelled: LabelledArticle) -> Judged:
    """For each labelled attribution with a source, the source's signals, and whether entity and level are right."""
    parse = parser.parse(labelled.article)
    gold = [attribution for attribution in labelled.attributions if attribution.id in labelled.labels]
    given = given_attributions(labelled.article, parse, gold)
    attributions, sources, found = resolve_with_signals(labelled.article, parse, given)
    by_id = {source.id: source for source in sources}
    judged = [Judgement(a.id, labelled.labels[a.id], a, by_id.get(a.source_id or "")) for a in attributions]
    return [
        (found[one.source.id], right and one.source.level is one.labels.source.level)
        for one, right in zip(judged, right_entities(judged), strict=True)
        if one.source is not None and one.labels.source is not None and one.source.id in found
    ]


def judge(parser: NewsroomParser, gold: polnear.GoldArticle) -> Judged:
    """The signals of every attribution of an article (but nested ones), and whether it is right."""
    article = from_text(gold.text)
    reading = Reading(article, parser.parse(article))
    settled = [(hit, a) for hit, a in settle(reading, run(reading)) if a.parent is None]
    right = {j for _, j in lenient_matches(gold.text, gold.attributions, [a for _, a in settled])}
    return [(signals(hit), j in right) for j, (hit, _) in enumerate(settled)]


def fit(judged: Iterable[tuple[Sequence[float], bool]]) -> NDArray[numpy.float64]:
    """The weights with the highest penalised likelihood."""
    rows = list(judged)
    x = numpy.array([s for s, _ in rows])
    y = numpy.array([right for _, right in rows], dtype=float)
    weights = numpy.zeros(x.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + numpy.exp(-x @ weights))
        gradient = x.T @ (y - p) - _RIDGE * weights
        curvature = (x * (p * (1 - p))[:, None]).T @ x + _RIDGE * numpy.eye(x.shape[1])
        weights += numpy.linalg.solve(curvature, gradient)
    return weights


def probability(weights: NDArray[numpy.float64], values: Sequence[float]) -> float:
    """The model's probability for one attribution."""
    return float(1 / (1 + numpy.exp(-numpy.dot(weights, values))))
