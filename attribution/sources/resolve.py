"""From the sources of attributions, and every other noun phrase of the article, to entities.

One pass in text order over all noun phrases.  What the grammar equates (names, appositions) is known before; what
remains is taken up from before by ``anaphora`` or introduces somebody new.
"""

from __future__ import annotations

from bisect import bisect_right

from attribution.extract.hits import Reading
from attribution.extract.speakers import subject
from attribution.records import Article, Attribution, Level, Parse, Quote, SourceType, Spans
from attribution.sources import vocabulary as words_of
from attribution.sources.anaphora import STATEMENTS, Discourse, Link, nearest_body
from attribution.sources.anonymity import has_portfolio, is_of_a_place, level_of
from attribution.sources.entities import Entity, Mention
from attribution.sources.equate import equate, listed_members
from attribution.sources.heads import candidates, head_of
from attribution.sources.mentions import Anchor, Form, Phrase
from attribution.sources.outlet import own_outlets
from attribution.sources.phrases import PhraseReader
from attribution.sources.repair import repaired

_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
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
_PLACES_THEMSELVES = frozenset({"city", "county", "town", "district", "province"})
"""Bodies that an article about a place means by the bare noun: "city officials"."""
_ELLIPTICAL = frozenset(
    {"one", "another", "other", "others", "some", "both", "two", "three", "second", "third", "former", "latter"}
)


class Resolver:
    """Resolves one article; ``entity_of`` and ``by_head`` hold the result after ``run``."""

    def __init__(self, article: Article, parse: Parse, attributions: tuple[Attribution, ...]) -> None:
        self.reading = Reading(article, repaired(parse))
        self.syntax = self.reading.syntax
        self.article = article
        self.attributions = attributions
        self.cues = {a.id: self._tokens(a.cue) for a in attributions}
        self.reader = PhraseReader(self.syntax, frozenset().union(*self.cues.values(), frozenset()))
        self.claimed = frozenset().union(*(self._tokens(a.content) for a in attributions), frozenset())
        self.discourse = Discourse(self.syntax)
        self.own_outlets = own_outlets(article, attributions)
        self.entity_of: dict[str, Entity] = {}
        self.by_head: dict[int, Entity] = {}
        self._by_root: dict[int, Entity] = {}
        self._starts = [block.span.start for block in article.blocks] or [0]
        self._author: Entity | None = None

    def run(self) -> None:
        """Resolve every attribution's source."""
        sources = self._source_heads()
        heads = sorted({*candidates(self.syntax), *(h for group in sources.values() for h, _ in group)})
        within = {h: tokens for group in sources.values() for h, tokens in group}
        self.phrases = {h: self.reader.phrase(h, within.get(h, frozenset())) for h in heads}
        # A quantity is read as the noun it counts ("dozens of residents"): one phrase, two heads.
        self.phrases = {
            h: p for h, p in self.phrases.items() if p.head == h or h in within or p.head not in self.phrases
        }
        self.groups, self.predicates = equate(self.syntax, self.phrases)
        self._named_roots = {
            self.groups.root(h) for h, p in self.phrases.items() if p.name and p.form in (Form.NAME, Form.BODY)
        }
        speaking: dict[int, list[Attribution]] = {}
        for attribution in self.attributions:
            for head, _ in sources.get(attribution.id, ())[:1]:
                speaking.setdefault(head, []).append(attribution)
        conjuncts = {group[0][0]: [h for h, _ in group] for group in sources.values() if len(group) > 1}
        for head in self.phrases:
            said = speaking.get(head, [])
            entity = self._read(head, self.phrases[head], said)
            if entity is None:
                continue
            for attribution in said:
                self.entity_of[attribution.id] = entity
        for first, group in conjuncts.items():
            self._join(first, group, speaking.get(first, []))

    # ------------------------------------------------------------------------------ the sources' heads

    def _source_heads(self) -> dict[str, list[tuple[int, frozenset[int]]]]:
        """For each attribution the heads of its source's conjuncts, with the words of each."""
        found = {}
        for attribution in self.attributions:
            tokens = self._tokens(attribution.source)
            head = head_of(self.syntax, tokens)
            if head is None:
                continue
            head, tokens = self._past_relative(head, tokens)
            found[attribution.id] = self._conjuncts(head, tokens)
        return found

    def _tokens(self, spans: Spans) -> frozenset[int]:
        return frozenset(
            t.index
            for span in spans
            for sentence in self.reading.parse.sentences
            if sentence.span.start < span.end and span.start < sentence.span.end
            for t in self.syntax.tokens[sentence.first : sentence.last]
            if t.span.start < span.end and span.start < t.span.end
        )

    def _past_relative(self, head: int, tokens: frozenset[int]) -> tuple[int, frozenset[int]]:
        """ "who" is whoever the relative clause describes."""
        if self.syntax.word(head) not in _RELATIVES or self.syntax.token(head).upos not in ("PRON", "DET", "SCONJ"):
            return head, tokens
        for ancestor in self.syntax.ancestors(head):
            if self.syntax.has_relation(ancestor, "acl"):
                noun = self.syntax.head(ancestor)
                if noun is not None:
                    return noun, frozenset()
        before = [
            i
            for i in range(self.syntax.sentence_of(head).first, head)
            if self.syntax.token(i).upos in ("NOUN", "PROPN")
        ]
        return (before[-1], frozenset()) if before else (head, tokens)

    def _conjuncts(self, head: int, tokens: frozenset[int]) -> list[tuple[int, frozenset[int]]]:
        others = [
            c
            for c in self.syntax.children(head, "conj")
            if c in tokens and self.syntax.token(c).upos in ("NOUN", "PROPN", "PRON")
        ]
        if not others:
            return [(head, tokens)]
        parts = []
        rest = tokens
        for other in others:
            own = self.syntax.subtree(other) & tokens
            rest -= own
            parts.append((other, own))
        return [(head, rest), *parts]

    # ------------------------------------------------------------------------------ one phrase

    def _here(self, head: int, phrase: Phrase, attribution: Attribution | None, confidence: float = 1.0) -> Mention:
        token = self.syntax.token(head)
        paragraph = bisect_right(self._starts, token.span.start) - 1
        return Mention(phrase, head, token.sentence, paragraph, attribution.id if attribution else None, confidence)

    def _read(self, head: int, phrase: Phrase, said: list[Attribution]) -> Entity | None:
        here = self._here(head, phrase, said[0] if said else None)
        if said and (author := self._own_voice(phrase, said[0])) is not None:
            return self._mention(author, head, phrase, said, 1.0)
        if phrase.form is Form.PRONOUN:
            return self._read_pronoun(head, phrase, here, said)
        if phrase.form is Form.OTHER and not said:
            return None
        root = self.groups.root(head)
        entity = self._by_root.get(root)
        confidence = 1.0
        if entity is None and root not in self._named_roots:
            link = self._take_up(phrase, here)
            entity, confidence = link.entity, link.confidence
            if entity is None:
                entity = self._introduce(phrase, here, said)
                entity.candidates = link.candidates
                confidence = 0.5 if link.candidates else 1.0
        elif entity is None:
            entity = self._introduce(phrase, here, said)
        self._by_root.setdefault(root, entity)
        entity.descriptions.extend(p for p in self.predicates.get(head, ()) if not self._quoted(p.head))
        return self._mention(entity, head, phrase, said, confidence)

    def _mention(self, entity: Entity, head: int, phrase: Phrase, said: list[Attribution], confidence: float) -> Entity:
        self.by_head[head] = entity
        if entity not in self.discourse.entities:
            entity.number = len(self.discourse.entities)
            self.discourse.entities.append(entity)
        for attribution in said or (None,):
            entity.mentions.append(self._here(head, phrase, attribution, confidence))
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
            return self._mention(self._outlet_itself(), head, phrase, said, 0.9)
        if word not in _THIRD_PERSON:
            return self._unresolved(head, phrase, said, ()) if said else None
        link = self.discourse.pronoun(phrase, here, speaking=bool(said))
        if link.entity is None:
            return self._unresolved(head, phrase, said, link.candidates) if said else None
        return self._mention(link.entity, head, phrase, said, link.confidence)

    def _unresolved(self, head: int, phrase: Phrase, said: list[Attribution], candidates: tuple[Entity, ...]) -> Entity:
        entity = Entity(Form.PRONOUN, candidates=candidates)
        return self._mention(entity, head, phrase, said, 0.4)

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
            speaker = head_of(self.syntax, self._tokens(attribution.source))
            if speaker is not None:
                speaker, _ = self._past_relative(speaker, frozenset())
                root = self.groups.root(speaker)
                if speaker in self.phrases and (root in self._named_roots or self.phrases[speaker].form is Form.PERSON):
                    return self._ahead(speaker, root)
        return None

    def _ahead(self, head: int, root: int) -> Entity:
        if root not in self._by_root:
            phrase = self.phrases[head]
            link = Link() if root in self._named_roots else self._take_up(phrase, self._here(head, phrase, None))
            self._by_root[root] = link.entity or self._introduce(phrase, self._here(head, phrase, None), [])
        return self._by_root[root]

    # ------------------------------------------------------------------------------ descriptions

    def _take_up(self, phrase: Phrase, here: Mention) -> Link:
        """The earlier entity that a description means, if it can mean one."""
        if phrase.determiner in ("indefinite", "fresh") or phrase.of is not None:
            return Link()
        if phrase.form is Form.BODY:
            return self.discourse.body(phrase, here) if phrase.determiner != "possessive" else self._same_owner(phrase)
        if phrase.form is Form.DOCUMENT:
            if phrase.determiner == "bare":
                return self._repeated(phrase)
            return (
                self.discourse.document(phrase, here) if phrase.determiner != "possessive" else self._same_owner(phrase)
            )
        if phrase.form is not Form.PERSON:
            return Link()
        if phrase.noun in STATEMENTS:
            return self._issuer_of_statement(phrase, here)
        if phrase.determiner == "possessive":
            return self._same_owner(phrase)
        if phrase.determiner == "definite":
            return self.discourse.person(phrase, here, {e: self._is_placed(e) for e in self.discourse.entities})
        return self._repeated(phrase)

    def _is_placed(self, entity: Entity) -> bool:
        return any(level_of(p, self.identified) <= Level.A3 for p in entity.phrases if p.form is not Form.PRONOUN)

    def _repeated(self, phrase: Phrase) -> Link:
        """A bare plural said again in the same words: "residents said … residents added"."""
        for entity in reversed(self.discourse.entities):
            for other in entity.phrases:
                if (other.noun, other.modifiers, other.plural, other.form) != (
                    phrase.noun,
                    phrase.modifiers,
                    phrase.plural,
                    phrase.form,
                ):
                    continue
                if (
                    other.determiner == "bare"
                    and not other.anchors
                    and not phrase.anchors
                    and phrase.plural
                    and not entity.named
                ):
                    return Link(entity, 0.8)
        return Link()

    def _same_owner(self, phrase: Phrase) -> Link:
        """ "his lawyer" again, of the same person."""
        owner = next((a for a in phrase.anchors if a.relation == "poss"), None)
        whose = self.by_head.get(owner.head) if owner else None
        if whose is None:
            return Link()
        for entity in reversed(self.discourse.entities):
            for other in entity.phrases:
                if (
                    other.noun == phrase.noun
                    and other.plural == phrase.plural
                    and not set(phrase.modifiers) - entity.words
                ):
                    owners = [a for a in other.anchors if a.relation in ("poss", "of", "for", "to", "pre")]
                    if any(self.by_head.get(a.head) is whose for a in owners):
                        return Link(entity, 0.9)
        return Link()

    def _issuer_of_statement(self, phrase: Phrase, here: Mention) -> Link:
        """A statement speaks for who issued it."""
        for anchor in phrase.anchors:
            if (
                anchor.relation in ("poss", "from", "by", "of", "pre")
                and (entity := self.by_head.get(anchor.head)) is not None
            ):
                return Link(entity, 0.9)
        spoke = [
            e
            for e in self.discourse.entities
            if e.spoke and e.last.paragraph >= here.paragraph - 1 and e.form in (Form.BODY, Form.NAME)
        ]
        bodies = [e for e in spoke if e.form is Form.BODY] or spoke
        return Link(bodies[0], 0.7) if len(bodies) == 1 else Link()

    def _introduce(self, phrase: Phrase, here: Mention, said: list[Attribution]) -> Entity:
        entity = Entity(phrase.form)
        if phrase.of is not None:
            entity.whole = self._whole(phrase.of, here)
            entity.borrowed = phrase.of
        elif phrase.form is Form.PERSON and phrase.noun in _ELLIPTICAL | {"source"} and said and not phrase.anchors:
            entity.borrowed = self._borrowed(phrase)
        if self._is_voice_of_nobody(phrase):
            entity.issuer = nearest_body(self.discourse.entities, here)
        if listed_members(self.syntax, phrase, self.phrases):
            entity.equated = True
        return entity

    def _is_voice_of_nobody(self, phrase: Phrase) -> bool:
        """ "a spokesman", of no body named beside him."""
        if phrase.role is None or phrase.role.kind != "voice" or phrase.modifiers:
            return False
        return not any(a.form in (Form.BODY, Form.NAME) for a in phrase.anchors)

    def _whole(self, phrase: Phrase, here: Mention) -> Entity | None:
        if phrase.head in self.by_head:
            return self.by_head[phrase.head]
        if phrase.form is Form.PRONOUN:
            return self.discourse.pronoun(phrase, here, speaking=False).entity
        if phrase.determiner == "definite" and phrase.form is Form.PERSON:
            return self.discourse.person(phrase, here, {}).entity
        return None

    def _borrowed(self, phrase: Phrase) -> Phrase | None:
        """Whose description an elliptical "another" shares: the last unnamed person or group that spoke."""
        if phrase.noun == "source":
            return None
        for entity in reversed(self.discourse.entities):
            if entity.spoke and entity.form is Form.PERSON and not entity.named:
                return next((p for p in entity.phrases if p.form is Form.PERSON and p.noun not in _ELLIPTICAL), None)
        return None

    # ------------------------------------------------------------------------------ the outlet itself

    def _own_voice(self, phrase: Phrase, attribution: Attribution) -> Entity | None:
        """The outlet, its reporters, its analysis; "AFP has learned" hides its source and stands alone (ruling 2)."""
        outlet = (
            phrase.form is Form.BODY
            and phrase.organisation is not None
            and phrase.organisation.type is SourceType.MEDIA
        )
        cue = {self.syntax.lemma(i) for i in self.cues[attribution.id]}
        name = phrase.organisation.name if outlet and phrase.organisation else ""
        learned = bool(cue & {"learn", "understand"} or {"can", "reveal"} <= cue)
        if (
            outlet
            and learned
            and (
                name in self.own_outlets
                or (phrase.organisation and phrase.organisation.kind == "agency" and not self.own_outlets)
            )
        ):
            return Entity(Form.BODY, author=True, own_voice=True)
        if phrase.form is Form.PRONOUN and phrase.noun == "we" and learned and not self._quoted(phrase.head):
            return Entity(Form.PRONOUN, author=True, own_voice=True)
        if outlet and name in self.own_outlets:
            return self._outlet_itself()
        if phrase.form is Form.PERSON and phrase.role is not None and phrase.role.kind == "journalist":
            employers = [words_of.outlets().get(words_of.name_key(a.text)) for a in phrase.anchors]
            known = [o.name for o in employers if o is not None]
            witness = bool(cue & {"see", "witness", "hear", "observe", "count", "watch"})
            if any(n in self.own_outlets for n in known) or (known and witness and not self.own_outlets):
                return self._outlet_itself()
        return None

    def _outlet_itself(self) -> Entity:
        if self._author is None:
            self._author = Entity(Form.BODY, author=True)
        return self._author

    # ------------------------------------------------------------------------------ coordination

    def _join(self, first: int, heads: list[int], said: list[Attribution]) -> None:
        """ "the army and the police": one source with two members (ruling 8)."""
        members = tuple(dict.fromkeys(self.by_head[h] for h in heads if h in self.by_head))
        if len(members) < 2:
            return
        joint = next((e for e in self.discourse.entities if set(e.members) == set(members)), None)
        if joint is None:
            joint = Entity(Form.PERSON, number=len(self.discourse.entities), members=members)
            self.discourse.entities.append(joint)
        phrase = self.phrases[first]
        for attribution in said:
            self.entity_of[attribution.id] = joint
            joint.mentions.append(self._here(first, phrase, attribution))
            for member in members:
                kept = [m for m in member.mentions if m.attribution != attribution.id]
                plain = [self._here(m.at, m.phrase, None) for m in member.mentions if m.attribution == attribution.id]
                member.mentions = sorted([*kept, *plain], key=lambda m: m.at)

    # ------------------------------------------------------------------------------ what the article identifies

    def identified(self, anchor: Anchor) -> bool:
        """Whether a body or person that places somebody can be told from the article (rulings 4, 5 and 16)."""
        entity = self.by_head.get(anchor.head)
        if anchor.form is Form.PRONOUN:
            return entity is not None and entity.named
        if entity is not None and entity.named:
            return True
        if anchor.form is not Form.BODY or not anchor.noun:
            return False
        body = words_of.bodies().get(anchor.noun)
        if body is not None and body.names_itself == "class":
            return False
        if anchor.relation != "pre" and body is not None and (anchor.definite or self._bare(anchor)):
            if body.names_itself == "yes":
                return True
            phrase = self.phrases.get(anchor.head)
            if phrase is not None and self._is_told_apart(phrase):
                return True
        if body is not None and body.names_itself == "yes" and anchor.relation == "pre" and " " in anchor.noun:
            return True
        if anchor.noun in _PLACES_THEMSELVES and any(p.place or self._is_location(p) for p in self.phrases.values()):
            return True
        bearers = {id(e) for e in self.discourse.entities if e.form is Form.BODY and self._bears(e, anchor.noun)}
        return len(bearers) == 1

    def _bare(self, anchor: Anchor) -> bool:
        phrase = self.phrases.get(anchor.head)
        return phrase is not None and phrase.determiner == "bare" and not phrase.plural

    def _is_told_apart(self, phrase: Phrase) -> bool:
        """Whether a body's own words tell which one is meant: "the French embassy in Cairo", "the water company"."""
        if any(a.named for a in phrase.anchors) or is_of_a_place(phrase) or self._has_proper_word(phrase):
            return True
        return phrase.determiner == "definite" and has_portfolio(phrase)

    def _has_proper_word(self, phrase: Phrase) -> bool:
        return any(self.syntax.token(i).upos == "PROPN" for i in phrase.core)

    def _is_location(self, phrase: Phrase) -> bool:
        return self.syntax.token(phrase.head).ner.endswith("LOC")

    def _bears(self, entity: Entity, noun: str) -> bool:
        named = (p for p in entity.phrases if p.form is Form.BODY and p.name and not p.place)
        if any(p.noun == noun or p.name[-1].lower() == noun or p.noun.endswith(f" {noun}") for p in named):
            return True
        if noun in ("company", "firm"):
            return entity.body_type is SourceType.BUSINESS and not any(p.place for p in entity.phrases)
        # "the Clinton campaign": the noun is common, its owner's name makes it one body.
        owned = (p for p in entity.phrases if p.form is Form.BODY and p.noun == noun and not p.plural)
        return any(a.named and a.relation in ("pre", "poss") for p in owned for a in p.anchors)

    def grantee(self, predicate: int) -> Entity | None:
        """Who a clause is about: the entity of its subject, also past relative pronouns and participles."""
        head = subject(self.syntax, predicate)
        if head is None:
            return None
        head, _ = self._past_relative(head, frozenset())
        return self.by_head.get(head)
