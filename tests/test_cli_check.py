"""``attribution check`` as a user meets it: files in, findings out, exit codes; analysis and rules are stubs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from attribution.cli import EXIT_DONE, EXIT_ERROR, EXIT_FOUND, main
from attribution.records import Severity
from attribution.rules import RULES, Remark, Rule, Story
from build import StubAnalyzer
from check_build import QUARRY_TEXT, quarry_story
from check_build import RULES as PLAIN_RULES

Run = Callable[..., Result]


@dataclass(frozen=True)
class Broken(Rule):
    """A rule that does not survive its story."""

    code = "SRC801"
    name = "broken"
    severity = Severity.ERROR
    default = True
    standards = ("AP-3",)

    def check(self, story: Story) -> Iterator[Remark]:
        raise KeyError(story.article.path)


def use_rules(monkeypatch: pytest.MonkeyPatch, rules: tuple[type[Rule], ...]) -> None:
    for module in ("rules.engine", "rules.codes", "config.layers"):
        monkeypatch.setattr(f"attribution.{module}.RULES", rules)


@pytest.fixture(autouse=True)
def plain_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    use_rules(monkeypatch, PLAIN_RULES)


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> StubAnalyzer:
    analyzer = StubAnalyzer({QUARRY_TEXT: quarry_story()})
    monkeypatch.setattr("attribution.cli.articles._analyzer", lambda *_: analyzer)
    return analyzer


@pytest.fixture
def run(stub: StubAnalyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:  # noqa: ARG001 (the stub is in place)
    monkeypatch.chdir(tmp_path)
    Path("quarry.txt").write_text(QUARRY_TEXT, encoding="utf-8")
    Path("quiet.txt").write_text("It rained all day, and nobody in the village said a word.\n", encoding="utf-8")

    def invoke(*arguments: str, **extra: object) -> Result:
        return CliRunner().invoke(main, ["check", *arguments], **extra)  # type: ignore[arg-type]

    return invoke


# ---------------------------------------------------------------------------------------- exit codes


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("quarry.txt",), EXIT_FOUND),
        (("quiet.txt",), EXIT_DONE),
        (("quiet.txt", "quarry.txt"), EXIT_FOUND),
        (("quarry.txt", "--ignore", "SRC101"), EXIT_DONE),
        (("quarry.txt", "--ignore", "SRC101", "--fail-on", "warning"), EXIT_FOUND),
        (("quarry.txt", "--select", "SRC501", "--fail-on", "warning"), EXIT_DONE),
        (("quarry.txt", "--select", "SRC501", "--fail-on", "info"), EXIT_FOUND),
        (("quarry.txt", "--fail-on", "never"), EXIT_DONE),
        (("gone.txt",), EXIT_ERROR),
        (("quarry.txt", "gone.txt"), EXIT_ERROR),
        (("quarry.txt", "gone.txt", "--fail-on", "never"), EXIT_ERROR),
    ],
)
def test_exit_codes(run: Run, arguments: tuple[str, ...], code: int) -> None:
    assert run(*arguments).exit_code == code


def test_what_can_be_read_is_shown_beside_what_cannot(run: Run) -> None:
    result = run("gone.txt", "quarry.txt")
    assert "error: gone.txt: there is no such file" in result.stderr
    assert "SRC101 bare-anonymous-source" in result.stdout


# ------------------------------------------------------------------------------------------ selection


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ((), ["SRC101", "SRC102", "SRC201", "SRC102", "SRC303"]),
        (("--select", "SRC1"), ["SRC101", "SRC102", "SRC102"]),
        (("--select", "SRC1, SRC303"), ["SRC101", "SRC102", "SRC102", "SRC303"]),
        (("--select", "SRC101,SRC501"), ["SRC501", "SRC101"]),
        (("--select", "SRC1", "--ignore", "SRC102"), ["SRC101"]),
        (("--extend-select", "SRC5"), ["SRC501", "SRC101", "SRC102", "SRC201", "SRC102", "SRC303"]),
        (("--select", "ALL", "--ignore", "SRC1"), ["SRC501", "SRC201", "SRC303"]),
        (("--ignore", "SRC"), []),
    ],
)
def test_rules_are_chosen_by_code(run: Run, arguments: tuple[str, ...], codes: list[str]) -> None:
    lines = run("quarry.txt", "--format", "line", *arguments).stdout.splitlines()
    assert [line.split()[1] for line in lines] == codes


@pytest.mark.parametrize(("code", "meant"), [("SRC999", "SRC"), ("src101", "SRC101"), ("no-reply", "SRC501")])
@pytest.mark.parametrize("option", ["--select", "--ignore", "--extend-select"])
def test_an_unknown_code_is_refused_with_what_may_have_been_meant(
    run: Run, stub: StubAnalyzer, option: str, code: str, meant: str
) -> None:
    result = run("quarry.txt", option, f"SRC101,{code}")
    assert result.exit_code == EXIT_ERROR
    assert f"there is no rule '{code}'" in result.stderr
    assert meant in result.stderr.partition("there is no rule")[2]
    assert stub.seen == []


# ----------------------------------------------------------------------------------------- configuration


def test_a_projects_file_decides_and_the_command_line_overrides(run: Run) -> None:
    Path("attribution.toml").write_text('select = ["SRC501"]\nfail-on = "info"\ngenre = "court"\n', encoding="utf-8")
    result = run("quarry.txt")
    assert result.exit_code == EXIT_FOUND
    assert result.stdout.endswith("1 info in 1 article; genre court.\n")
    assert run("quarry.txt", "--fail-on", "never").exit_code == EXIT_DONE
    assert "SRC101" in run("quarry.txt", "--select", "SRC1").stdout


def test_each_articles_own_configuration_holds(run: Run) -> None:
    for name, least in (("strict", "info"), ("lax", "never")):
        Path(name).mkdir()
        text = f'genre = "news"\nselect = ["SRC501"]\nfail-on = "{least}"\nprofile = "ap"\n'
        Path(name, "attribution.toml").write_text(text, encoding="utf-8")
        Path(name, "quarry.txt").write_text(QUARRY_TEXT, encoding="utf-8")
    assert run("lax/quarry.txt").exit_code == EXIT_DONE
    assert run("lax/quarry.txt", "strict/quarry.txt").exit_code == EXIT_FOUND
    assert "profile ap; genre news" in run("lax/quarry.txt").stdout


def test_the_name_of_standard_input_decides_its_configuration(run: Run) -> None:
    Path("drafts").mkdir()
    Path("drafts/attribution.toml").write_text('genre = "sport"\n', encoding="utf-8")
    assert "genre news" in run(input=QUARRY_TEXT.encode()).stdout
    assert "genre sport" in run("--stdin-filename", "drafts/a.txt", input=QUARRY_TEXT.encode()).stdout


def test_config_names_a_file(run: Run, stub: StubAnalyzer) -> None:
    Path("house.toml").write_text('ignore = ["SRC1"]\n', encoding="utf-8")
    assert "SRC101" not in run("quarry.txt", "--config", "house.toml").stdout
    seen = len(stub.seen)
    Path("typo.toml").write_text('ingore = ["SRC1"]\n', encoding="utf-8")
    result = run("quarry.txt", "--config", "typo.toml")
    assert result.exit_code == EXIT_ERROR
    assert "ignore" in result.stderr
    assert len(stub.seen) == seen, "refused before anything is read"


# ---------------------------------------------------------------------------------------------- input


def test_standard_input(run: Run) -> None:
    result = run("--format", "line", input=QUARRY_TEXT.encode())
    assert result.stdout.splitlines()[0].startswith("-:3:76: SRC101 ")


def test_standard_input_has_a_name(run: Run, stub: StubAnalyzer) -> None:
    result = run("-", "--stdin-filename", "drafts/quarry.md", "--format", "line", input=QUARRY_TEXT.encode())
    assert result.stdout.splitlines()[0].startswith("drafts/quarry.md:3:76: SRC101 ")
    assert stub.seen[0].reading is not None, "read as Markdown"
    assert "error: drafts/quarry.md: it is empty" in run("--stdin-filename", "drafts/quarry.md", input=b"").stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("quarry.txt", "--no-text"), "--no-text needs --format line, json, sarif or github"),
        (("quarry.txt", "--no-text", "--format", "html"), "--no-text needs --format line"),
        (("quarry.txt", "--statistics", "--format", "json"), "--statistics needs --format text"),
        (("quarry.txt", "--stdin-filename", "a.txt"), "names standard input"),
        (("quarry.txt", "quiet.txt", "--corrections", "a.toml"), "belongs to one article"),
        (("quarry.txt", "--baseline", "gone.json"), "gone.json: cannot be read"),
        (("quarry.txt", "--baseline", "quiet.txt"), "quiet.txt: is no baseline"),
        (("quarry.txt", "--write-baseline", "nowhere/b.json"), "there is no folder nowhere"),
        (("quarry.txt", "--write-baseline", "quarry.txt"), "would overwrite"),
        (("quarry.txt", "--fail-on", "doubt"), "'doubt' is not one of"),
        (("quarry.txt", "--format", "csv"), "'csv' is not one of"),
        (("quarry.txt", "--output", "quarry.txt"), "would overwrite"),
        (("-", "-"), "only once"),
    ],
)
def test_what_cannot_work_is_refused_before_anything_is_read(
    run: Run, stub: StubAnalyzer, arguments: tuple[str, ...], told: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == EXIT_ERROR
    assert told in " ".join(result.stderr.split())
    assert stub.seen == []


def test_no_file_on_a_terminal_teaches(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attribution.cli.articles.at_terminal", lambda _: True)
    result = run()
    assert (result.exit_code, result.stdout) == (EXIT_ERROR, "")
    for taught in ("attribution check story.txt", "SRC3: wording", "--fail-on", "Exit codes"):
        assert taught in result.stderr


# --------------------------------------------------------------------------------------------- output


def test_json_is_the_reports_with_findings(run: Run) -> None:
    (article,) = json.loads(run("quarry.txt", "--format", "json").stdout)["articles"]
    assert [f["code"] for f in article["findings"]] == ["SRC101", "SRC102", "SRC201", "SRC102", "SRC303"]
    assert article["text"] == QUARRY_TEXT
    first = article["findings"][0]
    assert article["text"][slice(*first["span"])] == first["excerpt"] == "a source"
    assert first["suppressed"] is None


def test_sarif_declares_the_rules_of_the_program(run: Run) -> None:
    log = json.loads(run("quarry.txt", "--format", "sarif").stdout)
    declared = [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]]
    assert declared[: len(RULES)] == [rule.code for rule in RULES]


@pytest.mark.parametrize("format_", ["line", "json", "sarif", "github"])
def test_no_text_keeps_the_articles_words_out(run: Run, format_: str) -> None:
    shown = run("quarry.txt", "--format", format_, "--no-text").stdout
    assert "SRC101" in shown
    assert "foreman" not in shown
    assert "Korrin" not in shown


def test_statistics(run: Run) -> None:
    lines = run("quarry.txt", "quiet.txt", "--statistics").stdout.splitlines()
    assert lines[2].split() == ["2", "SRC102", "no-anonymity-reason", "warning"]
    assert lines[-1].startswith("1 error, 4 warnings in 1 of 2 articles")


def test_output_goes_to_a_file(run: Run) -> None:
    result = run("quarry.txt", "--format", "sarif", "--output", "out.sarif")
    assert (result.exit_code, result.stdout) == (EXIT_FOUND, "")
    assert json.loads(Path("out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_quiet_and_verbose(run: Run) -> None:
    assert run("quarry.txt").stderr == ""
    assert "quarry.txt: analysed in" in run("quarry.txt", "--verbose").stderr


# ------------------------------------------------------------------------------------------- accepted


def with_comment(words: str) -> str:
    return QUARRY_TEXT.replace("The company", f"<!-- attribution: {words} -->\nThe company")


def test_a_comment_with_a_reason_accepts(run: Run, stub: StubAnalyzer) -> None:
    for name, reason in (("good.txt", ' reason="the desk knows"'), ("bad.txt", "")):
        text = with_comment(f"ignore SRC201, SRC102{reason}")
        Path(name).write_text(text, encoding="utf-8")
        stub.answers[text] = quarry_story(text)
    good = run("good.txt", "--ignore", "SRC101")
    assert good.exit_code == EXIT_DONE
    assert "6:1  SRC201 single-anonymous-source: the desk knows" in good.stdout
    assert "2 accepted" in good.stdout
    bad = run("bad.txt", "--ignore", "SRC101")
    assert bad.exit_code == EXIT_FOUND
    assert "SRC003 faulty-suppression" in bad.stdout
    assert "accepted" not in bad.stdout


def test_a_file_of_decisions_beside_the_story_or_named(run: Run) -> None:
    decisions = '[[ignore]]\ncodes = ["SRC1"]\nreason = "the desk knows"\n'
    Path("quarry.attribution.toml").write_text(decisions, encoding="utf-8")
    result = run("quarry.txt")
    assert result.exit_code == EXIT_DONE
    assert "the desk knows (side-car)" in result.stdout
    Path("quarry.attribution.toml").rename("elsewhere.toml")
    assert run("quarry.txt").exit_code == EXIT_FOUND
    assert run("quarry.txt", "--corrections", "elsewhere.toml").exit_code == EXIT_DONE
    assert run("-", "--corrections", "elsewhere.toml", input=QUARRY_TEXT.encode()).exit_code == EXIT_DONE


def test_a_name_that_leaves_no_room_for_a_file_of_decisions(run: Run) -> None:
    longest = f"{'x' * 251}.txt"
    Path("quarry.txt").rename(longest)
    assert run(longest).exit_code == EXIT_FOUND
    assert run("-", "--stdin-filename", ".", input=QUARRY_TEXT.encode()).exit_code == EXIT_FOUND


@pytest.mark.parametrize("decisions", ["[[ignore", "\xff"])
def test_decisions_that_cannot_be_read_stop_their_article(run: Run, decisions: str) -> None:
    Path("quarry.attribution.toml").write_text(decisions, encoding="latin-1")
    result = run("quarry.txt", "quiet.txt")
    assert result.exit_code == EXIT_ERROR
    assert "error: quarry.attribution.toml: is not TOML" in result.stderr


def test_a_baseline_accepts_what_was_found_and_shows_what_is_new(run: Run, stub: StubAnalyzer) -> None:
    written = run("quarry.txt", "--write-baseline", "base.json")
    assert (written.exit_code, written.stdout) == (EXIT_DONE, "")
    assert "base.json: 5 findings accepted" in written.stderr
    assert "Korrin" not in Path("base.json").read_text(encoding="utf-8")
    clean = run("quarry.txt", "--baseline", "base.json")
    assert clean.exit_code == EXIT_DONE
    assert "5 in the baseline" in clean.stdout
    assert run("quarry.txt", "--baseline", "base.json", "--format", "line").stdout == ""
    new = run("quarry.txt", "--baseline", "base.json", "--extend-select", "SRC501", "--fail-on", "info")
    assert new.exit_code == EXIT_FOUND

    moved = QUARRY_TEXT.replace("KORRIN", "It was Monday.\n\n  KORRIN")
    Path("quarry.txt").write_text(moved, encoding="utf-8")
    stub.answers[moved] = quarry_story(moved)
    assert run("./quarry.txt", "--baseline", "base.json").exit_code == EXIT_DONE, "lines have moved"
    Path("other.txt").write_text(moved, encoding="utf-8")
    assert run("other.txt", "--baseline", "base.json").exit_code == EXIT_FOUND, "another story"


def test_a_baseline_belongs_to_its_folder(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("quarry.txt", "--write-baseline", "base.json")
    Path("below").mkdir()
    monkeypatch.chdir("below")
    assert run("../quarry.txt", "--baseline", "../base.json").exit_code == EXIT_DONE


def test_what_a_baseline_holds_in_vain_is_told_to_those_who_ask(run: Run) -> None:
    run("quarry.txt", "--write-baseline", "base.json")
    result = run("quarry.txt", "--baseline", "base.json", "--ignore", "SRC102", "--verbose")
    assert "base.json: 2 of its findings are gone" in result.stderr


def test_no_baseline_takes_in_faults_of_the_check(run: Run, stub: StubAnalyzer) -> None:
    text = with_comment("ignore SRC201")
    Path("bad.txt").write_text(text, encoding="utf-8")
    stub.answers[text] = quarry_story(text)
    run("bad.txt", "--write-baseline", "base.json")
    assert run("bad.txt", "--baseline", "base.json").exit_code == EXIT_FOUND


# -------------------------------------------------------------------------------------------- crashes


def test_a_rule_that_breaks_is_a_finding_and_the_others_run(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    use_rules(monkeypatch, (*PLAIN_RULES, Broken))
    result = run("quarry.txt", "quiet.txt", "--format", "line")
    lines = result.stdout.splitlines()
    assert sum("SRC001" in line for line in lines) == 2
    assert "SRC801 broken broke on this story (KeyError: 'quarry.txt')" in result.stdout
    assert sum("SRC101" in line for line in lines) == 1
    assert result.exit_code == EXIT_FOUND
    assert run("quiet.txt").exit_code == EXIT_DONE, "a warning"
    assert "Traceback" not in result.stderr
