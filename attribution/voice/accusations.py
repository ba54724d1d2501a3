"""Who is accused or gravely criticised in an article, by whom, and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from attribution.extract.syntax import Syntax
from attribution.lexicon import Row
from attribution.records import Attribution, Confidence, SourceType, Span
from attribution.voice.own import Assertion, AssertionKind
from attribution.voice.page import Page
from attribution.voice.parties import Parties, Party
from attribution.voice.record import Record
from attribution.voice.replies import Replies
from attribution.voice.wrongdoing import deeds, entry

_NOT_ASKED = frozenset({SourceType.POLITICAL, SourceType.ARMED})
"""Collectives, and groups that newsrooms do not ring up."""
_OPEN = frozenset({"accuse", "allege"})
"""Verbs that can lay anything to anybody."""


@dataclass(frozen=True, slots=True)
class Accusation:
    """Wrongdoing or grave failure laid to one named party.

    Attributes:
        span: the accusing words.
        by: id of the source that accuses; None where nobody is named, and where the outlet itself does.
        attribution: id of the statement, None where the outlet itself accuses.
        confidence: that it is one, and grave.
    """

    party: Party
    span: Span
    by: str | None
    attribution: str | None
    confidence: Confidence


def accusations(
    page: Page, parties: Parties, record: Record, replies: Replies, own: Iterable[Assertion]
) -> Iterator[Accusation]:
    """Every accusation that its party ought to be able to answer, in no order.

    Left out: what courts have found and parties have admitted, the dead, parties of politics and armed groups as a
    whole, outlets, and what somebody says of themselves.
    """
    for attribution in page.reported:
        if attribution.polarity == "negative":
            continue
        for party, span, sure in (*_by_cue(page, parties, attribution), *_by_content(page, parties, attribution)):
            if _may_answer(party, record) and not replies.is_by(attribution, party):
                yield Accusation(party, span, attribution.source_id, attribution.id, sure)
    for assertion in own:
        if assertion.kind is AssertionKind.ALLEGATION and assertion.party and _may_answer(assertion.party, record):
            yield Accusation(assertion.party, assertion.span, None, None, assertion.confidence)


def _may_answer(party: Party, record: Record) -> bool:
    return party.type not in _NOT_ASKED and not record.is_settled(party) and not record.is_dead(party)


def _by_cue(page: Page, parties: Parties, attribution: Attribution) -> Iterator[tuple[Party, Span, Confidence]]:
    """ "Accused Marsh of fraud", "Marsh was charged with theft", "slammed the council"."""
    syntax = page.syntax
    for head in (i for span in attribution.cue for i in syntax.between(span)):
        row = entry(syntax, head, "accuse", "criticise")
        if row is None or syntax.token(head).upos != "VERB":
            continue
        passive = syntax.child(head, "aux:pass") is not None
        thing = syntax.child(head, "nsubj:pass" if passive else "obj")
        # What stands right behind the verb is its object, also where the tree takes it for something else.
        behind = None if passive else parties.at(head + 1)
        party = behind if thing is None else parties.meant_by(thing)
        if party is not None:
            yield party, syntax.token(head).span, _weight(syntax, head, row)


def _weight(syntax: Syntax, head: int, row: Row) -> Confidence:
    """How grave an accusing verb is: charges are, others as far as what follows names wrongdoing."""
    if row["does"] == "criticise" or row["weight"] == "conduct":
        return Confidence.LOW
    if syntax.lemma(head) not in _OPEN:
        return Confidence.HIGH
    behind = [i for i in syntax.subtree(head) if i > head]
    if any(entry(syntax, i, "deed", "offence", "taken", "doer", "marked", "commit") for i in behind):
        return Confidence.HIGH
    # "Accused him of being a Democrat" charges nobody with anything.
    return Confidence.LOW if any(syntax.word(i) == "being" for i in behind) else Confidence.MEDIUM


def _by_content(page: Page, parties: Parties, attribution: Attribution) -> Iterator[tuple[Party, Span, Confidence]]:
    """What is said to have been done: "said that Marsh had taken bribes"."""
    syntax = page.syntax
    region = frozenset().union(*(syntax.between(span) for span in attribution.content))
    for deed in deeds(syntax, region):
        named = parties.at(deed.doer)
        party = named or parties.taken_up(deed.doer)
        if party is not None:
            sure = Confidence.HIGH if deed.crime and named else Confidence.MEDIUM
            yield party, page.span(deed.words), sure
