"""What newsrooms' published rules and the conventions of a genre change, read from data files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from attribution.records import Severity
from attribution.rules import RULES, Genre
from attribution.rules.settings import OptionValue
from attribution.rules.standards import Entry, Known, standards

PROFILES = ("ap", "afp", "reuters", "bbc", "nyt", "npr", "wsj", "factcheck", "strict")


@dataclass(frozen=True, slots=True)
class Switch:
    """What a genre or a profile changes about one rule.

    Attributes:
        enabled: whether the rule is in the set that runs unless asked otherwise; None leaves it.
        severity: in place of the rule's own; None leaves it.
        why: in one clause.
    """

    code: str
    enabled: bool | None
    severity: Severity | None
    options: Mapping[str, OptionValue] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True)
class ProfileSetting:
    """One setting of a profile with the standard that it encodes.

    Attributes:
        whole: it belongs to "every rule there is", which is no outlet's text, so that nothing needs to have been read.
    """

    switch: Switch
    standard: Entry
    whole: bool = False

    @property
    def verified(self) -> bool:
        """Whether the standard was read; what is known second-hand or from memory stays off by default."""
        return self.whole or self.standard.known is Known.READ


@cache
def profile_settings(name: str) -> tuple[ProfileSetting, ...]:
    """What one of ``PROFILES`` changes."""
    table = _read(f"profiles/{name}.toml")
    listed = [ProfileSetting(_switch(row), standards()[row["standard"]]) for row in table["setting"]]
    if table.get("all"):
        switched = {setting.switch.code for setting in listed if setting.switch.enabled is not None}
        listed += [
            ProfileSetting(
                Switch(rule.code, True, None, why="every rule there is"), _best_known(rule.standards), whole=True
            )
            for rule in RULES
            if not rule.default and rule.code not in switched
        ]
    return tuple(listed)


@cache
def genre_switches(genre: Genre) -> tuple[Switch, ...]:
    """What a genre changes."""
    return tuple(_switch(row) for row in _read("genres.toml").get(genre.value, ()))


def _best_known(keys: tuple[str, ...]) -> Entry:
    """The first standard of a rule that was read, else the first."""
    entries = [standards()[key] for key in keys]
    return next((e for e in entries if e.known is Known.READ), entries[0])


def _switch(row: Mapping[str, Any]) -> Switch:
    severity = row.get("severity")
    return Switch(
        row["code"], row.get("enabled"), Severity(severity) if severity else None, row.get("options", {}), row["why"]
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
