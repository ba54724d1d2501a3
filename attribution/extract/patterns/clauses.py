"""A verb and the clause it reports: "said that", "…, she said", "as he put it", "vowed to", "denied taking"."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.extract.cues import Cue
from attribution.extract.hits import Hit, Reading
from attribution.extract.speakers import is_finite, is_passive, noun_phrase, speaker
from attribution.extract.syntax import NOTHING, Syntax, Tokens
from attribution.records import Kind

_RELATIVE = frozenset({"what", "which", "that", "whom"})
_INSERTED = frozenset({Kind.SPEECH, Kind.WRITING, Kind.BELIEF})


def clause(reading: Reading) -> Iterator[Hit]:
    """A verb with a content clause or a quotation as its complement.

    Example: "The ministry said that talks had failed."
    """
    for cue in reading.verb_cues:
        if is_passive(reading.syntax, cue.head):
            continue
        complement = content_clause(reading, cue)
        if complement is None:
            continue
        content = _with_neighbours(reading.syntax, cue.head, complement)
        if len(content) <= 2 and complement not in reading.quoted:
            continue  # "say so", "know why"
        source = speaker(reading.syntax, cue.head, without=content | cue.tokens)
        if source:
            yield Hit(
                "clause", cue.head, cue.tokens, source - content, content, cue.entry.kind,
                recipient(reading.syntax, cue), cue.negative,
            )  # fmt: skip
    yield from _quotation_complements(reading)


def _quotation_complements(reading: Reading) -> Iterator[Hit]:
    """A verb that is no cue in the lexicon, with a quotation as its complement: "“Go away,” Reed snorted."""
    syntax = reading.syntax
    known = {cue.head for cue in reading.cues}
    for token in syntax.tokens:
        if (
            token.upos != "VERB"
            or token.index in known
            or token.index in reading.quoted
            or is_passive(syntax, token.index)
        ):
            continue
        for complement in syntax.children(token.index, "ccomp"):
            content = syntax.subtree(complement)
            if complement in reading.spoken and (source := speaker(syntax, token.index, without=content)):
                yield Hit("clause", token.index, frozenset({token.index}), source - content, content, Kind.SPEECH)


def clause_around(reading: Reading) -> Iterator[Hit]:
    """A reporting clause set into or after the content, which is the main clause.

    Example: "The bridge, engineers said on Friday, had been closed since May."
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        host = syntax.head(cue.head)
        if host is None or not _is_set_in(syntax, cue.head) or is_passive(syntax, cue.head):
            continue
        if not cue.allows("clause") and not (cue.allows("quote") and host in reading.spoken):
            continue
        if cue.entry.kind not in _INSERTED or not _is_bare_report(syntax, cue):
            continue
        inserted = syntax.subtree(cue.head)
        source = speaker(syntax, cue.head, without=cue.tokens)
        content = _within_brackets(syntax, inserted, syntax.subtree(host)) - inserted
        if syntax.has_relation(cue.head, "conj"):
            content = frozenset(i for i in content if i < min(inserted))
        if source and _touches(inserted, content):
            yield Hit(
                "clause-around", cue.head, cue.tokens, source, content, cue.entry.kind,
                recipient(syntax, cue), cue.negative,
            )  # fmt: skip


def _is_set_in(syntax: Syntax, verb: int) -> bool:
    """Beside the main clause without a conjunction: parataxis, or what a parser took for a conjunct of it."""
    return syntax.has_relation(verb, "parataxis") or (
        syntax.has_relation(verb, "conj")
        and syntax.child(verb, "cc") is None
        and syntax.token(verb).xpos in ("VBD", "VBZ", "VBP")
    )


def _is_bare_report(syntax: Syntax, cue: Cue) -> bool:
    """A subject and nothing reported within: "engineers said on Friday"."""
    own = syntax.child(cue.head, "nsubj")
    if own is None or syntax.feature(own, "PronType") == "Rel" or syntax.word(own) in ("who", "which"):
        return False
    hearer = cue.allows("told")
    return syntax.child(cue.head, "ccomp", "xcomp") is None and (hearer or syntax.child(cue.head, "obj") is None)


def inserted_as(reading: Reading) -> Iterator[Hit]:
    """A reporting clause with "as", its content the clause it hangs on.

    Example: "The fleet is, as the admiral put it, a floating museum."
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        host, marker = syntax.head(cue.head), syntax.markers(cue.head, "as") | _as_adverb(syntax, cue.head)
        if not cue.allows("inserted") or not marker or host is None or is_passive(syntax, cue.head):
            continue
        if not syntax.has_relation(cue.head, "advcl", "parataxis", "acl") or syntax.child(cue.head, "nsubj") is None:
            continue
        if syntax.child(cue.head, "ccomp", "xcomp") is not None:
            continue
        inserted = syntax.subtree(cue.head)
        source = speaker(syntax, cue.head, without=cue.tokens)
        it = frozenset(o for o in syntax.children(cue.head, "obj") if syntax.lemma(o) == "it")
        content = syntax.subtree(host) - inserted
        if source:
            yield Hit(
                "inserted-as",
                cue.head,
                cue.tokens | it,
                source,
                content,
                cue.entry.kind,
                negative=cue.negative,
            )


def _as_adverb(syntax: Syntax, verb: int) -> Tokens:
    return frozenset(a for a in syntax.children(verb, "advmod") if syntax.word(a) == "as")


def free_relative(reading: Reading) -> Iterator[Hit]:
    """A free relative as subject, whose predicate is the content.

    Example: "What the inspectors found was a cracked beam."
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        host = syntax.head(cue.head)
        if host is None or not cue.allows("clause") or syntax.token(cue.head).deprel != "acl:relcl":
            continue
        if is_passive(syntax, cue.head) or syntax.child(cue.head, "ccomp", "xcomp") is not None:
            continue
        source = speaker(syntax, cue.head, without=cue.tokens)
        if not source or _relative_subject(syntax, cue.head):
            continue
        outer = syntax.head(host)
        if outer is None or syntax.word(host) != "what" or not syntax.has_relation(host, "nsubj", "csubj"):
            continue
        content = syntax.subtree(outer) - syntax.subtree(host) - frozenset(syntax.children(outer, "cop"))
        yield Hit("free-relative", cue.head, cue.tokens, source, content, cue.entry.kind, negative=cue.negative)


def _relative_subject(syntax: Syntax, verb: int) -> bool:
    """Whether the relative pronoun is the verb's own subject: "inspectors who reported it"."""
    own = syntax.child(verb, "nsubj")
    return own is None or syntax.word(own) in _RELATIVE or syntax.word(own) == "who"


def infinitive(reading: Reading) -> Iterator[Hit]:
    """A verb of promising, planning or asking with a to-infinitive of its own subject.

    Example: "The union vowed to strike."
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        if not cue.allows("to") or is_passive(syntax, cue.head) or syntax.child(cue.head, "obj", "iobj") is not None:
            continue
        for complement in syntax.children(cue.head, "xcomp"):
            if not syntax.markers(complement, "to"):
                continue
            content = syntax.subtree(complement)
            source = speaker(syntax, cue.head, without=content | cue.tokens)
            if source:
                kind = cue.entry.kind if cue.entry.kind in (Kind.SENTIMENT, Kind.DECREE) else Kind.INTENTION
                yield Hit("infinitive", cue.head, cue.tokens, source, content, kind, negative=cue.negative)


def object_infinitive(reading: Reading) -> Iterator[Hit]:
    """A verb of asking or ordering with somebody and what they should do.

    Example: "The mayor urged residents to stay indoors."
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        if not cue.allows("to-person") or is_passive(syntax, cue.head):
            continue
        asked = syntax.child(cue.head, "obj", "iobj")
        if asked is None and cue.entry.lemma in ("call on", "call upon"):
            asked = next((o for o in syntax.children(cue.head, "obl") if o > cue.head), None)
        for complement in syntax.children(cue.head, "xcomp", "ccomp", "advcl"):
            own = syntax.child(complement, "nsubj")
            if (
                not syntax.markers(complement, "to")
                or complement < (asked or cue.head)
                or (asked is None and own is None)
            ):
                continue
            content = syntax.subtree(complement) - syntax.markers(complement, "for", "on")
            if asked is not None:
                content |= _without_case(syntax, asked)
            source = speaker(syntax, cue.head, without=content | cue.tokens)
            if source and not (cue.entry.lemma == "tell" and _is_tellable(syntax, complement)):
                prepositions = syntax.markers(complement, "for", "on") if asked is None else syntax.markers(asked)
                yield Hit(
                    "object-infinitive",
                    cue.head,
                    cue.tokens | prepositions,
                    source,
                    content,
                    cue.entry.kind,
                    negative=cue.negative,
                )
                break


def gerund(reading: Reading) -> Iterator[Hit]:
    """A verb with an -ing clause as its content.

    Example: "The contractor denied taking bribes."
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        if not cue.allows("ing", "to-ing", "to-having") or is_passive(syntax, cue.head):
            continue
        for complement in syntax.children(cue.head, "xcomp", "ccomp", "advcl"):
            marks, to = syntax.markers(complement), syntax.markers(complement, "to")
            if complement < cue.head or not _is_ing(syntax, complement) or marks - to:
                continue
            if syntax.has_relation(complement, "advcl") and not to:
                continue  # "left, saying" reports what saying reports
            content = syntax.subtree(complement)
            source = speaker(syntax, cue.head, without=content | cue.tokens)
            if source and syntax.child(cue.head, "ccomp") in (None, complement):
                yield Hit("gerund", cue.head, cue.tokens, source, content, cue.entry.kind, negative=cue.negative)
                break


# ------------------------------------------------------------------------------------------ questions shared


def content_clause(reading: Reading, cue: Cue) -> int | None:
    """The head of the clause or quotation that a verb reports, None if it has none."""
    syntax = reading.syntax
    if not cue.allows("clause", "quote"):
        return None
    complements = [
        c for c in syntax.children(cue.head, "ccomp")
        if not _is_ing(syntax, c) or c in reading.spoken or syntax.child(c, "nsubj") is not None
    ]  # fmt: skip
    complements += [
        c for c in syntax.children(cue.head, "xcomp")
        if not syntax.markers(c, "to") and (cue.allows("told") or syntax.child(c, "nsubj") is not None)
    ]  # fmt: skip
    after_colon = [
        c for c in syntax.children(cue.head, "parataxis", "dep", "advcl")
        if c > cue.head and c in reading.spoken and cue.head not in reading.spoken
    ]  # fmt: skip
    after_colon += [
        c for c in syntax.children(cue.head, "parataxis") if c > cue.head and _after_colon(syntax, c, cue.head)
    ]
    if cue.entry.kind is Kind.PERCEPTION:  # "saw attendance fall" reports no more than "saw her"
        complements = [c for c in complements if is_finite(syntax, c) or c in reading.spoken]
    if not complements and cue.allows("clause"):  # "said in a statement that …", the clause hung on the noun
        complements = [
            c
            for adjunct in syntax.children(cue.head, "obl")
            for c in syntax.children(adjunct, "acl", "ccomp")
            if adjunct > cue.head and syntax.markers(adjunct, "in") and syntax.markers(c, "that")
        ]
    if not cue.allows("clause"):
        complements = [c for c in complements if c in reading.spoken]
    candidates = complements or after_colon
    quoted = [c for c in candidates if c in reading.spoken and cue.head not in reading.spoken]
    return next(iter(quoted or candidates), None)


def _with_neighbours(syntax: Syntax, verb: int, complement: int) -> Tokens:
    """The content clause, and others of the same verb on the same side of it ("said that …, that …")."""
    gathered = syntax.subtree(complement)
    for other in syntax.children(verb, "ccomp"):
        if (other > verb) == (complement > verb):
            gathered |= syntax.subtree(other)
    return gathered


def recipient(syntax: Syntax, cue: Cue) -> Tokens:
    """Who was told, if the verb takes a hearer: "told AFP", "said to reporters"."""
    if cue.allows("told"):
        hearer = syntax.child(cue.head, "iobj", "obj")
        if hearer is not None:
            return noun_phrase(syntax, hearer)
    to = [
        o for o in syntax.children(cue.head, "obl") if any(syntax.word(c) == "to" for c in syntax.children(o, "case"))
    ]
    if to and cue.entry.lemma in (
        "say",
        "explain",
        "confirm",
        "write",
        "confide",
        "admit",
        "announce",
        "speak",
        "suggest",
    ):
        return noun_phrase(syntax, to[0]) - syntax.markers(to[0])
    return NOTHING


def _within_brackets(syntax: Syntax, inserted: Tokens, content: Tokens) -> Tokens:
    """Of "the vote (a farce, Hale said) went on", what stands in the same brackets as the reporting clause."""
    first, last = min(inserted), max(inserted)
    sentence = syntax.sentence_of(first)
    opening = next((i for i in range(first, sentence.first - 1, -1) if syntax.token(i).text in "()[]"), None)
    if opening is None or syntax.token(opening).text not in "([":
        return content
    closing = next((i for i in range(last, sentence.last) if syntax.token(i).text in ")]"), sentence.last)
    return frozenset(i for i in content if opening < i < closing) or content


def _touches(inserted: Tokens, content: Tokens) -> bool:
    return bool(content) and min(content) - 3 <= max(inserted) and min(inserted) <= max(content) + 4


def _after_colon(syntax: Syntax, complement: int, verb: int) -> bool:
    start = min(syntax.subtree(complement))
    return any(syntax.word(i) == ":" for i in range(max(verb, start - 2), start + 1))


def _is_ing(syntax: Syntax, verb: int) -> bool:
    return syntax.token(verb).xpos == "VBG" and not syntax.children(verb, "aux")


def _without_case(syntax: Syntax, noun: int) -> Tokens:
    return noun_phrase(syntax, noun) - syntax.markers(noun)


def _is_tellable(syntax: Syntax, complement: int) -> bool:
    return syntax.token(complement).upos == "AUX"
