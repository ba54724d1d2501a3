"""What places somebody: the bodies and people among the modifiers and complements of a noun."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attribution.extract.syntax import NOTHING, Tokens
from attribution.lexicon import word_list
from attribution.records import SourceType
from attribution.sources import vocabulary as words_of
from attribution.sources.heads import first_run
from attribution.sources.lookup import Lookup, joined
from attribution.sources.mentions import Anchor, Form, Phrase
from attribution.sources.vocabulary import Body, name_key, normal

_QUARTERS = frozenset({"whitehall", "brussels", "wall street", "capitol hill"})
"""Parts of a town that stand for many bodies: a Whitehall source may sit in any of them."""


class AnchorReader:
    """Reads anchors off the trees of one article.

    Args:
        cues: tokens of attribution cues, whose clauses describe nobody.
        phrase: reads the phrase of a head.
    """

    def __init__(self, lookup: Lookup, cues: Tokens, phrase: Callable[[int], Phrase]) -> None:
        self.lookup = lookup
        self.syntax = lookup.syntax
        self.cues = cues
        self.phrase = phrase

    def of(self, head: int, core: tuple[int, ...], before: int, within: Tokens = NOTHING) -> tuple[Anchor, ...]:
        """Every anchor: possessors, modifiers in front of ``before``, complements.

        Args:
            within: words known to belong to the phrase although the tree may say otherwise.
        """
        owners = self.syntax.children(head, "nmod:poss")
        found = [self._anchor("poss", owner) for owner in owners]
        owned = frozenset().union(*(self.syntax.subtree(o) for o in owners), NOTHING)
        skipped = ("DET", "PUNCT")
        front = [i for i in core if i < before and i not in owned and self.syntax.token(i).upos not in skipped]
        found += self._front(front, head)
        found += self._behind(head, core)
        found += self._closeness(head)
        found += self._publisher(head)
        beside = self._beside(core[-1], within)
        if beside is not None and all(a.head != beside.head and a.relation != beside.relation for a in found):
            found.append(beside)
        return tuple(found)

    # ------------------------------------------------------------------------------ behind the noun

    def _behind(self, head: int, core: tuple[int, ...]) -> Iterator[Anchor]:
        syntax = self.syntax
        for child in syntax.children(head, "nmod", "obl", "acl"):
            if child < head or syntax.has_relation(child, "nmod:poss"):
                continue
            case = syntax.child(child, "case")
            if case is not None and self._governs(head, core, case):
                yield self._anchor(syntax.word(case), child)
            elif syntax.has_relation(child, "acl") and child not in self.cues:
                yield from self._employers(child)
                yield from self._issuers(child)

    def _closeness(self, head: int) -> Iterator[Anchor]:
        """Whom somebody is "close to"."""
        for child in self.syntax.children(head):
            if child > head and self.syntax.word(child) == "close":
                for whom in self.syntax.children(child, "obl", "nmod"):
                    yield self._anchor("to", whom)

    def _governs(self, head: int, core: tuple[int, ...], marker: int) -> bool:
        """Whether a preposition belongs to the noun itself: not in "familiar with the Treasury's plans"."""
        before = marker - 1
        if before <= max(head, core[-1]) or self.syntax.word(before) == "close":
            return True
        return self.syntax.token(before).upos not in ("ADJ", "VERB")

    def _employers(self, verb: int) -> Iterator[Anchor]:
        """ "who heads a project for the Federation of Scientists"."""
        if self.syntax.lemma(verb) not in word_list("employment_verbs.tsv"):
            return
        for place in self.syntax.children(verb, "obl", "obj", "nmod"):
            yield self._anchor("at", place)
            yield from (self._anchor("at", below) for below in self.syntax.children(place, "nmod"))

    def _issuers(self, verb: int) -> Iterator[Anchor]:
        """Whose a document is: "commissioned by Orsolo", "a letter he sent"."""
        syntax = self.syntax
        if syntax.lemma(verb) not in word_list("issuing_verbs.tsv"):
            return
        for agent in syntax.children(verb, "obl"):
            case = syntax.child(agent, "case")
            ordered = syntax.lemma(verb) in ("commission", "compile", "conduct", "prepare", "produce")
            if case is not None and (syntax.word(case) == "by" or (ordered and syntax.word(case) == "for")):
                yield self._anchor("by", agent)
        subject = syntax.child(verb, "nsubj")
        passive = any(syntax.has_relation(c, "aux") and syntax.lemma(c) == "be" for c in syntax.children(verb))
        if subject is not None and not passive and syntax.word(subject) not in ("who", "which", "that"):
            yield self._anchor("by", subject)

    def _publisher(self, head: int) -> Iterator[Anchor]:
        """Who puts a document out: "Border Voice released a report on Monday"."""
        syntax = self.syntax
        verb = syntax.head(head)
        if verb is None or not syntax.has_relation(head, "obj") or syntax.lemma(head) not in words_of.document_nouns():
            return
        subject = syntax.child(verb, "nsubj")
        if syntax.lemma(verb) in word_list("issuing_verbs.tsv") and subject is not None:
            yield self._anchor("by", subject)

    def _beside(self, last: int, within: Tokens) -> Anchor | None:
        """The preposition right after the noun, where the tree hangs it elsewhere: "a source within the army"."""
        syntax = self.syntax
        marker = last + 1
        if marker in within and syntax.word(marker) == "close":
            marker += 1
        if marker not in within or marker + 1 not in within:
            return None
        if syntax.token(marker).upos not in ("ADP", "SCONJ") and syntax.word(marker) != "to":
            return None
        run = first_run(syntax, sorted(i for i in within if i > marker), marker + 1)
        nouns = [i for i in run if syntax.token(i).upos in ("NOUN", "PROPN")]
        free = [i for i in nouns if syntax.head(i) not in run]
        head = free[0] if len(free) == 1 else nouns[-1] if nouns else None
        return None if head is None else self._anchor(syntax.word(marker), head)

    def _anchor(self, relation: str, head: int) -> Anchor:
        phrase = self.phrase(head)
        syntax = self.syntax
        known = phrase.organisation or phrase.body or phrase.role
        kind = known.type if known else SourceType.GOVERNMENT if phrase.place and relation == "poss" else None
        named = bool(phrase.name) and phrase.place is None
        start, end = syntax.token(phrase.core[0]).span.start, syntax.token(phrase.core[-1]).span.end
        text = " ".join(syntax.article.prose[start:end].split())
        definite = named or phrase.determiner in ("definite", "possessive")
        return Anchor(relation, head, text, phrase.form, kind, named, definite, phrase.noun, phrase.role)

    # ------------------------------------------------------------------------------ in front of the noun

    def _front(self, front: list[int], head: int) -> Iterator[Anchor]:
        """Bodies and people among the modifiers: "two former Boeing engineers", "interior ministry official"."""
        at = 0
        while at < len(front):
            for length in range(min(6, len(front) - at), 0, -1):
                anchor = self._modifier(front[at : at + length], front[at + length : at + length + 1], head)
                if anchor is not None:
                    yield anchor
                    at += length - 1
                    break
            at += 1

    def _modifier(self, run: list[int], rest: list[int], head: int) -> Anchor | None:
        """The anchor that exactly these words in front of a noun make."""
        syntax = self.syntax
        texts = [syntax.token(i).text for i in run]
        text = joined(texts)
        organisation = self.lookup.organisation(name_key(text))
        capital = text[:1].isupper() and run[0] != syntax.sentence_of(run[0]).first
        listed = organisation is not None and (capital or normal(text) not in words_of.bodies())
        listed = listed and normal(text) not in _QUARTERS
        if run[-1] - run[0] != len(run) - 1 or (not listed and self._bounds_only(texts)):
            return None

        def anchor(form: Form, kind: SourceType | None, noun: str = "", *, named: bool = True) -> Anchor:
            return Anchor("pre", run[-1], text, form, kind, named, named, noun)

        if organisation and not (len(run) == 1 and text.islower()):
            return anchor(Form.BODY, organisation.type)
        if (national := self._national_body(texts)) is not None:
            return anchor(Form.BODY, national.type, national.noun)
        tags = {syntax.token(i).ner[2:] for i in run}
        whole = syntax.token(run[0]).ner.startswith("B") and not (rest and syntax.token(rest[0]).ner.startswith("I"))
        body, _ = self.lookup.body(tuple(run), run[-1])
        opens = run == [syntax.sentence_of(run[0]).first] and normal(text) in words_of.bodies()
        opens = opens and syntax.lemma(head) in words_of.roles()
        if tags == {"ORG"} and whole and not opens:  # "Campaign officials" are capitalised by the sentence
            return anchor(Form.BODY, body.type if body else None, body.noun if body else "")
        if tags == {"PER"} and all(t[:1].isupper() for t in texts):
            return anchor(Form.NAME, None)
        common = words_of.bodies().get(normal(text.lower()))
        if common is not None and common.names_itself != "class":
            capital = len(run) > 1 and all(t[:1].isupper() for t in texts)
            return anchor(Form.BODY, common.type, common.noun, named=capital)
        if len(run) > 1 and all(t[:1].isupper() for t in texts) and syntax.token(run[-1]).upos == "PROPN":
            last = words_of.bodies().get(texts[-1].lower())
            return anchor(Form.BODY, last.type, last.noun) if last else None
        return anchor(Form.BODY, None) if len(run) == 1 and self._is_free_name(run[0], head) else None

    @staticmethod
    def _national_body(texts: list[str]) -> Body | None:
        """A country's own army or government, which is named with the country: "American military officials"."""
        if len(texts) < 2 or not (texts[0] in words_of.places() or texts[0] in words_of.place_adjectives()):
            return None
        body = words_of.bodies().get(normal(joined(texts[1:])))
        return body if body is not None and body.names_itself == "yes" and texts[-1].islower() else None

    def _bounds_only(self, texts: list[str]) -> bool:
        """A place, nationality, party or sector bounds a class; it is no body that answers for its members."""
        text = joined(texts)
        if text in words_of.places() or text in words_of.place_adjectives() or self._is_demonym(text):
            return True
        lower = text.lower()
        return len(texts) == 1 and not text.isupper() and lower in words_of.sectors() and self._is_no_body(lower)

    @staticmethod
    def _is_no_body(noun: str) -> bool:
        body = words_of.bodies().get(noun)
        return body is None or body.names_itself == "class"

    def _is_demonym(self, text: str) -> bool:
        """An adjective made from a place of the article that no list has: "Kavenan" where Kavena is a place."""
        if not text[:1].isupper() or not text.endswith(("an", "ese", "ish", "i")) or len(text) < 5:
            return False
        stem = text[: len(text) - 2]
        return any(t.upos == "PROPN" and t.text.startswith(stem) and t.text != text for t in self.syntax.tokens)

    def _is_free_name(self, index: int, head: int) -> bool:
        """A proper name as modifier that is no place, party or title: "Boeing engineers"."""
        token = self.syntax.token(index)
        lower = normal(token.text)
        known = (words_of.sectors(), words_of.roles(), words_of.bodies())
        if token.upos != "PROPN" or not token.text[:1].isupper() or any(lower in words for words in known):
            return False
        if token.ner.endswith("LOC") or token.text in words_of.honorifics():
            return False
        opens = index == self.syntax.sentence_of(index).first
        return token.ner.endswith(("ORG", "PER")) or not (self.lookup.entities_known or opens or index == head)
