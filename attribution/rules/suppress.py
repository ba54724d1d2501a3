"""Findings that somebody has accepted: by a comment in the text, or in the file of decisions beside it.

In the text, for the next paragraph or the one at whose end it stands, for a range, or for the whole file:

    <!-- attribution: ignore SRC102 reason="The desk knows why" -->
    <!-- attribution: off SRC1 reason="…" --> … <!-- attribution: on SRC1 -->
    <!-- attribution: ignore-file SRC203 reason="…" -->

A reason is required.  What is accepted stays among the findings and counts for nothing.  What cannot be obeyed
(SRC003) and what no finding needs (SRC002) are findings themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from attribution.records import Analysis, BlockKind, Comment, Decider, Finding, Span, Spans, Suppression
from attribution.rules.codes import mistaken_code
from attribution.rules.engine import chosen_rules, finding_of_the_check, numbered, run_rules
from attribution.rules.registry import RULES_OF_THE_CHECK
from attribution.rules.selection import ALL
from attribution.rules.settings import Settings
from attribution.rules.story import Story
from attribution.text import overlap, places_of
from attribution.voice import Voice

_DIRECTIVE = re.compile(
    r"(?P<verb>[\w-]+)(?P<codes>[^=\"“”]*?)(?:\breason\s*=\s*(?P<reason>.*))?", re.DOTALL | re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“”'‘’](?P<words>.*)[\"“”'‘’]", re.DOTALL)
_VERBS = ("ignore", "ignore-file", "off", "on")


@dataclass(frozen=True, slots=True)
class _Order:
    """One wish to accept findings.

    Attributes:
        scope: where; None for the whole article.
        place: where to say that it is not needed.
        by: what to call it in messages.
    """

    codes: tuple[str, ...]
    suppression: Suppression
    scope: Spans | None
    place: Span
    by: str

    def covers(self, code: str, finding: Finding) -> bool:
        """Whether a finding is accepted for one of the codes."""
        here = self.scope is None or any(s.start <= finding.span.start < s.end for s in self.scope)
        return here and _fits(code, finding.code)


@dataclass(frozen=True, slots=True)
class _Fault:
    """A wish that cannot be obeyed."""

    place: Span
    message: str


def check(analysis: Analysis, settings: Settings | None = None, *, voice: Voice | None = None) -> tuple[Finding, ...]:
    """What the chosen rules find in one analysis, in text order, what somebody has accepted marked as such.

    ``voice`` is the outlet's own voice, where it has been read already.

    Findings about the check itself are left out only where the settings ignore them by their whole codes.
    """
    settings = settings or Settings()
    findings = run_rules(analysis, settings, voice=voice)
    article = analysis.article
    if article.comments or article.decisions is not None:
        findings = _decided(Story(analysis, settings), findings)
    left_out = RULES_OF_THE_CHECK.keys() & set(settings.selection.ignore)
    return tuple(f for f in findings if f.code not in left_out) if left_out else findings


def _decided(story: Story, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings with what people have decided about them, and what is wrong with their decisions."""
    read = [*_Comments(story).orders(), *_decisions(story)]
    orders = [each for each in read if isinstance(each, _Order)]
    faults = (
        finding_of_the_check(story, "SRC003", each.place, each.message) for each in read if isinstance(each, _Fault)
    )
    about = [*faults, *_stale(story), *_unused(story, findings, orders)]
    return numbered([*(_accepted(finding, orders) for finding in findings), *about])


def _accepted(finding: Finding, orders: Iterable[_Order]) -> Finding:
    for order in orders:
        if any(order.covers(code, finding) for code in order.codes):
            return replace(finding, suppressed=order.suppression)
    return finding


def _unused(story: Story, findings: tuple[Finding, ...], orders: Iterable[_Order]) -> Iterator[Finding]:
    """What no finding needs, told only of rules that ran; and whose words have gone from the text."""
    ran = {rule.code for rule in chosen_rules(story.settings)}
    for order in orders:
        if order.scope == ():
            message = f"{order.by} is not needed: its words are no longer in the text."
            yield finding_of_the_check(story, "SRC002", order.place, message)
            continue
        needless = [
            code
            for code in order.codes
            if any(_fits(code, rule) for rule in ran) and not any(order.covers(code, f) for f in findings)
        ]
        if needless:
            message = f"{order.by} accepts {', '.join(needless)}, but nothing of the kind is found; it can go."
            yield finding_of_the_check(story, "SRC002", order.place, message)


def _stale(story: Story) -> Iterator[Finding]:
    """Corrections that change nothing any more."""
    decisions = story.article.decisions
    for corrected in story.analysis.corrections:
        if corrected.stale and decisions:
            message = f"{decisions.path}, {corrected.correction.entry} can go: {corrected.stale}."
            yield finding_of_the_check(story, "SRC004", corrected.place or story.opening, message)


def _fits(code: str, rule: str) -> bool:
    return rule not in RULES_OF_THE_CHECK and (code == ALL or rule.startswith(code))


# ------------------------------------------------------------------------------------------- comments


class _Comments:
    """Reads the comments of one article, in order, since one may end what another began."""

    def __init__(self, story: Story) -> None:
        self.story = story
        # A dateline is the beginning of its paragraph.
        self.blocks = [block for block in story.article.blocks if block.kind is not BlockKind.DATELINE]
        self.open: list[tuple[str, int, Suppression, Span]] = []  # code, from where, why, place

    def orders(self) -> Iterator[_Order | _Fault]:
        for comment in self.story.article.comments:
            yield from self._read(comment)
        end = len(self.story.article.text)
        yield from (self._range(opened, end) for opened in self.open)

    def _read(self, comment: Comment) -> Iterator[_Order | _Fault]:
        place = _place(self.story, comment)
        found = _DIRECTIVE.fullmatch(comment.text)
        verb = found["verb"].lower() if found else ""
        codes = tuple(found["codes"].replace(",", " ").split()) if found else ()
        quoted = _QUOTED.fullmatch((found["reason"] or "").strip()) if found else None
        reason = " ".join(quoted["words"].split()) if quoted else ""
        if wrong := _wrong(comment, verb, codes, found["reason"] if found else None, reason):
            yield _Fault(place, _ended(f"This comment is not obeyed: {wrong}"))
        elif verb == "ignore-file":
            yield _Order(codes, Suppression(reason), None, place, "This comment")
        elif comment.span is None:
            yield _Fault(place, f"This comment is not obeyed: “{verb}” stands at nothing that is part of the article.")
        elif verb == "ignore":
            scope = self._paragraph(comment.span)
            if scope is None:
                yield _Fault(place, "This comment is not obeyed: no paragraph follows it.")
            else:
                yield _Order(codes, Suppression(reason), (scope,), place, "This comment")
        elif verb == "off":
            self.open += [(code, comment.span.end, Suppression(reason), place) for code in codes]
        else:
            yield from self._close(codes, comment.span, place)

    def _paragraph(self, at: Span) -> Span | None:
        """The paragraph that a comment stands in or at the end of, else the next one."""
        following = bisect_right(self.blocks, at.start, key=lambda block: block.span.start)
        if following:
            before = self.blocks[following - 1].span
            if at.start <= before.end or not re.search(r"[\r\n]", self.story.article.text[before.end : at.start]):
                return before
        return next((block.span for block in self.blocks[following:] if block.is_prose), None)

    def _close(self, codes: tuple[str, ...], at: Span, place: Span) -> Iterator[_Order | _Fault]:
        for code in codes:
            ended = [opened for opened in self.open if opened[0] == code]
            self.open = [opened for opened in self.open if opened[0] != code]
            if not ended:
                yield _Fault(place, f"This comment is not obeyed: no “off {code}” stands before it.")
            yield from (self._range(opened, at.start) for opened in ended)

    def _range(self, opened: tuple[str, int, Suppression, Span], end: int) -> _Order:
        code, start, suppression, place = opened
        return _Order((code,), suppression, (Span(start, end),), place, "This comment")


def _wrong(comment: Comment, verb: str, codes: tuple[str, ...], given: str | None, reason: str) -> str | None:
    """What is wrong with a comment, as the end of a sentence."""
    if not comment.closed:
        return "its end, -->, is missing"
    if verb not in _VERBS:
        begins = f"it begins with “{verb or comment.text[:20]}”" if comment.text.strip() else "it is empty"
        return f"{begins}; write ignore, ignore-file, off or on"
    if not codes:
        return f"it names no rule; write “{verb} SRC102”"
    if wrong := _wrong_code(codes):
        return wrong
    if verb == "on":
        return None
    if given and not reason:
        return 'the reason must stand in quotation marks, reason="…"'
    return None if reason else 'it gives no reason; add reason="…"'


def _ended(sentence: str) -> str:
    """With a full stop, unless it ends in a question already."""
    return sentence if sentence.endswith("?") else f"{sentence}."


def _wrong_code(codes: Iterable[str]) -> str | None:
    for code in codes:
        if code in RULES_OF_THE_CHECK:
            return f"{code} is about the check itself and cannot be accepted"
        if meant := mistaken_code(code):
            return f"there is no rule {code}; {meant}"
    return None


def _place(story: Story, comment: Comment) -> Span:
    """Where to speak about a comment: itself, else the sentence that it stands at, else the headline."""
    if comment.span is None:
        return story.opening
    if comment.span.start < comment.span.end or not story.analysis.parse.sentences:
        return comment.span
    return story.sentence(comment.span).span


# ------------------------------------------------------------------------------------------ decisions


def _decisions(story: Story) -> Iterator[_Order | _Fault]:
    """What the file of decisions accepts."""
    decisions = story.article.decisions
    if decisions is None:
        return
    for fault in decisions.faults:
        yield _Fault(story.opening, f"{decisions.path}, {fault}.")
    for ignore in decisions.ignores:
        by = f"{decisions.path}, {ignore.entry}"
        reason = " ".join((ignore.reason or "").split())
        wrong = _wrong_code(ignore.codes) or (None if reason else "it gives no reason; add reason = …")
        if wrong:
            yield _Fault(story.opening, _ended(f"{by} is not obeyed: {wrong}"))
            continue
        scope = _sentences(story, ignore.words) if ignore.words else None
        place = scope[0] if scope else story.opening
        yield _Order(ignore.codes, Suppression(reason, Decider.SIDECAR), scope, place, by)


def _sentences(story: Story, words: str) -> Spans:
    """The sentences that hold some words; () where the text has them no more."""
    found = places_of(words, story.article.prose)
    return tuple(s.span for s in story.analysis.parse.sentences if overlap((s.span,), found))
