"""Reading corpora, predictions on disk, parsing measures, and the commands that print them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from attribution.cli import main
from attribution.errors import GoldError
from attribution.evaluate import parse as parse_evaluation
from attribution.evaluate import polnear
from attribution.evaluate.ablation import WHOLE, ablate, variants
from attribution.evaluate.align import align
from attribution.evaluate.parse import entity_measures, given_words, measure, raw_measures, read_treebanks
from attribution.evaluate.polnear import (
    GoldArticle,
    GoldAttribution,
    parse_brat,
    read_corpus,
    read_predictions,
    write_predictions,
)
from attribution.extract.combine import STEPS
from attribution.extract.patterns import PATTERNS
from attribution.extract.quotes_pairing import PAIRINGS
from attribution.parse.conllu import parse_documents, share_out
from attribution.parse.tokenize import Word
from attribution.records import Analysis, Article, Attribution, Parse, Quote, Sentence, Span, TaggedCue, Token
from attribution.train.precision import measure_precision

STORY = "The dam will open, an engineer said.\n\nNobody “agreed”."
BRAT = (
    "T1\tSource 19 30\tan engineer\nT2\tCue 31 35\tsaid\nT3\tContent 0 7;8 17\tThe dam will open\n"
    "T4\tAttribution 31 35\tsaid\nE1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for part in ("text", "attributions"):
        (tmp_path / "dev" / part).mkdir(parents=True)
    (tmp_path / "dev" / "text" / "dam_1.txt").write_bytes(STORY.encode())
    (tmp_path / "dev" / "attributions" / "dam_1_0a1b.ann").write_text(BRAT)
    return tmp_path


# ---------------------------------------------------------------------------------------------- PolNeAR


def test_an_article_with_its_attributions(corpus: Path) -> None:
    (article,) = read_corpus(corpus, "dev")
    assert (article.id, article.text) == ("dam_1", STORY)
    (found,) = article.attributions
    assert [[STORY[b:e] for b, e in spans] for spans in (found.source, found.cue, found.content)] == [
        ["an engineer"], ["said"], ["The dam", "will open"],
    ]  # fmt: skip


def test_offsets_count_carriage_returns_and_astral_characters(corpus: Path) -> None:
    text = "😀\r\nThe dam"
    (corpus / "dev" / "text" / "dam_1.txt").write_bytes(text.encode())
    (corpus / "dev" / "attributions" / "dam_1_0a1b.ann").write_text(
        "T1\tContent 3 10\tx\nE1\tAttribution:T1 Content:T1\n"
    )
    (article,) = read_corpus(corpus, "dev")
    assert [article.text[b:e] for b, e in article.attributions[0].content] == ["The dam"]


def test_of_several_annotators_the_first_by_id(corpus: Path) -> None:
    (corpus / "dev" / "attributions" / "dam_1_00ff.ann").write_text(
        "T1\tContent 0 3\tThe\nE1\tAttribution:T1 Content:T1\n"
    )
    (article,) = read_corpus(corpus, "dev")
    assert article.attributions == (GoldAttribution((), (), (Span(0, 3),)),)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("T1\tContent 0 3\tThe\nE1\tAttribution:T1 Content:T1", GoldAttribution((), (), (Span(0, 3),))),
        (
            "T1\tContent 9 12\tx\nT2\tContent 0 3\tx\nE1\tAttribution:T1 Content:T1 Content2:T2",
            GoldAttribution((), (), (Span(0, 3), Span(9, 12))),
        ),
        (
            "T1\tCue 4 7\tx\ty\nT2\tContent 0 3\tx\nstray line\n"
            "E1\tAttribution-no-source:T1 Cue:T1 Content:T2\n#1\tNote T1\tx",
            GoldAttribution((), (Span(4, 7),), (Span(0, 3),)),
        ),
    ],
    ids=["content alone", "two contents", "no source, and lines of other kinds"],
)
def test_brat_events(lines: str, expected: GoldAttribution) -> None:
    assert parse_brat(lines) == [expected]


def test_events_without_content_are_left_out(corpus: Path) -> None:
    (corpus / "dev" / "attributions" / "dam_1_0a1b.ann").write_text("T1\tCue 32 36\tsaid\nE1\tAttribution:T1 Cue:T1\n")
    assert read_corpus(corpus, "dev")[0].attributions == ()


@pytest.mark.parametrize("split", ["test", "nonsense"])
def test_a_split_that_is_not_there(corpus: Path, split: str) -> None:
    with pytest.raises(GoldError, match="no folder 'text'"):
        read_corpus(corpus, split)


@pytest.mark.parametrize(
    ("annotation", "message"),
    [("T1\tContent 3 900\tx\nE1\tAttribution:T1 Content:T1", "outside the text"), ("T1\tContent 3\tx", "malformed")],
)
def test_annotations_that_do_not_fit(corpus: Path, annotation: str, message: str) -> None:
    (corpus / "dev" / "attributions" / "dam_1_0a1b.ann").write_text(annotation)
    with pytest.raises(GoldError, match=message):
        read_corpus(corpus, "dev")


def test_an_annotated_text_that_is_missing(corpus: Path) -> None:
    (corpus / "dev" / "text" / "dam_1.txt").unlink()
    with pytest.raises(GoldError, match=r"dam_1\.txt: cannot be read"):
        read_corpus(corpus, "dev")


spans = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9)), max_size=2).map(
    lambda pairs: tuple(sorted(Span(b, b + n) for b, n in pairs))
)
relations = st.lists(st.builds(GoldAttribution, source=spans, cue=spans, content=spans), max_size=3).map(tuple)


@given(st.dictionaries(st.text(max_size=5), relations, max_size=3))
def test_predictions_survive_the_disk(
    tmp_path_factory: pytest.TempPathFactory, predictions: dict[str, tuple[GoldAttribution, ...]]
) -> None:
    path = tmp_path_factory.mktemp("predictions") / "p.jsonl"
    write_predictions(path, predictions)
    assert read_predictions(path) == predictions


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("{", ":1: not JSON"),
        ("[1]", ":1: not a prediction"),
        ('{"attributions": []}', "not a prediction"),
        ('\n{"id": "a", "attributions": [{"cue": [[1]]}]}', ":2: not a prediction"),
        ('{"id": "a"}\n{"id": "a"}', ":2: article 'a' stands there twice"),
    ],
)
def test_malformed_predictions(tmp_path: Path, lines: str, message: str) -> None:
    (tmp_path / "p.jsonl").write_text(lines)
    with pytest.raises(GoldError, match=message):
        read_predictions(tmp_path / "p.jsonl")


def test_roles_may_be_missing_from_predictions(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text('{"id": "a", "attributions": [{"content": [[4, 5], [1, 2]], "source": null}]}\n')
    assert read_predictions(tmp_path / "p.jsonl") == {"a": (GoldAttribution((), (), (Span(1, 2), Span(4, 5))),)}


class StubAnalyzer:
    """Finds "an engineer said" and no more."""

    def __init__(self, _: str = "") -> None: ...

    def analyze(self, article: str) -> Analysis:
        at = article.index("an engineer")
        found = Attribution("a1", (Span(at, at + 11),), (Span(at + 12, at + 16),), (Span(0, at - 2),), Quote.INDIRECT)
        return Analysis(Article(article, ()), Parse((), ()), (found,), (), (), (), ())


def test_predicting_reports_each_article(corpus: Path) -> None:
    seen: list[str] = []
    predictions = polnear.predict(StubAnalyzer(), read_corpus(corpus, "dev"), done=seen.append)
    assert seen == ["dam_1"]
    assert [STORY[b:e] for b, e in predictions["dam_1"][0].content] == ["The dam will open"]


# ----------------------------------------------------------------------------------------- alignment


def parsed(text: str, division: str) -> Parse:
    """A flat parse: words parted by spaces, words of one token by "|", sentences by " / "."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    at = 0
    for number, words in enumerate(division.split(" / ")):
        first = len(tokens)
        for group in words.split():
            parts = group.split("|")
            form = "".join(part.partition("=")[0] for part in parts)
            at = text.index(form, at)
            for part, span in zip(
                parts, share_out(Span(at, at + len(form)), [p.partition("=")[0] for p in parts]), strict=True
            ):
                i = len(tokens)
                word = part.partition("=")[2] or part
                joined = part is not parts[0]
                tokens.append(Token(i, span, word, word, "X", "", "", first, "dep", "O", number, joined))
            at += len(form)
        sentences.append(Sentence(number, Span(tokens[first].span.start, tokens[-1].span.end), first, len(tokens)))
    return Parse(tuple(tokens), tuple(sentences))


@pytest.mark.parametrize(
    ("text", "gold", "found", "pairs"),
    [
        ("I left .", "I left .", "I left .", [(0, 0), (1, 1), (2, 2)]),
        ("well-known man", "well - known man", "well-known man", [(3, 1)]),
        ("well-known man", "well-known man", "well - known man", [(1, 3)]),
        ("I can't go", "I ca|n't go", "I can't go", [(0, 0), (3, 2)]),
        ("I can't go", "I ca|n't go", "I can|'t go", [(0, 0), (3, 3)]),
        ("I can't go", "I ca|n't go", "I ca n't go", [(0, 0), (1, 1), (2, 2), (3, 3)]),
        ("I cannot go", "I can|not go", "I can=CAN|not go", [(0, 0), (1, 1), (2, 2), (3, 3)]),
        ("He's here", "He|'s here", "He|'s=is here", [(0, 0), (2, 2)]),
        ("He's here.", "He|'s here .", "He|'s here.", [(0, 0), (1, 1)]),
        ("a'b'c d", "a|'b 'c d", "a 'b|'c d", [(0, 0), (1, 1), (2, 2), (3, 3)]),
        ("ab d", "a|b d", "ab d", [(2, 1)]),
        ("x y", "x", "y", []),
    ],
)
def test_alignment(text: str, gold: str, found: str, pairs: list[tuple[int, int]]) -> None:
    assert align(parsed(text, gold), parsed(text, found)) == pairs


def test_division_of_text_is_scored_by_characters() -> None:
    text = "I can't go. Stay here."
    counts = raw_measures(parsed(text, "I ca|n't go . / Stay here ."), parsed(text, "I ca|n't go. Stay / here ."))
    assert {name: (c.right_gold, c.predicted, c.gold) for name, c in counts.items() if name in DIVISIONS} == {
        "sentences": (0, 2, 2), "tokens": (5, 6, 7), "words": (6, 7, 8),
    }  # fmt: skip


DIVISIONS = ("sentences", "tokens", "words")


def test_trees_are_scored_over_aligned_words() -> None:
    gold = parsed("well-known man ran", "well - known man ran")
    gold = retree(gold, [(4, "punct"), (4, "dep"), (3, "amod"), (4, "nsubj:pass"), (4, "root")])
    found = retree(parsed("well-known man ran", "well-known man ran"), [(1, "amod"), (2, "nsubj"), (2, "root")])
    counts = raw_measures(gold, found)
    assert {name: counts[name].right_gold for name in ("uas", "las", "las_subtypes")} == {
        "uas": 2, "las": 2, "las_subtypes": 1,
    }  # fmt: skip
    assert (counts["uas"].predicted, counts["uas"].gold) == (3, 5)


def retree(parse: Parse, arcs: Sequence[tuple[int, str]]) -> Parse:
    tokens = tuple(replace(t, head=h, deprel=r) for t, (h, r) in zip(parse.tokens, arcs, strict=True))
    return replace(parse, tokens=tokens)


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ("B-PER I-PER O", "B-PER I-PER O", {"PER": 1, "all": 1}),
        ("B-PER I-PER O", "B-PER O O", {}),
        ("B-PER B-PER O", "B-PER I-PER O", {}),
        ("B-ORG O B-LOC", "B-PER O B-LOC", {"LOC": 1, "all": 1}),
        ("O I-LOC I-LOC", "O B-LOC I-LOC", {"LOC": 1, "all": 1}),
        ("B-ORG I-LOC", "B-ORG B-LOC", {"ORG": 1, "LOC": 1, "all": 2}),
        ("O O", "O O", {}),
    ],
)
def test_names_are_scored_whole(gold: str, found: str, right: dict[str, int]) -> None:
    counts = entity_measures(gold.split(), found.split())
    assert {name.removeprefix("ner."): c.right_gold for name, c in counts.items() if c.right_gold} == right


# ----------------------------------------------------------------------------------------- treebanks

CONLLU = """\
# newdoc id = one
# sent_id = one-1
# text = He didn't leave Old Mill.
1	He	he	PRON	PRP	_	4	nsubj	_	_
2-3	didn't	_	_	_	_	_	_	_	_
2	did	do	AUX	VBD	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	leave	leave	VERB	VB	_	0	root	_	_
5	Old	Old	PROPN	NNP	_	4	obj	_	_
6	Mill	Mill	PROPN	NNP	_	5	flat	_	SpaceAfter=No
7	.	.	PUNCT	.	_	4	punct	_	_

# newdoc id = two
# sent_id = two-1
# text = Ann's here
1-2	Ann's	_	_	_	_	_	_	_	_
1	Ann	Ann	PROPN	NNP	_	3	nsubj	_	_
2	's	be	AUX	VBZ	_	3	cop	_	_
3	here	here	ADV	RB	_	0	root	_	_

"""
IOB2 = """\
# sent_id = two-1
1	Ann	B-PER	-	-
2	's	O	-	-
3	here	O	-	-

# sent_id = one-1
1	He	O	-	-
2	did	O	-	-
3	n't	O	-	-
4	leave	B-OTH	-	-
5	OldMill	B-LOC	-	-
6	.	O	-	-

"""


@pytest.fixture
def treebanks(tmp_path: Path) -> Path:
    (tmp_path / "ud").mkdir()
    (tmp_path / "ner").mkdir()
    for name in ("en_ewt-ud-dev", "en_gum-ud-dev"):
        (tmp_path / "ud" / f"{name}.conllu").write_text(CONLLU)
    (tmp_path / "ner" / "en_ewt-ud-dev.iob2").write_text(IOB2)
    return tmp_path


def test_names_are_found_by_sentence_and_by_characters(treebanks: Path) -> None:
    ewt, gum = read_treebanks(treebanks, ["dev"])
    assert ewt.names == (("O", "O", "O", "O", "B-LOC", "I-LOC", "O"), ("B-PER", "O", "O"))
    assert gum.names is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [("He\tO", "She\tO", "sentence one-1"), ("# sent_id = two-1", "# sent_id = three-1", "sentence two-1")],
)
def test_names_that_do_not_fit(treebanks: Path, old: str, new: str, message: str) -> None:
    path = treebanks / "ner" / "en_ewt-ud-dev.iob2"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(GoldError, match=message):
        read_treebanks(treebanks, ["dev"])


def test_a_treebank_that_is_not_there(treebanks: Path) -> None:
    with pytest.raises(GoldError, match=r"en_ewt-ud-test\.conllu: no such treebank"):
        read_treebanks(treebanks)


class StubParser:
    """Knows the treebank by heart, but every root is a noun to it, and it knows no names."""

    model = "stub"

    def __init__(self, documents: Sequence[tuple[Article, Parse]]) -> None:
        self.by_text = {article.text: parse for article, parse in documents}

    def parse(self, article: Article) -> Parse:
        known = self.by_text[article.text]
        return replace(known, tokens=tuple(replace(t, upos="NOUN") if t.head == t.index else t for t in known.tokens))

    def annotate(self, article: Article, sentences: Sequence[Sequence[Word]]) -> Parse:
        assert [list(words) for words in sentences] == given_words(self.by_text[article.text])
        return self.parse(article)


def test_all_measures_of_a_treebank(treebanks: Path) -> None:
    (ewt, _) = read_treebanks(treebanks, ["dev"])
    seen: list[str] = []
    counts = measure(StubParser([(d.article, d.parse) for d in ewt.documents]), ewt, done=seen.append)
    assert seen == ["one", "two"]
    assert (counts["gold.upos"].right_gold, counts["gold.upos"].gold) == (8, 10)
    assert {counts[f"raw.{name}"].f1 for name in ("tokens", "words", "sentences", "las", "lemma")} == {1.0}
    assert (counts["raw.tokens"].gold, counts["raw.words"].gold) == (8, 10)
    assert (counts["ner.all"].right_gold, counts["ner.all"].gold) == (0, 2)


def test_the_words_of_a_multiword_token_are_given_with_it(treebanks: Path) -> None:
    (document, _) = read_treebanks(treebanks, ["dev"])[0].documents
    ((_, did, not_, *_),) = given_words(document.parse)
    assert did.token == not_.token == Span(3, 9)
    assert document.article.text[not_.span.start : not_.span.end] == "n't"


# ------------------------------------------------------------------------------------------- commands


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def stub_analyzer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attribution.pipeline.Analyzer", StubAnalyzer)


@pytest.mark.usefixtures("stub_analyzer")
def test_evaluate_polnear(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = run("evaluate", "polnear", corpus, "--split", "dev", "--predictions", out)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("PolNeAR dev, 1 articles, 1 attributions: attribution (lenient) F1 100.0\n")
    assert json.loads(out.read_text()) == {
        "id": "dam_1",
        "attributions": [{"source": [[19, 30]], "cue": [[31, 35]], "content": [[0, 17]], "confidence": 1.0}],
    }  # fmt: skip
    again = run("evaluate", "polnear", corpus, "--from", out, "--json", "--bootstrap", "10")
    figures = json.loads(again.stdout)
    assert figures["attribution.lenient"]["f1"] == 1.0
    assert figures["attribution.lenient"]["f1_ci95"] == [1.0, 1.0]
    assert figures["_articles"] == {"n": 1, "with_predictions": 1}
    assert again.stderr == ""


def test_intervals_are_in_the_table_when_asked_for(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text('{"id": "dam_1"}\n{"id": "other"}\n')
    plain = run("evaluate", "polnear", corpus, "--from", tmp_path / "p.jsonl")
    assert "95 %" not in plain.stdout
    assert "1 articles are not among those scored, other for one" in plain.stderr
    assert "95 % of F1" in run("evaluate", "polnear", corpus, "--from", tmp_path / "p.jsonl", "--bootstrap", "5").stdout


@dataclass
class GivenParse:
    """A parser that knows one parse."""

    given: Parse
    model: str = "given"

    def parse(self, article: Article) -> Parse:
        del article
        return self.given


def said_document(tagged: tuple[TaggedCue, ...]) -> tuple[GoldArticle, GivenParse]:
    rows = (
        "Lowe Lowe PROPN NNP 2 nsubj\nsaid say VERB VBD 0 root\nit it PRON PRP 4 nsubj\nleaked leak VERB VBD 2 ccomp\n"
        "on on ADP IN 6 case\nMonday Monday PROPN NNP 4 obl\n. . PUNCT . 2 punct"
    )
    lines = [
        f"{number}\t{word}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{relation}\t_\t_"
        for number, row in enumerate(rows.splitlines(), start=1)
        for word, lemma, upos, xpos, head, relation in [row.split()]
    ]
    document = next(parse_documents("\n".join(lines) + "\n"))
    gold = GoldAttribution((Span(0, 4),), (Span(5, 9),), (Span(10, 29),))
    return GoldArticle("leak", document.article.text, (gold,)), GivenParse(replace(document.parse, tagged=tagged))


def test_what_each_finder_is_good_for() -> None:
    article, parser = said_document(())
    measured = ablate(parser, [article])
    assert next(iter(measured)) == WHOLE
    right = {name: scores.counts["attribution.lenient"].f1 for name, scores in measured.items()}
    # Nothing is tagged and nothing is quoted here: the pattern finds it, or nobody does.
    assert right[WHOLE] == right["patterns alone"] == right["patterns, quotations"] == 1
    assert right["tagger alone"] == right["quotations alone"] == right["tagger, quotations"] == 0


def test_a_tagger_finds_alone_what_it_sees() -> None:
    article, parser = said_document((TaggedCue((1,), 0.9, ((0, 0.9),), tuple((i, 0.9) for i in range(2, 6))),))
    measured = ablate(parser, [article])
    for name in (WHOLE, "tagger alone", "patterns alone"):
        assert measured[name].counts["attribution.strict"].f1 == 1


def test_every_step_of_the_policy_is_measured() -> None:
    names = [variant.name for variant in variants()]
    assert len(set(names)) == len(names)
    assert all(f"without {step}" in names for step in STEPS if step != "pair-quotations")
    assert "patterns, tagger" in names  # which is the whole without pair-quotations


def test_evaluate_ablation(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, parser = said_document(())
    empty = replace(parser.given, tokens=(), sentences=())
    monkeypatch.setattr("attribution.parse.newsroom_parser.NewsroomParser", lambda: GivenParse(empty))
    shown = run("evaluate", "polnear", corpus, "--ablation")
    assert shown.exit_code == 0, shown.output
    assert "PolNeAR dev, 1 articles" in shown.stdout
    assert "without choose-words" in shown.stdout
    figures = json.loads(run("evaluate", "polnear", corpus, "--ablation", "--json").stdout)
    assert figures[WHOLE]["attribution.lenient"]["n_gold"] == 1


def test_how_often_a_pattern_is_right(tmp_path: Path) -> None:
    article, parser = said_document((TaggedCue((1,), 0.9, ((0, 0.9),), ((2, 0.9),)),))
    wrong = replace(article, attributions=(replace(article.attributions[0], source=(Span(13, 19),)),))
    table = tmp_path / "table.tsv"
    table.write_text("# A comment.\nevidence\tprecision\tn\npattern:clause\t0.10\t3\n")
    precisions = measure_precision(parser, [article, article, wrong], table)
    assert precisions["pattern:clause"] == 0.6  # two of three, and one for luck on either side
    lines = table.read_text().splitlines()
    assert lines[:2] == ["# A comment.", "evidence\tprecision\tn"]
    assert "pattern:clause\t0.60\t3" in lines
    assert "quotation:alone\t0.50\t0" in lines
    assert len(lines) == 2 + len(PATTERNS) + len(PAIRINGS)


def test_mistakes_are_drawn_with_their_sentence(corpus: Path, tmp_path: Path) -> None:
    wrong = [
        {"source": [[38, 44]], "content": [[0, 17]]},  # the right words, laid to somebody else
        {"source": [], "content": [[38, 44]]},
    ]
    (tmp_path / "p.jsonl").write_text(json.dumps({"id": "dam_1", "attributions": wrong}) + "\n")
    command = ["evaluate", "polnear", corpus, "--from", tmp_path / "p.jsonl", "--mistakes"]
    shown = run(*command, "5").stdout
    assert shown == run(*command, "5").stdout
    blocks = shown.split("\n\n")
    (source,) = [b for b in blocks if "another source, dam_1" in b]
    assert "- an engineer | said | The dam … will open" in source
    assert source.rstrip().endswith("    The dam will open, an engineer said.")
    assert any("not annotated, dam_1\n  + (nobody) | (no cue) | Nobody" in b for b in blocks)
    assert run(*command, "1").stdout.count("dam_1") == 1


def test_what_is_missed_is_a_mistake(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text('{"id": "dam_1"}\n')
    shown = run("evaluate", "polnear", corpus, "--from", tmp_path / "p.jsonl", "--mistakes", "3").stdout
    assert "1. missed, dam_1\n  - an engineer | said | The dam … will open" in shown
    assert "2." not in shown.split("1. missed")[1]


def test_folds_divide_the_articles() -> None:
    articles = [GoldArticle(str(i), "", ()) for i in range(12)]
    held_out = [polnear.divide(articles, fold)[1] for fold in range(1, polnear.FOLDS + 1)]
    assert sorted(a.id for fold in held_out for a in fold) == sorted(a.id for a in articles)
    for fold in range(1, polnear.FOLDS + 1):
        outside, inside = polnear.divide(articles, fold)
        assert not {a.id for a in outside} & {a.id for a in inside}
        assert len(outside) + len(inside) == len(articles)


def test_evaluate_a_fold(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text('{"id": "dam_1"}\n')
    shown = run("evaluate", "polnear", corpus, "--from", tmp_path / "p.jsonl", "--fold", "1")
    assert shown.stdout.startswith("PolNeAR dev, fold 1 of 5, 1 articles")


def test_evaluate_parse(treebanks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stub() -> StubParser:
        return StubParser([(d.article, d.parse) for d in read_treebanks(treebanks, ["dev"])[0].documents])

    monkeypatch.setattr("attribution.parse.newsroom_parser.NewsroomParser", stub)
    table = run("evaluate", "parse", treebanks, "--split", "dev")
    assert table.exit_code == 0, table.output
    assert "en_ewt-ud-dev" in table.stdout
    assert "80.00" in table.stdout
    figures = json.loads(run("evaluate", "parse", treebanks, "--split", "dev", "--json", "--limit", "1").stdout)
    assert figures["en_ewt-ud-dev"]["gold.upos"] == {
        "p": 6 / 7, "r": 6 / 7, "f1": pytest.approx(6 / 7), "right": 6, "found": 7, "gold": 7,
    }  # fmt: skip
    assert "ner.all" not in figures["en_gum-ud-dev"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["polnear", "no-such-folder"],
        ["polnear", ".", "--split", "dev"],
        ["polnear", ".", "--predictions", "x", "--from", __file__],
        ["polnear", ".", "--ablation", "--calibration"],
        ["polnear", ".", "--fold", "6"],
        ["polnear", ".", "--fold", "1", "--gate", "--floors", __file__],
        ["polnear", ".", "--tagger", ".", "--gate", "--floors", __file__],
        ["parse", "."],
        ["parse", ".", "--split", "train"],
        ["nothing", "."],
    ],
)
def test_what_cannot_be_evaluated(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("evaluate", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "rror" in result.stderr


def test_every_measure_has_words(treebanks: Path) -> None:
    from attribution.cli.evaluate import _PARSE_MEASURES

    (ewt, _) = read_treebanks(treebanks, ["dev"])
    counts = measure(StubParser([(d.article, d.parse) for d in ewt.documents]), ewt)
    assert set(counts) == set(_PARSE_MEASURES)
    assert parse_evaluation.SPLITS == ("dev", "test")


def test_predictions_are_in_the_corpus_s_terms() -> None:
    text = "Reed, the mayor, said he thought it was over, and Lowe said so."
    outer = Attribution("a1", (Span(0, 15),), (Span(17, 21),), (Span(22, 44),), Quote.INDIRECT)
    nested = Attribution("a2", (Span(22, 24),), (Span(25, 32),), (Span(33, 44),), Quote.INDIRECT, parent="a1")
    found = polnear.in_corpus_terms([outer, nested], text)
    assert [a.id for a in found] == ["a1"]
    assert text[found[0].source[0].start : found[0].source[0].end] == "Reed, the mayor,"


def test_a_cue_before_a_colon_holds_it() -> None:
    text = "Reed said: “No.” Lowe said no."
    first = Attribution("a1", (Span(0, 4),), (Span(5, 9),), (Span(11, 16),), Quote.DIRECT)
    second = Attribution("a2", (Span(17, 21),), (Span(22, 26),), (Span(27, 29),), Quote.INDIRECT)
    found = polnear.in_corpus_terms([first, second], text)
    assert [text[a.cue[0].start : a.cue[0].end] for a in found] == ["said:", "said"]


def test_a_plain_name_before_a_comma_stays_as_it_is() -> None:
    text = "Reed, said Lowe, was right."
    found = polnear.in_corpus_terms([Attribution("a1", (Span(11, 15),), (), (Span(0, 4),), Quote.INDIRECT)], text)
    assert found[0].source == (Span(11, 15),)
