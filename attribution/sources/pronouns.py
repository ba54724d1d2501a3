"""Whom he, she, they and it take up; None where the text does not decide (standards §3.2)."""

from __future__ import annotations

from collections.abc import Sequence

from attribution.sources.anaphora import Discourse, Link, is_statement
from attribution.sources.entities import PRONOUN_GENDER, Entity, Mention
from attribution.sources.mentions import Form, Phrase

_HUMAN = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_THING = frozenset({"it", "its", "itself"})
_NO_ONE_PERSON = frozenset(
    {"none", "nobody", "no one", "anyone", "anybody", "everyone", "everybody", "family", "couple", "team", "crowd"}
)
"""Singular nouns that "he" and "she" do not take up."""
_MARGIN = 0.6
_TURN = 0.7


class Pronouns:
    """Reads pronouns in the light of the entities met so far."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse

    def antecedent(
        self, phrase: Phrase, here: Mention, *, speaking: bool, absent: frozenset[int] = frozenset()
    ) -> Link:
        """The antecedent of he, she, they, it.

        Args:
            speaking: the pronoun is the source of an attribution.
            absent: phrases that it does not stand for, nor do others of the same entity.
        """
        fitting = [e for e in self.discourse.entities if e.mentions and self._fits(phrase, e)]
        fitting = [e for e in fitting if not any(m.at in absent and self._tells(m) for m in e.mentions)]
        if speaking and (subject := self._subject_before(fitting, phrase, here)) is not None:
            fitting = [e for e in fitting if any(m.paragraph == here.paragraph and m.at < here.at for m in e.mentions)]
            fitting = fitting if subject in fitting else [subject, *fitting]
        turn = self._turn(fitting, phrase, here) if speaking else None
        scored = [(self.salience(e, phrase, here, speaking), e) for e in fitting]
        scored = [(s + (_TURN if e is turn else 0.0), e) for s, e in scored if s > 0]
        scored.sort(key=lambda pair: -pair[0])
        if not scored:
            return Link()
        best, entity = scored[0]
        rivals = [e for s, e in scored[1:] if best - s < _MARGIN and e is not entity]
        if rivals:
            return Link(candidates=(entity, *rivals))
        return Link(entity, 0.9 if len(scored) == 1 else 0.8)

    def _subject_before(self, fitting: Sequence[Entity], phrase: Phrase, here: Mention) -> Entity | None:
        """Whom the sentence before, in the same paragraph, is about, if a word tells that it is a he or a she.

        "The widow wept.  'He trusted him,' she said" goes no further back than the widow.
        """
        gender = PRONOUN_GENDER.get(phrase.noun)
        if gender is None:
            return None
        told = [(m, e) for e in fitting if e.gender == gender for m in e.mentions if self._opens(m, here)]
        return told[0][1] if len(told) == 1 else None

    def _opens(self, mention: Mention, here: Mention) -> bool:
        """Whether a mention is the subject of the main clause of the last sentence before outside quotations."""
        syntax, spoken = self.discourse.syntax, self.discourse.spoken
        verb = syntax.head(mention.at)
        between = syntax.parse.sentences[mention.sentence + 1 : here.sentence]
        return (
            mention.paragraph == here.paragraph
            and mention.sentence < here.sentence
            and all(i in spoken or syntax.is_punctuation(i) for s in between for i in range(s.first, s.last))
            and mention.at not in spoken
            and mention.phrase.form in (Form.NAME, Form.PERSON)
            and syntax.has_relation(mention.at, "nsubj")
            and verb is not None
            and syntax.head(verb) is None
        )

    def _tells(self, mention: Mention) -> bool:
        """Whether a mention says by itself who it is, and not as somebody's: "Mr. Trump's favorite toy, he said"."""
        return mention.phrase.form in (Form.NAME, Form.PERSON) and not self.discourse.syntax.has_relation(
            mention.at, "nmod:poss"
        )

    def _turn(self, fitting: Sequence[Entity], phrase: Phrase, here: Mention) -> Entity | None:
        """Who spoke last, close by, and so goes on speaking: "he said", paragraph after paragraph."""
        said = [(m, e) for e in fitting for m in e.mentions if m.attribution is not None and m.at < here.at]
        if not said:
            return None
        last, entity = max(said, key=lambda pair: pair[0].at)
        near = here.paragraph - last.paragraph <= 1 and here.sentence - last.sentence <= 3
        sure = entity.named or entity.gender is not None or phrase.noun not in _HUMAN
        return entity if near and sure else None

    def _fits(self, phrase: Phrase, entity: Entity) -> bool:
        word = phrase.noun
        human = entity.form in (Form.NAME, Form.PERSON, Form.PRONOUN)
        if entity.author:
            return False
        if word in _HUMAN:
            if (
                not human
                or entity.plural
                or is_statement(entity)
                or any(p.noun in _NO_ONE_PERSON for p in entity.phrases)
            ):
                return False
            return entity.gender in (None, PRONOUN_GENDER[word])
        if word in _THING:
            return entity.form in (Form.BODY, Form.DOCUMENT) and not entity.plural
        if word in _PLURAL:
            # A singular they is only read where nobody else can be meant: see the salience below.
            if entity.form is Form.BODY and any(p.place for p in entity.phrases) and not entity.spoke:
                return False  # a place, until it speaks for its government
            return entity.plural or entity.form is Form.BODY or (human and not entity.named and entity.gender is None)
        return False

    def salience(self, entity: Entity, phrase: Phrase, here: Mention, speaking: bool) -> float:
        """How present an entity is where a phrase stands; 0 for not at all."""
        best = 0.0
        for mention in entity.mentions[-4:]:
            if mention.at >= here.at or self._coargument(mention.at, here.at):
                continue
            if mention.phrase.of is not None and here.at in mention.phrase.extent:  # "one of them"
                continue
            distance = here.sentence - mention.sentence
            apart = here.paragraph - mention.paragraph
            if distance > 5 and apart > 1:
                continue
            score = {0: 6.0, 1: 5.0, 2: 3.5, 3: 2.5}.get(distance, 1.5)
            score -= 0.7 * max(0, apart)
            if self.discourse.syntax.has_relation(mention.at, "nsubj"):
                score += 1.5
            if self.discourse.syntax.has_relation(mention.at, "nmod:poss", "nmod", "compound"):
                score -= 1.0
            if mention.at in self.discourse.spoken and here.at not in self.discourse.spoken:
                score -= 1.5
            if here.at in mention.phrase.extent:  # "soldiers who said they …"
                score += 1.5
            if (entity.named or entity.gender is not None) and self._governs(mention.at, here.at):
                score += 1.5
            if mention.attribution is not None:
                score += 1.5 if speaking else 0.5
            best = max(best, score)
        if best <= 0:
            return 0.0
        if phrase.noun in _PLURAL and not entity.plural:
            best -= 2.5
        if phrase.noun in _THING and entity.form is Form.DOCUMENT and entity.spoke:
            best += 0.5
        if phrase.noun in _HUMAN and entity.gender == PRONOUN_GENDER[phrase.noun]:
            best += 1.5
        return best + min(1.0, 0.15 * len(entity.mentions)) + (0.5 if entity.spoke and speaking else 0.0)

    def _governs(self, subject: int, pronoun: int) -> bool:
        """Whether a pronoun stands in a clause that depends on a subject's verb: "Roth said she …"."""
        verb = self.discourse.syntax.head(subject)
        if verb is None or not self.discourse.syntax.has_relation(subject, "nsubj"):
            return False
        return self.discourse.syntax.head(pronoun) != verb and verb in self.discourse.syntax.ancestors(pronoun)

    def _coargument(self, first: int, second: int) -> bool:
        """Whether two phrases depend on one verb and so are not the same: "Roth told him"."""
        a, b = self.discourse.syntax.head(first), self.discourse.syntax.head(second)
        return a is not None and a == b and self.discourse.syntax.token(a).upos in ("VERB", "AUX")
