"""Passives with and without an agent: "were confirmed by", "is alleged to", "it is understood that"."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.extract.cues import Cue
from attribution.extract.hits import Hit, Reading
from attribution.extract.speakers import agent as agent_of
from attribution.extract.speakers import is_passive, noun_phrase, subject, subject_phrase
from attribution.extract.syntax import NOTHING, Syntax, Tokens
from attribution.records import Kind

_TOLD = frozenset(
    {"tell", "inform", "notify", "advise", "brief", "assure", "remind", "warn", "ask", "convince", "persuade"}
)
_CONTENT_OF = frozenset({"ask", "remind", "warn"})
"""What follows "of" or "about" is what was said: "warned of floods"; "told of the floods" only names the topic."""

_HOLDING = frozenset({Kind.BELIEF, Kind.PERCEPTION})
_QUOTED = frozenset({"quote", "cite", "hear", "record", "see", "report"})


def raising(reading: Reading) -> Iterator[Hit]:
    """A passive whose content is its subject and an infinitive, or for verbs of belief what it is held to be.

    Example: "He is alleged to have run smuggling routes" – "the draft is seen as a concession".
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        if not is_passive(syntax, cue.head):
            continue
        complement = _held_to_be(syntax, cue)
        if complement is None:
            continue
        head = subject_of_passive(syntax, cue.head)
        if head is None:  # some parsers hang the subject on the infinitive
            head = next((s for s in syntax.children(complement, "nsubj") if s < cue.head), None)
        if head is None:
            continue
        by, source = _agent_words(syntax, cue.head)
        content = (
            (subject_phrase(syntax, head, without=frozenset({cue.head})) | syntax.subtree(complement)) - by - source
        )
        yield Hit("raising", cue.head, cue.tokens | by, source, content, cue.entry.kind, negative=cue.negative)


def _held_to_be(syntax: Syntax, cue: Cue) -> int | None:
    """The infinitive, or for verbs of belief the as-phrase or bare predicate, behind the verb."""
    after = [d for d in syntax.children(cue.head, "xcomp", "advcl", "ccomp", "obl") if d > cue.head]
    if cue.allows("to-passive"):
        for dependent in after:
            if not syntax.has_relation(dependent, "obl") and syntax.markers(dependent, "to"):
                return dependent
    if cue.entry.kind in _HOLDING and syntax.child(cue.head, "aux:pass") is not None:
        for dependent in after:
            if cue.allows("as") and syntax.markers(dependent, "as"):
                return dependent
            if cue.allows("call") and syntax.has_relation(dependent, "xcomp") and not syntax.markers(dependent):
                return dependent
    return None


def impersonal(reading: Reading) -> Iterator[Hit]:
    """An empty subject and a content clause.

    Example: "It is understood that the minister will resign."
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        if not cue.allows("clause") or not is_passive(syntax, cue.head):
            continue
        empty = [s for s in syntax.children(cue.head, "nsubj", "expl") if syntax.lemma(s) == "it"]
        complement = syntax.child(cue.head, "ccomp", "csubj")
        if not empty or complement is None:
            continue
        by, source = _agent_words(syntax, cue.head)
        yield Hit(
            "impersonal", cue.head, cue.tokens | frozenset(empty) | by, source,
            syntax.subtree(complement) - by - source, cue.entry.kind, negative=cue.negative,
        )  # fmt: skip


def told(reading: Reading) -> Iterator[Hit]:
    """A passive of telling: the subject heard it, and only a by-phrase says it.

    "Managers had been told of the cracks" says neither what they were told nor who told them.

    Example: "Relatives were told by the company that the search had ended."
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        if cue.entry.lemma not in _TOLD or not is_passive(syntax, cue.head) or not cue.allows("clause"):
            continue
        by, source = _agent_words(syntax, cue.head)
        complement = syntax.child(cue.head, "ccomp")
        if complement is None and (source or cue.entry.lemma in _CONTENT_OF):
            complement = _prepositional(syntax, cue.head, ("about", "of"))
        if complement is None and cue.allows("to-person"):
            complement = next((c for c in syntax.children(cue.head, "xcomp") if syntax.markers(c, "to")), None)
        if complement is None:
            continue
        heard = subject(syntax, cue.head)
        hearer = NOTHING if heard is None else noun_phrase(syntax, heard, without=frozenset({cue.head}))
        content = syntax.subtree(complement) - by - source - syntax.markers(complement, "about", "of")
        yield Hit(
            "told",
            cue.head,
            cue.tokens | by | syntax.markers(complement, "about", "of"),
            source,
            content,
            cue.entry.kind,
            hearer,
            cue.negative,
        )


def accused(reading: Reading) -> Iterator[Hit]:
    """A predicate of accusation without its accuser, or with one in a by-phrase.

    Example: "Okonta was accused of plotting against the council."  (A participle after its noun, "soldiers
    accused of plotting", is a hedge: ruling 15.)
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        if not cue.allows("accuse") or syntax.child(cue.head, "aux:pass") is None or not is_passive(syntax, cue.head):
            continue
        complement = _prepositional(syntax, cue.head, ("of", "with"))
        head = subject_of_passive(syntax, cue.head)
        if complement is None or head is None:
            continue
        by, source = _agent_words(syntax, cue.head)
        content = (
            (subject_phrase(syntax, head, without=frozenset({cue.head})) | syntax.subtree(complement)) - by - source
        )
        yield Hit("accused", cue.head, cue.tokens | by, source, content, cue.entry.kind, negative=cue.negative)


def agent(reading: Reading) -> Iterator[Hit]:
    """A passive with its agent: the subject is the content.

    Verbs that report nothing but clauses need a quotation: "the names were added by a clerk" is a deed.

    Example: "The arrests were confirmed by security sources."
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        if not cue.allows("object", "clause", "as", "call", "accuse") or not is_passive(syntax, cue.head):
            continue
        by, source = _agent_words(syntax, cue.head)
        head = subject_of_passive(syntax, cue.head)
        if head is None or not source:
            continue
        if not cue.allows("object", "as", "call", "accuse") and head not in reading.quoted:
            continue
        content = subject_phrase(syntax, head, without=frozenset({cue.head}))
        content |= _complements(syntax, cue.head) | _participles_between(syntax, head, cue.head)
        yield Hit(
            "agent", cue.head, cue.tokens | by, source, content - by - source, cue.entry.kind, negative=cue.negative
        )


def quoted_as_saying(reading: Reading) -> Iterator[Hit]:
    """Somebody quoted by somebody else, who speaks in the participle.

    Example: "The general was quoted by state radio as saying the border was closed."
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        governor = syntax.head(cue.head)
        if governor is None or syntax.lemma(governor) not in _QUOTED or not cue.allows("clause", "quote"):
            continue
        if (
            not syntax.has_relation(cue.head, "advcl", "xcomp", "ccomp", "acl")
            or syntax.child(cue.head, "nsubj") is not None
        ):
            continue
        complement = syntax.child(cue.head, "ccomp", "xcomp") or syntax.child(cue.head, "obj")
        if complement is None:
            continue
        passive = is_passive(syntax, governor)
        quoted = subject_of_passive(syntax, governor) if passive else syntax.child(governor, "obj")
        if quoted is None:
            continue
        content = syntax.subtree(complement)
        source = noun_phrase(syntax, quoted, without=content | {governor, cue.head})
        marker = syntax.markers(cue.head, "as")
        yield Hit(
            "quoted-as-saying", cue.head, cue.tokens | marker, source, content, cue.entry.kind, negative=cue.negative
        )


def subject_of_passive(syntax: Syntax, verb: int) -> int | None:
    """The passive's subject: its own, or the noun that it modifies ("a fact confirmed by")."""
    return subject(syntax, verb)


def _agent_words(syntax: Syntax, verb: int) -> tuple[Tokens, Tokens]:
    """The "by" and who follows it."""
    head = agent_of(syntax, verb)
    if head is None:
        return NOTHING, NOTHING
    by = syntax.markers(head)
    return by, noun_phrase(syntax, head) - by


def _complements(syntax: Syntax, verb: int) -> Tokens:
    """What else a passive says of its subject: "was described by a colleague as reckless"."""
    gathered: set[int] = set()
    for dependent in syntax.children(verb, "obl", "xcomp", "advcl"):
        if syntax.markers(dependent, "as", "for", "of") or syntax.has_relation(dependent, "xcomp"):
            gathered |= syntax.subtree(dependent)
    return frozenset(gathered)


def _participles_between(syntax: Syntax, head: int, verb: int) -> Tokens:
    """A participle set off by commas behind the subject: "The arrests, carried out on Sunday, were confirmed"."""
    gathered: set[int] = set()
    for dependent in syntax.children(verb, "advcl"):
        if head < dependent < verb and syntax.token(dependent).xpos in ("VBN", "VBG") and not syntax.markers(dependent):
            gathered |= syntax.subtree(dependent)
    return frozenset(gathered)


def _prepositional(syntax: Syntax, verb: int, words: tuple[str, ...]) -> int | None:
    return next(
        (d for d in syntax.children(verb, "obl", "advcl", "ccomp", "xcomp") if syntax.markers(d, *words)),
        None,
    )
