"""Whether anybody is reported to have said it: questions, conditions, wishes, orders; and through what channel."""

from __future__ import annotations

from functools import cache

from attribution.extract.hits import Hit, Reading
from attribution.extract.syntax import Syntax
from attribution.lexicon import read_table

_MODAL = frozenset({"would", "could", "might", "may", "should", "can", "must"})
_CONDITION = frozenset({"if", "unless", "whether", "lest"})
_ACTUAL_INFINITIVE = frozenset(
    {"go", "continue", "begin", "come", "seem", "appear", "use", "proceed", "happen", "tend", "manage", "have",
     "refuse", "decline", "fail", "dare", "be", "start", "choose", "return", "rush", "pause", "hasten", "take", "know"}
)  # fmt: skip


def is_hypothetical(reading: Reading, hit: Hit) -> bool:
    """A question, a condition, a modal or a purpose: nobody is reported to have said it.

    A hedge of politeness ("I would say") and an habitual one ("he would say") cannot be told from a condition by
    syntax; both count as hypothetical.
    """
    if hit.hypothetical:
        return True
    if not hit.cue or hit.pattern in ("speaker-label", "label-after", "adverb", "according-to", "sourced-to"):
        return False
    syntax = reading.syntax
    head = hit.head
    if syntax.token(head).upos not in ("VERB", "AUX", "ADJ"):
        return False
    if any(syntax.lemma(a) in _MODAL for a in syntax.children(head, "aux")):
        return True
    if any(syntax.word(m) in _CONDITION for m in syntax.children(head, "mark")):
        return True
    if _is_question(reading, head):
        return True
    return _is_purpose(syntax, head)


def _is_question(reading: Reading, head: int) -> bool:
    syntax = reading.syntax
    if syntax.head(head) is not None and not syntax.has_relation(head, "conj", "parataxis"):
        return False
    sentence = syntax.sentence_of(head)
    closing = [i for i in range(sentence.first, sentence.last) if syntax.token(i).text.startswith("?")]
    subject = syntax.child(head, "nsubj")
    inverted = subject is not None and any(a < subject for a in syntax.children(head, "aux"))
    return bool(closing) and closing[-1] not in reading.quoted and inverted


def _is_purpose(syntax: Syntax, head: int) -> bool:
    """ "to say that", unless it follows a verb that makes it real ("went on to say")."""
    if not any(syntax.lemma(m) == "to" for m in syntax.children(head, "mark")):
        return False
    governor = syntax.head(head)
    return governor is None or not (syntax.has_relation(head, "xcomp") and syntax.lemma(governor) in _ACTUAL_INFINITIVE)


@cache
def _channels() -> tuple[tuple[tuple[str, ...], str], ...]:
    rows = read_table("channels.tsv", ("phrase", "channel", "note"), key=("phrase",))
    return tuple(sorted(((tuple(r["phrase"].split()), r["channel"]) for r in rows), key=lambda r: -len(r[0])))


def channel_of(reading: Reading, hit: Hit) -> str | None:
    """How it was said, from the words beside the cue ("in a statement") or from the verb ("tweeted")."""
    syntax = reading.syntax
    if not hit.cue:
        return None
    verb = syntax.lemma(hit.head)
    beside = _beside_cue(syntax, hit)
    for phrase, channel in _channels():
        if phrase == (verb,) or any(_spells(syntax, beside, at, phrase) for at in range(len(beside))):
            return channel
    return None


def _beside_cue(syntax: Syntax, hit: Hit) -> list[int]:
    """The words of the cue's own clause that are neither source nor content."""
    around = set(hit.cue)
    for dependent in syntax.children(hit.head, "obl", "nmod", "advmod", "obj", "advcl"):
        if not syntax.subtree(dependent) & (hit.content | hit.source):
            around |= syntax.subtree(dependent)
    if hit.recipient:
        around |= hit.recipient
    return sorted(around)


def _spells(syntax: Syntax, tokens: list[int], at: int, phrase: tuple[str, ...]) -> bool:
    window = tokens[at : at + len(phrase)]
    return (
        len(window) == len(phrase)
        and all(word in (syntax.word(i), syntax.lemma(i)) for word, i in zip(phrase, window, strict=True))
        and len(phrase) > 1
    )
