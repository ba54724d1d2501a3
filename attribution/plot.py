"""Figures of one analysis, drawn with Matplotlib: ``analysis.plot.strip()``, ``.levels()``, ``.types()``, ``.graph()``.

What they show is computed in ``render.pictures``, as for the HTML report; colours and patterns are those of
``render.palette``.  This is the only module that imports Matplotlib, and only when something is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attribution.errors import AttributionError
from attribution.records import REPORTED, Analysis, Kind, Level
from attribution.render import pictures
from attribution.render.fit import elide, visible
from attribution.render.palette import NEUTRAL, PALETTE, Paint
from attribution.render.view import view_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INK, _MUTED, _TRACK = "#1c1f23", "#5b626b", "#eef0f2"
_DASHES = {Level.A2: (0, (8, 3)), Level.A3: (0, (8, 3)), Level.A4: (0, (4, 3)), Level.A5: (0, (1.5, 2))}
_NAME_CELLS, _CLAIM_CELLS = 34, 60


class Plots:
    """The figures of one analysis.

    Each method draws on the axes it is given, or on those of a new figure, and returns them; to keep a figure:
    ``analysis.plot.strip().figure.savefig("strip.png", bbox_inches="tight")``.

    Args:
        kinds: the kinds of attribution that count, as in reports.

    Raises:
        AttributionError: Matplotlib is not installed (each method).
    """

    def __init__(self, analysis: Analysis, kinds: frozenset[Kind] = REPORTED) -> None:
        self._view = view_of(analysis, kinds)

    def strip(self, ax: Axes | None = None) -> Axes:
        """Where along the article named, institutional and unnamed sources speak."""
        strip = pictures.strip(self._view)
        ax = _axes(ax, 9, 0.5 + 0.5 * len(strip.lanes), "Who speaks where")
        for row, lane in enumerate(strip.lanes):
            ax.barh(row, 1, height=0.5, color=_TRACK)
            ax.vlines(strip.paragraphs, row - 0.25, row + 0.25, color="white", linewidth=1)
            for segment in lane.segments:
                width = segment.end - segment.start
                ax.barh(row, width, left=segment.start, height=0.5, **_surface(segment.level))
            ax.text(1.01, row, f"{lane.words} words", va="center", color=_MUTED, fontsize="small")
        _rows(ax, [lane.name for lane in strip.lanes])
        ax.set_xlim(0, 1)
        ax.set_xticks([0, 1], ["first word", f"word {strip.words}"])
        ax.get_xticklabels()[0].set_horizontalalignment("left")
        ax.get_xticklabels()[1].set_horizontalalignment("right")
        return ax

    def levels(self, ax: Axes | None = None) -> Axes:
        """Attributed words by anonymity level."""
        return _bars(ax, pictures.level_bars(self._view), "Attributed words by level")

    def types(self, ax: Axes | None = None) -> Axes:
        """Attributed words by type of source."""
        return _bars(ax, pictures.type_bars(self._view), "Attributed words by type of source")

    def graph(self, ax: Axes | None = None) -> Axes:
        """Which source stands behind which claim; a thin line is a relay."""
        graph = pictures.graph(self._view)
        rows = max(len(graph.sources), len(graph.claims), 1)
        ax = _axes(ax, 11, 0.6 + 0.27 * rows, "Who stands behind which claim")
        from matplotlib.patches import PathPatch  # after _axes, which says what to do where there is no Matplotlib
        from matplotlib.path import Path

        curve = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
        for edge in graph.edges:
            source, claim = graph.sources[edge.source], graph.claims[edge.claim]
            level = source.source.level
            path = Path([(0, source.place), (0.5, source.place), (0.5, claim.place), (1, claim.place)], curve)
            style = {"edgecolor": PALETTE[level].light, "linestyle": _DASHES.get(level, "solid")}
            ax.add_patch(PathPatch(path, facecolor="none", linewidth=0.7 if edge.relayed else 1.8, **style))
        most = max((source.words for source in graph.sources), default=0) or 1
        for source in graph.sources:
            size = 25 + 150 * source.words / most
            ax.scatter([0], [source.place], s=size, color=PALETTE[source.source.level].light, zorder=3)
            label = f"{_label(source.name, _NAME_CELLS)}  {source.source.level.value}"
            ax.text(-0.06, source.place, label, ha="right", va="center", color=_INK, fontsize="small")
        for claim in graph.claims:
            ax.scatter([1], [claim.place], s=20, color="white", edgecolor=_MUTED, zorder=3)
            label = f"{claim.line}  {_label(claim.words, _CLAIM_CELLS)}"
            ax.text(1.04, claim.place, label, ha="left", va="center", color=_MUTED, fontsize="small")
        if any(graph.left_out):
            note = f"not drawn: {graph.left_out[0]} sources, {graph.left_out[1]} claims"
            ax.text(1.04, 1 + 0.5 / rows, note, va="center", color=_MUTED, fontsize="small")
        ax.set_xlim(-1.4, 3.6)
        ax.set_ylim(1 + 1 / rows, -0.5 / rows)
        ax.set_axis_off()
        return ax


def _axes(ax: Axes | None, width: float, height: float, title: str) -> Axes:
    """The axes given, or those of a new figure of a size in inches, without frame."""
    if ax is None:
        try:
            from matplotlib import pyplot
        except ImportError as error:
            remedy = 'install it: pip install "attribution[plot]"'
            raise AttributionError("figures need Matplotlib, which is not installed", remedy=remedy) from error
        _, ax = pyplot.subplots(figsize=(width, height), layout="constrained")
    ax.set_title(title, loc="left", fontsize="medium", fontweight="bold", color=_INK)
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.tick_params(length=0, labelcolor=_MUTED, labelsize="small")
    return ax


def _bars(ax: Axes | None, bars: Sequence[pictures.Bar], title: str) -> Axes:
    ax = _axes(ax, 6, 0.6 + 0.34 * max(1, len(bars)), title)
    most = max((bar.words for bar in bars), default=0) or 1
    for row, bar in enumerate(bars):
        ax.barh(row, bar.words, height=0.62, **_surface(bar.level))
        sources = f" · {bar.sources} {'source' if bar.sources == 1 else 'sources'}" if bar.sources else ""
        ax.text(
            bar.words + 0.015 * most, row, f"{bar.words} words{sources}", va="center", color=_MUTED, fontsize="small"
        )
    _rows(ax, [bar.label for bar in bars])
    ax.set_xlim(0, 1.4 * most)  # room for what stands after the longest bar
    ax.set_xticks([])
    return ax


def _rows(ax: Axes, names: Sequence[str]) -> None:
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(max(1, len(names)) - 0.5, -0.5)
    for label in ax.get_yticklabels():
        label.set_color(_INK)


def _surface(level: Level | None) -> dict[str, Any]:
    paint: Paint = PALETTE[level] if level else NEUTRAL
    return {"facecolor": paint.light, "hatch": paint.hatch, "edgecolor": f"{paint.ink}80", "linewidth": 0}


def _label(words: str, cells: int) -> str:
    """Words as they are: a dollar sign would begin a formula."""
    return elide(visible(words), cells).replace("$", r"\$")
