"""What an annotator says of an attribution and its source, beside the spans.

The fields are those of standards §3; every value is checked where it is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from attribution.evaluate.polnear import GoldAttribution
from attribution.records import Article, Kind, Level, SourceType

REASONS = ("none", "boilerplate", "specific")

_E = TypeVar("_E", bound=StrEnum)
_COUNT = re.compile(r"\d+|>=2|\?")


@dataclass(frozen=True, slots=True)
class SourceLabels:
    """A source's grades, with the fields of ``records.Source`` that bear the same names."""

    type: SourceType
    level: Level
    granted: bool
    reason: str
    collective: bool
    count: str


NOBODY = SourceLabels(SourceType.UNKNOWN, Level.A5, granted=False, reason="none", collective=False, count="0")
"""The grades of an attribution that names no source (standards §3.5, ruling 19)."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What is annotated of one attribution.

    Attributes:
        entity: a name for whoever stands behind it, the same for all attributions of one source in an
            article; None where the text says nobody.
        source: that source's grades; None for a quotation whose speaker the text does not tell.
        recipient: who was told, in words; None for nobody in particular.
        negative: the source denies the content, or is said not to have said it; None where that is not annotated.
    """

    entity: str | None
    source: SourceLabels | None
    recipient: str | None
    kind: Kind
    hypothetical: bool
    negative: bool | None = None


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article with its gold attributions and the labels of those that are to be judged.

    Attributes:
        article: as the program would load its text.
        attributions: all gold attributions, each with an id.
        labels: by the attribution's id; those that are left out are matched but not judged.
    """

    id: str
    article: Article
    attributions: tuple[GoldAttribution, ...]
    labels: Mapping[str, Labels]

    @property
    def text(self) -> str:
        return self.article.text


def read_source_labels(row: Mapping[str, Any]) -> SourceLabels:
    """The grades in a row of any format that has these six fields; others are not looked at.

    Raises:
        ValueError: a field is missing, or says what the scheme does not know.
    """
    labels = SourceLabels(
        type=_one_of(row, "type", SourceType),
        level=_one_of(row, "level", Level),
        granted=flag(row, "granted"),
        reason=str(row.get("reason")),
        collective=flag(row, "collective"),
        count=str(row.get("count")),
    )
    if labels.reason not in REASONS:
        raise ValueError(f"reason is {row.get('reason')!r}, not one of: {', '.join(REASONS)}")
    if not isinstance(row["count"], str) or not _COUNT.fullmatch(labels.count):
        raise ValueError(f'count is {row.get("count")!r}, not a number in quotation marks, ">=2" or "?"')
    return labels


def read_kind(row: Mapping[str, Any], default: Kind | None = None) -> Kind:
    """The kind in a row.

    Raises:
        ValueError: it is none of the kinds, or is missing and has no default.
    """
    return default if default is not None and "kind" not in row else _one_of(row, "kind", Kind)


def flag(row: Mapping[str, Any], name: str) -> bool:
    """A field that is true or false.

    Raises:
        ValueError: it is neither.
    """
    value = row.get(name)
    if not isinstance(value, bool):
        raise ValueError(f"{name} is {value!r}, not true or false")
    return value


def nobody(kind: Kind, *, hypothetical: bool, negative: bool | None = None) -> Labels:
    """The labels of an attribution without a source."""
    return Labels(None, NOBODY, None, kind, hypothetical, negative)


def _one_of(row: Mapping[str, Any], name: str, values: type[_E]) -> _E:
    try:
        return values(str(row.get(name)))
    except ValueError:
        raise ValueError(f"{name} is {row.get(name)!r}, not one of: {', '.join(v.value for v in values)}") from None
