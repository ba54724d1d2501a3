"""With which verbs each side's statements are reported: neutral, doubting, endorsing …"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from attribution.extract.cues import CueEntry, cue_lexicon, is_negated
from attribution.records import Attribution, Kind, Source, SourceType, Span
from attribution.voice.page import Page

_SAID = frozenset({Kind.SPEECH, Kind.WRITING, Kind.BELIEF})
_OFFICIALS = frozenset({SourceType.GOVERNMENT, SourceType.SECURITY, SourceType.JUDICIAL})


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """The verb that reports one statement.

    Attributes:
        index: its token.
        span: the verb with its particle ("pointed out").
        loaded: what it tells beyond "said": neutral, doubt, concede, endorse, mind or rebut (``cues.tsv``).
        source: who is reported to have said it.
    """

    attribution: Attribution
    index: int
    span: Span
    lemma: str
    loaded: str
    source: Source


def reporting_verbs(page: Page) -> Iterator[ReportingVerb]:
    """The verb of each statement that the outlet itself reports, in text order: not those inside what others say."""
    sources = {s.id: s for s in page.analysis.sources}
    for attribution in page.reported:
        source = sources.get(attribution.source_id or "")
        if source is None or source.count == "0" or attribution.parent or attribution.kind not in _SAID:
            continue
        found = _verb(page, attribution)
        if found is not None:
            index, last, entry = found
            span = Span(page.syntax.token(index).span.start, page.syntax.token(last).span.end)
            yield ReportingVerb(attribution, index, span, entry.lemma, entry.loaded, source)


def _verb(page: Page, attribution: Attribution) -> tuple[int, int, CueEntry] | None:
    """The verb of a statement, its last word, and its line of the lexicon."""
    syntax = page.syntax
    for index in sorted(i for span in attribution.cue for i in syntax.between(span)):
        if syntax.token(index).upos != "VERB" or is_negated(syntax, index) or index in page.voiced:
            continue
        particle = syntax.child(index, "compound:prt")
        if particle == index + 1:
            entry = cue_lexicon().get((f"{syntax.lemma(index)} {syntax.lemma(particle)}", "VERB"))
            if entry is not None:
                return index, particle, entry
        if entry := cue_lexicon().get((syntax.lemma(index), "VERB")):
            return index, index, entry
    return None


def side(source: Source) -> str:
    """Which side of a story a source speaks for: officials, or else its type."""
    return "officials" if source.type in _OFFICIALS else source.type.value


def balance(verbs: Iterable[ReportingVerb], sides: Callable[[Source], str] = side) -> Mapping[str, Counter[str]]:
    """How often each side's statements have a verb of each sort, by side in order of appearance."""
    found: dict[str, Counter[str]] = {}
    for verb in verbs:
        found.setdefault(sides(verb.source), Counter())[verb.loaded] += 1
    return found
