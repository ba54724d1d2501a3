"""Inline markup of gold texts: ``{s1:A minister} {c1:said} {x1:{s2:critics} {c2:were} {x2:wrong}}.``

``s`` marks a source, ``c`` a cue, ``x`` a content; the number says of which attribution and may be left out where there
is one.  Several stretches of one role and number make one discontinuous span, and markup nests.  Braces have no
other use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from attribution.records import Span, Spans

_MARK = re.compile(r"\{([scx])([1-9]\d*|):|([{}])")
_ROLE = {"s": "source", "c": "cue", "x": "content"}

Roles = Mapping[str, Spans]
"""The spans of one attribution by role ("source", "cue", "content"); roles without markup are missing."""


def read_markup(marked: str) -> tuple[str, dict[str, Roles]]:
    """The text without its markup, and the spans of each attribution by its number, "" for none, as they appear.

    Raises:
        ValueError: a brace is no markup, is never closed, or marks no words.
    """
    text, at = "", 0
    roles: dict[str, dict[str, list[Span]]] = {}
    opened: list[tuple[str, str, int]] = []
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        near = repr(marked[max(0, match.start() - 20) : at + 20])
        if match[3] == "{":
            raise ValueError(f"a brace that is no markup, near {near}")
        if match[3] is None:
            opened.append((_ROLE[match[1]], match[2], len(text)))
            roles.setdefault(match[2], {})
            continue
        if not opened:
            raise ValueError(f"a brace is closed that was not opened, near {near}")
        role, number, start = opened.pop()
        if not text[start:].strip():
            raise ValueError(f"markup around no words, near {near}")
        roles[number].setdefault(role, []).append(Span(start, len(text)))
    if opened:
        role, number, start = opened[-1]
        raise ValueError(
            f"the {role} of {number or 'the attribution'} is never closed; it begins {text[start : start + 40]!r}"
        )
    spans: dict[str, Roles] = {
        number: {role: tuple(sorted(s)) for role, s in by_role.items()} for number, by_role in roles.items()
    }
    return text + marked[at:], spans
