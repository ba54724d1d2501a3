"""The model's tables of words, learned from UD treebanks: ``python -m attribution.train.tables UD_DIR OUT_DIR``.

Reads every ``*-train.conllu`` in UD_DIR and writes what ``attribution.parse.tokenize`` and
``attribution.parse.lemmatize`` read.  The output depends on the input alone.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise, takewhile
from pathlib import Path

from attribution.parse.conllu import Document, read
from attribution.parse.lemmatize import LONGEST_SUFFIX, Rules, base_form, in_lemma_case, lemma_tag, regular_stem

CLITICS = frozenset({"s", "m", "d", "re", "ve", "ll", "nt", "not", "na", "ta", "no"})
"""Second words of contractions that are written without an apostrophe."""

UNRULY = frozenset({"GW", "AFX"})
"""Tags of word parts that another word's lemma makes up for."""


def surface_tokens(documents: Iterable[Document]) -> Iterator[tuple[str, list[str]]]:
    """White-space delimited chunks of the documents' text, each with the words the treebank sees in it."""
    for document in documents:
        text, tokens, at = document.article.text, document.parse.tokens, 0
        for chunk in re.finditer(r"\S+", text):
            words = []
            while at < len(tokens) and tokens[at].span.start < chunk.end():
                words.append(text[slice(*tokens[at].span)])
                at += 1
            yield chunk.group(), words


def tokenizer_entries(documents: Iterable[Document], multiword: Iterable[tuple[str, ...]]) -> list[tuple[str, str]]:
    """The rows of the tokenizer's table, (kind, form): our own, and what the treebanks add.

    Args:
        multiword: the multi-word tokens of the treebanks in lower case, each as its words.
    """
    rows = {(kind, form) for kind, form in _own("tokenizer.tsv") if kind != "prefix"}
    own_prefixes = {form for kind, form in _own("tokenizer.tsv") if kind == "prefix"}
    words: Counter[str] = Counter()
    abbreviated: Counter[str] = Counter()  # "Mr." as one word
    ended: Counter[str] = Counter()  # "end" + "."
    hyphenated: Counter[str] = Counter()  # first parts of "anti-war" as one word
    parted: Counter[str] = Counter()  # of "well" + "-"
    whole: Counter[str] = Counter()
    with_unit: Counter[str] = Counter()  # second part of "4chan" as one word
    unit: Counter[str] = Counter()  # of "5" + "km"
    for chunk, parts in surface_tokens(documents):
        if "@" in chunk or "//" in chunk or "www." in chunk:
            continue
        for word in parts:
            words[word.lower()] += 1
            if re.fullmatch(r"[^\W\d_]{2,}\.", word) or re.fullmatch(r"[a-z]\.", word):
                abbreviated[word] += 1
            if compound := re.fullmatch(r"([^\W\d_]+)([-/])[^\W\d_]+", word):
                whole[word.lower()] += 1
                prefix = compound[1].lower()
                if compound[2] == "-" and (compound[1].islower() or prefix in own_prefixes):
                    hyphenated[prefix] += 1
            if figure := re.fullmatch(r"\d[\d.,]*([^\W\d_]+)", word):
                with_unit[figure[1].lower()] += 1
        for left, right in pairwise(parts):
            if right == "." and left[-1].isalpha():
                ended[left + "."] += 1
            elif right == "-" and left.isalpha():
                parted[left.lower()] += 1
            elif left[-1].isdigit() and right.isalpha():
                unit[right.lower()] += 1

    for form, count in abbreviated.items():
        listed = any((kind, form) in rows for kind in ("title", "abbreviation", "end-abbreviation"))
        # "No." is also a whole sentence; the tokenizer looks for a figure after it.
        if count >= 2 and not listed and form != "No.":
            rows.add(("abbreviation" if count > 4 * ended[form] else "end-abbreviation", form))
    rows.update(("prefix", form) for form in own_prefixes if hyphenated[form] >= parted[form])
    rows.update(("prefix", form) for form, n in hyphenated.items() if n >= 3 and n > 2 * parted[form])
    rows.update(
        ("whole", form) for form, n in whole.items() if n >= 2 and ("prefix", form.partition("-")[0]) not in rows
    )
    rows.update(("unit", form) for form, n in unit.items() if n >= 2 and n > with_unit[form])
    for together, count in Counter(multiword).items():
        form = "".join(together)
        # Without an apostrophe, only what is nearly always meant so: "dont", not "its" or "lets".
        if (
            together[-1] in CLITICS
            and words[together[0]] >= 50
            and count >= 2
            and count > words[form]
            and form != "lets"
        ):
            rows.add(("contraction", " ".join(together)))
        elif together[-1] == "n't" and not words[form.replace("'", "")]:
            rows.add(("contraction", " ".join(together).replace("'", "")))
    return sorted(rows)


def multiword_tokens(path: Path) -> Iterator[tuple[str, ...]]:
    """The multi-word tokens of a CoNLL-U file in lower case, each as its words."""
    parts: list[str] = []
    until = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        number, _, rest = line.partition("\t")
        _, dash, last = number.partition("-")
        if dash and last.isdigit():
            parts, until = [], int(last)
        elif until and number.isdigit():
            parts.append(rest.partition("\t")[0].lower())
            if int(number) == until:
                yield tuple(parts)
                until = 0


def lemma_tables(documents: Iterable[Document]) -> tuple[Rules, dict[tuple[str, str], str]]:
    """Suffix rules, and the lemmas of the words that they get wrong, by (tag, form).

    Where treebanks or occurrences differ, the more frequent lemma wins; our own ``irregular.tsv`` wins over
    both.  An entry for a capitalised form says only how its lemma is capitalised.
    """
    lemmas: dict[tuple[str, str], Counter[str]] = {}  # by tag and form as printed
    cased: dict[tuple[str, str], str] = {}
    misspelt: set[tuple[str, str]] = set()
    for document in documents:
        for token in document.parse.tokens:
            if token.xpos not in UNRULY:
                key = lemma_tag(token.upos, token.xpos), token.text.replace("’", "'")
                lemmas.setdefault(key, Counter())[token.lemma.replace("’", "'")] += 1
                cased.setdefault(key, in_lemma_case(key[1], token.upos, token.xpos))
                if "Typo=Yes" in token.feats:
                    misspelt.add(key)
    folded: dict[tuple[str, str], Counter[str]] = {}
    for (tag, form), counts in lemmas.items():
        for lemma, count in counts.items():
            folded.setdefault((tag, form.lower()), Counter())[lemma.lower()] += count
    agreed = {key: _most_frequent(counts) for key, counts in folded.items()}

    types: dict[str, set[tuple[str, str]]] = {}
    for (tag, form), counts in lemmas.items():
        lemma = _most_frequent(counts)
        if (tag, form) not in misspelt and lemma.lower() == agreed[tag, form.lower()]:
            as_cased = cased[tag, form]
            types.setdefault(tag, set()).add((as_cased, lemma if as_cased == form else lemma.lower()))
    rules = lemma_rules({tag: sorted(pairs) for tag, pairs in sorted(types.items())})

    for tag, form, lemma in _own("irregular.tsv"):
        misspelt.discard((tag, form))
        lemmas[tag, form], cased[tag, form], agreed[tag, form] = Counter([lemma]), form, lemma
    exceptions: dict[tuple[str, str], str] = {}
    for (tag, form), counts in sorted(lemmas.items(), key=lambda item: (item[0][1] != item[0][1].lower(), item[0])):
        lemma, total = _most_frequent(counts), sum(counts.values())
        rare = total < 2 and (form != form.lower() or (tag, form) in misspelt)
        if rare or lemma.lower() != agreed[tag, form.lower()]:
            continue
        predicted = exceptions.get((tag, form.lower())) or base_form(rules, cased[tag, form], tag)
        if predicted != lemma:
            exceptions[tag, form] = lemma
    return rules, exceptions


def lemma_rules(types: Mapping[str, Iterable[tuple[str, str]]]) -> Rules:
    """Suffix rules that undo inflection.

    Args:
        types: for each tag, the distinct (form in its lemma's case, lemma).

    A longer suffix gets a rule of its own where that puts right at least two words more than it spoils.
    """
    edits: dict[str, list[tuple[str, tuple[int, str]]]] = {}
    for tag, pairs in types.items():
        for form, lemma in pairs:
            group, stem = regular_stem(form, tag)
            edit = _edit(stem, lemma)
            if group != "irregular" and edit:
                edits.setdefault(group, []).append((stem, edit))
    rules: dict[tuple[str, str], tuple[int, str]] = {}
    for group, members in sorted(edits.items()):
        for length in range(LONGEST_SUFFIX + 1):
            by_suffix: dict[str, list[tuple[int, str]]] = {}
            for stem, edit in members:
                if len(stem) > length:
                    by_suffix.setdefault(stem[len(stem) - length :].lower(), []).append(edit)
            for suffix, found in sorted(by_suffix.items()):
                best, right = max(Counter(found).items(), key=lambda item: (item[1], item[0]))
                shorter = (suffix[i:] for i in range(1, len(suffix) + 1))
                inherited = next((rules[group, s] for s in shorter if (group, s) in rules), None)
                if inherited is None or right - found.count(inherited) >= 2:
                    rules[group, suffix] = best
    return rules


def _edit(form: str, lemma: str) -> tuple[int, str] | None:
    """How to make the lemma of a form: characters to cut and to add; None where they share no beginning."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(form, lemma, strict=False)))
    return (len(form) - shared, lemma[shared:]) if shared else None


def _most_frequent(counts: Counter[str]) -> str:
    return min(counts, key=lambda lemma: (-counts[lemma], lemma))


def _own(name: str) -> Iterator[list[str]]:
    """The rows of a table of ours, beside this module."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines if not line.startswith("#"))


def main(ud_dir: str, out_dir: str) -> None:
    """Write the tables."""
    paths = sorted(Path(ud_dir).glob("*-train.conllu"))
    documents = [document for path in paths for document in read(path)]
    multiword = [parts for path in paths for parts in multiword_tokens(path)]
    out = Path(out_dir)
    out.mkdir(parents=True, exist_ok=True)
    rows = "".join(f"{kind}\t{form}\n" for kind, form in tokenizer_entries(documents, multiword))
    rules, lemmas = lemma_tables(documents)
    (out / "lemma-rules.tsv").write_text(
        RULES_HEADER + "".join(f"{x}\t{s}\t{cut}\t{add}\n" for (x, s), (cut, add) in sorted(rules.items())),
        encoding="utf-8",
    )
    (out / "lemmas.tsv").write_text(
        LEMMAS_HEADER + "".join(f"{x}\t{form}\t{lemma}\n" for (x, form), lemma in lemmas.items()), encoding="utf-8"
    )
    (out / "tokenizer.tsv").write_text(TOKENIZER_HEADER + rows, encoding="utf-8")


SOURCES = """\
# Made by attribution.train.tables from the training parts of UD English EWT (CC BY-SA 4.0) and UD English GUM
# (documents under CC BY 4.0 and CC BY-SA 4.0), and from lists of our own.
"""
TOKENIZER_HEADER = f"# What the tokenizer cannot know by rule.  Columns: kind, form.\n{SOURCES}"
RULES_HEADER = f"""\
# How to undo inflection.  Columns: class of words (see attribution.parse.lemmatize), suffix in lower case,
# characters to cut, characters to add; the longest suffix decides.
{SOURCES}"""
LEMMAS_HEADER = f"""\
# Words whose lemma the suffix rules get wrong.  Columns: tag (see attribution.parse.lemmatize), form, lemma.
{SOURCES}"""


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m attribution.train.tables UD_DIR OUT_DIR")
    main(sys.argv[1], sys.argv[2])
