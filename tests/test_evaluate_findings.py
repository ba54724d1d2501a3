"""Findings replayed for a reader: which articles are read, what is counted, what is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import FIXTURES

from attribution.cli import main
from attribution.errors import GoldError
from attribution.evaluate.findings import Replayed, frequencies, per_article, per_words, read_articles
from attribution.records import Analysis, Article, Finding
from attribution.rules import RULES, Settings
from build import analysis, finding

DAM = "The dam will open, a source said. Nobody agreed."
QUIET = "The dam is 40 years old."


class Stub:
    """An analyzer that finds nothing by itself."""

    def __init__(self, parser: str = "newsroom", settings: Settings | None = None) -> None: ...

    def analyze(self, article: Article) -> Analysis:
        return analysis(article.text)


def rules_of_the_test(found: Analysis, settings: Settings | None = None) -> tuple[Finding, ...]:
    """Everybody who is "a source"; by default nobody."""
    text = found.article.text
    return (finding(text, "a source"),) if settings and "a source" in text else ()


@pytest.fixture
def stories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("attribution.pipeline.Analyzer", Stub)
    monkeypatch.setattr("attribution.evaluate.findings.run_rules", rules_of_the_test)
    for name, text in (("dam", DAM), ("quiet", QUIET)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["evaluate", "findings", *(str(a) for a in arguments)])


def test_every_finding_with_its_sentence_then_the_rules_then_the_volume(stories: Path) -> None:
    result = run(stories)
    assert result.exit_code == 0, result.output
    first, message, sentence, *rest = result.stdout.splitlines()
    assert first == "dam: SRC101 error, high confidence"
    assert message == "  It tells readers nothing."
    assert DAM in sentence
    rows = [line.split() for line in rest if line.startswith("SRC")]
    assert [row[0] for row in rows] == [rule.code for rule in RULES], "rules that never fired are there too"
    assert rows[0][-2:] == ["1", "1"]
    assert rest[-1].split() == ["per", "600", "words", *["0.0"] * 5]


def test_one_object_a_line(stories: Path) -> None:
    lines = [json.loads(line) for line in run(stories, "--format", "jsonl", "--select", "SRC101").stdout.splitlines()]
    assert [line.get("article") for line in lines] == ["dam", None, None, None]
    assert (lines[0]["code"], lines[0]["excerpt"]) == ("SRC101", "a source")
    assert lines[1] == {"rule": "SRC101", "name": "bare-anonymous-source", "fired": 1, "articles": 1}
    assert [line["volume"] for line in lines[2:]] == ["article", "600 words"]


def test_a_code_that_does_not_exist(stories: Path) -> None:
    result = run(stories, "--select", "SRC9")
    assert result.exit_code == 2
    assert "there is no rule 'SRC9'" in result.stderr


def test_corpora_folders_and_files_are_read(stories: Path, tmp_path: Path) -> None:
    for part in ("text", "attributions"):
        (tmp_path / "corpus" / "dev" / part).mkdir(parents=True)
    (tmp_path / "corpus" / "dev" / "text" / "d1.txt").write_text(DAM, encoding="utf-8")
    (tmp_path / "corpus" / "dev" / "attributions" / "d1_0a1b.ann").write_text("", encoding="utf-8")
    gold = sorted((FIXTURES / "gold").glob("a0*.toml"))[0]
    names = [name for name, _ in read_articles([tmp_path / "corpus", stories, stories / "dam.txt", gold], "dev")]
    assert names == ["d1", "dam", "quiet", "dam", gold.stem]
    assert len(list(read_articles([FIXTURES / "gold"], "dev"))) == 28
    with pytest.raises(GoldError):
        list(read_articles([tmp_path / "corpus"], "test"))


def test_counting() -> None:
    found = ((finding(DAM, "a source"), DAM), (finding(DAM, "Nobody"), DAM))
    articles = [Replayed("a", 600, found, 2), Replayed("b", 300, (), 0), Replayed("c", 1200, found[:1], 4)]
    (first,) = frequencies(articles, ["SRC101"])
    assert (first.fired, first.articles) == (3, 2)
    assert per_article(articles).median == 2
    assert per_words(articles).most == 2
    assert per_article([]).most == 0
