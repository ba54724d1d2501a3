"""The level of an entity, over all that the article calls it (standards §3.2)."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.records import Level
from attribution.sources import names
from attribution.sources import vocabulary as words_of
from attribution.sources.anonymity import is_first_name_only, level_of
from attribution.sources.entities import Entity
from attribution.sources.mentions import Form, Phrase
from attribution.sources.resolve import Resolver


class Grader:
    """Grades resolved entities; remembers levels, which depend on one another."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self._levels: dict[Entity, Level] = {}

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
            levels = [Level.A5 if self.is_generic(entity) else Level.A4]
        return min(levels, default=Level.A5)

    def is_generic(self, entity: Entity) -> bool:
        return any(p.noun in ("you", "we", "us", "our", "one", "who") for p in entity.phrases)

    def phrase_level(self, entity: Entity, phrase: Phrase) -> Level:
        """The level of one phrase where it stands."""
        level = level_of(phrase, self.resolver.identity.identified)
        if phrase.form is Form.NAME:
            return Level.A2 if self._is_partial_name(entity) else Level.A0
        if level is Level.A4 and self._is_of_principal(entity, phrase):
            return Level.A1 if phrase.form is Form.BODY else Level.A3
        if entity.issuer is not None and phrase.role is not None and phrase.role.kind == "voice":
            return min(level, Level.A1)
        return level

    def _is_of_principal(self, entity: Entity, phrase: Phrase) -> bool:
        here = next((m for m in entity.mentions if m.phrase is phrase), None)
        return here is not None and self.resolver.identity.is_of_principal(here)

    def _is_partial_name(self, entity: Entity) -> bool:
        called = [p for p in entity.phrases if p.form is Form.NAME]
        if any(words in p.tail for p in called for words in words_of.pseudonym_wordings()) or self._said_pseudonym(
            called
        ):
            return True
        if all(names.is_initials(p.name) for p in called):
            return True
        return is_first_name_only(list(entity.phrases))

    def _said_pseudonym(self, called: list[Phrase]) -> bool:
        """Whether the sentence, or the one after, says that the name is not the real one."""
        parse, text = self.resolver.reading.parse, self.resolver.article.prose
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
