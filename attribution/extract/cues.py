"""Cues: which words of an article can attribute, by the lexicon and by what stands around them.

A cue's ``frames`` say in which constructions it is one (``attribution/lexicon/README.md`` explains each); the
patterns look for those constructions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from attribution.errors import LexiconError
from attribution.extract.syntax import Syntax, Tokens
from attribution.lexicon import read_table
from attribution.records import Kind

FRAMES = frozenset(
    {
        "clause", "quote", "to", "ing", "object", "quote-object", "as", "call", "told", "to-person", "to-passive",
        "figure", "inserted", "issues", "shows", "to-having", "to-ing", "to-prep", "accuse", "support", "of-about",
        "about", "of", "for", "on", "against", "with", "over", "at", "in",
    }
)  # fmt: skip
PREPOSITIONS = ("about", "of", "for", "on", "against", "with", "over", "at", "in")
LOADED = frozenset({"neutral", "doubt", "concede", "endorse", "mind", "rebut"})
_POS = {"VERB": "VERB", "AUX": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJ"}


@dataclass(frozen=True, slots=True)
class CueEntry:
    """One line of ``cues.tsv``."""

    lemma: str
    pos: str
    kind: Kind
    frames: frozenset[str]
    loaded: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of the text that the lexicon knows as a cue.

    Attributes:
        head: its token.
        tokens: with the auxiliaries, negation, particle and adverbs that stand next to it.
        negative: "did not say", or a verb that denies; "did not deny" is neither.
    """

    head: int
    tokens: Tokens
    entry: CueEntry
    negative: bool

    def allows(self, *frames: str) -> bool:
        return any(frame in self.entry.frames for frame in frames)


@cache
def cue_lexicon() -> Mapping[tuple[str, str], CueEntry]:
    """``cues.tsv`` by (lemma, part of speech)."""
    rows = read_table(
        "cues.tsv",
        ("lemma", "pos", "kind", "frames", "loaded", "note"),
        key=("lemma", "pos"),
        allowed={"pos": {"VERB", "NOUN", "ADJ"}, "kind": {k.value for k in Kind}, "loaded": LOADED},
    )
    for row in rows:
        unknown = set(row["frames"].split()) - FRAMES
        if unknown:
            raise LexiconError(f"{row['lemma']}: unknown frames {', '.join(sorted(unknown))}", where="cues.tsv")
    return {
        (row["lemma"], row["pos"]): CueEntry(
            row["lemma"], row["pos"], Kind(row["kind"]), frozenset(row["frames"].split()), row["loaded"]
        )
        for row in rows
    }


@cache
def cue_blocks() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """``cue_blocks.tsv``: phrases that look like cues and are none, as word sequences by their cue word."""
    blocks: dict[str, list[tuple[str, ...]]] = {}
    for row in read_table("cue_blocks.tsv", ("phrase", "cue", "note"), key=("phrase", "cue")):
        blocks.setdefault(row["cue"], []).append(tuple(row["phrase"].split()))
    return {cue: tuple(phrases) for cue, phrases in blocks.items()}


def find_cues(syntax: Syntax) -> tuple[Cue, ...]:
    """Every cue of the article, in text order."""
    lexicon = cue_lexicon()
    found = []
    for token in syntax.tokens:
        pos = _POS.get(token.upos)
        if pos is None:
            continue
        entry = _entry(syntax, token.index, pos, lexicon)
        if entry is not None and not is_blocked(syntax, token.index):
            found.append(
                Cue(
                    token.index,
                    cue_tokens(syntax, token.index),
                    entry,
                    is_negative(syntax, token.index, entry),
                )
            )
    return tuple(found)


def _entry(syntax: Syntax, index: int, pos: str, lexicon: Mapping[tuple[str, str], CueEntry]) -> CueEntry | None:
    lemma = syntax.lemma(index)
    if pos == "VERB":
        following = syntax.word(index + 1) if index + 1 < len(syntax.tokens) else ""
        for particle in [*(syntax.word(p) for p in syntax.children(index, "compound")), following]:
            if (lemma + " " + particle, pos) in lexicon:
                return lexicon[lemma + " " + particle, pos]
        if syntax.has_relation(index, "amod", "compound"):  # "the alleged plot" is a hedge
            return None
    return lexicon.get((lemma, pos))


def cue_tokens(syntax: Syntax, head: int) -> Tokens:
    """The cue with what belongs to its verb group: "did not immediately say", "points out", "went on to say"."""
    gathered = {head, *syntax.children(head, "aux", "cop", "compound:prt"), *syntax.markers(head, "to")}
    adverbs = set(syntax.children(head, "advmod"))
    gathered.update(a for a in adverbs if _is_negation(syntax, a))
    governor = syntax.head(head)
    if governor is not None and syntax.has_relation(head, "xcomp") and syntax.markers(head, "to"):
        gathered.update(cue_tokens(syntax, governor))
    at = min(gathered) - 1
    while at in adverbs:
        gathered.add(at)
        at -= 1
    between = range(min(gathered), max(gathered) + 1)
    gathered.update(i for i in between if i in adverbs)
    return frozenset(i for i in gathered if abs(i - head) <= 6)


def _is_negation(syntax: Syntax, index: int) -> bool:
    return syntax.lemma(index) in ("not", "never", "n't", "no", "nor", "neither") or syntax.word(index) in (
        "n't",
        "not",
    )


def is_negative(syntax: Syntax, head: int, entry: CueEntry | None) -> bool:
    """Whether the source denies the content or does not say it; who "does not dispute" a thing does not deny it."""
    return is_negated(syntax, head) != (entry is not None and entry.loaded == "rebut")


def is_negated(syntax: Syntax, head: int) -> bool:
    """ "did not say", "never said", "refused to say", "without saying", "no one said"."""
    if any(_is_negation(syntax, a) for a in syntax.children(head, "advmod", "det", "cc")):
        return True
    if any(syntax.lemma(m) == "without" for m in syntax.children(head, "mark", "case")):
        return True
    if syntax.has_relation(head, "xcomp"):
        governor = syntax.head(head)
        if governor is not None and (
            syntax.lemma(governor) in ("refuse", "decline", "fail", "neglect") or is_negated(syntax, governor)
        ):
            return True
    subject = syntax.child(head, "nsubj")
    if subject is None:
        return False
    words = {syntax.lemma(subject), *(syntax.lemma(d) for d in syntax.children(subject, "det"))}
    return bool(words & {"nobody", "none", "no", "neither"}) or syntax.word(subject) in ("nobody", "none")


def is_blocked(syntax: Syntax, index: int) -> bool:
    """Whether the words around spell one of the phrases that look like cues and are none."""
    keys = {syntax.lemma(index), syntax.word(index)}
    for phrase in (p for key in keys for p in cue_blocks().get(key, ())):
        for at, word in enumerate(phrase):
            if word not in (syntax.word(index), syntax.lemma(index)):
                continue
            start = index - at
            if start < 0 or start + len(phrase) > len(syntax.tokens):
                continue
            window = range(start, start + len(phrase))
            if all(p in ("*", syntax.word(i), syntax.lemma(i)) for p, i in zip(phrase, window, strict=True)):
                return True
    return False
