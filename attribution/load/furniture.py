"""The words around a story: bylines, credits, end marks (datelines: see ``dateline``).

Each function looks at one paragraph's words.  Where such a paragraph may stand in the story is decided in
``blocks``.
"""

from __future__ import annotations

import re
from functools import cache

from attribution.lexicon import read_table

# ---------------------------------------------------------------------------------------- sentence ends

_CLOSING = "”’\"')]»*_"
_SENTENCE_END = re.compile(rf"[.!?…][{re.escape(_CLOSING)}]*$")
_ABBREVIATION_END = re.compile(r"\b(?:[A-Z]\.){2,}$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|Bros|No|St|vs|etc)\.$")


def ends_sentence(words: str) -> bool:
    """Whether a line ends as a sentence does: with a stop that is not part of an abbreviation."""
    words = words.rstrip()
    return bool(_SENTENCE_END.search(words)) and not _ABBREVIATION_END.search(words)


# ------------------------------------------------------------------------------------------------- names

CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_NAME_WORD = rf"(?:{CAPITAL}[\w.'’\-]*|(?:al|el|ad|as|ash|an|ar|d|l)[-'’]{CAPITAL}[\w'’\-]*)"
_PARTICLE = (
    r"(?:de|da|do|dos|das|di|del|della|den|der|van|von|zu|bin|bint|ibn|ben|ould|al|el|la|le|du|ter|ten|y|e|af|av)"
)
_PERSON = rf"{_NAME_WORD}(?:\s+(?:{_PARTICLE}\s+)*{_NAME_WORD}){{1,4}}"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_TIME_WORD = re.compile(rf"(?:{MONTH}|{WEEKDAY}|today|yesterday|tomorrow|christmas|easter)\b", re.IGNORECASE)


@cache
def phrases(kind: str) -> frozenset[str]:
    """The entries of ``furniture.tsv`` of one kind."""
    kinds = {"kind": ("agency", "author", "label", "mark")}
    rows = read_table("furniture.tsv", ("phrase", "kind"), key=("phrase", "kind"), allowed=kinds)
    return frozenset(row["phrase"] for row in rows if row["kind"] == kind)


@cache
def _collective_authors() -> re.Pattern[str]:
    """Agencies, and those who may stand in a byline instead of a person; the longest first."""
    agencies = phrases("agency") | {agency.upper() for agency in phrases("agency")}
    alternatives = [re.escape(agency) for agency in agencies]
    alternatives += [f"(?i:{re.escape(author)})" for author in phrases("author")]
    return re.compile(rf"(?:{'|'.join(sorted(alternatives, key=len, reverse=True))})(?!\w)")


def is_agency(words: str) -> bool:
    """Whether the words are the name of a news agency or outlet, and nothing else."""
    return words in phrases("agency") or words.lower() in {a.lower() for a in phrases("agency") if words.isupper()}


# --------------------------------------------------------------------------------------------- bylines

_BY = re.compile(
    r"(?:by|byline:(?:\s+by)?|(?:words|text|story|report|analysis|reporting|interview|photos?) by)\s*:?\s+",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:,\s*and|,|;|\band|&|\+)\s+")
_TAIL = re.compile(r"\s*(?:,|\||•|·|–|—|-|\(|@|\bin\b|\bat\b|\bfor\b|\bwith\b|\bof\b|\bfrom\b|\bnear\b)")
_LONGEST_BYLINE = 25  # words
_LONGEST_BARE_BYLINE = 8


def is_byline(line: str) -> bool:
    """Whether a line says who wrote the story: "By Jane Doe in Geneva", "BY JANE DOE and AFP", "— Reuters"."""
    line = " ".join(line.split())
    if _collective_authors().fullmatch(line.strip("()[]—–-|. ")):
        return True
    by = _BY.match(line)
    if not by or not line[0].isupper() or len(line.split()) > _LONGEST_BYLINE:
        return False
    rest = line[by.end() :]
    return not _TIME_WORD.match(rest) and _is_list_of_authors(rest)


def is_bare_byline(line: str) -> bool:
    """Names without "By", which only their place under a headline makes a byline: "Jane Doe in Geneva"."""
    line = " ".join(line.split())
    name = re.match(_PERSON, line)
    if name is None or len(line.split()) > _LONGEST_BARE_BYLINE or _TIME_WORD.match(line) or ends_sentence(line):
        return False
    rest = line[name.end() :]
    return not rest or (bool(re.match(r",| in | for | and ", rest)) and rest.count(",") <= 2)


def _is_list_of_authors(words: str) -> bool:
    """One or more authors, then perhaps a place, an office or an outlet, and no sentence."""
    at = 0
    while True:
        author = _author(words, at)
        if author is None:
            break
        at = author
        joint = _JOINT.match(words, at)
        if joint is None or _author(words, joint.end()) is None:
            break
        at = joint.end()
    if at == 0:
        return False
    tail = words[at:]
    if tail.strip() in ("", "."):
        return True
    return bool(_TAIL.match(tail)) and not ends_sentence(tail)


def _author(words: str, at: int) -> int | None:
    """Where the author that begins at ``at`` ends, or None where there is none."""
    collective = _collective_authors().match(words, at)
    if collective is not None:
        return collective.end()
    person = re.compile(_PERSON).match(words, at)
    if person is None:
        return None
    # A name that ends the line may carry the line's stop; initials keep theirs.
    return person.end() - 1 if person.group().endswith(".") and person.end() == len(words) else person.end()


# ------------------------------------------------------------------------------------ credits and marks

_CREDIT_WORK = (
    r"(?:(?:additional|further|extra)\s+)?"
    r"(?:reporting|editing|writing|research|translation|graphics?|compiled|production)"
)
_CREDIT = re.compile(rf"{_CREDIT_WORK}(?:(?:,| and|,? &)\s+{_CREDIT_WORK})*\s+by\s+:?", re.IGNORECASE)
_CREDIT_JOINER = re.compile(
    r"(?:and|in|by|with|from|for|at|additional|further|reporting|editing|writing|research)$", re.IGNORECASE
)
_CONTRIBUTED = re.compile(
    r"[^“\"]{3,250}\bcontributed\s+(?:(?:additional\s+)?(?:reporting|research)\b|to\s+this\s+(?:report|story|article|piece|dispatch)\b)"
    r"[^“\"]{0,120}$"
)
_RIGHTS = re.compile(
    r"(?:copyright\s+)?(?:©|\(c\)|copyright\b)\s*(?:\d{4}\b|[^“\".]{0,60}\d{4}\.?$)|all rights reserved", re.IGNORECASE
)


def is_credit(line: str) -> bool:
    """Whether a line names the story's makers or owners: "(Reporting by A; Editing by B)", "© 2026 …"."""
    line = " ".join(line.split())
    bare = line.strip("()[]_*—–- ")
    credit = _CREDIT.match(bare)
    if credit and bare[0].isupper():
        if line[0] in "([":
            return True
        # "Reporting by the paper led to his arrest" goes on with more than names and places.
        rest = re.findall(r"[^\W\d_][\w'’\-]*", bare[credit.end() :])
        return bool(rest) and all(not word[0].islower() or _CREDIT_JOINER.match(word) for word in rest)
    return (bool(_CONTRIBUTED.match(bare)) and ends_sentence(line)) or bool(_RIGHTS.match(bare))


def is_mark(line: str) -> bool:
    """Whether a line is an end mark or divider: "- More -", "ENDS", "###", "* * *"."""
    bare = line.strip("-–—_*#=~•.()[]/ \t")
    if not bare:
        return len(line.strip()) >= 2 or line.strip() in "#*"
    decorated = bare != line.strip() or bare.isupper()
    return decorated and " ".join(bare.lower().split()) in phrases("mark")
