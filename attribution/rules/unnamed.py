"""People whom a story leaves unnamed: which of them an outlet keeps unnamed, and what it says of them.

Not everybody without a name is an anonymous source.  Residents, voters, critics and experts are publics that speak for
nobody but themselves, "officials said" names a class, "the senator" somebody whom readers know already.  The rules
about anonymity are about the rest: somebody singled out who speaks to the outlet from behind a description.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from attribution.lexicon import word_list
from attribution.records import Attribution, Kind, Level, Quote, Source, SourceType, Span
from attribution.rules.story import Story
from attribution.sources.kinds import basis_of
from attribution.sources.mentions import Form, Phrase
from attribution.sources.vocabulary import bodies, name_key, outlets, roles

_PUBLIC = frozenset({"public", "masses", "witness", "stance", "kin", "journalist"})
_SIDES = frozenset({"adherent", "backer", "booster", "disciple", "follower", "supporter", "sympathiser", "sympathizer"})
_COURT = frozenset({"judge", "justice", "juror", "magistrate", "prosecutor"})
_INTRODUCING = frozenset({"indefinite", "fresh"})
_ONE = frozenset({"one"})
_NOBODY = frozenset({"no", "any", "each", "every"})
VAGUE_NUMBERS = frozenset({"several", "multiple", "numerous", "various", "number", "handful", "couple", "dozen"})
"""Quantifiers of people an outlet has spoken to; "many" and "some" speak of classes."""
_MOST_SPOKEN_TO = 12
"""Larger stated numbers ("95 retired generals") are of signatories and crowds, not of people kept unnamed."""
_PLAIN = frozenset({"official", "aide", "diplomat", "employee", "staffer", "colleague"})
_STAND_INS = frozenset({"one", "another", "other", "others", "those", "someone", "somebody", "anonymous"})
_VICTIMS = frozenset({"casualty", "mourner", "survivor", "victim"})
_OWN = frozenset({"my", "our"})
_PRIVATE = frozenset({None, "interview"})
VAGUE_BASES = frozenset({"closeness", "access", "second-hand"})
"""Ways of knowing that are asserted, not shown: being close to somebody, familiar with or briefed on something."""


def kept_unnamed(story: Story) -> Iterator[Source]:
    """Unnamed people who spoke to the outlet and could have been asked for their names, in text order.

    One person, a counted or vaguely counted group ("two aides", "several diplomats"), sources and insiders.  Not
    publics, classes and officials of a named body; nobody whom the article introduces as known ("the senator"); nobody
    who speaks only in public, inside somebody else's statement or to another outlet.
    """
    for source in story.unnamed_people:
        if story.is_display(story.mention(source)) or not speaks_to_outlet(story, source):
            continue
        if is_public(story, source) or not is_singled_out(story, source) or not is_introduced(story, source):
            continue
        if not _is_named_beside(story, source) and not _is_named_next(story, source):
            yield source


def descriptions(story: Story, source: Source) -> tuple[Phrase, ...]:
    """What the article calls somebody by a noun for people; of a group's member, what it calls the group too."""
    called = map(_in_full, story.phrases_of(source))
    own = tuple(p for p in called if p.form is Form.PERSON and p.noun in roles() and p.noun not in _STAND_INS)
    group = story.counted.source_by_id.get(source.member_of or "")
    return own + (descriptions(story, group) if group is not None and group is not source else ())


def _in_full(phrase: Phrase) -> Phrase:
    """Of "one of his former aides", a former aide."""
    if phrase.noun not in _STAND_INS or phrase.of is None:
        return phrase
    return replace(phrase.of, determiner=phrase.determiner, plural=phrase.plural, count=phrase.count)


def is_introduced(story: Story, source: Source) -> bool:
    """Whether the article brings somebody in as unknown: "an aide", "aides", "one of the doctors".

    A definite ("the nominee", "the researchers") is somebody whom the article has named, or need not.
    """
    return any(
        (p.determiner in _INTRODUCING or (p.plural and p.determiner != "definite") or _opens_with(story, p, _ONE))
        and not _opens_with(story, p, _NOBODY)
        for p in descriptions(story, source)
    )


def _opens_with(story: Story, phrase: Phrase, words: frozenset[str]) -> bool:
    return story.syntax.word(phrase.core[0]) in words


def is_public(story: Story, source: Source) -> bool:
    """Whether somebody speaks only as one of a public: residents, witnesses, relatives, critics, experts as a class."""
    phrases = descriptions(story, source)
    return bool(phrases) and all(_of_a_public(p, source) for p in phrases)


def _of_a_public(phrase: Phrase, source: Source) -> bool:
    kind = phrase.role.kind if phrase.role else ""
    if kind in ("expert", "partisan"):
        return source.collective
    if phrase.noun in _COURT or (phrase.noun in _SIDES and source.collective):
        return True
    if basis_of(phrase) or kind == "close":
        return False
    return kind in _PUBLIC or source.type is SourceType.CITIZEN


def is_bereaved(story: Story, source: Source) -> bool:
    """Whether somebody speaks of what was done to their own: a victim, a relative, who says "my brother"."""
    if any(p.noun in _VICTIMS or (p.role and p.role.kind == "kin") for p in descriptions(story, source)):
        return True
    if source.type not in (SourceType.CITIZEN, SourceType.UNKNOWN):
        return False
    syntax = story.syntax
    return any(
        (role := roles().get(token.lemma.lower())) is not None
        and role.kind == "kin"
        and any(syntax.word(c) in _OWN for c in syntax.children(token.index, "nmod"))
        for a in story.attributions_of(source)
        for token in story.tokens(a.content)
    )


def is_singled_out(story: Story, source: Source) -> bool:
    """Whether somebody is meant rather than a class: one, a number, "several"; sources and associates in any number."""
    if not source.collective:
        return True
    if source.count.isdigit():
        return int(source.count) <= _MOST_SPOKEN_TO
    return any(
        p.quantifier in VAGUE_NUMBERS or (p.role and p.role.kind in ("source", "close", "aide")) or basis_of(p)
        for p in descriptions(story, source)
    )


def _is_named_beside(story: Story, source: Source) -> bool:
    """Whether a name follows after a comma: "another advocate, Andrew Pell of the firm Mayer"."""
    return any(
        name.ner == "B-PER" and name.upos == "PROPN" and comma.text == ","
        for m in source.mentions
        for comma, name in pairwise(story.tokens(m.span))
    )


def _is_named_next(story: Story, source: Source) -> bool:
    """Whether an opening only holds back a name: "A former chairman says …", and the next to speak is Don Weller.

    Such a sentence begins with its source and paraphrases.  Nobody holds a name back by writing "an official".
    """
    statements = story.attributions_of(source)
    opening = {block.span.start for block in story.paragraphs[:2]}
    if len(statements) > 1 or source.collective or source.granted or statements[0].quote is Quote.DIRECT:
        return False
    at = story.place(statements[0]).start
    kinds = {p.role.kind for p in descriptions(story, source) if p.role}
    plain = {p.noun.split()[-1] for p in descriptions(story, source)} & _PLAIN
    if at not in opening or plain or kinds & {"source", "close", "masses"}:
        return False
    later = (a for a in story.attributions if story.place(a).start > at and a.source_id != source.id)
    following = next((s for a in later if (s := story.source_of(a)) is not None), None)
    return following is not None and following.level is Level.A0


def speaks_to_outlet(story: Story, source: Source) -> bool:
    """Whether somebody is reported to have said something to the outlet itself.

    Not what somebody thinks, writes, shouts or implores another to do, and not what another source or outlet relays,
    which answers for it.
    """
    return any(
        a.kind is Kind.SPEECH
        and a.channel in _PRIVATE
        and story.parent_of(a) is None
        and _tells(story, a)
        and not _told_another_outlet(story, a)
        for a in story.attributions_of(source)
    )


def _tells(story: Story, attribution: Attribution) -> bool:
    """Whether its verb tells somebody something, or calls somebody something ("called him a crook")."""
    if "pattern:called" in attribution.evidence:
        return True
    return any(t.lemma.lower() in word_list("telling_cues.tsv") for t in story.tokens(attribution.cue))


def _told_another_outlet(story: Story, attribution: Attribution) -> bool:
    told = attribution.recipient
    if told is None:
        return False
    outlet = outlets().get(name_key(told))
    if outlet is not None:
        return bool(story.outlets) and not {outlet.name, told} & story.outlets
    words = told.lower().split()
    body = bodies().get(words[-1]) if words[0] == "the" else None
    is_medium = body is not None and body.type is SourceType.MEDIA
    return is_medium and any(s.type is SourceType.MEDIA for s in story.analysis.sources)


def vague_basis(phrase: Phrase) -> bool:
    """Whether a phrase says how somebody knows by an access that is only asserted: "familiar with the matter"."""
    return basis_of(phrase) in VAGUE_BASES or (phrase.role is not None and phrase.role.kind == "close")


def shown(story: Story, source: Source) -> Span:
    """Where a finding about an unnamed source points: its first description rather than a pronoun."""
    first = story.mention(source)
    phrase = story.phrase(first)
    if phrase is None or phrase.form is not Form.PRONOUN:
        return first
    described = (m.span for m in source.mentions if (p := story.phrase(m.span)) and p.form is Form.PERSON)
    return next(described, first)
