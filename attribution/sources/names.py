"""Personal names: where one stands in a phrase, what its parts are, and when two are of one person."""

from __future__ import annotations

import re
from dataclasses import dataclass

from attribution.extract.syntax import Syntax
from attribution.sources import vocabulary as words_of

_TRADES = frozenset({"post", "public", "witness", "kin", "masses", "member"})


@dataclass(frozen=True, slots=True)
class NameParts:
    """A personal name inside a phrase: its tokens, its words without titles and suffixes, and those titles."""

    tokens: tuple[int, ...]
    words: tuple[str, ...]
    honorifics: tuple[str, ...]


def person_name(syntax: Syntax, head: int, core: tuple[int, ...]) -> NameParts | None:
    """The personal name that a phrase bears, or None.

    The name must be the phrase's own: the head, or what stands after a title; in "Clinton aides" it is not.
    """
    run = _entity_name(syntax, head, core) or _guessed_name(syntax, head, core)
    if not run or (run[0] > 0 and syntax.token(run[0] - 1).text in ("(", "-", "–")):
        return None  # "(D-Nev.)" is a party and a state
    alone = len(run) == 1 and run[0] == head and syntax.word(head) in words_of.roles()
    if alone and core[0] < head and syntax.token(core[0]).upos == "DET":
        return None  # "the Dean" is an office
    honorifics: list[str] = []
    while run and _is_title(syntax, run[0]) and not (len(run) == 1 and is_surname(syntax, run[0])):
        honorifics.append(syntax.token(run[0]).text)
        run = run[1:]
    if not run:
        return None
    words = [syntax.token(i).text for i in run if not syntax.is_punctuation(i) or syntax.token(i).text in ("-",)]
    while words and (
        words[-1] in ("'s", "’s", "'", "’") or (len(words) > 1 and words[-1].lower() in words_of.name_words("suffix"))
    ):
        words.pop()
    before = [i for i in core if i < run[0]]
    if before and _is_title(syntax, before[-1]):
        honorifics.insert(0, syntax.token(before[-1]).text)
    words = [re.sub(r"['’]s$", "", w) for w in words]
    return NameParts(tuple(run), tuple(words), tuple(honorifics)) if words else None


def _is_title(syntax: Syntax, index: int) -> bool:
    return syntax.token(index).text in words_of.honorifics()


def _entity_name(syntax: Syntax, head: int, core: tuple[int, ...]) -> tuple[int, ...]:
    runs: list[list[int]] = []
    for index in core:
        tag = syntax.token(index).ner
        if tag.endswith("PER"):
            if tag.startswith("B") or not runs or runs[-1][-1] != index - 1:
                runs.append([index])
            else:
                runs[-1].append(index)
    # A tagger may take a title for a name, or leave a surname out.
    trimmed = [_after_role(syntax, run) for run in runs]
    bodily = syntax.word(head) in words_of.bodies()  # "St Wilfrid's Hospital" is not Wilfrid
    flat = _is_flat(syntax, head) and not bodily
    own = [run for run in trimmed if run and (head in run or run[0] > head or (run[-1] < head and flat))]
    if not own:
        return ()
    run = own[-1]
    while run[-1] + 1 in core and _is_flat(syntax, run[-1] + 1):
        run.append(run[-1] + 1)
    while (
        run[0] - 1 in core
        and syntax.token(run[0] - 1).text in words_of.given_names()
        and syntax.token(run[0] - 1).upos == "PROPN"
    ):
        run.insert(0, run[0] - 1)
    known = _is_known_body(tuple(syntax.token(i).text for i in run))
    return () if known and not (len(run) == 1 and is_surname(syntax, run[0])) else tuple(run)


def _after_role(syntax: Syntax, run: list[int]) -> list[int]:
    """Without a title that was tagged with the name: of "Finance Minister Anna Roth", "Anna Roth"."""
    titles = run[:-1] if len(run) > 1 and _may_be_surname(syntax, run) else run
    last = max((at for at, index in enumerate(titles) if _is_class(syntax, index)), default=-1)
    return run[last + 1 :]


def _may_be_surname(syntax: Syntax, run: list[int]) -> bool:
    """Whether the last word is a trade that people are called by: "Ann Baker", not "Labour MP"."""
    last = run[-1]
    known = words_of.roles().get(syntax.lemma(last).lower())
    if syntax.token(last).text.isupper() or (known is not None and known.kind == "partisan"):
        return False
    return not any(_is_class(syntax, i) for i in run[:-1])


def _is_known_body(words: tuple[str, ...]) -> bool:
    """Whether the word lists know a name as one of a body or place, whatever the tagger says."""
    joined = " ".join(words)
    undotted = joined.replace(".", "")
    if joined != undotted and undotted.isupper() and undotted in words_of.organisations():
        return True
    return joined in words_of.organisations() or joined in words_of.outlets() or joined in words_of.places()


def _is_flat(syntax: Syntax, index: int) -> bool:
    token = syntax.token(index)
    return token.upos == "PROPN" and not token.text.islower() and not _is_class(syntax, index)


def _is_class(syntax: Syntax, index: int) -> bool:
    """A word that names a role or party, however it is tagged: "CEO", "Democrat"; not a Mr Walker of the article."""
    text, lemma = syntax.token(index).text, syntax.lemma(index)
    if text in words_of.given_names() or is_surname(syntax, index) or (text in syntax.surnames and _is_trade(lemma)):
        return False
    return lemma in words_of.roles() or words_of.singular(syntax.word(index)) in words_of.roles()


def is_surname(syntax: Syntax, index: int) -> bool:
    """Whether a word is the surname of somebody whom the article calls in full: "King" where Larry King is."""
    text = syntax.token(index).text
    if any(word in words_of.given_names() for word in syntax.surnames.get(text, ())):
        return True
    titled = index > 0 and syntax.token(index - 1).text in _OF_SURNAMES
    return titled and text[:1].isupper() and syntax.word(index) not in ("president", "speaker", "chairman")


_OF_SURNAMES = frozenset({"Mr.", "Mr", "Mrs.", "Mrs", "Ms.", "Ms"})


def _is_trade(noun: str) -> bool:
    """Whether a role noun is a trade or pastime that people are called by ("Walker"), not a title ("Minister")."""
    role = words_of.roles().get(noun)
    return role is not None and role.kind in _TRADES


def _guessed_name(syntax: Syntax, head: int, core: tuple[int, ...]) -> tuple[int, ...]:
    """Without an entity tag: capitals after a title, or led by a known given name."""
    token = syntax.token(head)
    run = [i for i in core if i >= head and syntax.token(i).upos == "PROPN"] if token.upos in ("PROPN", "NOUN") else []
    if (token.upos != "PROPN" and len(run) == 0) or (run == [head] and _is_class(syntax, head)):
        return ()
    if token.upos == "PROPN":
        start = head
        while start - 1 >= core[0] and syntax.token(start - 1).upos == "PROPN":
            start -= 1
        run = [i for i in range(start, core[-1] + 1) if i in core and syntax.token(i).upos in ("PROPN", "PUNCT")]
    if any(syntax.token(i).ner.endswith(("ORG", "LOC")) for i in run):
        return ()
    texts = tuple(syntax.token(i).text for i in run)
    while texts and (texts[0] in words_of.honorifics() or texts[0].lower() in words_of.roles()) and len(texts) > 1:
        after_title = True
        run, texts = run[1:], texts[1:]
        if after_title and is_personal_name(texts, titled=True):
            return tuple(run)
    if is_personal_name(texts):
        return tuple(run)
    before = [i for i in core if i < (run[0] if run else head)]
    titled = bool(before) and (_is_title(syntax, before[-1]) or syntax.word(before[-1]) in words_of.roles())
    if titled and is_personal_name(texts, titled=True):
        return tuple(run)
    if run and token.upos == "NOUN" and syntax.lemma(head) in words_of.roles() and is_personal_name(texts, titled=True):
        return tuple(run)
    return ()


def is_personal_name(words: tuple[str, ...], *, titled: bool = False) -> bool:
    """Whether capitalised words name a person: by given names and figures, or because a title stands before."""
    words = tuple(w for w in words if w not in ("'s", "’s", "'", "’"))
    if not words or not words[0][:1].isupper():
        return False
    if any(w.lower() in words_of.name_words("body") for w in words) or words[0].lower() == "the":
        return False
    joined = " ".join(words)
    if _is_known_body(words):
        return False
    if words_of.figure(joined) is not None:
        return True
    if titled:
        return (
            all(w[:1].isupper() or w.lower() in words_of.name_words("particle") or not w[:1].isalpha() for w in words)
            and not joined.isupper()
        )
    return words[0] in words_of.given_names()


def gender(words: tuple[str, ...], honorifics: tuple[str, ...]) -> str | None:
    """ "m" or "f" where a title, a known figure or a given name tells."""
    for title in honorifics:
        known = words_of.honorifics()[title].gender if title in words_of.honorifics() else None
        if known:
            return known
    figure = words_of.figure(" ".join(words))
    if figure:
        return figure[1]
    if len(words) > 1 or words[0] in words_of.given_names():
        return words_of.given_names().get(words[0])
    return None


def is_initials(words: tuple[str, ...]) -> bool:
    """ "M.K.", "J. D." and nothing else."""
    return all(re.fullmatch(r"(?:[A-Z]\.?){1,3}", w) for w in words)


def key(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name for comparing: lower case, middle initials left out."""
    lower = [w.lower().replace("’", "'") for w in words]
    return tuple(w for i, w in enumerate(lower) if i in (0, len(lower) - 1) or not re.fullmatch(r"\w\.?", w))


def same_person(full: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names can be one person's: equal, or one is the other's surname, given name or a shorter form."""
    a, b = (key(full), key(other)) if len(full) >= len(other) else (key(other), key(full))
    if a == b or a[-len(b) :] == b:
        return True
    if len(b) == 1:
        # A first name alone goes with a full name only if it is one: "Hillary", not "Van".
        return b[0] == a[0] and b[0].capitalize() in words_of.given_names()
    return a[0] == b[0] and a[-1] == b[-1] and set(b) <= set(a)
