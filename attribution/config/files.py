"""Configuration files: which one holds for an article, and what may stand in it.

The nearest ``attribution.toml``, or ``pyproject.toml`` with a table ``[tool.attribution]``, in the article's folder or
one above it.  Files are not combined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from attribution.config.profiles import PROFILES
from attribution.errors import ConfigError
from attribution.records import Severity
from attribution.rules import RULES, Genre, Option
from attribution.rules.codes import mistaken_code
from attribution.toml_file import read_toml

OWN_FILE = "attribution.toml"
SHARED_FILE = "pyproject.toml"
FAIL_ON = (*(severity.value for severity in Severity), "never")


def find_file(folder: Path) -> Path | None:
    """The configuration file that holds for articles in a folder, or None."""
    for place in (folder, *folder.parents):
        own, shared = place / OWN_FILE, place / SHARED_FILE
        if own.is_file():
            return own
        if shared.is_file() and _is_meant(shared):
            return shared
    return None


def read_file(path: Path) -> dict[str, Any]:
    """The settings of one file, checked.

    Raises:
        ConfigError: the file cannot be read, is not TOML, or holds a key or value that does not exist.
    """
    table = _table_of(path)
    if table is None:
        raise ConfigError(
            "it has no table [tool.attribution]", where=str(path), remedy="add the table, or name another file"
        )
    check(table, str(path))
    return table


def _is_meant(shared: Path) -> bool:
    """Whether a file that belongs to other programs too has settings of this one.

    One that cannot be read and does not speak of this program is somebody else's to mend.
    """
    try:
        return b"tool.attribution" in shared.read_bytes() and _table_of(shared) is not None
    except OSError:
        return False


def _table_of(path: Path) -> dict[str, Any] | None:
    table = read_toml(path, ConfigError, remedy="check its path and its permissions")
    if path.name != SHARED_FILE:
        return table
    tools = table.get("tool")
    found = tools.get("attribution") if isinstance(tools, dict) else None
    return found if isinstance(found, dict) else None


# ---------------------------------------------------------------------------------------------- checks


@dataclass(frozen=True, slots=True)
class _Key:
    expects: str
    fits: Callable[[object], bool]


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _one_of(choices: Iterable[str]) -> _Key:
    known = tuple(choices)
    return _Key("one of " + ", ".join(c or '""' for c in known), lambda value: value in known)


def _some_of(choices: Iterable[str]) -> _Key:
    known = frozenset(choices)

    def fits(value: object) -> bool:
        return isinstance(value, list) and all(isinstance(item, str) and item in known for item in value)

    return _Key("a list of " + ", ".join(choices), fits)


_WORDS = _Key("a list of words", _is_words)
_CODES = _Key("a list of rule codes", _is_words)

KEYS: Mapping[str, _Key] = {
    "profile": _one_of(("", *PROFILES)),
    "second-hand": _Key("true or false", lambda value: isinstance(value, bool)),
    "genre": _one_of(genre.value for genre in Genre),
    "fail-on": _one_of(FAIL_ON),
    "select": _CODES,
    "extend-select": _CODES,
    "ignore": _CODES,
    "outlet-names": _WORDS,
    "known-names": _WORDS,
}
TABLES: Mapping[str, _Key] = {
    "severity": _one_of(severity.value for severity in Severity),
    "per-file-ignores": _CODES,
    "per-file-genres": _one_of(genre.value for genre in Genre),
    "words": _WORDS,
}


def check(table: Mapping[str, Any], where: str) -> None:
    """Refuse what does not exist, naming what may have been meant.

    Raises:
        ConfigError: a key, code, option or value that does not exist.
    """
    for key, value in table.items():
        if key in KEYS:
            _check_value(KEYS[key], key, value, where)
            if KEYS[key] is _CODES:
                check_codes(value, where)
        elif key == "rules" or key in TABLES:
            if not isinstance(value, dict):
                raise ConfigError(f"{key} is a table: write [{key}]", where=where)
            _check_table(key, value, where)
        else:
            raise ConfigError(
                f"there is no setting {key!r}", where=where, remedy=_meant(key, (*KEYS, *TABLES, "rules"), "settings")
            )


def check_codes(codes: Iterable[str], where: str, *, prefixes: bool = True) -> None:
    """Refuse codes and prefixes that fit no rule.

    Raises:
        ConfigError: a code that fits no rule, with the nearest that does.
    """
    for code in codes:
        if remedy := mistaken_code(code, prefixes=prefixes):
            raise ConfigError(f"there is no rule {code!r}", where=where, remedy=remedy)


def _check_table(name: str, table: Mapping[str, Any], where: str) -> None:
    for key, value in table.items():
        if name == "rules":
            check_codes([key], f"{where}, [rules]", prefixes=False)
            _check_options(key, value, where)
            continue
        _check_value(TABLES[name], f"{name}.{key}", value, where)
        lists = [known for rule in RULES for known in rule.word_lists]
        if name == "words" and key not in lists:
            raise ConfigError(f"no rule has a word list {key!r}", where=where, remedy=_meant(key, lists, "word lists"))
        if name == "severity":
            check_codes([key], f"{where}, [severity]", prefixes=False)
        if TABLES[name] is _CODES:
            check_codes(value, f"{where}, [{name}]")


def _check_options(code: str, table: object, where: str) -> None:
    if not isinstance(table, dict):
        raise ConfigError(f"rules.{code} is a table: write [rules.{code}]", where=where)
    # What is said about the check itself (SRC0) has no options.
    options = {spelled(option.name): option for rule in RULES if rule.code == code for option in rule.options()}
    for key, value in table.items():
        if key not in options:
            remedy = _meant(key, options, f"options of {code}") if options else None
            raise ConfigError(f"{code} has no option {key!r}", where=where, remedy=remedy)
        _check_value(_key_of(options[key]), f"rules.{code}.{key}", value, where)


def _key_of(option: Option) -> _Key:
    if option.choices:
        return _some_of(option.choices) if isinstance(option.default, tuple) else _one_of(option.choices)
    if isinstance(option.default, bool):
        return _Key("true or false", lambda value: isinstance(value, bool))
    if isinstance(option.default, int | float):
        least = option.least
        kinds = int if isinstance(option.default, int) else (int, float)
        expects = "a whole number" if isinstance(option.default, int) else "a number"
        return _Key(
            expects if least is None else f"{expects} of at least {least:g}",
            lambda value: (
                isinstance(value, kinds) and not isinstance(value, bool) and (least is None or value >= least)
            ),
        )
    return _WORDS if isinstance(option.default, tuple) else _Key("a word", lambda value: isinstance(value, str))


def spelled(name: str) -> str:
    """An option's name as configuration files spell it: "blind-quotes"."""
    return name.replace("_", "-")


def _check_value(key: _Key, name: str, value: object, where: str) -> None:
    if not key.fits(value):
        raise ConfigError(f"{name} is {value!r}", where=where, remedy=f"it takes {key.expects}")


def _meant(given: str, known: Iterable[str], what: str) -> str:
    names = list(known)
    near = get_close_matches(given, names, n=1, cutoff=0.5)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"there are {', '.join(names)}" if len(names) < 15 else f"see the list of {what}"
