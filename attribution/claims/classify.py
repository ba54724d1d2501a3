"""What sort of assertion a claim is: fact, figure, allegation, opinion or prediction.

Looks at the claim's main clause only: "the minister, a brilliant speaker, arrived" is a fact.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from attribution.claims.features import MainClause, main_clause, tokens_in
from attribution.claims.quantities import quantities_of
from attribution.lexicon import read_table
from attribution.records import Attribution, ClaimClass, Hedge, Parse, Span, Spans, Token

_ACCUSING_CUES = frozenset({"accuse", "allege", "charge", "suspect", "indict", "implicate", "blame"})
_FUTURE = frozenset({"will", "shall", "would", "'ll", "’ll", "wo"})
_OBLIGED = frozenset({"must", "should", "ought"})
_POSSIBLE = frozenset({"may", "might", "could", "can"})
_FIRST_PERSON = frozenset({"i", "we"})
_THINKING = frozenset({"think", "believe", "feel", "hope", "fear", "doubt", "wish", "love", "hate"})
_NO_FIGURES = frozenset({"year", "month", "week", "day", "hour", "minute"})
"""Spans of time and ages need no source of their own."""


@cache
def _claim_words() -> dict[tuple[str, str], str]:
    classes = {"allegation", "opinion", "prediction", "shield"}
    rows = read_table("claim_words.tsv", ("lemma", "upos", "class"), key=("lemma", "upos"), allowed={"class": classes})
    return {(row["lemma"], row["upos"]): row["class"] for row in rows}


def classify(parse: Parse, content: Spans, made_by: Iterable[Attribution], hedges: Iterable[Hedge] = ()) -> ClaimClass:
    """The class of a claim: the first that fits of allegation, prediction, opinion, figure, fact.

    Args:
        content: the claim's characters.
        made_by: the attributions that make it; a denial of wrongdoing is no allegation.
        hedges: the hedging words in it ("alleged" makes an allegation of what its main clause says).
    """
    attributions = tuple(made_by)
    clause = main_clause(parse, content)
    denied = bool(attributions) and all(a.polarity == "negative" for a in attributions)
    if not denied and (
        any(t.lemma.lower() in _ACCUSING_CUES for a in attributions for t in tokens_in(parse, a.cue))
        or any(_within(w.span, [h.span]) for h in hedges for w in clause.words)
        or _lays_blame(clause)
    ):
        return ClaimClass.ALLEGATION
    marked = {_class_of(word) for word in _predicative(clause)}
    if "prediction" in marked or _is_future(clause):
        return ClaimClass.PREDICTION
    if "opinion" in marked or _is_view(clause):
        return ClaimClass.OPINION
    return ClaimClass.FIGURE if _is_figure(clause) else ClaimClass.FACT


def _within(inner: Span, spans: Iterable[Span]) -> bool:
    return any(span.start <= inner.start and inner.end <= span.end for span in spans)


def _class_of(word: Token) -> str | None:
    return _claim_words().get((word.lemma.lower(), word.upos))


def _lays_blame(clause: MainClause) -> bool:
    """Whether wrongdoing is predicated of somebody: "took bribes", "is corrupt", "murdered her"."""
    for head in clause.heads:
        auxiliaries = {w.text.lower() for w in clause.words if w.head == head.index and w.deprel.startswith("aux")}
        # "Could breach a covenant" is no deed.
        if _class_of(head) == "shield" or auxiliaries & (_FUTURE | _OBLIGED | _POSSIBLE):
            continue
        relations = {w.deprel for w in clause.words if w.head == head.index and w is not head}
        if _class_of(head) == "allegation":
            passive = bool(relations & {"nsubj:pass", "aux:pass"})
            # "Two people were abducted" accuses nobody.
            if not passive or "obl:agent" in relations or _has_by_phrase(clause, head):
                return True
        if any(
            w.head == head.index and w is not head and _class_of(w) == "allegation"
            and w.deprel.partition(":")[0] in {"obj", "obl", "xcomp", "amod", "compound"}
            for w in clause.words
        ):  # fmt: skip
            return True
    return False


def _has_by_phrase(clause: MainClause, head: Token) -> bool:
    phrases = {w.index for w in clause.words if w.head == head.index and w.deprel.startswith("obl")}
    return any(w.head in phrases and w.deprel == "case" and w.text.lower() == "by" for w in clause.words)


def _predicative(clause: MainClause) -> Iterable[Token]:
    """The heads of the clause and the words that say something of its subject through them."""
    heads = {h.index for h in clause.heads}
    for word in clause.words:
        says_more = word.deprel.partition(":")[0] in {"xcomp", "obj", "amod", "advmod"}
        if word.index in heads or (word.head in heads and says_more):
            yield word


def _is_future(clause: MainClause) -> bool:
    heads = {h.index for h in clause.heads}
    for word in clause.words:
        siblings = [w for w in clause.words if w.head == word.head and w is not word]
        auxiliary = word.deprel.startswith("aux") and word.head in heads
        # "Would have won" looks back.
        perfect = any(s.deprel.startswith("aux") and s.lemma.lower() == "have" for s in siblings)
        if auxiliary and word.text.lower() in _FUTURE and not perfect:
            return True
        if word.index in heads and word.text.lower() == "going":
            return any(w.head == word.index and w.deprel == "xcomp" for w in clause.words)
    return False


def _is_view(clause: MainClause) -> bool:
    heads = {h.index: h for h in clause.heads}
    return any(
        word.head in heads
        and (
            (word.deprel.startswith("aux") and word.lemma.lower() in _OBLIGED)
            or (
                word.text.lower() in _FIRST_PERSON
                and word.deprel.startswith("nsubj")
                and heads[word.head].lemma.lower() in _THINKING
            )
        )
        for word in clause.words
    )


def _is_figure(clause: MainClause) -> bool:
    found, _ = quantities_of(clause.words, lambda token: token.lemma.lower())
    return any(q.unit not in _NO_FIGURES and q.value != 1 for q in found)
