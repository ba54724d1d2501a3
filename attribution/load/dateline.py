"""Datelines: where and when a story was written, before its first sentence.

    BAMAKO, Nov 3 (AFP) —        place in capitals, date, agency
    London (Reuters) -           any place with an agency
    Geneva, 3 May 2026 –         any place with a date
    WASHINGTON —                 a place in capitals alone
    ISLAMABAD:                   the South Asian form

A name in ordinary letters needs an agency or a date beside it: "Clinton — who had left — said" opens with
no dateline.
"""

from __future__ import annotations

import re

from attribution.load.furniture import CAPITAL, MONTH, WEEKDAY, is_agency, phrases

_LONGEST = 100  # characters
_SEPARATOR = re.compile(r"\s*(?:—|–|―|--)\s*|\s+-\s+|(?<=[A-Z)])-\s+|:\s+")
_AGENCY = re.compile(r"\s*[(\[]([^()\[\]]{2,40})[)\]]$")
_DATE = re.compile(
    rf"(?:(?:{WEEKDAY}|(?:mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\.?),?\s+)?"
    rf"(?:{MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{MONTH}(?:,?\s+\d{{4}})?|\d{{4}}-\d\d-\d\d)$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"{WEEKDAY}$", re.IGNORECASE)
_JOINT = re.compile(r"\s*[/,;|]\s*|\s+and\s+")
_PLACE_WORD = re.compile(rf"{CAPITAL}[\w.'’\-]*$")
_INSIDE_NAMES = re.compile(r"(?:de|da|do|di|del|des|den|la|le|les|el|al|and|of|sur|am|an|the|upon|on)$")
_NO_PLACE = re.compile(
    r"(?:a|after|an|and|as|at|before|but|by|for|from|he|her|his|i|if|in|it|my|on|she|that|the|they|this)$",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(rf"[“‘\"'«(\[$£€¥*_]*\s?(?:{CAPITAL}|\d)")
_PUBLISHED = re.compile(
    r"(?:(?:first|last)\s+)?(?:published|updated|posted|modified)\s*(?:on|at)?\s*:?\s*", re.IGNORECASE
)
_CLOCK = re.compile(r"[,\s|·•]*(?:at\s+)?\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,5})?$", re.IGNORECASE)


def dateline_end(paragraph: str, *, colon: bool) -> int:
    """Length of the dateline a paragraph opens with, separator included; 0 where it opens with none.

    Args:
        colon: whether a colon may end it ("ISLAMABAD: The"), which in a transcript follows a speaker.
    """
    for separator in _SEPARATOR.finditer(paragraph, 0, _LONGEST):
        if separator.start() == 0:
            return 0
        rest = paragraph[separator.end() :]
        if separator.group().strip() == ":" and not colon:
            return 0
        if rest and _is_dateline(paragraph[: separator.start()], rest, after_colon=separator.group().strip() == ":"):
            return len(paragraph[: separator.end()].rstrip())
        # "Stratford-upon-Avon - " and "PORT-AU-PRINCE — " hold hyphens, but no wider separator.
        if separator.group().strip() != "-":
            return 0
    return 0


def is_dateline(line: str) -> bool:
    """Whether a line of its own says only when and where: "GENEVA, 3 May 2026", "Published: May 3, 2026"."""
    line = " ".join(line.split())
    published = _PUBLISHED.match(line)
    bare = line[published.end() :] if published else line
    bare = _CLOCK.sub("", bare.strip("—–-|:. "))
    if len(bare) > _LONGEST:
        return False
    place, date, agency = _take_apart(bare)
    if not place:
        return bool(date)
    return bool(date or agency) and bool(_places(place))


def _is_dateline(words: str, rest: str, *, after_colon: bool) -> bool:
    place, date, agency = _take_apart(words)
    if not place:
        # "Dec 29 (Reuters) - ", "(Reuters) - "
        return is_agency(agency)
    names = _places(place)
    if not names:
        return False
    capitals = names[0].replace("’s", "").isupper() and sum(c.isalpha() for c in names[0]) >= 3
    if not capitals:
        return not after_colon and ((bool(date) and not _WEEKDAY.match(date)) or is_agency(agency))
    if date or agency:
        return True
    return names[0].lower() not in phrases("label") and bool(_SENTENCE_START.match(rest))


def _take_apart(words: str) -> tuple[str, str, str]:
    """``(place, date, agency)`` of what stands before the separator, each "" where it is missing."""
    agency = ""
    found = _AGENCY.search(words)
    if found and (found.group(1)[0].isupper() or is_agency(found.group(1))):
        agency = found.group(1)
        words = words[: found.start()]
    parts = words.strip(" ,|").split(",")
    date = ""
    # The date may hold a comma of its own ("May 3, 2026"), so it is sought in the last parts together.
    for first in range(len(parts)):
        tail = ",".join(parts[first:]).strip()
        if _DATE.match(tail) or _WEEKDAY.match(tail):
            parts, date = parts[:first], tail
            break
    if not agency and len(parts) > 1 and is_agency(parts[-1].strip()):
        agency = parts.pop().strip()
    return ",".join(parts).strip(), date, agency


def _places(words: str) -> list[str]:
    """The places named, the city first; empty where the words cannot be names of places."""
    names = _JOINT.split(words)
    for name in names:
        parts = name.split()
        if not 1 <= len(parts) <= 4 or _NO_PLACE.match(parts[0]):
            return []
        if not all(_PLACE_WORD.match(part) or _INSIDE_NAMES.match(part) for part in parts) or _INSIDE_NAMES.match(
            parts[0]
        ):
            return []
    return names
