"""Words that place something in a country, in lower case."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from attribution.lexicon import read_table
from attribution.sources import vocabulary


@cache
def countries() -> Mapping[str, str]:
    """Names and adjectives of countries → the country: "malian", "u.s."."""
    named = {p.name.lower(): p.country.lower() for p in vocabulary.places().values() if p.kind == "country"}
    adjectives = {a.lower(): named.get(n.lower(), n.lower()) for a, n in vocabulary.place_adjectives().items()}
    return {**adjectives, **named}


@cache
def seats() -> Mapping[str, str]:
    """Besides ``countries``, the places that stand for a country's government: "moscow", "white house"."""
    capitals = {p.name.lower(): p.country.lower() for p in vocabulary.places().values() if p.kind == "capital"}
    rows = read_table("government_seats.tsv", ("word", "country"), key=("word",))
    return {**countries(), **capitals, **{row["word"]: row["country"].lower() for row in rows}}
