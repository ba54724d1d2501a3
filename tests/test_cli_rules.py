"""``attribution rules``, ``explain`` and ``config`` on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from attribution.cli import EXIT_DONE, EXIT_ERROR, main
from attribution.records import Level, SourceType
from attribution.rules import RULES


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_rules_lists_every_rule_in_every_format() -> None:
    for format_ in ("text", "markdown", "csv", "json"):
        done = run("rules", "--format", format_)
        assert done.exit_code == EXIT_DONE
        assert all(rule.code in done.stdout and rule.name in done.stdout for rule in RULES)
    assert [row["code"] for row in csv.DictReader(io.StringIO(run("rules", "--format", "csv").stdout))] == [
        rule.code for rule in RULES
    ]
    assert json.loads(run("rules", "--format", "json").stdout)[0]["default"] is True


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_explain_tells_all_of_a_rule(rule: type) -> None:
    done = run("explain", rule.code.lower())
    assert done.exit_code == EXIT_DONE
    for part in ("What:", "Why:", "Example:", "Better:", "False positives:", "Standards:"):
        assert part in done.stdout
    assert run("explain", rule.name).stdout == done.stdout


@pytest.mark.parametrize("term", [*Level, *SourceType, "named body", "intergovernmental", "SRC001"])
def test_explain_knows_levels_types_and_the_check_itself(term: str) -> None:
    done = run("explain", str(term))
    assert done.exit_code == EXIT_DONE
    assert len(done.stdout.splitlines()) >= 3


@pytest.mark.parametrize(("term", "nearest"), [("SRC1O1", "SRC101"), ("goverment", "government"), ("zzz", "rules: ")])
def test_explain_names_what_may_have_been_meant(term: str, nearest: str) -> None:
    done = run("explain", term)
    assert done.exit_code == EXIT_ERROR
    assert nearest in done.stderr


def test_config_shows_where_settings_come_from(tmp_path: Path) -> None:
    (tmp_path / "attribution.toml").write_text('genre = "court"\n', encoding="utf-8")
    done = run("config", str(tmp_path / "story.md"), "--profile", "npr")
    assert done.exit_code == EXIT_DONE
    assert f"# {tmp_path / 'attribution.toml'}" in done.stdout
    assert "# command line" in done.stdout
    shown = json.loads(run("config", str(tmp_path / "story.md"), "--format", "json").stdout)
    assert shown["settings"]["genre"] == {"value": "court", "origin": str(tmp_path / "attribution.toml")}
    assert "SRC101" in shown["rules"]


def test_config_defaults_can_be_a_projects_own_file(tmp_path: Path) -> None:
    (tmp_path / "attribution.toml").write_text(run("config", "--defaults").stdout, encoding="utf-8")
    assert run("config", str(tmp_path / "story.md")).exit_code == EXIT_DONE


def test_config_refuses_what_does_not_exist(tmp_path: Path) -> None:
    (tmp_path / "attribution.toml").write_text("gerne = 1\n", encoding="utf-8")
    done = run("config", str(tmp_path / "story.md"))
    assert done.exit_code == EXIT_ERROR
    assert "did you mean 'genre'?" in done.stderr
