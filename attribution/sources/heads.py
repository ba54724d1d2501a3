"""Where the head of a noun phrase stands, and how many it speaks of."""

from __future__ import annotations

from attribution.extract.syntax import Syntax, Tokens
from attribution.sources import vocabulary as words_of

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
CALENDAR = frozenset(
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
)
_HEADLESS = frozenset({"DET", "ADJ", "NUM", "X", "SYM"})
_RUN_TAGS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "PART", "X", "SYM", "ADV"})
_INSIDE_NOUN = ("compound", "flat", "fixed", "cc", "punct", "nmod:poss", "nmod:desc", "det", "amod")
_PLURAL_WORDS = frozenset({"some", "many", "several", "few", "others", "both", "most", "those", "all"})


def candidates(syntax: Syntax) -> list[int]:
    """Heads of every noun phrase of the article, in text order."""
    inside = ("compound", "flat", "fixed", "expl", "discourse", "amod")
    return [
        t.index
        for t in syntax.tokens
        if t.upos in NOMINAL
        and t.text not in CALENDAR
        and t.deprel != "nmod:desc"
        and not syntax.has_relation(t.index, *inside)
    ]


def head_of(syntax: Syntax, tokens: Tokens) -> int | None:
    """The head of a stretch: in its first run of nouns and modifiers, the word the others depend on.

    The run decides before the tree does, since a wrong attachment inside a source must not move its head.
    """
    skipped = ("ADP", "CCONJ", "SCONJ", "PART")
    inside = [i for i in sorted(tokens) if not syntax.is_punctuation(i) and syntax.token(i).upos not in skipped]
    if not inside:
        return None
    first = inside[0]
    if syntax.word(first) in words_of.counting("part") and first + 1 in tokens and syntax.word(first + 1) == "of":
        return first
    share = next((i for i in sorted(tokens)[:3] if syntax.token(i).text == "%" and i + 1 in tokens), None)
    if share is not None and syntax.word(share + 1) == "of":
        return share  # "61% of voters"
    nominal = [i for i in inside if syntax.token(i).upos in NOMINAL]
    nominal = nominal or [i for i in inside if syntax.token(i).upos in _HEADLESS]
    if not nominal:
        return first
    run = _after_possessor(syntax, first_run(syntax, sorted(tokens), nominal[0]))
    if (noun := _noun_behind_body(syntax, run, sorted(tokens))) is not None:
        return noun
    titles = words_of.honorifics()
    own = [i for i in run if i in nominal and syntax.head(i) not in run and syntax.token(i).text not in titles]
    free = [i for i in own if not syntax.has_relation(i, *_INSIDE_NOUN)] or own
    coordinated = any(syntax.token(i).upos == "CCONJ" for i in run)
    if len(free) == 1 and not (coordinated and free[0] != run[-1]):
        return _name_behind(syntax, free[0], sorted(tokens)) or free[0]
    nouns = [i for i in run if syntax.token(i).upos == "NOUN"]
    return nouns[-1] if nouns else (free or [i for i in run if i in nominal] or run)[0]


def _name_behind(syntax: Syntax, head: int, tokens: list[int]) -> int | None:
    """The person named after a title that was cut short: "district … Paul Renner"."""
    after = [i for i in tokens if i > head]
    if not after or after[0] == head + 1 or syntax.token(after[0]).ner != "B-PER" or syntax.token(head).upos == "PROPN":
        return None
    between = range(head + 1, after[0])
    if any(syntax.is_punctuation(i) or syntax.is_verb(i) or syntax.token(i).upos == "ADP" for i in between):
        return None  # "an adviser to Runa Dahl" is not Runa Dahl
    return after[0]


def _noun_behind_body(syntax: Syntax, run: list[int], tokens: list[int]) -> int | None:
    """The person noun after the name of a body that has a preposition in it: "a Department for Transport source"."""
    rest = [i for i in tokens if i > run[-1]]
    if len(rest) < 3 or syntax.token(run[-1]).upos != "PROPN" or syntax.word(rest[0]) not in ("for", "of"):
        return None
    at = 1
    while at < len(rest) and syntax.token(rest[at]).upos == "PROPN":
        at += 1
    opening = {syntax.word(run[0]), syntax.word(run[0] - 1) if run[0] else ""}
    if at == 1 or at == len(rest) or syntax.token(rest[at]).upos != "NOUN" or not opening & {"a", "an"}:
        return None
    return rest[at] if syntax.lemma(rest[at]) in words_of.roles() else None


def first_run(syntax: Syntax, tokens: list[int], start: int) -> list[int]:
    """From ``start`` on, the words of one noun phrase: up to a comma, a preposition or a finite verb."""
    run: list[int] = []
    for index in (i for i in tokens if i >= start):
        if run and (index != run[-1] + 1 or not _goes_on(syntax, index, tokens)):
            break
        run.append(index)
    return run or [start]


def _goes_on(syntax: Syntax, index: int, tokens: list[int]) -> bool:
    token = syntax.token(index)
    if token.upos in _RUN_TAGS or syntax.word(index) == "'s" or token.text in ("-", "–", "/", "&", "."):
        return True
    if token.upos == "CCONJ":
        return joins_modifiers(syntax, index, tokens)
    return token.upos == "VERB" and syntax.has_relation(index, "amod")


def joins_modifiers(syntax: Syntax, conjunction: int, tokens: list[int]) -> bool:
    """Whether "and" stands between modifiers of one noun: "security and military sources"."""
    before, after = conjunction - 1, conjunction + 1
    if after not in tokens or after + 1 not in tokens or syntax.token(after + 1).upos != "NOUN":
        return False
    if syntax.token(before).upos == "ADJ" and syntax.token(after).upos == "ADJ":
        return True
    sectors = words_of.sectors()
    return syntax.word(before) in sectors and syntax.word(after) in sectors and not is_plural(syntax, before)


def _after_possessor(syntax: Syntax, run: list[int]) -> list[int]:
    """What is possessed: of "France's Marine Le Pen", the name after the 's."""
    marks = [at for at, i in enumerate(run) if syntax.word(i) in ("'s", "'") and at + 1 < len(run)]
    return run[marks[-1] + 1 :] if marks else run


def is_plural(syntax: Syntax, index: int) -> bool:
    """Whether a noun is plural in sense; the form decides where the parser gives no number."""
    token, word = syntax.token(index), syntax.word(index)
    lemma = syntax.lemma(index)
    if lemma in words_of.counting("mass") or word in _PLURAL_WORDS:
        return True
    singular = words_of.singular(word)
    if token.upos == "PROPN" and singular != word and singular in words_of.roles():
        return True
    if token.upos == "NOUN" and singular != word and (singular == lemma or _is_people(singular, word)):
        return True
    number = syntax.feature(index, "Number")
    return number == "Plur" or (number is None and token.xpos in ("NNS", "NNPS"))


def _is_people(singular: str, word: str) -> bool:
    """Whether a word that a tagger takes for singular is the plural of a noun for people: "sources"."""
    return singular in words_of.roles() and word not in words_of.roles() and word not in words_of.bodies()


def stated_count(syntax: Syntax, head: int) -> str | None:
    """The number a phrase gives, in digits: "three officials", "two", "both"."""
    numbers = words_of.counting("number")
    for child in (*syntax.children(head, "nummod"), *((head,) if syntax.token(head).upos == "NUM" else ())):
        word = syntax.word(child).replace(",", "")
        if child + 1 < len(syntax.tokens) and syntax.token(child + 1).text in ("-", "–"):
            continue  # "a 15-year-old pupil"
        if word in numbers:
            return numbers[word]
        is_year = len(word) == 4 and word[:2] in ("19", "20")
        if word.isdigit() and not is_year:
            return word
    if syntax.word(head) == "both" or any(syntax.word(c) == "both" for c in syntax.children(head, "det")):
        return "2"
    return None


def determiner(syntax: Syntax, head: int, core: tuple[int, ...]) -> str:
    """ "definite", "possessive", "indefinite", "fresh" (always somebody new) or "bare"."""
    own = {syntax.word(i) for i in syntax.children(head) if i < head}
    if own & words_of.determiners("fresh") or syntax.word(head) in ("another", "others", "other"):
        return "fresh"
    if any(i < head for i in syntax.children(head, "nmod:poss")):
        return "possessive"
    found = {syntax.word(i) for i in syntax.children(head, "det") if i < head} or {syntax.word(core[0])}
    if found & words_of.determiners("definite"):
        return "definite"
    counted = found & words_of.counting("quantifier").keys() or stated_count(syntax, head) is not None
    return "indefinite" if counted or found & words_of.determiners("indefinite") else "bare"
