"""The model's tables of words, learned from UD treebanks: ``python -m attribution.train.tables UD_DIR OUT_DIR``.

Reads every ``*-train.conllu`` in UD_DIR and writes what ``attribution.parse.tokenize`` and
``attribution.parse.lemmatize`` read.  The output depends on the input alone.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from attribution.parse.conllu import Document, read
from attribution.parse.lemmatize import LONGEST_SUFFIX, Rules, in_lemma_case, inflect_back

# What English has and 320,000 words of training text may happen not to show.

TITLES = (
    "Mr Mrs Ms Messrs Mx Dr Drs Prof Profs Rev Revd Hon Fr St Ste Sen Sens Rep Reps Gov Govs Lt Col Gen Gens Maj Capt "
    "Cmdr Cpl Sgt Brig Adm Pte Pvt Insp Det Supt Const Atty Amb Pres Mme Mlle Msgr Mt Ft"
).split()
ABBREVIATIONS = (
    "Jr Sr Esq Bros Inc Ltd Corp Co Cie Bhd Pty "
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mich Minn Neb Nev Okla Ore Pa Penn Tenn Tex Va Vt "
    "Wis Wyo Ont Que Alta Sask Jan Feb Aug Sept Oct Nov Dec "
    "Ave Blvd Rd Dept Univ Assn Assoc Inst Intl Natl Gov't Dep't vs v viz cf al approx ca esp eg ie seq "
    "Art Ch Fig Figs Sec Vol Vols vol vols pp Nos nos"
).split()
ABBREVIATION_KINDS = ("title", "abbreviation", "end-abbreviation")
END_ABBREVIATIONS = "etc Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun".split()

# The prefixes and suffixes that stay on with a hyphen in the treebanks of the Penn family.
PREFIXES = (
    "agro ante anti arch bi bio co counter cross cyber e eco ex extra inter intra macro mega micro mid mini multi neo "
    "non over pan para peri post pre pro pseudo quasi re semi socio sub super supra trans tri ultra un under uni vice"
).split()
SUFFIXES = "esque ette fest gate itis less rama wise".split()
UNITS = (
    "am pm bn mn tn mm cm km kg mg ml ft lb lbs oz mph kph kmh km/h ghz mhz khz hz gb mb tb kb kw mw gw kwh mwh gwh "
    "ha hh bps rpm"
).split()

CLITICS = frozenset("s m d re ve ll nt not na ta no".split())
CONTRACTIONS = "can not;gon na;got ta;wan na;lem me;gim me;du n no;sort a;out ta;a lot;c'm on;i 'm a;got cha;you re;they re;i m;i ve"


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
    """The rows of ``tokenizer.tsv``: (kind, form), sorted."""
    kept: Counter[str] = Counter()  # "Mr." as one word
    parted: Counter[str] = Counter()  # "end" + "."
    hyphen_joined: Counter[str] = Counter()
    hyphen_parted: Counter[str] = Counter()
    whole_joined: Counter[str] = Counter()
    unit_parted: Counter[str] = Counter()
    unit_joined: Counter[str] = Counter()
    singles: Counter[str] = Counter()
    for chunk, words in surface_tokens(documents):
        if "@" in chunk or "//" in chunk or "www." in chunk:
            continue
        for word in words:
            singles[word.lower()] += 1
            if re.fullmatch(r"[^\W\d_]+\.", word):
                kept[word] += 1
            match = re.fullmatch(r"([^\W\d_]+)([-/])([^\W\d_]+)", word)
            if match:
                if match[2] == "-" and (match[1][0].islower() or match[1].lower() in PREFIXES):
                    hyphen_joined[match[1].lower()] += 1
                whole_joined[word] += 1
            match = re.fullmatch(r"\d[\d.,]*([^\W\d_]+)", word)
            if match:
                unit_joined[match[1].lower()] += 1
        for left, right in zip(words, words[1:], strict=False):
            if right == "." and left[-1].isalpha():
                parted[left + "."] += 1
            elif right == "-" and left.isalpha():
                hyphen_parted[left.lower()] += 1
            elif left[-1].isdigit() and right.isalpha():
                unit_parted[right.lower()] += 1
    cut = Counter(multiword)

    rows: set[tuple[str, str]] = set()
    rows.update(("title", f"{form}.") for form in TITLES)
    rows.update(("abbreviation", f"{form}.") for form in ABBREVIATIONS)
    rows.update(("end-abbreviation", f"{form}.") for form in END_ABBREVIATIONS)
    for form, count in kept.items():
        single_capital = len(form) == 2 and form.isupper()
        if count < 2 or single_capital or form == "No." or any((kind, form) in rows for kind in ABBREVIATION_KINDS):
            continue
        rows.add(("abbreviation" if count > 4 * parted[form] else "end-abbreviation", form))
    rows.update(("prefix", form) for form in PREFIXES if hyphen_joined[form] >= hyphen_parted[form])
    rows.update(
        ("prefix", form) for form, count in hyphen_joined.items() if count >= 3 and count > 2 * hyphen_parted[form]
    )
    rows.update(("suffix", form) for form in SUFFIXES)
    rows.update(("unit", form) for form in UNITS)
    rows.update(("unit", form) for form, count in unit_parted.items() if count >= 2 and count > unit_joined[form])
    rows.update(("contraction", form) for form in CONTRACTIONS.split(";"))
    for parts, count in cut.items():
        form = "".join(parts)
        if not re.search(r"['’`\-]", form):
            known = parts[-1] in CLITICS and singles[parts[0]] >= 50 and form != "lets"
            if known and count >= 2 and count > singles[form]:
                rows.add(("contraction", " ".join(parts)))
        elif parts[-1] == "n't" and not singles[form.replace("'", "")]:
            rows.add(("contraction", " ".join(parts).replace("'", "")))
    rows.update(
        ("whole", form.lower())
        for form, count in whole_joined.items()
        if count >= 2 and ("prefix", form.lower().partition("-")[0]) not in rows
    )
    return sorted(rows)


def multiword_tokens(path: Path) -> Iterator[tuple[str, ...]]:
    """The multi-word tokens of a CoNLL-U file in lower case, each as its words."""
    parts: list[str] = []
    until = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        number, _, rest = line.partition("\t")
        first, dash, last = number.partition("-")
        if dash and last.isdigit():
            parts, until = [], int(last)
        elif until and number.isdigit():
            parts.append(rest.partition("\t")[0].lower())
            if int(number) == until:
                yield tuple(parts)
                until = 0


def lemma_rules(types: Mapping[str, Iterable[tuple[str, str]]]) -> Rules:
    """Suffix rules that undo inflection.

    Args:
        types: for each treebank tag, the distinct (form in its lemma's case, lemma).

    A longer suffix gets a rule of its own where that puts right at least two words more than it spoils.
    """
    rules: Rules = {}
    for xpos, pairs in types.items():
        edits = [(form, edit) for form, lemma in pairs if (edit := _edit(form, lemma))]
        for length in range(LONGEST_SUFFIX + 1):
            groups: dict[str, list[tuple[str, tuple[int, str]]]] = {}
            for form, edit in edits:
                if len(form) > length:
                    groups.setdefault(form[len(form) - length :].lower(), []).append((form, edit))
            for suffix, group in sorted(groups.items()):
                best, right = max(Counter(edit for _, edit in group).items(), key=lambda item: (item[1], item[0]))
                already = sum(_rule_for(rules, xpos, suffix[1:]) == edit for _, edit in group)
                if length == 0 or right - already >= 2:
                    rules[xpos, suffix] = best
    return rules


def _edit(form: str, lemma: str) -> tuple[int, str] | None:
    """How to make the lemma of a form: characters to cut and to add; None where they share no beginning."""
    shared = 0
    while shared < min(len(form), len(lemma)) and form[shared] == lemma[shared]:
        shared += 1
    return (len(form) - shared, lemma[shared:]) if shared else None


def _rule_for(rules: Rules, xpos: str, suffix: str) -> tuple[int, str] | None:
    return next((rules[xpos, suffix[i:]] for i in range(len(suffix) + 1) if (xpos, suffix[i:]) in rules), None)


def lemma_tables(documents: Iterable[Document]) -> tuple[Rules, dict[tuple[str, str], str]]:
    """Suffix rules, and the lemmas of the words that they get wrong, by (xpos, form)."""
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for document in documents:
        for token in document.parse.tokens:
            if token.xpos not in UNRULY and "Typo=Yes" not in token.feats:
                counts.setdefault((token.upos, token.xpos, token.text), Counter())[token.lemma] += 1
    types: dict[str, set[tuple[str, str]]] = {}
    for (upos, xpos, form), lemmas in counts.items():
        cased = in_lemma_case(form, upos, xpos)
        lemma = lemmas.most_common(1)[0][0]
        if cased[0].islower() == lemma[0].islower():
            types.setdefault(xpos, set()).add((cased, lemma))
    rules = lemma_rules({xpos: sorted(pairs) for xpos, pairs in sorted(types.items())})

    wrong: dict[tuple[str, str], Counter[str]] = {}  # by form in lower case
    for (upos, xpos, form), lemmas in counts.items():
        if inflect_back(rules, in_lemma_case(form, upos, xpos), xpos) != lemmas.most_common(1)[0][0]:
            wrong.setdefault((xpos, form), Counter()).update(lemmas)
    exceptions = {key: lemmas.most_common(1)[0][0] for key, lemmas in wrong.items()}
    # A capitalised form needs no entry where the entry for its lower case says the same.
    return rules, {
        (xpos, form): lemma
        for (xpos, form), lemma in sorted(exceptions.items())
        if form == form.lower() or exceptions.get((xpos, form.lower())) != lemma
    }


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


TOKENIZER_HEADER = """\
# What the tokenizer cannot know by rule.  Columns: kind, form.  Made by attribution.train.tables from the
# training parts of UD English EWT (CC BY-SA 4.0) and UD English GUM (CC BY 4.0 and CC BY-SA 4.0 documents),
# with closed lists of our own.
"""
RULES_HEADER = """\
# How to undo inflection.  Columns: treebank tag, suffix in lower case, characters to cut, characters to add;
# the longest suffix decides.  Made by attribution.train.tables from the training parts of UD English EWT
# (CC BY-SA 4.0) and UD English GUM (CC BY 4.0 and CC BY-SA 4.0 documents).
"""
LEMMAS_HEADER = """\
# Words whose lemma the suffix rules get wrong.  Columns: treebank tag, form, lemma.  Made by
# attribution.train.tables from the training parts of UD English EWT (CC BY-SA 4.0) and UD English GUM
# (CC BY 4.0 and CC BY-SA 4.0 documents).
"""


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m attribution.train.tables UD_DIR OUT_DIR")
    main(sys.argv[1], sys.argv[2])
