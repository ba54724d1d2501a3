"""Whether a text is English prose: by script, by function words, by the look of its lines.

About four words in ten of English news are function words ("the", "of", "said"); a text in another language
shows the other's.  Names and quotations in other languages dilute the share but never turn it round, so a
text is refused only where another language clearly wins, or where hardly any English word is found.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from functools import cache

from attribution.errors import LanguageError
from attribution.lexicon import read_table

FEWEST_WORDS = 20
"""Shorter texts are not judged by their words."""

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-zª\u00ba\u00c0-\u024f\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\uff21-\uff5a]")
_REMEDY = "the analysis knows English only; give an English text or a translation"

_FOREIGN_SHARE = 0.15  # function words of the other language; real texts have 0.25 to 0.5
_FOREIGN_LEAD = 1.5  # and so many times as many as English ones
_LOWEST_ENGLISH = 0.06  # below it, running text is no English even if its language is not on the list
_LONG_ENOUGH = 40  # words, to say so
_RUNNING_TEXT = 0.5  # share of words in lower case; below it, it is a list of names or results


def refuse_other_languages(text: str, where: str) -> None:
    """Raise ``LanguageError`` where the text is clearly not English."""
    words = _WORD.findall(text)
    script = _other_script(text, threshold=0.5 if len(words) >= FEWEST_WORDS else 0.8)
    if script:
        raise LanguageError(f"this is not English: it is written in {script} script", where=where, remedy=_REMEDY)
    if len(words) < FEWEST_WORDS:
        return
    share = _shares(words)
    english = share.pop("English")
    other = max(share, key=lambda language: share[language])
    if share[other] >= _FOREIGN_SHARE and share[other] > _FOREIGN_LEAD * english:
        raise LanguageError(f"this is not English: it looks like {other}", where=where, remedy=_REMEDY)
    running = sum(word.islower() for word in words) / len(words) >= _RUNNING_TEXT
    if len(words) >= _LONG_ENOUGH and english < _LOWEST_ENGLISH and running and not why_not_prose(text):
        raise LanguageError(
            f"this is not English: only {english:.0%} of its words are common English words",
            where=where,
            remedy=_REMEDY,
        )


def _other_script(text: str, threshold: float) -> str | None:
    letters = [character for character in text if character.isalpha()]
    others = [letter for letter in letters if not _LATIN.match(letter)]
    if not letters or len(others) < threshold * len(letters):
        return None
    scripts = Counter(unicodedata.name(letter, "another").split()[0].split("-")[0] for letter in others)
    script = scripts.most_common(1)[0][0]
    return "Chinese" if script == "CJK" else script.capitalize()


def _shares(words: list[str]) -> dict[str, float]:
    """For each language, the share of the words that are function words of it."""
    counts = Counter(word.lower() for word in words)
    return {
        language: sum(counts[word] for word in function_words) / len(words)
        for language, function_words in _function_words().items()
    }


@cache
def _function_words() -> dict[str, frozenset[str]]:
    words: dict[str, set[str]] = {}
    for row in read_table("function_words.tsv", ("language", "word"), key=("language", "word")):
        words.setdefault(row["language"], set()).add(row["word"])
    return {language: frozenset(entries) for language, entries in words.items()}


_CODE_SIGNS = re.compile(r"[{}<>=\[\]\\|;_#$&^~`+*/]")
_CODE_SHARE = 0.06  # of the characters that are not white space; prose stays below 0.02
_TABLE_ROWS = 4


def why_not_prose(text: str) -> str | None:
    """What the text looks like instead of prose ("a table", "code"), or None."""
    stripped = text.strip()
    if stripped.startswith(("{", "[")) and _is_json(stripped):
        return "JSON data"
    if stripped.startswith("<?xml"):
        return "XML"
    lines = [line for line in stripped.splitlines() if line.strip()]
    for separator in "\t;,|":
        cells = {line.count(separator) for line in lines}
        if len(lines) >= _TABLE_ROWS and len(cells) == 1 and cells.pop() >= 2:
            return "a table"
    visible = len("".join(stripped.split()))
    if visible and len(_CODE_SIGNS.findall(stripped)) / visible > _CODE_SHARE:
        return "program code or markup"
    return None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
