"""The published newsroom standards that rules and profiles rest on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from attribution.records import Standard


class Known(StrEnum):
    """How a standard's wording is known."""

    READ = "read"  # on its publisher's own page
    SECOND_HAND = "second-hand"  # in a copy, a quotation or a translation
    MEMORY = "memory"  # unverified; nothing rests on it by default


@dataclass(frozen=True, slots=True)
class Entry:
    """A standard with what it says.

    Attributes:
        key: how rules and profiles cite it ("AP-3").
        says: the point of it, in words of our own.
        known: how its wording is known.
    """

    key: str
    standard: Standard
    says: str
    known: Known


@cache
def standards() -> dict[str, Entry]:
    """Every standard, by key."""
    table = tomllib.loads(resources.files(__package__).joinpath("standards.toml").read_text(encoding="utf-8"))
    return {
        key: Entry(
            key,
            Standard(row["outlet"], row.get("year"), row["reference"]),
            row["says"],
            Known(row["known"]),
        )
        for key, row in table.items()
    }
