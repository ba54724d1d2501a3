"""The newsroom model inside Stanza: every way in which Stanza users feed a pipeline.

A stub stands in for the model: words by a simple pattern, the first word of a sentence as its root.
"""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import stanza
from stanza.models.common.doc import Document
from stanza.pipeline.ner_processor import NERProcessor
from stanza.pipeline.registry import NAME_TO_PROCESSOR_CLASS, PIPELINE_NAMES

import attribution.parse
from attribution.load import from_text
from attribution.parse import stanza_adapter
from attribution.parse.conllu import share_out
from attribution.parse.stanza_adapter import PROCESSORS, pipeline_arguments
from attribution.parse.stanza_documents import article_of
from attribution.parse.tokenize import Word
from attribution.records import Article, BlockKind, Parse, Sentence, Span, TaggedCue, Token

STORY = "Mali arrested two officers, a source said.\n\nOfficials didn't comment.  They won't."


class StubParser:
    """Finds "said" as a cue whose source is the two words before it, and "Mali" as a place."""

    model = "stub 1.0"

    def parse(self, article: Article) -> Parse:
        blocks = ((block.span.start, article.text[block.span.start : block.span.end]) for block in article.blocks)
        sentences = [_words(m.group(), at + m.start()) for at, text in blocks for m in re.finditer(r"[^.]+\.?", text)]
        return self.annotate(article, [words for words in sentences if words])

    def annotate(self, article: Article, sentences: Sequence[Sequence[Word]]) -> Parse:
        assert all(article.text[w.token.start : w.token.end].strip() for words in sentences for w in words)
        tokens: list[Token] = []
        made: list[Sentence] = []
        cues: list[TaggedCue] = []
        for words in sentences:
            first = len(tokens)
            for word in words:
                i = len(tokens)
                if word.text == "said":
                    cues.append(TaggedCue((i,), 0.912, ((first, 0.2), (i - 2, 0.9), (i - 1, 0.8)), ((first, 0.7),)))
                joined = i > first and words[i - first - 1].token == word.token
                relation, ner = "root" if i == first else "dep", "B-LOC" if word.text == "Mali" else "O"
                layers = (word.text.lower(), "X", "", "", first, relation, ner)
                tokens.append(Token(i, word.span, word.text, *layers, len(made), joined))
            made.append(Sentence(len(made), Span(words[0].span.start, words[-1].span.end), first, len(tokens)))
        return Parse(tuple(tokens), tuple(made), tuple(cues), self.model)


def _words(text: str, at: int) -> list[Word]:
    words = []
    for match in re.finditer(r"\w+'\w+|\w+|[^\w\s]", text):
        token = Span(at + match.start(), at + match.end())
        contraction = re.fullmatch(r"(\w+)(n't)", match.group())
        parts = contraction.groups() if contraction else (match.group(),)
        words += [Word(s, p, token) for s, p in zip(share_out(token, parts), parts, strict=True)]
    return words


@pytest.fixture(scope="module")
def nlp() -> stanza.Pipeline:
    return stanza.Pipeline("en", **pipeline_arguments(StubParser()), logging_level="WARN")


def words(document: Document) -> list[list[str]]:
    return [[word.text for word in sentence.words] for sentence in document.sentences]


# ---------------------------------------------------------------------------------------------- text


def test_a_text_gets_every_layer(nlp: stanza.Pipeline) -> None:
    document = nlp(STORY)
    assert words(document) == [
        ["Mali", "arrested", "two", "officers", ",", "a", "source", "said", "."],
        ["Officials", "did", "n't", "comment", "."],
        ["They", "wo", "n't", "."],
    ]
    first = document.sentences[0].words[1]
    assert (first.lemma, first.upos, first.xpos, first.feats, first.head, first.deprel) == (
        "arrested", "X", None, None, 1, "dep",
    )  # fmt: skip
    assert document.sentences[0].words[0].head == 0
    assert [(entity.text, entity.type) for entity in document.ents] == [("Mali", "LOC")]
    assert document.sentences[0].tokens[0].ner == "S-LOC"
    assert [relation for _, relation, _ in document.sentences[2].dependencies] == ["root", "dep", "dep", "dep"]


def test_offsets_are_the_texts_own(nlp: stanza.Pipeline) -> None:
    document = nlp(STORY)
    for token in document.iter_tokens():
        assert STORY[token.start_char : token.end_char] == token.text
        for word in token.words:
            assert STORY[word.start_char : word.end_char] == word.text
    assert [sentence.text for sentence in document.sentences][1] == "Officials didn't comment."


def test_a_contraction_is_one_token_of_two_words(nlp: stanza.Pipeline) -> None:
    token = nlp(STORY).sentences[1].tokens[1]
    assert (token.text, token.id, [word.id for word in token.words]) == ("didn't", (2, 3), [2, 3])


def test_paragraphs_are_those_of_the_program_and_none_is_left_out() -> None:
    story = (Path(__file__).parents[1] / "fixtures" / "stories").glob("*.txt")
    for text in [path.read_bytes().decode() for path in story]:
        given = article_of(text).blocks
        assert all(block.is_prose for block in given)
        assert {block.span.end for block in given} == {b.span.end for b in from_text(text).blocks if b.is_prose} | {
            b.span.end for b in from_text(text).blocks if b.kind is BlockKind.BYLINE
        }


@pytest.mark.parametrize("text", ["", " ", "\n\n\n"])
def test_nothing_to_read(nlp: stanza.Pipeline, text: str) -> None:
    document = nlp(text)
    assert (document.sentences, document.ents, document.attributions) == ([], [], ())
    assert document.text == text


# -------------------------------------------------------------------------------------- attributions


def test_attributions_are_properties_and_comments(nlp: stanza.Pipeline) -> None:
    document = nlp(STORY)
    (found,) = document.attributions
    assert [STORY[b:e] for b, e in (*found.source, *found.cue, *found.content)] == ["a source", "said", "Mali"]
    assert found.score == 0.912
    comment = "# attribution = cue 37:41; source 28:36; content 0:4; score 0.912"
    assert [comment in sentence.comments for sentence in document.sentences] == [True, False, False]
    assert comment in f"{document:C}"


def test_comments_survive_serialisation_and_are_not_doubled(nlp: stanza.Pipeline) -> None:
    document = Document.from_serialized(nlp(STORY).to_serialized())
    again = nlp(document, processors="attribution")
    assert [str(c) for c in again.sentences[0].comments].count(
        "# attribution = cue 37:41; source 28:36; content 0:4; score 0.912"
    ) == 1
    assert len(again.attributions) == 1


# ------------------------------------------------------------------------------------ other ways in


def test_bulk_gives_what_single_texts_give(nlp: stanza.Pipeline) -> None:
    texts = [STORY, "", "A man said.", "Mali won't.", " Two.\n\nThree.", "Four."]
    singly = [nlp(text).to_dict() for text in texts]
    assert [document.to_dict() for document in nlp.bulk_process(texts)] == singly
    assert [document.to_dict() for document in nlp([Document([], text=t) for t in texts])] == singly


def test_stream_numbers_sentences_on(nlp: stanza.Pipeline) -> None:
    documents = list(nlp.stream(["One. Two.", "Three.", "A man said."], batch_size=2))
    assert [sentence.sent_id for document in documents for sentence in document.sentences] == ["0", "1", "2", "3"]
    assert [len(document.attributions) for document in documents] == [0, 0, 1]


def test_some_processors_only(nlp: stanza.Pipeline) -> None:
    assert words(nlp("They won't.", processors="tokenize,pos")) == [["They", "wo", "n't", "."]]


def test_a_document_from_conllu_is_annotated_on_its_own_words(nlp: stanza.Pipeline) -> None:
    rows = ["1\tMali\tMali\t_\t_\t_\t_\t_\t_\t_", "2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_",
            "2\tdid\t_\t_\t_\t_\t_\t_\t_\t_", "3\tn't\t_\t_\t_\t_\t_\t_\t_\t_"]  # fmt: skip
    document = nlp.process_conllu("\n".join(rows) + "\n\n")
    assert words(document) == [["Mali", "did", "n't"]]
    assert [word.head for word in document.sentences[0].words] == [0, 1, 1]
    assert document.text == "Mali didn't"
    assert [entity.text for entity in document.ents] == ["Mali"]


@pytest.fixture(scope="module")
def pretokenized() -> stanza.Pipeline:
    arguments = pipeline_arguments(StubParser())
    return stanza.Pipeline("en", **arguments, tokenize_pretokenized=True, logging_level="WARN")


@pytest.mark.parametrize(
    "given",
    [[["Mali", "wo", "n't."], ["A", "man", "said"]], "Mali wo n't.\nA man said\n"],
    ids=["lists", "lines"],
)
def test_given_words_are_kept(pretokenized: stanza.Pipeline, given: str | list[list[str]]) -> None:
    document = pretokenized(given)
    assert words(document) == [["Mali", "wo", "n't."], ["A", "man", "said"]]
    assert [word.upos for word in document.iter_words()] == ["X"] * 6
    (found,) = document.attributions
    assert [document.text[b:e] for b, e in found.source] == ["A man"]


def test_given_words_in_bulk(pretokenized: stanza.Pipeline) -> None:
    first, second = pretokenized.bulk_process(["Mali wo n't .\nGood", "A man said"])
    assert words(first) == [["Mali", "wo", "n't", "."], ["Good"]]
    assert len(second.attributions) == 1
    ready = Document([[{"text": "One"}, {"text": "man"}, {"text": "said"}]])
    (processed,) = pretokenized.bulk_process([ready])
    assert words(processed) == [["One", "man", "said"]]
    assert ready.sentences[0].words[0].upos is None, "Stanza leaves the caller's document as it was"


# ------------------------------------------------------------------------------------- housekeeping


def test_a_pipeline_describes_itself(nlp: stanza.Pipeline) -> None:
    assert "ner=NERProcessor(newsroom)" in str(nlp)
    assert "attribution=AttributionProcessor(newsroom)" in str(nlp)


def test_a_document_can_be_pickled(nlp: stanza.Pipeline) -> None:
    document = nlp(STORY)
    again = pickle.loads(pickle.dumps(document))
    assert again.to_dict() == document.to_dict()
    assert again.attributions == document.attributions
    assert nlp(again, processors="ner,attribution").to_dict() == document.to_dict()


def test_registering_twice_changes_nothing() -> None:
    stanza_adapter.register()
    stanza_adapter.register()
    assert [PIPELINE_NAMES.count(name) for name in PROCESSORS] == [1] * len(PROCESSORS)
    assert NAME_TO_PROCESSOR_CLASS["ner"].__bases__ == (NERProcessor,)


def test_importing_the_package_imports_neither_stanza_nor_torch() -> None:
    code = "import sys, attribution.parse; sys.exit(bool({'stanza', 'torch'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_importing_the_package_after_stanza_registers_the_processors() -> None:
    code = (
        "import stanza, attribution.parse\n"
        "from stanza.pipeline.registry import PROCESSOR_VARIANTS as v, PIPELINE_NAMES as p\n"
        "assert 'newsroom' in v['tokenize'] and 'newsroom' in v['ner'] and 'attribution' in p"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# --------------------------------------------------------------------------------------- real model


@pytest.mark.model
def test_the_newsroom_model_in_stanza() -> None:
    nlp = stanza.Pipeline("en", **attribution.parse.newsroom(), logging_level="WARN")
    text = "PARIS - The minister didn't resign, a close aide told Reuters on Monday.\n\n“I’m staying,” he said."
    document = nlp(text)
    assert len(document.sentences) >= 2
    for token in document.iter_tokens():
        assert text[token.start_char : token.end_char] == token.text
    assert [[w.id for w in t.words] for s in document.sentences for t in s.tokens if t.text == "didn't"] == [
        [w.id for w in t.words] for s in document.sentences for t in s.tokens if len(t.words) == 2
    ][:1]
    assert all(sum(word.head == 0 for word in sentence.words) == 1 for sentence in document.sentences)
    assert "Reuters" in {entity.text for entity in document.ents if entity.type == "ORG"}
