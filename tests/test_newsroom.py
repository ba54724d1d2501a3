"""The embedded parser: what must hold whatever the weights are, and what the real ones must do."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from attribution.errors import ModelError
from attribution.load import from_text
from attribution.parse import weights
from attribution.parse.network import SHAPES, Inventory, Network, Size
from attribution.parse.newsroom_parser import (
    NewsroomParser,
    _attach_second_subjects,
    _fitting,
    _is_tree,
    _spanning_tree,
)
from attribution.parse.pieces import shape
from attribution.parse.tokenize import tokenize
from attribution.records import Parse

STORIES = sorted((Path(__file__).parents[1] / "fixtures" / "stories").glob("*.txt"))

TINY = Inventory(
    upos=("NOUN", "VERB"), xpos=("NN", "VB"), feats=("", "Number=Sing"), deprel=("nsubj", "root"), ner=("O", "B-PER")
)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("said", "lower"), ("Roth", "title"), ("UN", "upper"), ("I", "initial"), ("McCain", "mixed"),
        ("2015", "digits"), ("F-16", "digits-mixed"), ("n't", "lower"), ("“", "other"), ("U.S.", "upper"),
        ("École", "title"),
    ],
)  # fmt: skip
def test_shape(word: str, expected: str) -> None:
    assert shape(word) == expected
    assert expected in SHAPES


@pytest.mark.parametrize(
    ("heads", "tree"),
    [([0], True), ([1, 1, 1], True), ([0, 1], False), ([1, 0], False), ([0, 2, 1], False), ([0, 0, 1, 2], True)],
    ids=["one word", "flat", "two roots", "no root", "a cycle beside the root", "a chain"],
)
def test_is_tree(heads: list[int], tree: bool) -> None:
    assert _is_tree(heads) is tree


@given(st.lists(st.lists(st.floats(-5, 5), min_size=7, max_size=7), min_size=7, max_size=7), st.integers(1, 7))
def test_spanning_tree_is_a_tree(scores: list[list[float]], size: int) -> None:
    assert _is_tree(_spanning_tree(torch.tensor(scores)[:size, :size]))


def test_spanning_tree_keeps_the_best_arcs_that_fit() -> None:
    # 1 and 2 prefer each other; the cheaper of the two to give up is 2's arc.
    scores = torch.tensor([[5.0, 0.0, 0.0], [1.0, 0.0, 4.0], [3.0, 4.0, 0.0]])
    assert _spanning_tree(scores) == [0, 2, 0]


def test_weights_survive_the_disk(tmp_path: Path) -> None:
    torch.manual_seed(1)
    size = Size(vocabulary=50, positions=8, width=12, layers=1, attention_heads=2, inner=16, arc=4, label=4, link=4)
    network = Network(TINY, size)
    weights.save(network, tmp_path)
    loaded = weights.load(tmp_path)
    assert loaded.inventory == TINY
    assert loaded.size == size
    for name, value in network.state_dict().items():
        close = torch.allclose(loaded.state_dict()[name], value, atol=value.abs().max().item() / 100)
        assert close, name


def test_missing_weights_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"missing(.|\n)*models verify"):
        weights.load(tmp_path)


def test_damaged_weights_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / weights.FILE).write_bytes(b"\x10\0\0\0\0\0\0\0{}")
    with pytest.raises(ModelError, match="cannot be read"):
        weights.load(tmp_path)


# ------------------------------------------------------------------------------------ the real weights


@pytest.fixture(scope="module")
def parser() -> NewsroomParser:
    return NewsroomParser()


def sound(parse: Parse, text: str) -> None:
    """Offsets, sentences and trees are as ``records`` promises."""
    at = 0
    for token in parse.tokens:
        assert token.span.start >= at
        assert text[token.span.start : token.span.end] == token.text
        at = token.span.end
    last = 0
    for sentence in parse.sentences:
        assert sentence.first == last
        last = sentence.last
        heads = [t.head - sentence.first for t in parse.tokens[sentence.first : sentence.last]]
        assert _is_tree(heads)
        assert [t.deprel for t in parse.tokens[sentence.first : sentence.last] if t.head == t.index] == ["root"]
    assert last == len(parse.tokens)
    for cue in parse.tagged:
        assert 0 <= cue.score <= 1
        assert all(0 <= i < len(parse.tokens) for i in cue.cue)


@pytest.mark.model
@pytest.mark.parametrize("story", STORIES, ids=lambda p: p.stem)
def test_parses_of_stories_are_sound(parser: NewsroomParser, story: Path) -> None:
    article = from_text(story.read_text(encoding="utf-8"))
    sound(parser.parse(article), article.text)


@pytest.mark.model
@pytest.mark.parametrize(
    "text", ["", " \n ", "x", "¡¿", "“", "\u200d", "a" * 5000, "word " * 3000, "No. " * 700, "He said “no”.\n" * 3]
)
def test_any_text_parses(parser: NewsroomParser, text: str) -> None:
    from attribution.records import Article, Block, BlockKind, Span

    article = Article(text, (Block(BlockKind.PARAGRAPH, Span(0, len(text))),))
    sound(parser.parse(article), text)


@pytest.mark.model
def test_a_paragraph_is_read_alike_in_any_company(parser: NewsroomParser) -> None:
    story = STORIES[0].read_text(encoding="utf-8")
    paragraph = next(p for p in story.split("\n\n") if len(p) > 200)
    alone, together = parser.parse(from_text(paragraph)), parser.parse(from_text(story))
    start = story.index(paragraph)
    inside = [t for t in together.tokens if start <= t.span.start < start + len(paragraph)]
    described = [(t.text, t.upos, t.xpos, t.feats, t.deprel, t.ner, t.lemma) for t in alone.tokens]
    assert [(t.text, t.upos, t.xpos, t.feats, t.deprel, t.ner, t.lemma) for t in inside] == described


@pytest.mark.model
def test_tags_and_trees_of_a_plain_sentence(parser: NewsroomParser) -> None:
    parse = parser.parse(from_text("A Malian security official told AFP that the arrests had been made."))
    by_word = {t.text: t for t in parse.tokens}
    told = by_word["told"]
    assert told.deprel == "root"
    assert (by_word["official"].deprel, by_word["official"].head) == ("nsubj", told.index)
    assert by_word["AFP"].head == told.index
    assert by_word["AFP"].ner == "B-ORG"
    assert (by_word["made"].deprel, by_word["made"].head) == ("ccomp", told.index)
    assert (told.lemma, told.upos, told.xpos) == ("tell", "VERB", "VBD")


@pytest.mark.parametrize(
    ("form", "tag", "expected"),
    [
        ("described", "VBP", "VBD"), ("Asked", "VB", "VBD"), ("says", "VBD", "VBZ"), ("said", "VBD", "VBD"),
        ("need", "VB", "VB"), ("succeed", "VBP", "VBP"), ("shed", "VB", "VB"), ("was", "VBD", "VBD"),
        ("press", "VB", "VB"),
        ("described", "VBN", "VBN"), ("is", "VBZ", "VBZ"),
    ],
)  # fmt: skip
def test_a_tag_that_a_form_cannot_have(form: str, tag: str, expected: str) -> None:
    assert _fitting(form, tag) == expected


@pytest.mark.model
def test_a_given_sentence_without_end_is_cut(parser: NewsroomParser) -> None:
    article = from_text("They walked on and on, " * 200 + "to the sea.")
    words = [w for block in article.blocks for w in tokenize(article.text, block.span)]
    sound(parser.annotate(article, [words]), article.text)


def test_a_participle_is_no_second_subject() -> None:
    # The arrests , carried out Monday , were confirmed
    heads = [1, 8, 1, 8, 3, 3, 1, 8, 8]
    names = {
        "upos": ("DET", "NOUN", "PUNCT", "VERB", "ADP", "PROPN", "PUNCT", "AUX", "VERB"),
        "xpos": ("DT", "NNS", ",", "VBD", "RP", "NNP", ",", "VBD", "VBN"),
        "deprel": ("det", "nsubj:pass", "punct", "nsubj:pass", "compound:prt", "obl", "punct", "aux:pass", "root"),
    }
    _attach_second_subjects(heads, names)
    assert (heads[3], names["deprel"][3], names["xpos"][3]) == (1, "acl", "VBN")
    assert (heads[1], names["deprel"][1]) == (8, "nsubj:pass")
