"""Patterns, pairing and the combining policy on cases as data (``fixtures/cases``, parses in ``fixtures/parses``)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution.extract import PATTERNS, extract, find_hedges
from attribution.records import Article, Attribution, Block, BlockKind, Parse, Sentence, Span, Spans, Token
from attribution.text import words_of
from extract_cases import FILES, Case, Expected, cases, parsed

POSITIVE = [case for file in FILES if file not in ("negative", "known_failures") for case in cases(file)]
FIELDS = ("kind", "polarity", "hypothetical", "recipient", "channel", "quote")


def _triple(source: Spans, cue: Spans, content: Spans, text: str) -> tuple[str, str, str]:
    return words_of(source, text), words_of(cue, text), words_of(content, text)


def _words(found: Attribution | Expected, text: str) -> tuple[str, str, str]:
    return _triple(found.source, found.cue, found.content, text)


def _found(case: Case) -> tuple[Attribution, ...]:
    return extract(*parsed(case))


def _matched(case: Case, found: tuple[Attribution, ...]) -> dict[str, Attribution]:
    """The found attribution of each expected one."""
    by_words = {(a.source, a.cue, a.content): a for a in found}
    return {number: by_words[e.source, e.cue, e.content] for number, e in case.expected.items()}


@pytest.mark.parametrize("case", [*POSITIVE, *cases("negative")], ids=str)
def test_source_cue_and_content(case: Case) -> None:
    found = sorted(_words(a, case.text) for a in _found(case))
    assert found == sorted(_words(e, case.text) for e in case.expected.values())


@pytest.mark.parametrize("case", POSITIVE, ids=str)
def test_what_the_case_says_of_each(case: Case) -> None:
    for number, attribution in _matched(case, _found(case)).items():
        for field in FIELDS:
            expected = case.about(field, number)
            if expected is not None:
                assert getattr(attribution, field) == expected, field
        pattern = case.about("pattern", number)
        if pattern is not None:
            ids = [pattern] if isinstance(pattern, str) else pattern
            assert any(f"pattern:{p}" in attribution.evidence for p in ids), attribution.evidence
        pairing = case.about("pairing", number)
        if pairing is not None:
            assert f"quotation:{pairing}" in attribution.evidence


@pytest.mark.parametrize("case", [c for c in POSITIVE if "parent" in c.fields], ids=str)
def test_parents(case: Case) -> None:
    matched = _matched(case, _found(case))
    for child, parent in case.fields["parent"].items():
        assert matched[child].parent == matched[parent].id


@pytest.mark.parametrize("case", [c for c in [*POSITIVE, *cases("negative")] if "hedges" in c.fields], ids=str)
def test_hedges(case: Case) -> None:
    article, parse = parsed(case)
    assert [h.text for h in find_hedges(article, parse, extract(article, parse))] == case.fields["hedges"]


@pytest.mark.parametrize("case", cases("known_failures"), ids=str)
@pytest.mark.xfail(strict=True, reason="known failure: when it passes, move the case")
def test_known_failures(case: Case) -> None:
    test_source_cue_and_content(case)


@pytest.mark.parametrize("case", [c for file in FILES for c in cases(file)], ids=str)
def test_spans_lie_in_the_text_and_ids_are_in_order(case: Case) -> None:
    found = _found(case)
    assert [a.id for a in found] == [f"a{n}" for n in range(1, len(found) + 1)]
    for attribution in found:
        for spans in (attribution.source, attribution.cue, attribution.content):
            assert list(spans) == sorted(spans)
            assert all(0 <= s.start < s.end <= len(case.text) for s in spans)
        assert attribution.content
        assert attribution.parent is None or attribution.parent in {a.id for a in found}


def test_every_pattern_has_three_cases() -> None:
    """Counted over what the cases name; a case that allows several patterns counts for each."""
    counts = dict.fromkeys(PATTERNS, 0)
    for case in POSITIVE:
        for number in case.expected:
            pattern = case.about("pattern", number)
            for name in [pattern] if isinstance(pattern, str) else pattern or []:
                counts[name] += 1
    assert {name for name, count in counts.items() if count < 3} == set()


def test_every_pattern_has_an_example_and_keeps_its_id() -> None:
    for name, pattern in PATTERNS.items():
        assert pattern.__doc__ is not None
        assert "Example: " in pattern.__doc__
        assert name == pattern.__name__.replace("_", "-")


_WORDS = (
    "Reed",
    "said",
    "that",
    "told",
    "accused",
    "of",
    "according",
    "to",
    "by",
    "the",
    "claim",
    "“",
    "”",
    '"',
    ",",
    ":",
    ".",
    "was",
    "confident",
    "reportedly",
    "what",
    "as",
    "called",
    "who",
    "urged",
    "statement",
    "in",
    "(",
    ")",
)
_UPOS = ("VERB", "NOUN", "PROPN", "ADJ", "ADP", "AUX", "PUNCT", "ADV", "PRON", "SCONJ", "PART")
_XPOS = ("VBD", "VBN", "VBG", "VB", "NN", "IN", "TO", ".")
_RELATIONS = (
    "nsubj",
    "nsubj:pass",
    "obj",
    "iobj",
    "ccomp",
    "xcomp",
    "advcl",
    "acl",
    "acl:relcl",
    "obl",
    "obl:agent",
    "parataxis",
    "case",
    "mark",
    "conj",
    "aux:pass",
    "nmod",
    "nmod:poss",
    "punct",
    "advmod",
    "fixed",
    "cop",
)


@st.composite
def _any_parse(draw: st.DrawFn) -> tuple[Article, Parse]:
    """A sentence of cue words under any tree at all: what a bad parse may look like."""
    words = draw(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=14))
    order = draw(st.permutations(range(len(words))))
    heads = {order[0]: order[0]}
    for position, index in enumerate(order[1:], start=1):
        heads[index] = order[draw(st.integers(0, position - 1))]
    tokens, at = [], 0
    for index, word in enumerate(words):
        tokens.append(
            Token(
                index=index,
                span=Span(at, at + len(word)),
                text=word,
                lemma=word.lower().removesuffix("ed"),
                upos=draw(st.sampled_from(_UPOS)),
                xpos=draw(st.sampled_from(_XPOS)),
                feats="VerbForm=Fin",
                head=heads[index],
                deprel=draw(st.sampled_from(_RELATIONS)),
                ner="O",
                sentence=0,
            )
        )
        at += len(word) + 1
    text = " ".join(words)
    whole = Span(0, len(text))
    article = Article(text=text, blocks=(Block(BlockKind.PARAGRAPH, whole),))
    return article, Parse(tuple(tokens), (Sentence(0, whole, 0, len(tokens)),))


@settings(deadline=None, max_examples=300)
@given(_any_parse())
def test_a_bad_parse_never_breaks_it(given_parse: tuple[Article, Parse]) -> None:
    article, parse = given_parse
    found = extract(article, parse)
    find_hedges(article, parse, found)
    for attribution in found:
        spans = [*attribution.source, *attribution.cue, *attribution.content]
        assert all(0 <= s.start < s.end <= len(article.text) for s in spans)
        assert not any(a.start < b.end and b.start < a.end for a in attribution.cue for b in attribution.content)
        assert not any(a.start < b.end and b.start < a.end for a in attribution.source for b in attribution.content)
