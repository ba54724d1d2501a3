"""Stanza's official models: loaded by the real code, from a folder of Stanza's own layout with tiny models."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

import stanza_models
from attribution.errors import ModelError
from attribution.load import from_text
from attribution.parse import stanza_official
from attribution.parse.stanza_documents import parse_of
from attribution.parse.stanza_official import ENTITY_TYPES, StanzaParser, download, installed
from attribution.parse.tokenize import Word
from attribution.records import Article, Block, BlockKind, Parse, Span, TaggedCue


class StubTagger:
    """Takes the second word of an article for a cue."""

    model = "stub"

    def __init__(self) -> None:
        self.seen: list[list[str]] = []

    def parse(self, article: Article) -> Parse:
        raise AssertionError(f"the words are Stanza's, {article} is not to be parsed again")

    def annotate(self, article: Article, sentences: Sequence[Sequence[Word]]) -> Parse:
        for word in (word for words in sentences for word in words):
            assert article.text[word.token.start : word.token.end].startswith(word.text[:1]) or word.in_multiword_token
        self.seen += [[word.text for word in words] for words in sentences]
        return Parse((), (), (TaggedCue((1,), 0.9, ((0, 0.9),), ()),))


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stanza_models.build(tmp_path_factory.mktemp("stanza") / "resources")


@pytest.fixture(scope="module")
def parser(models: Path) -> StanzaParser:
    return StanzaParser(models, tagger=StubTagger())


def test_words_sentences_and_offsets(parser: StanzaParser) -> None:
    text = "  He left Paris.\r\n\r\nPolice didn't comment. He left Paris."
    parse = parser.parse(from_text(text))
    assert [[t.text for t in parse.tokens[s.first : s.last]] for s in parse.sentences] == [
        ["He", "left", "Paris", "."], ["Police", "did", "n't", "comment", "."], ["He", "left", "Paris", "."],
    ]  # fmt: skip
    assert all(text[t.span.start : t.span.end] == t.text for t in parse.tokens)
    assert [text[s.span.start : s.span.end] for s in parse.sentences][1] == "Police didn't comment."
    assert [t.text for t in parse.tokens if t.joined] == ["n't"]


def test_every_layer_is_there(parser: StanzaParser) -> None:
    parse = parser.parse(from_text(stanza_models.TEXT))
    assert [t.index for t in parse.tokens] == list(range(9))
    assert [t.lemma for t in parse.tokens[:4]] == ["police", "do", "not", "comment"]
    assert {t.upos for t in parse.tokens} <= {"NOUN", "AUX", "PART", "VERB", "PUNCT", "PRON", "PROPN"}
    for sentence in parse.sentences:
        tokens = parse.tokens[sentence.first : sentence.last]
        assert sum(t.head == t.index for t in tokens) == 1
        assert all(sentence.first <= t.head < sentence.last for t in tokens)
    assert [(t.text, t.ner) for t in parse.tokens if t.ner != "O"] == [("Paris", "B-LOC")]
    assert parse.model.startswith("stanza 1.")


def test_attributions_are_read_by_the_tagger_on_stanzas_words(models: Path) -> None:
    tagger = StubTagger()
    parse = StanzaParser(models, tagger).parse(from_text(stanza_models.TEXT))
    assert tagger.seen == [["Police", "did", "n't", "comment", "."], ["He", "left", "Paris", "."]]
    assert parse.tagged == (TaggedCue((1,), 0.9, ((0, 0.9),), ()),)


def test_given_words_are_kept(parser: StanzaParser) -> None:
    article = Article("Police didn't. Paris", (Block(BlockKind.PARAGRAPH, Span(0, 20)),))
    token = Span(7, 13)
    given = [
        [Word(Span(0, 6), "Police", Span(0, 6)), Word(Span(7, 10), "did", token), Word(Span(10, 13), "n't", token)],
        [Word(Span(13, 14), ".", Span(13, 14)), Word(Span(15, 20), "Paris", Span(15, 20))],
    ]
    parse = parser.annotate(article, given)
    assert [(t.text, t.span, t.joined) for t in parse.tokens] == [
        (w.text, w.span, w.text == "n't") for words in given for w in words
    ]
    assert [s.span for s in parse.sentences] == [Span(0, 13), Span(13, 20)]


def test_parsing_the_same_twice_gives_the_same(parser: StanzaParser) -> None:
    article = from_text(stanza_models.TEXT)
    assert parser.parse(article) == parser.parse(article)


def test_an_article_without_words(parser: StanzaParser) -> None:
    parse = parser.parse(Article(" \n", ()))
    assert (parse.tokens, parse.sentences) == ((), ())


# ------------------------------------------------------------------------------------------- names


class StubWord:
    def __init__(self, text: str, xpos: str) -> None:
        self.text, self.xpos = text, xpos
        self.lemma = self.upos = self.feats = self.head = self.deprel = None


class StubToken:
    def __init__(self, text: str, ner: str) -> None:
        parts = text.split("|")
        self.words = [StubWord(part, "POS" if part == "'s" else "NN") for part in parts]
        self.ner = ner


class StubSentence:
    def __init__(self, tokens: list[StubToken]) -> None:
        self.tokens = tokens
        self.words = [word for token in tokens for word in token.words]


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ("Angela/B-PERSON Merkel/E-PERSON left/O", "B-PER I-PER O"),
        ("the/B-ORG European/I-ORG Union/E-ORG", "B-ORG I-ORG I-ORG"),
        ("Mali/S-GPE Europe/S-LOC Heathrow/S-FAC", "B-LOC B-LOC B-LOC"),
        ("French/S-NORP police/O Monday/S-DATE $5/S-MONEY Titanic/S-PRODUCT", "O O O O O"),
        ("Mali|'s/S-GPE army/O", "B-LOC O O"),
        ("King|'s/B-ORG College/E-ORG", "B-ORG I-ORG I-ORG"),
        ("did|n't/O", "O O"),
        ("untagged/", "O"),
    ],
)
def test_stanzas_eighteen_types_as_ours(tokens: str, expected: str) -> None:
    sentence = StubSentence([StubToken(*token.rsplit("/", 1)) for token in tokens.split()])
    words = [Word(Span(i, i + 1), w.text, Span(i, i + 1)) for i, w in enumerate(sentence.words)]
    parse = parse_of([(sentence, words)], ENTITY_TYPES, "stub")
    assert " ".join(token.ner for token in parse.tokens) == expected


# ------------------------------------------------------------------------------- when it cannot work


def test_models_that_are_not_there(tmp_path: Path) -> None:
    assert not installed(tmp_path)
    with pytest.raises(ModelError, match="not there") as caught:
        StanzaParser(tmp_path, tagger=StubTagger())
    assert str(tmp_path) in str(caught.value)
    assert f"`attribution models download --dir {tmp_path}`" in str(caught.value)


def test_the_default_folder_is_stanzas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path / "a b"))
    with pytest.raises(ModelError, match="`attribution models download`") as caught:
        StanzaParser(tagger=StubTagger())
    assert caught.value.where == str(tmp_path / "a b")
    assert stanza_official.download_command(tmp_path / "c d") == f"attribution models download --dir '{tmp_path}/c d'"


@pytest.mark.parametrize("processor", ["tokenize", "ner"])
def test_one_model_missing(models: Path, tmp_path: Path, processor: str) -> None:
    shutil.copytree(models, tmp_path / "copy")
    assert installed(tmp_path / "copy")
    shutil.rmtree(tmp_path / "copy" / "en" / processor)
    with pytest.raises(ModelError, match="models download"):
        StanzaParser(tmp_path / "copy", tagger=StubTagger())


@pytest.mark.parametrize("content", [b"", b"no model", b"\x80\x02}q\x00."], ids=["empty", "text", "pickle"])
def test_a_damaged_model(models: Path, tmp_path: Path, content: bytes) -> None:
    shutil.copytree(models, tmp_path / "copy")
    (tmp_path / "copy" / "en" / "pos" / "tiny.pt").write_bytes(content)
    with pytest.raises(ModelError, match="cannot be loaded"):
        StanzaParser(tmp_path / "copy", tagger=StubTagger())


@pytest.mark.parametrize("resources", ["{}", "[", '{"en": {}}', '{"de": {"lang_name": "German"}}'])
def test_a_damaged_list_of_models(tmp_path: Path, resources: str) -> None:
    (tmp_path / "resources.json").write_text(resources)
    with pytest.raises(ModelError, match="models download"):
        StanzaParser(tmp_path, tagger=StubTagger())


def test_download_without_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise OSError("Failed to resolve the host\nand more")

    monkeypatch.setattr("stanza.resources.common.request_file", unreachable)
    with pytest.raises(ModelError, match=r"could not be fetched \(OSError: Failed to resolve the host\)") as caught:
        download(tmp_path)
    assert "copy the folder" in str(caught.value)
    assert "STANZA_RESOURCES_DIR" in str(caught.value)
    assert "and more" not in str(caught.value)


def test_download_asks_stanza_for_what_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, object] = {}
    monkeypatch.setattr("stanza.download", lambda lang, **options: asked.update(options, lang=lang))
    assert download(tmp_path) == tmp_path
    assert asked == {"lang": "en", "model_dir": str(tmp_path), "processors": stanza_official.PROCESSORS}
