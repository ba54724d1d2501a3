"""Files of decisions: what people have decided about an article, for systems whose text holds no comments.

``story.attribution.toml`` lies beside ``story.txt`` (or ``.md``, ``.html`` …).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attribution.errors import LoadError
from attribution.records import Correction, CorrectionKind, Decisions, Ignore, Level, SourceType
from attribution.toml_file import read_toml

_SUFFIX = ".attribution.toml"
_KEYS = {
    "ignore": ("codes", "text", "reason"),
    CorrectionKind.SAME_SOURCE.value: ("sources", "reason"),
    CorrectionKind.DIFFERENT_SOURCES.value: ("sources", "reason"),
    CorrectionKind.GRADE.value: ("source", "type", "level", "reason"),
    CorrectionKind.NO_ATTRIBUTION.value: ("text", "reason"),
}
"""What each entry may hold."""
_LISTS = ("codes", "sources")
_NEEDED = {"ignore": "codes", "same-source": "sources", "different-sources": "sources", "grade": "source"}


def beside(path: Path) -> Path | None:
    """The file of decisions that lies beside an article, or None."""
    try:
        candidate = path.with_name(path.stem + _SUFFIX)
        return candidate if candidate.is_file() else None
    except (OSError, ValueError):  # a name that leaves no room for the suffix, or "."
        return None


def read_decisions(path: Path) -> Decisions:
    """Read a file of decisions.  An entry that cannot be understood is a fault, and the others hold.

    Raises:
        LoadError: it cannot be read, or is not TOML.
    """
    table = read_toml(path, LoadError, remedy="check the path that --corrections names")
    ignores: list[Ignore] = []
    corrections: list[Correction] = []
    faults: list[str] = []
    for key, entries in table.items():
        if key not in _KEYS:
            known = ", ".join(f"[[{name}]]" for name in _KEYS)
            faults.append(f"there is no decision called {key!r}; there are {known}")
            continue
        for number, content in enumerate(entries if isinstance(entries, list) else [entries], start=1):
            entry = f"{key} {number}"
            if fault := _fault(key, content):
                faults.append(f"{entry}: {fault}")
            elif key == "ignore":
                ignores.append(Ignore(entry, tuple(content["codes"]), content.get("reason"), content.get("text")))
            else:
                corrections.append(_correction(entry, CorrectionKind(key), content))
    return Decisions(str(path), tuple(ignores), tuple(corrections), tuple(faults))


def _correction(entry: str, kind: CorrectionKind, content: Mapping[str, Any]) -> Correction:
    words = content.get("sources") or [content.get("source") or content["text"]]
    return Correction(entry, kind, tuple(words), content.get("type"), content.get("level"), content.get("reason"))


def _fault(key: str, content: object) -> str | None:
    """What is wrong with an entry, None if nothing is."""
    if not isinstance(content, dict):
        return f"write it as [[{key}]]"
    unknown = [name for name in content if name not in _KEYS[key]]
    if unknown:
        return f"there is no key {unknown[0]!r}; there are {', '.join(_KEYS[key])}"
    for name in _KEYS[key]:
        value = content.get(name)
        if value is None and name == _NEEDED.get(key, "text"):
            return f"{name} is missing"
        if value is not None and name in _LISTS and not _are_words(value):
            return f"{name} is a list of words in quotation marks"
        if value is not None and name not in _LISTS and not (isinstance(value, str) and value.strip()):
            return f"{name} is words in quotation marks"
    return _fault_of_correction(key, content)


def _fault_of_correction(key: str, content: Mapping[str, Any]) -> str | None:
    if "sources" in content and len(content["sources"]) != 2:
        return "sources are two"
    if key != CorrectionKind.GRADE:
        return None
    if "type" not in content and "level" not in content:
        return "it gives neither type nor level"
    for name, known in (("type", SourceType), ("level", Level)):
        if name in content and content[name] not in tuple(known):
            return f"there is no {name} {content[name]!r}; there are {', '.join(known)}"
    return None


def _are_words(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) and item.strip() for item in value)
