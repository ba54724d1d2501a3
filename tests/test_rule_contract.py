"""What every rule must have: a documented class, standards, cases, messages that harm no source."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from conftest import FIXTURES

from attribution.records import Severity
from attribution.rules import RULES, RULES_OF_THE_CHECK, Rule, Settings, Story
from attribution.rules.standards import Entry, standards
from build import analysis

SECTIONS = ["What", "Why", "Example", "Better", "Standards", "False positives"]

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def cited(entries: list[Entry]) -> str:
    """How a docstring names its standards: outlet and year, or the outlet alone where the text bears no year."""
    return ", ".join(f"{e.standard.name} ({e.standard.year})" if e.standard.year else e.standard.name for e in entries)


def sections(rule: type[Rule]) -> dict[str, str]:
    found = re.findall(r"^    (\w[\w ]+):\n((?:        .*\n|\n)+)", (rule.__doc__ or "") + "\n", flags=re.MULTILINE)
    return {name: " ".join(body.split()) for name, body in found}


def test_codes_and_names_are_unique() -> None:
    codes = [rule.code for rule in RULES] + list(RULES_OF_THE_CHECK)
    names = [rule.name for rule in RULES] + [rule.name for rule in RULES_OF_THE_CHECK.values()]
    assert len(set(codes)) == len(codes)
    assert len(set(names)) == len(names)
    assert [rule.code for rule in RULES] == sorted(rule.code for rule in RULES)


@each_rule
def test_code_name_and_module_agree(rule: type[Rule]) -> None:
    assert re.fullmatch(r"SRC[1-8]\d\d", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.__module__ == f"attribution.rules.catalogue.{rule.code.lower()}"
    assert isinstance(rule.severity, Severity)
    assert rule.group()


@each_rule
def test_the_docstring_has_its_sections_in_order(rule: type[Rule]) -> None:
    doc = rule.__doc__ or ""
    assert doc.splitlines()[0].endswith(".")
    found = sections(rule)
    assert list(found) == SECTIONS
    assert all(found.values())


@each_rule
def test_the_docstring_names_the_standards(rule: type[Rule]) -> None:
    assert rule.standards, "every rule rests on a published standard"
    assert sections(rule)["Standards"] == cited([standards()[key] for key in rule.standards])


@each_rule
def test_every_option_says_what_it_does(rule: type[Rule]) -> None:
    for option in rule.options():
        assert option.meaning.endswith(".")
    rule()  # every option has a default


@each_rule
def test_every_rule_has_cases_of_both_kinds(rule: type[Rule]) -> None:
    path = FIXTURES / "rules" / f"{rule.code}.toml"
    table: dict[str, list[dict[str, Any]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    for kind in ("fires", "silent"):
        names = [case["name"] for case in table[kind]]
        assert len(names) >= 3, f"{kind}: at least three cases"
        assert len(set(names)) == len(names)


@each_rule
def test_no_rule_fires_or_breaks_on_an_empty_story(rule: type[Rule]) -> None:
    assert not list(rule().check(Story(analysis("Nothing was said."), Settings())))
