"""What changed in the sourcing between two versions, as text and as JSON objects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from attribution.records import Claim, Finding, Program, Source, Span
from attribution.render.cards import SEVERITY_WORDS
from attribution.render.fit import visible, wrap
from attribution.render.summary import summary
from attribution.render.terminal import BOLD, GREEN, RED, Page
from attribution.render.view import View, view_of
from attribution.render.wire import SCHEMA_VERSION, Object, escape_controls, finding_object, text_digest
from attribution.render.words import level_words
from attribution.versions import ClaimChange, ClaimFate, SourceChange, SourceFate, VersionDiff

_MARKS = '“”"‘’'

_SIGNS = {
    SourceFate.GAINED: "+",
    SourceFate.LOST: "-",
    SourceFate.MORE_IDENTIFIABLE: "▲",
    SourceFate.LESS_IDENTIFIABLE: "▼",
    SourceFate.DESCRIBED_OTHERWISE: "~",
    SourceFate.REASON_GAINED: "▲",
    SourceFate.REASON_LOST: "▼",
    ClaimFate.ADDED: "+",
    ClaimFate.DROPPED: "-",
    ClaimFate.ATTRIBUTION_LOST: "▼",
    ClaimFate.ATTRIBUTION_GAINED: "▲",
    ClaimFate.SOURCE_CHANGED: "~",
    ClaimFate.CORROBORATION_GAINED: "▲",
    ClaimFate.CORROBORATION_LOST: "▼",
}
_COLOURS = {"+": GREEN, "▲": GREEN, "-": RED, "▼": RED}


def versions_text(diff: VersionDiff, page: Page) -> str:
    """The changes as an editor reads them; lines refer to the version a thing stands in."""
    old, new = view_of(diff.old), view_of(diff.new)
    parts = [[*_head("old", old, page), *_head("new", new, page)]]
    if diff.is_empty:
        parts.append(["The sourcing is the same."])
    for title, lines in (
        ("SOURCES", (_source(change, old, new) for change in diff.sources)),
        ("CLAIMS", (_claim(change, old, new) for change in diff.claims)),
        ("FINDINGS", _findings(diff)),
    ):
        section = [line for text in lines for line in _fitted(text, page)]
        if section:
            parts.append([page.paint(title, BOLD), *section])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def versions_json(diff: VersionDiff, program: Program, *, with_text: bool = True) -> str:
    """The changes as one JSON object (docs/json.md)."""

    def words(text: str) -> str | None:
        return text if with_text else None

    def source(one: Source | None) -> Object | None:
        return {"id": one.id, "name": words(one.name), "level": one.level, "type": one.type} if one else None

    written = {
        "schema_version": SCHEMA_VERSION,
        "program": {"name": program.name, "version": program.version, "parser": program.parser, "model": program.model},
        "old": {"path": diff.old.article.path, "text_sha256": text_digest(diff.old.article.text)},
        "new": {"path": diff.new.article.path, "text_sha256": text_digest(diff.new.article.text)},
        "sources": [
            {"change": change.fate, "old": source(change.old), "new": source(change.new)} for change in diff.sources
        ],
        "claims": [
            {
                "change": change.fate,
                "old": change.old and {"id": change.old.id, "text": words(change.old.text)},
                "new": change.new and {"id": change.new.id, "text": words(change.new.text)},
                "unattributed_at": change.at and list(change.at),
                "origins": change.origins and list(change.origins),
            }
            for change in diff.claims
        ],
        "findings": {
            "new": [finding_object(finding, with_text=with_text) for finding in diff.new_findings],
            "gone": [finding_object(finding, with_text=with_text) for finding in diff.gone_findings],
        },
    }
    return escape_controls(json.dumps(written, ensure_ascii=False, indent=1)) + "\n"


def _head(version: str, view: View, page: Page) -> Iterable[str]:
    path = view.article.path or "text"
    return wrap(visible(f"{version}: {path}: {summary(view)}."), page.width, 4)


def _fitted(text: str, page: Page) -> Iterator[str]:
    """A change with its sign, wrapped under its own text."""
    sign, _, rest = text.partition(" ")
    first, *more = wrap(visible(rest), page.width - 2, 4)
    yield f"{page.paint(sign, _COLOURS.get(sign, ''))} {first}"
    yield from (f"  {line}" for line in more)


def _source(change: SourceChange, old: View, new: View) -> str:
    sign = _SIGNS[change.fate]
    if change.old is None or change.new is None:
        (source, view) = (change.new, new) if change.old is None else (change.old, old)
        assert source is not None
        return f"{sign} {change.fate}: {_named(source)}{_line(source, view)}"
    if change.old.name == change.new.name and change.old.level == change.new.level:
        return f"{sign} {change.fate}: {_named(change.new)}{_line(change.new, new)}"
    return f"{sign} {change.fate}: {_named(change.old)} → {_named(change.new)}{_line(change.new, new)}"


def _named(source: Source) -> str:
    return f"{source.name}, {level_words(source.level)}"


def _line(source: Source, view: View) -> str:
    return f" (line {view.line(source.mentions[0].span.start)})" if source.mentions else ""


def _claim(change: ClaimChange, old: View, new: View) -> str:
    claim, view = (change.new, new) if change.new else (change.old, old)
    assert claim is not None
    said = f"{_SIGNS[change.fate]} {change.fate}: “{claim.text.strip(_MARKS)}”"
    details = [_at(claim.span[0], view)]
    if change.fate is ClaimFate.ATTRIBUTION_LOST:
        details = [f"was {_makers(change.old, old)}", f"unattributed in {_at(change.at, new)} of the new version"]
    elif change.fate is ClaimFate.ATTRIBUTION_GAINED:
        details = [f"now {_makers(change.new, new)}", details[0]]
    elif change.fate is ClaimFate.SOURCE_CHANGED:
        details = [f"{_makers(change.old, old)} → {_makers(change.new, new)}", details[0]]
    elif change.origins:
        details = [f"independent origins: {change.origins[0]} → {change.origins[1]} at least", details[0]]
    elif change.fate in {ClaimFate.ADDED, ClaimFate.DROPPED}:
        details = [_makers(claim, view), details[0]]
    return f"{said} ({'; '.join(details)})"


def _makers(claim: Claim | None, view: View) -> str:
    """Who makes a claim: "a close associate, A4 vague"."""
    names = [_named(view.source(s)) for s in claim.sources] if claim else []
    return " and ".join(names) or "nobody found"


def _at(span: Span | None, view: View) -> str:
    return f"line {view.line(span.start)}" if span else ""


def _findings(diff: VersionDiff) -> Iterator[str]:
    for sign, findings in (("+", diff.new_findings), ("-", diff.gone_findings)):
        yield from (f"{sign} {_found(finding)}" for finding in findings)


def _found(finding: Finding) -> str:
    return f"{finding.code} {SEVERITY_WORDS[finding.severity]} (line {finding.line}): {finding.message}"
