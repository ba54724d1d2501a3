"""Small repairs to trees and entity tags inside noun phrases, before mentions are read.

A parser that is right about nine arcs in ten still breaks a title from its name now and then, and a wrong word in a
name makes two people of one.  Each rule here undoes one confusion that cannot be right in English; clauses are left
as they are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from attribution.records import Parse, Token
from attribution.sources.evidence import settle_names
from attribution.sources.vocabulary import (
    bodies,
    figure,
    given_names,
    honorifics,
    name_key,
    name_words,
    organisations,
    outlets,
    places,
    roles,
)

_NOMINAL = frozenset({"NOUN", "PROPN"})
_NAMING = frozenset({"PROPN", "NOUN", "ADJ", "NUM", "X", "PART", "ADP", "DET", "CCONJ", "PUNCT", "SYM"})
_PRONOUNS = frozenset({"he", "she", "him", "they", "them", "himself", "herself", "themselves"})


def repaired(parse: Parse) -> Parse:
    """The parse with broken names put together; ``parse`` itself where nothing was broken."""
    tokens = list(parse.tokens)
    for token in parse.tokens:
        _restore_article(tokens, token.index)
        _restore_pronoun(tokens, token.index)
        _drop_impossible_tag(tokens, tokens[token.index])
    for sentence in parse.sentences:
        for index in range(sentence.first + 1, sentence.last - 1):
            _part_owner_from_person(tokens, index, sentence.last)
        for index in range(sentence.first + 1, sentence.last - 1):
            _join_hyphenated(tokens, index)
            _is_person_after_courtesy(tokens, index)
        for run in _entity_runs(tokens, sentence.first, sentence.last):
            _trim_entity(tokens, run, sentence.first)
        for index in range(sentence.first + 1, sentence.last):
            _complete_name(tokens, index)
    _agree_on_names(tokens)
    settle_names(tokens)
    for sentence in parse.sentences:
        for index in range(sentence.first, sentence.last):
            _rejoin_flat(tokens, index, sentence.first)
        for index in range(sentence.first + 1, sentence.last - 1):
            _split_name_at_comma(tokens, index, sentence.last)
        for index in range(sentence.first + 3, sentence.last):
            _hang_on_preposition(tokens, index)
        for index in range(sentence.first + 1, sentence.last - 1):
            _give_preposition(tokens, index, sentence.last)
        for index in range(sentence.first + 1, sentence.last - 1):
            _give_to_owner(tokens, index, sentence.last)
        for index in range(sentence.first + 2, sentence.last):
            _join_possessor(tokens, index)
        for index in range(sentence.first + 1, sentence.last):
            _join_double_subject(tokens, index, sentence.first)
    return replace(parse, tokens=tuple(tokens)) if tuple(tokens) != parse.tokens else parse


def _restore_article(tokens: list[Token], index: int) -> None:
    """ "A" that opens a sentence is an article, whatever a capital makes of it."""
    token = tokens[index]
    if token.text not in ("A", "An", "The") or token.upos == "DET" or index + 1 >= len(tokens):
        return
    if tokens[index + 1].text[:1].isupper() and token.upos != "PROPN":
        return
    noun = next((t.index for t in tokens[index + 1 : index + 8] if t.upos in _NOMINAL and t.head == index), None)
    if noun is not None and token.head != index:
        tokens[noun] = replace(tokens[noun], head=token.head, deprel=token.deprel)
        token = replace(token, head=noun)
    tokens[index] = replace(token, upos="DET", deprel="det", ner="O")


def _restore_pronoun(tokens: list[Token], index: int) -> None:
    """ "he" is a pronoun, also where a quotation mark before it makes a tagger think otherwise."""
    token = tokens[index]
    if token.text.lower() in _PRONOUNS and token.upos in ("PROPN", "NOUN", "ADJ", "X") and not token.text[1:].isupper():
        tokens[index] = replace(token, upos="PRON", ner="O")


def _drop_impossible_tag(tokens: list[Token], token: Token) -> None:
    """A person's name has no determiner or lower-case noun in it; what goes on from such a tag begins anew."""
    if not token.ner.endswith("PER"):
        return
    after_other = token.index == 0 or not tokens[token.index - 1].ner.endswith("PER")
    if token.upos in ("DET", "PRON", "ADP", "VERB", "AUX", "ADV") or (
        token.text.islower() and token.upos in ("NOUN", "ADJ")
    ):
        tokens[token.index] = replace(tokens[token.index], ner="O")
    elif token.ner == "I-PER" and after_other:
        tokens[token.index] = replace(tokens[token.index], ner="B-PER")


def _entity_runs(tokens: list[Token], first: int, last: int) -> list[list[int]]:
    runs: list[list[int]] = []
    for index in range(first, last):
        tag = tokens[index].ner
        if tag == "O":
            continue
        before = tokens[index - 1] if index > first else None
        # "the Supreme" (a body) "Court" (a person) is one body.
        joined = before is not None and before.ner.endswith("ORG") and tag.endswith("PER")
        inside_name = joined and before is not None and (tag[0] == "I" or _one_compound(before, tokens[index]))
        if runs and runs[-1][-1] == index - 1 and (tag.startswith("I") or inside_name):
            if inside_name:
                tokens[index] = replace(tokens[index], ner="I-ORG")
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _one_compound(before: Token, token: Token) -> bool:
    """Whether two neighbours stand in front of one noun, or the first in front of the second."""
    front = ("compound", "amod")
    same = before.head == token.head and before.deprel in front and token.deprel in front
    return before.head == token.index or same


def _trim_entity(tokens: list[Token], run: list[int], first: int) -> None:
    """A name does not end in a common noun, nor consist of common words of which one opens the sentence."""
    kept = list(run)
    while kept and tokens[kept[-1]].upos == "NOUN" and tokens[kept[-1]].text.islower():
        kept.pop()
    while len(kept) > 1 and _is_title_of_people(tokens, kept):
        kept.pop()  # "Labour MP" is a person
    if not any(tokens[i].text[:1].isupper() and (i != first or tokens[i].upos == "PROPN") for i in kept):
        kept = []
    for index in run:
        if index not in kept:
            tokens[index] = replace(tokens[index], ner="O")


def _complete_name(tokens: list[Token], index: int) -> None:
    """A given name that the tagger left out of "Ada Linn" belongs to it; a title or a trade does not."""
    token, before = tokens[index], tokens[index - 1]
    if token.ner != "B-PER" or not token.deprel.startswith("flat") or token.head != before.index:
        return
    word = before.text.lower()
    if (
        before.ner == "O"
        and before.upos == "PROPN"
        and before.text.istitle()
        and word not in roles()
        and word not in honorifics()
    ):
        tokens[before.index] = replace(before, ner="B-PER")
        tokens[index] = replace(token, ner="I-PER")


def _is_title_of_people(tokens: list[Token], run: list[int]) -> bool:
    last = tokens[run[-1]]
    word = last.text.lower()
    if not last.ner.endswith("ORG") or word not in roles() or word in bodies() or word in name_words("body"):
        return False
    name = name_key(" ".join(tokens[i].text for i in run))
    return name not in organisations() and name not in outlets()


def _agree_on_names(tokens: list[Token]) -> None:
    """One word alone is one kind of name throughout an article: what it is called most, a surname before all.

    "engineering group Halden" counts as calling Halden a body.
    """
    surnames = {t.text for t in tokens if t.ner == "I-PER"}
    _return_to_bearers(tokens)
    votes: dict[str, Counter[str]] = {}
    for token in tokens:
        if token.upos != "PROPN" or token.ner[:1] != "B" or _has_more(tokens, token.index):
            continue
        votes.setdefault(token.text, Counter())[token.ner[2:]] += 1
        before = tokens[token.index - 1] if token.index else None
        if before is not None and before.upos == "NOUN" and before.lemma.lower() in bodies():
            votes[token.text]["ORG"] += 3
    for token in list(tokens):
        count = votes.get(token.text)
        if (
            count is None
            or len(count) == 1
            or token.upos != "PROPN"
            or token.ner[:1] == "I"
            or _has_more(tokens, token.index)
        ):
            continue
        kind = "PER" if token.text in surnames or figure(token.text) else count.most_common(1)[0][0]
        if token.ner != f"B-{kind}" and (token.ner != "O" or kind != "LOC"):
            tokens[token.index] = replace(token, ner=f"B-{kind}")


def _return_to_bearers(tokens: list[Token]) -> None:
    """ "Jordan said" is no country where the article has a Jim Jordan."""
    before = zip([None, *tokens], tokens, strict=False)
    called = {t.text for b, t in before if b is not None and t.ner == "I-PER" and b.text in given_names()}
    for token in list(tokens):
        alone = token.ner in ("B-LOC", "B-ORG", "O") and not _has_more(tokens, token.index)
        if alone and token.text in called and token.upos == "PROPN" and token.deprel == "nsubj":
            tokens[token.index] = replace(token, ner="B-PER")


def _has_more(tokens: list[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].ner[:1] == "I"


def _rejoin_flat(tokens: list[Token], index: int, first: int) -> None:
    """A later part of a name hangs on the name beside it: "Anna Roth", not "Finance … Roth"."""
    token = tokens[index]
    if not token.deprel.startswith("flat") or index == first:
        return
    before = tokens[index - 1]
    if before.upos == "CCONJ" and token.head != index - 1 and token.upos == "PROPN":
        tokens[index] = replace(token, deprel="conj")
        return
    if before.upos == "PROPN" and token.upos == "NOUN" and token.text.islower() and token.head == index - 1:
        # A common noun heads the phrase: "Vance aides".
        tokens[index] = replace(token, head=before.head, deprel=before.deprel)
        tokens[index - 1] = replace(before, head=index, deprel="compound")
        return
    if before.upos != "PROPN" or token.upos != "PROPN":
        return
    start = before.head if before.deprel.startswith("flat") and before.head < index else index - 1
    if token.head != start and token.head < index:
        tokens[index] = replace(token, head=start)


def _split_name_at_comma(tokens: list[Token], comma: int, last: int) -> None:
    """A name ends at a comma: what was hung on it behind is an apposition, "Ann Lee, Managing Director of …"."""
    after = tokens[comma + 1]
    name = after.head
    if tokens[comma].text != "," or name >= comma or tokens[name].upos != "PROPN":
        return
    if not after.deprel.startswith("flat") or any(t.text == "," for t in tokens[name:comma]):
        return
    end = comma + 1
    while end + 1 < last and tokens[end + 1].head in (name, after.index) and tokens[end + 1].upos in _NOMINAL:
        end += 1
    for index in range(comma + 1, end):
        tokens[index] = replace(tokens[index], head=end, deprel="compound")
    tokens[end] = replace(tokens[end], head=name, deprel="appos")
    if end + 1 < last and tokens[end + 1].upos == "ADP":
        inner = next((t for t in tokens[end + 2 : end + 8] if t.upos in _NOMINAL and t.head in (name, end)), None)
        governed = tokens[tokens[end + 1].head]
        target = governed if end + 1 < governed.index < last else inner
        if target is not None:
            tokens[target.index] = replace(target, head=end, deprel="nmod")
            tokens[end + 1] = replace(tokens[end + 1], head=target.index, deprel="case")


def _hang_on_preposition(tokens: list[Token], index: int) -> None:
    """A name after a preposition is no apposition: of "an adviser to Minister Ann Lee", Ann Lee is the minister."""
    token = tokens[index]
    between = tokens[token.head + 1 : index]
    if token.deprel != "appos" or token.upos != "PROPN" or len(between) < 2 or between[0].upos != "ADP":
        return
    if any(t.upos not in ("PROPN", "NOUN", "DET", "ADJ") for t in between[1:]):
        return
    tokens[index] = replace(token, deprel="nmod")
    tokens[between[0].index] = replace(between[0], head=index, deprel="case")
    for title in between[1:]:
        if title.head == token.head:
            tokens[title.index] = replace(title, head=index, deprel="compound")


def _give_preposition(tokens: list[Token], index: int, last: int) -> None:
    """A preposition belongs to the noun behind it, not to the one it hangs that noun on: "a spokesman for Halden"."""
    preposition = tokens[index]
    on = preposition.head
    if preposition.upos != "ADP" or preposition.deprel not in ("case", "flat") or on >= index:
        return
    for at in range(index + 1, min(index + 9, last)):
        noun = tokens[at]
        if noun.upos in _NOMINAL and noun.head == on and noun.deprel in ("nmod", "obl", "obj", "compound", "flat"):
            break
        if noun.upos not in _NAMING or noun.text in (",", ";"):
            return
    else:
        return
    for between in range(index, at):
        if tokens[between].head == on:
            kind = "case" if between == index else tokens[between].deprel
            tokens[between] = replace(tokens[between], head=at, deprel=kind)
    if noun.deprel != "obl":
        tokens[at] = replace(noun, deprel="nmod")


def _give_to_owner(tokens: list[Token], mark: int, last: int) -> None:
    """What follows 's is owned by what stands before it: "the town's only hospital"."""
    owner = tokens[mark - 1]
    if tokens[mark].upos != "PART" or tokens[mark].text not in ("'s", "’s") or owner.upos not in _NOMINAL:
        return
    if owner.deprel == "nmod:poss" or tokens[mark].head != owner.index:
        return
    at = mark + 1
    while at + 1 < last and at < mark + 5 and tokens[at].upos in ("ADJ", "ADV", "NUM", "VERB"):
        at += 1
    while at + 1 < last and tokens[at].upos in _NOMINAL and tokens[at + 1].upos in _NOMINAL:
        if tokens[at].head != at + 1 and tokens[at].deprel not in ("compound", "flat", "nmod:desc", "amod"):
            break
        at += 1
    owned = tokens[at]
    if owned.upos not in _NOMINAL or owned.deprel in ("flat", "compound"):
        return
    if owned.head == owner.index:
        tokens[at] = replace(owned, head=owner.head, deprel=owner.deprel)
    elif owner.head not in (owned.index, owned.head):
        return
    tokens[mark - 1] = replace(owner, head=at, deprel="nmod:poss")


def _join_possessor(tokens: list[Token], index: int) -> None:
    """What stands before an apostrophe belongs to the noun after it: "the Passenger Workers' Union"."""
    owner, mark, owned = tokens[index - 2], tokens[index - 1], tokens[index]
    if owned.upos not in _NOMINAL or owner.upos not in _NOMINAL or not _is_possessive(owner, mark, owned):
        return
    if owner.head == owned.head and owner.head != owned.index:
        tokens[index - 2] = owner = replace(owner, head=index, deprel="nmod:poss")
    if owned.ner.endswith("PER") or owned.text in given_names():
        return  # "CNBC's Becky Quill" is nobody's name
    titled = owned.lemma.lower() in roles() and owned.lemma.lower() not in bodies()  # "Halden's CEO"
    if owner.head == index and owner.ner.endswith("ORG") and owned.text[:1].isupper() and not titled:
        tokens[index - 1] = replace(mark, upos="PART", head=index - 2, deprel="case", ner="I-ORG")
        tokens[index] = replace(owned, ner="I-ORG")


def _is_possessive(owner: Token, mark: Token, owned: Token) -> bool:
    if mark.upos == "PART":
        return mark.text in ("'", "’", "'s", "’s")
    plural = owner.text.endswith("s") and owner.text[:1].isupper() and owned.text[:1].isupper()
    return mark.text in ("'", "’") and plural and owner.span.end == mark.span.start


def _part_owner_from_person(tokens: list[Token], mark: int, last: int) -> None:
    """ "France's Marine Le Pen" is a country and a person, where a tagger runs the one into the other."""
    kind = tokens[mark].ner
    if tokens[mark].text not in ("'s", "’s") or kind not in ("I-ORG", "I-PER"):
        return
    end = mark + 1
    while end < last and tokens[end].ner == kind:
        end += 1
    goes_on = end < last and tokens[end].ner.endswith("PER")
    if not goes_on and tokens[mark + 1].text in given_names() and end <= mark + 3:
        # Of a name that a tagger leaves half, the surname follows.
        goes_on = end == mark + 2 and end < last and tokens[end].upos == "PROPN" and tokens[end].ner == "O"
        named = goes_on or end == mark + 3
    else:
        named = goes_on
    if end == mark + 1 or (kind == "I-ORG" and not named):
        return
    owner = tokens[mark - 1]
    if owner.text in places():
        tokens[mark - 1] = replace(owner, ner="B-LOC")
    tokens[mark] = replace(tokens[mark], ner="O")
    for index in range(mark + 1, end + goes_on):
        tokens[index] = replace(tokens[index], ner="B-PER" if index == mark + 1 else "I-PER")


def _is_person_after_courtesy(tokens: list[Token], index: int) -> None:
    """Whoever is called "Mr." or "Ms." is a person, not a body or place."""
    if tokens[index - 1].text not in ("Mr.", "Mrs.", "Ms.", "Mr", "Mrs", "Ms"):
        return
    kind = tokens[index].ner
    if tokens[index].upos != "PROPN" or kind.endswith("PER"):
        return
    if tokens[index - 1].ner[2:] == kind[2:]:
        tokens[index - 1] = replace(tokens[index - 1], ner="O")
    tokens[index] = replace(tokens[index], ner="B-PER")


def _join_hyphenated(tokens: list[Token], index: int) -> None:
    """ "Lindgren-Achebe" is one surname; "G-III" is nobody's."""
    before, hyphen, after = tokens[index - 1], tokens[index], tokens[index + 1]
    if hyphen.text != "-" or before.span.end != hyphen.span.start or hyphen.span.end != after.span.start:
        return
    if not before.ner.endswith("PER") or not after.text[:1].isupper():
        return
    letter = len(before.text) == 1
    if letter:
        tokens[index - 1] = replace(before, ner="B-ORG")
    kind = "I-ORG" if letter else "I-PER"
    tokens[index], tokens[index + 1] = replace(hyphen, ner=kind), replace(after, ner=kind)


def _join_double_subject(tokens: list[Token], index: int, first: int) -> None:
    """Two subjects of one verb side by side are one: a title and a name, a body and its members.

    With a comma between, the second is an apposition of the first; with "and", a conjunct.
    """
    token = tokens[index]
    if token.upos not in _NOMINAL or not token.deprel.startswith("nsubj"):
        return
    start = _left_edge(tokens, index, first)
    if start == first:
        return
    before = tokens[start - 1]
    if before.upos == "NUM" and before.deprel.startswith("nsubj") and before.head == token.head:
        tokens[start - 1] = replace(before, head=index, deprel="nummod")
    elif before.upos in _NOMINAL:
        other = _subject_over(tokens, start - 1, token)
        if other is not None:
            tokens[other] = replace(
                tokens[other], head=index, deprel="nmod:desc" if token.upos == "PROPN" else "compound"
            )
    elif before.upos == "CCONJ" and start - 2 >= first:
        other = _subject_over(tokens, start - 2, token)
        if other is not None:
            tokens[index] = replace(token, head=other, deprel="conj")
    elif before.text == "," and start - 2 >= first:
        other = _subject_over(tokens, start - 2, token)
        if other is not None:
            tokens[index] = replace(token, head=other, deprel="appos")


def _left_edge(tokens: list[Token], index: int, first: int) -> int:
    edge = index
    while (
        edge - 1 >= first
        and tokens[edge - 1].upos in ("ADJ", "DET", "NUM", "PROPN", "NOUN", "PART")
        and _below(tokens, edge - 1, index)
    ):
        edge -= 1
    return edge


def _subject_over(tokens: list[Token], index: int, twin: Token) -> int | None:
    """The subject of the twin's verb that the word at ``index`` is or belongs to."""
    for _ in range(6):
        token = tokens[index]
        if token.head == twin.head and token.deprel.startswith("nsubj") and token.index != twin.index:
            return index
        if token.head == index or token.upos not in _NAMING:
            return None
        index = token.head
    return None


def _below(tokens: list[Token], index: int, head: int) -> bool:
    for _ in range(8):
        if index == head:
            return True
        if tokens[index].head == index:
            return False
        index = tokens[index].head
    return False
