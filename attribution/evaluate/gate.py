"""Pinned floors: figures on annotated texts that no change may fall below unnoticed.

A file of floors (``floors.json`` beside the project's own stories) holds a digest of the gold and the figures reached
when it was pinned.  A change of the gold makes the floors meaningless, so the gate fails until they are pinned
again; pinning again never lowers a floor unless it is told to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from attribution.errors import GoldError
from attribution.evaluate.gold import GRANTS, story_files
from attribution.evaluate.score import Scores

FLOORS = "floors.json"

SLACK = 3
"""How many gold attributions (or cases) a measure may lose before its floor is broken.

Sums of 32-bit floats come out in another order on another processor or with another build of the matrix library, so
a word that the model is undecided about may be read the other way.  One such word moves an attribution or two and
what is resolved through them, whatever the size of the gold: the slack is counted in items and not in points.
"""

PINNED = (
    "extraction.attribution.lenient",
    "extraction.attribution.strict",
    "extraction.content.iou50",
    "extraction.subset.direct.attr",
    "extraction.subset.indirect.attr",
    "given.entity",
    "given.level",
    "given.level.step",
    "given.unnamed",
    "given.type",
    "given.kind",
    "found.entity",
    "found.level",
    "found.type",
    "grants.given.granted",
    "grants.given.reason",
    "grants.found.granted",
    "grants.found.reason",
)
"""What is pinned, of what has gold: part and measure."""

_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """An F1 (of a share of right answers: that share), and over how many gold items."""

    value: float
    n: int

    @property
    def slack(self) -> float:
        """How far below its floor the figure may lie."""
        return SLACK / self.n


@dataclass(frozen=True, slots=True)
class Floors:
    """The pinned figures, and the digest of the gold that they were measured on."""

    gold: str
    figures: Mapping[str, float]


def digest(paths: Iterable[Path]) -> str:
    """SHA-256 over the names and contents of files, in the order of their names, with line ends as LF."""
    total = hashlib.sha256()
    for path in sorted(paths, key=lambda path: (path.name, path)):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        total.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def gold_digest(directory: str | Path) -> str:
    """The digest of the stories and cases in a folder.

    Raises:
        GoldError: there is no story.
    """
    grants = Path(directory) / GRANTS
    return digest([*story_files(directory), *([grants] if grants.is_file() else [])])


def pinned_figures(parts: Mapping[str, Scores]) -> dict[str, Figure]:
    """The figures that are pinned, of scores by part ("extraction", "given", "found", "grants.given" …).

    What has no gold items is left out.
    """
    figures = {}
    for name in PINNED:
        part = max((p for p in parts if name.startswith(f"{p}.")), key=len, default=None)
        if part is not None:
            count = parts[part].counts[name.removeprefix(f"{part}.")]
            if count.gold:
                figures[name] = Figure(count.f1, count.gold)
    return figures


# ------------------------------------------------------------------------------------------- the file


def read_floors(path: str | Path) -> Floors | None:
    """The floors in a file; None where there is no such file.

    Raises:
        GoldError: it holds no floors.
    """
    path = Path(path)
    if not path.is_file():
        return None
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        return Floors(str(row["gold"]), {str(name): float(value) for name, value in row["floors"].items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(
            f"no floors: {error}", where=str(path), remedy="pin them again: attribution evaluate gold --update-floors"
        ) from error


def write_floors(path: str | Path, floors: Floors) -> None:
    """Write floors so that ``read_floors`` gives them back."""
    row = {
        "about": "F1 reached on the gold beside this file; 'attribution evaluate gold --gate' fails below it",
        "gold": floors.gold,
        "floors": dict(floors.figures),
    }
    Path(path).write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")


# ---------------------------------------------------------------------------------------- the mechanism


def broken(floors: Floors, gold: str, figures: Mapping[str, Figure]) -> list[str]:
    """What stands against passing, in words; empty if nothing does.

    Args:
        gold: the digest of the gold that the figures were measured on.
    """
    problems = []
    if floors.gold != gold:
        problems.append("the gold has changed since the floors were pinned; pin them again with --update-floors")
    for name, floor in floors.figures.items():
        figure = figures.get(name)
        if figure is None:
            problems.append(f"{name} has a floor of {100 * floor:.2f}, but is not measured any more")
        elif figure.value < floor - figure.slack:
            problems.append(_lower(name, floor, figure))
    problems.extend(
        f"{name} has no floor; pin it with --update-floors" for name in figures if name not in floors.figures
    )
    return problems


def lowered(floors: Floors | None, figures: Mapping[str, Figure]) -> list[str]:
    """The floors that pinning these figures would lower, in words."""
    known = {} if floors is None else floors.figures
    gone = [
        f"{name} ({100 * floor:.2f}) is not measured any more" for name, floor in known.items() if name not in figures
    ]
    return gone + [
        _lower(name, known[name], figure)
        for name, figure in figures.items()
        if name in known and figure.value < known[name] - figure.slack
    ]


def pin(floors: Floors | None, gold: str, figures: Mapping[str, Figure], *, allow_regression: bool = False) -> Floors:
    """New floors.  A figure within the slack below its floor leaves the floor where it is.

    Args:
        allow_regression: lower the floors that the figures do not reach.

    Raises:
        GoldError: a floor would be lowered, and that is not allowed.
    """
    if (problems := lowered(floors, figures)) and not allow_regression:
        raise GoldError(
            "the floors would be lowered:\n  " + "\n  ".join(problems),
            remedy="if that is meant, say so with --allow-regression",
        )
    known = {} if floors is None or allow_regression else floors.figures
    return Floors(
        gold,
        {name: max(round(figure.value, _DECIMALS), known.get(name, 0.0)) for name, figure in figures.items()},
    )


def _lower(name: str, floor: float, figure: Figure) -> str:
    return f"{name} is {100 * figure.value:.2f}, below its floor of {100 * floor:.2f} (slack {100 * figure.slack:.2f})"
