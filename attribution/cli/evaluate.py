"""``attribution evaluate``: accuracy on annotated corpora."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from attribution.cli import EXIT_DONE, shared_options
from attribution.cli.console import Console

if TYPE_CHECKING:
    from attribution.evaluate.score import Count, Relation, Scores
    from attribution.parse.protocol import WordParser

_WIDTH = 100

_LAYERS = {
    "upos": "universal tags",
    "xpos": "treebank tags",
    "feats": "features (all)",
    "lemma": "lemmas",
    "uas": "heads (UAS)",
    "las": "heads and relations (LAS)",
    "las_subtypes": "LAS with subtypes",
}
_DIVISION = {"tokens": "tokens", "words": "words", "sentences": "sentences"}
_ENTITIES = {"PER": "names of persons", "ORG": "names of organisations", "LOC": "names of places", "all": "names, all"}
_PARSE_MEASURES = {
    **{f"gold.{key}": f"gold words: {words}" for key, words in _LAYERS.items()},
    **{f"ner.{key}": f"gold words: {words}" for key, words in _ENTITIES.items()},
    **{f"raw.{key}": f"raw text: {words}" for key, words in {**_DIVISION, **_LAYERS}.items()},
}
"""Every measure of ``evaluate parse`` in words, in the order of the table."""


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every kind of evaluation."""
    for option in (
        shared_options,
        click.option(
            "--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N articles or documents."
        ),
        click.option("--json", "as_json", is_flag=True, help="Figures with their counts as JSON, not as a table."),
        click.option(
            "--parser",
            type=click.Choice(["newsroom", "stanza"]),
            default="newsroom",
            show_default=True,
            help="The embedded model, or Stanza's official ones.",
        ),
    ):
        command = option(command)
    return command


@click.group("evaluate", short_help="Accuracy on a corpus.")
def command() -> None:
    """Measure accuracy on a corpus that you have.  Every published figure comes from here."""


# --------------------------------------------------------------------------------------------- polnear


@command.command("polnear")
@click.argument("directory", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--split", default="dev", show_default=True, help="train, dev or test.")
@click.option("--predictions", type=click.Path(dir_okay=False, path_type=Path), help="Also write what was found here.")
@click.option(
    "--from",
    "given",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Score these predictions, of whatever system, instead of analysing.",
)
@click.option("--bootstrap", type=click.IntRange(min=0), default=0, metavar="N", help="N resamples for 95 % intervals.")
@_options
def polnear_command(
    directory: Path,
    split: str,
    predictions: Path | None,
    given: Path | None,
    bootstrap: int,
    parser: str,
    as_json: bool,
    limit: int | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Attributions against PolNeAR's annotation.

    DIR holds train, dev or test, each with the folders text and attributions.  The headline is
    attribution.lenient: content matched at half its tokens or more, and the right source.
    """
    from attribution.evaluate import polnear, score

    if predictions is not None and given is not None:
        raise click.UsageError("--predictions writes what an analysis finds; with --from there is none.")
    console = Console(quiet=quiet, verbose=verbose)
    articles = polnear.read_corpus(directory, split)[:limit]
    found: Mapping[str, Sequence[Relation]]
    if given is not None:
        found = polnear.read_predictions(given)
        if unknown := sorted(set(found).difference(article.id for article in articles)):
            console.warning(f"{given}: {len(unknown)} articles are not among those scored, {unknown[0]} for one")
    else:
        from attribution.pipeline import Analyzer

        found = polnear.predict(Analyzer(parser), articles, done=_progress(console, len(articles)))
    console.clear()
    if predictions is not None:
        polnear.write_predictions(predictions, found)
    scores = score.score(articles, found, bootstrap=bootstrap)
    click.echo(json.dumps(_polnear_json(scores), indent=1) if as_json else _polnear_table(scores, split))
    return EXIT_DONE


def _polnear_table(scores: Scores, split: str) -> str:
    headline = scores.counts["attribution.lenient"]
    rows = []
    for name, count in scores.counts.items():
        # Some measures have recall alone: there is no saying what a wrong prediction of that form is.
        interval = scores.intervals.get(name) if count.predicted else None
        rows.append(
            [
                name,
                f"{100 * count.precision:.1f}" if count.predicted else "-",
                f"{100 * count.recall:.1f}",
                f"{100 * count.f1:.1f}" if count.predicted else "-",
                f"{100 * interval[0]:.1f} to {100 * interval[1]:.1f}" if interval else "",
                *(str(n) for n in (count.right_gold, count.predicted, count.gold)),
            ]
        )
    titles = ["measure", "P", "R", "F1", "95 % of F1", "right", "found", "gold"]
    kept = [at for at, title in enumerate(titles) if scores.intervals or title != "95 % of F1"]
    first = (
        f"PolNeAR {split}, {scores.articles} articles, {headline.gold} attributions: "
        f"attribution (lenient) F1 {100 * headline.f1:.1f}"
    )
    return f"{first}\n\n" + _table([titles[at] for at in kept], [[row[at] for at in kept] for row in rows])


def _polnear_json(scores: Scores) -> dict[str, Any]:
    """By measure, with the field names of the PolNeAR scorer's own output."""
    figures: dict[str, Any] = {}
    for name, count in scores.counts.items():
        figures[name] = {
            "p": count.precision,
            "r": count.recall,
            "f1": count.f1,
            "tp_pred": count.right_predicted,
            "n_pred": count.predicted,
            "tp_gold": count.right_gold,
            "n_gold": count.gold,
        }
        if name in scores.intervals:
            figures[name]["f1_ci95"] = list(scores.intervals[name])
    figures["_articles"] = {"n": scores.articles, "with_predictions": scores.predicted}
    return figures


# ----------------------------------------------------------------------------------------------- parse


@command.command("parse")
@click.argument("directory", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--split", type=click.Choice(["dev", "test", "all"]), default="all", show_default=True)
@_options
def parse_command(
    directory: Path, split: str, parser: str, as_json: bool, limit: int | None, quiet: bool, verbose: bool
) -> int:
    """Tags, trees, names and the division of text against Universal Dependencies.

    DIR holds the folders ud (en_ewt-ud-dev.conllu, en_gum-ud-test.conllu ...) and ner (en_ewt-ud-test.iob2 ...).
    On gold words the figures are accuracies; from raw text they are F1 over aligned words, as in the CoNLL 2018
    shared task.  Names are scored as whole spans.
    """
    from attribution.evaluate import parse

    console = Console(quiet=quiet, verbose=verbose)
    splits = parse.SPLITS if split == "all" else (split,)
    treebanks = parse.read_treebanks(directory, splits, limit)
    word_parser = _word_parser(parser)
    done = _progress(console, sum(len(treebank.documents) for treebank in treebanks))
    measured = {treebank.name: parse.measure(word_parser, treebank, done=done) for treebank in treebanks}
    console.clear()
    click.echo(json.dumps(_parse_json(measured), indent=1) if as_json else _parse_table(measured))
    return EXIT_DONE


def _word_parser(name: str) -> WordParser:
    if name == "stanza":
        from attribution.parse.stanza_official import StanzaParser

        return StanzaParser()
    from attribution.parse.newsroom_parser import NewsroomParser

    return NewsroomParser()


def _parse_table(measured: Mapping[str, Mapping[str, Count]]) -> str:
    rows = [
        [words, *(f"{100 * counts[name].f1:.2f}" if name in counts else "" for counts in measured.values())]
        for name, words in _PARSE_MEASURES.items()
        if any(name in counts for counts in measured.values())
    ]
    sizes = [f"{counts['gold.upos'].gold} words" for counts in measured.values()]
    return _table(["per cent", *measured], [["", *sizes], *rows])


def _parse_json(measured: Mapping[str, Mapping[str, Count]]) -> dict[str, Any]:
    return {
        treebank: {
            name: {
                "p": count.precision,
                "r": count.recall,
                "f1": count.f1,
                "right": count.right_gold,
                "found": count.predicted,
                "gold": count.gold,
            }
            for name, count in counts.items()
        }
        for treebank, counts in measured.items()
    }


# ---------------------------------------------------------------------------------------------- shared


def _progress(console: Console, total: int) -> Callable[[str], None]:
    """Called with a name each time something is done, says how far the job is."""
    so_far = 0

    def done(name: str) -> None:
        nonlocal so_far
        so_far += 1
        console.progress(f"{so_far}/{total} {name}")

    return done


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    from attribution.render.table import Column, draw

    columns = [Column(title, right=at > 0) for at, title in enumerate(titles)]
    drawn = draw(columns, rows, _WIDTH)
    return "\n".join([*drawn.head, *(line for row in drawn.rows for line in row)])
