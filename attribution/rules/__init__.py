"""The editorial check: rules over an analysis, each resting on a published newsroom standard.

``check`` runs those that ``Settings`` choose and marks what somebody has accepted; ``RULES`` are all there are.
"""

from __future__ import annotations

from attribution.rules.base import Group, Option, Remark, Rule
from attribution.rules.engine import run_rules
from attribution.rules.registry import RULES, RULES_OF_THE_CHECK, CheckRule
from attribution.rules.selection import Selection
from attribution.rules.settings import Genre, Settings
from attribution.rules.story import Story
from attribution.rules.suppress import check

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
    "check",
    "run_rules",
]
