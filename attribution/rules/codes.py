"""Codes as people write them, and what they may have meant."""

from __future__ import annotations

from difflib import get_close_matches

from attribution.rules.registry import RULES
from attribution.rules.selection import ALL


def problem_with(code: str) -> str | None:
    """Why a code, a prefix or ``ALL`` chooses no rule, with what may have been meant; None if it chooses some."""
    if code == ALL or any(rule.code.startswith(code) for rule in RULES):
        return None
    names = {rule.name: rule.code for rule in RULES}
    known = {**{rule.code: rule.code for rule in RULES}, **names}
    near = get_close_matches(code.lower() if "-" in code else code.upper(), known, n=1, cutoff=0.5)
    meant = f"; did you mean {known[near[0]]}?" if near else "; attribution rules lists them"
    return f"there is no rule {code}{meant}"
