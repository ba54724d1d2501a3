"""Clauses that lay wrongdoing at somebody's door: whose deed, in which words, how grave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from attribution.extract.cues import is_negated
from attribution.extract.syntax import Syntax, Tokens
from attribution.lexicon import Row, read_table
from attribution.voice.words import word_key

_UNREAL = frozenset({"would", "could", "might", "may", "should", "can", "must", "will", "shall", "'ll", "wo", "ca"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "that", "to", "for"})
_TAKING = frozenset({"take", "accept", "receive", "pay", "solicit", "offer", "demand", "seek", "pocket"})
_STANDING = frozenset({"root", "conj", "parataxis"})


@dataclass(frozen=True, slots=True)
class Deed:
    """Wrongdoing that a clause says somebody did.

    Attributes:
        head: the token of the clause's predicate.
        doer: the head of the noun phrase for who did it.
        words: the tokens that say what.
        crime: False for conduct that is no crime, and for words with innocent uses.
        aside: it stands in a relative clause ("Marsh, who embezzled the fund, …").
    """

    head: int
    doer: int
    words: Tokens
    crime: bool
    aside: bool = False


@cache
def _table() -> dict[tuple[str, str, str], Row]:
    rows = read_table(
        "wrongdoing.tsv",
        ("word", "upos", "does", "weight", "unless"),
        key=("word", "upos", "does"),
        allowed={
            "does": {"deed", "offence", "taken", "doer", "marked", "accuse", "criticise", "commit"},
            "weight": {"crime", "conduct"},
        },
    )
    return {(r["word"], r["upos"], r["does"]): r for r in rows}


def entry(syntax: Syntax, index: int, *does: str) -> Row | None:
    """The line of ``wrongdoing.tsv`` for a token in one of these constructions."""
    word, upos = word_key(syntax.token(index))
    found = (_table().get((word, upos, use)) for use in does)
    return next((row for row in found if row is not None), None)


def deeds(syntax: Syntax, region: Tokens) -> Iterator[Deed]:
    """Every deed that a stretch of text asserts, in text order.

    What is negated, supposed, wished or asked is not asserted; nor is what stands below a verb of its own
    ("was accused of stealing", "denied that he stole").

    Args:
        region: the tokens of a sentence, or of what somebody is reported to say.
    """
    for head in sorted(region):
        found = _deed_of(syntax, head)
        if found is None:
            continue
        words, crime = found
        doer, aside = _doer(syntax, head, region)
        if doer is not None and _asserted(syntax, head, region):
            yield Deed(head, doer, words, crime, aside)


def _deed_of(syntax: Syntax, head: int) -> tuple[Tokens, bool] | None:
    """The words of the wrongdoing that a predicate states, and whether it is a crime."""
    if syntax.token(head).upos == "VERB":
        objects = syntax.children(head, "obj")
        if row := entry(syntax, head, "deed"):
            done = frozenset({head}).union(*(_phrase(syntax, o) for o in objects[:1]))
            return (done, row["weight"] == "crime") if _does_harm(syntax, head, row) else None
        for thing in (*objects, *syntax.children(head, "obl")):
            if row := entry(syntax, thing, "taken"):
                return (frozenset({head, thing}), True) if syntax.lemma(head) in _TAKING else None
            if (row := entry(syntax, thing, "offence")) and entry(syntax, head, "commit"):
                return frozenset({head, thing}), row["weight"] == "crime"
        return None
    if syntax.child(head, "cop") is not None and (row := entry(syntax, head, "doer", "marked")):
        return frozenset({head}), row["weight"] == "crime"
    return None


def _phrase(syntax: Syntax, noun: int) -> Tokens:
    """A noun phrase without the clauses and phrases that hang on it."""
    more = syntax.children(noun, "acl", "appos", "conj", "nmod", "obl", "punct", "cc")
    left_out = frozenset().union(*(syntax.subtree(i) for i in more if i > noun))
    return syntax.subtree(noun) - left_out


def _does_harm(syntax: Syntax, head: int, row: Row) -> bool:
    """Whether a verb of wrongdoing has an object with which it is some: "stole the money", not "stole the show"."""
    if row["unless"] == "-":
        return True
    things = syntax.children(head, "obj", "nsubj:pass")
    return bool(things) and not any(
        syntax.lemma(t) in row["unless"].split() or syntax.token(t).upos == "PRON" for t in things
    )


def _doer(syntax: Syntax, head: int, region: Tokens) -> tuple[int | None, bool]:
    """The head of who did it, and whether a relative clause says so."""
    if syntax.child(head, "aux:pass", "nsubj:pass") is not None:
        agents = [c for c in syntax.children(head, "obl") if syntax.markers(c, "by")]
        return (agents[0], False) if agents else (None, False)
    if syntax.token(head).deprel == "acl:relcl":
        subject, antecedent = syntax.child(head, "nsubj"), syntax.head(head)
        if subject is not None and antecedent is not None and syntax.word(subject) in {"who", "which", "that"}:
            return antecedent, True
        return None, False
    at: int | None = head
    while at is not None and at in region:
        subject = syntax.child(at, "nsubj")
        if subject is not None:
            return (None, False) if syntax.has_relation(subject, "nsubj:pass") and at != head else (subject, False)
        at = syntax.head(at) if syntax.has_relation(at, "conj") else None
    return None, False


def _asserted(syntax: Syntax, head: int, region: Tokens) -> bool:
    """Whether the clause is stated as a fact of the region: on its own feet, neither negated nor supposed."""
    if is_negated(syntax, head):
        return False
    if any(syntax.word(a) in _UNREAL for a in syntax.children(head, "aux")):
        return False
    if syntax.markers(head) and any(syntax.word(m) in _CONDITIONS for m in syntax.children(head, "mark")):
        above = syntax.head(head)
        if above is not None and above in region:
            return False
        if syntax.markers(head, "if", "unless", "whether", "to"):
            return False
    above = syntax.head(head)
    if above is None or above not in region:
        return True
    if syntax.token(head).deprel == "acl:relcl":
        return True
    return syntax.token(head).deprel.partition(":")[0] in _STANDING and _asserted(syntax, above, region)
