"""Anonymity that the text says was asked for or granted, and the reason it gives (ruling 17).

The words are found by pattern in each sentence, outside quotations; who they are about is read off the tree: the
subject of the clause, or the noun that a relative clause or participle describes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from attribution.records import Level
from attribution.sources import vocabulary as words_of
from attribution.sources.entities import Entity
from attribution.sources.grantees import everybody, holders, their_groups
from attribution.sources.resolve import Resolver

_NEGATED = re.compile(
    r"\b(?:not|never|n't|without|no longer|refus\w+ to (?:grant|give|offer)|rather than)\s(?:\w+\s){0,2}$"
)
_REASON_OPENS = re.compile(
    r"\b(?:because|since|as|for|fear(?:s|ed|ing)?|cit(?:ing|ed)|given|due to|owing to|out of|in order|so as|over|"
    r"to|who|but|amid|lest|saying|while|ahead of|before|in line|in keeping|under|after|afraid|worried|concerned|not|"
    r"discussing|describing|detailing|revealing|without)\b"
)
_EVERYBODY = re.compile(
    r"\b(?:like|as did|as with) (?:all|every|each)(?: of)? (?:the )?(?:other )?"
    r"(?:respondents?|participants?|interviewees?|panell?ists?|sources?|members?|people|insiders?)\b"
    r"|\b(?:all|each|every one|everyone|everybody|none|those)(?: of)?(?: the)?(?: \w+){0,2} "
    r"(?:quoted|cited|interviewed|in this (?:article|story|report))\b"
    r"|\b(?:all|each)(?: of)?(?: the)? (?:respondents?|participants?|interviewees?|panell?ists?)\b"
)
"""A wording about all who speak in an article: "who, like all respondents, answered anonymously"."""
_RANK = {"none": 0, "boilerplate": 1, "specific": 2}


@dataclass(slots=True)
class Anonymity:
    """What the article says about one source's anonymity."""

    granted: bool = False
    reason: str = "none"
    evidence: list[str] = field(default_factory=list)

    def give(self, reason: str) -> None:
        if _RANK[reason] > _RANK[self.reason]:
            self.reason = reason


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The unquoted words of one sentence, lower case, and the token each character belongs to."""

    text: str
    tokens: tuple[int, ...]

    def token_at(self, position: int) -> int:
        return self.tokens[min(position, len(self.tokens) - 1)]


def find_anonymity(resolver: Resolver, sources: list[Entity], levels: dict[Entity, Level]) -> dict[Entity, Anonymity]:
    """Grants and reasons, by entity.  Only sources that are not named can be granted anonymity."""
    found: dict[Entity, Anonymity] = {}
    unnamed = [e for e in sources if levels[e] >= Level.A2 and not e.author]
    # A group that is only spoken of hands its grant on to those singled out of it.
    unnamed += dict.fromkeys(e.whole for e in unnamed if e.whole and e.whole not in sources and not e.whole.named)
    for index in range(len(resolver.reading.parse.sentences)):
        sentence = _unquoted(resolver, index)
        if sentence.tokens:
            _read(resolver, index, sentence, unnamed, found)
    for entity in sorted(unnamed, key=lambda e: e.number):
        # A grant to a group covers those singled out of it (ruling 10).
        if entity.whole in found and found[entity.whole].granted:
            anonymity = found.setdefault(entity, Anonymity())
            anonymity.granted = True
            anonymity.give(found[entity.whole].reason)
    return found


def _unquoted(resolver: Resolver, index: int) -> _Sentence:
    sentence = resolver.reading.parse.sentences[index]
    text, tokens, end = "", [], None
    for i in range(sentence.first, sentence.last):
        if resolver.syntax.token(i).index in resolver.reading.spoken:
            continue
        token = resolver.syntax.token(i)
        if text and (end is None or token.span.start > end):
            text += " "
            tokens.append(i)
        word = token.text.lower().replace("’", "'")
        text += word
        tokens.extend([i] * len(word))
        end = token.span.end
    return _Sentence(text, tuple(tokens))


def _read(
    resolver: Resolver, index: int, sentence: _Sentence, unnamed: list[Entity], found: dict[Entity, Anonymity]
) -> None:
    for _, pattern in words_of.grant_patterns():
        for match in pattern.finditer(sentence.text):
            if _NEGATED.search(sentence.text[: match.start()]):
                continue
            about = holders(resolver, index, sentence.token_at(match.start()), unnamed)
            if _EVERYBODY.search(sentence.text):
                about = [*about, *everybody(unnamed)]
            reason = _reason(sentence.text[match.start() :], after=match.end() - match.start())
            if reason == "none":
                reason = _reason_before(sentence.text[: match.start()])
            if reason == "none" and about and index + 1 < len(resolver.reading.parse.sentences):
                reason = _reason_after(_unquoted(resolver, index + 1).text)
            for holder in [*about, *their_groups(about, index)]:
                anonymity = found.setdefault(holder, Anonymity())
                anonymity.granted = True
                anonymity.give(reason)
    _read_bare_reasons(resolver, index, sentence, unnamed, found)


_BARE_REASON = re.compile(
    r"\b(?:is|are|was|were|had|has|have|did|do|does)(?: not|n't) (?:been )?(?:yet )?(?:\w+ly )?"
    r"(?:authori[sz]ed|permitted|allowed|cleared|at liberty|have (?:the )?authori[sz]ation)\b"
    r"|\bnot (?:being )?authori[sz]ed to (?:speak|talk|comment|discuss|brief|disclose|be)\b"
    r"|\bwho fear(?:s|ed)?\b|\bfearing (?:reprisals?|retaliation|retribution|arrest|dismissal|for (?:his|her|their))"
    r"|\bfor fear of\b|\bwho (?:was|were|is|are) (?:afraid|worried|concerned)\b"
)


def _read_bare_reasons(
    resolver: Resolver, index: int, sentence: _Sentence, unnamed: list[Entity], found: dict[Entity, Anonymity]
) -> None:
    """A reason without a grant: "an official who was not authorised to comment".

    What a source reports of others ("they stayed at home for fear of snipers") is none.
    """
    claimed = resolver.claimed
    for match in _BARE_REASON.finditer(sentence.text):
        reason = _reason(sentence.text[match.start() :], after=0)
        if reason == "none":
            continue
        if sentence.token_at(match.start()) in claimed:
            continue
        verbs = [
            i
            for i in dict.fromkeys(sentence.tokens[match.start() : match.end()])
            if resolver.syntax.token(i).upos in ("VERB", "ADJ", "NOUN", "AUX")
        ]
        anchor = verbs[-1] if verbs else sentence.token_at(match.start())
        if any(resolver.syntax.has_relation(i, "ccomp") for i in (anchor, *resolver.syntax.ancestors(anchor))):
            continue  # what somebody is reported to have said or thought
        for holder in holders(resolver, index, anchor, unnamed, strictly=True):
            found.setdefault(holder, Anonymity()).give(reason)


def _reason(text: str, *, after: int) -> str:
    """The strongest reason in the words that follow; "specific" outweighs "boilerplate"."""
    tail = text[after:260] if after else text[:260]
    if after and not _REASON_OPENS.search(tail):
        return "none"
    classes = [
        (m.start(), kind) for _, kind, pattern in words_of.reason_patterns() for m in [pattern.search(tail)] if m
    ]
    kinds = {kind for _, kind in classes}
    if "specific" in kinds:
        return "specific"
    # A cause in the text's own words, none of the formulas, is a motive: "because her family had no papers".
    return "boilerplate" if kinds else "specific" if after and re.match(r"[^.]{0,40}\bbecause\b", tail) else "none"


def _reason_before(text: str) -> str:
    """A reason given first: "Citing fear of reprisals, he asked not to be named"."""
    match = re.search(r"(?:^|, )(?:citing|fearing|because|due to|for fear of|given|afraid)\b[^.]{0,120}$", text)
    if match is None:
        return "none"
    reason = _reason(match[0], after=0)
    return "specific" if reason == "none" and re.match(r"(?:, )?because (?!of)", match[0]) else reason


_RISKS = re.compile(
    r"^(?:he|she|they)(?: (?:said|added|explained))? (?:\w+ ){0,3}?"
    r"(?:could|might|would|may|fear(?:s|ed)?|risk(?:s|ed)?|is|are|was|were)\b"
)


def _reason_after(text: str) -> str:
    """A reason that has a sentence of its own: "He asked not to be named. He could lose his job"."""
    reason = _reason(text[:100], after=0) if _RISKS.search(text) else "none"
    return reason if reason == "specific" or "authori" in text[:60] else "none"
