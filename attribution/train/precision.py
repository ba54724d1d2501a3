"""How often each pattern, and each way of pairing a quotation, is right without the tagger: ``pattern_precision.tsv``.

Measured on training articles, because the patterns were written with the development articles in view.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from attribution.evaluate import polnear
from attribution.evaluate.score import content_matches, lenient_matches
from attribution.extract.combine import settle
from attribution.extract.confidence import evidence_of
from attribution.extract.hits import Hit, Reading
from attribution.extract.patterns import PATTERNS, run
from attribution.extract.quotes_pairing import PAIRINGS
from attribution.load import from_text
from attribution.parse.protocol import Parser

Judged = tuple[Hit, bool]


def measure_precision(parser: Parser, articles: Iterable[polnear.GoldArticle], table: Path) -> dict[str, float]:
    """Write the precision of every piece of evidence into ``pattern_precision.tsv``; returns what was written."""
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for article in articles:
        for hit, is_right in judge(parser, article):
            found[evidence_of(hit)] += 1
            right[evidence_of(hit)] += is_right
    names = [*(f"pattern:{name}" for name in PATTERNS), *(f"quotation:{name}" for name in PAIRINGS)]
    precisions = {name: round((right[name] + 1) / (found[name] + 2), 2) for name in names}
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    header = lines[: lines.index("evidence\tprecision\tn\n") + 1]
    body = [f"{name}\t{precision:.2f}\t{found[name]}\n" for name, precision in precisions.items()]
    table.write_text("".join([*header, *body]), encoding="utf-8")
    return precisions


def judge(parser: Parser, gold: polnear.GoldArticle) -> list[Judged]:
    """The hits of an article that the tagger has no part in (but nested ones), and whether each is right.

    A quotation whose speaker was not found is right if its content is.
    """
    article = from_text(gold.text)
    reading = Reading(article, replace(parser.parse(article), tagged=()))
    settled = [(hit, a) for hit, a in settle(reading, run(reading)) if a.parent is None]
    attributions = [a for _, a in settled]
    whole = {j for _, j in lenient_matches(gold.text, gold.attributions, attributions)}
    contents = {j for _, j in content_matches(gold.text, gold.attributions, attributions)}
    return [
        (hit, j in (contents if hit.pattern == "quotation" and not hit.source else whole))
        for j, (hit, _) in enumerate(settled)
    ]
