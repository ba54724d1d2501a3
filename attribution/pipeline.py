"""The one place that knows the order of the stages, and the one object with state: it holds the parser.

article -parse-> Parse -extract-> [Attribution] -sources-> [Source] -claims-> [Claim] -metrics-> Analysis
-rules-> [Finding]
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from attribution._version import __version__
from attribution.claims import build_claims, cluster_claims
from attribution.errors import AttributionError, LoadError
from attribution.extract import extract, find_hedges
from attribution.load import from_text, load
from attribution.metrics import measure
from attribution.parse.protocol import Parser
from attribution.records import Analysis, Article, ArticleError, Parse, Program
from attribution.rules import Settings, check
from attribution.sources import resolve_corrected
from attribution.voice import Voice

Input = str | Path | Article
"""A text (str), a file (Path), or an article already loaded."""

PARSERS = ("newsroom", "stanza")


class Analyzer:
    """Analyses articles with one parser, loaded once.

    Args:
        parser: "newsroom" (the embedded model), "stanza" (Stanza's official English models, fetched by
            ``attribution models download``), or any object with a ``parse`` method.
        settings: how the editorial check runs; the default set of rules unless given.

    Raises:
        AttributionError: no parser has that name.
        ModelError: the parser's model is missing or damaged.
    """

    def __init__(self, parser: str | Parser = "newsroom", settings: Settings | None = None) -> None:
        self.parser = _parser(parser) if isinstance(parser, str) else parser
        self.settings = settings or Settings()
        self.parser_name = parser if isinstance(parser, str) else type(parser).__name__

    @property
    def program(self) -> Program:
        """Name, version, parser and model, as reports state them."""
        return Program("attribution", __version__, self.parser_name, self.parser.model)

    def parse(self, article: Article) -> Parse:
        """The linguistic analysis alone."""
        return self.parser.parse(article)

    def analyze(self, article: Input, settings: Settings | None = None) -> Analysis:
        """Everything found in one article.

        Args:
            settings: how the editorial check runs on this one, in place of the analyzer's own settings.

        Raises:
            LoadError: the text or file is not an article that can be read.
        """
        article = _article(article)
        return self.complete(article, self.parse(article), settings)

    def complete(self, article: Article, parse: Parse, settings: Settings | None = None) -> Analysis:
        """The analysis of an article whose parse is given."""
        attributions = extract(article, parse)
        told = article.decisions.corrections if article.decisions else ()
        attributions, sources, corrected = resolve_corrected(article, parse, attributions, told)
        hedges = find_hedges(article, parse, attributions)
        attributions, claims, hedges = build_claims(article, parse, attributions, sources, hedges)
        claims, clusters = cluster_claims(article, parse, claims, attributions, sources)
        analysis = Analysis(article, parse, attributions, sources, claims, clusters, hedges, corrections=corrected)
        voice = Voice(analysis)
        analysis = replace(analysis, metrics=measure(analysis, voice=voice))
        return replace(analysis, findings=check(analysis, settings or self.settings, voice=voice))

    def analyze_many(self, articles: Iterable[Input]) -> Iterator[Analysis | ArticleError]:
        """One result for each input, in order; a failure is a value and the rest goes on."""
        for article in articles:
            yield self.attempt(article)

    def attempt(self, article: Input, settings: Settings | None = None) -> Analysis | ArticleError:
        """As ``analyze``, but a failure is a value."""
        path = str(article) if isinstance(article, Path) else article.path if isinstance(article, Article) else None
        try:
            return self.analyze(article, settings)
        except AttributionError as error:
            return ArticleError(path, "load" if isinstance(error, LoadError) else "analysis", error.message)
        except Exception as error:
            # A bug that one article brings out must not lose the others' results.
            return ArticleError(path, "analysis", f"{type(error).__name__}: {error}")


def _article(given: Input) -> Article:
    if isinstance(given, Article):
        return given
    return load(given) if isinstance(given, Path) else from_text(given)


def _parser(name: str) -> Parser:
    if name == "newsroom":
        from attribution.parse.newsroom_parser import NewsroomParser  # torch is slow to import

        return NewsroomParser()
    if name == "stanza":
        from attribution.parse.stanza_official import StanzaParser

        return StanzaParser()
    raise AttributionError(f"there is no parser {name!r}", remedy=f"use one of: {', '.join(PARSERS)}")


# ------------------------------------------------------------------------------------ several processes


def analyze_many(
    articles: Iterable[Input], *, workers: int = 1, parser: str = "newsroom"
) -> Iterator[Analysis | ArticleError]:
    """Analyse many articles, in order.

    Args:
        articles: texts, paths or articles; drawn from as results are taken, so it may be endless.
        workers: processes to use.  Each holds a model of its own (about 250 MB).  Results do not depend
            on their number.

    Yields:
        An ``Analysis`` for each article, or an ``ArticleError`` that says what went wrong with it.

    Raises:
        ValueError: ``workers`` is less than 1.
        ModelError: the parser's model is missing or damaged.
    """
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    if workers == 1:
        return Analyzer(parser).analyze_many(articles)
    return _in_processes(articles, workers, parser)


def _in_processes(articles: Iterable[Input], workers: int, parser: str) -> Iterator[Analysis | ArticleError]:
    """Results in input order with a bounded number of articles under way, so that memory stays bounded."""
    pool = ProcessPoolExecutor(workers, get_context("spawn"))
    under_way: deque[Future[Analysis | ArticleError]] = deque()
    try:
        for article in articles:
            under_way.append(pool.submit(_work, article, parser))
            if len(under_way) >= 4 * workers:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)  # a caller who stops early waits for no more than what has begun


@cache
def _worker(parser: str) -> Analyzer:
    """The analyzer of a worker process, made when its first article comes, so that its errors reach the caller."""
    import torch

    # One thread a process: workers that each use every core only get in each other's way.
    torch.set_num_threads(1)
    return Analyzer(parser)


def _work(article: Input, parser: str) -> Analysis | ArticleError:
    return _worker(parser).attempt(article)
