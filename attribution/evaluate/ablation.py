"""What each part of finding attributions is good for: the same articles without it.

Three things find attributions: the patterns, the learned tagger and the pairing of quotations with who speaks them.
Each is measured alone and with each other; then the policy that merges them (``extract.combine``) is measured without
each of its other steps.  An article is parsed once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from attribution.evaluate.polnear import GoldArticle, in_corpus_terms
from attribution.evaluate.score import Relation, Scores, score
from attribution.extract.combine import STEPS, settle
from attribution.extract.hits import Reading
from attribution.extract.patterns import run
from attribution.load import from_text
from attribution.parse.protocol import Parser

WHOLE = "patterns, tagger, quotations"
"""The variant with nothing left out."""

_PAIRING = "pair-quotations"


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to find attributions: with patterns or not, with the tagger or not, without some steps of the policy."""

    name: str
    patterns: bool = True
    tagger: bool = True
    without: frozenset[str] = frozenset()


def variants() -> list[Variant]:
    """The whole first, then finders alone and two at a time, then the whole without each other step."""
    unpaired = frozenset({_PAIRING})
    return [
        Variant(WHOLE),
        Variant("patterns alone", tagger=False, without=unpaired),
        Variant("tagger alone", patterns=False, without=unpaired),
        Variant("quotations alone", patterns=False, tagger=False),
        Variant("patterns, tagger", without=unpaired),
        Variant("patterns, quotations", tagger=False),
        Variant("tagger, quotations", patterns=False),
        *(Variant(f"without {step}", without=frozenset({step})) for step in STEPS if step != _PAIRING),
    ]


def ablate(
    parser: Parser, articles: Iterable[GoldArticle], *, done: Callable[[str], None] = lambda _: None
) -> dict[str, Scores]:
    """The scores of every variant by its name, the whole first.

    Args:
        done: called with the id of each article when every variant has read it.
    """
    measured = list(articles)
    found: dict[str, dict[str, tuple[Relation, ...]]] = {variant.name: {} for variant in variants()}
    for gold in measured:
        article = from_text(gold.text)
        parse = parser.parse(article)
        tagged, untagged = Reading(article, parse), Reading(article, replace(parse, tagged=()))
        hits = tuple(run(tagged))
        for variant in variants():
            settled = settle(
                tagged if variant.tagger else untagged,
                hits if variant.patterns else (),
                without=variant.without,
            )
            found[variant.name][gold.id] = in_corpus_terms((a for _, a in settled), gold.text)
        done(gold.id)
    return {name: score(measured, predictions) for name, predictions in found.items()}
