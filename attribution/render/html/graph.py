"""Where the source–claim graph's parts go in its drawing."""

from __future__ import annotations

from dataclasses import dataclass

from attribution.records import Level
from attribution.render.fit import elide, visible
from attribution.render.pictures import ClaimNode, Graph, SourceNode

WIDTH = 1000
_ROW = 26
_LEFT, _RIGHT = 306, 468
"""Where links begin and end."""
_NAME_CELLS, _CLAIM_CELLS = 36, 72


@dataclass(frozen=True, slots=True)
class Point:
    """A source or a claim in the drawing; ``label`` is cut to the room there is, ``node`` has it all."""

    node: SourceNode | ClaimNode
    label: str
    x: int
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Line:
    """A link as an SVG path."""

    path: str
    source: str
    attributions: str
    level: Level
    relayed: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole graph in pixels."""

    width: int
    height: int
    sources: tuple[Point, ...]
    claims: tuple[Point, ...]
    lines: tuple[Line, ...]
    left_out: tuple[int, int]


def draw(graph: Graph) -> Drawing:
    """Two columns, as high as the longer of them needs, and curves between them."""
    height = _ROW * max(len(graph.sources), len(graph.claims))
    most = max([source.words for source in graph.sources], default=0) or 1
    sources = tuple(
        Point(s, elide(visible(s.name), _NAME_CELLS), _LEFT, s.place * height, 3.5 + 6.5 * (s.words / most) ** 0.5)
        for s in graph.sources
    )
    claims = tuple(Point(c, elide(visible(c.words), _CLAIM_CELLS), _RIGHT, c.place * height, 3.5) for c in graph.claims)
    middle = (_LEFT + _RIGHT) / 2
    lines = []
    for edge in graph.edges:
        source, claim = sources[edge.source], claims[edge.claim]
        path = f"M{_LEFT} {source.y:.1f}C{middle:g} {source.y:.1f} {middle:g} {claim.y:.1f} {_RIGHT} {claim.y:.1f}"
        made_by = graph.claims[edge.claim].claims
        ids = " ".join(a for c in made_by for a in c.attribution_ids)
        node = graph.sources[edge.source].source
        lines.append(Line(path, node.id, ids, node.level, edge.relayed))
    return Drawing(WIDTH, height, sources, claims, tuple(lines), graph.left_out)
