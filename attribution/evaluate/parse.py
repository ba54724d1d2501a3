"""How well a parser tags, parses, names and divides text, on Universal Dependencies treebanks.

Measures, by the layer they look at:

* ``gold.*``: share of words with the right tag, features, lemma, head, or head and relation, the
  treebank's own words and sentences given;
* ``ner.*``: F1 over whole names of persons, organisations and places (exact span and type), likewise on given
  words, where Universal NER annotates the treebank;
* ``raw.*``: the same from raw text, and tokens, words and sentences as such: F1 over aligned words, as in
  the CoNLL 2018 shared task (see ``align``).

"las" ignores subtypes of relations, as the shared task does; "las_subtypes" does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from attribution.errors import GoldError
from attribution.evaluate.align import align, tokens_of, word_measures
from attribution.evaluate.score import Count, total
from attribution.parse import conllu
from attribution.parse.protocol import WordParser
from attribution.parse.tokenize import Word
from attribution.records import Parse, Span

TREEBANKS = ("en_ewt", "en_gum")
SPLITS = ("dev", "test")
ENTITY_TYPES = ("PER", "ORG", "LOC")


@dataclass(frozen=True, slots=True)
class Treebank:
    """One file of a treebank.

    Attributes:
        names: for each document, the gold entity tags of its words; None where the treebank has none.
    """

    name: str
    documents: tuple[conllu.Document, ...]
    names: tuple[tuple[str, ...], ...] | None


# --------------------------------------------------------------------------------------------- reading


def read_treebanks(data: str | Path, splits: Sequence[str] = SPLITS, limit: int | None = None) -> list[Treebank]:
    """The English treebanks in ``data/ud``, with the entities in ``data/ner`` where there are any.

    Args:
        limit: only the first so many documents of each file.

    Raises:
        GoldError: there is no such file, or the entities do not fit the treebank's words.
    """
    treebanks = []
    for split in splits:
        for name in TREEBANKS:
            path = Path(data) / "ud" / f"{name}-ud-{split}.conllu"
            if not path.is_file():
                raise GoldError(
                    "no such treebank",
                    where=str(path),
                    remedy="give the folder that holds ud/en_ewt-ud-dev.conllu and so on",
                )
            documents = tuple(conllu.read(path))
            entity_file = Path(data) / "ner" / f"{name}-ud-{split}.iob2"
            names = _entities(path, documents, entity_file) if entity_file.is_file() else None
            treebanks.append(Treebank(f"{name}-ud-{split}", documents[:limit], names and names[:limit]))
    return treebanks


def _entities(
    treebank_file: Path, documents: Sequence[conllu.Document], entity_file: Path
) -> tuple[tuple[str, ...], ...]:
    """Universal NER's tags for the words of each document; its other types are read as no entity."""
    rows: dict[str, list[tuple[str, str]]] = {}
    current: list[tuple[str, str]] = []
    for line in entity_file.read_text(encoding="utf-8").splitlines():
        if match := _SENTENCE_ID.match(line):
            current = rows.setdefault(match.group(1), [])
        elif line[:1].isdigit():
            _, form, tag = line.split("\t")[:3]
            current.append((form, tag if tag[2:] in ENTITY_TYPES else "O"))
    identifiers = iter(_SENTENCE_ID.findall(treebank_file.read_text(encoding="utf-8")))
    by_document = []
    for document in documents:
        tags: list[str] = []
        for sentence, identifier in zip(document.parse.sentences, identifiers, strict=False):
            forms = [token.text for token in document.parse.tokens[sentence.first : sentence.last]]
            found = _fit(rows.get(identifier, []), forms)
            if found is None:
                raise GoldError(
                    f"the words of sentence {identifier} are not those of the treebank", where=str(entity_file)
                )
            tags.extend(found)
        by_document.append(tuple(tags))
    return tuple(by_document)


def _fit(rows: Sequence[tuple[str, str]], forms: Sequence[str]) -> list[str] | None:
    """The tags for a treebank's words; Universal NER divides a few words as an older EWT did.

    A word gets the tag of the annotated word that its first character stands in.
    """
    if len(rows) == len(forms):
        return [tag for _, tag in rows]
    if "".join(form for form, _ in rows) != "".join(forms):
        return None
    by_character = [tag if i == 0 else tag.replace("B-", "I-") for form, tag in rows for i in range(len(form))]
    starts = accumulate((len(form) for form in forms), initial=0)
    return [by_character[start] for start, _ in zip(starts, forms, strict=False)]


_SENTENCE_ID = re.compile(r"^# sent_id = (.+)$", flags=re.MULTILINE)


# ------------------------------------------------------------------------------------------- measuring


def measure(
    parser: WordParser, treebank: Treebank, *, done: Callable[[str], None] = lambda _: None
) -> dict[str, Count]:
    """All measures of one treebank, summed over its documents.

    Args:
        done: called with the name of each document when it has been measured.
    """
    per_document = []
    for position, document in enumerate(treebank.documents):
        given = parser.annotate(document.article, given_words(document.parse))
        identity = [(i, i) for i in range(len(document.parse.tokens))]
        counts = {f"gold.{name}": count for name, count in word_measures(document.parse, given, identity).items()}
        if treebank.names is not None:
            counts.update(entity_measures(treebank.names[position], [token.ner for token in given.tokens]))
        found = parser.parse(document.article)
        counts.update({f"raw.{name}": count for name, count in raw_measures(document.parse, found).items()})
        per_document.append(counts)
        done(document.name)
    return total(per_document)


def given_words(parse: Parse) -> list[list[Word]]:
    """The words of a parse by sentence, as a parser takes them."""
    spans = tokens_of(parse)
    return [
        [Word(token.span, token.text, spans[token.index]) for token in parse.tokens[sentence.first : sentence.last]]
        for sentence in parse.sentences
    ]


def raw_measures(gold: Parse, found: Parse) -> dict[str, Count]:
    """Division into sentences, tokens and words, then the layers over the aligned words."""
    pairs = align(gold, found)
    return {
        "sentences": _same_spans([s.span for s in gold.sentences], [s.span for s in found.sentences]),
        "tokens": _same_spans(_surface(gold), _surface(found)),
        "words": Count(len(pairs), len(found.tokens), len(pairs), len(gold.tokens)),
        **word_measures(gold, found, pairs),
    }


def _surface(parse: Parse) -> list[Span]:
    spans = tokens_of(parse)
    return [spans[token.index] for token in parse.tokens if not token.joined]


def _same_spans(gold: Sequence[Span], found: Sequence[Span]) -> Count:
    right = len(set(gold) & set(found))
    return Count(right, len(found), right, len(gold))


def entity_measures(gold: Sequence[str], found: Sequence[str]) -> dict[str, Count]:
    """Whole names of each type and of all, from BIO tags of the same words."""
    wanted, said = _spans_of(gold), _spans_of(found)
    by_type: Mapping[str, tuple[str, ...]] = {**{kind: (kind,) for kind in ENTITY_TYPES}, "all": ENTITY_TYPES}
    measures = {}
    for name, kinds in by_type.items():
        g = {span for span in wanted if span[0] in kinds}
        f = {span for span in said if span[0] in kinds}
        measures[f"ner.{name}"] = Count(len(g & f), len(f), len(g & f), len(g))
    return measures


def _spans_of(tags: Sequence[str]) -> set[tuple[str, int, int]]:
    """(type, first word, word after the last); an I that continues no name of its type begins one."""
    spans = set()
    start, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        if kind and tag != f"I-{kind}":
            spans.add((kind, start, i))
            kind = ""
        if tag != "O" and not kind:
            start, kind = i, tag[2:]
    return spans
