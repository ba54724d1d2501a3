"""``attribution explain``: what a rule, a source type or an anonymity level means."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from textwrap import fill, indent
from typing import Any

import click

from attribution.cli import EXIT_DONE, shared_options
from attribution.config import PROFILES, genre_switches, profile_settings
from attribution.config.files import spelled
from attribution.config.layers import toml_value
from attribution.config.profiles import Switch
from attribution.errors import ConfigError
from attribution.records import Level, SourceType
from attribution.render.words import TYPE_WORDS
from attribution.rules import RULES, RULES_OF_THE_CHECK, Genre, Rule
from attribution.rules.codes import near_terms
from attribution.rules.standards import Known, standards

WIDTH = 96
_SECTION = re.compile(r"^    (\w[\w ]+):\n((?:        .*\n|\n)+)", re.MULTILINE)


@click.command("explain", short_help="What a rule, a source type or an anonymity level means.")
@click.argument("term")
@shared_options
def command(
    term: str,
    quiet: bool,  # noqa: ARG001 (every command takes them; this one has nothing to add or leave out)
    verbose: bool,  # noqa: ARG001
) -> int:
    """What a rule (SRC204), a source type (gov) or an anonymity level (A3) means.

    Rules are known by code or name, types by code or word; the beginning of a code (SRC2) lists its rules.

    \b
    attribution explain SRC204
    attribution explain vague-knowledge-basis
    attribution explain A4
    attribution explain igo
    """
    click.echo("\n".join(explain(term)))
    return EXIT_DONE


def explain(term: str) -> Iterator[str]:
    """The lines that explain a term.

    Raises:
        ConfigError: nothing has that name; says what comes nearest.
    """
    wanted = term.strip().casefold()
    for rule in RULES:
        if wanted in {rule.code.casefold(), rule.name}:
            return _rule(rule)
    for about in RULES_OF_THE_CHECK.values():
        if wanted in {about.code.casefold(), about.name}:
            return iter([f"{about.code} {about.name}", "", about.meaning, "", f"Severity: {about.severity}"])
    for level in Level:
        if wanted in {level.value.casefold(), level.word}:
            return _term(f"{level.value} {level.word}", "anonymity level", _terms()["levels"][level.value])
    for kind in SourceType:
        if wanted in {kind.value, TYPE_WORDS[kind]}:
            return _term(f"{kind.value} {TYPE_WORDS[kind]}", "source type", _terms()["types"][kind.value])
    if re.fullmatch(r"src\d{0,2}", wanted) and (group := [r for r in RULES if r.code.casefold().startswith(wanted)]):
        return _group(group)
    known = [name for rule in RULES for name in (rule.code, rule.name)]
    known += [*Level, *(level.word for level in Level), *SourceType, *TYPE_WORDS.values()]
    near = near_terms(term.strip(), map(str, known), n=2)
    remedy = f"did you mean {' or '.join(near)}?" if near else None
    raise ConfigError(
        f"nothing is called {term!r}",
        remedy=remedy or "rules: attribution rules; levels: A0 to A5; types: " + ", ".join(SourceType),
    )


@cache
def _terms() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("terms.toml").read_text(encoding="utf-8"))


def _term(title: str, what: str, entry: dict[str, Any]) -> Iterator[str]:
    yield f"{title} ({what})"
    yield ""
    yield fill(entry["rule"], WIDTH)
    yield ""
    yield "For example: " + " · ".join(entry["examples"])
    if "not" in entry:
        yield fill(f"But: {entry['not']}", WIDTH)


def _group(rules: Iterable[type[Rule]]) -> Iterator[str]:
    """Rules whose codes begin alike, a line each."""
    for rule in rules:
        yield f"{rule.code}  {rule.name}"
        yield fill((rule.__doc__ or "").splitlines()[0], WIDTH, initial_indent="    ", subsequent_indent="    ")


def _rule(rule: type[Rule]) -> Iterator[str]:
    documentation = rule.__doc__ or ""
    yield f"{rule.code} {rule.name}"
    yield ""
    yield fill(documentation.splitlines()[0], WIDTH)
    yield ""
    default = "in the default set" if rule.default else "not in the default set"
    yield f"{rule.severity}, {default}, group: {rule.group()}"
    for title, body in _SECTION.findall(documentation + "\n"):
        if title != "Standards":
            yield ""
            yield f"{title}:"
            yield indent(fill(" ".join(body.split()), WIDTH - 4), "    ")
    yield ""
    yield "Standards:"
    for key in rule.standards:
        yield _standard(key)
    if rule.question:
        yield ""
        yield f"Question for the desk: {rule.question}"
    yield from _options(rule)
    yield from _changes(rule)


def _standard(key: str) -> str:
    entry = standards()[key]
    year = f" ({entry.standard.year})" if entry.standard.year else ""
    known = "" if entry.known is Known.READ else f"  [known {entry.known}]"
    text = f"{entry.standard.name}{year}: {entry.says} – {entry.standard.reference}{known}"
    return fill(text, WIDTH, initial_indent="    ", subsequent_indent="        ")


def _options(rule: type[Rule]) -> Iterator[str]:
    if rule.word_lists:
        yield ""
        yield f"Word lists, under [words]: {', '.join(rule.word_lists)}"
    if rule.options():
        yield ""
        yield f"Options, under [rules.{rule.code}]:"
    for option in rule.options():
        choices = f" One of: {', '.join(option.choices)}." if option.choices else ""
        text = f"{spelled(option.name)} = {toml_value(option.default)}: {option.meaning}{choices}"
        yield fill(text, WIDTH, initial_indent="    ", subsequent_indent="        ")


def _changes(rule: type[Rule]) -> Iterator[str]:
    lines = [
        f"profile {profile}: {_change(setting.switch)}"
        + ("" if setting.verified else f" (off: the text is known {setting.standard.known})")
        for profile in PROFILES
        for setting in profile_settings(profile)
        if setting.switch.code == rule.code
    ]
    lines += [
        f"genre {genre}: {_change(switch)}"
        for genre in Genre
        for switch in genre_switches(genre)
        if switch.code == rule.code
    ]
    if lines:
        yield ""
        yield "Changed by:"
    for line in lines:
        yield fill(line, WIDTH, initial_indent="    ", subsequent_indent="        ")


def _change(switch: Switch) -> str:
    words = {True: "on", False: "off", None: ""}[switch.enabled], switch.severity or ""
    change = " ".join(word for word in words if word) or "with other options"
    return f"{change}, since {switch.why}"
