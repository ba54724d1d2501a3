"""How sure an attribution is: what speaks for it, weighed by a logistic model.

The weights were fitted on PolNeAR's development articles, which the tagger did not learn from
(``python -m attribution.train calibrate``), so that of attributions at 0.8 four in five match an annotated one in
content and source.  They stand in ``confidence.tsv``; ``pattern_precision.tsv`` holds how often each pattern was right
on training articles, which is all that is known of a parse without the tagger.
"""

from __future__ import annotations

from functools import cache
from math import exp, log

from attribution.extract.hits import Hit
from attribution.lexicon import read_table

SIGNALS = ("constant", "pattern", "no pattern", "cue", "links", "no tagger", "quotation", "no source")
"""What speaks for or against, in the order of ``signals``."""


def signals(hit: Hit) -> tuple[float, ...]:
    """The values that the weights multiply.

    "pattern" is the log-odds of the pattern's precision, "cue" that of the tagger's cue, "links" that of the mean
    probability with which the content's words belong to it; the others are 0 or 1.
    """
    by_pattern = hit.pattern not in ("tagger", "quotation")
    tagged = hit.score is not None
    return (
        1.0,
        _log_odds(precision_of(hit)) if by_pattern else 0.0,
        float(not by_pattern),
        _log_odds(hit.score) if hit.score is not None else 0.0,
        _log_odds(hit.linked) if tagged else 0.0,
        float(not tagged),
        float(hit.pairing is not None),
        float(not hit.source),
    )


def confidence_of(hit: Hit, *, with_tagger: bool) -> float:
    """Probability that the attribution is right, in [0, 1], rounded to three decimals.

    Args:
        with_tagger: the parse has the tagger's reading; without it only the pattern's own precision is known.
    """
    if not with_tagger:
        return precision_of(hit)
    total = sum(weight * value for weight, value in zip(_weights(), signals(hit), strict=True))
    return round(1 / (1 + exp(-total)), 3)


def precision_of(hit: Hit) -> float:
    """How often the hit's pattern, or the way its quotation was paired, was right on training articles."""
    return _precisions().get(evidence_of(hit), 0.5)


def evidence_of(hit: Hit) -> str:
    """What ``pattern_precision.tsv`` calls the hit's pattern, or the way its quotation was paired."""
    return f"quotation:{hit.pairing}" if hit.pattern == "quotation" else f"pattern:{hit.pattern}"


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 0.01), 0.99)
    return log(bounded / (1 - bounded))


@cache
def _precisions() -> dict[str, float]:
    rows = read_table("pattern_precision.tsv", ("evidence", "precision", "n"), key=("evidence",))
    return {row["evidence"]: float(row["precision"]) for row in rows}


@cache
def _weights() -> tuple[float, ...]:
    rows = read_table("confidence.tsv", ("signal", "weight"), key=("signal",), allowed={"signal": SIGNALS})
    weights = {row["signal"]: float(row["weight"]) for row in rows}
    return tuple(weights[signal] for signal in SIGNALS)
