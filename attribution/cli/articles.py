"""What commands that read articles share: loading and analysing files one by one, and what they refuse."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from attribution._version import __version__
from attribution.cli.console import Console, at_terminal
from attribution.errors import LoadError
from attribution.records import Analysis, Article, ArticleError, Program

if TYPE_CHECKING:
    from attribution.pipeline import Analyzer
    from attribution.rules import Settings

STDIN = "-"

parser_option = click.option(
    "--parser",
    type=click.Choice(["newsroom", "stanza"]),
    default="newsroom",
    show_default=True,
    help="The embedded model, or Stanza's official ones (see: attribution models).",
)

files_argument = click.argument("files", nargs=-1, metavar="[FILE…|-]")


def paths_of(ctx: click.Context, files: tuple[str, ...]) -> tuple[str, ...]:
    """The files to read, standard input if none is named; () for a person at a terminal, who is shown the help."""
    if not files and at_terminal(sys.stdin):
        click.echo(ctx.get_help(), err=True)
        return ()
    if files.count(STDIN) > 1:
        raise click.UsageError("Standard input (-) can be read only once.")
    return files or (STDIN,)


def analyse(
    paths: Sequence[str],
    parser: str,
    max_words: int,
    console: Console,
    *,
    settings: Callable[[Article], Settings] | None = None,
    stdin_name: str | None = None,
    decisions: Path | None = None,
) -> tuple[Program, tuple[Analysis | ArticleError, ...]]:
    """Load and analyse one file after another; what fails is an item of the result and the rest goes on.

    Args:
        settings: how the editorial check runs on an article; the default set of rules unless given.
        stdin_name: the path to report for standard input.
        decisions: the file of decisions about the one article; by default the one beside each.
    """
    analyzer: Analyzer | None = None
    items: list[Analysis | ArticleError] = []
    for number, path in enumerate(paths, start=1):
        if len(paths) > 1:
            console.progress(f"{number}/{len(paths)} {path}")
        article = _load(path, stdin_name if path == STDIN else None, decisions, max_words, console)
        if isinstance(article, ArticleError):
            items.append(article)
            continue
        if analyzer is None:  # a mistyped name should not wait for a model to load
            analyzer = _analyzer(parser, console)
        started = monotonic()
        item = analyzer.attempt(article, settings(article) if settings else None)
        if isinstance(item, ArticleError):
            console.error(f"{article.path}: {item.message}")
        else:
            console.detail(f"{article.path}: analysed in {monotonic() - started:.1f} s")
        items.append(item)
    console.clear()
    program = analyzer.program if analyzer else Program("attribution", __version__, parser, "not loaded")
    return program, tuple(items)


def _load(
    path: str, name: str | None, decisions: Path | None, max_words: int, console: Console
) -> Article | ArticleError:
    from attribution.load import load

    try:
        article = load(path, name=name, decisions=decisions, max_words=max_words)
    except LoadError as error:
        console.error(str(error))
        return ArticleError(name or path, "load", error.message)
    for warning in article.warnings:
        console.warning(f"{article.path}: {warning}")
    console.detail(f"{article.path}: {len(article.text.split())} words")
    return article


def _analyzer(parser: str, console: Console) -> Analyzer:
    from attribution.pipeline import Analyzer

    started = monotonic()
    analyzer = Analyzer(parser)
    console.detail(f"parser {parser}: {analyzer.program.model}, ready in {monotonic() - started:.1f} s")
    return analyzer
