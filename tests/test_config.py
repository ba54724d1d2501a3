"""Configuration: layers, where a setting comes from, and what is refused."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from attribution.cli import main
from attribution.config import PROFILES, Overrides, configuration, defaults_text, genre_switches, profile_settings
from attribution.config.files import check
from attribution.errors import ConfigError
from attribution.records import Severity
from attribution.rules import RULES, Genre, Selection

# ------------------------------------------------------------------------------------------- selection


@pytest.mark.parametrize(
    ("selection", "code", "default", "chosen"),
    [
        (Selection(), "SRC101", True, True),
        (Selection(), "SRC107", False, False),
        (Selection(select=("SRC2",)), "SRC101", True, False),
        (Selection(select=("SRC2",)), "SRC206", False, True),
        (Selection(select=("ALL",)), "SRC107", False, True),
        (Selection(extend=("SRC107",)), "SRC107", False, True),
        (Selection(extend=("SRC107",)), "SRC101", True, True),
        (Selection(ignore=("SRC1",)), "SRC101", True, False),
        (Selection(extend=("SRC101",), ignore=("SRC1",)), "SRC101", True, True),
        (Selection(select=("SRC1",), ignore=("SRC101",)), "SRC101", True, False),
        (Selection(select=("SRC101",), ignore=("SRC101",)), "SRC101", True, False),
        (Selection(select=("ALL",), ignore=("ALL",)), "SRC101", True, False),
    ],
)
def test_the_longest_code_decides(selection: Selection, code: str, default: bool, chosen: bool) -> None:
    assert selection.chooses(code, default=default) is chosen


# ---------------------------------------------------------------------------------------------- layers


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "attribution.toml").write_text(
        'genre = "court"\n'
        'outlet-names = ["Coastal Wire"]\n'
        'ignore = ["SRC1"]\n'
        'severity = { SRC101 = "info" }\n'
        'per-file-ignores = { "archive/*" = ["SRC101"] }\n'
        'per-file-genres = { "sport/*" = "sport" }\n',
        encoding="utf-8",
    )
    return tmp_path


def test_the_nearest_file_holds(project: Path) -> None:
    (project / "desk").mkdir()
    config = configuration(project / "desk" / "story.md")
    assert config.file == project / "attribution.toml"
    assert config.genre is Genre.COURT
    assert config.settings.outlets == {"Coastal Wire"}
    assert config.settings.severities["SRC101"] is Severity.INFO
    assert config.settings.selection == Selection(ignore=("SRC1",))
    (project / "desk" / "pyproject.toml").write_text("[tool.other]\n", encoding="utf-8")
    assert configuration(project / "desk" / "story.md").file == project / "attribution.toml"
    (project / "desk" / "pyproject.toml").write_text('[tool.attribution]\ngenre = "flash"\n', encoding="utf-8")
    config = configuration(project / "desk" / "story.md")
    assert (config.genre, config.settings.outlets) == (Genre.FLASH, frozenset()), "files are not combined"


def test_every_setting_says_where_it_comes_from(project: Path) -> None:
    overrides = Overrides(profile="npr", fail_on="warning", ignore=("SRC101",))
    values = configuration(project / "story.md", overrides=overrides).values
    file = str(project / "attribution.toml")
    assert values["profile"].origin == "command line"
    assert values["genre"].origin == file
    assert values["known-names"].origin == "default"
    assert values["severity.SRC108"].origin == "profile npr"
    assert (values["ignore"].value, values["ignore"].origin) == (["SRC1", "SRC101"], f"{file} and command line")
    assert values["fail-on"].value == "warning"


def test_select_on_the_command_line_replaces_the_file(project: Path) -> None:
    config = configuration(project / "story.md", overrides=Overrides(select=("SRC1",)))
    assert config.settings.selection == Selection(select=("SRC1",))


def test_files_of_their_own_kind(project: Path) -> None:
    assert configuration(project / "archive" / "old.md").settings.selection.ignore == ("SRC1", "SRC101")
    assert configuration(project / "sport" / "final.md").genre is Genre.SPORT
    assert configuration(project / "sport" / "final.md", overrides=Overrides(genre="news")).genre is Genre.NEWS


def test_never_failing(tmp_path: Path) -> None:
    assert configuration(tmp_path / "story.md").fail_on is Severity.ERROR
    assert configuration(tmp_path / "story.md", overrides=Overrides(fail_on="never")).fail_on is None


# ------------------------------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("gerne = 'court'", "there is no setting 'gerne'\n  did you mean 'genre'?"),
        ("genre = 'courts'", "genre is 'courts'\n  it takes one of flash, news"),
        ("select = 'SRC101'", "select is 'SRC101'\n  it takes a list of rule codes"),
        ("select = ['SRC110x']", "there is no rule 'SRC110x'\n  did you mean"),
        ("select = ['bare-anonymous-source']", "there is no rule 'bare-anonymous-source'\n  write SRC101"),
        ("severity = 'error'", "severity is a table: write \\[severity\\]"),
        ("severity = { SRC101 = 'loud' }", "severity.SRC101 is 'loud'\n  it takes one of error, warning, info"),
        ("severity = { SRC1 = 'info' }", "there is no rule 'SRC1'"),
        ("words = { attack = ['stooge'] }", "no rule has a word list 'attack'\n  did you mean 'attacks'?"),
        ("rules = { SRC101 = { within = 2 } }", "SRC101 has no option 'within'"),
        ("profile = 'guardian'", "profile is 'guardian'"),
        ("rules = { SRC001 = { within = 2 } }", "SRC001 has no option 'within'"),
        ("rules = { SRC502 = { sides = [['officials']] } }", "rules.SRC502.sides is"),
        ("genre = ", "is not TOML"),
    ],
)
def test_what_does_not_exist_is_refused(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "house.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message) as raised:
        configuration(tmp_path / "story.md", file=file)
    assert str(file) in str(raised.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot be read: No such file.*\n  check its path"):
        configuration(file=tmp_path / "nowhere.toml")


def test_a_pyproject_without_our_table(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"no table \[tool.attribution\]"):
        configuration(file=tmp_path / "pyproject.toml")


@pytest.mark.parametrize("text", ["[project", "tool = 5\n", "[tool.ruff]\n", "tool.attribution = 5\n"])
def test_other_programs_faults_are_not_ours(text: str, tmp_path: Path) -> None:
    (tmp_path / "attribution.toml").write_text('genre = "court"\n', encoding="utf-8")
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "pyproject.toml").write_text(text, encoding="utf-8")
    assert configuration(tmp_path / "desk" / "story.md").genre is Genre.COURT


def test_a_broken_pyproject_with_our_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.attribution\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="is not TOML"):
        configuration(tmp_path / "story.md")


def test_a_file_that_changes_is_read_again_and_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "attribution.toml"
    for genre in ("court", "sport"):
        file.write_text(f'genre = "{genre}"\n', encoding="utf-8-sig")
        assert configuration(tmp_path / "story.md").genre == genre


def test_controls_in_a_file_do_not_reach_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "attribution.toml"
    file.write_text('outlet-names = ["Wire\\u001b[31m\\u009b"]\n', encoding="utf-8")
    for format_ in ("text", "json"):
        shown = CliRunner().invoke(main, ["config", "--config", str(file), "--format", format_]).stdout
        assert "Wire" in shown
        assert not {"\x1b", "\x9b"} & set(shown)


def test_a_code_on_the_command_line_that_does_not_exist() -> None:
    with pytest.raises(ConfigError, match="command line: there is no rule 'SRC9'"):
        configuration(overrides=Overrides(select=("SRC9",)))


# ------------------------------------------------------------------------------------------ data files


def test_the_defaults_are_a_valid_file_with_every_key_commented() -> None:
    text = defaults_text()
    check(tomllib.loads(text), "defaults")
    lines = text.splitlines()
    for before, line in pairwise(lines):
        if line and not line.startswith("#"):
            assert before.startswith(("#", "[")), f"no comment above {line!r}"


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_cites_a_standard_for_every_setting(profile: str) -> None:
    for setting in profile_settings(profile):
        assert setting.switch.why
        assert setting.standard.standard.reference


def test_what_is_known_second_hand_stays_off(tmp_path: Path) -> None:
    config = configuration(tmp_path / "story.md", overrides=Overrides(profile="afp"))
    assert not [key for key in config.values if key.startswith(("default-set.", "severity."))]
    assert {setting.switch.code for setting in config.off} == {"SRC205", "SRC306", "SRC404"}
    file = tmp_path / "attribution.toml"
    file.write_text("second-hand = true\n", encoding="utf-8")
    config = configuration(tmp_path / "story.md", overrides=Overrides(profile="afp"))
    assert config.values["default-set.SRC404"].origin == "profile afp"
    assert not config.off


@pytest.mark.parametrize("genre", Genre)
def test_a_genre_switches_each_rule_once(genre: Genre) -> None:
    codes = [switch.code for switch in genre_switches(genre)]
    assert len(set(codes)) == len(codes)


def test_strict_runs_every_rule() -> None:
    assert configuration(overrides=Overrides(profile="strict")).defaults == {rule.code for rule in RULES}
