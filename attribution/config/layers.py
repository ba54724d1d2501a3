"""Settings in layers: packaged defaults ← profile ← genre ← the project's file ← the command line."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from attribution.config.files import check, find_file, read_file, spelled
from attribution.config.profiles import ProfileSetting, Switch, genre_switches, profile_settings
from attribution.records import Severity
from attribution.rules import RULES, Genre, Selection, Settings
from attribution.rules.settings import OptionValue

DEFAULT = "default"
COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and where it comes from ("default", "profile wsj", "genre court", a file's path, "command line")."""

    value: Any
    origin: str


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the command line says; None and () say nothing.

    Attributes:
        select: replaces the file's whole choice of rules.
        extend, ignore: add to the file's.
    """

    profile: str | None = None
    genre: str | None = None
    fail_on: str | None = None
    select: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """What holds for one article.

    Attributes:
        file: the configuration file that was read, or None.
        values: by key, tables as "severity.SRC102" and "rules.SRC305.within".
        off: settings of the profile that are not obeyed, since their standard is known only at second hand.
    """

    file: Path | None
    values: Mapping[str, Setting]
    defaults: frozenset[str]
    off: tuple[ProfileSetting, ...]

    @property
    def profile(self) -> str:
        """Name of the profile, "" for none."""
        return str(self.values["profile"].value)

    @property
    def genre(self) -> Genre:
        """The article's genre."""
        return Genre(self.values["genre"].value)

    @property
    def fail_on(self) -> Severity | None:
        """The least severity that fails a check; None for never."""
        value = self.values["fail-on"].value
        return None if value == "never" else Severity(value)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What whoever chose these settings should know about them."""
        if not self.off:
            return ()
        return (
            f"profile {self.profile}: off, since their texts are known only second-hand or from memory:"
            f" {', '.join(sorted({setting.switch.code for setting in self.off}))}",
        )

    @property
    def settings(self) -> Settings:
        """The same for the rules."""
        words = {key: tuple(setting.value) for key, setting in self._table("words")}
        options: dict[str, dict[str, OptionValue]] = {}
        for key, setting in self._table("rules"):
            code, _, option = key.partition(".")
            value = tuple(setting.value) if isinstance(setting.value, list) else setting.value
            options.setdefault(code, {})[option.replace("-", "_")] = value
        return Settings(
            selection=Selection(*(tuple(self.values[key].value) for key in ("select", "extend-select", "ignore"))),
            defaults=self.defaults,
            severities={code: Severity(setting.value) for code, setting in self._table("severity")},
            options=options,
            genre=self.genre,
            outlets=frozenset(self.values["outlet-names"].value),
            known_names=frozenset(self.values["known-names"].value),
            words=words,
        )

    def _table(self, name: str) -> list[tuple[str, Setting]]:
        prefix = f"{name}."
        return [(key.removeprefix(prefix), s) for key, s in self.values.items() if key.startswith(prefix)]


def configuration(
    article: Path | None = None, *, file: Path | None = None, overrides: Overrides | None = None
) -> Config:
    """What holds for one article.

    Args:
        article: where it lies; None for text that lies nowhere (the working folder then decides).
        file: the configuration file to read in place of the nearest.
        overrides: what the command line says.

    Raises:
        ConfigError: a file that cannot be read, or a key, code, option or value that does not exist.
    """
    overrides = overrides or Overrides()
    place = (article.parent if article else Path()).resolve()
    file = file or find_file(place)
    own = read_file(file) if file else {}
    origin = str(file)
    layers = _Layers()
    layers.take(_defaults(), DEFAULT)
    profile, genre = _profile_and_genre(article, file, own, overrides)
    layers.put("profile", profile)
    layers.put("genre", genre)
    second_hand = own.get("second-hand", False)
    off: list[ProfileSetting] = []
    for setting in profile_settings(profile.value) if profile.value else ():
        if setting.verified or second_hand:
            layers.switch(setting.switch, f"profile {profile.value}")
        else:
            off.append(setting)
    for switch in genre_switches(Genre(genre.value)):
        layers.switch(switch, f"genre {genre.value}")
    layers.take({key: value for key, value in own.items() if key not in {"profile", "genre"}}, origin)
    for pattern, codes in own.get("per-file-ignores", {}).items():
        if _fits(article, pattern, file):
            layers.add("ignore", codes, f"{origin}, per-file-ignores {pattern!r}")
    layers.override(overrides)
    return Config(file, layers.values, frozenset(layers.defaults), tuple(off))


@cache
def _defaults() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("default.toml").read_text(encoding="utf-8"))


def defaults_text() -> str:
    """The packaged defaults with their comments, every rule's options among them, as a file to start from."""
    parts = [resources.files(__package__).joinpath("default.toml").read_text(encoding="utf-8")]
    for rule in RULES:
        if rule.options():
            parts.append(f"\n# {rule.name}\n[rules.{rule.code}]\n")
        for option in rule.options():
            allowed = f"  One of: {', '.join(option.choices)}." if option.choices else ""
            parts.append(f"# {option.meaning}{allowed}\n{spelled(option.name)} = {toml_value(option.default)}\n")
    return "".join(parts)


def toml_value(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    if isinstance(value, list | tuple):
        return f"[{', '.join(toml_value(item) for item in value)}]"
    return str(value)


# ---------------------------------------------------------------------------------------------- layers


@dataclass(slots=True)
class _Layers:
    """Settings while they are being laid over each other."""

    values: dict[str, Setting] = field(default_factory=dict)
    defaults: set[str] = field(default_factory=lambda: {rule.code for rule in RULES if rule.default})

    def put(self, key: str, setting: Setting) -> None:
        self.values[key] = setting

    def take(self, table: Mapping[str, Any], origin: str, prefix: str = "") -> None:
        """Lay a file over what is there: its keys replace, its tables add to tables."""
        for key, value in table.items():
            if isinstance(value, dict):
                self.take(value, origin, f"{prefix}{key}.")
            else:
                self.values[prefix + key] = Setting(value, origin)

    def switch(self, switch: Switch, origin: str) -> None:
        if switch.enabled is not None:
            (self.defaults.add if switch.enabled else self.defaults.discard)(switch.code)
            self.values[f"default-set.{switch.code}"] = Setting(switch.enabled, origin)
        if switch.severity:
            self.values[f"severity.{switch.code}"] = Setting(switch.severity.value, origin)
        for option, value in switch.options.items():
            self.values[f"rules.{switch.code}.{option}"] = Setting(value, origin)

    def add(self, key: str, codes: Sequence[str], origin: str) -> None:
        if codes:
            before = self.values[key]
            both = f"{before.origin} and {origin}" if before.value else origin
            self.values[key] = Setting([*before.value, *codes], both)

    def override(self, overrides: Overrides) -> None:
        chosen = {"select": overrides.select, "extend-select": overrides.extend, "ignore": overrides.ignore}
        check({key: list(codes) for key, codes in chosen.items()}, COMMAND_LINE)
        if overrides.select:
            for key in chosen:
                self.values[key] = Setting([], COMMAND_LINE)
        for key, codes in chosen.items():
            self.add(key, codes, COMMAND_LINE)
        if overrides.fail_on:
            self.values["fail-on"] = Setting(overrides.fail_on, COMMAND_LINE)


def _profile_and_genre(
    article: Path | None, file: Path | None, own: Mapping[str, Any], overrides: Overrides
) -> tuple[Setting, Setting]:
    found = []
    for key, said in (("profile", overrides.profile), ("genre", overrides.genre)):
        if said is not None:
            check({key: said}, COMMAND_LINE)
            found.append(Setting(said, COMMAND_LINE))
            continue
        value = Setting(own[key], str(file)) if key in own else Setting(_defaults()[key], DEFAULT)
        if key == "genre":
            for pattern, genre in own.get("per-file-genres", {}).items():
                if _fits(article, pattern, file):
                    value = Setting(genre, f"{file}, per-file-genres {pattern!r}")
        found.append(value)
    return found[0], found[1]


def _fits(article: Path | None, pattern: str, file: Path | None) -> bool:
    """Whether an article's path, relative to the configuration file's folder, fits a pattern."""
    if article is None or file is None:
        return False
    path, folder = article.resolve(), file.resolve().parent
    if not path.is_relative_to(folder):
        return False
    relative = path.relative_to(folder).as_posix()
    return fnmatchcase(relative, pattern) or fnmatchcase(path.name, pattern)
