"""From a parsed article to attributions: who is said to have said what, by which words.

Patterns over the dependency trees, the pairing of quotations and the parse's learned tags find candidates; ``combine``
turns them into attributions by one policy.  Needs no model: a parse read from CoNLL-U serves as well.
"""

from __future__ import annotations

from attribution.extract.combine import combine
from attribution.extract.hedges import find_hedges
from attribution.extract.hits import Reading
from attribution.extract.patterns import PATTERNS, run
from attribution.extract.quotations import find_quotations
from attribution.records import Article, Attribution, Parse

__all__ = ["PATTERNS", "extract", "find_hedges", "find_quotations"]


def extract(article: Article, parse: Parse) -> tuple[Attribution, ...]:
    """Every attribution of an article, in text order.

    Spans are half-open characters into ``article.text``; ``source_id`` and ``claim_id`` are still None.
    ``confidence`` is the probability that ``extract.confidence`` gives.
    """
    reading = Reading(article, parse)
    return combine(reading, run(reading))
