"""``python -m attribution.train``: train the newsroom model, and write it into a model folder.

    python -m attribution.train run DATA CHECKPOINTS      train, or go on where an interrupted run stopped
    python -m attribution.train tables DATA/ud FOLDER     tokenizer and lemma tables from the treebanks
    python -m attribution.train export CHECKPOINT FOLDER  weights, tokenizer and manifest of a model folder
    python -m attribution.train precision DATA/polnear    how often each pattern is right, without the tagger
    python -m attribution.train calibrate DATA/polnear    confidence of attributions, for the weights that are there
    python -m attribution.train calibrate-sources DATA    confidence of sources, on the labelled training articles

docs/retraining.md tells which data goes where, how long it takes, and how to leave a corpus out.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from attribution.evaluate.polnear import FOLDS, divide, read_corpus
from attribution.parse.newsroom_parser import NewsroomParser
from attribution.train import tables
from attribution.train.calibrate import calibrate, calibrate_sources
from attribution.train.export import export
from attribution.train.precision import measure_precision
from attribution.train.run import Plan, train


def main(arguments: list[str] | None = None) -> None:
    """Run one of the commands."""
    parser = argparse.ArgumentParser(prog="python -m attribution.train", description="Train the newsroom model.")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="train, or go on where an interrupted run stopped")
    run.add_argument("data", type=Path, help="folder with ud/, ner/ and polnear/")
    run.add_argument("checkpoints", type=Path, help="folder for checkpoints and logs")
    run.add_argument("--steps", type=int, default=Plan.steps)
    run.add_argument("--processes", type=int, choices=(1, 2), default=1, help="2 shares a step out over two cores")
    run.add_argument("--seed", type=int, default=Plan.seed)
    for task in ("tree", "entity", "attribution"):
        name = f"{task}_pieces"
        run.add_argument(
            f"--{task}-pieces",
            type=int,
            default=getattr(Plan, name, 0),
            help="word pieces a step; 0 leaves the task out",
        )
    run.add_argument(
        "--held-out", type=int, choices=range(1, FOLDS + 1), help="leave out this fifth of PolNeAR's training articles"
    )
    table = commands.add_parser("tables", help="tokenizer and lemma tables from the treebanks")
    table.add_argument("treebanks", type=Path)
    table.add_argument("folder", type=Path)
    out = commands.add_parser("export", help="write a checkpoint as a model folder")
    out.add_argument("checkpoint", type=Path)
    out.add_argument("folder", type=Path)
    out.add_argument("--version", required=True, help="version of the model, for its manifest")
    out.add_argument("--scores", type=json.loads, default={}, help="JSON object of scores, for its manifest")
    counted = commands.add_parser("precision", help="measure on training articles how often each pattern is right")
    counted.add_argument("corpus", type=Path)
    counted.add_argument("--fold", type=int, choices=range(1, FOLDS + 1), default=2, help="which fifth of the articles")
    counted.add_argument("--table", type=Path, default=Path("attribution/lexicon/pattern_precision.tsv"))
    fitted = commands.add_parser("calibrate", help="fit the confidence of attributions on the development articles")
    fitted.add_argument("corpus", type=Path)
    fitted.add_argument("--table", type=Path, default=Path("attribution/lexicon/confidence.tsv"))
    sources = commands.add_parser("calibrate-sources", help="fit the confidence of sources on labelled articles")
    sources.add_argument("data", type=Path, help="folder with sourcing/ and polnear/")
    sources.add_argument("--table", type=Path, default=Path("attribution/lexicon/source_confidence.tsv"))
    given = parser.parse_args(arguments)
    if given.command == "run":
        last = train(
            Plan(
                data=given.data,
                checkpoints=given.checkpoints,
                steps=given.steps,
                processes=given.processes,
                seed=given.seed,
                tree_pieces=given.tree_pieces,
                entity_pieces=given.entity_pieces,
                attribution_pieces=given.attribution_pieces,
                held_out=given.held_out,
            )
        )
        print(f"last checkpoint: {last}")
    elif given.command == "tables":
        tables.main(given.treebanks, given.folder)
    elif given.command == "precision":
        _, articles = divide(read_corpus(given.corpus, "train"), given.fold)
        for name, value in measure_precision(NewsroomParser(), articles, given.table).items():
            print(f"{name}: {value:.2f}")
    elif given.command == "calibrate":
        for name, value in calibrate(given.corpus, given.table).items():
            print(f"{name}: {value:.3f}")
    elif given.command == "calibrate-sources":
        for name, value in calibrate_sources(given.data, given.table).items():
            print(f"{name}: {value:.3f}")
    else:
        manifest = export(given.checkpoint, given.folder, given.version, given.scores)
        print(f"{manifest.name} {manifest.version}: {manifest.size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
