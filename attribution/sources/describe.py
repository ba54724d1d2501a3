"""From an entity to a ``Source``: its type, level and the fields that tables show."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.records import Level, Source, SourceMention, SourceType, Span
from attribution.sources import names
from attribution.sources import vocabulary as words_of
from attribution.sources.anaphora import STATEMENTS
from attribution.sources.anonymity import has_age, level_of
from attribution.sources.entities import Entity, Mention
from attribution.sources.grants import Anonymity
from attribution.sources.kinds import basis_of, principal, types_of
from attribution.sources.mentions import Anchor, Form, Phrase
from attribution.sources.resolve import Resolver

_NO_FUNCTION = frozenset({"DET", "NUM", "PRON", "ADV", "ADP", "PUNCT", "PART"})
_CLASSES = frozenset({"masses", "partisan"})


class Describer:
    """Reads fields off resolved entities; remembers types and levels, which depend on one another."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self._levels: dict[Entity, Level] = {}
        self._types: dict[Entity, tuple[SourceType, ...]] = {}
        self._campaigners = self._find_campaigners()

    # ------------------------------------------------------------------------------ level

    def level(self, entity: Entity) -> Level:
        """The best of its mentions' levels; of candidates that it may be, the worst (standards §3.2)."""
        if entity not in self._levels:
            self._levels[entity] = Level.A4  # a whole that refers back to its part ends here
            self._levels[entity] = self._level(entity)
        return self._levels[entity]

    def _level(self, entity: Entity) -> Level:
        if entity.author:
            return Level.A5 if entity.own_voice else Level.A1
        if entity.equated:
            return Level.A0
        if entity.members:
            return min(self.level(m) for m in entity.members)
        levels = [self.phrase_level(entity, p) for p in entity.phrases if p.form is not Form.PRONOUN]
        if entity.whole is not None:
            levels.append(self.level(entity.whole))
        if entity.candidates and all(level >= Level.A4 for level in levels):
            levels = [max(self.level(c) for c in entity.candidates if c is not entity)]
        if entity.form is Form.PRONOUN:
            levels = [Level.A5 if self._is_generic(entity) else Level.A4]
        return min(levels, default=Level.A5)

    def _is_generic(self, entity: Entity) -> bool:
        return any(p.noun in ("you", "we", "us", "our", "one", "who") for p in entity.phrases)

    def phrase_level(self, entity: Entity, phrase: Phrase) -> Level:
        """The level of one phrase where it stands."""
        level = level_of(phrase, self.resolver.identified)
        if phrase.form is Form.NAME:
            return Level.A2 if self._is_partial_name(entity) else Level.A0
        if entity.issuer is not None and phrase.role is not None and phrase.role.kind == "voice":
            return min(level, Level.A1)
        return level

    def _is_partial_name(self, entity: Entity) -> bool:
        called = [p for p in entity.phrases if p.form is Form.NAME]
        if any(words in p.tail for p in called for words in words_of.pseudonym_wordings()) or self._said_pseudonym(
            called
        ):
            return True
        if all(names.is_initials(p.name) for p in called):
            return True
        if any(len(p.name) > 1 or p.title for p in called):
            return False
        return all(p.name[0] in words_of.given_names() and p.name[0] not in words_of.public_figures() for p in called)

    def _said_pseudonym(self, called: list[Phrase]) -> bool:
        """Whether the sentence, or the one after, says that the name is not the real one."""
        parse, text = self.resolver.reading.parse, self.resolver.article.text
        for phrase in called[:2]:
            sentence = self.resolver.syntax.token(phrase.head).sentence
            span = parse.sentences[sentence].span
            words = " ".join(text[span.start : span.end].lower().replace("’", "'").split())
            if (
                any(p in words for p in words_of.pseudonym_wordings())
                and sum(p.form is Form.NAME for p in self._phrases_of(sentence)) <= 2
            ):
                return True
        return False

    def _phrases_of(self, sentence: int) -> Iterator[Phrase]:
        return (p for h, p in self.resolver.phrases.items() if self.resolver.syntax.token(h).sentence == sentence)

    # ------------------------------------------------------------------------------ type

    def types(self, entity: Entity) -> tuple[SourceType, ...]:
        """All types, primary first; ``(UNKNOWN,)`` where the article gives none."""
        if entity not in self._types:
            self._types[entity] = (SourceType.UNKNOWN,)  # a principal that refers back ends here
            self._types[entity] = self._find_types(entity) or (SourceType.UNKNOWN,)
        return self._types[entity]

    def _find_types(self, entity: Entity) -> tuple[SourceType, ...]:
        if entity.author:
            return (SourceType.OBSERVATION,)
        if entity.members:
            found = [t for m in entity.members for t in self.types(m)]
            return tuple(dict.fromkeys(t for t in found if t is not SourceType.UNKNOWN))
        if entity.named and self._campaigns(entity) and self._figure(entity) != (SourceType.GOVERNMENT,):
            return (SourceType.POLITICAL,)
        if said := self._said_types(entity):
            return said
        if entity.named and entity.form in (Form.NAME, Form.PERSON) and (figure := self._figure(entity)):
            return figure
        if any(p.form is Form.NAME and (has_age(p) or _of_a_place(p)) for p in entity.phrases):
            return (
                SourceType.CITIZEN,
            )  # "Debby James, 52, of Akron": an age or a home and no role is a private person
        if entity.whole is not None:
            return self.types(entity.whole)
        if entity.issuer is not None:
            return self.types(entity.issuer)
        shared = {self.types(c)[0] for c in entity.candidates}
        return (shared.pop(),) if len(shared) == 1 else ()

    def _said_types(self, entity: Entity) -> tuple[SourceType, ...]:
        """From what the article calls it: what it is now before what it was; the principal's type for a relation."""
        phrases = [p for p in entity.phrases if p.form is not Form.PRONOUN and p.noun not in STATEMENTS]
        current = [p for p in phrases if not p.is_former]
        for group in (current, phrases):
            for phrase in group:
                if types := self._inherited(entity, phrase) or types_of(phrase):
                    return types
        return (SourceType.POLITICAL,) if any(_party_tag(p) for p in phrases) else ()

    def _figure(self, entity: Entity) -> tuple[SourceType, ...]:
        for name in sorted(entity.names, key=len, reverse=True):
            figure = words_of.figure(" ".join(name))
            if figure:
                return (figure[0],)
        return ()

    def _relation(self, entity: Entity) -> str | None:
        return next((p.role.kind for p in entity.phrases if p.role is not None), None)

    def _inherited(self, entity: Entity, phrase: Phrase) -> tuple[SourceType, ...]:
        """The principal's type, for those who speak as somebody's: aides, associates, voices (ruling 12)."""
        whose = self._principal(entity, phrase)
        if whose is None or whose is entity:
            return ()
        types = self.types(whose)
        if phrase.role is not None and phrase.role.kind == "kin" and types != (SourceType.POLITICAL,):
            return ()  # a relative is a private person, unless a candidate's (ruling 18)
        return () if types == (SourceType.UNKNOWN,) else types

    def _principal(self, entity: Entity, phrase: Phrase) -> Entity | None:
        anchor = principal(phrase)
        if anchor is not None:
            if (found := self.resolver.by_head.get(anchor.head)) is not None:
                return found
            if anchor.named:
                return self._bearer(anchor)
            return None
        if phrase.role is not None and phrase.role.kind in ("close", "aide") and not phrase.says_for_whom:
            return self._unstated_principal(entity)
        return None

    def _bearer(self, anchor: Anchor) -> Entity | None:
        """Who in the article bears the name in front of a noun: "Clinton" of "Clinton aides"."""
        name = tuple(anchor.text.removesuffix("'s").removesuffix("’s").split())
        if anchor.form is Form.BODY:
            matching = [e for e in self.resolver.discourse.entities if any(_is_body_name(p, name) for p in e.phrases)]
        else:
            matching = [e for e in self.resolver.discourse.entities if any(_is_name(p, name) for p in e.phrases)]
        return max(matching, key=lambda e: len(e.mentions), default=None)

    def _unstated_principal(self, entity: Entity) -> Entity | None:
        """ "A close associate" of nobody: of the one the paragraph is about, if it is about one."""
        first = entity.mentions[0]
        others = (e for e in self.resolver.discourse.entities if e is not entity and e.form in (Form.NAME, Form.PERSON))
        people = [e for e in others if e.mentions and not e.plural and not e.spoke]
        for reach in (0, 1):
            near = [
                e
                for e in people
                if any(
                    m.paragraph == first.paragraph - reach and (m.at < first.at or m.sentence == first.sentence)
                    for m in e.mentions
                )
            ]
            named = [e for e in near if e.named]
            if len(named) == 1:
                return named[0]
            if named:
                return None
            if len(near) == 1:
                return near[0]
        return None

    def inherits(self, entity: Entity) -> bool:
        """Whether the type is the principal's."""
        if self._relation(entity) not in ("aide", "close", "source"):
            return False
        return any(self._inherited(entity, p) == self.types(entity) for p in entity.phrases if p.role is not None)

    # ------------------------------------------------------------------------------ candidates

    def _find_campaigners(self) -> frozenset[str]:
        """Surnames that the article gives a campaign: "the Clinton campaign", "Reed's campaign"."""
        found = set()
        for phrase in self.resolver.phrases.values():
            if phrase.noun in ("campaign", "presidential campaign") or "campaign" in phrase.modifiers:
                for anchor in phrase.anchors:
                    if anchor.relation in ("pre", "poss") and anchor.named:
                        found.add(anchor.text.removesuffix("'s").removesuffix("’s").split()[-1])
        return frozenset(found)

    def _campaigns(self, entity: Entity) -> bool:
        return entity.form is Form.NAME and any(name[-1] in self._campaigners for name in entity.names)

    # ------------------------------------------------------------------------------ the record

    def source(self, entity: Entity, number: int, anonymity: Anonymity) -> Source:
        """The finished record of one entity."""
        types = self.types(entity)
        level = self.level(entity)
        count, collective = self._count(entity)
        first = self._lead(entity)
        institutional = (
            level is Level.A3
            and collective
            and first is not None
            and first.noun == "official"
            and not anonymity.granted
        )
        return Source(
            id=f"s{number}",
            name=self._name(entity),
            type=types[0],
            types=types,
            level=level,
            mentions=self._mentions(entity),
            granted=anonymity.granted,
            reason=anonymity.reason,
            collective=collective,
            count=count,
            organisation=self._organisation(entity),
            role=self._role(entity),
            proximity=self._proximity(entity),
            inherited=self.inherits(entity),
            institutional=institutional,
            confidence=self._confidence(entity),
        )

    def _mentions(self, entity: Entity) -> tuple[SourceMention, ...]:
        seen: dict[Span, SourceMention] = {}
        for mention in entity.mentions:
            if self._counts(mention):
                pronoun = mention.phrase.form is Form.PRONOUN
                level = self.level(entity) if pronoun or entity.members else self.phrase_level(entity, mention.phrase)
                seen.setdefault(mention.phrase.span, SourceMention(mention.phrase.span, level))
        said = [m.phrase.span for m in entity.mentions if m.attribution is not None]
        inner = {s for s in seen if s not in said and any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in said)}
        return tuple(sorted((m for s, m in seen.items() if s not in inner), key=lambda m: m.span))

    def _counts(self, mention: Mention) -> bool:
        """Every source mention; of others, those that describe (a passing "him" adds nothing to a table)."""
        return mention.attribution is not None or mention.phrase.form is not Form.PRONOUN

    def _lead(self, entity: Entity) -> Phrase | None:
        return next((p for p in entity.phrases if p.form is not Form.PRONOUN), None)

    def _name(self, entity: Entity) -> str:
        if entity.author:
            return next(iter(sorted(self.resolver.own_outlets)), "the outlet itself")
        if entity.members:
            return " and ".join(self._name(m) for m in entity.members)
        called = [p for p in entity.phrases if p.form is Form.NAME] or [
            p for p in entity.phrases if p.form is Form.BODY and p.name and not _is_noun(p)
        ]
        if called:
            return _spell(max(called, key=lambda p: len(p.name)).name)
        spoken = [m.phrase for m in entity.mentions if m.phrase.form is not Form.PRONOUN]
        lead = spoken[0] if spoken else next(entity.phrases)
        best = min(spoken, key=lambda p: self.phrase_level(entity, p), default=lead)
        chosen = best if self.phrase_level(entity, best) < self.phrase_level(entity, lead) else lead
        return self._printed(chosen)

    def _printed(self, phrase: Phrase) -> str:
        words = " ".join(self.resolver.article.text[phrase.span.start : phrase.span.end].split())
        return words if len(words) <= 120 else words[:119].rsplit(" ", 1)[0] + " …"

    def _count(self, entity: Entity) -> tuple[str, bool]:
        """(count, collective) of ruling 13."""
        if entity.members:
            counts = [self._count(m) for m in entity.members]
            alone = all(c == "1" and not group for c, group in counts)
            return (str(len(counts)) if alone else ">=2"), True
        lead = self._lead(entity)
        if lead is None:
            plural = any(p.plural for p in entity.phrases)
            generic = self._is_generic(entity)
            return ("?" if generic else ">=2" if plural else "1"), plural or generic
        if not entity.plural:
            generic = (
                lead.role is not None
                and lead.role.kind == "masses"
                and lead.noun not in ("someone", "somebody", "one", "another")
            )
            return ("?", True) if generic else ("1", False)
        if (
            lead.form is Form.BODY
            and lead.body is not None
            and lead.body.names_itself != "class"
            and lead.noun in ("police", "armed forces")
        ):
            return "1", False
        stated = next((p.count for p in entity.phrases if p.count and p.plural), None)
        if stated:
            return stated, True
        bare = (
            lead.role is not None
            and lead.role.kind in _CLASSES
            and lead.determiner in ("bare", "definite")
            and not (lead.quantifier or lead.tail)
        )
        most = lead.quantifier in (
            "most",
            "all",
            "percent",
            "half",
            "majority",
            "percentage",
            "share",
            "third",
            "two-thirds",
            "quarter",
            "no",
        )
        return ("?" if (bare and not lead.modifiers) or most else ">=2"), True

    def _organisation(self, entity: Entity) -> str | None:
        """The body it speaks for, as the text names it."""
        if entity.form is Form.BODY:
            vague = any(p.body is not None and p.body.names_itself == "class" for p in entity.phrases)
            return None if vague else self._name(entity)
        for phrase in entity.phrases:
            for anchor in phrase.anchors:
                if anchor.form is Form.BODY and self._is_organisation(anchor):
                    found = self.resolver.by_head.get(anchor.head)
                    return (
                        self._name(found)
                        if found is not None and found.named and not anchor.named
                        else _plain(anchor.text)
                    )
        if entity.issuer is not None:
            return self._name(entity.issuer)
        if entity.whole is not None:
            return self._organisation(entity.whole)
        return None

    def _is_organisation(self, anchor: Anchor) -> bool:
        if anchor.named:
            return True
        body = words_of.bodies().get(anchor.noun)
        if body is None or body.names_itself == "class":
            return False
        return anchor.relation != "pre" or self.resolver.identified(anchor) or anchor.noun not in words_of.sectors()

    def _role(self, entity: Entity) -> str | None:
        """Title or function, as the text gives it."""
        for phrase in entity.phrases:
            if phrase.form is Form.NAME and phrase.role is not None and phrase.title:
                return " ".join(phrase.title)
        for phrase in entity.phrases:
            if (
                phrase.form is Form.PERSON
                and phrase.role is not None
                and phrase.role.kind not in ("source", "masses", "stance")
            ):
                return self._function(phrase)
        return None

    def _function(self, phrase: Phrase) -> str:
        """The noun with what stands before it, articles, numbers and possessors left out."""
        syntax = self.resolver.syntax
        owned = frozenset().union(
            *(syntax.subtree(a.head) for a in phrase.anchors if a.relation == "poss"), frozenset()
        )
        kept = [i for i in phrase.core if i not in owned and syntax.token(i).upos not in _NO_FUNCTION]
        counting = words_of.counting("quantifier")
        while kept and (syntax.word(kept[0]) in counting or syntax.word(kept[0]) in words_of.determiners("fresh")):
            kept.pop(0)
        if not kept:
            return phrase.noun
        text = self.resolver.article.text[syntax.token(kept[0]).span.start : syntax.token(kept[-1]).span.end]
        return " ".join(text.split())

    def _proximity(self, entity: Entity) -> str:
        if entity.author and not entity.own_voice:
            return "direct"
        for phrase in entity.phrases:
            basis = basis_of(phrase)
            if basis == "presence" or (phrase.role is not None and phrase.role.kind == "witness"):
                return "direct"
            if basis == "second-hand" or (
                phrase.role is not None and phrase.role.kind == "kin" and phrase.form is Form.PERSON
            ):
                return "second-hand"
        return "unknown"

    def _confidence(self, entity: Entity) -> float:
        said = [m.confidence for m in entity.mentions if m.attribution is not None]
        certainty = sum(said) / len(said) if said else 1.0
        return round(certainty * (0.8 if self.types(entity) == (SourceType.UNKNOWN,) else 1.0), 3)


def _of_a_place(phrase: Phrase) -> bool:
    return any(a.relation in ("of", "from") and a.form is Form.BODY and not a.named for a in phrase.anchors)


def _is_name(phrase: Phrase, name: tuple[str, ...]) -> bool:
    return phrase.form is Form.NAME and names.same_person(phrase.name, name)


def _is_body_name(phrase: Phrase, name: tuple[str, ...]) -> bool:
    return phrase.form is Form.BODY and phrase.name == name


def _plain(text: str) -> str:
    text = text.removesuffix("'s").removesuffix("’s").strip()
    for article in ("the ", "The ", "a ", "A "):
        text = text.removeprefix(article)
    return text


def _is_noun(phrase: Phrase) -> bool:
    return phrase.body is not None and len(phrase.name) == 1 and phrase.name[0].lower() == phrase.body.noun


def _spell(name: tuple[str, ...]) -> str:
    return " ".join(name).replace(" - ", "-").replace(" 's", "'s").replace(" ’s", "’s")


def _party_tag(phrase: Phrase) -> bool:
    """The "(D-Nev.)" after a politician's name."""
    return any(
        f"{mark} {party}" in phrase.tail or f"{mark}{party}-" in phrase.tail
        for mark in "(,"
        for party in ("r", "d", "d-", "r-", "con", "lab")
    )
