"""Attribution cases as data: TOML with inline markup, and hand-checked parses to run them on without a model.

Markup: ``{s:…}`` source, ``{c:…}`` cue, ``{x:…}`` content; ``{s2:…}`` belongs to the second attribution; stretches of
one role and number make one discontinuous span; markup may nest.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from attribution.parse.conllu import Document, parse_documents
from attribution.records import Article, Block, BlockKind, Parse, Span, Spans

FIXTURES = Path(__file__).parent.parent / "fixtures"
FILES = (
    "direct", "indirect", "mixed", "according_to", "passive", "participles", "nouns", "described_as", "adverbs",
    "told", "headline", "multi_paragraph", "nested", "denials", "styles", "negative", "known_failures",
)  # fmt: skip
_MARK = re.compile(r"\{([scx])(\d*):|\}")
_ROLE = {"s": "source", "c": "cue", "x": "content"}


@dataclass(frozen=True, slots=True)
class Expected:
    """One attribution a case asks for."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Case:
    """A text with its attributions and what else the case says about them."""

    file: str
    id: str
    text: str
    expected: Mapping[str, Expected]
    fields: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.file}-{self.id}"

    @property
    def key(self) -> str:
        """The name of its parse."""
        return f"{self.file}/{self.id}"

    def about(self, field: str, number: str) -> Any:
        """What the case says of one attribution's field: one value for all, or one for each number."""
        value = self.fields.get(field)
        return value.get(number) if isinstance(value, dict) else value


def read_markup(marked: str) -> tuple[str, dict[str, dict[str, list[Span]]]]:
    """The text without its markup, and the spans by number and role."""
    text, at = "", 0
    roles: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    open_marks: list[tuple[str, str, int]] = []
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match.group() == "}":
            role, number, start = open_marks.pop()
            roles[number][role].append(Span(start, len(text)))
        else:
            open_marks.append((_ROLE[match.group(1)], match.group(2) or "1", len(text)))
    assert not open_marks, f"markup left open in {marked!r}"
    return text + marked[at:], roles


def _case(file: str, row: dict[str, Any]) -> Case:
    text, roles = read_markup(row["text"].strip("\n"))
    for name, words in row.get("spread", {}).items():
        # Words that belong to two attributions are marked in one and named for the other.
        role, number = _ROLE[name[0]], name[1:]
        roles[number][role].append(Span(text.index(words), text.index(words) + len(words)))
    expected = {
        number: Expected(**{role: tuple(sorted(parts.get(role, []))) for role in ("source", "cue", "content")})
        for number, parts in roles.items()
    }
    return Case(file, row["id"], text, expected, row)


@cache
def cases(file: str) -> tuple[Case, ...]:
    """Every case of ``fixtures/cases/<file>.toml``."""
    rows = tomllib.loads((FIXTURES / "cases" / f"{file}.toml").read_text(encoding="utf-8"))["case"]
    return tuple(_case(file, row) for row in rows)


@cache
def parses(file: str) -> Mapping[str, Document]:
    """The frozen parse of every case of a file, by its name."""
    path = FIXTURES / "parses" / f"{file}.conllu"
    documents = parse_documents(path.read_text(encoding="utf-8"), where=path.name)
    return {document.name: document for document in documents}


def parsed(case: Case) -> tuple[Article, Parse]:
    """The case's article with its hand-checked parse."""
    document = parses(case.file)[case.key]
    assert document.article.text == case.text, f"the parse of {case} is of another text"
    article = document.article
    if case.fields.get("headline"):
        first = replace(article.blocks[0], kind=BlockKind.HEADLINE)
        article = replace(article, blocks=(first, *article.blocks[1:]))
    return article, document.parse


def article_of(case: Case) -> Article:
    """The case's text with one block for each paragraph, for a parser."""
    blocks = [
        Block(BlockKind.HEADLINE if case.fields.get("headline") else BlockKind.PARAGRAPH, Span(m.start(), m.end()))
        for m in re.finditer(r"\S(?:.|\n(?!\n))*", case.text)
    ]
    return Article(text=case.text, blocks=tuple(blocks))
