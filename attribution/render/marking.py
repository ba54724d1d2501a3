"""The article cut into pieces that a page can mark: who speaks, by which cue, what is said, hedges, findings.

Spans overlap and nest, elements may not; so each block is cut wherever a span begins or ends, and each piece carries
all the roles it has.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from attribution.records import Article, Attribution, BlockKind, Finding, Level, Span
from attribution.render.rows import OwnVoiceRow, source_name
from attribution.render.view import View
from attribution.render.words import NO_SPEAKER, level_words

UNREAD = "unread"
"""The kind of a passage that is in the text but in no block: furniture that is not parsed."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A small mark after some words: the level of who says them, or the number of a finding.

    Attributes:
        attributions: whose source's level it is; () for a finding.
        source_id: the source it points to, None where no speaker was found.
        level: None where no speaker was found.
        finding: number of the finding, 1-based; 0 for a level.
    """

    attributions: tuple[str, ...] = ()
    source_id: str | None = None
    level: Level | None = None
    words: str = ""
    finding: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with one set of marks.

    Attributes:
        roles: "source", "cue", "content", "mention", "hedge", "own-voice", "finding", each at most once.
        attributions: ids of the attributions they are part of, outermost first.
        innermost: those of them that are nested deepest: what a reader who points here means.
        sources: ids of the sources they stand for or rest on.
        findings: numbers of the findings about them, 1-based.
        level: of the innermost attribution's source.
        note: the same in words.
        refs: what stands after the words.
    """

    words: str
    roles: tuple[str, ...] = ()
    attributions: tuple[str, ...] = ()
    innermost: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    findings: tuple[int, ...] = ()
    level: Level | None = None
    note: str = ""
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the article (or a stretch outside all blocks) in pieces.

    Attributes:
        kind: a ``BlockKind``'s value, or ``UNREAD``.
        line: 1-based line of the extracted text where it begins.
        findings: numbers (1-based) of the findings that begin in it.
    """

    kind: str
    line: int
    pieces: tuple[Piece, ...]
    findings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    role: str
    note: str = ""
    attribution: Attribution | None = None
    source_id: str | None = None
    finding: int = 0


def passages(view: View, own_voice: Sequence[OwnVoiceRow] = (), findings: Sequence[Finding] = ()) -> list[Passage]:
    """The article from first to last word, marked; of what stands between blocks, only words are shown."""
    stretches = list(_stretches(view))
    marks = _by_stretch([span for _, span in stretches], list(_marks(view, own_voice, findings)))
    refs = _level_refs(view)
    starts = [span.start for _, span in stretches]
    noted: dict[int, list[int]] = defaultdict(list)
    for number, finding in enumerate(findings, start=1):
        at = max(0, bisect_right(starts, finding.span.start) - 1)
        noted[at].append(number)
        place = min(finding.span.end, stretches[at][1].end)
        refs[place].append(Ref(words=f"{finding.code} {finding.name}", finding=number))
    depths = _Depths({a.id: a for a in view.attributions})
    return [
        Passage(kind, view.line(span.start), tuple(_cut(view, span, marks[at], refs, depths)), tuple(noted[at]))
        for at, (kind, span) in enumerate(stretches)
    ]


def _stretches(view: View) -> Iterator[tuple[str, Span]]:
    text = view.article.prose
    at = 0
    for kind, span in [*_blocks(view.article), ("", Span(len(text), len(text)))]:
        between = text[at : span.start]
        if any(character.isalpha() for character in between):  # else white space or the mark of a list
            start = at + len(between) - len(between.lstrip())
            yield UNREAD, Span(start, at + len(between.rstrip()))
        if kind:
            yield kind, span
        at = span.end


def _blocks(article: Article) -> Iterator[tuple[str, Span]]:
    """The article's blocks, a dateline in one with the paragraph that it opens."""
    opening: Span | None = None
    for block, following in zip_longest(article.blocks, article.blocks[1:]):
        span = Span(opening.start, block.span.end) if opening else block.span
        opens = block.kind is BlockKind.DATELINE and following is not None
        opening = span if opens and "\n" not in article.text[span.end : following.span.start] else None
        if opening is None:
            yield block.kind.value, span


def _marks(view: View, own_voice: Iterable[OwnVoiceRow], findings: Iterable[Finding]) -> Iterator[_Mark]:
    for source in view.sources:
        for mention in source.mentions:
            yield _Mark(mention.span, "mention", _note(view, source.id), None, source.id)
    for each in view.attributions:
        note = _note(view, each.source_id)
        for role, spans in (("source", each.source), ("cue", each.cue), ("content", each.content)):
            for span in spans:
                yield _Mark(span, role, note, each, each.source_id)
    for hedge in view.analysis.hedges:
        yield _Mark(hedge.span, "hedge", "hedge, not an attribution")
    for row in own_voice:
        yield _Mark(row.span, "own-voice", f"{row.kind} in the outlet's own voice, no source given")
    for number, finding in enumerate(findings, start=1):
        yield _Mark(finding.span, "finding", f"{finding.code} {finding.name}", finding=number)


def _note(view: View, source_id: str | None) -> str:
    if source_id is None:
        return NO_SPEAKER
    source = view.source(source_id)
    return f"{level_words(source.level)}: {source_name(source)}"


def _level_refs(view: View) -> dict[int, list[Ref]]:
    """Which levels stand after which character: one ref for all statements that share their source's words."""
    together: dict[tuple[int, str | None], list[str]] = defaultdict(list)
    for each in view.attributions:
        handle = (each.source or each.cue or each.content)[0]
        together[handle.end, each.source_id].append(each.id)
    refs: dict[int, list[Ref]] = defaultdict(list)
    for (end, source_id), ids in together.items():
        level = view.source(source_id).level if source_id else None
        refs[end].append(Ref(tuple(ids), source_id, level, _note(view, source_id)))
    return refs


def _by_stretch(stretches: Sequence[Span], marks: Iterable[_Mark]) -> list[list[_Mark]]:
    starts = [span.start for span in stretches]
    found: list[list[_Mark]] = [[] for _ in stretches]
    for mark in marks:
        at = max(0, bisect_right(starts, mark.span.start) - 1)
        while at < len(stretches) and stretches[at].start < mark.span.end:
            found[at].append(mark)
            at += 1
    return found


def _cut(
    view: View, whole: Span, marks: Sequence[_Mark], refs: Mapping[int, list[Ref]], depths: _Depths
) -> Iterator[Piece]:
    inside = (place for mark in marks for place in mark.span if whole.start < place < whole.end)
    ends = (place for place in refs if whole.start < place < whole.end)
    for start, end in pairwise(sorted({whole.start, whole.end, *inside, *ends})):
        over = [mark for mark in marks if mark.span.start <= start and end <= mark.span.end]
        yield _piece(view, view.article.prose[start:end], over, tuple(refs.get(end, ())), depths)


def _piece(view: View, words: str, over: Sequence[_Mark], refs: tuple[Ref, ...], depths: _Depths) -> Piece:
    attributions = sorted({m.attribution.id: m.attribution for m in over if m.attribution}.values(), key=depths.of)
    innermost = [a for a in attributions if depths.of(a) == depths.of(attributions[-1])]
    levels = [view.source(a.source_id).level for a in innermost if a.source_id]
    return Piece(
        words=words,
        roles=tuple(sorted({mark.role for mark in over})),
        attributions=tuple(a.id for a in attributions),
        innermost=tuple(a.id for a in innermost),
        sources=tuple(dict.fromkeys(mark.source_id for mark in over if mark.source_id)),
        findings=tuple(mark.finding for mark in over if mark.finding),
        level=levels[-1] if levels else None,
        note="; ".join(dict.fromkeys(mark.note for mark in over if mark.note)),
        refs=refs,
    )


class _Depths:
    """How deeply attributions are nested: 0 for one that stands in no other."""

    def __init__(self, attributions: Mapping[str, Attribution]) -> None:
        self._attributions = attributions

    def of(self, attribution: Attribution) -> int:
        depth = 0
        link = self._attributions.get(attribution.parent or "")
        while link is not None:
            depth += 1
            link = self._attributions.get(link.parent or "")
        return depth
