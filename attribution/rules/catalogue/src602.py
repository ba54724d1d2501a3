"""SRC602: a word or two in quotation marks, nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from attribution.lexicon import word_list
from attribution.records import Confidence, Quotation, QuotationKind, Severity
from attribution.rules.base import Remark, Rule, option
from attribution.rules.story import Story
from attribution.rules.vicinity import voices_around
from attribution.text import overlap, word_count

_IN_SOMEBODYS_EYES = re.compile(r"\b(?:(?:in|through) (?:his|her|their|its) (?:eyes|view|words)|to (?:him|her|them))\b")
_PRONOUNS = frozenset({"he", "i", "it", "she", "they", "us", "we", "you"})
_DEFINED = re.compile(r"\W*(?:,? (?:which|that) (?:is|are|means|was|refers)\b|\(|, or\b|, meaning\b|, an? \w)")


@dataclass(frozen=True)
class FragmentQuote(Rule):
    """One to three words in quotation marks, in the outlet's own voice.

    What:
        A word or two stand in quotation marks, and the sentence does not say whose they are.
    Why:
        Readers cannot tell a quotation from irony.  Where the words are somebody's, say whose; else drop the marks.
    Example:
        The evacuation was a “triumph”.
    Better:
        The evacuation was a triumph, the minister said.
    Standards:
        The Guardian (2014)
    False positives:
        Contested labels whose owner the story named before.  Titles, nicknames, names and words that the sentence
        explains are left alone.
    """

    words: int = option(3, "Most words that make a fragment.", least=1)

    code = "SRC602"
    name = "fragment-quote"
    severity = Severity.INFO
    standards = ("GDN-4",)
    word_lists = ("naming-phrases",)

    def check(self, story: Story) -> Iterator[Remark]:
        seen: set[str] = set()
        for quotation in story.quotations:
            words = story.words(quotation.inner).casefold().strip(".,!?")
            if words in seen:
                continue
            seen.add(words)
            if self._is_fragment(story, quotation) and not _is_explained(story, quotation):
                yield Remark(
                    quotation.span,
                    f"Whose word is {story.words(quotation.span)}? Say so, or drop the quotation marks.",
                    confidence=Confidence.MEDIUM,
                )

    def _is_fragment(self, story: Story, quotation: Quotation) -> bool:
        """Whether it is a few words inside a sentence of the outlet's own, and no name."""
        span = quotation.span
        if quotation.depth or quotation.kind is QuotationKind.TITLE or story.is_display(span):
            return False
        if not 0 < word_count((quotation.inner,), story.article.prose) <= self.words:
            return False
        tokens = [t for t in story.tokens(quotation.inner) if t.upos != "PUNCT"]
        name = any(t.text[:1].isupper() or t.text[:1].isdigit() for t in tokens)
        # "Guns to “shoot” them with": a purpose, as it was told; "a “he”": the word itself.
        told = bool(tokens) and (tokens[0].upos == "VERB" or tokens[0].lemma.lower() in _PRONOUNS)
        contents = tuple(s for a in story.analysis.attributions for s in a.content)
        return bool(tokens) and not (name or told or overlap((span,), contents))


def _is_explained(story: Story, quotation: Quotation) -> bool:
    """Whether the sentence says whose the words are, or what they mean."""
    begin, end = story.sentence(quotation.span).span
    before, after = story.article.prose[begin : quotation.span.start], story.article.prose[quotation.span.end : end + 1]
    if _is_named(story, before) or _DEFINED.match(after) or _IN_SOMEBODYS_EYES.search(before + after):
        return True
    return bool(voices_around(story, quotation.span, 0, 0))


def _is_named(story: Story, before: str) -> bool:
    """Whether the words before end in a phrase that makes a name of what follows: "known as the", "the word"."""
    words = [w for w in re.findall(r"[\w-]+", before.lower()) if w not in ("a", "an", "the")]
    known = word_list("naming_phrases.tsv") | frozenset(story.settings.words.get("naming-phrases", ()))
    return any(" ".join(words[-n:]) in known for n in (1, 2) if len(words) >= n)
