"""Fit the weights behind an attribution's confidence, and measure them on articles they were not fitted on.

A logistic model over the signals of ``attribution.extract.confidence``: right or not (PolNeAR's lenient match) as the
outcome, fitted by Newton's method with a light ridge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy
from numpy.typing import NDArray

from attribution.evaluate import polnear
from attribution.evaluate.calibration import reliability
from attribution.evaluate.score import lenient_matches
from attribution.extract.combine import settle
from attribution.extract.confidence import SIGNALS, signals
from attribution.extract.hits import Reading
from attribution.extract.patterns import run
from attribution.load import from_text
from attribution.parse.newsroom_parser import NewsroomParser

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
    held_out = []
    for fold in range(1, polnear.FOLDS + 1):
        outside, inside = polnear.divide(articles, fold)
        weights = fit(row for rows in outside for row in rows)
        held_out += [(probability(weights, s), right) for rows in inside for s, right in rows]
    weights = fit(row for rows in articles for row in rows)
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    header = lines[: lines.index("signal\tweight\n") + 1]
    body = [f"{name}\t{weight:.3f}\n" for name, weight in zip(SIGNALS, weights, strict=True)]
    table.write_text("".join([*header, *body]), encoding="utf-8")
    return dict(zip(SIGNALS, map(float, weights), strict=True)) | {"error": reliability(held_out).error}


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
