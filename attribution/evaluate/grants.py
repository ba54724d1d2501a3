"""Anonymity granted and reasons given, on short cases of our own: rare in whole stories, so gathered apart.

``grants.toml`` holds tables ``[[case]]`` with an ``id``, a ``text`` in which one source is marked (``{s:…}``, see
``markup``), ``granted`` (true or false) and ``reason`` ("none", "boilerplate" or "specific", ruling 17); ``why``
explains a hard one to readers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attribution.errors import GoldError, LoadError
from attribution.evaluate.given import given_attributions
from attribution.evaluate.gold import GRANTS, check_keys, read_toml
from attribution.evaluate.labels import REASONS, flag
from attribution.evaluate.markup import read_markup
from attribution.evaluate.polnear import GoldAttribution
from attribution.evaluate.score import Count, Counts, Scores, intervals, total
from attribution.evaluate.sourcing import SETTINGS, Analyser
from attribution.load import from_text
from attribution.records import Article, Attribution, Source
from attribution.sources import resolve_sources
from attribution.text import overlap

_REQUIRED = frozenset({"id", "text", "granted", "reason"})


@dataclass(frozen=True, slots=True)
class GrantCase:
    """A few sentences, one source in them, and what the text says of its anonymity.

    Attributes:
        source: the marked source's words; an attribution without cue or content.
    """

    id: str
    article: Article
    source: GoldAttribution
    granted: bool
    reason: str


def read_grants(directory: str | Path) -> list[GrantCase]:
    """The cases beside the stories of a folder; none where there is no such file.

    Raises:
        GoldError: the file breaks the rules; names it, the case and what is wrong.
    """
    path = Path(directory) / GRANTS
    if not path.is_file():
        return []
    rows = read_toml(path).get("case")
    if not isinstance(rows, list) or not rows:
        raise GoldError("holds no [[case]]", where=str(path))
    cases: dict[str, GrantCase] = {}
    for number, row in enumerate(rows, start=1):
        try:
            case = _case(row)
        except (ValueError, LoadError) as error:
            raise GoldError(f"case {row.get('id', number)}: {error}", where=str(path)) from error
        if case.id in cases:
            raise GoldError(f"case {case.id} stands there twice", where=str(path))
        cases[case.id] = case
    return list(cases.values())


def _case(row: Mapping[str, Any]) -> GrantCase:
    check_keys("it", row, _REQUIRED | {"why"}, required=_REQUIRED)
    if not all(isinstance(row[key], str) for key in ("id", "text")):
        raise ValueError("id or text is not a string")
    if row["reason"] not in REASONS:
        raise ValueError(f"reason is {row['reason']!r}, not one of: {', '.join(REASONS)}")
    text, marked = read_markup(row["text"].strip("\n"))
    if [set(roles) for roles in marked.values()] != [{"source"}]:
        raise ValueError("not one source is marked ({s:…}), or something else is")
    (roles,) = marked.values()
    source = GoldAttribution(roles["source"], (), (), id="a1")
    return GrantCase(row["id"], from_text(text), source, flag(row, "granted"), row["reason"])


def measure_grants(
    analyser: Analyser,
    cases: Iterable[GrantCase],
    *,
    bootstrap: int = 0,
    done: Callable[[str], None] = lambda _: None,
) -> dict[str, Scores]:
    """F1 of granted and of reason (right sort) over the cases' sources, by setting ("given", "found").

    With the source given, it is resolved for the marked words; end to end, it is found if an attribution's source
    overlaps them, and one that is not found has neither grant nor reason.

    Args:
        bootstrap: number of resamples of the cases for the intervals (the seed is fixed), 0 for none.
        done: called with the id of each case when it has been judged.
    """
    by_setting: dict[str, list[Counts]] = {setting: [] for setting in SETTINGS}
    for case in cases:
        parse = analyser.parse(case.article)
        analysis = analyser.complete(case.article, parse)
        given = resolve_sources(case.article, parse, given_attributions(case.article, parse, [case.source]))
        by_setting["given"].append(_counts(case, *given))
        by_setting["found"].append(_counts(case, analysis.attributions, analysis.sources))
        done(case.id)
    return {
        setting: Scores(total(counts), intervals(counts, bootstrap), len(counts), len(counts))
        for setting, counts in by_setting.items()
    }


def _counts(case: GrantCase, attributions: Sequence[Attribution], sources: Sequence[Source]) -> dict[str, Count]:
    meant = {a.source_id for a in attributions if overlap(a.source, case.source.source)}
    found = [source for source in sources if source.id in meant]
    granted = any(source.granted for source in found)
    reasons = {source.reason for source in found} - {"none"}
    return {
        "granted": _count(granted, case.granted, agree=True),
        "reason": _count(bool(reasons), case.reason != "none", agree=case.reason in reasons),
    }


def _count(found: bool, gold: bool, *, agree: bool) -> Count:
    right = int(found and gold and agree)
    return Count(right, int(found), right, int(gold))
