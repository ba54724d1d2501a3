"""Judgements: where a claim runs somebody down, praises, pronounces a verdict or guesses, instead of informing.

Read off the main clause by a word list: what it says of its subject ("he is a liar"), what somebody is called
("described her as incompetent"), and verbs that judge an act ("he bungled it").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from attribution.claims.features import MainClause, main_clause
from attribution.extract.syntax import Syntax
from attribution.lexicon import read_table
from attribution.records import Attribution, Claim, ClaimClass, Confidence, Token
from attribution.rules.story import Story
from attribution.sources.vocabulary import bodies, roles
from attribution.text import overlap


class Verdict(StrEnum):
    """What sort of judgement a word passes."""

    ATTACK = "attack"
    PRAISE = "praise"
    VERDICT = "verdict"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A word that judges.

    Attributes:
        word: the word.
        target: the person or body it is said of, None for a thing, an act or nobody in particular.
        confidence: high where the word is a predicate or what somebody is called, medium for a verb, whose object
            may be a fact ("lied to the court").
    """

    verdict: Verdict
    word: Token
    target: Token | None
    confidence: Confidence


def judgements(story: Story, claim: Claim) -> Iterator[Judgement]:
    """What a claim judges, in text order; nothing that it only relays from another source."""
    made_by = story.attributions_of(claim)
    if any(a.polarity == "negative" for a in made_by):
        return
    clause = main_clause(story.analysis.parse, claim.span)
    calling = any(t.lemma.lower() in _CALLING for a in made_by for t in story.tokens(a.cue))
    verdicts = _words(story)
    for word in clause.words:
        verdict = verdicts.get((word.lemma.lower(), word.upos))
        if verdict is None or _is_relayed(story, made_by, word) or _is_negated(story.syntax, word):
            continue
        found = _judgement(story.syntax, clause, word, verdict, calling=calling)
        if found is not None:
            yield found


def is_view(story: Story, claim: Claim) -> bool:
    """Whether a claim is a view by its form: "the plan is dangerous", "she is too far behind", "I think it is coming".

    Asked of claims classed as opinions, and of what is quoted.
    """
    syntax = story.syntax
    for head in main_clause(story.analysis.parse, claim.span).heads:
        is_predicate = head.upos in ("ADJ", "NOUN") and syntax.child(head.index, "cop") is not None
        if is_predicate and (claim.claim_class is ClaimClass.OPINION or _has_too(syntax, head)):
            return True
        subject = syntax.child(head.index, "nsubj")
        if head.lemma.lower() in _THINKING and subject is not None and syntax.word(subject) in ("i", "we"):
            return True
    return False


def is_guess(story: Story, claim: Claim) -> bool:
    """Whether a quoted prediction is about others: "he will be defeated", not "we will open in May"."""
    if claim.claim_class is not ClaimClass.PREDICTION:
        return False
    syntax = story.syntax
    heads = main_clause(story.analysis.parse, claim.span).heads
    return any(
        _is_future(syntax, h)
        and (subject := syntax.child(h.index, "nsubj")) is not None
        and syntax.word(subject) not in ("i", "we")
        for h in heads
    )


def _has_too(syntax: Syntax, head: Token) -> bool:
    return any(syntax.word(c) == "too" for c in syntax.children(head.index, "advmod"))


_THINKING = frozenset({"think", "believe", "feel", "expect", "guess", "suspect", "doubt", "hope", "predict", "imagine"})
_CALLING = frozenset({"call", "describe", "brand", "label", "denounce", "dismiss", "deride", "decry", "portray"})
_FUTURE = frozenset({"will", "would", "shall", "'ll", "’ll", "wo", "going"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "hardly"})
_THIRD_PERSON = frozenset({"he", "she", "they", "him", "her", "them"})


@cache
def _table() -> Mapping[tuple[str, str], Verdict]:
    rows = read_table(
        "judgements.tsv",
        ("lemma", "upos", "class"),
        key=("lemma", "upos"),
        allowed={"upos": {"VERB", "NOUN", "ADJ"}, "class": set(Verdict)},
    )
    return {(row["lemma"], row["upos"]): Verdict(row["class"]) for row in rows}


def _words(story: Story) -> Mapping[tuple[str, str], Verdict]:
    """The list, with the attacks that a configuration adds."""
    added = {(w.lower(), upos): Verdict.ATTACK for w in story.settings.words.get("attacks", ()) for upos in _OPEN}
    return {**added, **_table()}


_OPEN = ("NOUN", "ADJ", "VERB")


def _judgement(syntax: Syntax, clause: MainClause, word: Token, verdict: Verdict, *, calling: bool) -> Judgement | None:
    heads = {h.index for h in clause.heads}
    if word.upos == "VERB":
        if word.index not in heads or (verdict is Verdict.FORECAST) is not _is_future(syntax, word):
            return None
        subject = syntax.child(word.index, "nsubj")
        return Judgement(verdict, word, _target(syntax, subject), Confidence.MEDIUM)
    if syntax.child(word.index, "cop") is not None and word.index in heads:
        return Judgement(verdict, word, _target(syntax, syntax.child(word.index, "nsubj")), Confidence.HIGH)
    if calling:
        others = (w.index for w in clause.words if w is not word and w.upos in ("PRON", "PROPN", "NOUN"))
        target = next((t for i in others if (t := _target(syntax, i)) is not None), None)
        return Judgement(verdict, word, target, Confidence.HIGH)
    parent = syntax.head(word.index)
    if syntax.has_relation(word.index, "amod") and parent in heads and syntax.child(parent, "cop") is not None:
        # "He is a reckless man", "a terrible idea".
        return Judgement(verdict, word, _target(syntax, syntax.child(parent, "nsubj")), Confidence.HIGH)
    return None


def _target(syntax: Syntax, index: int | None) -> Token | None:
    """The word where it stands for a person or a body: a name, he, she or they, a noun for people or institutions."""
    if index is None:
        return None
    token = syntax.token(index)
    if token.upos == "PRON":
        return token if syntax.word(index) in _THIRD_PERSON else None
    if token.upos == "PROPN":
        return token if token.ner.endswith(("PER", "ORG")) or token.ner == "O" else None
    return token if syntax.lemma(index) in roles() or syntax.lemma(index) in bodies() else None


def _is_negated(syntax: Syntax, word: Token) -> bool:
    return any(syntax.word(c) in _NEGATIONS for c in syntax.children(word.index))


def _is_future(syntax: Syntax, verb: Token) -> bool:
    return any(syntax.word(c) in _FUTURE for c in syntax.children(verb.index, "aux"))


def _is_relayed(story: Story, made_by: tuple[Attribution, ...], word: Token) -> bool:
    """Whether the word stands in what the source says somebody else says."""
    makers = {a.id for a in made_by}
    inner = (a for a in story.analysis.attributions if a.parent in makers)
    return any(overlap(a.content, (word.span,)) for a in inner)
