"""Word lists as reviewable data: tab-separated files beside this module, read strictly.

Each file opens with comment lines (``#``) that say what it holds, where its entries come from and under
what licence, then one line of column names, then one entry a line.  An unknown column, a missing cell, a
value outside the allowed set or a duplicate entry is an error that names the file and line.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from importlib import resources

from attribution.errors import LexiconError

Row = Mapping[str, str]


def read_table(
    name: str,
    columns: tuple[str, ...],
    *,
    key: tuple[str, ...],
    allowed: Mapping[str, Collection[str]] | None = None,
) -> tuple[Row, ...]:
    """Read ``attribution/lexicon/<name>``.

    Args:
        columns: the column names the file must have, in order.
        key: the columns that together identify an entry; two equal keys are an error.
        allowed: for some columns, the values that may stand there.

    Raises:
        LexiconError: the file breaks one of these rules.
    """
    lines = resources.files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    return parse_table(lines, name, columns, key=key, allowed=allowed or {})


def parse_table(
    lines: Collection[str],
    name: str,
    columns: tuple[str, ...],
    *,
    key: tuple[str, ...],
    allowed: Mapping[str, Collection[str]],
) -> tuple[Row, ...]:
    """The rows of a table given as lines; ``name`` stands for the file in errors."""
    rows: list[Row] = []
    seen: set[tuple[str, ...]] = set()
    header_read = False
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        where = f"{name}:{number}"
        if not header_read:
            if cells != columns:
                raise LexiconError(f"the columns are {', '.join(cells)}; expected {', '.join(columns)}", where=where)
            header_read = True
            continue
        if len(cells) != len(columns):
            raise LexiconError(f"{len(cells)} cells where {len(columns)} are expected", where=where)
        row = dict(zip(columns, cells, strict=True))
        for column, values in allowed.items():
            if row[column] not in values:
                raise LexiconError(
                    f"{row[column]!r} is not allowed in column {column!r}",
                    where=where,
                    remedy=f"use one of: {', '.join(sorted(values))}",
                )
        identity = tuple(row[column] for column in key)
        if identity in seen:
            raise LexiconError(f"duplicate entry {' / '.join(identity)}", where=where)
        seen.add(identity)
        rows.append(row)
    return tuple(rows)


@cache
def word_list(name: str) -> frozenset[str]:
    """The entries of a one-column table whose column is called ``word``."""
    return frozenset(row["word"] for row in read_table(name, ("word",), key=("word",)))
