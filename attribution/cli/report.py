"""``attribution report``: the sourcing-quality tables of articles."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TextIO

import click

from attribution._version import __version__
from attribution.cli import EXIT_DONE, EXIT_ERROR, article_options
from attribution.cli.console import Console
from attribution.errors import AttributionError, LoadError
from attribution.records import REPORTED, Analysis, Article, ArticleError, Kind, Program, Report
from attribution.render import RENDERERS, Settings
from attribution.render.delimited import COLUMNS
from attribution.render.terminal import Page

if TYPE_CHECKING:
    from attribution.pipeline import Analyzer

STDIN = "-"
DEFAULT_WIDTH = 80
MIN_WIDTH = 48
MAX_DEFAULT_WIDTH = 160
"""Wider terminals exist, but lines of prose beyond this are hard to follow."""


def _kinds(ctx: click.Context, param: click.Parameter, value: str) -> frozenset[Kind]:
    """The kinds that a comma-separated list names, or every kind for "all"."""
    names = {name.strip() for name in value.split(",") if name.strip()}
    if names == {"all"}:
        return frozenset(Kind)
    known = [kind.value for kind in Kind]
    unknown = sorted(names.difference(known))
    if unknown or not names:
        wrong = f"no kind is called {', '.join(unknown)}" if unknown else "no kind is given"
        raise click.BadParameter(f"{wrong}; there are {', '.join(known)}, and all.", ctx, param)
    return frozenset(Kind(name) for name in names)


@click.command("report", short_help="Who stands behind each claim of an article: the tables.")
@click.argument("files", nargs=-1, metavar="[FILE…|-]")
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(RENDERERS)),
    default="text",
    show_default=True,
    help="How to write the report.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write here, not to the screen.")
@click.option(
    "--parser",
    type=click.Choice(["newsroom", "stanza"]),
    default="newsroom",
    show_default=True,
    help="The embedded model, or Stanza's official ones (see: attribution models).",
)
@click.option(
    "--kinds",
    callback=_kinds,
    metavar="KIND,…",
    default=",".join(kind.value for kind in Kind if kind in REPORTED),
    show_default=True,
    help="What tables and metrics count; or all.  JSON always holds every attribution.",
)
@click.option(
    "--table",
    type=click.Choice(list(COLUMNS)),
    help="Which table csv holds.  [default: attributions]",
)
@click.option(
    "--width", type=click.IntRange(min=MIN_WIDTH), help="Columns of the text report.  [default: the terminal's]"
)
@article_options
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    format_: str,
    output: Path | None,
    parser: str,
    kinds: frozenset[Kind],
    table: str | None,
    width: int | None,
    with_text: bool,
    max_words: int,
    quiet: bool,
    verbose: bool,
) -> int:
    """Who stands behind each claim of an article, and how hidden they are.

    Reads text, Markdown and HTML files, or standard input.  Prints the table of sources (who, type,
    anonymity level, how many claims), the table of claims, hedges, and figures with what they were
    counted from.

    \b
    attribution report story.txt
    attribution report draft.md edited.md
    pbpaste | attribution report
    attribution report story.html --format json --output story.json
    attribution report story.txt --format csv --table sources

    Levels run from A0 (a named person) and A1 (a named body or document) over A2 (partly named) to A3
    (placed: "a senior Treasury official"), A4 (vague: "a security source") and A5 (opaque: "sources").

    Exit codes: 0 done, 2 something could not be read.
    """
    if not files and _at_terminal(sys.stdin):
        click.echo(ctx.get_help(), err=True)
        return EXIT_ERROR
    paths = files or (STDIN,)
    _check_usage(paths, format_, output, table, with_text)

    console = Console(quiet=quiet, verbose=verbose)
    report = _report(paths, parser, max_words, kinds, console)
    page = Page(width or _default_width(output), colour=output is None and _colour_wanted())
    written = RENDERERS[format_](report, Settings(page, table or "attributions", with_text))
    _write(written, output, utf8=format_ in {"csv", "json"})
    failed = any(isinstance(item, ArticleError) for item in report.items)
    return EXIT_ERROR if failed else EXIT_DONE


# ------------------------------------------------------------------------------------------- the work


def _report(paths: Sequence[str], parser: str, max_words: int, kinds: frozenset[Kind], console: Console) -> Report:
    """Load and analyse one file after another; what fails is an item of the report and the rest goes on."""
    analyzer: Analyzer | None = None
    items: list[Analysis | ArticleError] = []
    for number, path in enumerate(paths, start=1):
        if len(paths) > 1:
            console.progress(f"{number}/{len(paths)} {path}")
        article = _load(path, max_words, console)
        if isinstance(article, ArticleError):
            items.append(article)
            continue
        if analyzer is None:  # a mistyped name should not wait for a model to load
            analyzer = _analyzer(parser, console)
        started = monotonic()
        item = next(iter(analyzer.analyze_many([article])))
        if isinstance(item, ArticleError):
            console.error(f"{path}: {item.message}")
        else:
            console.detail(f"{path}: analysed in {monotonic() - started:.1f} s")
        items.append(item)
    console.clear()
    program = analyzer.program if analyzer else Program("attribution", __version__, parser, "not loaded")
    return Report(program, tuple(items), kinds)


def _load(path: str, max_words: int, console: Console) -> Article | ArticleError:
    from attribution.load import load

    try:
        article = load(path, max_words=max_words)
    except LoadError as error:
        console.error(str(error))
        return ArticleError(path, "load", error.message)
    for warning in article.warnings:
        console.warning(f"{path}: {warning}")
    console.detail(f"{path}: {len(article.text.split())} words")
    return article


def _analyzer(parser: str, console: Console) -> Analyzer:
    from attribution.pipeline import Analyzer

    started = monotonic()
    analyzer = Analyzer(parser)
    console.detail(f"parser {parser}: {analyzer.program.model}, ready in {monotonic() - started:.1f} s")
    return analyzer


# ------------------------------------------------------------------------------------ input and output


def _check_usage(paths: Sequence[str], format_: str, output: Path | None, table: str | None, with_text: bool) -> None:
    """Refuse what cannot work before any article is read."""
    if list(paths).count(STDIN) > 1:
        raise click.UsageError("Standard input (-) can be read only once.")
    if table and format_ != "csv":
        raise click.UsageError(f"--table chooses what csv holds; --format {format_} holds all tables.")
    if not with_text and format_ not in {"csv", "json"}:
        raise click.UsageError(f"--no-text needs --format csv or json: the {format_} report consists of article text.")
    if output is None:
        return
    if not output.parent.is_dir():
        raise click.UsageError(f"--output {output}: there is no folder {output.parent}; create it first.")
    if any(path != STDIN and Path(path).exists() and output.exists() and output.samefile(path) for path in paths):
        raise click.UsageError(f"--output {output} would overwrite an article that is to be read.")


def _default_width(output: Path | None) -> int:
    if output is not None:
        return DEFAULT_WIDTH
    columns = shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns
    return min(max(columns, MIN_WIDTH), MAX_DEFAULT_WIDTH)


def _at_terminal(stream: TextIO) -> bool:
    return stream.isatty()


def _colour_wanted() -> bool:
    """Colour on a terminal only, and not against the user's word (https://no-color.org)."""
    return _at_terminal(sys.stdout) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _write(written: str, output: Path | None, *, utf8: bool) -> None:
    """Write to a file in UTF-8, or to standard output.

    Args:
        utf8: machine-readable, so UTF-8 whatever the terminal's encoding.
    """
    if output is not None:
        try:
            output.write_bytes(written.encode("utf-8", "backslashreplace"))
        except OSError as error:
            remedy = "choose a place that can be written to"
            raise AttributionError(f"cannot be written: {error.strerror}", where=str(output), remedy=remedy) from error
        return
    encoding = "utf-8" if utf8 else sys.stdout.encoding or "utf-8"
    sys.stdout.flush()
    sys.stdout.buffer.write(written.encode(encoding, "backslashreplace"))
    sys.stdout.buffer.flush()
