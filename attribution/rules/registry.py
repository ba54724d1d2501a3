"""All rules, in the order of their codes."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from inspect import isabstract, isclass

from attribution.records import Severity
from attribution.rules import catalogue
from attribution.rules.base import Rule


def _catalogue() -> Iterator[type[Rule]]:
    """The one rule of each module of the catalogue."""
    for module in sorted(m.name for m in pkgutil.iter_modules(catalogue.__path__)):
        members = vars(import_module(f"{catalogue.__name__}.{module}")).values()
        (rule,) = (m for m in members if isclass(m) and issubclass(m, Rule) and not isabstract(m))
        yield rule


RULES: tuple[type[Rule], ...] = tuple(_catalogue())
"""Every rule of the catalogue."""


@dataclass(frozen=True, slots=True)
class CheckRule:
    """Something about the check itself that is reported beside what the rules find.

    Attributes:
        meaning: one sentence for ``attribution explain``.
    """

    code: str
    name: str
    severity: Severity
    meaning: str


RULES_OF_THE_CHECK: dict[str, CheckRule] = {
    rule.code: rule
    for rule in (
        CheckRule(
            "SRC001",
            "rule-crashed",
            Severity.WARNING,
            "A rule broke on this story.  The others ran; please report it.",
        ),
        CheckRule(
            "SRC002",
            "unused-suppression",
            Severity.WARNING,
            "A suppression that no finding needs: the text has changed, or the rule does not run.",
        ),
        CheckRule(
            "SRC003",
            "faulty-suppression",
            Severity.ERROR,
            "A suppression without a reason, for an unknown rule, or that cannot be read.  It is not obeyed.",
        ),
        CheckRule(
            "SRC004",
            "stale-correction",
            Severity.WARNING,
            "A correction whose words are no longer in the text, or that says what the program finds by itself.",
        ),
    )
}
"""What is reported about the check itself, by code.  These run unless they are ignored by their whole codes."""
