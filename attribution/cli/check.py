"""``attribution check``: the editorial check."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from attribution.cli import EXIT_DONE, EXIT_ERROR, EXIT_FOUND, article_options
from attribution.cli.articles import analyse, files_argument, parser_option, paths_of
from attribution.cli.console import Console
from attribution.cli.output import check_output, output_options, page_for, write
from attribution.records import Analysis, Article, ArticleError, Report, Severity
from attribution.render import CHECK_RENDERERS, Settings
from attribution.rules import Selection
from attribution.rules import Settings as RuleSettings
from attribution.rules.codes import problem_with

NEVER = "never"
_FAIL_ON = (*(severity.value for severity in Severity), NEVER)


def _codes(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """The codes of a comma-separated list."""
    codes = tuple(code.strip() for code in (value or "").split(",") if code.strip())
    for code in codes:
        if problem := problem_with(code):
            raise click.BadParameter(problem, ctx, param)
    return codes


@click.command("check", short_help="What an editor should ask about a story's sources.")
@files_argument
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(CHECK_RENDERERS)),
    default="text",
    show_default=True,
    help="How to write what was found.",
)
@click.option("--select", callback=_codes, metavar="CODES", help="Run these rules only (SRC101,SRC3; or ALL).")
@click.option("--extend-select", callback=_codes, metavar="CODES", help="Run these too.")
@click.option("--ignore", callback=_codes, metavar="CODES", help="Leave these out.")
@click.option(
    "--fail-on",
    type=click.Choice(_FAIL_ON),
    default=Severity.ERROR.value,
    show_default=True,
    help="The least severity that gives exit code 1.",
)
@click.option("--statistics", is_flag=True, help="Say how often each rule found something, not what.")
@click.option("--stdin-filename", metavar="PATH", help="What standard input is called and where it belongs.")
@parser_option
@output_options
@article_options
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    format_: str,
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    statistics: bool,
    stdin_filename: str | None,
    parser: str,
    output: Path | None,
    width: int | None,
    with_text: bool,
    max_words: int,
    quiet: bool,
    verbose: bool,
) -> int:
    """What an editor should ask about a story's sources, before it is published.

    Reads text, Markdown and HTML files, or standard input.  Each finding names the rule, the place, what
    was seen and why it matters by which newsroom's published standards; what no text can answer is a
    question to the desk.  It counts what the text discloses, not whether it is true.

    \b
    attribution check story.txt
    attribution check drafts/*.md --fail-on warning
    attribution check story.txt --select SRC1,SRC303
    pbpaste | attribution check --stdin-filename story.md
    attribution check story.md --format sarif --output story.sarif
    attribution explain SRC101

    Rules are chosen by code or by the beginning of one (SRC1: anonymity, SRC2: corroboration, SRC3: wording,
    SRC4: second-hand, SRC5: right of reply, SRC6: quotations, SRC7: unattributed, SRC8: verbs).

    Exit codes: 0 nothing at or above --fail-on, 1 something was found, 2 something could not be read.
    """
    paths = paths_of(ctx, files)
    if not paths:
        return EXIT_ERROR
    _check_usage(format_, paths, statistics, stdin_filename, with_text)
    check_output(output, paths)
    settings = RuleSettings(selection=Selection(select, extend_select, ignore))

    def chosen(_: Article) -> RuleSettings:
        return settings

    console = Console(quiet=quiet, verbose=verbose)
    program, items = analyse(paths, parser, max_words, console, settings=chosen, stdin_name=stdin_filename)
    report = Report(program, items)
    rendered = CHECK_RENDERERS[format_](
        report, Settings(page_for(output, width), with_text=with_text, statistics=statistics)
    )
    write(rendered, output, utf8=format_ in {"json", "sarif"})
    if any(isinstance(item, ArticleError) for item in items):
        return EXIT_ERROR
    analyses = (item for item in items if isinstance(item, Analysis))
    return EXIT_FOUND if fail_on != NEVER and _fails(analyses, Severity(fail_on)) else EXIT_DONE


def _fails(analyses: Iterable[Analysis], least: Severity) -> bool:
    findings = (finding for analysis in analyses for finding in analysis.findings)
    return any(f.suppressed is None and f.severity.rank <= least.rank for f in findings)


def _check_usage(
    format_: str, paths: tuple[str, ...], statistics: bool, stdin_filename: str | None, with_text: bool
) -> None:
    """Refuse what cannot work before any article is read."""
    if not with_text and format_ == "text":
        raise click.UsageError("--no-text needs another --format: the text quotes the article.")
    if statistics and format_ != "text":
        raise click.UsageError(f"--statistics needs --format text; {format_} holds every finding.")
    if stdin_filename and "-" not in paths:
        raise click.UsageError("--stdin-filename names standard input, and that is not read here.")
