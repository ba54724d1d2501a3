"""Whose statement a cue is: the subject of a verb, found through control, coordination and participles."""

from __future__ import annotations

from attribution.extract.syntax import NOTHING, Syntax, Tokens
from attribution.lexicon import word_list


def subject(syntax: Syntax, predicate: int) -> int | None:
    """The head of who says, thinks or does, None where the text names nobody.

    Looks, in this order, at the predicate's own subject; at the noun that a relative clause or a participle
    modifies ("a report saying"); at the governing clause of an infinitive, a participle or a conjunct.
    """
    seen: set[int] = set()
    at: int | None = predicate
    while at is not None and at not in seen:
        seen.add(at)
        own = _own_subject(syntax, at)
        if own is not None:
            return None if _is_empty(syntax, own) else own
        at = _inherits_from(syntax, at)
        if at is not None and at < 0:
            return -at - 1
    return None


def speaker(syntax: Syntax, predicate: int, *, without: Tokens = NOTHING) -> Tokens:
    """The words of who speaks, ``without`` the words that belong to cue or content."""
    head = subject(syntax, predicate)
    return NOTHING if head is None else subject_phrase(syntax, head, without=without | {predicate})


def subject_phrase(syntax: Syntax, head: int, *, without: Tokens = NOTHING) -> Tokens:
    """The noun phrase of a subject; where a parser gave the verb two subjects side by side, both are it."""
    verb = syntax.head(head)
    words = noun_phrase(syntax, head, without=without)
    if verb is None or not syntax.has_relation(head, "nsubj"):
        return words
    for other in syntax.children(verb, "nsubj"):
        if other != head and (other < verb) == (head < verb) and syntax.token(other).deprel != "nsubj:outer":
            words |= noun_phrase(syntax, other, without=without)
    return words


def noun_phrase(syntax: Syntax, head: int, *, without: Tokens = NOTHING) -> Tokens:
    """The noun phrase of ``head`` with its appositions and modifiers, but no clause of the sentence around it.

    Whatever contains a token of ``without`` is left out: in "the man, who said he was ill" the relative clause
    is not part of who said it.
    """
    gathered = {head}
    for dependent in syntax.children(head):
        if syntax.has_relation(dependent, "case", "mark"):
            continue  # the preposition before it is not part of it; a possessive ending neither
        below = syntax.subtree(dependent)
        if below & without or syntax.has_relation(
            dependent, "parataxis", "ccomp", "discourse", "vocative", "dislocated", "reparandum"
        ):
            continue
        if syntax.has_relation(
            dependent, "cop", "aux", "mark", "nsubj", "expl", "csubj", "advcl", "advmod"
        ) and _is_clausal(syntax, head):
            continue
        gathered |= below
    return frozenset(gathered)


def _is_clausal(syntax: Syntax, head: int) -> bool:
    return syntax.child(head, "cop") is not None


def agent(syntax: Syntax, verb: int) -> int | None:
    """The by-phrase of a passive."""
    return next(
        (
            o
            for o in syntax.children(verb, "obl", "nmod")
            if syntax.markers(o, "by") and not _is_time_or_deed(syntax, o)
        ),
        None,
    )


def _is_time_or_deed(syntax: Syntax, index: int) -> bool:
    return syntax.token(index).upos == "NUM" or syntax.lemma(index) in word_list("by_no_agent.tsv")


def is_passive(syntax: Syntax, verb: int) -> bool:
    """With a passive auxiliary or subject, or a bare past participle after a noun ("a fact confirmed by")."""
    if syntax.child(verb, "aux:pass", "nsubj:pass", "csubj:pass") is not None:
        return True
    if syntax.token(verb).xpos in ("VBN", "VBD") and _may_be_participle(syntax, verb):
        if syntax.child(verb, "nsubj") is not None:
            return False
        if syntax.has_relation(verb, "acl", "advcl", "amod"):
            return syntax.child(verb, "aux") is None
        if syntax.has_relation(verb, "conj"):
            first = syntax.head(verb)
            return first is not None and syntax.child(verb, "aux") is None and is_passive(syntax, first)
    return False


def _may_be_participle(syntax: Syntax, verb: int) -> bool:
    """A past participle, or a past tense where only a participle can stand without a subject ("Asked about …")."""
    return syntax.token(verb).xpos == "VBN" or syntax.has_relation(verb, "acl", "advcl")


def _own_subject(syntax: Syntax, predicate: int) -> int | None:
    subjects = syntax.children(predicate, "nsubj")
    inner = [s for s in subjects if syntax.token(s).deprel != "nsubj:outer"] or list(subjects)
    before = [s for s in inner if s < predicate]
    return before[-1] if before else next(iter(inner), None)


def _is_empty(syntax: Syntax, index: int) -> bool:
    return syntax.has_relation(index, "expl") or (syntax.lemma(index) == "there")


def _inherits_from(syntax: Syntax, predicate: int) -> int | None:
    """The predicate whose subject this one shares; a negative number, -n - 1, for the noun n itself."""
    head = syntax.head(predicate)
    if head is None:
        return None
    if syntax.has_relation(predicate, "acl"):
        if syntax.token(predicate).deprel == "acl:relcl" and syntax.child(predicate, "nsubj") is None:
            return None
        if _is_infinitive(syntax, predicate):
            return _subject_of_noun(syntax, head)
        return -head - 1
    if syntax.has_relation(predicate, "xcomp"):
        if (
            syntax.lemma(head) in word_list("object_control.tsv")
            and (object_ := syntax.child(head, "obj", "iobj")) is not None
        ):
            return -object_ - 1
        return head
    if syntax.has_relation(predicate, "conj"):
        return head
    if syntax.has_relation(predicate, "advcl") and not is_finite(syntax, predicate):
        return head
    if syntax.has_relation(predicate, "parataxis", "ccomp", "csubj") and not is_finite(syntax, predicate):
        return head if syntax.is_verb(head) else None
    return None


def _subject_of_noun(syntax: Syntax, noun: int) -> int | None:
    """Of "his decision to say", "his"; of "he had a chance to say", the governing clause."""
    owner = syntax.child(noun, "nmod:poss")
    if owner is not None:
        return -owner - 1
    governor = syntax.head(noun)
    return (
        governor
        if governor is not None and syntax.is_verb(governor) and not syntax.has_relation(noun, "nsubj")
        else None
    )


def _is_infinitive(syntax: Syntax, verb: int) -> bool:
    return bool(syntax.markers(verb, "to"))


def is_finite(syntax: Syntax, predicate: int) -> bool:
    """Whether the predicate or one of its auxiliaries is finite."""
    group = (predicate, *syntax.children(predicate, "aux", "cop"))
    return any(syntax.feature(i, "VerbForm") == "Fin" for i in group)
