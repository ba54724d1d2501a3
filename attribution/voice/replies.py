"""Who answers, who will not, and whom the outlet says that it asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property

from attribution.extract.cues import cue_lexicon
from attribution.lexicon import read_table
from attribution.records import Attribution, Sentence, Source, Span
from attribution.text import words_of
from attribution.voice.page import Page
from attribution.voice.parties import Parties, Party


class ReplyKind(StrEnum):
    """How a party is heard."""

    SPEAKS = "speaks"
    DENIAL = "denial"
    REFUSAL = "refusal"
    ATTEMPT = "attempt"


@dataclass(frozen=True, slots=True)
class Reply:
    """A place where a party answers, refuses, or is said to have been asked.

    Attributes:
        span: the words that say so.
        sentence: the index of their sentence.
        to_whom: the party whose answer it is, None where the text does not name it ("a spokesman declined to comment").
    """

    kind: ReplyKind
    span: Span
    sentence: int
    party: Party | None = None


@cache
def _wordings() -> tuple[tuple[re.Pattern[str], ReplyKind], ...]:
    rows = read_table(
        "comment_status.tsv", ("wording", "kind"), key=("wording",), allowed={"kind": {"refusal", "attempt"}}
    )
    return tuple((re.compile(r["wording"], re.IGNORECASE), ReplyKind(r["kind"])) for r in rows)


class Replies:
    """Everything an article has of its parties' answers."""

    def __init__(self, page: Page, parties: Parties) -> None:
        self.page = page
        self.parties = parties
        self._sources = {s.id: s for s in page.analysis.sources}

    @cached_property
    def statuses(self) -> tuple[Reply, ...]:
        """Refusals and attempts, in text order."""
        return tuple(r for s in self.page.body for r in [self._status(s)] if r is not None)

    def of(self, party: Party) -> Reply | None:
        """The first place where a party or its representative is heard, else the first where it is asked.

        Who bears a body's name speaks for it (Marsh for the Marsh Foundation); an attempt whose addressee the text does
        not name ("a spokesman did not respond") may be for anybody.
        """
        namesakes = (p for p in self.parties.all if p.person and not party.person and p.named_in(party.name))
        spoken = (reply for who in (party, *namesakes) for reply in self._spoken(who))
        return next(spoken, None) or next((r for r in self.statuses if r.party in {party, None}), None)

    def _spoken(self, party: Party) -> tuple[Reply, ...]:
        """What it says itself, in text order."""
        made = [(a.cue or a.source)[0] for a in self.page.reported if a.source and self.is_by(a, party)]
        denied = [span for span, by in self._denials if by == party]
        return tuple(
            Reply(ReplyKind.DENIAL if span in denied else ReplyKind.SPEAKS, span, self._sentence(span), party)
            for span in sorted({*made, *denied})
        )

    @cached_property
    def _denials(self) -> tuple[tuple[Span, Party], ...]:
        """Verbs of denial with who denies, also where nothing is said of what ("Halden denied it")."""
        syntax = self.page.syntax
        found = []
        for token in syntax.tokens:
            entry = cue_lexicon().get((token.lemma.lower(), "VERB")) if token.upos == "VERB" else None
            subject = syntax.child(token.index, "nsubj")
            if entry is not None and entry.loaded == "rebut" and subject is not None:
                party = self.parties.meant_by(subject)
                if party is not None:
                    found.append((token.span, party))
        return tuple(found)

    def _sentence(self, span: Span) -> int:
        return next((s.index for s in self.page.sentences if s.span.start <= span.start < s.span.end), 0)

    def is_by(self, attribution: Attribution, party: Party) -> bool:
        """Whether a statement is a party's or a representative's."""
        if party.named_in(words_of(attribution.source, self.page.article.prose)):
            return True
        source = self._sources.get(attribution.source_id or "")
        return source is not None and any(party.named_in(words) for words in _descriptions(source))

    def _status(self, sentence: Sentence) -> Reply | None:
        begin, end = sentence.span
        text = re.sub(r"\s", " ", self.page.article.prose[begin:end].replace("’", "'"))
        for wording, kind in _wordings():
            if match := wording.search(text):
                span = Span(begin + match.start(), begin + match.end())
                return Reply(kind, span, sentence.index, self._asked(sentence, span))
        return None

    def _asked(self, sentence: Sentence, status: Span) -> Party | None:
        """Whose answer it is: the last party named before the words ("Corvane did not respond"), or the first after
        ("calls to Tusk went unanswered" has it before, "got no reply from Tusk" after)."""
        words = self.page.words(sentence)
        before = self.parties.inside(i for i in words if self.page.syntax.token(i).span.end <= status.start)
        return before[-1] if before else next(iter(self.parties.inside(words)), None)


def _descriptions(source: Source) -> tuple[str, ...]:
    return tuple(words for words in (source.name, source.organisation) if words)
