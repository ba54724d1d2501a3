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
from attribution.rules.baseline import baseline_text, read_baseline

_FILE = click.Path(path_type=Path, dir_okay=False)


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
@click.option("--baseline", "baseline_file", type=_FILE, help="Show only what is not in this baseline.")
@click.option("--write-baseline", type=_FILE, help="Accept all that is found, in this file; show nothing.")
@click.option("--corrections", type=_FILE, help="The story's file of decisions.  [default: STORY.attribution.toml]")
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
    baseline_file: Path | None,
    write_baseline: Path | None,
    corrections: Path | None,
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

    Reads text, Markdown, HTML and Word files, or standard input.  Each finding names the rule, the place, what
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

    A finding is accepted, with a reason, by a comment before its paragraph or at its end; or in the file
    STORY.attribution.toml beside the story:

    \b
    <!-- attribution: ignore SRC102 reason="…" -->    the next paragraph, or this one
    <!-- attribution: off SRC1 reason="…" -->         from here to: <!-- attribution: on SRC1 -->
    <!-- attribution: ignore-file SRC203 reason="…" -->

    \b
    [[ignore]]
    codes = ["SRC102"]
    reason = "…"
    text = "words of the passage"    # left out: the whole story

    Rules are chosen by code or by the beginning of one (SRC1: anonymity, SRC2: corroboration, SRC3: wording,
    SRC4: second-hand, SRC5: right of reply, SRC6: quotations, SRC7: unattributed, SRC8: verbs).

    Exit codes: 0 nothing at or above --fail-on, 1 something was found, 2 something could not be read.
    """
    paths = paths_of(ctx, files)
    if not paths:
        return EXIT_ERROR
    _check_usage(format_, paths, statistics, stdin_filename, corrections, with_text)
    for file in (output, write_baseline):
        check_output(file, paths)
    baseline = read_baseline(baseline_file) if baseline_file else None
    names = [stdin_filename or path if path == STDIN else path for path in paths]
    configs = {name: _configuration(name, config_file, overrides) for name in names}
    console = Console(quiet=quiet, verbose=verbose)
    for remark in dict.fromkeys(remark for config in configs.values() for remark in config.remarks):
        console.warning(f"{remark} (attribution config shows them)")
    program, items = analyse(
        paths,
        parser,
        max_words,
        console,
        settings=lambda article: configs[str(article.path)].settings,
        stdin_name=stdin_filename,
        decisions=corrections,
    )
    failed = any(isinstance(item, ArticleError) for item in items)
    if write_baseline:
        text, accepted = baseline_text(write_baseline, (item for item in items if isinstance(item, Analysis)))
        write(text, write_baseline, utf8=True)
        console.note(f"{write_baseline}: {accepted} finding{'' if accepted == 1 else 's'} accepted")
        return EXIT_ERROR if failed else EXIT_DONE
    if baseline:
        items = tuple(baseline.apply(item) if isinstance(item, Analysis) else item for item in items)
        if gone := baseline.gone(item for item in items if isinstance(item, Analysis)):
            console.detail(f"{baseline.path}: {gone} of its findings are gone; --write-baseline leaves them out")
    rendered = CHECK_RENDERERS[format_](
        Report(program, items, basis=_basis(configs.values())),
        Settings(page_for(output, width), with_text=with_text, statistics=statistics),
    )
    write(rendered, output, utf8=format_ in {"json", "sarif", "github", "html"})
    if failed:
        return EXIT_ERROR
    fails = any(_fails(item, configs[name]) for name, item in zip(names, items, strict=True))
    return EXIT_FOUND if fails else EXIT_DONE


def _configuration(name: str, file: Path | None, overrides: Overrides) -> Config:
    """What holds for one input; for standard input without a name, the working folder decides."""
    return configuration(None if name == STDIN else Path(name), file=file, overrides=overrides)


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
    format_: str,
    paths: tuple[str, ...],
    statistics: bool,
    stdin_filename: str | None,
    corrections: Path | None,
    with_text: bool,
) -> None:
    """Refuse what cannot work before any article is read."""
    if not with_text and format_ in {"text", "html"}:
        raise click.UsageError("--no-text needs --format line, json, sarif or github: the others quote the article.")
    if statistics and format_ != "text":
        raise click.UsageError(f"--statistics needs --format text; {format_} holds every finding.")
    if stdin_filename and STDIN not in paths:
        raise click.UsageError("--stdin-filename names standard input, and that is not read here.")
    if corrections and len(paths) > 1:
        raise click.UsageError("--corrections belongs to one article; each finds its own beside it by name.")
