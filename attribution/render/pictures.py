"""What the pictures of one article show, before anybody draws them: shared by the page's SVG and by Matplotlib.

All words are counted as the metrics count them (``Counted.own_words``), so every attributed word is in exactly one
segment and one bar.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from attribution.records import Attribution, Claim, Level, Source, SourceType
from attribution.render.rows import source_name
from attribution.render.view import View
from attribution.render.words import NO_SPEAKER, TYPE_WORDS

MOST_SOURCES = 24
"""A graph with more sources than this is a tangle; the tables hold them all."""
MOST_CLAIMS = 40
MOST_PARAGRAPHS = 80


# ---------------------------------------------------------------------------------------------- strip


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that one source speaks; ``start`` and ``end`` are shares of the article's length, 0 to 1."""

    start: float
    end: float
    attribution: Attribution
    level: Level | None


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the strip: who speaks, and how many words."""

    name: str
    segments: tuple[Segment, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Strip:
    """Who speaks where, along the article.

    Attributes:
        paragraphs: where each block of the article begins, 0 to 1; empty where lines so close would hide the rest.
        words: of the whole article.
    """

    lanes: tuple[Lane, ...]
    paragraphs: tuple[float, ...]
    words: int


_ALWAYS = ("Named", "Institutions and records", "Unnamed")
_LANES = ("Named", "Institutions and records", "Own reporting", "Partly named", "Unnamed", "No speaker found")
_LANE_OF = {
    "named": "Named",
    "named body": "Institutions and records",
    "officials of a named body": "Institutions and records",
    "partly named": "Partly named",
    "unnamed": "Unnamed",
    "opaque": "Unnamed",
}


def strip(view: View) -> Strip:
    """Where named, institutional and unnamed sources speak; nested words belong to whoever is nearest."""
    length = max(1, len(view.article.text))
    blocks = view.article.blocks
    segments: dict[str, list[Segment]] = defaultdict(list)
    words: Counter[str] = Counter()
    for attribution in view.asserted:
        lane = _lane(view, attribution)
        level = worst_level(view, attribution)
        words[lane] += view.counted.own_words[attribution.id]
        for start, end in view.counted.own_content[attribution.id]:
            segments[lane].append(Segment(start / length, end / length, attribution, level))
    return Strip(
        lanes=tuple(
            Lane(name, tuple(segments[name]), words[name]) for name in _LANES if segments[name] or name in _ALWAYS
        ),
        paragraphs=tuple(b.span.start / length for b in blocks) if len(blocks) <= MOST_PARAGRAPHS else (),
        words=len(view.article.prose.split()),
    )


def _lane(view: View, attribution: Attribution) -> str:
    if attribution.source_id is None:
        return "No speaker found"
    grade = view.counted.grade(attribution)
    return "Own reporting" if grade is None else _LANE_OF[grade]


def worst_level(view: View, attribution: Attribution) -> Level | None:
    """The worst level in the chain of sources that an attribution passes through; None without a speaker."""
    return max((source.level for source in view.counted.chain(attribution)), default=None)


# ------------------------------------------------------------------------------------------------ bars


@dataclass(frozen=True, slots=True)
class Bar:
    """Attributed words of one level or one type, and from how many sources (0 for no speaker)."""

    label: str
    words: int
    sources: int
    level: Level | None = None


def level_bars(view: View) -> tuple[Bar, ...]:
    """Attributed words by the worst level in their chain of sources: all six, then words without a speaker.

    Sources are counted at their own level, so a relayed statement can bring words to a level that no source has.
    """
    words: Counter[Level | None] = Counter()
    for attribution in view.asserted:
        words[worst_level(view, attribution)] += view.counted.own_words[attribution.id]
    sources = Counter(source.level for source in view.sources)
    bars = [Bar(f"{level.value} {level.word}", words[level], sources[level], level) for level in Level]
    return (*bars, *([Bar(NO_SPEAKER, words[None], 0)] if words[None] else []))


def type_bars(view: View) -> tuple[Bar, ...]:
    """Attributed words by the type of who says them, most words first; a source counts for its primary type."""
    by_source = words_by_source(view)
    words: Counter[SourceType] = Counter()
    sources: Counter[SourceType] = Counter()
    for source in view.sources:
        words[source.type] += by_source[source.id]
        sources[source.type] += 1
    bars = [Bar(TYPE_WORDS[kind], words[kind], sources[kind]) for kind in sorted(sources, key=lambda k: -words[k])]
    left = by_source.get(None, 0)
    return (*bars, *([Bar(NO_SPEAKER, left, 0)] if left else []))


def words_by_source(view: View) -> Mapping[str | None, int]:
    """Attributed words by id of who says them; those of quotations without a speaker under None."""
    words: Counter[str | None] = Counter({source.id: 0 for source in view.sources})
    for attribution in view.asserted:
        words[attribution.source_id] += view.counted.own_words[attribution.id]
    return words


# ----------------------------------------------------------------------------------------------- graph


@dataclass(frozen=True, slots=True)
class SourceNode:
    """A source on the left; ``place`` is its height, 0 (top) to 1."""

    source: Source
    name: str
    words: int
    place: float


@dataclass(frozen=True, slots=True)
class ClaimNode:
    """A claim on the right, with the others that say the same; ``sources`` is the number of its origins in words."""

    claims: tuple[Claim, ...]
    words: str
    line: int
    place: float
    lone: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """Which source (index) stands behind which claim (index); a relay passes on what another source says."""

    source: int
    claim: int
    relayed: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """Who stands behind which claim.

    Attributes:
        left_out: numbers of sources and claims that the picture has no room for; claims without a speaker have no
            place in it.
    """

    sources: tuple[SourceNode, ...]
    claims: tuple[ClaimNode, ...]
    edges: tuple[Edge, ...]
    left_out: tuple[int, int]


def graph(view: View) -> Graph:
    """Sources and what they claim, claims in text order, each source near its claims; the weightiest where too many."""
    words = words_by_source(view)
    kept = sorted(view.sources, key=lambda s: -words[s.id])[:MOST_SOURCES]
    ids = {source.id for source in kept}
    groups: dict[str, list[Claim]] = {}
    for claim in view.claims:
        groups.setdefault(claim.cluster or claim.id, []).append(claim)
    supported = [group for group in groups.values() if not ids.isdisjoint(_supporters(group))]
    shown = supported[:MOST_CLAIMS]
    claims = tuple(
        ClaimNode(
            claims=tuple(group),
            words=view.words(group[0].span),
            line=view.line(group[0].span[0].start) if group[0].span else 0,
            place=_place(at, len(shown)),
            lone=view.rests_on_one_unnamed(group[0]),
        )
        for at, group in enumerate(shown)
    )
    links = {s.id: [at for at, group in enumerate(shown) if s.id in _supporters(group)] for s in kept}
    kept = sorted((s for s in kept if links[s.id]), key=lambda s: sum(links[s.id]) / len(links[s.id]))
    unspoken = sum(not claim.sources for claim in view.claims)
    makers = [{a.source_id for c in group for a in view.attributions_of_claim(c)} for group in shown]
    return Graph(
        sources=tuple(
            SourceNode(source, source_name(source), words[source.id], _place(at, len(kept)))
            for at, source in enumerate(kept)
        ),
        claims=claims,
        edges=tuple(
            Edge(at, claim, relayed=source.id not in makers[claim])
            for at, source in enumerate(kept)
            for claim in links[source.id]
        ),
        left_out=(len(view.sources) - len(kept), len(view.claims) - sum(map(len, shown)) - unspoken),
    )


def _supporters(group: Iterable[Claim]) -> set[str]:
    return {source for claim in group for source in claim.sources}


def _place(at: int, of: int) -> float:
    return (at + 0.5) / of
