"""Reads noun phrases off the trees: from a head to a ``Phrase``."""

from __future__ import annotations

from dataclasses import dataclass, replace

from attribution.extract.syntax import NOTHING, Syntax, Tokens
from attribution.records import Span
from attribution.sources import vocabulary as words_of
from attribution.sources.anchors import AnchorReader
from attribution.sources.heads import CALENDAR, determiner, is_plural, joins_modifiers, stated_count
from attribution.sources.lookup import Lookup, looks_human
from attribution.sources.mentions import Form, Phrase
from attribution.sources.names import NameParts, is_personal_name, person_name
from attribution.sources.vocabulary import Body, Place, Role, name_key

_FRONT = ("det", "amod", "compound", "nummod", "nmod", "flat", "advmod")
_BEHIND = ("nmod", "appos", "acl", "amod", "nummod", "obl", "advmod")
_MODIFIER_TAGS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM"})
_POSTPOSED = frozenset({"general", "elect", "designate", "emeritus"})
_PLURAL_PRONOUNS = frozenset({"they", "them", "their", "theirs", "we", "us", "our", "ours", "themselves", "ourselves"})


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a phrase is made of before its words are looked up."""

    head: int
    core: tuple[int, ...]
    extent: tuple[int, ...]
    span: Span
    within: Tokens


class PhraseReader:
    """Reads the noun phrases of one article.

    Args:
        cues: tokens that are cues of attributions; a relative clause headed by one ("an official, who said …") is
            part of the claim, not of the description.
    """

    def __init__(self, syntax: Syntax, cues: Tokens = NOTHING) -> None:
        self.syntax = syntax
        self.cues = cues
        self.lookup = Lookup(syntax)
        self.anchors = AnchorReader(self.lookup, cues, self.phrase)
        self._read: dict[int, Phrase] = {}

    def phrase(self, head: int, within: Tokens = NOTHING) -> Phrase:
        """The phrase of a head; ``within`` are words known to belong to it although the tree may say otherwise."""
        if within:
            return self._build(head, within)
        if head not in self._read:
            self._read[head] = self._build(head, within)
        return self._read[head]

    def _build(self, head: int, within: Tokens) -> Phrase:
        inner = self._counted(head)
        if inner is not None:
            return self._with_quantity(head, self._build(inner, within))
        syntax = self.syntax
        core = self._core(head, within)
        extent = self._extent(head, core, within)
        shown = sorted(within & frozenset(extent) or within) if within else list(extent)
        while len(shown) > 1 and syntax.is_punctuation(shown[0]) and shown[0] != head:
            shown.pop(0)
        span = Span(syntax.token(shown[0]).span.start, syntax.token(shown[-1]).span.end)
        word = syntax.word(head)
        if syntax.token(head).upos == "PRON" and word not in words_of.counting("part") and word not in words_of.roles():
            plural = word in _PLURAL_PRONOUNS
            return Phrase(head, (head,), extent, span, Form.PRONOUN, noun=word, plural=plural)
        frame = _Frame(head, core, extent, span, within)
        parts = person_name(syntax, head, core)
        return self._named(frame, parts) if parts is not None else self._described(frame)

    # ------------------------------------------------------------------------------ names and descriptions

    def _named(self, frame: _Frame, parts: NameParts) -> Phrase:
        """ "Finance Minister Anna Roth"."""
        syntax = self.syntax
        start = parts.tokens[0]
        front = tuple(i for i in frame.core if i < start)
        title = tuple(syntax.token(i).text for i in front if syntax.token(i).upos != "DET")
        role, _ = self.lookup.role(front, start - 1) if title else (None, ())
        return Phrase(
            frame.head,
            frame.core,
            frame.extent,
            frame.span,
            Form.NAME,
            name=parts.words,
            title=title or parts.honorifics,
            noun=role.noun if role else "",
            role=role,
            determiner="definite",
            modifiers=tuple(syntax.word(i) for i in front),
            anchors=self.anchors.of(frame.head, frame.core, start),
            tail=self._tail(frame),
        )

    def _described(self, frame: _Frame) -> Phrase:
        """Everything but personal names: the word lists say whether it is people, a body or a document."""
        syntax, lookup = self.syntax, self.lookup
        head, core = frame.head, frame.core
        role, role_tokens = lookup.role(core, head)
        body, body_tokens = lookup.body(core, head)
        document, document_tokens = lookup.document(core, head)
        name = lookup.proper_name(head, core)
        key = name_key(" ".join(name))
        organisation = lookup.organisation(key)
        place = None if organisation else words_of.places().get(key) or self._unlisted_place(head, name, body)
        widths = (len(role_tokens), len(body_tokens), len(document_tokens))
        known_name = bool(name) and (organisation or place or lookup.is_named_body(head, name))
        if known_name and not (role and lookup.is_class_noun(head, organisation)):
            form = Form.BODY
        elif role and widths[0] == max(widths):
            form = Form.PERSON
        elif body and widths[1] == max(widths) and not (document and self._is_owned_page(head, widths)):
            form = Form.BODY
        elif document:
            form = Form.DOCUMENT
        elif syntax.token(head).upos == "PROPN":
            form = Form.NAME if is_personal_name(name) else Form.BODY
        elif looks_human(syntax.lemma(head)):
            form, role = Form.PERSON, Role(syntax.lemma(head), None, "post", None)
        else:
            form = Form.OTHER
        spelled = {Form.PERSON: role_tokens, Form.BODY: body_tokens, Form.DOCUMENT: document_tokens}.get(form, ())
        noun = role.noun if form is Form.PERSON and role else body.noun if form is Form.BODY and body else ""
        modifiers = [i for i in core if i < head and syntax.token(i).upos not in ("DET", "PUNCT", "PART", "CCONJ")]
        is_body = form is Form.BODY
        return Phrase(
            head,
            core,
            frame.extent,
            frame.span,
            form,
            name=name if is_body or form is Form.NAME else (),
            noun=noun or syntax.lemma(head),
            role=role if form is Form.PERSON else None,
            body=body if is_body else None,
            organisation=organisation if is_body else None,
            place=place if is_body else None,
            document=document if form is Form.DOCUMENT else None,
            plural=self._is_several(head) and not (is_body and known_name),
            determiner=determiner(syntax, head, core),
            count=stated_count(syntax, head),
            quantifier=self._quantifier(head, core),
            modifiers=tuple(syntax.word(i) for i in modifiers if i not in spelled),
            proper=tuple(syntax.word(i) for i in modifiers if self._is_proper(i)),
            anchors=self.anchors.of(head, core, head, frame.within),
            tail=self._tail(frame),
            of=self._whole(head),
        )

    def _is_several(self, head: int) -> bool:
        """Whether a noun, or a number of people singled out of a group ("two of them"), is more than one."""
        if self.syntax.token(head).upos == "NUM" and self._whole(head) is not None:
            return stated_count(self.syntax, head) not in (None, "1")
        return is_plural(self.syntax, head)

    def _is_owned_page(self, head: int, widths: tuple[int, int, int]) -> bool:
        """ "The council's website" is something the council publishes, not a medium."""
        return widths[1] == widths[2] and any(i < head for i in self.syntax.children(head, "nmod:poss"))

    def _unlisted_place(self, head: int, name: tuple[str, ...], body: Body | None) -> Place | None:
        """A place that only the tagger knows: "the Selwyn Islands", not "the Selwyn Court"."""
        if not name or body is not None or not self.syntax.token(head).ner.endswith("LOC"):
            return None
        if any(w.lower() in words_of.name_words("body") for w in name):
            return None
        spelled = " ".join(name)
        return Place(spelled, "unlisted", spelled)

    def _quantifier(self, head: int, core: tuple[int, ...]) -> str:
        words = (self.syntax.word(i) for i in core if i != head)
        return next((w for w in words if w in words_of.counting("quantifier")), "")

    def _is_proper(self, index: int) -> bool:
        token = self.syntax.token(index)
        return token.upos == "PROPN" and token.text not in CALENDAR

    # ------------------------------------------------------------------------------ parts

    def _core(self, head: int, within: Tokens) -> tuple[int, ...]:
        syntax = self.syntax
        gathered = {head} | self._name_run(head)
        for child in syntax.children(head):
            if child < head and syntax.has_relation(child, *_FRONT) and self._has_no_preposition(child):
                gathered |= syntax.subtree(child)
            elif child > head and syntax.has_relation(child, "flat", "compound", "fixed"):
                gathered |= {i for i in syntax.subtree(child) if not self._is_clause_part(i, head)}
            elif child == head + 1 and self._is_postposed(child):
                below = syntax.subtree(child)
                gathered |= {i for i in below if syntax.token(i).upos == "PROPN" or i == child}
        before = min(gathered) - 1
        while before in within and self._is_modifier(before, within):
            gathered.add(before)
            before -= 1
        ordered = sorted(gathered)
        while ordered[0] != head and self._cannot_open(ordered[0]):
            ordered.pop(0)
        return tuple(ordered)

    def _is_postposed(self, index: int) -> bool:
        """ "attorney general", and a name that the tree gives as apposition without a comma."""
        if not self.syntax.has_relation(index, "amod", "appos"):
            return False
        return self.syntax.token(index).upos == "PROPN" or self.syntax.word(index) in _POSTPOSED

    def _is_modifier(self, index: int, within: Tokens) -> bool:
        if self.syntax.token(index).upos in _MODIFIER_TAGS:
            return True
        return self.syntax.token(index).upos == "CCONJ" and joins_modifiers(self.syntax, index, sorted(within))

    def _cannot_open(self, index: int) -> bool:
        return self.syntax.is_punctuation(index) or self.syntax.token(index).upos in ("ADP", "CCONJ", "SCONJ")

    def _name_run(self, head: int) -> set[int]:
        """The rest of a personal name, whatever the tree makes of it."""
        syntax = self.syntax
        titled = syntax.token(head).text in words_of.honorifics()
        run = {head}
        if not titled and not syntax.token(head).ner.endswith("PER"):
            return run
        sentence = syntax.sentence_of(head)
        at = head + 1
        while at < sentence.last and (syntax.token(at).ner == "I-PER" or (titled and syntax.token(at).upos == "PROPN")):
            run.add(at)
            at += 1
        at = head
        while syntax.token(at).ner == "I-PER" and at > sentence.first:
            at -= 1
            run.add(at)
        return run

    def _has_no_preposition(self, index: int) -> bool:
        case = self.syntax.child(index, "case")
        return case is None or self.syntax.word(case) in ("'s", "'")

    def _is_clause_part(self, index: int, head: int) -> bool:
        line = (index, *self.syntax.ancestors(index))
        return any(a > head and self.syntax.has_relation(a, "acl", "appos", "conj", "parataxis") for a in line)

    def _extent(self, head: int, core: tuple[int, ...], within: Tokens) -> tuple[int, ...]:
        syntax = self.syntax
        gathered = set(core)
        for child in syntax.children(head, *_BEHIND):
            if child > head and child not in self.cues:
                gathered |= syntax.subtree(child)
        sentence = syntax.token(head).sentence
        gathered |= {i for i in within if syntax.token(i).sentence == sentence}
        return tuple(sorted(gathered))

    def _tail(self, frame: _Frame) -> str:
        end = max(frame.head, frame.core[-1])
        return " ".join([self.syntax.word(i) for i in frame.extent if i > end][:40])

    # ------------------------------------------------------------------------------ quantities and parts

    def _counted(self, head: int) -> int | None:
        """The noun that a quantity word counts: "dozens of residents" is about residents."""
        syntax = self.syntax
        if syntax.lemma(head) not in words_of.counting("quantity"):
            return None
        inside = self._of(head, "nmod")
        return inside if inside is not None and is_plural(syntax, inside) else None

    def _of(self, head: int, *relations: str) -> int | None:
        for child in self.syntax.children(head, *relations):
            case = self.syntax.child(child, "case")
            if child > head and case is not None and self.syntax.word(case) in ("of", "among"):
                return child
        return None

    def _with_quantity(self, head: int, inner: Phrase) -> Phrase:
        core = tuple(sorted({*self._core(head, NOTHING), *inner.core}))
        start = min(self.syntax.token(core[0]).span.start, inner.span.start)
        return replace(
            inner,
            core=core,
            span=Span(start, inner.span.end),
            plural=True,
            determiner="indefinite" if inner.determiner == "bare" else inner.determiner,
            quantifier=self.syntax.lemma(head),
            count=stated_count(self.syntax, head) if self.syntax.lemma(head) == "group" else None,
        )

    def _whole(self, head: int) -> Phrase | None:
        """For "one of the sources", the sources."""
        if self.syntax.word(head) not in words_of.counting("part") and self.syntax.token(head).upos != "NUM":
            return None
        inside = self._of(head, "nmod", "obl")
        return None if inside is None else self.phrase(inside)
