"""What every rule must have: a documented class, standards, cases, messages that harm no source."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from csv import DictReader
from pathlib import Path
from typing import Any

import pytest
from conftest import FIXTURES

from attribution.config import PROFILES, genre_switches, profile_settings
from attribution.config.files import check
from attribution.records import Severity
from attribution.rules import RULES, RULES_OF_THE_CHECK, Genre, Rule, Settings, Story
from attribution.rules.standards import Entry, Known, standards
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


# ------------------------------------------------------------------------------------- the catalogue


CATALOGUE = {
    1: "101 102 103 104 105 106 107 108 109 110",
    2: "201 202 203 204 205 206",
    3: "301 302 303 304 305 306 307 308",
    4: "401 402 403 404",
    5: "501 502 503",
    6: "601 602 603 604",
    7: "701 702 703",
    8: "801 802",
}
DEFAULTS = "101 102 103 104 105 106 201 202 203 204 301 302 303 304 305 307 308 401 402 403 501 601 701 702"  # 24 of 40


def codes(numbers: str) -> list[str]:
    return [f"SRC{number}" for number in numbers.split()]


def test_every_rule_of_the_catalogue_exists() -> None:
    assert [rule.code for rule in RULES] == [code for numbers in CATALOGUE.values() for code in codes(numbers)]


def test_the_default_set() -> None:
    assert [rule.code for rule in RULES if rule.default] == codes(DEFAULTS)


@each_rule
def test_no_rule_rests_on_memory_alone(rule: type[Rule]) -> None:
    assert any(standards()[key].known is not Known.MEMORY for key in rule.standards)


def test_genres_and_profiles_name_rules_and_options_that_exist() -> None:
    by_code = {rule.code: rule for rule in RULES}
    switches = [s for genre in Genre for s in genre_switches(genre)]
    switches += [setting.switch for name in PROFILES for setting in profile_settings(name)]
    assert switches
    for switch in switches:
        assert switch.code in by_code
        if switch.options:
            check({"rules": {switch.code: dict(switch.options)}}, "a data file")


# ------------------------------------------------------------------------------- how often it is right

READ = {"polnear-dev", "own-stories"}
ALSO_READ = {"polnear-train-492", "polnear-train-300"}


def precision() -> list[dict[str, str]]:
    lines = (FIXTURES / "rules" / "precision.tsv").read_text(encoding="utf-8").splitlines()
    return list(DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


def test_precision_adds_up() -> None:
    rows = precision()
    assert len({(row["code"], row["set"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["set"] in READ | ALSO_READ, row
        assert int(row["fired"]) == int(row["right"]) + int(row["wrong"]), row
        assert row["note"], row


@each_rule
def test_the_findings_of_every_rule_were_read(rule: type[Rule]) -> None:
    rows = {row["set"]: row for row in precision() if row["code"] == rule.code}
    assert set(rows) >= READ
    fired, right = (sum(int(rows[name][column]) for name in READ) for column in ("fired", "right"))
    if rule.default and fired >= 5:
        least = 0.9 if rule.severity is Severity.ERROR else 0.8
        assert right >= least * fired


# ---------------------------------------------------------------------------------------- its words

VERDICTS = re.compile(r"\b(?:credib\w+|bias\w*|(?:un)?reliab\w+|(?:un)?trustworth\w+)\b", re.IGNORECASE)
"""What is said of texts and people by those who judge them; this program says what a text discloses."""

ASKS_FOR_MORE = re.compile(
    r"\b(?:add|describe|identify|name) (?:the |their |his |her )?(?:role|source|person|them|him|her|who)"
)


@each_rule
def test_no_rule_calls_a_text_or_a_person_credible_or_biased(rule: type[Rule]) -> None:
    said = [text for name, text in sections(rule).items() if name not in ("Example", "Better")]
    source = Path(inspect.getfile(rule)).read_text(encoding="utf-8")
    strings = [n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    for text in (*said, *strings, rule.question or "", *(o.meaning for o in rule.options())):
        assert not VERDICTS.search(text), text


@each_rule
def test_no_documentation_asks_for_more_about_a_source(rule: type[Rule]) -> None:
    found = sections(rule)
    for text in (*(found[name] for name in ("What", "Why", "Better")), rule.question or ""):
        assert not ASKS_FOR_MORE.search(text) or "if safe" in text, text
