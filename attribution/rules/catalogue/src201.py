"""SRC201: a claim on one unnamed voice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.claims.features import MainClause, main_clause
from attribution.extract.cues import is_negated
from attribution.extract.syntax import Syntax
from attribution.records import Claim, ClaimClass, Severity, SourceType, Token
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.rules.unnamed import is_introduced, is_public, speaks_to_outlet
from attribution.sources.vocabulary import roles
from attribution.voice.wrongdoing import deeds

_WEIGHTY = (ClaimClass.ALLEGATION, ClaimClass.FIGURE, ClaimClass.FACT)
_MONEY = frozenset({"cash", "money", "fund", "envelope", "payment"})
_TAKING = frozenset({"take", "accept", "pocket"})
_USING = frozenset({"use", "spend", "divert"})
_SPENDING = frozenset({"pay", "buy", "purchase", "fund", "finance"})
_FOR_ONESELF = frozenset(
    {"apartment", "boat", "car", "debt", "flat", "holiday", "home", "house", "jewellery", "jewelry", "mansion",
     "property", "vacation", "villa", "watch", "wedding", "yacht"}
)  # fmt: skip
_TO_BE_SETTLED = frozenset({"agenda", "date", "deadline", "decision", "schedule", "time", "timetable", "venue"})


@dataclass(frozen=True)
class SingleAnonymousClaim(Rule):
    """What a story reports rests on one unnamed voice and nothing else.

    What:
        An allegation, a figure or a fact that one unnamed person gives and nobody else in the story supports, named or
        not.  One finding for each such source, at its gravest claim; an error where that is an allegation.
    Why:
        If the source is wrong or has an interest, nothing in the story would show it.
    Example:
        The minister took bribes, an official said.
    Better:
        The minister took bribes, two former aides said, and bank records show payments.
    Standards:
        AP (2009), CBC, BBC, Reuters
    False positives:
        Support in other words that was not matched to the claim.  Opinions, forecasts, denials, asides of a few words,
        that no date has been set, what residents and witnesses saw, what sources say of themselves and what one of
        several sources adds are left out.
    """

    code = "SRC201"
    name = "single-anonymous-claim"
    severity = Severity.WARNING
    default = True
    standards = ("AP-3", "CBC-1", "BBC-2", "REU-7")
    question = "Has a second source, independent of the first, or a document been found for this?"

    least_words: int = option(5, "The words a claim must have at least; shorter ones are taken for asides.", least=1)

    def check(self, story: Story) -> Iterator[Remark]:
        resting: dict[str, list[Claim]] = {}
        for claim in story.claims:
            if (source_id := self._lone_source(story, claim)) is not None:
                resting.setdefault(source_id, []).append(claim)
        for source_id, claims in resting.items():
            claim = min(claims, key=lambda c: (not _is_allegation(story, c), _WEIGHTY.index(c.claim_class)))
            is_allegation = _is_allegation(story, claim)
            source = story.counted.source_by_id[source_id]
            what = "An allegation rests" if is_allegation else "This rests" if len(claims) == 1 else _several(claims)
            yield Remark(
                claim.span[0],
                f"{what} on one unnamed source, “{source.name}”; nothing else in the story supports it.",
                source_id=source_id,
                claim_id=claim.id,
                evidence=(f"compared with {len(story.claims) - 1} other claims",),
                related=tuple(c.span[0] for c in claims if c is not claim),
                severity=Severity.ERROR if is_allegation else None,
            )

    def _lone_source(self, story: Story, claim: Claim) -> str | None:
        """The one unnamed source of a claim that needs more than one."""
        made_by = story.attributions_of(claim)
        if claim.claim_class not in _WEIGHTY or len(claim.text.split()) < self.least_words:
            return None
        is_allegation = _is_allegation(story, claim)
        if not is_allegation and (not _is_event(story, claim) or _is_still_open(story, claim)):
            return None
        if any(a.polarity == "negative" or story.parent_of(a) for a in made_by):
            return None
        if not story.counted.rests_on_one_unnamed(claim):
            return None
        source = next((s for a in made_by if (s := story.source_of(a)) is not None), None)
        if source is None or story.is_display(story.mention(source)) or not speaks_to_outlet(story, source):
            return None
        is_testimony = is_public(story, source) or source.type is SourceType.CITIZEN
        if not is_introduced(story, source) or (is_testimony and not is_allegation):
            return None
        group = story.counted.source_by_id.get(source.member_of or "")
        return None if group in story.sources else source.id  # what one of several adds stands beside the others


def _is_allegation(story: Story, claim: Claim) -> bool:
    """Whether a claim lays wrongdoing at somebody's door, by its class, a word for it, or money in the wrong hands."""
    if claim.claim_class is ClaimClass.ALLEGATION:
        return True
    if any(a.polarity == "negative" for a in story.attributions_of(claim)):
        return False
    region = frozenset(t.index for t in story.tokens(claim.span))
    return any(deed.crime for deed in deeds(story.syntax, region)) or any(
        _takes_or_spends(story.syntax, head.index) for head in main_clause(story.analysis.parse, claim.span).heads
    )


def _takes_or_spends(syntax: Syntax, verb: int) -> bool:
    """Whether somebody "took cash from a builder" or "used some of the money to pay for a house".

    Not a shop that takes cash, nor a yard that used the money to pay its welders.
    """
    doer = syntax.child(verb, "nsubj")
    if doer is None or is_negated(syntax, verb) or not _is_somebody(syntax, doer):
        return False
    if not any(_is_money(syntax, thing) for thing in syntax.children(verb, "obj")):
        return False
    if syntax.lemma(verb) in _TAKING:
        return any(syntax.markers(o, "from") for o in syntax.children(verb, "obl"))
    purposes = (*syntax.children(verb, "xcomp"), *syntax.children(verb, "advcl"))
    return syntax.lemma(verb) in _USING and any(
        syntax.lemma(p) in _SPENDING
        and any(syntax.lemma(thing) in _FOR_ONESELF for thing in syntax.children(p, "obj", "obl"))
        for p in purposes
    )


def _is_money(syntax: Syntax, thing: int) -> bool:
    """Whether an object is money: "cash", "some of the money"."""
    return any(syntax.lemma(i) in _MONEY for i in (thing, *syntax.children(thing, "nmod")))


def _is_somebody(syntax: Syntax, noun: int) -> bool:
    token = syntax.token(noun)
    if token.upos == "PROPN":
        return not token.ner.endswith("ORG")
    return syntax.word(noun) in ("he", "she") or syntax.lemma(noun) in roles()


def _is_still_open(story: Story, claim: Claim) -> bool:
    """Whether a claim only says that nothing has been settled: "no date had been set"."""
    syntax = story.syntax
    return any(
        syntax.lemma(subject) in _TO_BE_SETTLED and any(syntax.word(d) == "no" for d in syntax.children(subject, "det"))
        for head in main_clause(story.analysis.parse, claim.span).heads
        for subject in syntax.children(head.index, "nsubj", "nsubj:pass")
    )


def _is_event(story: Story, claim: Claim) -> bool:
    """Whether a claim says that something has happened, or was so: what can be checked with somebody else.

    "The talks are going nowhere" and "she is not a details person" are comment, "he plans to visit" is an
    announcement, "I drove for eleven hours" is testimony.
    """
    clause = main_clause(story.analysis.parse, claim.span)
    if _has_lost_its_verb(clause):
        return any(
            t.lemma.lower() == "be" and "Tense=Past" in t.feats for t in story.tokens(claim.span)
        )  # "the guns used in the attack were of a type": a parser may hang "were" on "used"
    return any(
        _is_past(clause, head) and not _is_judgement(clause, head) and not _is_of_oneself(clause, head)
        for head in clause.heads
    )


def _has_lost_its_verb(clause: MainClause) -> bool:
    """Whether a noun phrase with a preposition is all the predicate there is."""
    return bool(clause.heads) and all(
        head.upos == "NOUN"
        and {"nsubj", "case"} <= (below := {w.deprel for w in clause.words if w.head == head.index})
        and not below & {"cop", "aux"}
        for head in clause.heads
    )


def _is_of_oneself(clause: MainClause, head: Token) -> bool:
    return any(
        w.head == head.index and w.deprel.startswith("nsubj") and w.text.lower() in ("i", "we") for w in clause.words
    )


def _is_past(clause: MainClause, head: Token) -> bool:
    verbs = [head, *(w for w in clause.words if w.head == head.index and w.deprel.startswith(("aux", "cop")))]
    return any("Tense=Past" in v.feats and ("VerbForm=Fin" in v.feats or v is head) for v in verbs) or any(
        v.lemma.lower() == "have" and v.deprel.startswith("aux") for v in verbs
    )


def _is_judgement(clause: MainClause, head: Token) -> bool:
    """ "Was reckless", "was a mistake": an adjective or noun as predicate, without a preposition ("was in custody")."""
    below = [w for w in clause.words if w.head == head.index and w is not head]
    is_copular = any(w.deprel == "cop" for w in below)
    return is_copular and head.upos in ("ADJ", "NOUN", "PROPN") and not any(w.deprel == "case" for w in below)


def _several(claims: list[Claim]) -> str:
    return f"This and {len(claims) - 1} more of what is reported rest"
