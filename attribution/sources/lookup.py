"""What the word lists know about a phrase: its role, body or document noun, its proper name, its organisation."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from attribution.extract.syntax import Syntax
from attribution.sources import vocabulary as words_of
from attribution.sources.heads import determiner, is_plural
from attribution.sources.names import is_personal_name
from attribution.sources.vocabulary import Body, Organisation, Role, name_key, normal

_NO_TOKENS: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """An entry and the tokens that spell it; no tokens for none."""

    key: str = ""
    tokens: tuple[int, ...] = _NO_TOKENS


class Lookup:
    """Looks phrases of one article up."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.entities_known = any(t.ner != "O" for t in syntax.tokens)

    # ------------------------------------------------------------------------------ common nouns

    def role(self, core: tuple[int, ...], head: int) -> tuple[Role | None, tuple[int, ...]]:
        """The role noun around a head, and its tokens."""
        if not core:
            return None, _NO_TOKENS
        found = self._window(core, head, words_of.roles())
        if found.tokens:
            return words_of.roles()[found.key], found.tokens
        short = _without_prefix(self.syntax.lemma(head))
        return (words_of.roles()[short], (head,)) if short in words_of.roles() else (None, _NO_TOKENS)

    def body(self, core: tuple[int, ...], head: int) -> tuple[Body | None, tuple[int, ...]]:
        """The institution noun around a head, and its tokens."""
        found = self._window(core, head, words_of.bodies())
        return words_of.bodies().get(found.key), found.tokens

    def document(self, core: tuple[int, ...], head: int) -> tuple[str | None, tuple[int, ...]]:
        """The class of the document noun around a head, and its tokens."""
        found = self._window(core, head, words_of.document_nouns())
        return words_of.document_nouns().get(found.key), found.tokens

    def _window(self, core: tuple[int, ...], head: int, known: Container[str]) -> Found:
        """The longest run of words around the head that a word list has, in their own form or with one singular."""
        syntax = self.syntax
        last = min(head + 3, syntax.sentence_of(head).last - 1)
        best = Found()
        for start in range(max(head - 3, min(core)), head + 1):
            for end in range(head, last + 1):
                run = tuple(range(start, end + 1))
                if len(run) <= len(best.tokens) or any(syntax.is_punctuation(i) for i in run):
                    continue
                printed = [syntax.word(i) for i in run]
                spellings = [printed]
                spellings += [
                    [*printed[:at], form, *printed[at + 1 :]]
                    for at in {head - start, len(run) - 1}
                    for form in (syntax.lemma(run[at]), words_of.singular(printed[at]))
                ]
                key = next((k for spelled in spellings if (k := normal(joined(spelled))) in known), None)
                if key is not None:
                    best = Found(key, run)
        return best

    # ------------------------------------------------------------------------------ proper names

    def proper_name(self, head: int, core: tuple[int, ...]) -> tuple[str, ...]:
        """The proper name the head belongs to: its entity where the parser found one, else the capitals around it."""
        syntax = self.syntax
        text = syntax.token(head).text
        run = () if syntax.token(head).ner.endswith("PER") else self._entity_run(head)
        if syntax.token(head).upos == "PROPN":
            capitals = self._capital_run(head, core)
            # A tagger may leave the first word of a name out: "Fjord" of "Fjord Securities".
            run = capitals if not run or set(run) < set(capitals) else run
        if not run and (behind := self._capitals_behind(head, core)):
            run = behind
        if not run and ((name_key(text) in words_of.organisations() and text[:1].isupper()) or is_acronym(text)):
            run = (head,)
        texts = [syntax.token(i).text for i in run]
        if not any(text[:1].isupper() for text in texts):
            return ()  # a tagger may take "the interior ministry" for a name
        while texts and texts[-1] in ("'s", "’s", "'", "’"):
            texts.pop()
        while texts and texts[0].lower() == "the":
            texts.pop(0)
        return tuple(texts)

    def _capitals_behind(self, head: int, core: tuple[int, ...]) -> tuple[int, ...]:
        """The name after a common noun: of "engineering group Halden", "Halden"."""
        if self.syntax.token(head).upos != "NOUN" or self.syntax.lemma(head) not in words_of.bodies():
            return ()
        run = [i for i in core if i > head and self.syntax.token(i).upos == "PROPN"]
        return tuple(run) if run and run[0] == head + 1 else ()

    def _entity_run(self, index: int) -> tuple[int, ...]:
        syntax = self.syntax
        tag = syntax.token(index).ner[2:]
        if not tag:
            return ()
        start = end = index
        while syntax.token(start).ner.startswith("I") and start > 0 and syntax.token(start - 1).ner[2:] == tag:
            start -= 1
        while end + 1 < len(syntax.tokens) and syntax.token(end + 1).ner == f"I-{tag}":
            end += 1
        return tuple(range(start, end + 1))

    def _capital_run(self, head: int, core: tuple[int, ...]) -> tuple[int, ...]:
        syntax = self.syntax
        start = end = head
        while start - 1 >= core[0] and (self._is_capital(start - 1) or self._is_inner_apostrophe(start - 1, head)):
            start -= 1
        links = ("of", "for", "and", "the", "&")
        while end + 1 <= core[-1] and (self._is_capital(end + 1) or syntax.token(end + 1).text in links):
            end += 1
        while end > head and not syntax.token(end).text[:1].isupper():
            end -= 1
        return tuple(range(start, end + 1))

    def _is_inner_apostrophe(self, index: int, head: int) -> bool:
        """The mark of a plural owner inside a name: "the Passenger Workers' Union"."""
        if self.syntax.token(index).text not in ("'", "’") or index == 0:
            return False
        plain = self.syntax.lemma(head) in words_of.bodies() or self.syntax.word(head) in words_of.bodies()
        return plain and self.syntax.token(head).text[:1].isupper() and self.syntax.token(index - 1).text[:1].isupper()

    def _is_capital(self, index: int) -> bool:
        token = self.syntax.token(index)
        capital = token.text[:1].isupper() or token.text in ("of", "&")
        return capital and token.upos in ("PROPN", "ADJ", "NOUN", "NUM")

    def organisation(self, key: str) -> Organisation | None:
        """The organisation or outlet of a name, with or without the stops of an acronym."""
        known = words_of.organisations().get(key) or words_of.outlets().get(key)
        undotted = key.replace(".", "")
        if known is None and undotted != key and undotted.isupper():
            return words_of.organisations().get(undotted) or words_of.outlets().get(undotted)
        return known

    def is_named_body(self, head: int, name: tuple[str, ...]) -> bool:
        """Whether a proper name that no list has is a body's, by its tag or its form."""
        token = self.syntax.token(head)
        if token.ner.endswith(("ORG", "LOC")) or (len(name) == 1 and is_acronym(name[0])):
            return True
        return token.upos == "PROPN" and not is_personal_name(name) and not self.entities_known

    def is_class_noun(self, head: int, organisation: Organisation | None) -> bool:
        """A role, though it looks like a proper name: "Republicans", "Lawmakers", "Judiciary Committee Democrats"."""
        token = self.syntax.token(head)
        if token.upos == "NOUN" and not token.text.isupper():
            return True
        if token.upos != "PROPN" or organisation is not None:
            return False
        # "a New Hampshire Democrat" is no name either.
        indefinite = determiner(self.syntax, head, (head,)) in ("indefinite", "fresh")
        return is_plural(self.syntax, head) or (indefinite and self.syntax.lemma(head).lower() in words_of.roles())


def is_acronym(text: str) -> bool:
    """ "PHA", "U.N."; not "CEO", which is a role."""
    plain = text.replace(".", "")
    return len(text) > 1 and plain.isupper() and plain.isalpha() and text.lower() not in words_of.roles()


def joined(texts: list[str]) -> str:
    """Words as printed: no space before 's, none around a hyphen."""
    out = ""
    for text in texts:
        glued = out.endswith(("-", "/")) or text.startswith(("'s", "’s", "-", "/")) or text in ("'", "’", ".", ",")
        out += text if glued or not out else f" {text}"
    return out


def _without_prefix(lemma: str) -> str:
    """ "ex-minister" is a minister, "vice-chancellor" a chancellor."""
    for prefix in ("ex-", "vice-", "co-", "then-"):
        if lemma.startswith(prefix):
            return lemma.removeprefix(prefix)
    return lemma


def looks_human(lemma: str) -> bool:
    """Whether a noun that no list has is one for a person, by its ending."""
    endings = ("man", "woman", "ist", "ian", "er", "or", "person", "ee")
    return len(lemma) > 4 and lemma.isalpha() and lemma.endswith(endings)
