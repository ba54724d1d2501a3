"""The editorial check: rules over an analysis, each resting on a published newsroom standard.

``run_rules`` runs those that ``Settings`` choose; ``RULES`` are all there are.
"""

from __future__ import annotations

from attribution.rules.base import Group, Option, Remark, Rule
from attribution.rules.engine import run_rules
from attribution.rules.registry import RULES, RULES_OF_THE_CHECK, CheckRule
from attribution.rules.selection import Selection
from attribution.rules.settings import Genre, Settings
from attribution.rules.story import Story

__all__ = [
    "RULES",
    "RULES_OF_THE_CHECK",
    "CheckRule",
    "Genre",
    "Group",
    "Option",
    "Remark",
    "Rule",
    "Selection",
    "Settings",
    "Story",
    "run_rules",
]
