"""What the outlet asserts in its own voice and a reader will ask the source of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from attribution.extract.cues import find_cues
from attribution.records import REPORTED, Confidence, Sentence, Span
from attribution.voice.figures import FigureKind, continues_series, figures, rests_on_document
from attribution.voice.page import Page
from attribution.voice.parties import Parties, Party
from attribution.voice.record import Record
from attribution.voice.views import ViewKind, view
from attribution.voice.wrongdoing import deeds

_DISTANCE = frozenset({"alleged", "allegedly", "accused", "suspected", "reportedly", "purported", "purportedly",
                       "apparently", "seemingly", "perhaps", "supposedly"})  # fmt: skip
_FIRST_PERSON = frozenset({"i", "we", "my", "our"})


class AssertionKind(StrEnum):
    """What sort of statement it is."""

    ALLEGATION = "allegation"
    FIGURE = "figure"
    VIEW = "view"


@dataclass(frozen=True, slots=True)
class Assertion:
    """One statement in the outlet's own voice that asks for a source.

    Attributes:
        sentence: its index in ``Parse.sentences``.
        span: the words that make it one.
        confidence: that it is one.
        implied: id of the statement whose source goes on speaking here ("carry-over"); None where nobody does.
        party: of an allegation, who is said to have done it.
        figure, value: of a figure, what it counts, and the number (None for "dozens").
        view: of a view, what sort.
    """

    kind: AssertionKind
    sentence: int
    span: Span
    confidence: Confidence
    implied: str | None = None
    party: Party | None = None
    figure: FigureKind | None = None
    value: float | None = None
    view: ViewKind | None = None


def assertions(page: Page, parties: Parties, record: Record) -> Iterator[Assertion]:
    """Every such statement, in text order."""
    cues = {c.head for c in find_cues(page.syntax) if c.entry.kind in REPORTED and c.entry.pos == "VERB"}
    for sentence in page.own:
        carried = page.carried(sentence)
        implied = carried.id if carried else None
        # A word of saying that no statement was made of: who is heard here was not understood.
        unread = any(i in cues for i in page.words(sentence))
        yield from _allegations(page, parties, record, sentence, implied, unread)
        yield from _figures(page, sentence, implied, unread)
        if found := view(page.syntax, sentence):
            span = page.span(found.words)
            sure = _lowered(found.confidence) if unread else found.confidence
            yield Assertion(AssertionKind.VIEW, sentence.index, span, sure, implied, view=found.kind)


def _allegations(
    page: Page, parties: Parties, record: Record, sentence: Sentence, implied: str | None, unread: bool
) -> Iterator[Assertion]:
    if any(page.syntax.word(i) in _DISTANCE | {"?", "if"} for i in page.words(sentence)):
        return
    if record.speaks_of_record(sentence) or record.is_history(sentence):
        return
    for deed in deeds(page.syntax, frozenset(page.words(sentence))):
        party = parties.meant_by(deed.doer)
        if party is None or record.is_settled(party) or record.is_dead(party):
            continue
        sure = Confidence.HIGH if deed.crime else Confidence.MEDIUM
        if unread or deed.aside:
            sure = _lowered(sure)
        span = page.span(deed.words)
        yield Assertion(AssertionKind.ALLEGATION, sentence.index, span, sure, implied, party=party)


def _figures(page: Page, sentence: Sentence, implied: str | None, unread: bool) -> Iterator[Assertion]:
    if any(rests_on_document(page, s) for s in page.neighbours(sentence, 1, 0)):
        return
    if any(page.syntax.word(i) in _FIRST_PERSON for i in page.words(sentence)):  # the writer was there
        return
    for figure in figures(page, sentence):
        if continues_series(page, sentence, figure):
            continue
        sure = Confidence.MEDIUM if figure.kind is FigureKind.COST or unread else Confidence.HIGH
        yield Assertion(
            AssertionKind.FIGURE, sentence.index, figure.span, sure, implied, figure=figure.kind, value=figure.value
        )


def _lowered(confidence: Confidence) -> Confidence:
    """One step less sure."""
    return {Confidence.HIGH: Confidence.MEDIUM}.get(confidence, Confidence.LOW)
