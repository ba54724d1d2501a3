"""Which outlet the article is from, as far as it says so, and where it speaks itself (ruling 2)."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from attribution.extract.hits import Reading
from attribution.records import Article, Attribution, BlockKind, SourceType
from attribution.sources.entities import Entity
from attribution.sources.mentions import Form, Phrase
from attribution.sources.vocabulary import name_key, outlets

_DATELINE = re.compile(
    r"\((AFP|Reuters|AP|dpa|DPA|ANSA|EFE|PTI|ANI|Xinhua|TASS|UPI|IANS|PA Media|Kyodo|Yonhap|Anadolu)\)\s*[-–—]{1,2}"
)


def outlets_named(words: str) -> frozenset[str]:
    """Main names of the outlets and agencies that some words name; of two names that overlap, the longer."""
    return frozenset(outlets()[match.group()].name for match in _names().finditer(words))


@cache
def _names() -> re.Pattern[str]:
    """Every name of every outlet: one pattern, since one for each is many times slower."""
    longest_first = sorted(outlets(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in longest_first)})\b")


def own_outlets(article: Article, attributions: tuple[Attribution, ...]) -> frozenset[str]:
    """Names of the outlet and agency that publish the article.

    From the byline and dateline; else the one agency that sources told ("told AFP"), since an agency reports its own
    interviews so.
    """
    found: set[str] = set()
    for block in article.blocks:
        if block.kind in (BlockKind.BYLINE, BlockKind.DATELINE):
            found |= outlets_named(article.prose[block.span.start : block.span.end])
    found.update(outlets()[m[1]].name for m in _DATELINE.finditer(article.prose[:600]) if m[1] in outlets())
    if found:
        return frozenset(found)
    told = Counter(
        outlet.name
        for a in attributions
        if a.recipient and (outlet := outlets().get(name_key(a.recipient))) and outlet.kind == "agency"
    )
    return frozenset(told) if len(told) == 1 else frozenset()


class OwnVoice:
    """The outlet as a source of its own article.

    Attributes:
        names: what ``own_outlets`` says of the article.
    """

    def __init__(self, reading: Reading, names: frozenset[str]) -> None:
        self.reading = reading
        self.names = names
        self._itself: Entity | None = None

    def speaking(self, phrase: Phrase, cue: frozenset[int]) -> Entity | None:
        """The outlet, its reporters, its analysis; "AFP has learned" hides its source and stands alone (ruling 2)."""
        outlet = (
            phrase.form is Form.BODY
            and phrase.organisation is not None
            and phrase.organisation.type is SourceType.MEDIA
        )
        said = {self.reading.syntax.lemma(i) for i in cue}
        name = phrase.organisation.name if outlet and phrase.organisation else ""
        learned = bool(said & {"learn", "understand"} or {"can", "reveal"} <= said)
        if (
            outlet
            and learned
            and (
                name in self.names or (phrase.organisation and phrase.organisation.kind == "agency" and not self.names)
            )
        ):
            return Entity(Form.BODY, author=True, own_voice=True)
        if phrase.form is Form.PRONOUN and phrase.noun == "we" and learned and phrase.head not in self.reading.spoken:
            return Entity(Form.PRONOUN, author=True, own_voice=True)
        if outlet and name in self.names:
            return self.itself
        if phrase.form is Form.PERSON and phrase.role is not None and phrase.role.kind == "journalist":
            employers = [outlets().get(name_key(a.text)) for a in phrase.anchors]
            known = [o.name for o in employers if o is not None]
            witness = bool(said & {"see", "witness", "hear", "observe", "count", "watch"})
            if any(n in self.names for n in known) or (known and witness and not self.names):
                return self.itself
        return None

    @property
    def itself(self) -> Entity:
        """The outlet, its reporters, its analysis: one entity in an article."""
        if self._itself is None:
            self._itself = Entity(Form.BODY, author=True)
        return self._itself
