"""Sources beside the clause: "according to", "in the words of", "citing two officials", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.extract.cues import is_blocked
from attribution.extract.hits import Hit, Reading
from attribution.extract.speakers import noun_phrase
from attribution.extract.syntax import NOTHING, Syntax, Tokens
from attribution.lexicon import word_list
from attribution.records import Kind

_WORDS_OF = frozenset({"word", "opinion", "view", "estimation", "telling", "judgment", "judgement"})
_CITING = frozenset({"cite", "quote"})


def according_to(reading: Reading) -> Iterator[Hit]:
    """A source after "according to", its content the clause around it.

    Example: "According to a close associate, soldiers arrived early on Sunday."
    """
    syntax = reading.syntax
    for token in syntax.tokens:
        if syntax.word(token.index) != "according" or syntax.word(min(token.index + 1, len(syntax.tokens) - 1)) != "to":
            continue
        if is_blocked(syntax, token.index):
            continue
        cue = frozenset({token.index, token.index + 1})
        named = _named_after(syntax, token.index)
        if named is None:
            continue
        source = frozenset(i for i in noun_phrase(syntax, named, without=cue) if i > token.index + 1)
        top = token.index if syntax.head(named) == token.index else named
        host = syntax.head(top)
        if host is None or host in source:  # the phrase heads its sentence: the rest of it is the content
            sentence = syntax.sentence_of(named)
            content = frozenset(range(sentence.first, sentence.last)) - source - cue
        else:
            content = _clause_content(syntax, host, syntax.subtree(top) if top == named else source | cue)
        if source and content:
            yield Hit("according-to", token.index, cue, source, content, Kind.SPEECH)


def _named_after(syntax: Syntax, according: int) -> int | None:
    """The head of the noun phrase after "according to", however the parse attaches the two words."""
    if syntax.has_relation(according, "case", "mark"):
        return syntax.head(according)
    for dependent in syntax.children(according, "obl", "nmod", "obj", "nsubj"):
        if dependent > according:
            return dependent
    to = syntax.head(according + 1) if according + 1 < len(syntax.tokens) else None
    return to if to is not None and to > according else None


def _clause_content(syntax: Syntax, host: int, phrase: Tokens) -> Tokens:
    """The clause an adjunct belongs to: at the edge of a sentence the whole main clause, else the clause at hand."""
    sentence = syntax.sentence_of(host)
    words = [i for i in range(sentence.first, sentence.last) if not syntax.is_punctuation(i)]
    at_edge = bool(words) and (min(phrase) <= words[0] or max(phrase) >= words[-1])
    clause = host
    if not syntax.is_verb(clause):
        for ancestor in syntax.ancestors(clause):
            clause = ancestor
            if syntax.is_verb(ancestor):
                break
    if at_edge:
        while (head := syntax.head(clause)) is not None and not syntax.has_relation(clause, "ccomp", "parataxis"):
            if syntax.has_relation(clause, "conj", "advcl", "acl") and min(phrase) < min(syntax.subtree(clause)):
                break
            clause = head
    return syntax.subtree(clause) - phrase


def sourced_to(reading: Reading) -> Iterator[Hit]:
    """A phrase that names whose words these are, or a participle that names where a report has it from.

    Example: "In the words of one aide, the deal is dead" – "The Times reported the sale, citing two officials".
    """
    yield from _in_words_of(reading)
    yield from _citing(reading)


def _in_words_of(reading: Reading) -> Iterator[Hit]:
    syntax = reading.syntax
    for token in syntax.tokens:
        index, host = token.index, syntax.head(token.index)
        if syntax.lemma(index) not in _WORDS_OF or not syntax.has_relation(index, "obl", "nmod") or host is None:
            continue
        if not syntax.markers(index, "in", "to", "by"):
            continue
        owner = syntax.child(index, "nmod:poss")
        of = next((d for d in syntax.children(index, "nmod") if syntax.markers(d, "of")), None)
        named = owner if owner is not None else of
        if named is None:
            continue
        phrase = syntax.subtree(index)
        marks = syntax.markers(named)
        source = noun_phrase(syntax, named) - marks
        content = _clause_content(syntax, host, phrase)
        if content and source:
            kind = Kind.SPEECH if syntax.lemma(index) in ("word", "telling") else Kind.BELIEF
            yield Hit("sourced-to", index, phrase - source, source, content, kind)


def _citing(reading: Reading) -> Iterator[Hit]:
    syntax = reading.syntax
    for token in syntax.tokens:
        index, host = token.index, syntax.head(token.index)
        if (
            syntax.lemma(index) not in _CITING
            or not syntax.has_relation(index, "advcl", "acl", "xcomp")
            or host is None
        ):
            continue
        cited = syntax.child(index, "obj")
        if token.xpos != "VBG" or cited is None or not is_source_noun(syntax, cited):
            continue
        phrase = syntax.subtree(index)
        content = _reported_by(syntax, host, phrase)
        source = noun_phrase(syntax, cited)
        if content:
            yield Hit("sourced-to", index, frozenset({index}), source, content, Kind.SPEECH)


def _reported_by(syntax: Syntax, host: int, phrase: Tokens) -> Tokens:
    """What a citation supports: the content of the report it is attached to, else the clause itself."""
    complement = syntax.child(host, "ccomp")
    if complement is not None:
        return syntax.subtree(complement) - phrase
    if syntax.has_relation(host, "parataxis") and (outer := syntax.head(host)) is not None:
        return syntax.subtree(outer) - syntax.subtree(host)
    if not syntax.is_verb(host):  # "according to Reuters, citing two officials"
        return _clause_content(syntax, syntax.head(host) or host, syntax.subtree(host))
    return syntax.subtree(host) - phrase


def is_source_noun(syntax: Syntax, index: int) -> bool:
    """Whether a noun can be the origin of information: a person, a body, a document."""
    token = syntax.token(index)
    return token.ner[2:] in ("PER", "ORG") or syntax.lemma(index) in word_list("source_nouns.tsv")


def adverb(reading: Reading) -> Iterator[Hit]:
    """An evidential adverb: somebody says so, and the text does not say who.

    Example: "The convoy was reportedly hit near Gao."
    """
    syntax = reading.syntax
    for token in syntax.tokens:
        index, host = token.index, syntax.head(token.index)
        if syntax.lemma(index) not in word_list("evidential_adverbs.tsv") or host is None or token.upos != "ADV":
            continue
        clause = host
        if not syntax.is_verb(clause) or syntax.has_relation(clause, "amod"):
            content = syntax.subtree(clause)
        else:
            content = _own_clause(syntax, clause)
        yield Hit("adverb", index, frozenset({index}), NOTHING, content - {index}, Kind.SPEECH)


def _own_clause(syntax: Syntax, verb: int) -> Tokens:
    """The clause of a verb without the clauses joined to it or set into it."""
    gathered = {verb}
    for dependent in syntax.children(verb):
        if syntax.has_relation(dependent, "parataxis", "conj", "cc", "mark", "discourse") or (
            syntax.has_relation(dependent, "advcl") and dependent < verb
        ):
            continue
        gathered |= syntax.subtree(dependent)
    if (
        syntax.has_relation(verb, "conj")
        and syntax.child(verb, "nsubj") is None
        and (first := syntax.head(verb)) is not None
    ):
        for shared in syntax.children(first, "nsubj"):
            gathered |= syntax.subtree(shared)
    return frozenset(gathered)
