"""SRC308: a study, documents, data: which ones?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from attribution.lexicon import read_table
from attribution.records import Attribution, Level, Severity, SourceType, Span, Token
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.rules.vicinity import is_linked, is_quoted
from attribution.sources.vocabulary import bodies
from attribution.text import overlap

_MAKING = frozenset(
    {"author", "carry", "commission", "compile", "conduct", "date", "draw", "file", "issue", "lead", "prepare",
     "produce", "publish", "release", "sign", "write"}
)  # fmt: skip
_WHOSE = frozenset({"by", "from"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their"})
_REACH = 6
_DATED = re.compile(r"\b(?:(?:19|20)\d\d\b|dated\b)")
_OBTAINED = frozenset({"leak", "obtain", "see", "view", "review"})


@dataclass(frozen=True)
class UnidentifiedDocument(Rule):
    """A document or data as source, of which the story says neither whose they are nor from when.

    What:
        "Documents", "a report", "a study", "records", "data" say something, and neither these words nor the
        sentences after them give an issuer, an author, a title or a date.
    Why:
        A document is worth what its author and date are worth, and readers can only check one that they can find.
    Example:
        A study found that one in three patients relapsed.
    Better:
        A 2025 study of 4,000 patients by the Halden Institute found that one in three relapsed.
    Standards:
        AP (2009), IFCN, The Trust Project
    False positives:
        A document that was identified further up or further down; a source who would be exposed by more detail.
        Linked sentences, headlines, quotations and documents that somebody else cites are left alone.
    """

    sentences: int = option(2, "Sentences before and after it that are searched for its issuer.", least=0)

    code = "SRC308"
    name = "unidentified-document"
    severity = Severity.WARNING
    default = True
    standards = ("AP-3", "IFCN-1", "TP-1")
    word_lists = ("vague-documents",)

    def check(self, story: Story) -> Iterator[Remark]:
        for source in story.sources:
            if source.type is not SourceType.DOCUMENT or source.level < Level.A4:
                continue
            span = story.mention(source)
            if not _is_vague(story, span) or self._is_identified(story, span):
                continue
            if story.is_display(span) or is_quoted(story, span) or is_linked(story, span):
                continue
            if not any(_reports(story, a) for a in story.attributions_of(source)):
                continue
            secret = any(t.lemma.lower() in _OBTAINED for t in story.tokens(story.sentence(span).span))
            ask = "issuer, title or date, and how obtained, if safe" if secret else "issuer, title or date"
            yield Remark(
                span,
                f"Readers can neither find nor weigh “{story.words(span)}”; add {ask}.",
                source_id=source.id,
                evidence=(f"no issuer, author or date in these words or {self.sentences} sentences around them",),
                related=story.other_mentions(source),
            )

    def _is_identified(self, story: Story, span: Span) -> bool:
        """Whether the words, or the sentences beside them where they speak of the same thing, say whose it is."""
        own = takewhile(lambda t: t.lemma.lower() not in _OBTAINED, story.tokens(span)[1:])  # "seen by Coastal Wire"
        if any(t.upos == "PROPN" for t in own) or _DATED.search(story.words(span)) or _has_body(story, span):
            return True
        here = story.sentence(span).index
        for sentence in story.sentences_around(span, self.sentences, self.sentences):
            tokens = story.tokens(sentence.span)
            about_it = sentence.index == here or any(t.lemma.lower() in _nouns() for t in tokens)
            if about_it and _says_whose(tokens):
                return True
        return False


def _has_body(story: Story, span: Span) -> bool:
    """Whether a body before the noun says whose it is: "company records"; a court's could be any court's."""
    nouns = {t.lemma.lower() for t in story.tokens(span) if t.upos == "NOUN"}
    return any(noun in bodies() for noun in nouns - {"court"})


def _says_whose(tokens: tuple[Token, ...]) -> bool:
    """Whether some words give an author, issuer or date: "published by the ministry", "from the supply chief"."""
    for at, token in enumerate(tokens):
        if token.text.lower() == "dated":
            return True
        if token.lemma.lower() in _MAKING or token.text.lower() in _WHOSE:
            if at and tokens[at - 1].lemma.lower() in _OBTAINED:
                continue  # "seen by Coastal Wire"
            near = tokens[at + 1 : at + 1 + _REACH]
            named = any(t.upos == "PROPN" or _DATED.fullmatch(t.text) for t in near)
            known = token.text.lower() in _WHOSE and any(t.text.lower() in _DEFINITE for t in near[:1])
            if named or known:
                return True
    return False


def _reports(story: Story, attribution: Attribution) -> bool:
    """Whether the story itself cites it in a sentence: nobody else does, and it is no headline ("Poll: Roth ahead")."""
    label = story.article.prose[attribution.source[0].end :].lstrip().startswith(":") if attribution.source else False
    around = (a for a in story.attributions if a.source_id != attribution.source_id and a.source)
    return not label and not any(overlap(a.content, attribution.source) for a in around)


@cache
def _nouns() -> dict[str, str]:
    rows = read_table("vague_documents.tsv", ("word", "number"), key=("word",), allowed={"number": {"any", "singular"}})
    return {row["word"]: row["number"] for row in rows}


def _is_vague(story: Story, span: Span) -> bool:
    """Whether the words are an indefinite document: "a study", "internal records", never "the report"."""
    head = story.head(span)
    if head is None:
        return False
    number = _nouns().get(head.lemma.lower(), "any" if head.lemma.lower() in _added(story) else None)
    if number is None or (number == "singular" and "Number=Plur" in head.feats):
        return False
    before = [t for t in story.tokens(span) if t.head == head.index and t.index < head.index]
    return not any(t.text.lower() in _DEFINITE or t.deprel == "nmod:poss" for t in before)


def _added(story: Story) -> tuple[str, ...]:
    return story.settings.words.get("vague-documents", ())
