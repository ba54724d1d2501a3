"""The project's own gold: whole stories of many desks, annotated in full, one TOML file each.

A story has a ``desk`` and a ``style``, a ``text`` with inline markup (see ``markup``), a table ``[sources.KEY]`` with
the grades of each source (standards §3), and a table ``[attributions.N]`` for each number in the markup:

=============== ==========================================================================================
source          the key of a source; "" where the text says nobody ("reportedly"), "?" for a quotation whose
                speaker the text does not tell
kind            what the source is said to have done; "speech" where it is left out
polarity        "negative" where the source denies the content or did not say it
hypothetical    true where nobody is reported to have said it
recipient       who was told
=============== ==========================================================================================

Nothing is passed over in silence: a file that breaks these rules is refused.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attribution.errors import GoldError, LoadError
from attribution.evaluate.labels import (
    LabelledArticle,
    Labels,
    SourceLabels,
    flag,
    nobody,
    read_kind,
    read_source_labels,
)
from attribution.evaluate.markup import Roles, read_markup
from attribution.evaluate.polnear import GoldAttribution
from attribution.evaluate.score import Counts, Scores, count, intervals, total
from attribution.evaluate.sourcing import Analyser, Judgement, judge
from attribution.load import from_text
from attribution.records import Kind

GRANTS = "grants.toml"
"""The file beside the stories that holds cases of anonymity granted (see ``grants``)."""

DESKS = frozenset(
    {"conflict", "business", "courts", "disaster", "politics", "science", "health", "sport", "culture", "crime",
     "diplomacy", "local", "features", "markets", "press-release", "investigation", "technology", "environment",
     "labour", "elections"}
)  # fmt: skip
STYLES = frozenset({"agency", "uk-newspaper", "us-newspaper", "web", "press-release", "broadcast"})

PARTS = ("extraction", "given", "found")
"""What is measured: attributions found, and sources with spans given and end to end."""

_STORY_KEYS = frozenset({"desk", "style", "text", "sources", "attributions"})
_SOURCE_KEYS = frozenset({"name", "type", "level", "count", "collective", "granted", "reason"})
_ATTRIBUTION_KEYS = frozenset({"source", "kind", "polarity", "hypothetical", "recipient"})


@dataclass(frozen=True, slots=True)
class GoldStory:
    """An annotated story; the id of its article is its file's name without the suffix."""

    desk: str
    style: str
    article: LabelledArticle


# --------------------------------------------------------------------------------------------- reading


def story_files(directory: str | Path) -> list[Path]:
    """The files of the stories in a folder, sorted by name.

    Raises:
        GoldError: there is none.
    """
    paths = sorted(path for path in Path(directory).glob("*.toml") if path.name != GRANTS)
    if not paths:
        raise GoldError("no gold stories here", where=str(directory), remedy="give the folder that holds them (*.toml)")
    return paths


def read_stories(directory: str | Path) -> list[GoldStory]:
    """Every story of a folder, sorted by name.

    Raises:
        GoldError: there is none, or a file breaks the rules; names the file and what is wrong.
    """
    return [read_story(path) for path in story_files(directory)]


def read_story(path: str | Path) -> GoldStory:
    """One story.

    Raises:
        GoldError: the file breaks the rules; names it and what is wrong.
    """
    path = Path(path)
    try:
        return _story(path.stem, read_toml(path))
    except (ValueError, LoadError) as error:
        raise GoldError(f"not a gold story: {error}", where=str(path)) from error


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file.

    Raises:
        GoldError: it cannot be read, or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GoldError(f"cannot be read: {error}", where=str(path)) from error


def _story(name: str, row: Mapping[str, Any]) -> GoldStory:
    check_keys("the story", row, _STORY_KEYS, required=_STORY_KEYS)
    desk, style = row["desk"], row["style"]
    for field, value, allowed in (("desk", desk, DESKS), ("style", style, STYLES)):
        if value not in allowed:
            raise ValueError(f"{field} is {value!r}, not one of: {', '.join(sorted(allowed))}")
    if not isinstance(row["text"], str) or not isinstance(row["sources"], dict):
        raise ValueError("text is not a string, or sources is not a table")
    text, marked = read_markup(row["text"])
    sources = {key: _source(key, table) for key, table in row["sources"].items()}
    tables = row["attributions"]
    if unmarked := sorted(set(tables) - set(marked)):
        raise ValueError(f"[attributions.{unmarked[0]}] has no markup in the text")
    labels = {}
    for number, roles in marked.items():
        if number not in tables:
            raise ValueError(f"attribution {number} is marked in the text but has no [attributions.{number}]")
        try:
            labels[number] = _labels(tables[number], roles, sources)
        except ValueError as error:
            raise ValueError(f"attribution {number}: {error}") from None
    if unused := sorted(set(sources) - {label.entity for label in labels.values()}):
        raise ValueError(f"[sources.{unused[0]}] is the source of no attribution")
    attributions = tuple(
        GoldAttribution(roles.get("source", ()), roles.get("cue", ()), roles["content"], id=number)
        for number, roles in marked.items()
    )
    return GoldStory(desk, style, LabelledArticle(name, from_text(text), attributions, labels))


def _source(key: str, table: Mapping[str, Any]) -> SourceLabels:
    check_keys(f"[sources.{key}]", table, _SOURCE_KEYS, required=_SOURCE_KEYS)
    try:
        return read_source_labels(table)
    except ValueError as error:
        raise ValueError(f"[sources.{key}]: {error}") from None


def _labels(table: Mapping[str, Any], roles: Roles, sources: Mapping[str, SourceLabels]) -> Labels:
    check_keys("its table", table, _ATTRIBUTION_KEYS, required=frozenset({"source"}))
    if "content" not in roles:
        raise ValueError("it has no content ({x…:…})")
    key = table["source"]
    kind = read_kind(table, default=Kind.SPEECH)
    hypothetical = flag(table, "hypothetical") if "hypothetical" in table else False
    polarity = table.get("polarity", "positive")
    if polarity not in ("positive", "negative"):
        raise ValueError(f"polarity is {polarity!r}, not positive or negative")
    negative = polarity == "negative"
    recipient = table.get("recipient")
    if recipient is not None and not (isinstance(recipient, str) and recipient.strip()):
        raise ValueError(f"recipient is {recipient!r}, not somebody's name")
    if key in ("", "?"):
        if "source" in roles:
            raise ValueError(f"its source is {key!r}, but words are marked as one")
        if key == "":
            return nobody(kind, hypothetical=hypothetical, negative=negative)
        return Labels(None, None, recipient, kind, hypothetical, negative)
    if key not in sources:
        raise ValueError(f"there is no [sources.{key}]")
    return Labels(key, sources[key], recipient, kind, hypothetical, negative)


def check_keys(what: str, table: Any, known: frozenset[str], *, required: frozenset[str]) -> None:
    """Whether a table has the fields it must have and no others; ``what`` names it in errors.

    Raises:
        ValueError: it has not.
    """
    if not isinstance(table, dict):
        raise ValueError(f"{what} is not a table")
    if unknown := sorted(set(table) - known):
        raise ValueError(f"{what} has a field {unknown[0]!r}, which is none of: {', '.join(sorted(known))}")
    if missing := sorted(required - set(table)):
        raise ValueError(f"{what} lacks {missing[0]!r}")


# ------------------------------------------------------------------------------------------- measuring


@dataclass(frozen=True, slots=True)
class StoryResult:
    """What the program made of one story: its judged sources, and the counts of every part."""

    story: GoldStory
    judgement: Judgement
    counts: Mapping[str, Counts]


def measure_stories(
    analyser: Analyser, stories: Iterable[GoldStory], *, done: Callable[[str], None] = lambda _: None
) -> list[StoryResult]:
    """Analyse and judge every story.

    Args:
        done: called with the id of each story when it has been judged.
    """
    results = []
    for story in stories:
        article = story.article
        judgement = judge(analyser, article)
        extraction = count(article.text, article.attributions, judgement.analysis.attributions)
        results.append(StoryResult(story, judgement, {"extraction": extraction, **judgement.counts()}))
        done(article.id)
    return results


def summarise_stories(results: Sequence[StoryResult], *, bootstrap: int = 0) -> dict[str, Scores]:
    """Every measure over all stories, by part ("extraction", "given", "found").

    Args:
        bootstrap: number of resamples of the stories for the intervals (the seed is fixed), 0 for none.
    """
    by_part = {part: [result.counts[part] for result in results] for part in PARTS}
    return {
        part: Scores(total(counts), intervals(counts, bootstrap), len(counts), len(counts))
        for part, counts in by_part.items()
    }


def break_down(results: Sequence[StoryResult], key: Callable[[GoldStory], str]) -> dict[str, dict[str, Scores]]:
    """``summarise_stories`` for each group of stories, by what ``key`` says of a story, in alphabetical order."""
    groups: dict[str, list[StoryResult]] = {}
    for result in results:
        groups.setdefault(key(result.story), []).append(result)
    return {name: summarise_stories(groups[name]) for name in sorted(groups)}
