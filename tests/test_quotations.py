"""Pairing of quotation marks: nesting, apostrophes, paragraphs, marks that were never closed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.extract import find_quotations
from attribution.records import Article, Block, BlockKind, Quotation, QuotationKind, Span


def _article(text: str) -> Article:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(BlockKind.PARAGRAPH, Span(at, at + len(line))))
        at += len(line) + 1
    return Article(text=text, blocks=tuple(blocks))


def _quoted(text: str) -> list[str]:
    return [text[q.span.start : q.span.end] for q in find_quotations(_article(text))]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We had no warning,” she said.", ["“We had no warning,”"]),
        ('"We had no warning," she said.', ['"We had no warning,"']),
        ("''We had no warning,'' she said.", ["''We had no warning,''"]),
        ("``We had no warning,'' she said.", ["``We had no warning,''"]),
        ("«We had no warning,» she said.", ["«We had no warning,»"]),
        ("‘We had no warning,’ she said.", ["‘We had no warning,’"]),
        ("'We had no warning,' she said.", ["'We had no warning,'"]),
        ("‘It’s the soldiers’ homes that burned,’ he said.", ["‘It’s the soldiers’ homes that burned,’"]),
        ("'It's the soldiers' homes that burned,' he said.", ["'It's the soldiers' homes that burned,'"]),
        ("“He told me ‘run’,” she said.", ["“He told me ‘run’,”", "‘run’"]),
        ("”We had no warning,” she said.", ["”We had no warning,”"]),
        ("He wrote “yes” and then “no”.", ["“yes”", "“no”"]),
        ("(“We had no warning.”)", ["“We had no warning.”"]),
        ("She said—“no warning at all”—and left.", ["“no warning at all”"]),
    ],
)
def test_marks_are_paired(text: str, quoted: list[str]) -> None:
    assert _quoted(text) == quoted


@pytest.mark.parametrize(
    "text",
    [
        "The soldiers' homes burned.",
        "The soldiers’ homes burned in the '90s.",
        "Rock 'n' roll isn't dead; don't tell 'em.",
        'A 6\' 2" man and a 6" pipe.',
        "O'Neill's and Okonta’s houses.",
        "No marks at all.",
    ],
)
def test_apostrophes_and_inches_quote_nothing(text: str) -> None:
    assert _quoted(text) == []


def test_a_quotation_of_several_paragraphs_is_one_chain() -> None:
    text = "“One. Two.\n“Three.\n“Four,” she said."
    found = find_quotations(_article(text))
    assert [(q.closed, q.continues) for q in found] == [(False, None), (False, 0), (True, 1)]


def test_a_closed_quotation_is_not_continued() -> None:
    found = find_quotations(_article("“One.”\n“Two.”"))
    assert [q.continues for q in found] == [None, None]


def test_a_stray_mark_costs_its_paragraph_only() -> None:
    text = "He said “nothing more was heard.\nThe rain went on. “We left,” she said."
    assert _quoted(text) == ["“nothing more was heard.", "“We left,”"]


def test_a_missing_closing_mark_ends_where_the_same_mark_opens_again() -> None:
    text = "“One, he said. “Two,” she said."
    assert _quoted(text) == ["“One, he said.", "“Two,”"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Fighters guarded the so-called “peace council”.", QuotationKind.SCARE),
        ("The “peace council” met.", QuotationKind.SCARE),
        ("“We had no warning,” she said.", QuotationKind.SPEECH),
        ("She sold the novel “The Long Night” last week.", QuotationKind.TITLE),
        ("A show called “Portraits and Prints from Northern Cities” opened.", QuotationKind.TITLE),
        ("The minister described it as “terrorism” again.", QuotationKind.SPEECH),
    ],
)
def test_kinds(text: str, kind: QuotationKind) -> None:
    assert [q.kind for q in find_quotations(_article(text))] == [kind]


def test_depth_counts_what_encloses() -> None:
    found = find_quotations(_article("“He told me ‘run’ twice,” she said."))
    assert [q.depth for q in found] == [0, 1]


_TEXT = st.text(alphabet="ab sS'’‘“”\"«».,!?\n(–", max_size=80)


def _nested_or_apart(first: Quotation, second: Quotation) -> bool:
    (a, b), (c, d) = first.span, second.span
    return b <= c or d <= a or (a <= c and d <= b) or (c <= a and b <= d)


@given(_TEXT)
def test_never_raises_and_spans_are_nested_within_the_text(text: str) -> None:
    found = find_quotations(_article(text))
    assert list(found) == sorted(found, key=lambda q: (q.span.start, q.span.end))
    for number, quotation in enumerate(found):
        (start, end), inner = quotation.span, quotation.inner
        assert 0 <= start <= inner.start < inner.end <= end <= len(text)
        assert quotation.continues is None or quotation.continues < number
        assert all(_nested_or_apart(quotation, other) for other in found)
