"""Figures as a claim states them: "at least around 20 arrests", "$1.2 billion", "dozens of homes", "12%"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from attribution.lexicon import read_table
from attribution.records import Token


@dataclass(frozen=True, slots=True)
class Quantity:
    """One stated figure.

    Attributes:
        value: the number; None for a quantity without one ("dozens").
        unit: concept of what is counted, "%" or a currency sign; "" where it stands alone.
        limit: "more" or "less" where the number is only a limit ("more than 20"), else "".
    """

    value: float | None
    unit: str = ""
    limit: str = ""


_NUMERAL = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$")
_CURRENCIES = {"$": "$", "us$": "$", "€": "€", "£": "£", "dollar": "$", "dollars": "$", "euro": "€", "euros": "€"}
_CLOCK = frozenset({"am", "pm", "o'clock", "o’clock", "gmt"})
_PERCENT = frozenset({"%", "percent", "pct"})


@cache
def calendar_words() -> dict[str, str]:
    """Days and months in lower case → "day" or "month"."""
    rows = read_table("calendar_words.tsv", ("word", "kind"), key=("word",), allowed={"kind": {"day", "month"}})
    return {row["word"]: row["kind"] for row in rows}


@cache
def _words() -> dict[str, tuple[str, float]]:
    rows = read_table(
        "quantities.tsv",
        ("word", "kind", "value"),
        key=("word",),
        allowed={"kind": {"value", "scale", "vague", "more", "less"}},
    )
    return {row["word"]: (row["kind"], float(row["value"])) for row in rows}


def quantities_of(tokens: Sequence[Token], concept: Callable[[Token], str]) -> tuple[set[Quantity], set[int]]:
    """The figures among some tokens, and the indices of the words that state them.

    Args:
        tokens: in text order.
        concept: the concept of a noun, for the unit.
    """
    by_index = {t.index: t for t in tokens}
    found: set[Quantity] = set()
    used: set[int] = set()
    at = 0
    while at < len(tokens):
        run = _run(tokens, at)
        if not run:
            at += 1
            continue
        at += len(run)
        value = _value(run)
        unit, unit_tokens = _unit(run, tokens, at, by_index, concept)
        if unit is None:
            continue
        found.add(Quantity(value, unit, _limit(tokens, at - len(run))))
        used.update(t.index for t in run)
        used.update(unit_tokens)
    return found, used


def _run(tokens: Sequence[Token], at: int) -> list[Token]:
    """The words of one number that begins here."""
    run: list[Token] = []
    for token in tokens[at:]:
        kind = _kind(token)
        if kind is None or (run and token.index != run[-1].index + 1) or (kind == "vague" and run):
            break
        if kind == "value" and run and _kind(run[-1]) != "value":
            # "two million 300 thousand" does not occur in copy; a new value begins a new number.
            break
        run.append(token)
        if kind == "vague":
            break
    if len(run) == 1 and run[0].text.lower() in {"dozen", "hundred", "thousand", "million", "billion", "trillion"}:
        return run  # "a dozen"
    if run and _kind(run[0]) == "scale" and run[0].text.lower() in {"k", "m", "mn", "bn", "tn"}:
        return []
    return run


def _kind(token: Token) -> str | None:
    lower = token.text.lower()
    if _NUMERAL.match(lower):
        return "value"
    kind = _words().get(lower, (None, 0.0))[0]
    if lower == "one" and token.upos != "NUM":
        return None
    if kind in {"more", "less"}:
        return None
    return kind


def _value(run: Sequence[Token]) -> float | None:
    total: float | None = None
    for token in run:
        lower = token.text.lower()
        if _NUMERAL.match(lower):
            total = float(lower.replace(",", ""))
            continue
        kind, value = _words()[lower]
        if kind == "vague":
            return None
        if kind == "scale":
            total = (1.0 if total is None else total) * value
        else:
            total = value if total is None else total + value
    return total


def _unit(
    run: Sequence[Token],
    tokens: Sequence[Token],
    after: int,
    by_index: dict[int, Token],
    concept: Callable[[Token], str],
) -> tuple[str | None, set[int]]:
    """What is counted and the sign words used up; None where the number is no figure (a date)."""
    first, last = run[0], run[-1]
    before = by_index.get(first.index - 1)
    following = tokens[after] if after < len(tokens) and tokens[after].index == last.index + 1 else None
    neighbours = {t.text.lower().rstrip(".") for t in (before, following) if t is not None}
    if any(calendar_words().get(word) == "month" for word in neighbours):
        return None, set()
    if following is not None and following.text.lower().replace(".", "") in _CLOCK:
        return None, set()
    if len(run) == 1 and len(first.text) == 4 and first.text.isdigit() and 1900 <= int(first.text) <= 2100:
        return None, set()
    if before is not None and before.text.lower() in _CURRENCIES:
        return _CURRENCIES[before.text.lower()], {before.index}
    if following is not None and following.text.lower() in _CURRENCIES:
        return _CURRENCIES[following.text.lower()], {following.index}
    if following is not None and following.text.lower() in _PERCENT:
        return "%", {following.index}
    head = by_index.get(last.head)
    if head is not None and head.upos in {"NOUN", "PROPN"} and last.deprel in {"nummod", "amod", "det", "compound"}:
        return concept(head), set()
    # "dozens of homes", "a dozen people"
    of = next((t for t in tokens if t.head == last.index and t.deprel.startswith("nmod")), None)
    if of is not None:
        return concept(of), set()
    if following is not None and following.upos == "NOUN":
        return concept(following), set()
    return "", set()


def _limit(tokens: Sequence[Token], at: int) -> str:
    words = [t.text.lower() for t in tokens[max(0, at - 3) : at]]
    while words and words[-1] in {"$", "€", "£", "us$", "a", "about", "around", "some"}:
        words.pop()
    for phrase in (" ".join(words[-2:]), " ".join(words[-1:])):
        kind = _words().get(phrase, ("", 0.0))[0]
        if kind in {"more", "less"}:
            return kind
    return ""
