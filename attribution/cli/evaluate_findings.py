"""``attribution evaluate findings``: what the rules say of a set of articles, replayed for a reader."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from attribution.cli import EXIT_DONE, shared_options
from attribution.cli.articles import parser_option
from attribution.cli.console import Console

if TYPE_CHECKING:
    from attribution.evaluate.findings import Replayed


@click.command("findings")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--split", default="dev", show_default=True, help="Of a corpus in PolNeAR's layout.")
@click.option("--select", metavar="CODES", default="", help="Only these rules or beginnings of codes.  [default: all]")
@click.option(
    "--format", "format_", type=click.Choice(["text", "jsonl"]), default="text", show_default=True, help="How to write."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N articles.")
@parser_option
@shared_options
def findings_command(
    paths: tuple[Path, ...],
    split: str,
    select: str,
    format_: str,
    limit: int | None,
    parser: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Every finding with its sentence, to be judged by a reader, and how often each rule fired.

    PATH is a corpus in PolNeAR's layout, a folder of gold stories or of texts, or one file.  Rules run with their own
    settings, on the genre news.  The volume at the end is that of the default rules.
    """
    from attribution.config.files import check_codes
    from attribution.evaluate import findings
    from attribution.pipeline import Analyzer
    from attribution.rules import Selection, Settings

    codes = [code for code in select.split(",") if code]
    check_codes(codes, "--select")
    console = Console(quiet=quiet, verbose=verbose)
    articles = list(findings.read_articles(paths, split))[:limit]
    analyzer = Analyzer(parser, settings=Settings(selection=Selection(ignore=("SRC",))))
    replayed = list(findings.replay(analyzer.analyze, articles, codes, done=console.counter(len(articles))))
    console.clear()
    click.echo(_jsonl(replayed, codes) if format_ == "jsonl" else _text(replayed, codes))
    return EXIT_DONE


def _text(replayed: Sequence[Replayed], codes: Sequence[str]) -> str:
    from attribution.evaluate import findings
    from attribution.evaluate.tables import table

    read = [
        f"{article.name}: {finding.code} {finding.severity}, {finding.confidence} confidence\n"
        f"  {finding.message}\n  > {sentence}\n"
        for article in replayed
        for finding, sentence in article.findings
    ]
    rows = [(f"{f.code} {f.name}", str(f.fired), str(f.articles)) for f in findings.frequencies(replayed, codes)]
    volumes = [
        ("article", findings.per_article(replayed)),
        (f"{findings.PER_WORDS} words", findings.per_words(replayed)),
    ]
    spread = [(f"per {what}", *(f"{value:.1f}" for value in asdict(v).values())) for what, v in volumes]
    return "\n".join(
        [
            *read,
            table((f"{len(replayed)} articles", "fired", "articles"), rows),
            "",
            table(("default rules", "least", "lower quartile", "median", "upper quartile", "most"), spread),
        ]
    )


def _jsonl(replayed: Sequence[Replayed], codes: Sequence[str]) -> str:
    """One object a line: findings, then rules, then volumes."""
    from attribution.evaluate import findings

    rows = [
        {
            "article": article.name,
            "code": finding.code,
            "severity": finding.severity,
            "confidence": finding.confidence,
            "span": list(finding.span),
            "excerpt": finding.excerpt,
            "message": finding.message,
            "sentence": sentence,
        }
        for article in replayed
        for finding, sentence in article.findings
    ]
    rules = [
        {"rule": f.code, "name": f.name, "fired": f.fired, "articles": f.articles}
        for f in findings.frequencies(replayed, codes)
    ]
    volumes = [
        {"volume": "article", **asdict(findings.per_article(replayed))},
        {"volume": f"{findings.PER_WORDS} words", **asdict(findings.per_words(replayed))},
    ]
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in (*rows, *rules, *volumes))
