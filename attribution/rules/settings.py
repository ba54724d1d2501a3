"""How the rules run on one article: plain values, so that they travel to other processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from attribution.records import Severity
from attribution.rules.selection import Selection

OptionValue = bool | int | float | str | tuple[str, ...]
"""What an option of a rule may be set to."""


class Genre(StrEnum):
    """What sort of piece it is; each has its own conventions of sourcing."""

    FLASH = "flash"
    NEWS = "news"
    CONFLICT = "conflict"
    COURT = "court"
    SPORT = "sport"
    MARKETS = "markets"
    ANALYSIS = "analysis"
    INTERVIEW = "interview"
    FEATURE = "feature"


@dataclass(frozen=True, slots=True)
class Settings:
    """How the rules run on one article.

    Attributes:
        selection: which run.
        defaults: codes that run unless the selection says otherwise; None for the rules' own default set.
        severities: by code, in place of the rules' own.
        options: by code, then by option.
        genre: told to rules that have a convention of their own for it.
        outlets: names of the outlet that publishes ("AFP"); what it saw itself is no anonymous source.
        known_names: people whom readers need not be told about.
        words: by lexicon, words added to the rules' own.
    """

    selection: Selection = field(default_factory=Selection)
    defaults: frozenset[str] | None = None
    severities: Mapping[str, Severity] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, OptionValue]] = field(default_factory=dict)
    genre: Genre = Genre.NEWS
    outlets: frozenset[str] = frozenset()
    known_names: frozenset[str] = frozenset()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
