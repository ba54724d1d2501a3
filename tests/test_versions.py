"""Two versions of a story: what changed in the sourcing, and how it is told."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import FIXTURES

from attribution.cli import EXIT_DONE, EXIT_ERROR, main
from attribution.pipeline import Analyzer
from attribution.versions import SourceChange, VersionDiff, compare_versions

CASES: list[dict[str, Any]] = tomllib.loads((FIXTURES / "cases" / "versions.toml").read_text(encoding="utf-8"))["case"]

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


def compared(case: dict[str, Any], analyzer: Analyzer) -> VersionDiff:
    return compare_versions(*(analyzer.analyze(case[version].strip()) for version in ("old", "new")))


def told(change: SourceChange) -> str:
    return f"{change.fate}: {' → '.join(s.name for s in (change.old, change.new) if s is not None)}"


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=case["name"]) for case in CASES],
)
def test_what_changed(case: dict[str, Any], analyzer: Analyzer) -> None:
    diff = compared(case, analyzer)
    if "sources" in case:
        assert [told(change) for change in diff.sources] == case["sources"]
    found = [f"{change.fate}: {(change.new or change.old).text}" for change in diff.claims]  # type: ignore[union-attr]
    if "sources" not in case:  # only one claim is what the case is about
        found = found[:1]
    assert len(found) == len(case["claims"]), found
    for claim, expected in zip(found, case["claims"], strict=True):
        assert claim.startswith(expected)


def test_a_story_does_not_differ_from_itself(analyzer: Analyzer) -> None:
    for case in CASES:
        assert compared({"old": case["old"], "new": case["old"]}, analyzer).is_empty


def test_the_command_tells_it_in_words_and_in_json(tmp_path: Path) -> None:
    case = next(case for case in CASES if case["name"] == "a claim loses its attribution")
    for version in ("old", "new"):
        (tmp_path / f"{version}.txt").write_text(case[version], encoding="utf-8")
    paths = [str(tmp_path / "old.txt"), str(tmp_path / "new.txt")]
    done = CliRunner().invoke(main, ["diff", *paths, "--width", "100"])
    assert done.exit_code == EXIT_DONE, done.output
    assert "▼ attribution lost: “The branches in the north had lost money for six years”" in done.stdout
    assert "- lost: a source at the bank, A3 placed (line 3)" in done.stdout
    shown = json.loads(CliRunner().invoke(main, ["diff", *paths, "--format", "json", "--no-text"]).stdout)
    assert [change["change"] for change in shown["claims"]] == ["attribution lost"]
    assert "branches" not in json.dumps(shown["claims"])


def test_controls_in_an_article_do_not_reach_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("The bank will close, a member of its board said on Tuesday.", encoding="utf-8")
    (tmp_path / "new.txt").write_text("The bank will close\x9b31m, a board\u202e source said.", encoding="utf-8")
    for format_ in ("text", "json"):
        arguments = ["diff", str(tmp_path / "old.txt"), str(tmp_path / "new.txt"), "--format", format_]
        shown = CliRunner().invoke(main, arguments).stdout
        assert "bank will close" in shown
        assert not {"\x9b", "\u202e"} & set(shown)


def test_a_version_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("The bank will close, a member of its board said on Tuesday.", encoding="utf-8")
    done = CliRunner().invoke(main, ["diff", str(tmp_path / "old.txt"), str(tmp_path / "new.txt")])
    assert done.exit_code == EXIT_ERROR
    assert "new.txt" in done.stderr
    assert CliRunner().invoke(main, ["diff", "-", "-"]).exit_code == EXIT_ERROR
