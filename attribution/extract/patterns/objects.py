"""A verb and the thing it speaks of: "confirmed the plot", "described the raid as", "called for", "raised doubts"."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.extract.cues import PREPOSITIONS, Cue, cue_lexicon
from attribution.extract.hits import Hit, Reading
from attribution.extract.patterns.clauses import content_clause
from attribution.extract.speakers import is_passive, speaker
from attribution.extract.syntax import Syntax, Tokens
from attribution.lexicon import word_list

_RELATIVE = frozenset({"what", "which", "that", "whom", "who"})


def described_as(reading: Reading) -> Iterator[Hit]:
    """A verb of describing with "as".

    Example: "Officials described the raid as a success" – "what officials described as a raid", where only
    the words after "as" are the content.
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        if not cue.allows("as") or is_passive(syntax, cue.head):
            continue
        named = _as_phrase(syntax, cue.head)
        if named is None:
            continue
        yield from _predicated(reading, cue, "described-as", named)


def called(reading: Reading) -> Iterator[Hit]:
    """A verb of naming with its object and the name given.

    Example: "He called the vote a farce" – "what he called a farce".
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        if not cue.allows("call") or is_passive(syntax, cue.head):
            continue
        name = next(
            (c for c in syntax.children(cue.head, "xcomp", "obj", "ccomp") if _is_name(syntax, cue.head, c)), None
        )
        if name is not None:
            yield from _predicated(reading, cue, "called", name)


def _is_name(syntax: Syntax, verb: int, candidate: int) -> bool:
    """What something is called: a predicate of the object, a second object, or a verbless clause ("him a coward")."""
    if candidate < verb or syntax.markers(candidate, "to", "that"):
        return False
    if syntax.has_relation(candidate, "xcomp"):
        return syntax.token(candidate).upos not in ("ADV", "ADP")
    if syntax.has_relation(candidate, "ccomp"):
        return syntax.token(candidate).upos in ("NOUN", "PROPN", "ADJ") and syntax.child(candidate, "cop") is None
    objects = syntax.children(verb, "obj")
    return len(objects) == 2 and candidate == objects[-1]


def _predicated(reading: Reading, cue: Cue, pattern: str, name: int) -> Iterator[Hit]:
    """Content: what is named with its name, or the name alone where a relative ("what") stands for the thing."""
    syntax = reading.syntax
    content = syntax.subtree(name)
    things = [o for o in syntax.children(cue.head, "obj", "iobj") if o != name]
    for thing in things:
        if syntax.word(thing) not in _RELATIVE:
            content |= syntax.subtree(thing)
    marks = syntax.markers(name, "as")
    tokens = cue.tokens
    if not things or all(syntax.word(t) in _RELATIVE for t in things):
        content, tokens = content - marks, tokens | marks
    source = speaker(syntax, cue.head, without=content | cue.tokens)
    if source:
        yield Hit(pattern, cue.head, tokens, source - content, content, cue.entry.kind, negative=cue.negative)


def accused_of(reading: Reading) -> Iterator[Hit]:
    """A verb of accusing with the accused and the charge.

    Example: "Prosecutors accused the banker of hiding assets."
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        accused = syntax.child(cue.head, "obj")
        if not cue.allows("accuse") or is_passive(syntax, cue.head) or accused is None:
            continue
        content = syntax.subtree(accused) if syntax.word(accused) not in _RELATIVE else frozenset()
        for charge in syntax.children(cue.head, "obl", "advcl", "ccomp", "xcomp"):
            if syntax.markers(charge, "of", "with"):
                content |= syntax.subtree(charge)
        source = speaker(syntax, cue.head, without=content | cue.tokens)
        if source and content:
            yield Hit("accused-of", cue.head, cue.tokens, source, content, cue.entry.kind, negative=cue.negative)


def quoted_object(reading: Reading) -> Iterator[Hit]:
    """Words in quotation marks as the object of a verb.

    Example: "The minister tweeted “Enough”."
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        if not cue.allows("clause", "quote", "quote-object") or is_passive(syntax, cue.head):
            continue
        object_ = syntax.child(cue.head, "obj")
        if object_ is None or object_ not in reading.quoted or cue.head in reading.quoted:
            continue
        content = syntax.subtree(object_)
        first = min(content)
        if first not in reading.quoted and syntax.word(first) not in ("“", '"'):
            continue
        source = speaker(syntax, cue.head, without=content | cue.tokens)
        if source:
            yield Hit("quoted-object", cue.head, cue.tokens, source, content, cue.entry.kind, negative=cue.negative)


def reported_thing(reading: Reading) -> Iterator[Hit]:
    """A verb that reports a thing rather than a clause.

    Example: "A source within the army confirmed the plot."
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        if not cue.allows("object") or is_passive(syntax, cue.head) or content_clause(reading, cue) is not None:
            continue
        object_ = next(
            (
                o
                for o in syntax.children(cue.head, "obj")
                if syntax.word(o) not in ("what", "which", "himself", "themselves")
            ),
            None,
        )
        if object_ is None or syntax.token(object_).upos == "PRON":
            continue  # "challenged them", "which they denied": nothing to quote
        content = syntax.subtree(object_)
        if cue.allows("for"):
            content |= _reasons(syntax, cue.head)
        tokens = cue.tokens | syntax.markers(object_)
        source = speaker(syntax, cue.head, without=content | cue.tokens)
        if source:
            yield Hit(
                "reported-thing", cue.head, tokens, source, content - tokens, cue.entry.kind, negative=cue.negative
            )


def put_at(reading: Reading) -> Iterator[Hit]:
    """A verb of estimating with what is counted and its number.

    Example: "The ministry put the death toll at 37."
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        counted = syntax.child(cue.head, "obj")
        if not cue.allows("figure") or is_passive(syntax, cue.head) or counted is None:
            continue
        if syntax.lemma(counted) not in word_list("figure_nouns.tsv"):
            continue
        beside = (*syntax.children(cue.head, "obl", "advcl"), *sorted(syntax.subtree(counted)))
        number = next((n for n in beside if n > counted and _is_number(syntax, n)), None)
        if number is None:
            continue
        content = syntax.subtree(counted) | syntax.subtree(number)
        source = speaker(syntax, cue.head, without=content | cue.tokens)
        if source:
            yield Hit("put-at", cue.head, cue.tokens, source, content, cue.entry.kind, negative=cue.negative)


def _is_number(syntax: Syntax, phrase: int) -> bool:
    """Whether a phrase is "at" with a number: "at 37", "at about 340 million pounds"."""
    return bool(syntax.markers(phrase, "at")) and any(syntax.token(i).upos == "NUM" for i in syntax.subtree(phrase))


def prepositional(reading: Reading) -> Iterator[Hit]:
    """A verb whose content follows a preposition.

    Example: "Unions called for a boycott" – "She warned of shortages" – "They complained about being ignored".
    """
    syntax = reading.syntax
    for cue in reading.verb_cues:
        words = [p for p in PREPOSITIONS if cue.allows(p)] + (["to"] if cue.allows("to-prep") else [])
        if cue.entry.lemma.endswith(" for"):
            words.append("for")
        if not words or is_passive(syntax, cue.head) or content_clause(reading, cue) is not None:
            continue
        for dependent in syntax.children(cue.head, "obl", "advcl", "ccomp"):
            marks = syntax.markers(dependent, *words)
            if not marks or dependent < cue.head or not _is_near(syntax, cue.head, min(marks)):
                continue
            content = syntax.subtree(dependent) - marks
            if (
                not cue.allows("object")
                and (thing := syntax.child(cue.head, "obj")) is not None
                and not cue.allows("told")
            ):
                content |= syntax.subtree(thing)
            source = speaker(syntax, cue.head, without=content | cue.tokens)
            if source:
                yield Hit(
                    "prepositional",
                    cue.head,
                    cue.tokens | marks,
                    source,
                    content,
                    cue.entry.kind,
                    negative=cue.negative,
                )
            break


def support(reading: Reading) -> Iterator[Hit]:
    """A light verb with a noun that is itself a cue.

    Example: "Doctors voiced concern about the delay" – "The group issued a statement that it would disarm".
    """
    syntax = reading.syntax
    lexicon = cue_lexicon()
    for cue in reading.verb_cues:
        if not cue.allows("support") or is_passive(syntax, cue.head):
            continue
        noun = syntax.child(cue.head, "obj")
        entry = None if noun is None else lexicon.get((syntax.lemma(noun), "NOUN"))
        if noun is None or entry is None:
            continue
        content = noun_content(syntax, noun, entry.frames)
        if content is None:
            continue
        source = speaker(syntax, cue.head, without=syntax.subtree(noun) | cue.tokens)
        if source:
            tokens = cue.tokens | {noun} | frozenset(syntax.children(noun, "det", "amod", "compound"))
            yield Hit("support", noun, tokens, source, content, entry.kind, negative=cue.negative)


# ------------------------------------------------------------------------------------------ questions shared


def noun_content(syntax: Syntax, noun: int, frames: frozenset[str]) -> Tokens | None:
    """What a cue noun is about: its that-clause, infinitive or prepositional phrase."""
    if "clause" in frames:
        for dependent in syntax.children(noun, "acl", "ccomp"):
            if syntax.token(dependent).deprel == "acl:relcl":
                continue
            if syntax.markers(dependent, "that", "whether", "if", "how", "why"):
                return syntax.subtree(dependent)
    if "to" in frames:
        for dependent in syntax.children(noun, "acl"):
            if syntax.markers(dependent, "to"):
                return syntax.subtree(dependent)
    if "of-about" in frames:
        for dependent in syntax.children(noun, "nmod", "acl", "obl"):
            if dependent > noun and (marks := syntax.markers(dependent, *_ABOUT)):
                return syntax.subtree(dependent) - marks
    return None


_ABOUT = frozenset({"about", "of", "for", "on", "over", "against", "at", "toward", "towards", "regarding", "with"})


def _as_phrase(syntax: Syntax, verb: int) -> int | None:
    for dependent in syntax.children(verb, "obl", "advcl", "xcomp", "nmod", "ccomp"):
        if dependent > verb and syntax.markers(dependent, "as"):
            return dependent
    object_ = syntax.child(verb, "obj")
    if object_ is not None:
        for dependent in syntax.children(object_, "nmod", "acl"):
            if syntax.markers(dependent, "as"):
                return dependent
    return None


def _reasons(syntax: Syntax, verb: int) -> Tokens:
    """The for-phrase of praise and blame: "criticised Okonta for the delay"."""
    gathered: set[int] = set()
    for dependent in syntax.children(verb, "obl", "advcl"):
        if dependent > verb and syntax.markers(dependent, "for", "as"):
            gathered |= syntax.subtree(dependent)
    return frozenset(gathered)


def _is_near(syntax: Syntax, verb: int, marker: int) -> bool:
    """A preposition belongs to the verb's content only close behind it."""
    return marker - verb <= 4 or (
        all(
            syntax.token(i).upos in ("ADV", "PART", "ADP", "PRON", "PROPN", "DET", "NOUN", "ADJ")
            for i in range(verb + 1, marker)
        )
        and marker - verb <= 8
    )
