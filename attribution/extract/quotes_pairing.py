"""Quotations and who speaks them: a quotation that no pattern reached whole is given to a cue beside it.

Rules, tried in this order for each quotation (a quotation over several paragraphs counts as one):

* ``content``       a pattern's content overlaps it: the content grows to the whole quotation;
* ``cue-after``     a reporting verb with a subject follows: “…” said Reed;
* ``cue-before``    a reporting verb, or any clause that ends in a colon, comes right before it;
* ``signed``        a dash and a name close it;
* ``continued``     it goes on from the quotation before it, with nothing said between;
* ``carried-over``  it has no cue of its own, and the sentences before it, in its paragraph, name who speaks;
* ``alone``         nobody was found: kept as a quotation without a source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from attribution.extract.cues import Cue, cue_tokens
from attribution.extract.hits import Hit, Reading
from attribution.extract.patterns.clauses import recipient
from attribution.extract.speakers import is_passive, noun_phrase, speaker, subject
from attribution.extract.syntax import NOTHING, Tokens
from attribution.records import Block, Kind, Quotation, QuotationKind

PAIRINGS = ("cue-after", "cue-before", "signed", "carried-over", "alone")
"""The ways in which a quotation becomes an attribution of its own; the others add to one that is there."""

_LONE_WORDS = 5
_REACH = 14
_SENTENCES_BACK = 3
_SPEAKING = frozenset({Kind.SPEECH, Kind.WRITING})
_REPORTING = frozenset({Kind.SPEECH, Kind.WRITING, Kind.BELIEF, Kind.DECREE, Kind.PERCEPTION})


@dataclass(frozen=True, slots=True)
class _Chain:
    """One utterance in quotation marks: a quotation with its continuations."""

    tokens: Tokens
    first: Quotation
    kind: QuotationKind


def pair_quotations(reading: Reading, hits: list[Hit]) -> list[Hit]:
    """The hits with every spoken quotation given to one of them, or added as a hit of its own."""
    paired = list(hits)
    for chain in _chains(reading):
        _pair(reading, chain, paired)
    return paired


def _chains(reading: Reading) -> Iterator[_Chain]:
    roots: dict[int, list[int]] = {}
    root_of: dict[int, int] = {}
    for index, quotation in enumerate(reading.quotations):
        if quotation.depth:
            continue
        root = index if quotation.continues is None else root_of.get(quotation.continues, index)
        root_of[index] = root
        roots.setdefault(root, []).append(index)
    for root, members in roots.items():
        tokens = frozenset().union(*(reading.syntax.between(reading.quotations[m].span) for m in members))
        if any(not reading.syntax.is_punctuation(i) for i in tokens):
            yield _Chain(frozenset(tokens), reading.quotations[root], reading.quotations[root].kind)


def _pair(reading: Reading, chain: _Chain, hits: list[Hit]) -> None:
    owner = _owner(reading, chain, hits)
    if owner is not None:
        hit = hits[owner]
        if not chain.tokens <= hit.content:
            hits[owner] = replace(
                hit, content=(hit.content | chain.tokens) - hit.cue - hit.source, pairing=hit.pairing or "content"
            )
        return
    if chain.kind is not QuotationKind.SPEECH:
        return
    for rule in (_cue_after, _cue_before, _signed):
        found = rule(reading, chain, hits)
        if found is not None:
            _add(hits, found)
            return
    if not _is_utterance(reading, chain):
        return
    follows = _continued(reading, chain, hits)
    if follows is not None:
        hit = hits[follows]
        hits[follows] = replace(hit, content=hit.content | chain.tokens, pairing="continued")
        return
    if not _opens_sentence(reading, chain):
        return
    carried = _carried_over(reading, chain, hits)
    if carried is not None:
        hits.append(carried)
    elif _word_total(reading, chain.tokens) >= _LONE_WORDS:
        hits.append(Hit("quotation", min(chain.tokens), NOTHING, NOTHING, chain.tokens, Kind.SPEECH, pairing="alone"))


def _is_utterance(reading: Reading, chain: _Chain) -> bool:
    """Whether a quotation that no content holds can stand for something said: not a word or two in a clause."""
    text = reading.article.prose[chain.first.inner.start : chain.first.inner.end].rstrip()
    return _word_total(reading, chain.tokens) >= _LONE_WORDS or text.endswith((".", "!", "?", "…"))


def _opens_sentence(reading: Reading, chain: _Chain) -> bool:
    """Whether a sentence, a paragraph or what follows a colon begins with the quotation.

    Read off the text: a parser may count the opening mark to the sentence before.
    """
    start = chain.first.span.start
    block = _block_at(reading, start)
    before = reading.article.prose[block.span.start if block else 0 : start].rstrip()
    return not before or before[-1] in ".!?:…”\"'’)]"


def _add(hits: list[Hit], found: Hit) -> None:
    """Add a hit, or give its content to the hit that already has its cue."""
    for index, hit in enumerate(hits):
        if hit.head == found.head:
            hits[index] = replace(
                hit, content=(hit.content | found.content) - hit.cue - hit.source, pairing=found.pairing
            )
            return
    hits.append(found)


def _owner(reading: Reading, chain: _Chain, hits: list[Hit]) -> int | None:
    """The hit whose content overlaps the quotation: the innermost that holds it whole, else the largest share."""
    candidates = []
    for index, hit in enumerate(hits):
        if hit.head in chain.tokens and hit.pattern != "quotation":
            continue
        shared = sum(not reading.syntax.is_punctuation(i) for i in hit.content & chain.tokens)
        if not shared or hit.pattern == "adverb":
            continue
        whole = chain.tokens <= hit.content
        reports = hit.kind in _REPORTING
        candidates.append((whole, reports, shared if not whole else -len(hit.content), index))
    return max(candidates)[-1] if candidates else None


def _block_at(reading: Reading, offset: int) -> Block | None:
    return next((b for b in reading.article.blocks if b.span.start <= offset < b.span.end), None)


def _cue_after(reading: Reading, chain: _Chain, hits: list[Hit]) -> Hit | None:
    """“…” said Reed – “…” the minister told reporters."""
    syntax = reading.syntax
    last = max(chain.tokens)
    sentence_end = len(syntax.tokens)
    if last + 1 >= sentence_end or not _same_block(reading, last, last + 1):
        return None
    if syntax.token(last).sentence != syntax.token(last + 1).sentence and not syntax.token(last + 1).text[:1].islower():
        return None  # a new sentence begins: its verb is not this quotation's
    end = syntax.sentence_of(last + 1).last
    for cue in reading.verb_cues:
        if last < cue.head < min(end, last + _REACH) and _can_report(reading, cue, hits):
            quoted_between = any(i in reading.quoted for i in range(last + 1, cue.head))
            if quoted_between or syntax.word(last + 1) in ("and", "but"):
                return None
            return _reported(reading, cue, chain.tokens, "cue-after")
    return None


def _cue_before(reading: Reading, chain: _Chain, hits: list[Hit]) -> Hit | None:
    """The minister said: “…” – He gave a back-handed compliment: “…”"""
    syntax = reading.syntax
    first = min(chain.tokens)
    if first == 0:
        return None
    before = syntax.token(first - 1).text
    introduced = before in (":", ",", "—", "–", "-")
    start = syntax.sentence_of(first).first
    if start >= first - 1 or start == first:
        start = syntax.sentence_of(first - 1).first
    for cue in reversed(reading.verb_cues):
        if (
            start <= cue.head < first
            and first - cue.head <= _REACH + (20 if before == ":" else 0)
            and _can_report(reading, cue, hits)
        ):
            if not introduced and first - cue.head > 2:
                continue
            return _reported(reading, cue, chain.tokens, "cue-before")
    if before == ":":
        return _introduced_by_clause(reading, chain, first, start)
    return None


def _introduced_by_clause(reading: Reading, chain: _Chain, first: int, start: int) -> Hit | None:
    """A clause without a reporting verb that ends in a colon: its subject speaks."""
    syntax = reading.syntax
    predicates = [
        i
        for i in range(start, first)
        if syntax.is_verb(i) and syntax.child(i, "nsubj") is not None and i not in reading.quoted
    ]
    roots = [
        i
        for i in predicates
        if syntax.head(i) is None or syntax.head(i) in chain.tokens or syntax.has_relation(i, "conj", "parataxis")
    ]
    for predicate in roots or predicates[:1]:
        who = subject(syntax, predicate)
        if who is None or syntax.lemma(who) in ("it", "this", "that", "there"):
            continue
        source = noun_phrase(syntax, who, without=chain.tokens | {predicate})
        return Hit(
            "quotation",
            predicate,
            cue_tokens(syntax, predicate),
            source,
            chain.tokens,
            Kind.SPEECH,
            pairing="cue-before",
        )
    return None


def _can_report(reading: Reading, cue: Cue, hits: list[Hit]) -> bool:
    """A reporting verb outside quotations, with a subject, that has no quotation yet."""
    if cue.head in reading.quoted or not cue.allows("clause", "quote", "told") or is_passive(reading.syntax, cue.head):
        return False
    if subject(reading.syntax, cue.head) is None:
        return False
    if not cue.allows("clause", "told") and reading.syntax.child(cue.head, "xcomp", "obj") is not None:
        return False  # "went on to endorse her"
    return not any(hit.head == cue.head and hit.content & reading.spoken for hit in hits)


def _reported(reading: Reading, cue: Cue, content: Tokens, rule: str) -> Hit:
    source = speaker(reading.syntax, cue.head, without=content | cue.tokens)
    return Hit(
        "quotation", cue.head, cue.tokens, source, content, cue.entry.kind, recipient(reading.syntax, cue) - content,
        cue.negative, pairing=rule,
    )  # fmt: skip


def _signed(reading: Reading, chain: _Chain, hits: list[Hit]) -> Hit | None:
    """“We had no warning.” – Mayor Ana Lopez"""
    del hits
    syntax = reading.syntax
    last = max(chain.tokens)
    block = _block_at(reading, chain.first.span.start)
    if block is None or last + 2 >= len(syntax.tokens) or syntax.token(last + 1).text not in ("–", "—", "-", "--", "―"):
        return None
    name = [
        i for i in range(last + 2, min(last + 12, len(syntax.tokens))) if syntax.token(i).span.start < block.span.end
    ]
    rest = [i for i in range(last + 2, len(syntax.tokens)) if syntax.token(i).span.start < block.span.end]
    if not name or name != rest or syntax.token(name[0]).upos not in ("PROPN", "NOUN", "ADJ", "DET"):
        return None
    if any(syntax.token(i).upos in ("VERB", "AUX") for i in name):
        return None
    return Hit(
        "quotation", last + 1, frozenset({last + 1}), frozenset(name), chain.tokens, Kind.SPEECH, pairing="signed"
    )


_NEAR = 100
"""Tokens, punctuation included, beyond which no quotation is next to another: ends the search early."""


def _continued(reading: Reading, chain: _Chain, hits: list[Hit]) -> int | None:
    """The direct hit that this quotation goes on from: next to it, in the same paragraph or the one before."""
    syntax = reading.syntax
    first = min(i for i in chain.tokens if not syntax.is_punctuation(i))
    best: tuple[int, int] | None = None
    for index, hit in enumerate(hits):
        # A parser may hang this quotation's marks on the one before.
        words = [i for i in hit.content | hit.cue | hit.source | hit.recipient if not syntax.is_punctuation(i)]
        if not words or hit.pairing == "alone" or max(words) >= first or not _ends_quoted(reading, hit):
            continue
        if first - max(words) > _NEAR:
            continue
        if not _same_block(reading, max(words), first) and not _is_direct(reading, hit):
            continue
        gap = [i for i in range(max(words) + 1, first) if not syntax.is_punctuation(i)]
        sentence = syntax.sentence_of(max(words)).last
        between = [i for i in gap if i >= sentence]
        if between or len(gap) > 25 or (gap and not _opens_sentence(reading, chain)):
            continue
        if best is None or max(words) > best[0]:
            best = (max(words), index)
    return None if best is None else best[1]


def _is_direct(reading: Reading, hit: Hit) -> bool:
    return not any(i not in reading.spoken for i in hit.content if not reading.syntax.is_punctuation(i))


def _ends_quoted(reading: Reading, hit: Hit) -> bool:
    """Whether the content's last word is in quotation marks: only such a content can go on in the next quotation."""
    words = [i for i in hit.content if not reading.syntax.is_punctuation(i)]
    return bool(words) and max(words) in reading.spoken


def _carried_over(reading: Reading, chain: _Chain, hits: list[Hit]) -> Hit | None:
    """A quotation whose speaker the sentences before it name, in the same paragraph.

    Whoever the nearest sentence reports as speaking; else the person who is its subject ("Reed shook his head.").
    """
    syntax = reading.syntax
    first = min(chain.tokens)
    number = syntax.token(first).sentence
    for sentence in reversed(reading.parse.sentences[max(0, number - _SENTENCES_BACK) : number + 1]):
        if not _same_block(reading, sentence.first, first):
            return None
        speaking = [
            h for h in hits
            if h.source and h.kind in _SPEAKING
            and sentence.first <= h.head < sentence.last and max(h.cue | h.content) < first
        ]  # fmt: skip
        if speaking:
            outermost = min(speaking, key=lambda h: (sum(1 for _ in syntax.ancestors(h.head)), h.head))
            return _attributed(chain, outermost.source, outermost.kind, "carried-over")
        person = _person_subject(reading, sentence.first, min(sentence.last, first))
        if person:
            return _attributed(chain, person, Kind.SPEECH, "carried-over")
    return None


def _attributed(chain: _Chain, source: Tokens, kind: Kind, rule: str) -> Hit:
    return Hit("quotation", min(chain.tokens), NOTHING, source, chain.tokens, kind, pairing=rule)


def _person_subject(reading: Reading, start: int, end: int) -> Tokens:
    """The subject of a sentence's main clause, if it is a person named or meant by "he" or "she"."""
    syntax = reading.syntax
    for index in range(start, end):
        if syntax.head(index) is None and index not in reading.quoted:
            who = syntax.child(index, "nsubj")
            if who is not None and (syntax.token(who).ner == "B-PER" or syntax.word(who) in ("he", "she")):
                return noun_phrase(syntax, who, without=frozenset({index}))
    return NOTHING


def _same_block(reading: Reading, first: int, second: int) -> bool:
    return _block_at(reading, reading.syntax.token(first).span.start) == _block_at(
        reading, reading.syntax.token(second).span.start
    )


def _word_total(reading: Reading, tokens: Tokens) -> int:
    return sum(not reading.syntax.is_punctuation(i) for i in tokens)
