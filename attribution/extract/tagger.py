"""What the learned tagger sees, brought together with what the patterns found.

The tagger gives every word of a paragraph a probability of belonging to each cue.  A role is read off as the set of
runs of words that is most probable as a whole when each run costs something to begin, so that a single doubtful
word neither opens a run nor breaks one.  ``consult`` then settles, cue by cue:

* patterns and tagger agree on a cue: of their two contents (and sources) the one with the higher log-odds under the
  tagger is taken, the pattern's with an advance, because it is a whole constituent;
* the tagger alone: an attribution of its own, if the cue is more probable than not;
* a pattern alone: kept where the tagger holds its cue for possible, or where the construction is one that the
  tagger's training corpus leaves unannotated; otherwise dropped.

A parse without tags (from a file) leaves the patterns' hits as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import log

from attribution.extract.cues import cue_lexicon, is_blocked, is_negated
from attribution.extract.hedges import is_hedge
from attribution.extract.hits import Hit, Reading
from attribution.extract.syntax import NOTHING, Syntax, Tokens
from attribution.records import Kind, TaggedCue

LEAST_SCORE = 0.6
"""A cue less probable than this attributes nothing by itself; it can only confirm a pattern."""

_RUN_COST = {"source": 1.0, "content": 5.0}
"""Log-odds that a run of words must gather before it is worth beginning."""

_ADVANCE = {"source": 6.0, "content": 8.0}
"""Log-odds that a pattern's reading of a role is given over the tagger's."""

_UNSEEN = 0.02
"""The probability of a word whose link the parser left out as negligible."""

_MEANING = frozenset({"VERB", "NOUN", "PROPN", "ADJ", "ADV"})
_SIGNS = frozenset({":", "—", "–", "-", "per", "via"})
"""What a cue needs at least one of: a word of meaning, or a sign that introduces speech."""

UNTAGGED = frozenset({"adverb", "raising", "impersonal", "told", "accused", "agent", "described-as", "called",
                      "speaker-label", "label-after", "according-to", "quoted-as-saying"})  # fmt: skip
"""Patterns that stand without the tagger: agentless and passive forms, and those plain to the eye."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """One cue of the tagger with the most probable words of its source and content."""

    cue: Tokens
    source: Tokens
    content: Tokens
    score: float
    links: Mapping[str, Mapping[int, float]]

    def favours(self, role: str, given: Tokens, own: Tokens) -> bool:
        """Whether a pattern's words for a role are as good as the tagger's own."""
        return self._odds(role, given) + _ADVANCE[role] >= self._odds(role, own)

    def mean_link(self, content: Tokens) -> float:
        """Mean probability with which words belong to the cue as content."""
        return sum(self.links["content"].get(i, 0.0) for i in content) / max(1, len(content))

    def _odds(self, role: str, tokens: Tokens) -> float:
        return sum(_log_odds(self.links[role].get(i, _UNSEEN)) for i in tokens)


def read_tags(reading: Reading) -> list[Tagged]:
    """Every cue of the tagger, in text order."""
    return [_read(cue) for cue in reading.parse.tagged]


def _read(cue: TaggedCue) -> Tagged:
    links = {"source": dict(cue.source), "content": dict(cue.content)}
    own = frozenset(cue.cue)
    return Tagged(own, _best_run(links["source"], own), _runs(links["content"], own), cue.score, links)


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 0.001), 0.999)
    return log(bounded / (1 - bounded))


def _best_run(links: Mapping[int, float], barred: Tokens) -> Tokens:
    """The run of tokens with the most log-odds: a source is one noun phrase (Kadane's algorithm)."""
    best, best_sum = NOTHING, _RUN_COST["source"]
    start, total = 0, 0.0
    for i in range(min(links, default=0), max(links, default=-1) + 1):
        if total <= 0:
            start, total = i, 0.0
        total = float("-inf") if i in barred else total + _log_odds(links.get(i, _UNSEEN))
        if total > best_sum:
            best, best_sum = frozenset(range(start, i + 1)), total
    return best


def _runs(links: Mapping[int, float], barred: Tokens) -> Tokens:
    """The tokens of the best set of runs: Viterbi over outside and inside."""
    if not links:
        return NOTHING
    cost = _RUN_COST["content"]
    first, last = min(links), max(links)
    outside, inside = 0.0, float("-inf")
    path: list[tuple[bool, bool]] = []  # was the word before inside, if this one is outside / inside?
    for i in range(first, last + 1):
        gain = float("-inf") if i in barred else _log_odds(links.get(i, _UNSEEN))
        path.append((inside > outside, inside >= outside - cost))
        outside, inside = max(outside, inside), max(inside, outside - cost) + gain
    chosen = []
    state = inside > outside
    for i in range(last, first - 1, -1):
        if state:
            chosen.append(i)
        state = path[i - first][state]
    return frozenset(chosen)


def consult(reading: Reading, hits: list[Hit]) -> list[Hit]:
    """The hits with the tagger's word on each, and the tagger's own beside them."""
    if not reading.parse.tagged:
        return hits
    tags = read_tags(reading)
    heard: set[int] = set()
    settled = []
    for hit in hits:
        number = _match(hit, tags)
        if number is None:
            if hit.pattern in UNTAGGED:
                settled.append(hit)
            continue
        heard.add(number)
        settled.append(_settle(hit, tags[number]))
    taken = frozenset().union(*(hit.cue for hit in settled), NOTHING)
    for number, tag in enumerate(tags):
        if number not in heard and not tag.cue & taken and _may_attribute(reading, tag):
            settled.append(_own(reading, tag))
    return settled


def _match(hit: Hit, tags: list[Tagged]) -> int | None:
    shared = [(hit.head in tag.cue, len(hit.cue & tag.cue), -n) for n, tag in enumerate(tags) if hit.cue & tag.cue]
    return -max(shared)[2] if shared else None


def _settle(hit: Hit, tag: Tagged) -> Hit:
    """A pattern's hit with, for each role, the words that the tagger finds more probable."""
    source, content = hit.source, hit.content
    if tag.content and not tag.favours("content", content, tag.content):
        content = (tag.content - hit.cue - source) or content
    if tag.source and not (source and tag.favours("source", source, tag.source)):
        source = (tag.source - hit.cue - content) or source
    return replace(hit, source=source, content=content, score=tag.score, linked=tag.mean_link(content))


def _may_attribute(reading: Reading, tag: Tagged) -> bool:
    """Whether a cue that no pattern knows may stand: probable, a word of meaning, no hedge and no blocked phrase."""
    syntax = reading.syntax
    if tag.score < LEAST_SCORE or not tag.content:
        return False
    if not any(syntax.token(i).upos in _MEANING or syntax.token(i).text in _SIGNS for i in tag.cue):
        return False
    return not any(is_blocked(syntax, i) or is_hedge(syntax, reading.article.prose, i) for i in tag.cue)


def _own(reading: Reading, tag: Tagged) -> Hit:
    syntax = reading.syntax
    head = _head(syntax, tag.cue)
    entry = cue_lexicon().get(
        (syntax.lemma(head), {"AUX": "VERB"}.get(syntax.token(head).upos, syntax.token(head).upos))
    )
    return Hit(
        pattern="tagger",
        head=head,
        cue=tag.cue,
        source=tag.source,
        content=tag.content - tag.source,
        kind=entry.kind if entry else Kind.SPEECH,
        negative=is_negated(syntax, head) or (entry is not None and entry.loaded == "rebut"),
        score=tag.score,
        linked=tag.mean_link(tag.content - tag.source),
    )


def _head(syntax: Syntax, cue: Tokens) -> int:
    """The word of the cue on which the others hang; of several, the last verb."""
    tops = [i for i in sorted(cue) if syntax.head(i) not in cue]
    verbs = [i for i in tops if syntax.token(i).upos == "VERB"]
    return (verbs or tops)[-1]
