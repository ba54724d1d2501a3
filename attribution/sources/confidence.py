"""How sure a source is: the probability that it is who the text means, at its level, by a logistic model.

The weights were fitted on labelled articles (``python -m attribution.train calibrate-sources``), so that of the
attributions whose source stands at 0.8 four in five have the right entity and level.  They stand in
``source_confidence.tsv``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import exp, log

from attribution.lexicon import read_table
from attribution.records import Level, SourceType
from attribution.sources.entities import Entity
from attribution.sources.mentions import Form

SIGNALS = (
    "constant", "links", "by pronoun", "ambiguous", "short name", "full name", "body", "document", "pronoun only",
    "vague", "opaque", "partly named", "unknown type", "group", "said once",
)  # fmt: skip
"""What speaks for or against, in the order of ``signals``."""


def signals(entity: Entity, level: Level, types: Sequence[SourceType]) -> tuple[float, ...]:
    """The values that the weights multiply.

    "links" is the log-odds of the mean confidence of the entity's links, "by pronoun" the share of its attributions
    that name it by a pronoun; the others are 0 or 1.  What is none of the forms named is a description of people.
    """
    said = [m for m in entity.mentions if m.attribution is not None]
    linked = sum(m.confidence for m in said) / len(said) if said else 1.0
    pronouns = sum(m.phrase.form is Form.PRONOUN for m in said) / len(said) if said else 0.0
    words = max((len(p.name) for p in entity.phrases if p.form is Form.NAME), default=0)
    return (
        1.0,
        _log_odds(linked),
        pronouns,
        float(bool(entity.candidates)),
        float(words == 1),
        float(words > 1),
        float(entity.form is Form.BODY),
        float(entity.form is Form.DOCUMENT),
        float(entity.form is Form.PRONOUN),
        float(level is Level.A4),
        float(level is Level.A5),
        float(level is Level.A2),
        float(tuple(types) == (SourceType.UNKNOWN,)),
        float(entity.plural),
        float(len(said) < 2),
    )


def confidence_of(values: Sequence[float]) -> float:
    """Probability that entity and level are right, in [0, 1], rounded to three decimals."""
    total = sum(weight * value for weight, value in zip(_weights(), values, strict=True))
    return round(1 / (1 + exp(-total)), 3)


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 0.02), 0.98)
    return log(bounded / (1 - bounded))


@cache
def _weights() -> tuple[float, ...]:
    rows = read_table("source_confidence.tsv", ("signal", "weight"), key=("signal",), allowed={"signal": SIGNALS})
    weights = {row["signal"]: float(row["weight"]) for row in rows}
    return tuple(weights[signal] for signal in SIGNALS)
