"""``attribution report``: the sourcing-quality tables of articles."""

from __future__ import annotations

from pathlib import Path

import click

from attribution.cli import EXIT_DONE, EXIT_ERROR, article_options
from attribution.cli.articles import analyse, files_argument, parser_option, paths_of
from attribution.cli.console import Console
from attribution.cli.output import check_output, output_options, page_for, write
from attribution.records import REPORTED, ArticleError, Kind, Report
from attribution.render import RENDERERS, Settings
from attribution.render.delimited import COLUMNS


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
@files_argument
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(RENDERERS)),
    default="text",
    show_default=True,
    help="How to write the report.",
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
@parser_option
@output_options
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

    Reads text, Markdown, HTML and Word files, or standard input.  Prints the table of sources (who, type,
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
    paths = paths_of(ctx, files)
    if not paths:
        return EXIT_ERROR
    _check_usage(format_, table, with_text)
    check_output(output, paths)
    program, items = analyse(paths, parser, max_words, Console(quiet=quiet, verbose=verbose))
    report = Report(program, items, kinds)
    settings = Settings(page_for(output, width), table or "attributions", with_text)
    write(RENDERERS[format_](report, settings), output, utf8=format_ in {"csv", "json", "html"})
    failed = any(isinstance(item, ArticleError) for item in items)
    return EXIT_ERROR if failed else EXIT_DONE


def _check_usage(format_: str, table: str | None, with_text: bool) -> None:
    """Refuse what cannot work before any article is read."""
    if table and format_ != "csv":
        raise click.UsageError(f"--table chooses what csv holds; --format {format_} holds all tables.")
    if not with_text and format_ not in {"csv", "json"}:
        raise click.UsageError(f"--no-text needs --format csv or json: the {format_} report consists of article text.")
