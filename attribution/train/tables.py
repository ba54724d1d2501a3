"""The model's tables of words, learned from UD treebanks: ``python -m attribution.train.tables UD_DIR OUT_DIR``.

Reads every ``*-train.conllu`` in UD_DIR and writes what ``attribution.parse.tokenize`` and
``attribution.parse.lemmatize`` read.  The output depends on the input alone.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from attribution.parse.conllu import Document, read

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


def main(ud_dir: str, out_dir: str) -> None:
    """Write the tables."""
    paths = sorted(Path(ud_dir).glob("*-train.conllu"))
    documents = [document for path in paths for document in read(path)]
    multiword = [parts for path in paths for parts in multiword_tokens(path)]
    out = Path(out_dir)
    out.mkdir(parents=True, exist_ok=True)
    rows = "".join(f"{kind}\t{form}\n" for kind, form in tokenizer_entries(documents, multiword))
    (out / "tokenizer.tsv").write_text(TOKENIZER_HEADER + rows, encoding="utf-8")


TOKENIZER_HEADER = """\
# What the tokenizer cannot know by rule.  Columns: kind, form.  Made by attribution.train.tables from the
# training parts of UD English EWT (CC BY-SA 4.0) and UD English GUM (CC BY 4.0 and CC BY-SA 4.0 documents),
# with closed lists of our own.
"""


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m attribution.train.tables UD_DIR OUT_DIR")
    main(sys.argv[1], sys.argv[2])
