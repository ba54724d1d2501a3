"""Codes as people write them, and what they may have meant."""

from __future__ import annotations

from difflib import get_close_matches

from attribution.rules.registry import RULES, RULES_OF_THE_CHECK
from attribution.rules.selection import ALL


def mistaken_code(code: str, *, prefixes: bool = True) -> str | None:
    """What to write in place of a code that fits no rule; None for one that fits some.

    Args:
        prefixes: the beginning of a code, and ``ALL``, fit too.
    """
    known = [rule.code for rule in RULES] + list(RULES_OF_THE_CHECK)
    if code in known or (prefixes and (code == ALL or _is_prefix(code, known))):
        return None
    names = {rule.name: rule.code for rule in RULES}
    if code in names:
        return f"write {names[code]}"
    near = get_close_matches(code.upper(), [*known, *names], n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else "see the list of rules: attribution rules"


def _is_prefix(code: str, known: list[str]) -> bool:
    return code.startswith("SRC") and any(other.startswith(code) for other in known)
