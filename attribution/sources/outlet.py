"""Which outlet the article is from, as far as it says so."""

from __future__ import annotations

import re
from collections import Counter

from attribution.records import Article, Attribution, BlockKind
from attribution.sources.vocabulary import name_key, outlets

_DATELINE = re.compile(
    r"\((AFP|Reuters|AP|dpa|DPA|ANSA|EFE|PTI|ANI|Xinhua|TASS|UPI|IANS|PA Media|Kyodo|Yonhap|Anadolu)\)\s*[-–—]{1,2}"
)


def own_outlets(article: Article, attributions: tuple[Attribution, ...]) -> frozenset[str]:
    """Names of the outlet and agency that publish the article.

    From the byline and dateline; else the one agency that sources told ("told AFP"), since an agency reports its own
    interviews so.
    """
    found: set[str] = set()
    for block in article.blocks:
        if block.kind in (BlockKind.BYLINE, BlockKind.DATELINE):
            words = article.text[block.span.start : block.span.end]
            found.update(
                outlet.name for name, outlet in outlets().items() if re.search(rf"\b{re.escape(name)}\b", words)
            )
    found.update(outlets()[m[1]].name for m in _DATELINE.finditer(article.text[:600]) if m[1] in outlets())
    if found:
        return frozenset(found)
    told = Counter(
        outlet.name
        for a in attributions
        if a.recipient and (outlet := outlets().get(name_key(a.recipient))) and outlet.kind == "agency"
    )
    return frozenset(told) if len(told) == 1 else frozenset()
