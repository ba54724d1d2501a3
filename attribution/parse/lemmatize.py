"""Lemmas by table, then by suffix rules, as UD English EWT and GUM write them.

A lemma is in lower case unless the word is a proper noun, the pronoun I, or a word that English writes with
a capital ("American").  Contractions have the lemma of the full word (n't: not; 'll: will); pronouns that
of their nominative (them: they).  Both tables are learned from the treebanks by
``attribution.train.tables``: ``lemmas.tsv`` holds the words that the rules get wrong.
"""

from __future__ import annotations

from importlib import resources

LONGEST_SUFFIX = 6
"""Characters of the longest suffix a rule looks at."""

Rules = dict[tuple[str, str], tuple[int, str]]
"""(xpos, suffix in lower case) to (characters cut off the end, what is put there instead)."""

_KEEPS_CASE_UPOS = frozenset({"PROPN", "X", "SYM", "PUNCT"})
_KEEPS_CASE_XPOS = frozenset({"NNP", "NNPS", "ADD", "FW"})


class Lemmatizer:
    """Words to lemmas.  Making one reads the tables (some 20 ms); it may be used from several threads."""

    def __init__(self) -> None:
        self._lemmas = {(xpos, form): lemma for xpos, form, lemma in _rows("lemmas.tsv")}
        self._rules = {
            (xpos, suffix): (int(cut), add) for xpos, suffix, cut, add in _rows("lemma-rules.tsv")
        }

    def lemma(self, form: str, upos: str, xpos: str, feats: str = "") -> str:
        """The lemma of one word.

        Args:
            form: the word as printed.
            upos: its universal part of speech ("VERB").
            xpos: its Penn Treebank tag ("VBD"), which decides; ``upos`` decides on capitals.
            feats: its UD features; foreign words are their own lemma.
        """
        known = self._lemmas.get((xpos, form)) or self._lemmas.get((xpos, form.lower()))
        if known is not None:
            return known
        if "Foreign=Yes" in feats:
            return form
        return inflect_back(self._rules, in_lemma_case(form, upos, xpos), xpos)


def in_lemma_case(form: str, upos: str, xpos: str) -> str:
    """A form in the case its lemma is written in: as it is for names and single letters, else lower."""
    if upos in _KEEPS_CASE_UPOS or xpos in _KEEPS_CASE_XPOS or (len(form) == 1 and upos in ("NOUN", "PRON", "ADJ")):
        return form
    return form.lower()


def inflect_back(rules: Rules, form: str, xpos: str) -> str:
    """Apply the rule for the longest suffix that has one; the form itself where none has."""
    for length in range(min(LONGEST_SUFFIX, len(form) - 1), -1, -1):
        rule = rules.get((xpos, form[len(form) - length :].lower()))
        if rule is not None:
            cut, add = rule
            if cut < len(form):
                return form[: len(form) - cut] + add
    return form






def _rows(name: str) -> list[list[str]]:
    table = resources.files("attribution.models").joinpath("newsroom", "tables", name)
    return [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("# ")]
