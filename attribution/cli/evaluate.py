"""``attribution evaluate``: accuracy on annotated corpora."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from attribution.cli import EXIT_DONE, EXIT_FOUND, shared_options
from attribution.cli.console import Console
from attribution.cli.evaluate_findings import findings_command

if TYPE_CHECKING:
    from attribution.evaluate.gold import StoryResult
    from attribution.evaluate.polnear import GoldArticle
    from attribution.evaluate.score import Relation, ScoredArticle, Scores
    from attribution.parse.protocol import Parser, WordParser

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


_DIRECTORY = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW_FILE = click.Path(dir_okay=False, path_type=Path)
_RESAMPLES = click.IntRange(min=0)


def _floor_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of evaluations whose figures can be pinned."""
    for option in (
        click.option(
            "--allow-regression", is_flag=True, help="With --update-floors: lower floors that are not reached."
        ),
        click.option("--update-floors", is_flag=True, help="Pin the figures reached as the new floors."),
        click.option("--gate", is_flag=True, help="Fail (exit code 1) below the floors."),
    ):
        command = option(command)
    return command


_FLOORS = click.option("--floors", type=_NEW_FILE, help="The file of floors, for --gate and --update-floors.")


@click.group("evaluate", short_help="Accuracy on a corpus.")
def command() -> None:
    """Measure accuracy on a corpus that you have.  Every published figure comes from here."""


# --------------------------------------------------------------------------------------------- polnear


@command.command("polnear")
@click.argument("directory", metavar="DIR", type=_DIRECTORY)
@click.option("--split", default="dev", show_default=True, help="train, dev or test.")
@click.option("--predictions", type=_NEW_FILE, help="Also write what was found here.")
@click.option("--from", "given", type=_FILE, help="Score these predictions, of whatever system, instead of analysing.")
@click.option("--against", type=_FILE, help="List what is gained and lost since these earlier predictions.")
@click.option("--calibration", is_flag=True, help="Also say how far the attributions' confidence can be believed.")
@click.option("--mistakes", type=click.IntRange(min=1), metavar="N", help="Also list N mistakes, drawn at random.")
@click.option("--ablation", is_flag=True, help="Measure instead what each part of finding attributions is good for.")
@click.option("--fold", type=click.IntRange(1, 5), metavar="K", help="Only the K-th fifth of the split's articles.")
@click.option(
    "--tagger", type=_DIRECTORY, metavar="FOLDER", help="Take attribution tags from the model in this folder."
)
@click.option("--bootstrap", type=_RESAMPLES, default=0, metavar="N", help="N resamples for 95 % intervals.")
@_FLOORS
@_floor_options
@_options
def polnear_command(
    directory: Path,
    split: str,
    predictions: Path | None,
    given: Path | None,
    against: Path | None,
    calibration: bool,
    mistakes: int | None,
    ablation: bool,
    fold: int | None,
    tagger: Path | None,
    bootstrap: int,
    floors: Path | None,
    gate: bool,
    update_floors: bool,
    allow_regression: bool,
    parser: str,
    as_json: bool,
    limit: int | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Attributions against PolNeAR's annotation.

    DIR holds train, dev or test, each with the folders text and attributions.  The headline is
    attribution.lenient: content matched at half its tokens or more, and the right source.  --ablation prints one
    table with patterns, tagger and quotations alone and together, and without each step of the policy that merges
    them.  --fold and --tagger measure a tagger on training articles that were held out from it
    (docs/retraining.md).
    """
    from attribution.evaluate import calibration as calibrated
    from attribution.evaluate import polnear, score, tables
    from attribution.evaluate.gate import digest
    from attribution.evaluate.mistakes import draw_mistakes

    if predictions is not None and given is not None:
        raise click.UsageError("--predictions writes what an analysis finds; with --from there is none.")
    if ablation and (predictions or given or against or calibration or mistakes or gate or update_floors):
        raise click.UsageError("--ablation prints a table of its own: leave out what is for one set of predictions.")
    defend = _floors(floors, gate, update_floors, allow_regression, fold or limit, str(tagger) if tagger else parser)
    console = Console(quiet=quiet, verbose=verbose)
    articles = polnear.read_corpus(directory, split)
    if fold is not None:
        _, articles = polnear.divide(articles, fold)
    articles = articles[:limit]
    shown = f"PolNeAR {split}" + (f", fold {fold} of {polnear.FOLDS}" if fold else "")
    if ablation:
        _ablation(shown, _any_parser(parser, tagger), articles, console, as_json=as_json)
        return EXIT_DONE
    found: Mapping[str, Sequence[Relation]]
    if given is not None:
        found = _read_predictions(given, articles, console)
    else:
        from attribution.pipeline import Analyzer

        analyzer = Analyzer(_any_parser(parser, tagger) if tagger else parser)
        found = polnear.predict(analyzer, articles, done=console.counter(len(articles)))
    console.clear()
    if predictions is not None:
        polnear.write_predictions(predictions, found)
    scores = score.score(articles, found, bootstrap=bootstrap)
    reliability = calibrated.attribution_reliability(articles, found) if calibration else None
    if as_json:
        figures = tables.scores_json(scores)
        figures["_articles"] = {"n": scores.articles, "with_predictions": scores.predicted}
        if reliability is not None:
            figures["_calibration"] = tables.reliability_json(reliability)
        figures.update(_changes_json(articles, found, against, console))
        click.echo(json.dumps(figures, indent=1, ensure_ascii=False))
    else:
        click.echo(tables.extraction_table(shown, scores))
        if reliability is not None:
            click.echo("\n" + tables.reliability_table(reliability, "attributions"))
        _echo_changes(articles, found, against, console)
        if mistakes is not None:
            click.echo(tables.mistakes_text(draw_mistakes(articles, found, mistakes)))
    return defend(lambda: digest(polnear.corpus_files(directory, split)), {"extraction": scores}, console)


def _ablation(what: str, parser: Parser, articles: Sequence[GoldArticle], console: Console, *, as_json: bool) -> None:
    from attribution.evaluate import tables
    from attribution.evaluate.ablation import ablate

    measured = ablate(parser, articles, done=console.counter(len(articles)))
    console.clear()
    if as_json:
        click.echo(json.dumps({name: tables.scores_json(scores) for name, scores in measured.items()}, indent=1))
    else:
        click.echo(tables.ablation_table(what, measured))


# -------------------------------------------------------------------------------------------- sourcing


@command.command("sourcing")
@click.argument("directory", metavar="DIR", type=_DIRECTORY)
@click.option("--split", default="dev", show_default=True, help="train, dev or test.")
@click.option("--predictions", type=_NEW_FILE, help="Also write each attribution's source, and what is wrong, here.")
@click.option("--calibration", is_flag=True, help="Also say how far the sources' confidence can be believed.")
@click.option(
    "--bootstrap", type=_RESAMPLES, default=1000, show_default=True, metavar="N", help="Resamples for 95 % intervals."
)
@_FLOORS
@_floor_options
@_options
def sourcing_command(
    directory: Path,
    split: str,
    predictions: Path | None,
    calibration: bool,
    bootstrap: int,
    floors: Path | None,
    gate: bool,
    update_floors: bool,
    allow_regression: bool,
    parser: str,
    as_json: bool,
    limit: int | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Sources against labels: entity, type, level, grants of anonymity, reasons and the rest.

    DIR holds sourcing (dev.jsonl ...) and polnear (dev/text, dev/attributions ...).  Figures are given twice: for
    the annotator's own spans, and end to end over the annotated attributions that were found.
    """
    from attribution.evaluate import sourcing, tables
    from attribution.evaluate.gate import digest
    from attribution.pipeline import Analyzer

    defend = _floors(floors, gate, update_floors, allow_regression, limit, parser)
    console = Console(quiet=quiet, verbose=verbose)
    articles = sourcing.read_sourcing(directory, split)[:limit]
    judgements = sourcing.measure(Analyzer(parser), articles, done=console.counter(len(articles)))
    console.clear()
    if predictions is not None:
        sourcing.write_predictions(predictions, judgements)
    by_setting = sourcing.summarise(judgements, bootstrap=bootstrap)
    reliability = sourcing.source_reliability(judgements) if calibration else None
    if as_json:
        figures: dict[str, Any] = {setting: tables.scores_json(scores) for setting, scores in by_setting.items()}
        figures["_articles"] = {"n": len(articles)}
        if reliability is not None:
            figures["_calibration"] = tables.reliability_json(reliability)
        click.echo(json.dumps(figures, indent=1))
    else:
        click.echo(tables.source_table(f"Sources, PolNeAR {split}", by_setting))
        if reliability is not None:
            click.echo("\n" + tables.reliability_table(reliability, "sources of given spans"))
    return defend(lambda: digest(sourcing.data_files(directory, split)), by_setting, console)


# ------------------------------------------------------------------------------------------------ gold


@command.command("gold")
@click.argument("directory", metavar="DIR", type=_DIRECTORY)
@click.option("--predictions", type=_NEW_FILE, help="Also write the attributions found here.")
@click.option("--against", type=_FILE, help="List what is gained and lost since these earlier predictions.")
@_floor_options
@click.option(
    "--bootstrap", type=_RESAMPLES, default=1000, show_default=True, metavar="N", help="Resamples for 95 % intervals."
)
@_options
def gold_command(
    directory: Path,
    predictions: Path | None,
    against: Path | None,
    gate: bool,
    update_floors: bool,
    allow_regression: bool,
    bootstrap: int,
    parser: str,
    as_json: bool,
    limit: int | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Attributions and sources against the project's own annotated stories, by desk and style.

    DIR holds the stories (*.toml), and perhaps grants.toml with cases of anonymity granted and floors.json with the
    figures that --gate defends.
    """
    from attribution.evaluate import gold, grants, polnear, tables
    from attribution.evaluate.gate import gold_digest
    from attribution.pipeline import Analyzer

    defend = _floors(directory / "floors.json", gate, update_floors, allow_regression, limit, parser)
    console = Console(quiet=quiet, verbose=verbose)
    stories, cases = gold.read_stories(directory)[:limit], grants.read_grants(directory)
    analyzer = Analyzer(parser)
    done = console.counter(len(stories) + len(cases))
    results = gold.measure_stories(analyzer, stories, done=done)
    parts = gold.summarise_stories(results, bootstrap=bootstrap)
    on_cases = grants.measure_grants(analyzer, cases, bootstrap=bootstrap, done=done) if cases else {}
    console.clear()
    articles = [story.article for story in stories]
    found = {result.story.article.id: result.judgement.analysis.attributions for result in results}
    if predictions is not None:
        polnear.write_predictions(predictions, found)
    if as_json:
        figures = _gold_json(results, parts, on_cases)
        figures.update(_changes_json(articles, found, against, console))
        click.echo(json.dumps(figures, indent=1, ensure_ascii=False))
    else:
        shown = [
            tables.extraction_table("Gold stories", parts["extraction"]),
            tables.source_table("Sources of the gold stories", parts),
            *([tables.grants_table(on_cases)] if on_cases else []),
            tables.breakdown_table("desk", gold.break_down(results, lambda story: story.desk)),
            tables.breakdown_table("style", gold.break_down(results, lambda story: story.style)),
        ]
        click.echo("\n\n".join(shown))
        _echo_changes(articles, found, against, console)
    measured = {**parts, **{f"grants.{setting}": scores for setting, scores in on_cases.items()}}
    return defend(lambda: gold_digest(directory), measured, console)


def _gold_json(
    results: Sequence[StoryResult], parts: Mapping[str, Scores], on_cases: Mapping[str, Scores]
) -> dict[str, Any]:
    from attribution.evaluate import gold, tables

    def plain(by_part: Mapping[str, Scores]) -> dict[str, Any]:
        return {part: tables.scores_json(scores) for part, scores in by_part.items()}

    return {
        **plain(parts),
        "grants": plain(on_cases),
        "desks": {name: plain(group) for name, group in gold.break_down(results, lambda story: story.desk).items()},
        "styles": {name: plain(group) for name, group in gold.break_down(results, lambda story: story.style).items()},
        "_articles": {"n": len(results)},
    }


# -------------------------------------------------------------------------------------------- findings


command.add_command(findings_command)


# ----------------------------------------------------------------------------------------------- parse


@command.command("parse")
@click.argument("directory", metavar="DIR", type=_DIRECTORY)
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
    from attribution.evaluate import parse, tables

    console = Console(quiet=quiet, verbose=verbose)
    splits = parse.SPLITS if split == "all" else (split,)
    treebanks = parse.read_treebanks(directory, splits, limit)
    word_parser = _word_parser(parser)
    done = console.counter(sum(len(treebank.documents) for treebank in treebanks))
    measured = {treebank.name: parse.measure(word_parser, treebank, done=done) for treebank in treebanks}
    console.clear()
    if as_json:
        click.echo(json.dumps(tables.parse_json(measured), indent=1))
    else:
        click.echo(tables.parse_table(_PARSE_MEASURES, measured))
    return EXIT_DONE


def _any_parser(name: str, tagger: Path | None) -> Parser:
    if tagger is None:
        return _word_parser(name)
    from attribution.parse.retagged import RetaggedParser

    return RetaggedParser(tagger)


def _word_parser(name: str) -> WordParser:
    if name == "stanza":
        from attribution.parse.stanza_official import StanzaParser

        return StanzaParser()
    from attribution.parse.newsroom_parser import NewsroomParser

    return NewsroomParser()


# ---------------------------------------------------------------------------------------------- shared


_Defend = Callable[[Callable[[], str], "Mapping[str, Scores]", Console], int]
"""Given the digest of the gold and the scores by part, passes the gate or moves the floors; the exit code."""


def _floors(
    path: Path | None, gate: bool, update: bool, allow_regression: bool, limit: int | None, parser: str
) -> _Defend:
    """What to do with floors, checked before anything is measured."""
    if (gate or update) and (limit is not None or parser != "newsroom"):
        raise click.UsageError("Floors are for whole corpora and the newsroom model: leave out --limit and --parser.")
    if gate and update:
        raise click.UsageError("--gate defends the floors and --update-floors moves them: give one of the two.")
    if allow_regression and not update:
        raise click.UsageError("--allow-regression goes with --update-floors.")
    if not (gate or update):
        return lambda *_: EXIT_DONE
    if path is None:
        raise click.UsageError("--gate and --update-floors need --floors FILE.")
    if gate and not path.is_file():
        raise click.UsageError(f"{path}: there are no floors to defend; pin them with --update-floors.")
    return partial(_update_floors, path, allow_regression) if update else partial(_pass_gate, path)


def _pass_gate(path: Path, digest: Callable[[], str], measured: Mapping[str, Scores], console: Console) -> int:
    from attribution.evaluate import gate

    floors = gate.read_floors(path)
    assert floors is not None
    problems = gate.broken(floors, digest(), gate.pinned_figures(measured))
    for problem in problems:
        console.error(problem)
    return EXIT_FOUND if problems else EXIT_DONE


def _update_floors(
    path: Path, allow_regression: bool, digest: Callable[[], str], measured: Mapping[str, Scores], console: Console
) -> int:
    from attribution.evaluate import gate

    figures = gate.pinned_figures(measured)
    floors = gate.read_floors(path)
    for lower in gate.lowered(floors, figures) if allow_regression else ():
        console.warning(f"lowered: {lower}")
    gate.write_floors(path, gate.pin(floors, digest(), figures, allow_regression=allow_regression))
    console.detail(f"{len(figures)} floors pinned in {path}")
    return EXIT_DONE


def _read_predictions(
    path: Path, articles: Sequence[ScoredArticle], console: Console
) -> Mapping[str, Sequence[Relation]]:
    from attribution.evaluate import polnear

    found = polnear.read_predictions(path)
    if unknown := sorted(set(found).difference(article.id for article in articles)):
        console.warning(f"{path}: {len(unknown)} articles are not among those scored, {unknown[0]} for one")
    return found


def _changes_json(
    articles: Sequence[ScoredArticle], found: Mapping[str, Sequence[Relation]], against: Path | None, console: Console
) -> dict[str, Any]:
    if against is None:
        return {}
    from attribution.evaluate import changes, tables

    return {
        "_changes": tables.changes_json(changes.changes(articles, found, _read_predictions(against, articles, console)))
    }


def _echo_changes(
    articles: Sequence[ScoredArticle], found: Mapping[str, Sequence[Relation]], against: Path | None, console: Console
) -> None:
    if against is not None:
        from attribution.evaluate import changes, tables

        compared = changes.changes(articles, found, _read_predictions(against, articles, console))
        click.echo("\n" + tables.changes_text(compared))
