"""What is wrong with a set of predictions, drawn at random with a fixed seed, to be read one by one."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from attribution.evaluate.changes import Change, described
from attribution.evaluate.score import Relation, ScoredArticle, content_matches, lenient_matches

_SEED = 20161108


class Wrong(StrEnum):
    """In which way attribution.lenient counts one as wrong."""

    MISSED = "missed"
    EXTRA = "not annotated"
    SOURCE = "another source"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake.

    Attributes:
        annotated: what should have been found; None where nothing is annotated.
        found: what was found instead; None where nothing was.
    """

    wrong: Wrong
    annotated: Change | None
    found: Change | None


def draw_mistakes(
    articles: Sequence[ScoredArticle], predictions: Mapping[str, Sequence[Relation]], n: int
) -> list[Mistake]:
    """At most ``n`` mistakes, every one as likely as any other; the same for the same predictions."""
    mistakes = [m for article in articles for m in _mistakes(article, predictions.get(article.id, ()))]
    return random.Random(_SEED).sample(mistakes, min(n, len(mistakes)))


def _mistakes(article: ScoredArticle, found: Sequence[Relation]) -> list[Mistake]:
    gold = article.attributions
    found = [a for a in found if a.content]
    pairs = content_matches(article.text, gold, found)
    right = set(lenient_matches(article.text, gold, found))
    with_gold, with_found = {i for i, _ in pairs}, {j for _, j in pairs}
    return [
        *(Mistake(Wrong.MISSED, described(article, a), None) for i, a in enumerate(gold) if i not in with_gold),
        *(Mistake(Wrong.EXTRA, None, described(article, a)) for j, a in enumerate(found) if j not in with_found),
        *(
            Mistake(Wrong.SOURCE, described(article, gold[i]), described(article, found[j]))
            for i, j in pairs
            if (i, j) not in right
        ),
    ]
