"""Whether a confidence means what it says: of what is said at 0.8, four in five should be right.

Expected calibration error (Naeini et al. 2015): predictions fall into ten equal-width bins of confidence; the error is
the mean over predictions of the distance between their bin's mean confidence and its share of right ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from attribution.errors import GoldError
from attribution.evaluate.score import Relation, ScoredArticle, lenient_matches

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions with a confidence from ``low`` up to ``high`` (exclusive; the last bin holds 1.0).

    Attributes:
        said: sum of their confidences.
        right: how many of them are right.
    """

    low: float
    high: float
    n: int
    said: float
    right: int

    @property
    def mean_confidence(self) -> float:
        return self.said / self.n if self.n else 0.0

    @property
    def share_right(self) -> float:
        return self.right / self.n if self.n else 0.0


@dataclass(frozen=True, slots=True)
class Reliability:
    """The reliability table: all bins, from the least to the most confident."""

    bins: tuple[Bin, ...]

    @property
    def n(self) -> int:
        return sum(b.n for b in self.bins)

    @property
    def error(self) -> float:
        """Expected calibration error, in [0, 1]; 0 where nothing was predicted."""
        distance = sum(b.n * abs(b.mean_confidence - b.share_right) for b in self.bins)
        return distance / self.n if self.n else 0.0


def reliability(judged: Iterable[tuple[float, bool]]) -> Reliability:
    """The table of (confidence in [0, 1], whether right)."""
    counts, said, right = [0] * BINS, [0.0] * BINS, [0] * BINS
    for confidence, is_right in judged:
        at = min(int(confidence * BINS), BINS - 1)
        counts[at] += 1
        said[at] += confidence
        right[at] += is_right
    return Reliability(
        tuple(Bin(at / BINS, (at + 1) / BINS, counts[at], said[at], right[at]) for at in range(BINS)),
    )


def attribution_reliability(
    articles: Sequence[ScoredArticle], predictions: Mapping[str, Sequence[Relation]]
) -> Reliability:
    """The reliability of the attributions' confidence; right is what attribution.lenient counts as right.

    Raises:
        GoldError: a prediction has no confidence.
    """
    judged: list[tuple[float, bool]] = []
    for article in articles:
        found = [a for a in predictions.get(article.id, ()) if a.content]
        right = {j for _, j in lenient_matches(article.text, article.attributions, found)}
        for j, attribution in enumerate(found):
            confidence: float | None = getattr(attribution, "confidence", None)
            if confidence is None or not 0 <= confidence <= 1:
                raise GoldError(
                    "a prediction has no confidence in [0, 1]",
                    where=article.id,
                    remedy='each attribution needs "confidence": a number',
                )
            judged.append((confidence, j in right))
    return reliability(judged)
