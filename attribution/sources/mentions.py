"""Mentions: noun phrases that may stand for a source, and everything their words say by themselves.

A ``Phrase`` knows nothing of the rest of the article; who it refers to is for ``resolve``.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from attribution.extract.syntax import Syntax
from attribution.records import SourceType, Span
from attribution.sources import vocabulary as words_of
from attribution.sources.names import NameParts, is_personal_name, person_name
from attribution.sources.vocabulary import Body, Organisation, Place, Role, name_key, normal


class Form(StrEnum):
    """What kind of expression a mention is."""

    NAME = "name"  # a personal name, with or without a title
    BODY = "body"  # an institution, by name or by noun
    DOCUMENT = "document"
    PERSON = "person"  # a description of one or several people
    PRONOUN = "pronoun"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Somebody or something that a phrase is placed by: "a diplomat at the French embassy", "Clinton's advisers".

    Attributes:
        relation: "poss" for a possessor, "pre" for a modifier in front, else the preposition.
        named: it is a proper name ("Treasury"), not a common noun ("the ministry").
    """

    relation: str
    head: int
    text: str
    form: Form
    type: SourceType | None
    named: bool
    definite: bool
    noun: str
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase, read word by word.

    Attributes:
        core: token indices from the first modifier to the head and the name after it.
        extent: the core and everything that modifies it.
        name: the words of the proper name, titles left out; ``()`` for none.
        title: the words in front of a personal name ("Finance Minister").
        noun: the lexicon's entry for the head, or the head's lemma.
        determiner: "definite", "possessive", "indefinite", "fresh" (another, a separate) or "bare".
        count: a stated number ("3"), else None.
        modifiers: the words in front of the head, lower case, no determiners.
        proper: those of them that are proper nouns other than days and months, lower case.
        tail: the words after the head, lower case.
        of: the whole that a partitive takes its part from ("one of the sources").
    """

    head: int
    core: tuple[int, ...]
    extent: tuple[int, ...]
    span: Span
    form: Form
    name: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    noun: str = ""
    role: Role | None = None
    body: Body | None = None
    organisation: Organisation | None = None
    place: Place | None = None
    document: str | None = None
    plural: bool = False
    determiner: str = "bare"
    count: str | None = None
    quantifier: str = ""
    modifiers: tuple[str, ...] = ()
    proper: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    tail: str = ""
    of: Phrase | None = None

    @property
    def modifiers_place(self) -> bool:
        """Whether a modifier already says in whose name it speaks ("campaign aide")."""
        return any(a.relation == "pre" for a in self.anchors)


NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_HEADLESS = frozenset({"DET", "ADJ", "NUM", "X", "SYM"})
_FRONT = ("det", "amod", "compound", "nummod", "nmod", "flat", "advmod", "nmod:poss", "nmod:unmarked", "nmod:npmod")
_INSIDE_NOUN = ("compound", "flat", "fixed", "cc", "punct", "nmod:poss", "nmod:desc", "det", "amod")
_RUN_TAGS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "PART", "X", "SYM", "ADV"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "all"})
_FRESH = frozenset(
    {"another", "other", "separate", "second", "third", "fourth", "different", "additional", "further", "fellow"}
)
_QUANTIFIERS = frozenset({"some", "many", "several", "most", "few", "numerous", "multiple", "various", "all", "no", "any",
                          "certain", "countless"})  # fmt: skip
_QUANTITY_NOUNS = frozenset({"number", "majority", "half", "dozen", "group", "couple", "handful", "pair", "score", "hundred", "thousand",
                             "lot", "plenty", "third", "two-thirds", "quarter", "minority", "rest", "variety", "host", "slew", "percent",
                             "million", "bunch", "trio", "chorus", "range", "percentage", "share", "series", "string", "chunk"})  # fmt: skip
_PART_WORDS = frozenset({"one", "some", "many", "several", "most", "few", "both", "none", "each", "any", "all", "another", "either",
                         "neither", "those", "others", "two", "three", "four", "five", "six", "member"})  # fmt: skip
_CALENDAR = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September "
                      "October November December".split())  # fmt: skip
_NUMBERS = {word: str(value) for value, word in enumerate(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"], 1)}  # fmt: skip
_MASS_PLURALS = frozenset({"police", "people", "staff", "personnel", "public"})


class PhraseReader:
    """Reads noun phrases off the trees of one article.

    Args:
        cues: tokens that are cues of attributions; a relative clause headed by one ("an official, who said …") is
            part of the claim, not of the description.
    """

    def __init__(self, syntax: Syntax, cues: frozenset[int] = frozenset()) -> None:
        self.syntax = syntax
        self.cues = cues
        self.entities_known = any(t.ner != "O" for t in syntax.tokens)
        self._read: dict[int, Phrase] = {}

    # ------------------------------------------------------------------------------ entry points

    def phrase(self, head: int, within: frozenset[int] = frozenset()) -> Phrase:
        """The phrase of a head; ``within`` are words known to belong to it although the tree may say otherwise."""
        if within:
            return self._build(head, within)
        if head not in self._read:
            self._read[head] = self._build(head, within)
        return self._read[head]

    def head_of(self, tokens: frozenset[int]) -> int | None:
        """The head of a stretch: in its first run of nouns and modifiers, the word the others depend on.

        The run decides before the tree does, since a wrong attachment inside a source must not move its head.
        """
        syntax = self.syntax
        inside = [
            i
            for i in sorted(tokens)
            if not syntax.is_punctuation(i) and syntax.token(i).upos not in ("ADP", "CCONJ", "SCONJ", "PART")
        ]
        if not inside:
            return None
        if (
            len(inside) > 1
            and syntax.word(inside[0]) in _PART_WORDS
            and inside[0] + 1 in tokens
            and syntax.word(inside[0] + 1) == "of"
        ):
            return inside[0]
        nominal = [i for i in inside if syntax.token(i).upos in NOMINAL] or [
            i for i in inside if syntax.token(i).upos in _HEADLESS
        ]
        if not nominal:
            return inside[0]
        run = self._after_possessor(self._first_run(sorted(tokens), nominal[0]))
        own = [
            i
            for i in run
            if i in nominal and syntax.head(i) not in run and syntax.token(i).text not in words_of.honorifics()
        ]
        free = [i for i in own if not syntax.has_relation(i, *_INSIDE_NOUN)] or own
        if len(free) == 1 and not self._sector_first(free[0], run):
            return free[0]
        nouns = [i for i in run if syntax.token(i).upos == "NOUN"]
        return nouns[-1] if nouns else (free or [i for i in run if i in nominal] or run)[0]

    def _after_possessor(self, run: list[int]) -> list[int]:
        """What is possessed: of "France's Marine Le Pen", the name after the 's."""
        marks = [at for at, i in enumerate(run) if self.syntax.word(i) in ("'s", "'") and at + 1 < len(run)]
        return run[marks[-1] + 1 :] if marks else run

    def _first_run(self, tokens: list[int], start: int) -> list[int]:
        """From the first nominal on: words of one noun phrase, up to a comma, preposition, pronoun or finite verb."""
        syntax = self.syntax
        run: list[int] = []
        for index in (i for i in tokens if i >= start):
            token = syntax.token(index)
            if run and index != run[-1] + 1:
                break
            hyphen = token.text in ("-", "–", "/", "&") or (token.upos == "PUNCT" and token.text == ".")
            joins = (
                self.syntax.word(index) == "'s"
                or token.upos == "CCONJ"
                and run
                and self._joins_modifiers(index, tokens)
            )
            if not (
                token.upos in _RUN_TAGS
                or hyphen
                or joins
                or (token.upos == "VERB" and syntax.has_relation(index, "amod"))
            ):
                break
            run.append(index)
        return run or [start]

    def _joins_modifiers(self, conjunction: int, tokens: list[int]) -> bool:
        """Whether "and" stands between modifiers of one noun: "security and military sources"."""
        syntax = self.syntax
        before, after = conjunction - 1, conjunction + 1
        if after not in tokens or after + 1 not in tokens or syntax.token(after + 1).upos != "NOUN":
            return False
        if syntax.token(before).upos == "ADJ" and syntax.token(after).upos == "ADJ":
            return True
        sectors = words_of.sectors()
        return syntax.word(before) in sectors and syntax.word(after) in sectors and not self._plural(before)

    def _sector_first(self, head: int, run: list[int]) -> bool:
        return any(self.syntax.token(i).upos == "CCONJ" for i in run) and head != run[-1]

    def candidates(self) -> Iterator[int]:
        """Heads of every noun phrase of the article, in text order."""
        syntax = self.syntax
        for token in syntax.tokens:
            if token.upos not in NOMINAL:
                continue
            if (
                syntax.has_relation(token.index, "compound", "flat", "fixed", "expl", "discourse", "amod")
                or token.deprel == "nmod:desc"
            ):
                continue
            if token.text in _CALENDAR:
                continue
            yield token.index

    # ------------------------------------------------------------------------------ reading

    def _build(self, head: int, within: frozenset[int]) -> Phrase:
        syntax = self.syntax
        if (inner := self._counted(head)) is not None:
            return self._with_quantity(head, self._build(inner, within))
        core = self._core(head, within)
        extent = self._extent(head, core, within)
        span = Span(syntax.token(min(extent)).span.start, syntax.token(max(extent)).span.end)
        if within:
            own = within & frozenset(extent) or within
            span = Span(syntax.token(min(own)).span.start, syntax.token(max(own)).span.end)
        token = syntax.token(head)
        if token.upos == "PRON" and syntax.word(head) not in _PART_WORDS | _pronoun_nouns():
            return Phrase(
                head,
                (head,),
                extent,
                span,
                Form.PRONOUN,
                noun=syntax.word(head),
                plural=syntax.word(head) in _PLURAL_PRONOUNS,
            )
        plural = self._plural(head)
        shared = {
            "head": head,
            "extent": extent,
            "plural": plural,
            "determiner": self._determiner(head, core),
            "count": self._count(head),
            "quantifier": next((w for i in core if (w := syntax.word(i)) in _QUANTIFIERS and i != head), ""),
            "tail": self._tail(head, core, extent),
        }
        parts = person_name(syntax, head, core, self.entities_known)
        if parts is not None:
            return self._named(parts, core, span, shared)
        return self._described(head, core, span, shared, within)

    def _named(self, parts: NameParts, core: tuple[int, ...], span: Span, shared: dict[str, object]) -> Phrase:
        syntax = self.syntax
        title = tuple(syntax.token(i).text for i in core if i < parts.tokens[0] and syntax.token(i).upos != "DET")
        role, _ = (
            self._role(tuple(i for i in core if i < parts.tokens[0]), parts.tokens[0] - 1) if title else (None, ())
        )
        fields = {**shared, "plural": False, "determiner": "definite"}
        return Phrase(
            core=core,
            span=span,
            form=Form.NAME,
            name=parts.words,
            title=(*parts.honorifics, *title) if not title else title,
            noun=role.noun if role else "",
            role=role,
            modifiers=tuple(syntax.word(i) for i in core if i < parts.tokens[0]),
            anchors=tuple(self._anchors(int(shared["head"]), core, parts.tokens[0])),  # type: ignore[call-overload]
            **fields,  # type: ignore[arg-type]
        )

    def _described(
        self, head: int, core: tuple[int, ...], span: Span, shared: dict[str, object], within: frozenset[int]
    ) -> Phrase:
        syntax = self.syntax
        role, role_tokens = self._role(core, head)
        body, body_tokens = self._body(core, head)
        document, document_tokens = self._document(core, head)
        name = self._proper_name(head, core)
        key = name_key(" ".join(name))
        organisation = words_of.organisations().get(key) or words_of.outlets().get(key) or self._short_acronym(key)
        place = None if organisation else words_of.places().get(key)
        if organisation is None and not name and body is None and role is None and document is None:
            organisation = words_of.organisations().get(name_key(syntax.token(head).text))
        named_body = bool(name) and (organisation is not None or place is not None or self._is_organisation(head, name))
        widths = (len(role_tokens), len(body_tokens), len(document_tokens))
        if named_body and not (role and self._is_class_noun(head, organisation)):
            form = Form.BODY
        elif role and widths[0] >= max(widths[1:]):
            form = Form.PERSON
        elif body and widths[1] >= widths[2]:
            form = Form.BODY
        elif document:
            form = Form.DOCUMENT
        elif syntax.token(head).upos == "PROPN":
            form = Form.BODY if not is_personal_name(name) else Form.NAME
        elif _looks_human(syntax.lemma(head)):
            form = Form.PERSON
            role = Role(syntax.lemma(head), None, "post", None)
        else:
            form = Form.OTHER
        noun = {
            Form.PERSON: role.noun if role else "",
            Form.BODY: body.noun if body else "",
            Form.DOCUMENT: syntax.lemma(head),
        }.get(form, "")
        used = frozenset(role_tokens if form is Form.PERSON else body_tokens if form is Form.BODY else document_tokens)
        modifiers = tuple(
            syntax.word(i)
            for i in core
            if i < head and i not in used and syntax.token(i).upos not in ("DET", "PUNCT", "PART", "CCONJ")
        )
        of = self._whole(head)
        return Phrase(
            core=core,
            span=span,
            form=form,
            name=name if form in (Form.BODY, Form.NAME) else (),
            noun=noun or syntax.lemma(head),
            role=role if form is Form.PERSON else None,
            body=body if form is Form.BODY else None,
            organisation=organisation if form is Form.BODY else None,
            place=place if form is Form.BODY else None,
            document=document if form is Form.DOCUMENT else None,
            modifiers=modifiers,
            proper=tuple(
                syntax.word(i)
                for i in core
                if i < head and syntax.token(i).upos == "PROPN" and syntax.token(i).text not in _CALENDAR
            ),
            anchors=self._all_anchors(head, core, within),
            of=of,
            **shared,  # type: ignore[arg-type]
        )

    def _is_class_noun(self, head: int, organisation: Organisation | None) -> bool:
        """A role, though it looks like a proper name: "Republicans", "Lawmakers", "House Oversight Committee Republicans"."""
        token = self.syntax.token(head)
        if token.upos == "NOUN" and not token.text.isupper():
            return True
        return self._plural(head) and organisation is None and token.upos == "PROPN"

    # ------------------------------------------------------------------------------ parts

    def _core(self, head: int, within: frozenset[int] = frozenset()) -> tuple[int, ...]:
        syntax = self.syntax
        gathered = {head}
        for child in syntax.children(head):
            if (
                child < head
                and syntax.has_relation(child, *_FRONT)
                and syntax.child(child, "case") in (None, *self._possessive(child))
            ):
                gathered |= syntax.subtree(child)
            elif child > head and syntax.has_relation(child, "flat", "compound", "fixed"):
                gathered |= {i for i in syntax.subtree(child) if not self._is_clause_part(i, head)}
            elif child == head + 1 and syntax.has_relation(child, "amod", "appos") and not syntax.is_punctuation(child):
                if syntax.token(child).upos == "PROPN" or syntax.word(child) in {
                    "general",
                    "elect",
                    "designate",
                    "emeritus",
                }:
                    gathered |= {i for i in syntax.subtree(child) if syntax.token(i).upos == "PROPN" or i == child}
        gathered |= self._name_run(head)
        before = min(gathered) - 1
        while before in within and (
            syntax.token(before).upos in _MODIFIER_TAGS or self._joins_modifiers(before, sorted(within))
        ):
            gathered.add(before)
            before -= 1
        ordered = sorted(gathered)
        while (
            ordered
            and (syntax.is_punctuation(ordered[0]) or syntax.token(ordered[0]).upos in ("ADP", "CCONJ", "SCONJ"))
            and ordered[0] != head
        ):
            ordered.pop(0)
        return tuple(ordered)

    def _name_run(self, head: int) -> set[int]:
        """The rest of a personal name, whatever the tree makes of it."""
        syntax = self.syntax
        run = {head}
        if syntax.token(head).ner.endswith("PER") or syntax.token(head).text in words_of.honorifics():
            last = syntax.sentence_of(head).last
            at = head + 1
            titled = syntax.token(head).text in words_of.honorifics()
            while at < last and (syntax.token(at).ner == "I-PER" or (titled and syntax.token(at).upos == "PROPN")):
                run.add(at)
                at += 1
            at = head
            while syntax.token(at).ner == "I-PER" and at - 1 >= syntax.sentence_of(head).first:
                at -= 1
                run.add(at)
        return run

    def _possessive(self, index: int) -> tuple[int, ...]:
        """The 's of a possessor, which trees give as its case."""
        return tuple(c for c in self.syntax.children(index, "case") if self.syntax.word(c) in ("'s", "'"))

    def _is_clause_part(self, index: int, head: int) -> bool:
        return any(
            self.syntax.has_relation(a, "acl", "appos", "conj", "parataxis")
            for a in (index, *self.syntax.ancestors(index))
            if a > head
        )

    def _extent(self, head: int, core: tuple[int, ...], within: frozenset[int]) -> tuple[int, ...]:
        syntax = self.syntax
        gathered = set(core)
        for child in syntax.children(head):
            if (
                child > head
                and syntax.has_relation(child, "nmod", "appos", "acl", "amod", "nummod", "obl", "advmod")
                and child not in self.cues
            ):
                gathered |= syntax.subtree(child)
        sentence = syntax.token(head).sentence
        gathered |= {i for i in within if syntax.token(i).sentence == sentence}
        return tuple(sorted(gathered))

    def _tail(self, head: int, core: tuple[int, ...], extent: tuple[int, ...]) -> str:
        after = [self.syntax.word(i) for i in extent if i > max(head, core[-1])]
        return " ".join(after[:40])

    def _counted(self, head: int) -> int | None:
        """The noun that a quantity word counts: "dozens of residents" is about residents."""
        syntax = self.syntax
        if syntax.lemma(head) not in _QUANTITY_NOUNS:
            return None
        for child in syntax.children(head, "nmod"):
            case = syntax.child(child, "case")
            if (
                child > head
                and case is not None
                and syntax.word(case) == "of"
                and (self._plural(child) or syntax.lemma(child) in _MASS_PLURALS)
            ):
                return child
        return None

    def _with_quantity(self, head: int, inner: Phrase) -> Phrase:
        core = tuple(sorted({*self._core(head), *inner.core}))
        determiner = "indefinite" if inner.determiner == "bare" else inner.determiner
        start = min(self.syntax.token(core[0]).span.start, inner.span.start)
        return replace(inner, core=core, span=Span(start, inner.span.end), plural=True, determiner=determiner,
                       quantifier=self.syntax.lemma(head), count=self._count(head) if self.syntax.lemma(head) == "group" else None)  # fmt: skip

    def _whole(self, head: int) -> Phrase | None:
        """For "one of the sources", the sources."""
        syntax = self.syntax
        if syntax.word(head) not in _PART_WORDS and syntax.token(head).upos != "NUM":
            return None
        if syntax.word(head) == "member":
            return None
        for child in syntax.children(head, "nmod", "obl"):
            case = syntax.child(child, "case")
            if child > head and case is not None and syntax.word(case) in ("of", "among"):
                return self.phrase(child)
        return None

    def _plural(self, index: int) -> bool:
        syntax = self.syntax
        token = syntax.token(index)
        if (
            token.upos == "PROPN"
            and words_of.singular(syntax.word(index)) != syntax.word(index)
            and words_of.singular(syntax.word(index)) in words_of.roles()
        ):
            return True
        if syntax.lemma(index) in _MASS_PLURALS or syntax.word(index) in (
            "some",
            "many",
            "several",
            "few",
            "others",
            "both",
            "most",
            "those",
            "all",
        ):
            return True
        if (
            token.upos == "NOUN"
            and token.text.lower() != syntax.lemma(index)
            and words_of.singular(syntax.word(index)) == syntax.lemma(index)
        ):
            return True
        number = syntax.feature(index, "Number")
        return number == "Plur" or (number is None and token.xpos in ("NNS", "NNPS"))

    def _determiner(self, head: int, core: tuple[int, ...]) -> str:
        syntax = self.syntax
        front = [syntax.word(i) for i in core if i <= head]
        own = {syntax.word(i) for i in syntax.children(head) if i < head}
        if own & _FRESH or syntax.word(head) in ("another", "others", "other"):
            return "fresh"
        if any(i < head for i in syntax.children(head, "nmod:poss")):
            return "possessive"
        determiners = {syntax.word(i) for i in syntax.children(head, "det") if i < head} or set(front[:1])
        if determiners & _DEFINITE:
            return "definite"
        if (
            determiners & ({"a", "an", "one", "any", "no", "each", "every"} | _QUANTIFIERS)
            or self._count(head) is not None
        ):
            return "indefinite"
        return "bare"

    def _count(self, head: int) -> str | None:
        syntax = self.syntax
        for child in (*syntax.children(head, "nummod"), *((head,) if syntax.token(head).upos == "NUM" else ())):
            word = syntax.word(child).replace(",", "")
            if child + 1 < len(syntax.tokens) and syntax.token(child + 1).text in ("-", "–"):
                continue
            if word in _NUMBERS:
                return _NUMBERS[word]
            if word.isdigit() and not (len(word) == 4 and word[:2] in ("19", "20")):
                return word
        if syntax.word(head) == "both" or any(syntax.word(c) == "both" for c in syntax.children(head, "det")):
            return "2"
        return None

    # ------------------------------------------------------------------------------ lexicon

    def _window(self, core: tuple[int, ...], head: int, known: Container[str]) -> tuple[str, tuple[int, ...]] | None:
        """The longest run of words around the head that a word list has."""
        syntax = self.syntax
        last = min(head + 3, syntax.sentence_of(head).last - 1)
        first = max(head - 3, min(core))
        best: tuple[str, tuple[int, ...]] | None = None
        for start in range(first, head + 1):
            for end in range(head, last + 1):
                indices = tuple(range(start, end + 1))
                if any(syntax.is_punctuation(i) for i in indices) or (best and len(indices) <= len(best[1])):
                    continue
                printed = [syntax.word(i) for i in indices]
                spellings = [printed]
                for at in {head - start, len(indices) - 1}:
                    spellings.append([*printed[:at], syntax.lemma(indices[at]), *printed[at + 1 :]])
                    spellings.append([*printed[:at], words_of.singular(printed[at]), *printed[at + 1 :]])
                found = next((k for spelled in spellings if (k := normal(_joined(spelled))) in known), None)
                if found is not None:
                    best = (found, indices)
        return best

    def _role(self, core: tuple[int, ...], head: int) -> tuple[Role | None, tuple[int, ...]]:
        found = self._window(core, head, words_of.roles()) if core else None
        if found is None and core and (short := _without_prefix(self.syntax.lemma(head))) in words_of.roles():
            return words_of.roles()[short], (head,)
        return (words_of.roles()[found[0]], found[1]) if found else (None, ())

    def _body(self, core: tuple[int, ...], head: int) -> tuple[Body | None, tuple[int, ...]]:
        found = self._window(core, head, words_of.bodies())
        return (words_of.bodies()[found[0]], found[1]) if found else (None, ())

    def _document(self, core: tuple[int, ...], head: int) -> tuple[str | None, tuple[int, ...]]:
        found = self._window(core, head, words_of.document_nouns())
        return (words_of.document_nouns()[found[0]], found[1]) if found else (None, ())

    def _proper_name(self, head: int, core: tuple[int, ...]) -> tuple[str, ...]:
        """The proper name the head belongs to: its entity where the parser found one, else the capitals around it."""
        syntax = self.syntax
        run = self._entity_run(head)
        if run and syntax.token(head).ner.endswith("PER"):
            run = ()
        if not run and syntax.token(head).upos == "PROPN":
            run = self._capital_run(head, core)
        text = syntax.token(head).text
        if not run and (name_key(text) in words_of.organisations() and text[:1].isupper() or _is_acronym(text)):
            run = (head,)
        texts = [syntax.token(i).text for i in run]
        while texts and texts[-1] in ("'s", "’s", "'", "’"):
            texts.pop()
        while texts and texts[0].lower() == "the":
            texts.pop(0)
        return tuple(texts)

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

        def proper(i: int) -> bool:
            token = syntax.token(i)
            return token.upos in ("PROPN", "ADJ", "NOUN", "NUM") and (
                token.text[:1].isupper() or token.text in ("of", "&")
            )

        while start - 1 >= core[0] and proper(start - 1):
            start -= 1
        while end + 1 <= core[-1] and (
            proper(end + 1) or syntax.token(end + 1).text in ("of", "for", "and", "the", "&")
        ):
            end += 1
        while end > head and not syntax.token(end).text[:1].isupper():
            end -= 1
        return tuple(range(start, end + 1))

    def _is_organisation(self, head: int, name: tuple[str, ...]) -> bool:
        tag = self.syntax.token(head).ner
        if tag.endswith(("ORG", "LOC")) or (len(name) == 1 and _is_acronym(name[0])):
            return True
        return self.syntax.token(head).upos == "PROPN" and not is_personal_name(name) and not self.entities_known

    def _short_acronym(self, key: str) -> Organisation | None:
        undotted = key.replace(".", "")
        if undotted != key and undotted.isupper():
            return words_of.organisations().get(undotted) or words_of.outlets().get(undotted)
        return None

    # ------------------------------------------------------------------------------ anchors

    def _governs(self, head: int, core: tuple[int, ...], marker: int) -> bool:
        """Whether a preposition belongs to the noun itself: not in "familiar with the Treasury's plans"."""
        before = marker - 1
        return (
            before <= max(head, core[-1])
            or self.syntax.token(before).upos not in ("ADJ", "VERB")
            or self.syntax.word(before) == "close"
        )

    def _all_anchors(self, head: int, core: tuple[int, ...], within: frozenset[int]) -> tuple[Anchor, ...]:
        found = list(self._anchors(head, core, head))
        adjacent = self._adjacent_anchor(core[-1], within)
        if adjacent is not None and all(a.head != adjacent.head and a.relation != adjacent.relation for a in found):
            found.append(adjacent)
        return tuple(found)

    def _anchors(self, head: int, core: tuple[int, ...], before: int) -> Iterator[Anchor]:
        syntax = self.syntax
        for owner in syntax.children(head, "nmod:poss"):
            yield self._anchor("poss", owner)
        owned = frozenset().union(*(syntax.subtree(o) for o in syntax.children(head, "nmod:poss")), frozenset())
        front = [
            i
            for i in core
            if i < before and i not in owned and not syntax.is_punctuation(i) and syntax.token(i).upos != "DET"
        ]
        yield from self._front_anchors(front, head)
        pending = [
            c
            for c in syntax.children(head, "nmod", "obl", "acl")
            if c > head and not syntax.has_relation(c, "nmod:poss")
        ]
        for child in pending:
            case = syntax.child(child, "case")
            if case is not None and self._governs(head, core, case):
                yield self._anchor(syntax.word(case), child)
            elif syntax.has_relation(child, "acl") and child not in self.cues and syntax.lemma(child) in _WORKING:
                for place in syntax.children(child, "obl", "obj", "nmod"):
                    yield self._anchor("at", place)
                    yield from (self._anchor("at", below) for below in syntax.children(place, "nmod"))

    def _adjacent_anchor(self, last: int, within: frozenset[int]) -> Anchor | None:
        """The prepositional phrase right after the noun, where the tree hangs it elsewhere: "a source within the army"."""
        syntax = self.syntax
        marker = last + 1
        if marker not in within or syntax.token(marker).upos not in ("ADP", "SCONJ") or marker + 1 not in within:
            return None
        run = self._first_run(sorted(i for i in within if i > marker), marker + 1)
        nouns = [i for i in run if syntax.token(i).upos in ("NOUN", "PROPN")]
        free = [i for i in nouns if syntax.head(i) not in run]
        head = free[0] if len(free) == 1 else nouns[-1] if nouns else None
        return None if head is None else self._anchor(syntax.word(marker), head)

    def _front_anchors(self, front: list[int], head: int) -> Iterator[Anchor]:
        """Bodies and people among the modifiers: "two former Boeing engineers", "interior ministry official"."""
        syntax = self.syntax
        at = 0
        while at < len(front):
            taken = self._front_anchor(front, at, head)
            if taken is None:
                at += 1
            else:
                anchor, length = taken
                yield anchor
                at += length

    def _front_anchor(self, front: list[int], at: int, head: int) -> tuple[Anchor, int] | None:
        syntax = self.syntax
        for length in range(min(6, len(front) - at), 0, -1):
            run = front[at : at + length]
            if run[-1] - run[0] != length - 1:
                continue
            texts = [syntax.token(i).text for i in run]
            key = name_key(_joined(texts))
            organisation = words_of.organisations().get(key) or words_of.outlets().get(key) or self._short_acronym(key)
            if self._only_places(texts):
                continue
            tags = {syntax.token(i).ner[2:] for i in run}
            last, definite = run[-1], True
            if organisation and not (length == 1 and texts[0].islower()):
                return Anchor("pre", last, _joined(texts), Form.BODY, organisation.type, True, definite, ""), length
            if (
                tags == {"ORG"}
                and syntax.token(run[0]).ner.startswith("B")
                and (at + length == len(front) or not syntax.token(front[at + length]).ner.startswith("I"))
            ):
                body, _ = self._body(tuple(run), last)
                return Anchor(
                    "pre",
                    last,
                    _joined(texts),
                    Form.BODY,
                    body.type if body else None,
                    True,
                    definite,
                    body.noun if body else "",
                ), length
            if tags == {"PER"} and all(t[:1].isupper() for t in texts):
                return Anchor("pre", last, _joined(texts), Form.NAME, None, True, definite, ""), length
            phrase = normal(_joined([t.lower() for t in texts]))
            body = words_of.bodies().get(phrase)
            if body is not None and body.names_itself != "class":
                capital = texts[0][:1].isupper() and length > 1 and any(t[:1].isupper() for t in texts[1:])
                return Anchor("pre", last, _joined(texts), Form.BODY, body.type, capital, False, body.noun), length
            if length > 1 and all(t[:1].isupper() for t in texts) and syntax.token(last).upos == "PROPN":
                last_body = words_of.bodies().get(texts[-1].lower())
                if last_body is not None:
                    return Anchor(
                        "pre", last, _joined(texts), Form.BODY, last_body.type, True, definite, last_body.noun
                    ), length
            if (
                length == 1
                and syntax.token(last).upos == "PROPN"
                and texts[0][:1].isupper()
                and self._is_free_name(last, head)
            ):
                return Anchor("pre", last, texts[0], Form.BODY, None, True, definite, ""), length
        return None

    def _only_places(self, texts: list[str]) -> bool:
        """A place, nationality, party or sector bounds a class; it is no body that answers for its members."""
        joined = _joined(texts)
        if joined in words_of.places() or joined in words_of.place_adjectives():
            return True
        return len(texts) == 1 and (
            texts[0].lower() in words_of.sectors()
            and texts[0].lower() not in words_of.bodies()
            and not texts[0].isupper()
        )

    def _is_free_name(self, index: int, head: int) -> bool:
        """A proper name as modifier that is no place, nationality, party or title: "Boeing engineers"."""
        text = self.syntax.token(index).text
        tag = self.syntax.token(index).ner
        if (
            tag.endswith("LOC")
            or text in words_of.places()
            or text in words_of.place_adjectives()
            or text in words_of.honorifics()
        ):
            return False
        lower = normal(text)
        if lower in words_of.sectors() or lower in words_of.roles() or lower in words_of.bodies():
            return False
        opens = index == self.syntax.sentence_of(index).first
        return tag.endswith(("ORG", "PER")) or (not self.entities_known and index != head and not opens)

    def _anchor(self, relation: str, head: int) -> Anchor:
        phrase = self.phrase(head)
        syntax = self.syntax
        kind: SourceType | None = None
        if phrase.organisation:
            kind = phrase.organisation.type
        elif phrase.body:
            kind = phrase.body.type
        elif phrase.role:
            kind = phrase.role.type
        elif phrase.place:
            kind = SourceType.GOVERNMENT if relation == "poss" else None
        named = bool(phrase.name) and phrase.place is None
        text = " ".join(
            syntax.article.text[
                syntax.token(phrase.core[0]).span.start : syntax.token(phrase.core[-1]).span.end
            ].split()
        )
        definite = phrase.determiner in ("definite", "possessive") or named
        return Anchor(relation, head, text, phrase.form, kind, named, definite, phrase.noun, phrase.role)


_MODIFIER_TAGS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM"})
_WORKING = frozenset({"work", "serve", "employ", "base", "post", "station", "assign", "deploy", "head", "lead", "run", "chair", "direct",
                      "study", "teach", "research", "manage", "own", "found", "represent", "edit", "host", "lecture", "oversee"})  # fmt: skip
_PLURAL_PRONOUNS = frozenset({"they", "them", "their", "theirs", "we", "us", "our", "ours", "themselves", "ourselves"})


def _pronoun_nouns() -> frozenset[str]:
    return frozenset({"someone", "somebody", "anyone", "anybody", "everyone", "everybody", "nobody", "no", "none", "others", "other",
                      "another", "one", "those", "some", "many", "most", "several", "both", "all"})  # fmt: skip


def _is_acronym(text: str) -> bool:
    return (
        len(text) > 1
        and text.lower() not in words_of.roles()
        and text.replace(".", "").isupper()
        and text.replace(".", "").isalpha()
    )


def _joined(texts: list[str]) -> str:
    """Words as printed: no space before 's, none around a hyphen."""
    out = ""
    for text in texts:
        if (
            out
            and not out.endswith(("-", "/"))
            and not text.startswith(("'s", "’s", "-", "/"))
            and text not in ("'", "’", ".", ",")
        ):
            out += " "
        out += text
    return out


def _without_prefix(lemma: str) -> str:
    """ "ex-minister" is a minister, "vice-chancellor" a chancellor."""
    for prefix in ("ex-", "vice-", "co-", "ex", "then-"):
        if lemma.startswith(prefix) and len(lemma) > len(prefix) + 4:
            return lemma.removeprefix(prefix)
    return lemma


def _looks_human(lemma: str) -> bool:
    """Whether a noun that no list has is one for a person, by its ending."""
    return (
        len(lemma) > 4
        and lemma.isalpha()
        and lemma.endswith(("man", "woman", "ist", "ian", "er", "or", "person", "ee"))
    )
