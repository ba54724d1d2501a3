"""What the source is said to have done, where the cue alone does not tell: a document writes, it does not speak.

Ruling 14: "according to" takes the kind of its source.  The same holds for "said", "reported", "noted" and the like
after a document ("the report said") and for "reported" after a news outlet.
"""

from __future__ import annotations

from functools import cache

from attribution.extract.hits import Hit, Reading
from attribution.lexicon import read_table
from attribution.records import Kind


def kind_of(reading: Reading, hit: Hit) -> Kind:
    """The hit's kind, writing instead of speech where a document speaks."""
    if hit.kind is not Kind.SPEECH or not hit.source:
        return hit.kind
    syntax = reading.syntax
    heads = [i for i in hit.source if syntax.head(i) not in hit.source]
    if any(syntax.lemma(head) in document_nouns() for head in heads):
        return Kind.WRITING
    words = " ".join(syntax.token(i).text for i in sorted(hit.source)).removeprefix("The ").removeprefix("the ")
    return Kind.WRITING if syntax.lemma(hit.head) == "report" and words in _outlets() else hit.kind


@cache
def document_nouns() -> frozenset[str]:
    """Lemmas of nouns for documents, data and recordings."""
    return frozenset(row["noun"].lower() for row in read_table("document_nouns.tsv", ("noun", "class"), key=("noun",)))


@cache
def _outlets() -> frozenset[str]:
    rows = read_table("outlets.tsv", ("name", "aliases", "kind"), key=("name",))
    return frozenset(name for row in rows for name in (row["name"], *row["aliases"].split("|")))
