"""``attribution diff``: what changed in the sourcing between two versions of a story."""

from __future__ import annotations

from pathlib import Path

import click

from attribution.cli import EXIT_DONE, EXIT_ERROR, article_options
from attribution.cli.articles import STDIN, analyse, parser_option
from attribution.cli.console import Console
from attribution.cli.output import check_output, output_options, page_for, write
from attribution.cli.rule_options import rule_options
from attribution.config import Overrides, configuration
from attribution.records import Analysis, Article
from attribution.render.versions import versions_json, versions_text
from attribution.rules import Settings
from attribution.versions import compare_versions


@click.command("diff", short_help="What changed in the sourcing between two versions of a story.")
@click.argument("old")
@click.argument("new")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@output_options
@parser_option
@rule_options
@article_options
def command(
    old: str,
    new: str,
    format_: str,
    output: Path | None,
    width: int | None,
    parser: str,
    config_file: Path | None,
    overrides: Overrides,
    with_text: bool,
    max_words: int,
    quiet: bool,
    verbose: bool,
) -> int:
    """What changed in the sourcing between two versions of a story.

    Sources gained and lost, made more or less identifiable; claims that lost or gained their attribution, their source
    or their corroboration; findings of the editorial check that are new or gone.

    \b
    attribution diff draft-1.md draft-2.md
    git show HEAD:story.md | attribution diff - story.md

    Exit codes: 0 done, whatever changed; 2 a version could not be read.
    """
    if (old, new) == (STDIN, STDIN):
        raise click.UsageError("Standard input (-) can be read only once.")
    if not with_text and format_ != "json":
        raise click.UsageError("--no-text needs --format json: the text consists of the article's words.")
    check_output(output, (old, new))

    def settings(article: Article) -> Settings:
        place = Path(article.path) if article.path and article.path != STDIN else None
        return configuration(place, file=config_file, overrides=overrides).settings

    program, items = analyse((old, new), parser, max_words, Console(quiet=quiet, verbose=verbose), settings=settings)
    before, after = items
    if not isinstance(before, Analysis) or not isinstance(after, Analysis):
        return EXIT_ERROR
    diff = compare_versions(before, after)
    page = page_for(output, width)
    written = versions_json(diff, program, with_text=with_text) if format_ == "json" else versions_text(diff, page)
    write(written, output, utf8=format_ == "json")
    return EXIT_DONE
