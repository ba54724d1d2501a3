"""Files of decisions: what people have decided about an article, for systems whose text holds no comments.

``story.attribution.toml`` lies beside ``story.txt`` (or ``.md``, ``.html`` …).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attribution.errors import LoadError
from attribution.records import Decisions, Ignore

_SUFFIX = ".attribution.toml"
_IGNORE_KEYS = ("codes", "reason", "text")


def beside(path: Path) -> Path | None:
    """The file of decisions that lies beside an article, or None."""
    candidate = path.with_name(path.stem + _SUFFIX)
    return candidate if candidate.is_file() else None


def read_decisions(path: Path) -> Decisions:
    """Read a file of decisions.  An entry that cannot be understood is a fault, and the others hold.

    Raises:
        LoadError: it cannot be read, or is not TOML.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LoadError(
            f"cannot be read: {error.strerror}", where=str(path), remedy="check the path that --corrections names"
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LoadError(f"is not TOML: {error}", where=str(path), remedy="see https://toml.io") from error
    ignores: list[Ignore] = []
    faults: list[str] = []
    for key, entries in table.items():
        if key != "ignore":
            faults.append(f"there is no decision called {key!r}; there is [[ignore]]")
            continue
        for entry, content in _entries(key, entries):
            fault = _fault(content, _IGNORE_KEYS)
            if fault or not _are_words(content.get("codes")):
                faults.append(f"{entry}: {fault or 'codes is a list of rule codes'}")
                continue
            ignores.append(Ignore(entry, tuple(content["codes"]), content.get("reason"), content.get("text")))
    return Decisions(str(path), tuple(ignores), tuple(faults))


def _entries(key: str, entries: object) -> Iterator[tuple[str, Any]]:
    """The tables of an array of tables, with names for messages."""
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], start=1):
        yield f"{key} {number}", entry


def _fault(content: object, keys: tuple[str, ...]) -> str | None:
    if not isinstance(content, dict):
        return "write it as a table, [[…]]"
    unknown = [key for key in content if key not in keys]
    if unknown:
        return f"there is no key {unknown[0]!r}; there are {', '.join(keys)}"
    wrong = [key for key in keys if key != "codes" and not isinstance(content.get(key, ""), str)]
    return f"{wrong[0]} is words in quotation marks" if wrong else None


def _are_words(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)
