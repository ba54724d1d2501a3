"""Figures: what is drawn is what was counted."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from attribution.errors import AttributionError
from attribution.records import Analysis, Kind, Level, SourceType
from attribution.render import pictures
from attribution.render.view import view_of
from build import PORT_TEXT, analysis, attribution, port_story, source

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")

from matplotlib import pyplot  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402

from attribution.plot import Plots  # noqa: E402

FIGURES = ("strip", "levels", "types", "graph")


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    pyplot.close("all")


def drawn(figure: str, story: Analysis) -> Axes:
    ax = getattr(story.plot, figure)()
    ax.figure.canvas.draw()
    return ax


# --------------------------------------------------------------------------------- what is computed


def test_every_attributed_word_is_in_one_lane_one_level_and_one_type() -> None:
    view = view_of(port_story())
    total = sum(view.counted.own_words.values())
    assert sum(lane.words for lane in pictures.strip(view).lanes) == total
    assert sum(bar.words for bar in pictures.level_bars(view)) == total
    assert sum(bar.words for bar in pictures.type_bars(view)) == total
    assert sum(pictures.words_by_source(view).values()) == total


def test_segments_are_the_words_they_stand_for() -> None:
    lanes = {lane.name: lane for lane in pictures.strip(view_of(port_story())).lanes}
    assert list(lanes) == ["Named", "Institutions and records", "Unnamed", "No speaker found"]
    (named,) = lanes["Named"].segments
    start, end = round(named.start * len(PORT_TEXT)), round(named.end * len(PORT_TEXT))
    assert PORT_TEXT[start:end] == "“every litre is accounted for.”"


def test_nested_words_are_their_own_speakers() -> None:
    unnamed = next(lane for lane in pictures.strip(view_of(port_story())).lanes if lane.name == "Unnamed")
    spans = [(segment.start, segment.end) for segment in unnamed.segments]
    assert all(first[1] <= second[0] for first, second in zip(sorted(spans), sorted(spans)[1:], strict=False))


def test_all_levels_are_shown_even_those_that_nobody_has() -> None:
    bars = pictures.level_bars(view_of(port_story()))
    assert [bar.level for bar in bars] == [*Level, None]
    assert bars[2].words == 0


def test_claims_that_say_the_same_are_one_node_and_relays_are_told_apart() -> None:
    graph = pictures.graph(view_of(port_story()))
    assert ["c1", "c3"] in [[claim.id for claim in node.claims] for node in graph.claims]
    relays = [graph.sources[edge.source].name for edge in graph.edges if edge.relayed]
    assert relays == ["A court clerk"]


def test_a_graph_without_room_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_SOURCES", 4)
    graph = pictures.graph(view_of(port_story()))
    assert len(graph.sources) == 4
    assert graph.left_out[0] == 5
    assert "not drawn: 5 sources" in " ".join(text.get_text() for text in drawn("graph", port_story()).texts)


# ------------------------------------------------------------------------------------ what is drawn


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_of_any_analysis(figure: str) -> None:
    drawn(figure, port_story())
    drawn(figure, analysis("It rained."))


def test_bars_have_their_lengths_and_names() -> None:
    ax = drawn("levels", port_story())
    bars = pictures.level_bars(view_of(port_story()))
    assert [patch.get_width() for patch in ax.patches] == [bar.words for bar in bars]
    assert [label.get_text() for label in ax.get_yticklabels()] == [bar.label for bar in bars]


@pytest.mark.parametrize("figure", FIGURES)
def test_it_draws_on_the_axes_given(figure: str) -> None:
    _, ax = pyplot.subplots()
    assert getattr(port_story().plot, figure)(ax) is ax
    assert pyplot.get_fignums() == [1]


def test_names_are_words_and_no_formulas() -> None:
    text = "Prices rose, $x_1^ said."
    said = attribution(text, 1, "$x_1^", "said", "Prices rose", source_id="s1")
    speaker = source(text, 1, "$x_1^", SourceType.BUSINESS, Level.A0)
    drawn("graph", analysis(text, attributions=(said,), sources=(speaker,)))


def test_kinds_can_be_chosen() -> None:
    everything = Plots(port_story(), frozenset(Kind)).types()
    assert "civil society" in [label.get_text() for label in everything.get_yticklabels()]


def test_without_matplotlib_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(AttributionError, match=r'pip install "attribution\[plot\]"'):
        port_story().plot.strip()
