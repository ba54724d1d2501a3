"""Anonymity that the text says was asked for or granted, and the reason it gives (ruling 17).

The words are found by pattern in each sentence, outside quotations; who they are about is read off the tree: the
subject of the clause, or the noun that a relative clause or participle describes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from attribution.records import Level, SourceType
from attribution.sources import vocabulary as words_of
from attribution.sources.entities import Entity
from attribution.sources.mentions import Form
from attribution.sources.resolve import Resolver

_NEGATED = re.compile(
    r"\b(?:not|never|n't|without|no longer|refus\w+ to (?:grant|give|offer)|rather than)\s(?:\w+\s){0,2}$"
)
_REASON_OPENS = re.compile(
    r"\b(?:because|since|as|for|fear(?:s|ed|ing)?|cit(?:ing|ed)|given|due to|owing to|out of|in order|so as|over|"
    r"to|who|but|amid|lest|saying|while|ahead of|before|in line|in keeping|under|after|afraid|worried|concerned|not|"
    r"without)\b"
)
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
    for index in range(len(resolver.reading.parse.sentences)):
        sentence = _unquoted(resolver, index)
        if sentence.tokens:
            _read(resolver, index, sentence, unnamed, found)
    for entity in unnamed:
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
            holders = _holders(resolver, index, sentence.token_at(match.start()), unnamed)
            reason = _reason(sentence.text[match.start() :], after=match.end() - match.start())
            if reason == "none":
                reason = _reason_before(sentence.text[: match.start()])
            for holder in [*holders, *_their_groups(holders, index)]:
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
        for holder in _holders(resolver, index, anchor, unnamed, strictly=True):
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
    match = re.search(r"(?:^|, )(?:citing|fearing|because of|due to|for fear of|given|afraid)\b[^.]{0,120}$", text)
    return _reason(match[0], after=0) if match else "none"


# ---------------------------------------------------------------------------------- whose anonymity


def _holders(
    resolver: Resolver, index: int, anchor: int, unnamed: list[Entity], *, strictly: bool = False
) -> list[Entity]:
    """The sources a wording is about: by the tree, else the only unnamed source of its sentence."""
    entity = _by_tree(resolver, anchor)
    if entity is not None:
        blanket = _blanket(entity, index, unnamed)
        if blanket:
            return blanket
        if entity in unnamed:
            return [entity]
        if entity.form is not Form.PRONOUN:
            return _spoken_of(resolver, entity, index, unnamed)
    here = [e for e in unnamed if any(m.sentence == index and m.attribution for m in e.mentions)]
    if len(here) == 1:
        return here
    if strictly or here:
        return []
    before = [e for e in unnamed if any(m.sentence == index - 1 and m.attribution for m in e.mentions)]
    return before if len(before) == 1 else []


def _by_tree(resolver: Resolver, anchor: int) -> Entity | None:
    syntax = resolver.syntax
    for at in (anchor, *syntax.ancestors(anchor)):
        if syntax.token(at).upos in ("VERB", "AUX") or syntax.child(at, "cop") is not None:
            given = _given_to(resolver, at)
            if given is not None:
                return given
            entity = resolver.grantee(at)
            if entity is not None:
                return entity
        elif (
            (entity := resolver.by_head.get(at)) is not None
            and at != anchor
            and syntax.token(at).upos in ("NOUN", "PROPN")
        ):
            return entity
    return None


def _their_groups(holders: list[Entity], index: int) -> list[Entity]:
    """ "Two of the people said … They declined to be named": the people are meant."""
    return [
        e.whole
        for e in holders
        if e.whole is not None
        and any(m.sentence == index and m.phrase.noun in ("they", "all", "both") for m in e.mentions)
    ]


def _given_to(resolver: Resolver, verb: int) -> Entity | None:
    """To whom an outlet grants anonymity: "AFP granted the officials anonymity", "anonymity was given to them"."""
    syntax = resolver.syntax
    if syntax.lemma(verb) not in ("grant", "give", "offer", "promise", "guarantee", "accord", "allow"):
        return None
    for child in (*syntax.children(verb, "iobj"), *syntax.children(verb, "obj", "obl")):
        entity = resolver.by_head.get(child)
        if entity is not None and entity.form in (Form.PERSON, Form.PRONOUN):
            return entity
    return None


def _blanket(entity: Entity, index: int, unnamed: list[Entity]) -> list[Entity]:
    """ "All spoke on condition of anonymity": everybody unnamed who has spoken in this paragraph or the one before."""
    mention = next((m for m in reversed(entity.mentions) if m.sentence == index), None)
    wide = (
        mention is not None
        and mention.phrase.plural
        and mention.phrase.noun in _BLANKET
        and entity.form is not Form.NAME
    )
    if not wide or mention is None:
        return []
    if entity in unnamed and len(entity.mentions) > 1:
        return []
    kind = mention.phrase.noun
    near = [
        e
        for e in unnamed
        if any(m.attribution and 0 <= mention.paragraph - m.paragraph <= 2 and m.at < mention.at for m in e.mentions)
    ]
    alike = [
        e
        for e in near
        if kind in ("all", "both", "they", "people", "source", "those") or any(p.noun == kind for p in e.phrases)
    ]
    return [*alike, *([entity] if entity in unnamed else [])]


_BLANKET = frozenset(
    {
        "all",
        "both",
        "they",
        "official",
        "source",
        "people",
        "person",
        "employee",
        "aide",
        "diplomat",
        "those",
        "none",
        "officer",
    }
)


def _spoken_of(resolver: Resolver, entity: Entity, index: int, unnamed: list[Entity]) -> list[Entity]:
    """Where the tree leads to somebody named, the wording is about nobody unless one unnamed source stands alone."""
    here = [e for e in unnamed if any(m.sentence == index and m.attribution for m in e.mentions)]
    others = [
        e
        for e in resolver.discourse.entities
        if e is not entity and e.named and any(m.sentence == index and m.attribution for m in e.mentions)
    ]
    outlet = entity.form is Form.BODY and (entity.author or entity.body_type is SourceType.MEDIA)
    return here if outlet and len(here) == 1 and not others else []
