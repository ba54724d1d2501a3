"""Corpora to training examples: Universal Dependencies, named entities, PolNeAR.

An ``Example`` is one window of words with whatever layers its corpus annotates; the losses in
``attribution.train.losses`` use the layers that are there.  Nothing of the corpora's text is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from attribution.errors import GoldError
from attribution.evaluate import polnear
from attribution.parse import conllu
from attribution.parse.network import Inventory
from attribution.parse.pieces import Pieces, Window
from attribution.parse.tokenize import tokenize
from attribution.records import Span, Token

LONGEST_WINDOW = 224
"""Word pieces in one training window; paragraphs longer than this are cut between sentences."""

NER_TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")


@dataclass(frozen=True, slots=True)
class Syntax:
    """Gold tags and trees of a window.  ``heads`` are positions in the window, its own for a root."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    deprel: tuple[str, ...]
    sentence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """Gold attributions of a window: role tags, and for each cue its words.

    ``tags`` holds, for source, cue and content in that order, "O", "B" or "I" for each word; ``cues`` the
    position of each cue's first word with the positions of its source and content words.
    """

    tags: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    cues: tuple[tuple[int, frozenset[int], frozenset[int]], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One window and its gold layers."""

    window: Window
    syntax: Syntax | None = None
    ner: tuple[str, ...] | None = None
    links: Links | None = None


# ------------------------------------------------------------------------------ Universal Dependencies


def universal_dependencies(
    files: Iterable[Path], pieces: Pieces, *, entities: dict[str, Sequence[str]] | None = None
) -> list[Example]:
    """Windows of whole paragraphs from CoNLL-U files.

    Args:
        entities: gold entity tags by sentence id, for files that carry none in MISC.
    """
    paragraphs = (paragraph for file in files for paragraph in _paragraphs(file))
    return [_syntax_example(group, pieces, entities) for paragraph in paragraphs for group in _fit(paragraph, pieces)]


@dataclass(frozen=True, slots=True)
class _Sentence:
    id: str
    tokens: tuple[Token, ...]
    ner: tuple[str, ...] | None


def _paragraphs(file: Path) -> Iterator[list[_Sentence]]:
    """The sentences of each paragraph of a CoNLL-U file, with entities from GUM's MISC column if any."""
    lines = file.read_text(encoding="utf-8")
    identifiers = re.findall(r"^# sent_id = (.+)$", lines, flags=re.M)
    entity_columns = _entity_columns(lines)
    at = 0
    for document in conllu.parse_documents(lines, where=str(file)):
        starts = {block.span.start for block in document.article.blocks}
        paragraph: list[_Sentence] = []
        for sentence in document.parse.sentences:
            if sentence.span.start in starts and paragraph:
                yield paragraph
                paragraph = []
            tokens = document.parse.tokens[sentence.first : sentence.last]
            columns = entity_columns[at]
            ner = _names_of_entities(tokens, columns) if any(columns) else None
            paragraph.append(_Sentence(identifiers[at], tokens, ner))
            at += 1
        if paragraph:
            yield paragraph


def _entity_columns(text: str) -> list[list[str]]:
    """GUM's ``Entity=`` value of every word, "" where there is none, sentence by sentence."""
    sentences: list[list[str]] = []
    current: list[str] = []
    for line in text.splitlines():
        if line[:1].isdigit():
            columns = line.split("\t")
            if columns[0].isdigit():
                match = re.search(r"(?:^|\|)Entity=([^|]*)", columns[9])
                current.append(match.group(1) if match else "")
        elif not line.strip() and current:
            sentences.append(current)
            current = []
    if current:
        sentences.append(current)
    return sentences


_GUM_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}
_MENTION = re.compile(r"\((?P<open>[^()]+)(?P<single>\))?|(?P<close>[^()]+)\)")


def _names_of_entities(tokens: Sequence[Token], columns: Sequence[str]) -> tuple[str, ...]:
    """BIO tags for the proper names among GUM's entity mentions.

    GUM marks whole noun phrases; a name is the run of proper nouns around the head of a mention whose
    head is a proper noun, without titles ("President Bush": Bush).
    """
    tags = ["O"] * len(tokens)
    mentions: list[tuple[int, int, str]] = []
    open_mentions: list[tuple[str, str, int]] = []
    for i, column in enumerate(columns):
        for match in _MENTION.finditer(column):
            if match["open"]:
                number, kind = match["open"].split("-")[:2]
                if match["single"]:
                    mentions.append((i, i + 1, kind))
                else:
                    open_mentions.append((number, kind, i))
            else:
                number = match["close"].split("-")[0]
                for k in range(len(open_mentions) - 1, -1, -1):
                    if open_mentions[k][0] == number:
                        _, kind, start = open_mentions.pop(k)
                        mentions.append((start, i + 1, kind))
                        break
    base = tokens[0].index if tokens else 0
    for start, end, kind in sorted(mentions, key=lambda m: m[1] - m[0], reverse=True):
        tag = _GUM_TYPES.get(kind)
        heads = [i for i in range(start, end) if not start <= tokens[i].head - base < end or tokens[i].head - base == i]
        if tag is None or not heads or tokens[heads[0]].upos != "PROPN":
            continue
        first = last = heads[0]
        while first > start and _part_of_name(tokens[first - 1]):
            first -= 1
        while last + 1 < end and (
            _part_of_name(tokens[last + 1])
            or (
                tokens[last + 1].text in {"of", "for", "and", "&", "-"}
                and last + 2 < end
                and _part_of_name(tokens[last + 2])
            )
        ):
            last += 1
        tags[first : last + 1] = [f"B-{tag}"] + [f"I-{tag}"] * (last - first)
    return tuple(tags)


def _part_of_name(token: Token) -> bool:
    return token.xpos in {"NNP", "NNPS"} and token.deprel != "nmod:desc"


def _fit(paragraph: list[_Sentence], pieces: Pieces) -> Iterator[list[_Sentence]]:
    """Cut a paragraph into runs of sentences that fit a window (one over-long sentence is cut short)."""
    group: list[_Sentence] = []
    size = 2
    for sentence in paragraph:
        length = sum(len(pieces.of_word(t.text)) for t in sentence.tokens)
        if group and size + length > LONGEST_WINDOW:
            yield group
            group, size = [], 2
        if length <= 2 * LONGEST_WINDOW:
            group.append(sentence)
            size += length
    if group:
        yield group


def _syntax_example(group: list[_Sentence], pieces: Pieces, entities: dict[str, Sequence[str]] | None) -> Example:
    tokens = [t for s in group for t in s.tokens]
    heads: list[int] = []
    sentence: list[int] = []
    for number, s in enumerate(group):
        shift = len(heads) - s.tokens[0].index
        heads.extend(t.head + shift for t in s.tokens)
        sentence.extend([number] * len(s.tokens))
    ner: list[str] | None = []
    for s in group:
        tags = entities.get(s.id) if entities is not None else s.ner
        # Universal NER divides a few sentences into other words than the treebank; those teach nothing.
        if tags is None or ner is None or len(tags) != len(s.tokens):
            ner = None
        else:
            ner.extend(tags)
    syntax = Syntax(
        upos=tuple(t.upos for t in tokens),
        xpos=tuple(t.xpos for t in tokens),
        feats=tuple(t.feats for t in tokens),
        heads=tuple(heads),
        deprel=tuple(t.deprel for t in tokens),
        sentence=tuple(sentence),
    )
    return Example(pieces.window([t.text for t in tokens]), syntax=syntax, ner=tuple(ner) if ner else None)


def inventory(examples: Iterable[Example]) -> Inventory:
    """What the tag heads choose from: all values seen, features seen at least twice."""
    upos: Counter[str] = Counter()
    xpos: Counter[str] = Counter()
    feats: Counter[str] = Counter()
    deprel: Counter[str] = Counter()
    for example in examples:
        if example.syntax is not None:
            upos.update(example.syntax.upos)
            xpos.update(example.syntax.xpos)
            feats.update(example.syntax.feats)
            deprel.update(example.syntax.deprel)
    return Inventory(
        upos=tuple(sorted(upos)),
        xpos=tuple(sorted(xpos)),
        feats=tuple(sorted(f for f, n in feats.items() if n > 1)),
        deprel=tuple(sorted(deprel)),
        ner=NER_TAGS,
    )


# ----------------------------------------------------------------------------------------- entities

_ENTITY_TYPES = {
    "PER": "PER", "person": "PER", "Person": "PER",
    "ORG": "ORG", "Organisation": "ORG", "corporation": "ORG", "group": "ORG",
    "LOC": "LOC", "location": "LOC", "Location": "LOC",
}  # fmt: skip
"""The tag sets of the corpora, as person, organisation, place; all else is O."""


def universal_ner(file: Path) -> dict[str, tuple[str, ...]]:
    """Tags by sentence id from a Universal NER ``.iob2`` file."""
    tags: dict[str, tuple[str, ...]] = {}
    for block in file.read_text(encoding="utf-8").split("\n\n"):
        identifier = re.search(r"^# sent_id = (.+)$", block, flags=re.M)
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        if rows:
            if identifier is None:
                raise GoldError("a sentence has no sent_id", where=str(file))
            tags[identifier.group(1)] = tuple(row[2] if row[2] in NER_TAGS else "O" for row in rows)
    return tags


def conll_entities(folder: Path, pieces: Pieces) -> list[Example]:
    """Windows of one sentence from files with a word first and its tag last on each line."""
    examples = []
    for file in sorted(p for p in folder.rglob("*") if p.is_file() and p.name.lower() not in {"readme.md", "license"}):
        for block in re.split(r"\n\s*\n", file.read_text(encoding="utf-8", errors="replace")):
            rows = [line.split() for line in block.splitlines() if line.strip() and not line.startswith("-DOCSTART-")]
            rows = [row for row in rows if len(row) > 1]
            if not rows:
                continue
            window = pieces.window([row[0] for row in rows])
            if len(window) <= LONGEST_WINDOW:
                examples.append(Example(window, ner=_bio(row[-1] for row in rows)))
    return examples


def _bio(raw: Iterable[str]) -> tuple[str, ...]:
    """Tags of any corpus as BIO over person, organisation, place (IOB1's leading I becomes B)."""
    tags: list[str] = []
    for value in raw:
        kind = _ENTITY_TYPES.get(value[2:])
        if kind is None:
            tags.append("O")
        elif value[0] == "I" and tags and tags[-1][2:] == kind:
            tags.append(f"I-{kind}")
        else:
            tags.append(f"B-{kind}")
    return tuple(tags)


# ------------------------------------------------------------------------------------------ PolNeAR


def attributions(corpus: Path, split: str, pieces: Pieces, *, held_out: int | None = None) -> list[Example]:
    """Windows of whole paragraphs from PolNeAR; attributions that cross paragraphs keep the part inside.

    Args:
        held_out: leave out this fold of the articles (``polnear.divide``).
    """
    articles = polnear.read_corpus(corpus, split)
    if held_out is not None:
        articles, _ = polnear.divide(articles, held_out)
    examples = []
    for article in articles:
        for match in re.finditer(r"[^\n]+", article.text):
            words = tokenize(article.text, Span(*match.span()))
            start = 0
            while start < len(words):
                end, size = start, 2
                while end < len(words) and size + len(pieces.of_word(words[end].text)) <= LONGEST_WINDOW:
                    size += len(pieces.of_word(words[end].text))
                    end += 1
                if end < len(words):
                    end = _after_last_stop([w.text for w in words], start, end)
                part = words[start:end]
                links = _links([w.span for w in part], article.attributions)
                examples.append(Example(pieces.window([w.text for w in part]), links=links))
                start = end
    return examples


def _after_last_stop(words: Sequence[str], start: int, end: int) -> int:
    """Where to cut an over-long paragraph: after the last full stop in its second half, else at the limit."""
    for i in range(end - 1, start + (end - start) // 2, -1):
        if words[i] in {".", "?", "!", "”", '"'}:
            return i + 1
    return end


def _links(words: Sequence[Span], gold: Sequence[polnear.GoldAttribution]) -> Links:
    tags = [["O"] * len(words) for _ in range(3)]
    cues = []
    for attribution in gold:
        inside = []
        for role, spans in enumerate((attribution.source, attribution.cue, attribution.content)):
            positions = [i for i, w in enumerate(words) if any(w.start < e and b < w.end for b, e in spans)]
            inside.append(positions)
            for k, i in enumerate(positions):
                continues = k > 0 and positions[k - 1] == i - 1
                tags[role][i] = "I" if continues else "B"
        if inside[1]:
            cues.append((inside[1][0], frozenset(inside[0]), frozenset(inside[2])))
    return Links((tuple(tags[0]), tuple(tags[1]), tuple(tags[2])), tuple(sorted(cues, key=lambda c: c[0])))
