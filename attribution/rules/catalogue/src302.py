"""SRC302: officials and authorities of nothing in particular."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attribution.lexicon import word_list
from attribution.records import BlockKind, Level, Severity, Source, SourceType, Span, Token
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.rules.vicinity import is_quoted, voices_around
from attribution.sources.vocabulary import name_key, outlets, place_adjectives, sectors

_PUBLIC = frozenset(
    {SourceType.GOVERNMENT, SourceType.SECURITY, SourceType.JUDICIAL, SourceType.INTERGOVERNMENTAL, SourceType.UNKNOWN}
)
_BODIES = frozenset(
    {"administration", "agency", "army", "coastguard", "commission", "council", "department", "directorate",
     "embassy", "government", "junta", "ministry", "navy", "office", "parliament", "presidency"}
)  # fmt: skip
_LOCAL = frozenset({"authority", "cop", "detective", "investigator", "officer", "police", "policeman"})
"""Whoever serves the place of the dateline: "MERROW, March 3 – Police said"."""


@dataclass(frozen=True)
class UnspecifiedOfficials(Rule):
    """Officials, authorities or police of whom the story does not say whose they are.

    What:
        "An official", "officials", "authorities", "security sources" or "police" speak, and neither their own words
        nor the sentences before them name a body or a place.
    Why:
        Which authority says so decides what it can know and what it wants.  Naming the body identifies nobody.
    Example:
        Authorities said he fled.
    Better:
        The Halden county sheriff's office said he fled.
    Standards:
        NPR, The Guardian (2014)
    False positives:
        A body that was named further up and is plainly meant.  Silent where a body is named in the sentences before,
        where a dateline says whose police they are, and inside quotations.
    """

    sentences: int = option(2, "Sentences before it in which a named body makes the rule silent.", least=0)

    code = "SRC302"
    name = "unspecified-officials"
    severity = Severity.WARNING
    default = True
    standards = ("NPR-1", "GDN-1")
    word_lists = ("public-servants",)

    def check(self, story: Story) -> Iterator[Remark]:
        said: dict[str, list[tuple[Span, Source]]] = {}
        for source in story.sources:
            if source.level < Level.A4 or source.count == "0" or source.type not in _PUBLIC:
                continue
            span = story.mention(source)
            noun = _office(story, span)
            if noun and not (
                story.is_display(span)
                or is_quoted(story, span)
                or _says_where(story, span)
                or self._body_before(story, span, source)
                or (noun in _LOCAL and _has_dateline(story))
            ):
                said.setdefault(noun, []).append((span, source))
        for places_ in said.values():
            (span, source), *rest = places_
            yield Remark(
                span,
                f"No body or place is named for “{story.words(span)}”; say which authority this is, if safe.",
                source_id=source.id,
                evidence=(f"no body named in the {self.sentences} sentences before it, nor a dateline that fits",),
                related=tuple(other for other, _ in rest),
            )

    def _body_before(self, story: Story, span: Span, source: Source) -> bool:
        """Whether the sentence, or the ones just before, name a body that can be meant."""
        sentences = story.sentences_around(span, self.sentences, 0)
        tokens = story.tokens(Span(sentences[0].span.start, sentences[-1].span.end))
        named = any(_is_body(t) for t in tokens)
        speaking = (
            other
            for a in voices_around(story, span, self.sentences, 0)
            if a.source[0].end <= span.start
            and (other := story.source_of(a)) is not None
            and other.id != source.id
            and other.type in _PUBLIC - {SourceType.UNKNOWN}
            and other.level <= Level.A3
        )
        return named or next(speaking, None) is not None


def _is_body(token: Token) -> bool:
    """Whether a word is, or heads, the name or the noun of a public body that officials can belong to."""
    if token.ner == "B-ORG":
        return token.text[:1].isupper() and name_key(token.text) not in outlets()
    return token.upos == "NOUN" and token.lemma.lower() in _BODIES


def _office(story: Story, span: Span) -> str | None:
    """The noun that stands for some authority, None for speakers who are something else."""
    head = story.head(span)
    if head is None:
        return None
    noun = head.lemma.lower()
    nouns = word_list("public_servants.tsv") | frozenset(story.settings.words.get("public-servants", ()))
    before = " ".join(t.lemma.lower() for t in story.tokens(span) if t.head == head.index and t.index < head.index)
    if noun in nouns or f"{before} {noun}".strip() in nouns:
        return noun
    return noun if noun == "source" and any(word in sectors() for word in before.split()) else None


def _says_where(story: Story, span: Span) -> bool:
    """Whether the words place it themselves: "Malian officials", "police in Merrow", "the county's officials"."""
    head = story.head(span)
    first, *others = story.tokens(span)
    named = first.upos == "PROPN" and first is not head
    if named or any(t.text[:1].isupper() for t in others) or first.text in place_adjectives():
        return True
    return head is not None and any(t.head == head.index and t.deprel == "nmod:poss" for t in (first, *others))


def _has_dateline(story: Story) -> bool:
    return any(block.kind is BlockKind.DATELINE for block in story.article.blocks)
