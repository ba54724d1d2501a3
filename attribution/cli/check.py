"""``attribution check``: the editorial check."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from attribution.cli import EXIT_DONE, EXIT_ERROR, EXIT_FOUND, article_options
from attribution.cli.articles import STDIN, analyse, files_argument, parser_option, paths_of
from attribution.cli.console import Console
from attribution.cli.output import check_output, output_options, page_for, write
from attribution.cli.rule_options import rule_options
from attribution.config import Config, Overrides, configuration
from attribution.config.files import FAIL_ON
from attribution.records import Analysis, ArticleError, Report
from attribution.render import CHECK_RENDERERS, Settings


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
@rule_options
@click.option(
    "--fail-on", type=click.Choice(FAIL_ON), help="The least severity that gives exit code 1.  [default: error]"
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
    config_file: Path | None,
    overrides: Overrides,
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
    attribution check story.txt --profile bbc --genre conflict
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
    configs = {path: _configuration(path, stdin_filename, config_file, overrides) for path in paths}
    console = Console(quiet=quiet, verbose=verbose)
    settings = {path: config.settings for path, config in configs.items()}
    program, items = analyse(paths, parser, max_words, console, settings=settings, stdin_name=stdin_filename)
    rendered = CHECK_RENDERERS[format_](
        Report(program, items, basis=_basis(configs.values())),
        Settings(page_for(output, width), with_text=with_text, statistics=statistics),
    )
    write(rendered, output, utf8=format_ in {"json", "sarif", "html"})
    if any(isinstance(item, ArticleError) for item in items):
        return EXIT_ERROR
    fails = any(_fails(item, configs[path]) for path, item in zip(paths, items, strict=True))
    return EXIT_FOUND if fails else EXIT_DONE


def _configuration(path: str, stdin_filename: str | None, file: Path | None, overrides: Overrides) -> Config:
    """What holds for one input; for standard input without a name, the working folder decides."""
    name = stdin_filename if path == STDIN else path
    return configuration(Path(name) if name else None, file=file, overrides=overrides)


def _basis(configs: Iterable[Config]) -> str:
    """Profiles and genres in words, each once."""
    parts = []
    for what, names in (
        ("profile", [config.profile for config in configs if config.profile]),
        ("genre", [config.genre.value for config in configs]),
    ):
        if names:
            different = list(dict.fromkeys(names))
            parts.append(f"{what}{'' if len(different) == 1 else 's'} {', '.join(different)}")
    return "; ".join(parts)


def _fails(item: Analysis | ArticleError, config: Config) -> bool:
    """Whether an article has a finding at or above what its configuration fails on."""
    least = config.fail_on
    if least is None or isinstance(item, ArticleError):
        return False
    return any(f.suppressed is None and f.severity.rank <= least.rank for f in item.findings)


def _check_usage(
    format_: str, paths: tuple[str, ...], statistics: bool, stdin_filename: str | None, with_text: bool
) -> None:
    """Refuse what cannot work before any article is read."""
    if not with_text and format_ in {"text", "html"}:
        raise click.UsageError("--no-text needs --format line, json, sarif or github: the others quote the article.")
    if statistics and format_ != "text":
        raise click.UsageError(f"--statistics needs --format text; {format_} holds every finding.")
    if stdin_filename and STDIN not in paths:
        raise click.UsageError("--stdin-filename names standard input, and that is not read here.")
