"""What the editorial check says about a set of articles, to be counted and to be read by a person.

How often a rule is right only a reader can tell; this replays the findings for the reader.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from attribution.evaluate import gold, polnear
from attribution.load import from_text, load
from attribution.records import Analysis, Article, Finding
from attribution.rules import RULES, Selection, Settings, Story, run_rules
from attribution.rules.selection import ALL

PER_WORDS = 600
"""The length of a typical story, to which volumes are scaled."""

Analyse = Callable[[Article], Analysis]


@dataclass(frozen=True, slots=True)
class Replayed:
    """The findings of one article.

    Attributes:
        words: of the body.
        findings: each with the sentence it stands in, as printed on one line.
        by_default: how many there are where only the default rules run.
    """

    name: str
    words: int
    findings: tuple[tuple[Finding, str], ...]
    by_default: int


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often one rule fired, and in how many articles."""

    code: str
    name: str
    fired: int
    articles: int


@dataclass(frozen=True, slots=True)
class Volume:
    """Five numbers of a distribution."""

    least: float
    lower: float
    median: float
    upper: float
    most: float


def read_articles(paths: Iterable[Path], split: str) -> Iterator[tuple[str, Article]]:
    """Articles with their names: a corpus in PolNeAR's layout, a folder of gold stories or of texts, or one file.

    Raises:
        GoldError, LoadError: a folder or file is none of these.
    """
    for path in paths:
        if (path / split / "text").is_dir():
            yield from ((a.id, from_text(a.text)) for a in polnear.read_corpus(path, split))
        elif path.is_dir() and (texts := sorted(path.glob("*.txt"))):
            yield from ((text.stem, load(text)) for text in texts)
        elif path.is_dir():
            yield from ((story.article.id, story.article.article) for story in gold.read_stories(path))
        elif path.suffix == ".toml":
            yield path.stem, gold.read_story(path).article.article
        else:
            yield path.stem, load(path)


def replay(
    analyse: Analyse,
    articles: Iterable[tuple[str, Article]],
    select: Sequence[str] = (),
    *,
    done: Callable[[str], None] = lambda _: None,
) -> Iterator[Replayed]:
    """What chosen rules, all unless told otherwise, say of each article."""
    settings = Settings(selection=Selection(select=tuple(select) or (ALL,)))
    for name, article in articles:
        analysis = analyse(article)
        findings = tuple((f, _sentence(analysis, f)) for f in run_rules(analysis, settings))
        yield Replayed(name, Story(analysis).word_count, findings, len(run_rules(analysis)))
        done(name)


def frequencies(replayed: Sequence[Replayed], select: Sequence[str] = ()) -> list[Frequency]:
    """How often each chosen rule fired, those that never did included, in the order of their codes."""
    fired = Counter(f.code for article in replayed for f, _ in article.findings)
    articles = Counter(code for article in replayed for code in {f.code for f, _ in article.findings})
    chosen = Selection(select=tuple(select) or (ALL,))
    rules = [rule for rule in RULES if chosen.chooses(rule.code, default=False)]
    return [Frequency(rule.code, rule.name, fired[rule.code], articles[rule.code]) for rule in rules]


def per_article(replayed: Sequence[Replayed]) -> Volume:
    """Findings of the default rules in an article."""
    return _volume([float(article.by_default) for article in replayed])


def per_words(replayed: Sequence[Replayed]) -> Volume:
    """The same for every ``PER_WORDS`` words; articles without words are left out."""
    return _volume([PER_WORDS * article.by_default / article.words for article in replayed if article.words])


def _volume(values: Sequence[float]) -> Volume:
    if len(values) < 2:  # nothing is spread
        (one,) = values or (0.0,)
        return Volume(one, one, one, one, one)
    lower, median, upper = quantiles(values, n=4, method="inclusive")
    return Volume(min(values), lower, median, upper, max(values))


def _sentence(analysis: Analysis, finding: Finding) -> str:
    """The sentences that a finding touches."""
    sentences = analysis.parse.sentences
    begin = max((s.span.start for s in sentences if s.span.start <= finding.span.start), default=finding.span.start)
    end = min((s.span.end for s in sentences if s.span.end >= finding.span.end), default=finding.span.end)
    return " ".join(analysis.article.prose[begin:end].split())
