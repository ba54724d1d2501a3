"""Lemmas by table, then by suffix rules, as UD English EWT and GUM write them.

A lemma is in lower case unless the word is a proper noun, the pronoun I, or a word that English writes with
a capital ("American").  Contractions have the lemma of the full word (n't: not; 'll: will), pronouns that
of their nominative (them: they).  Both tables are learned from the treebanks by
``attribution.train.tables``; ``lemmas.tsv`` holds the words that the rules of ``lemma-rules.tsv`` get wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

Rules = Mapping[tuple[str, str], tuple[int, str]]
"""(class of words, suffix in lower case) to (characters cut off the end, what is put there instead)."""

LONGEST_SUFFIX = 6
"""Characters of the longest suffix a rule looks at."""

_KEEPS_CASE_UPOS = frozenset({"PROPN", "X", "SYM", "PUNCT"})
_KEEPS_CASE_XPOS = frozenset({"NNP", "NNPS", "ADD", "FW"})
_DEMONYM = re.compile(r"[A-Z][a-z]+(?:ian|ean|ese)")  # "Malian", "Korean", "Burmese", but sentences start so too

_WITH_SEPARATORS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_STEM_ENDINGS = {"VBD": "ed", "VBG": "ing"}
_S_TAGS = frozenset({"VBZ", "NNS", "NNPS"})
_ONE_SHORT_SYLLABLE = re.compile(r"(?:[^aeiouy]|qu)*[aeiouy][^aeiouywx]", re.IGNORECASE)
_DOUBLE_VOWEL = re.compile(r"(?<!q)[aeou][aeiou][^aeiou]$", re.IGNORECASE)


class Lemmatizer:
    """Words to lemmas.  The tables are read once; lemmatizers may be used from several threads."""

    def __init__(self) -> None:
        self._lemmas, self._rules = _tables()

    def lemma(self, form: str, upos: str, xpos: str, feats: str = "") -> str:
        """The lemma of one word.

        Args:
            form: the word as printed.
            upos: its universal part of speech ("VERB"), which decides on capitals.
            xpos: its Penn Treebank tag ("VBD"), which decides on the rest.
            feats: its UD features: a foreign word ("Foreign=Yes") is its own lemma.
        """
        tag = lemma_tag(upos, xpos)
        form = form.replace("’", "'")
        known = self._lemmas.get((tag, form)) or self._lemmas.get((tag, form.lower()))
        if known is not None:
            return known
        if "Foreign=Yes" in feats:
            return form
        return base_form(self._rules, in_lemma_case(form, upos, xpos), tag)


def lemma_tag(upos: str, xpos: str) -> str:
    """The part of speech that lemma tables go by.

    It is the treebank tag, but past tense and past participle are one, and words in names ("United",
    "Breaking") go by their universal part of speech.
    """
    if xpos == "NNP":
        return upos
    return "VBD" if xpos == "VBN" else xpos


def in_lemma_case(form: str, upos: str, xpos: str) -> str:
    """A form written as its lemma is: lower case but for names and single letters, 1,000 as 1000."""
    single = len(form) == 1 and upos in ("NOUN", "PRON", "ADJ", "NUM")
    demonym = xpos in ("JJ", "NNS") and _DEMONYM.fullmatch(form)
    if upos in _KEEPS_CASE_UPOS or xpos in _KEEPS_CASE_XPOS or single or demonym:
        return form
    if xpos == "CD" and _WITH_SEPARATORS.fullmatch(form):
        return form.replace(",", "")
    return form.lower()


def regular_stem(form: str, tag: str) -> tuple[str, str]:
    """What suffix rules look at: (their class, the form without a regular ending).

    -ed and -ing leave the same stem, which may have lost an e or doubled its last consonant.  Which it did
    depends on its vowels, so stems of one short syllable ("fad-ed": fade), stems with a double vowel before
    their last consonant ("shout-ed": shout) and others each have rules of their own.
    """
    ending = _STEM_ENDINGS.get(tag)
    if ending is None:
        return ("s" if tag in _S_TAGS else tag), form
    if not form.lower().endswith(ending) or len(form) < len(ending) + 2:
        return "irregular", form
    stem = form[: -len(ending)]
    if _ONE_SHORT_SYLLABLE.fullmatch(stem):
        return "verb-short", stem
    return ("verb-long" if _DOUBLE_VOWEL.search(stem) else "verb"), stem


def base_form(rules: Rules, form: str, tag: str) -> str:
    """Undo inflection by the rule for the longest suffix that has one; no rule, no change."""
    group, stem = regular_stem(form, tag)
    for length in range(min(LONGEST_SUFFIX, len(stem) - 1), -1, -1):
        rule = rules.get((group, stem[len(stem) - length :].lower()))
        if rule is not None and rule[0] < len(stem):
            cut, add = rule
            return stem[: len(stem) - cut] + add
    return form


@cache
def _tables() -> tuple[Mapping[tuple[str, str], str], Rules]:
    lemmas = {(tag, form): lemma for tag, form, lemma in _rows("lemmas.tsv")}
    rules = {(tag, suffix): (int(cut), add) for tag, suffix, cut, add in _rows("lemma-rules.tsv")}
    return lemmas, rules


def _rows(name: str) -> list[list[str]]:
    table = resources.files("attribution.models").joinpath("newsroom", "tables", name)
    return [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("# ")]
