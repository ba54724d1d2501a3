"""Codes as people write them, and what they may have meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from attribution.rules.registry import RULES, RULES_OF_THE_CHECK
from attribution.rules.selection import ALL

_CODE = re.compile(r"SRC\d{3}")


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
    near = near_terms(code, [*known, *names], n=1)
    return f"did you mean {near[0]!r}?" if near else "see the list of rules: attribution rules"


def near_terms(word: str, known: Iterable[str], *, n: int) -> list[str]:
    """The terms that a word may have been meant for.

    A code counts only where its digits are those written, O read as 0: SRC999 is no slip for SRC109, SCR101 is one for
    SRC101.
    """
    digits = _digits(word)
    candidates = {k.casefold(): k for k in known if not _CODE.fullmatch(k) or _digits(k) == digits[:3]}
    return [candidates[near] for near in get_close_matches(word.casefold(), candidates, n=n, cutoff=0.5)]


def _digits(word: str) -> str:
    return "".join(c for c in word.upper().replace("O", "0").replace("L", "1") if c.isdigit())


def _is_prefix(code: str, known: list[str]) -> bool:
    return code.startswith("SRC") and any(other.startswith(code) for other in known)
