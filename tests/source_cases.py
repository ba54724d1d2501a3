"""Source cases as data: TOML with inline markup, and hand-checked parses to run them on without a model.

Markup: ``{s1:…}`` is one mention of source 1 as the source of an attribution; ``{c1:…}`` and ``{x1:…}`` are the cue
and content of attribution 1, without a number of the first.  Attributions are made from mentions in text order, then
from cues or contents that have no mention.  A table ``s1`` in a case says what is expected of source 1.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from attribution.records import Article, Attribution, Block, BlockKind, Parse, Quote, Span, Spans
from extract_cases import parses

FIXTURES = Path(__file__).parent.parent / "fixtures"
FILES = ("levels", "types", "resolution", "grants")
_MARK = re.compile(r"\{([scx])(\d*):|\}")


@dataclass(frozen=True, slots=True)
class SourceCase:
    """A text, its attributions, and which source each mention is of."""

    file: str
    id: str
    text: str
    mentions: tuple[tuple[str, Span], ...]
    attributions: tuple[Attribution, ...]
    fields: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.file}-{self.id}"

    @property
    def key(self) -> str:
        """The name of its parse."""
        return f"{self.file}/{self.id}"

    @property
    def article(self) -> Article:
        """The text with one block for each paragraph."""
        blocks = [
            Block(BlockKind.PARAGRAPH, Span(m.start(), m.end())) for m in re.finditer(r"\S(?:.|\n(?!\n))*", self.text)
        ]
        return Article(text=self.text, blocks=tuple(blocks))


def _case(file: str, row: dict[str, Any]) -> SourceCase:
    marked = row["text"].strip("\n")
    text, at = "", 0
    marks: list[tuple[str, str, Span]] = []
    pending: list[tuple[str, str, int]] = []
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match.group() == "}":
            role, number, start = pending.pop()
            marks.append((role, number, Span(start, len(text))))
        else:
            pending.append((match.group(1), match.group(2) or "1", len(text)))
    text += marked[at:]
    assert not pending, f"markup left open in {marked!r}"
    mentions = tuple(sorted(((f"s{n}", span) for role, n, span in marks if role == "s"), key=lambda m: m[1]))
    cues, contents = ({n: (span,) for role, n, span in marks if role == wanted} for wanted in "cx")
    made = [
        _attribution(i, text, (span,), cues.get(n[1:], ()), contents.get(n[1:], ()))
        for i, (n, span) in enumerate(mentions, 1)
    ]
    spoken = {n[1:] for n, _ in mentions}
    for number in sorted({*cues, *contents} - spoken):
        made.append(_attribution(len(made) + 1, text, (), cues.get(number, ()), contents.get(number, ())))
    return SourceCase(file, row["id"], text, mentions, tuple(made), row)


def _attribution(number: int, text: str, source: Spans, cue: Spans, content: Spans) -> Attribution:
    quoted = any(text[b:e].strip().startswith(('"', "“")) for b, e in content)
    return Attribution(f"a{number}", source, cue, content, Quote.DIRECT if quoted else Quote.INDIRECT)


@cache
def source_cases(file: str) -> tuple[SourceCase, ...]:
    """Every case of ``fixtures/cases/<file>.toml``."""
    rows = tomllib.loads((FIXTURES / "cases" / f"{file}.toml").read_text(encoding="utf-8"))["case"]
    return tuple(_case(file, row) for row in rows)


def parse_of(case: SourceCase) -> Parse:
    """The case's hand-checked parse."""
    document = parses(case.file)[case.key]
    assert document.article.text == case.text, f"the parse of {case} is of another text"
    return document.parse
