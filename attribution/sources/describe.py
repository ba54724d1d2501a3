"""From an entity to a ``Source``: the fields that tables show."""

from __future__ import annotations

from attribution.records import Level, Source, SourceMention, Span
from attribution.sources import vocabulary as words_of
from attribution.sources.affiliation import Affiliations
from attribution.sources.confidence import confidence_of, signals
from attribution.sources.entities import Entity, Mention
from attribution.sources.grading import Grader
from attribution.sources.grants import Anonymity
from attribution.sources.kinds import basis_of
from attribution.sources.mentions import Anchor, Form, Phrase
from attribution.sources.resolve import Resolver

_NO_FUNCTION = frozenset({"DET", "NUM", "PRON", "ADV", "ADP", "PUNCT", "PART"})
_CLASSES = frozenset({"masses", "partisan"})


class Describer:
    """Reads the fields of a record off resolved entities."""

    def __init__(self, resolver: Resolver, grader: Grader) -> None:
        self.resolver = resolver
        self.grader = grader
        self.affiliations = Affiliations(resolver)

    def source(self, entity: Entity, number: int, anonymity: Anonymity) -> Source:
        """The finished record of one entity."""
        types = self.affiliations.types(entity)
        level = self.grader.level(entity)
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
            inherited=self.affiliations.inherits(entity),
            institutional=institutional,
            confidence=confidence_of(self.signals(entity)),
        )

    def _mentions(self, entity: Entity) -> tuple[SourceMention, ...]:
        seen: dict[Span, SourceMention] = {}
        for mention in entity.mentions:
            if self._counts(mention):
                pronoun = mention.phrase.form is Form.PRONOUN
                level = (
                    self.grader.level(entity)
                    if pronoun or entity.members
                    else self.grader.phrase_level(entity, mention.phrase)
                )
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
            return next(iter(sorted(self.resolver.own_voice.names)), "the outlet itself")
        if entity.members:
            return " and ".join(self._name(m) for m in entity.members)
        called = [p for p in entity.phrases if p.form is Form.NAME] or [
            p for p in entity.phrases if p.form is Form.BODY and p.name and not _is_noun(p)
        ]
        if called:
            return _spell(max(called, key=lambda p: len(p.name)).name)
        spoken = [m.phrase for m in entity.mentions if m.phrase.form is not Form.PRONOUN]
        lead = spoken[0] if spoken else next(entity.phrases)
        best = min(spoken, key=lambda p: self.grader.phrase_level(entity, p), default=lead)
        chosen = best if self.grader.phrase_level(entity, best) < self.grader.phrase_level(entity, lead) else lead
        return self._printed(chosen)

    def _printed(self, phrase: Phrase) -> str:
        words = " ".join(self.resolver.article.prose[phrase.span.start : phrase.span.end].split())
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
            generic = self.grader.is_generic(entity)
            return ("?" if generic else ">=2" if plural else "1"), plural or generic
        if not entity.plural:
            generic = (
                lead.role is not None
                and lead.role.kind == "masses"
                and lead.noun not in ("someone", "somebody", "one", "another")
                and entity.whole is None
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
        return (
            anchor.relation != "pre"
            or self.resolver.identity.identified(anchor)
            or anchor.noun not in words_of.sectors()
        )

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
        text = self.resolver.article.prose[syntax.token(kept[0]).span.start : syntax.token(kept[-1]).span.end]
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

    def signals(self, entity: Entity) -> tuple[float, ...]:
        """What speaks for and against the entity and its level (``confidence``)."""
        return signals(entity, self.grader.level(entity), self.affiliations.types(entity))


def _plain(text: str) -> str:
    text = text.removesuffix("'s").removesuffix("’s").strip()
    for article in ("the ", "The ", "a ", "A "):
        text = text.removeprefix(article)
    return text


def _is_noun(phrase: Phrase) -> bool:
    return phrase.body is not None and len(phrase.name) == 1 and phrase.name[0].lower() == phrase.body.noun


def _spell(name: tuple[str, ...]) -> str:
    return " ".join(name).replace(" - ", "-").replace(" 's", "'s").replace(" ’s", "’s")
