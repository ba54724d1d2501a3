"""Words and sentences by rule: cases in fixtures/cases/tokenize.toml, and what holds for any text."""

from __future__ import annotations

import time
import tomllib
from typing import Any

import pytest
from conftest import FIXTURES
from hypothesis import given
from hypothesis import strategies as st

from attribution.parse.tokenize import Word, may_end_sentence, split_by_rule, tokenize
from attribution.records import Span

CASES = tomllib.loads((FIXTURES / "cases" / "tokenize.toml").read_text(encoding="utf-8"))

ANY_TEXT = st.text(max_size=80)
NEWS_LIKE = st.lists(
    st.sampled_from(
        ["don't", "U.S.", "Mr.", "'", "’", "‘", "”", "“", '"', "workers'", "3.5", "1,000", "5", "km", "-", "re", "co",
         "https://a.b", "(", ")", ".", "...", "?", ",", "he", "The", "@", "#", "/", "'s", "n't", "İ", "\n", " ", "$"]
    ),
    max_size=25,
).map("".join)  # fmt: skip
TEXTS = ANY_TEXT | NEWS_LIKE


def words(text: str) -> list[Word]:
    return tokenize(text, Span(0, len(text)))


def as_written(found: list[Word]) -> str:
    """Words in the notation of the cases."""
    written = ""
    for i, word in enumerate(found):
        glue = "" if i == 0 else "|" if word.token == found[i - 1].token else " "
        written += glue + word.text
    return written


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["name"])
def test_words(case: dict[str, Any]) -> None:
    assert as_written(words(case["text"])) == case["words"]


@pytest.mark.parametrize("case", CASES["sentences"], ids=lambda case: case["name"])
def test_sentences_by_rule(case: dict[str, Any]) -> None:
    text = case["text"]
    found = words(text)
    sentences = [text[found[r[0]].span.start : found[r[-1]].span.end] for r in split_by_rule(text, found)]
    assert sentences == case["sentences"]


@pytest.mark.parametrize("case", CASES["sentences"], ids=lambda case: case["name"])
def test_a_sentence_may_end_where_it_does(case: dict[str, Any]) -> None:
    text = case["text"]
    found = words(text)
    allowed = {word.span.end for i, word in enumerate(found) if may_end_sentence(found, i)}
    at = 0
    for sentence in case["sentences"]:
        at = text.index(sentence, at) + len(sentence)
        assert at in allowed


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Mr. Smith left.", "Mr."),  # a title
        ("He did n't. They didn't.", "did"),  # inside a contraction
        ("He left (he said).", "("),
        ("He said, Anna left.", ","),
        ("He said “no”, twice.", "no"),  # its closing mark comes next
        ("He said nothing more.", "nothing"),
    ],
)
def test_a_sentence_may_not_end_there(text: str, last: str) -> None:
    found = words(text)
    # The last place where the word stands, so that "did" is that of "didn't".
    i = max(i for i, word in enumerate(found) if word.text == last)
    assert not may_end_sentence(found, i)


def test_spans_are_of_the_whole_text() -> None:
    text = "A headline\n\nThey didn't go."
    found = tokenize(text, Span(12, len(text)))
    assert [text[slice(*word.span)] for word in found] == ["They", "did", "n't", "go", "."]
    assert found[1].token == found[2].token == Span(17, 23)
    assert [word.in_multiword_token for word in found] == [False, True, True, False, False]


def test_nothing_outside_the_span_matters() -> None:
    text = "U.S. Mr"
    assert [word.text for word in tokenize(text + ". Smith", Span(0, len(text)))] == ["U.S.", "Mr"]


def test_no_words_in_an_empty_span() -> None:
    assert tokenize("text", Span(2, 2)) == []
    assert words(" \n\t\u00a0 ") == []
    assert split_by_rule("", []) == []


@given(TEXTS)
def test_words_cover_the_text_in_order(text: str) -> None:
    found = words(text)
    at = 0
    for word in found:
        assert word.span.start >= at
        assert word.span.end > word.span.start
        assert word.text == text[slice(*word.span)]
        assert word.token.start <= word.span.start
        assert word.span.end <= word.token.end
        assert not set(text[at : word.span.start]) - WHITE
        assert not any(character.isspace() for character in word.text)
        at = word.span.end
    assert not set(text[at:]) - WHITE


WHITE = {chr(i) for i in range(0x3001) if chr(i).isspace()} | {"\u200b", "\ufeff", "\u2060"}


@given(TEXTS, st.integers(0, 80), st.integers(0, 80))
def test_a_span_is_read_as_if_it_were_all(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    part = words(text[start:end])
    assert [(w.span.start - start, w.text) for w in tokenize(text, Span(start, end))] == [
        (w.span.start, w.text) for w in part
    ]


@given(TEXTS)
def test_sentences_take_every_word_once(text: str) -> None:
    found = words(text)
    sentences = split_by_rule(text, found)
    assert [i for sentence in sentences for i in sentence] == list(range(len(found)))
    assert all(sentence for sentence in sentences)
    if found:
        assert may_end_sentence(found, len(found) - 1)


@given(TEXTS)
def test_every_word_of_a_token_lies_in_one_sentence(text: str) -> None:
    found = words(text)
    for sentence in split_by_rule(text, found)[1:]:
        assert found[sentence[0]].token != found[sentence[0] - 1].token


@pytest.mark.parametrize(
    "unit", ["a-", "a.", "'s", "111,", "+1-", "a@b", "a_", "1/", "1.", "('", "www.a)", "x", "0", "\u0301", "😀\u200d"]
)
def test_time_grows_with_the_length_alone(unit: str) -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        words(text)
        return time.process_time() - start

    text = unit * (8_000 // len(unit))
    seconds(text)
    once = min(seconds(text) for _ in range(3))
    # Eight times the text; a quadratic rule would take 64 times as long, a busy machine somewhat more than eight.
    assert min(seconds(text * 8) for _ in range(3)) < 45 * once + 0.1
