"""From the sources of attributions, and every other noun phrase of the article, to entities.

One pass in text order over all noun phrases.  What the grammar equates (names, appositions) is known before; what
remains is taken up from before by ``anaphora`` or introduces somebody new.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping

from attribution.extract.hits import Reading
from attribution.extract.speakers import subject
from attribution.records import Article, Attribution, BlockKind, Parse, Quote
from attribution.sources.anaphora import Discourse, Link
from attribution.sources.descriptions import Descriptions
from attribution.sources.entities import Entity, Mention
from attribution.sources.equate import equate
from attribution.sources.genders import genders
from attribution.sources.heads import candidates, head_of
from attribution.sources.identity import Identity
from attribution.sources.leads import named_after_lead
from attribution.sources.mentions import Form, Phrase
from attribution.sources.outlet import OwnVoice, own_outlets
from attribution.sources.phrases import PhraseReader
from attribution.sources.pronouns import Pronouns
from attribution.sources.repair import repaired
from attribution.sources.source_heads import past_relative, source_heads, tokens_of

_FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
_THIRD_PERSON = frozenset(
    (
        "he",
        "him",
        "his",
        "himself",
        "she",
        "her",
        "hers",
        "herself",
        "it",
        "its",
        "itself",
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
    )
)

_ANYBODY = frozenset({"you", "your", "yours", "yourself"})

_HEADLINES = (BlockKind.HEADLINE, BlockKind.STANDFIRST)


class Resolver:
    """Resolves one article; ``entity_of`` and ``by_head`` hold the result after ``run``."""

    def __init__(self, article: Article, parse: Parse, attributions: tuple[Attribution, ...]) -> None:
        self.reading = Reading(article, repaired(parse))
        self.syntax = self.reading.syntax
        self.article = article
        self.attributions = attributions
        self.cues = {a.id: tokens_of(self.reading, a.cue) for a in attributions}
        self.reader = PhraseReader(self.syntax, frozenset().union(*self.cues.values(), frozenset()))
        self.claimed = frozenset().union(*(tokens_of(self.reading, a.content) for a in attributions), frozenset())
        self.discourse = Discourse(self.syntax, frozenset(self.reading.spoken))
        self.pronouns = Pronouns(self.discourse)
        self.own_voice = OwnVoice(self.reading, own_outlets(article, attributions))
        self._anybody = Entity(Form.PRONOUN)  # "you" is one and the same anybody throughout
        self.entity_of: dict[str, Entity] = {}
        self.by_head: dict[int, Entity] = {}
        self._by_root: dict[int, Entity] = {}
        self._starts = [block.span.start for block in article.blocks] or [0]

    def run(self) -> None:
        """Resolve every attribution's source."""
        sources = source_heads(self.reading, self.attributions)
        heads = sorted({*candidates(self.syntax), *(h for group in sources.values() for h, _ in group)})
        within = {h: tokens for group in sources.values() for h, tokens in group}
        self.phrases = {h: self.reader.phrase(h, within.get(h, frozenset())) for h in heads}
        # A quantity is read as the noun it counts ("dozens of residents"): one phrase, two heads.
        self.phrases = {
            h: p for h, p in self.phrases.items() if p.head == h or h in within or p.head not in self.phrases
        }
        self.identity = Identity(self.syntax, self.phrases, self.by_head, self.discourse)
        self.descriptions = Descriptions(
            self.syntax, self.phrases, self.by_head, self.discourse, self.pronouns, self.identity
        )
        # "Ann Lee, whose brother …": not in apposition, whatever the tree says.
        plain = {h: p for h, p in self.phrases.items() if self.syntax.word(p.core[0]) != "whose"}
        self.groups, self.predicates = equate(self.syntax, plain)
        self._named_roots = {
            self.groups.root(h) for h, p in self.phrases.items() if p.name and p.form in (Form.NAME, Form.BODY)
        }
        self._genders = genders(self.syntax, self.phrases, self.groups)
        speaking: dict[int, list[Attribution]] = {}
        for attribution in self.attributions:
            for head, _ in sources.get(attribution.id, ())[:1]:
                speaking.setdefault(head, []).append(attribution)
        together = self._conjoined(sources)
        # A headline names in short what the story introduces, so it is read last.
        for head in sorted(self.phrases, key=lambda h: (self._in_headline(h), h)):
            said = speaking.get(head, [])
            entity = self._read(head, self.phrases[head], said)
            if entity is not None:
                self.entity_of.update((attribution.id, entity) for attribution in said)
            for group in together.get(head, ()):
                self._join(group[0], group, speaking.get(group[0], []))
        lead = next((n for n, b in enumerate(self.article.blocks) if b.kind is BlockKind.PARAGRAPH), 0)
        for unnamed, named in list(named_after_lead(self.discourse.entities, lead)):
            self._make_one(unnamed, named)

    def _make_one(self, unnamed: Entity, named: Entity) -> None:
        """Give a named person what was read as somebody else's before the name was."""
        named.mentions = sorted([*unnamed.mentions, *named.mentions], key=lambda m: m.at)
        named.descriptions.extend(unnamed.descriptions)
        self.discourse.entities.remove(unnamed)
        self.entity_of.update({key: named for key, entity in self.entity_of.items() if entity is unnamed})
        self.by_head.update({head: named for head, entity in self.by_head.items() if entity is unnamed})

    def _conjoined(self, sources: Mapping[str, list[tuple[int, frozenset[int]]]]) -> dict[int, list[tuple[int, ...]]]:
        """The conjuncts that are one source, and people named together, whom "they" takes up; by the last of them."""
        groups = {tuple(h for h, _ in group): None for group in sources.values() if len(group) > 1}
        for head in self._named_heads():
            others = [c for c in self.syntax.children(head, "conj") if c in self.phrases]
            if others and all(self.phrases[c].form is Form.NAME for c in others):
                groups.setdefault((head, *others))
        together: dict[int, list[tuple[int, ...]]] = {}
        for group in groups:
            together.setdefault(max(group), []).append(group)
        return together

    def _named_heads(self) -> list[int]:
        return [h for h, p in self.phrases.items() if p.form is Form.NAME and not self._in_headline(h)]

    def _in_headline(self, head: int) -> bool:
        at = self.syntax.token(head).span.start
        return any(b.kind in _HEADLINES and b.span.start <= at < b.span.end for b in self.article.blocks)

    # ------------------------------------------------------------------------------ one phrase

    def _here(self, head: int, phrase: Phrase, attribution: Attribution | None, confidence: float = 1.0) -> Mention:
        paragraph = self.paragraph_of(head)
        return Mention(
            phrase,
            head,
            self.syntax.token(head).sentence,
            paragraph,
            attribution.id if attribution else None,
            confidence,
        )

    def _read(self, head: int, phrase: Phrase, said: list[Attribution]) -> Entity | None:
        here = self._here(head, phrase, said[0] if said else None)
        if said and (author := self.own_voice.speaking(phrase, self.cues[said[0].id])) is not None:
            return self._mention(author, head, phrase, said, 1.0)
        if phrase.form is Form.PRONOUN:
            return self._read_pronoun(head, phrase, here, said)
        if phrase.form is Form.OTHER and not said:
            return None
        root = self.groups.root(head)
        entity = self._by_root.get(root)
        confidence = 1.0
        if entity is None and root not in self._named_roots:
            in_headline = self._in_headline(head)
            link = (
                self.discourse.in_full(phrase, here)
                if in_headline
                else self.descriptions.take_up(phrase, here, self._spoken_about(said))
            )
            entity, confidence = link.entity, link.confidence
            if entity is None:
                entity = self.descriptions.introduce(phrase, here, said)
                entity.candidates = link.candidates
                confidence = 0.5 if link.candidates else 1.0
        elif entity is None:
            entity = self.descriptions.introduce(phrase, here, said)
            entity.told_gender = self._genders.get(root)
        self._by_root.setdefault(root, entity)
        entity.descriptions.extend(p for p in self.predicates.get(head, ()) if not self._quoted(p.head))
        return self._mention(entity, head, phrase, said, confidence)

    def _mention(self, entity: Entity, head: int, phrase: Phrase, said: list[Attribution], confidence: float) -> Entity:
        self.by_head[head] = entity
        if entity not in self.discourse.entities:
            entity.number = len(self.discourse.entities)
            self.discourse.entities.append(entity)
        for attribution in said or (None,):
            insort(entity.mentions, self._here(head, phrase, attribution, confidence), key=lambda m: m.at)
        return entity

    def _quoted(self, head: int) -> bool:
        return head in self.reading.spoken

    # ------------------------------------------------------------------------------ pronouns

    def _read_pronoun(self, head: int, phrase: Phrase, here: Mention, said: list[Attribution]) -> Entity | None:
        word = phrase.noun
        if word in _FIRST_PERSON:
            speaker = self._speaker_around(head, said)
            if speaker is not None:
                self.by_head[head] = speaker
                return self._mention(speaker, head, phrase, said, 0.9) if said else speaker
            if self._quoted(head) or not said:
                return self._unresolved(head, phrase, said, ()) if said else None
            return self._mention(self.own_voice.itself, head, phrase, said, 0.9)
        if word in _ANYBODY and said:
            self._anybody = self._mention(self._anybody, head, phrase, said, 0.9)
            return self._anybody
        if word not in _THIRD_PERSON:
            return self._unresolved(head, phrase, said, ()) if said else None
        link = self.pronouns.antecedent(phrase, here, speaking=bool(said), absent=self._spoken_about(said))
        if link.entity is None:
            return self._unresolved(head, phrase, said, link.candidates) if said else None
        return self._mention(link.entity, head, phrase, said, link.confidence)

    def _unresolved(self, head: int, phrase: Phrase, said: list[Attribution], candidates: tuple[Entity, ...]) -> Entity:
        entity = Entity(Form.PRONOUN, candidates=candidates)
        return self._mention(entity, head, phrase, said, 0.4)

    def _spoken_about(self, said: list[Attribution]) -> frozenset[int]:
        """What stands in the claim that a pronoun makes: speakers do not name or describe themselves there."""
        return frozenset().union(*(tokens_of(self.reading, a.content) for a in said), frozenset())

    def _speaker_around(self, head: int, said: list[Attribution]) -> Entity | None:
        """Whose quotation a first person stands in: the innermost attribution around it that has a source."""
        at = self.syntax.token(head).span
        own = {a.id for a in said}
        around = [a for a in self.attributions if a.id not in own and a.quote is not Quote.INDIRECT and a.source
                  and any(b <= at.start and at.end <= e for b, e in a.content)]  # fmt: skip
        around.sort(key=lambda a: sum(e - b for b, e in a.content))
        for attribution in around:
            if (entity := self.entity_of.get(attribution.id)) is not None:
                return entity
            # The speaker is named after the quotation; read ahead.
            speaker = head_of(self.syntax, tokens_of(self.reading, attribution.source))
            if speaker is not None:
                speaker, _ = past_relative(self.syntax, speaker, frozenset())
                root = self.groups.root(speaker)
                if speaker in self.phrases and (root in self._named_roots or self.phrases[speaker].form is Form.PERSON):
                    return self._ahead(speaker, root, attribution)
        return None

    def _ahead(self, head: int, root: int, said: Attribution) -> Entity:
        if root not in self._by_root:
            phrase = self.phrases[head]
            here = self._here(head, phrase, None)
            link = Link() if root in self._named_roots else self.descriptions.take_up(phrase, here)
            self._by_root[root] = link.entity or self.descriptions.introduce(phrase, here, [said])
            self._by_root[root].told_gender = self._genders.get(root)
        return self._by_root[root]

    def _join(self, first: int, heads: tuple[int, ...], said: list[Attribution]) -> None:
        """ "the army and the police": one source with two members (ruling 8)."""
        members = tuple(dict.fromkeys(self.by_head[h] for h in heads if h in self.by_head))
        if len(members) < 2:
            return
        joint = next((e for e in self.discourse.entities if set(e.members) == set(members)), None)
        if joint is None:
            joint = Entity(Form.PERSON, number=len(self.discourse.entities), members=members)
            self.discourse.entities.append(joint)
        phrase = self.phrases[first]
        if not said:
            joint.mentions.append(self._here(first, phrase, None))
        for attribution in said:
            self.entity_of[attribution.id] = joint
            joint.mentions.append(self._here(first, phrase, attribution))
            for member in members:
                kept = [m for m in member.mentions if m.attribution != attribution.id]
                plain = [self._here(m.at, m.phrase, None) for m in member.mentions if m.attribution == attribution.id]
                member.mentions = sorted([*kept, *plain], key=lambda m: m.at)

    # ------------------------------------------------------------------------------ what the article identifies

    def paragraph_of(self, token: int) -> int:
        """The number of the block that a token stands in."""
        return bisect_right(self._starts, self.syntax.token(token).span.start) - 1

    def grantee(self, predicate: int) -> Entity | None:
        """Who a clause is about: the entity of its subject, also past relative pronouns and participles."""
        head = subject(self.syntax, predicate)
        if head is None:
            return None
        head, _ = past_relative(self.syntax, head, frozenset())
        return self.by_head.get(head)
