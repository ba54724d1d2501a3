"""Factories for hand-built values: an article whose analysis is known, without a parser or a model.

Every factory takes only what a test is about and fills in the rest.  Spans are found by their words, so
that a reader of a test sees what is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from attribution.records import (
    Analysis,
    Article,
    ArticleError,
    Attribution,
    Block,
    BlockKind,
    Claim,
    ClaimCluster,
    Confidence,
    Finding,
    Hedge,
    Kind,
    Level,
    Merge,
    Metric,
    Parse,
    Program,
    Quote,
    Report,
    Sentence,
    Severity,
    Source,
    SourceMention,
    SourceType,
    Span,
    Spans,
    Standard,
    Suppression,
)
from attribution.rules import Settings, check
from attribution.text import LineIndex

PROGRAM = Program(name="attribution", version="0.0.0", parser="newsroom", model="none")


def spans(text: str, *pieces: str) -> Spans:
    """Where each of these words first stands in the text; fails if they do not."""
    return tuple(Span(text.index(piece), text.index(piece) + len(piece)) for piece in pieces)


def article(text: str, *, path: str | None = "story.txt", title: str | None = None, **fields: Any) -> Article:
    """An article with one block per paragraph, the title's words as its headline."""
    blocks = []
    at = 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if words:
            start = at + line.index(words)
            kind = BlockKind.HEADLINE if words == title else BlockKind.PARAGRAPH
            blocks.append(Block(kind, Span(start, start + len(words))))
        at += len(line)
    return Article(text=text, blocks=tuple(blocks), path=path, title=title, **fields)


def attribution(text: str, number: int, source: str, cue: str, content: str, **fields: Any) -> Attribution:
    """Attribution ``a<number>`` of claim ``c<number>``; empty strings for what is not there.

    The cue is the one nearest to the source, since "said" stands in a story more than once.
    """
    fields = {"quote": Quote.INDIRECT, "claim_id": f"c{number}", "evidence": ("pattern:ccomp",), **fields}
    source_spans, content_spans = (spans(text, words) if words else () for words in (source, content))
    at = (source_spans or content_spans)[0].start
    places = [Span(m.start(), m.end()) for m in re.finditer(rf"\b{re.escape(cue)}\b", text)] if cue else []
    nearest = min(places, key=lambda place: abs(place.start - at), default=None)
    cue_spans = (nearest,) if nearest else ()
    return Attribution(id=f"a{number}", source=source_spans, cue=cue_spans, content=content_spans, **fields)


def source(text: str, number: int, name: str, type_: SourceType, level: Level, **fields: Any) -> Source:
    """Source ``s<number>``, mentioned once under its own name (nowhere if it is agentless)."""
    fields = {"types": (type_,), **fields}
    mentioned = fields.get("count") != "0"
    mentions = tuple(SourceMention(span, level) for span in spans(text, name)) if mentioned else ()
    return Source(id=f"s{number}", name=name, type=type_, level=level, **{"mentions": mentions, **fields})


def claim(made_by: Attribution, text: str, level: Level, **fields: Any) -> Claim:
    """The claim one attribution makes, resting on that attribution's source alone."""
    words = " … ".join(text[b:e] for b, e in made_by.content)
    rests_on = (made_by.source_id,) if made_by.source_id else ()
    fields = {"attribution_ids": (made_by.id,), "sources": rests_on, **fields}
    return Claim(id=str(made_by.claim_id), text=words, span=made_by.content, level=level, **fields)


def finding(text: str, words: str, **fields: Any) -> Finding:
    """SRC101 about the first place where these words stand, unless said otherwise."""
    (span,) = spans(text, words)
    line, column = LineIndex(text).position(span.start)
    end_line, end_column = LineIndex(text).position(span.end)
    place = {"line": line, "column": column, "end_line": end_line, "end_column": end_column}
    rule = {"code": "SRC101", "name": "bare-anonymous-source", "severity": Severity.ERROR, "path": "story.txt"}
    said = {"message": "It tells readers nothing.", "excerpt": words, "fingerprint": f"{span.start:016x}"}
    return Finding(**{**place, **rule, **said, "span": span, **fields})


def analysis(text: str = "Nothing was said.", **fields: Any) -> Analysis:
    """An analysis in which nothing was found, unless said otherwise."""
    fields = {"article": article(text), **fields}
    whole = Parse(tokens=(), sentences=(Sentence(0, Span(0, len(text)), 0, 0),))
    empty: dict[str, Any] = dict.fromkeys(("attributions", "sources", "claims", "clusters", "hedges"), ())
    return Analysis(**{"parse": whole, "metrics": {"attributions": Metric(0)}, **empty, **fields})


def report(*items: Analysis | ArticleError, **fields: Any) -> Report:
    """A report on some items."""
    return Report(program=PROGRAM, items=items, **fields)


class StubAnalyzer:
    """Stands in for ``attribution.pipeline.Analyzer``: knows the answers by the article's text."""

    program = PROGRAM

    def __init__(self, answers: Mapping[str, Analysis | ArticleError]) -> None:
        self.answers = answers
        self.seen: list[Article] = []

    def attempt(self, one: Article, settings: Settings | None = None) -> Analysis | ArticleError:
        """The prepared answer, checked as the program does, or an empty analysis for a text nobody prepared."""
        self.seen.append(one)
        answer = self.answers.get(one.text) or analysis(one.text)
        if isinstance(answer, ArticleError):
            return answer
        answer = replace(answer, article=one)
        return replace(answer, findings=check(answer, settings))

    def analyze(self, one: Article) -> Analysis:
        """The prepared analysis, on the article as it was loaded."""
        item = self.attempt(one)
        assert isinstance(item, Analysis)
        return item

    def analyze_many(self, articles: Iterable[Article]) -> Iterator[Analysis | ArticleError]:
        """One answer for each."""
        yield from map(self.attempt, articles)


# ------------------------------------------------------------------------------------- a whole story

PORT_TITLE = "Two naval officers held over alleged fuel theft at Port Sabine"

PORT_TEXT = f"""{PORT_TITLE}

PORT SABINE, March 4 — Military police have detained two naval officers over the alleged theft of fuel, \
several defence officials said on Tuesday.

“They took it by the lorry-load,” said a dock worker, who asked not to be named because he feared losing his job.

A security source confirmed the arrests. The navy denied that any fuel was missing. \
Commander Zoë Łukaszewicz-O’Brien told the Harbour Gazette that “every litre is accounted for.”

An audit by the finance ministry found that 40,000 litres had gone. \
A court clerk said the officers had spoken of what colleagues described as “a debt of honour”.

The officers are alleged to have sold it across the border. “Nobody asked questions.” \
The union wants an inquiry.
"""


def port_story(path: str | None = "port.txt") -> Analysis:
    """A story with one of everything that a report shows.

    A group and one more source for the same claim, a lone unnamed source with a reason, a denial, a
    name outside ASCII with a recipient, a document, a nested pair, nobody stated, a quotation without
    a speaker, hedges, and an intention that tables leave out unless asked.
    """
    text = PORT_TEXT

    def told(number: int, *words: str, **fields: Any) -> Attribution:
        return attribution(text, number, *words, **fields)

    attributions = (
        told(
            1, "several defence officials", "said", "Military police have detained two naval officers", source_id="s1"
        ),
        told(2, "a dock worker", "said", "“They took it by the lorry-load,”", source_id="s2", quote=Quote.DIRECT),
        told(3, "A security source", "confirmed", "the arrests", source_id="s3"),
        told(4, "The navy", "denied", "any fuel was missing", source_id="s4", polarity="negative"),
        told(
            5,
            "Commander Zoë Łukaszewicz-O’Brien",
            "told",
            "“every litre is accounted for.”",
            source_id="s5",
            quote=Quote.MIXED,
            recipient="the Harbour Gazette",
            channel="interview",
        ),
        told(
            6, "An audit by the finance ministry", "found", "40,000 litres had gone", source_id="s6", kind=Kind.WRITING
        ),
        told(
            7,
            "A court clerk",
            "said",
            "the officers had spoken of what colleagues described as “a debt of honour”",
            source_id="s7",
        ),
        told(8, "colleagues", "described as", "“a debt of honour”", source_id="s8", parent="a7", quote=Quote.DIRECT),
        told(9, "", "are alleged to", "have sold it across the border", source_id="s9"),
        told(10, "", "", "“Nobody asked questions.”", quote=Quote.DIRECT, evidence=("quotation:pairing",)),
        told(11, "The union", "wants", "an inquiry", source_id="s10", kind=Kind.INTENTION),
    )
    unnamed: dict[str, Any] = {"collective": True, "count": ">=2"}
    sources = (
        source(text, 1, "several defence officials", SourceType.SECURITY, Level.A4, **unnamed),
        source(text, 2, "a dock worker", SourceType.PROFESSIONAL, Level.A4, granted=True, reason="specific"),
        source(text, 3, "A security source", SourceType.SECURITY, Level.A4),
        source(text, 4, "The navy", SourceType.SECURITY, Level.A1),
        source(text, 5, "Commander Zoë Łukaszewicz-O’Brien", SourceType.SECURITY, Level.A0, role="Commander"),
        source(
            text, 6, "An audit by the finance ministry", SourceType.DOCUMENT, Level.A1, organisation="finance ministry"
        ),
        source(text, 7, "A court clerk", SourceType.JUDICIAL, Level.A4),
        source(text, 8, "colleagues", SourceType.SECURITY, Level.A4, proximity="second-hand", **unnamed),
        source(text, 9, "are alleged to", SourceType.UNKNOWN, Level.A5, count="0"),
        source(text, 10, "The union", SourceType.CIVIL_SOCIETY, Level.A1),
    )
    levels = {s.id: s.level for s in sources}
    claims = [claim(a, text, levels.get(str(a.source_id), Level.A5)) for a in attributions]
    claims[0] = replace(claims[0], cluster="k1", hedges=("alleged",))
    claims[2] = replace(claims[2], cluster="k1")
    claims[7] = replace(claims[7], sources=("s7", "s8"))
    start = text.index("alleged theft")
    return Analysis(
        article=article(text, path=path, title=PORT_TITLE),
        parse=Parse(tokens=(), sentences=(Sentence(0, Span(0, len(PORT_TITLE)), 0, 0),)),
        attributions=attributions,
        sources=sources,
        claims=tuple(claims),
        clusters=(
            ClaimCluster("k1", ("c1", "c3"), ("s1", "s3"), (1, None), (Merge("s1", "s3", "may be one of them"),)),
        ),
        hedges=(
            Hedge(spans(text, "alleged")[0], "alleged"),
            Hedge(Span(start, start + len("alleged")), "alleged", claim_id="c1"),
        ),
        metrics={
            "attributions": Metric(10),
            "sources": Metric(9),
            "independent_sources": Metric((5, None)),
            "named_share": Metric(0.1, 1, 10),
            "named_share_sources": Metric(0.111, 1, 9),
            "named_share_words": Metric(0.093, 5, 54),
            "opaque_share": Metric(0.0, 0, 10),
            "reason_share": Metric(None, 0, 0),
            "source_types": Metric({"sec": 5, "pro": 1}),
            "hedges": Metric(2),
            "low_confidence": Metric(0),
        },
    )


def checked_story(path: str = "port.txt") -> Analysis:
    """The port story with one finding of each severity, one of them accepted, one at the end of the headline."""
    ap = Standard("AP", 2005, "Statement of News Values")
    return replace(
        port_story(path),
        findings=(
            finding(PORT_TEXT, "Port Sabine", severity=Severity.INFO, confidence=Confidence.LOW),
            finding(PORT_TEXT, "A security source", source_id="s3", standards=(ap,), question="Who vouches for them?"),
            finding(PORT_TEXT, "colleagues", severity=Severity.WARNING, suppressed=Suppression("agreed with the desk")),
        ),
    )
