"""Figures of each article of PolNeAR, for ``03_corpus.ipynb``: no text, no title, no name of a source.

    python notebooks/measure_corpus.py DIR notebooks/polnear-figures.csv --workers 2

DIR holds the corpus as published: ``metadata.tsv`` and the folders ``train/text`` and ``dev/text``.  It takes about
half an hour on two cores.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import attribution
from attribution.counted import Counted
from attribution.records import Analysis, ArticleError, Level, SourceType

SPLITS = ("train", "dev")
GROUPS = [f"{what}_{group}" for what in ("sources", "words") for group in (*Level, *SourceType)]
COLUMNS = [
    *("outlet", "date", "split", "words", "statements", "attributed_words"),
    *("sources", "claims", "claims_on_one_unnamed"),
    *GROUPS,
]


def main() -> None:
    """Read the command line, write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, metavar="DIR")
    parser.add_argument("output", type=Path, metavar="CSV")
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    described = metadata(given.corpus)
    paths = [path for path in described if path.is_file()]
    write(given.output, described, paths, attribution.analyze_many(paths, workers=given.workers))


def metadata(corpus: Path) -> dict[Path, dict[str, str]]:
    """Outlet and date of the articles of both splits, by the file of each text, in the order of the corpus."""
    with (corpus / "metadata.tsv").open(encoding="utf-8", newline="") as table:
        return {
            corpus / row["compartment"] / "text" / f"{row['filename']}.txt": {
                "outlet": row["publisher"],
                "date": row["publication_date"],
                "split": row["compartment"],
            }
            for row in csv.DictReader(table, delimiter="\t")
            if row["compartment"] in SPLITS
        }


def write(
    output: Path,
    described: dict[Path, dict[str, str]],
    paths: Sequence[Path],
    results: Iterator[Analysis | ArticleError],
) -> None:
    """One row an article; one that could not be read stops everything, so that no table is incomplete unseen."""
    with output.open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for path, result in zip(paths, results, strict=True):
            if isinstance(result, ArticleError):
                raise SystemExit(f"{path}: {result.message}")
            writer.writerow({**described[path], **figures(result)})


def figures(analysis: Analysis) -> dict[str, int]:
    """What is counted of one article; each attributed word once, for whoever is nearest to it."""
    counted = Counted(analysis)
    by_group = Counter(dict.fromkeys(GROUPS, 0))
    for each in counted.attributions:
        source = counted.source_by_id.get(each.source_id or "")
        if source is not None:
            by_group[f"words_{source.level}"] += counted.own_words[each.id]
            by_group[f"words_{source.type}"] += counted.own_words[each.id]
    for source in counted.sources:
        by_group[f"sources_{source.level}"] += 1
        by_group[f"sources_{source.type}"] += 1
    return {
        "words": len(analysis.article.prose.split()),
        "statements": len(counted.attributions),
        "attributed_words": sum(counted.own_words.values()),
        "sources": len(counted.sources),
        "claims": len(counted.claims),
        "claims_on_one_unnamed": sum(counted.rests_on_one_unnamed(claim) for claim in counted.claims),
        **by_group,
    }


if __name__ == "__main__":
    main()
