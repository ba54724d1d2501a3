"""``attribution report`` as a user meets it: files in, tables out, exit codes; the analyzer is a stub."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from attribution.cli import COMMANDS, EXIT_DONE, EXIT_ERROR, main
from attribution.records import ArticleError
from build import PORT_TEXT, StubAnalyzer, port_story

Run = Callable[..., Result]


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> StubAnalyzer:
    analyzer = StubAnalyzer({PORT_TEXT: port_story()})
    monkeypatch.setattr("attribution.cli.articles._analyzer", lambda *_: analyzer)
    return analyzer


@pytest.fixture
def run(stub: StubAnalyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:  # noqa: ARG001 (the stub is in place)
    monkeypatch.chdir(tmp_path)
    Path("port.txt").write_text(PORT_TEXT, encoding="utf-8")

    def invoke(*arguments: str, **extra: object) -> Result:
        return CliRunner().invoke(main, ["report", *arguments], **extra)  # type: ignore[arg-type]

    return invoke


# ------------------------------------------------------------------------------------------- reading


def test_a_file(run: Run) -> None:
    result = run("port.txt")
    assert result.exit_code == EXIT_DONE
    assert result.stdout.startswith("port.txt\n")
    assert "10 attributions, 9 sources: 1 named, 1 institution" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_standard_input(run: Run, arguments: tuple[str, ...]) -> None:
    result = run("--format", "json", *arguments, input=PORT_TEXT.encode())
    assert result.exit_code == EXIT_DONE
    (article,) = json.loads(result.stdout)["articles"]
    assert article["path"] == "-"
    assert article["text"] == PORT_TEXT


def test_offsets_index_the_file_with_its_line_ends_and_without_its_mark(run: Run) -> None:
    text = PORT_TEXT.replace("\n", "\r\n")
    Path("crlf.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (article,) = json.loads(run("--format", "json", "crlf.txt").stdout)["articles"]
    assert article["text"] == text


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(run: Run, stub: StubAnalyzer) -> None:
    Path("empty.txt").touch()
    Path("photo.txt").write_bytes(bytes(range(256)) * 20)
    result = run("gone.txt", "empty.txt", "port.txt", "photo.txt", "--format", "json")
    assert result.exit_code == EXIT_ERROR
    shown = json.loads(result.stdout)
    assert [article["path"] for article in shown["articles"]] == ["port.txt"]
    assert [(e["path"], e["stage"]) for e in shown["errors"]] == [
        ("gone.txt", "load"),
        ("empty.txt", "load"),
        ("photo.txt", "load"),
    ]
    for name in ("gone.txt", "empty.txt", "photo.txt"):
        assert f"error: {name}: " in result.stderr
    assert "Traceback" not in result.stderr
    assert len(stub.seen) == 1


def test_nothing_readable_loads_no_model(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def loaded(*_: object) -> None:
        raise AssertionError("a model was loaded for nothing")

    monkeypatch.setattr("attribution.cli.articles._analyzer", loaded)
    result = run("gone.txt")
    assert result.exit_code == EXIT_ERROR
    assert result.stdout == ""
    assert "gone.txt" in result.stderr


def test_an_article_that_fails_in_analysis_is_told(run: Run, stub: StubAnalyzer) -> None:
    stub.answers = {PORT_TEXT: ArticleError("port.txt", "analysis", "KeyError: 's9'")}
    result = run("port.txt")
    assert result.exit_code == EXIT_ERROR
    assert "error: port.txt: KeyError: 's9'" in result.stderr


def test_too_long(run: Run) -> None:
    result = run("port.txt", "--max-words", "50")
    assert result.exit_code == EXIT_ERROR
    assert "port.txt" in result.stderr
    assert "--max-words" in result.stderr


def test_a_hostile_file_name_is_shown_not_sent(run: Run) -> None:
    assert "\x1b" not in run("\x1b[31mgone.txt").stderr
    assert "␛[31mgone.txt" in run("\x1b[31mgone.txt").stderr


# --------------------------------------------------------------------------------------------- usage


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-", "-"), "only once"),
        (("port.txt", "--table", "sources"), "--table chooses what csv holds"),
        (("port.txt", "--no-text"), "needs --format csv or json"),
        (("port.txt", "--no-text", "--format", "markdown"), "needs --format csv or json"),
        (("port.txt", "--kinds", "gossip,speech"), "no kind is called gossip"),
        (("port.txt", "--kinds", ""), "no kind is given"),
        (("port.txt", "--output", "nowhere/out.txt"), "there is no folder nowhere"),
        (("port.txt", "--output", "port.txt"), "would overwrite"),
        (("port.txt", "--format", "docx"), "'docx' is not one of"),
        (("port.txt", "--width", "10"), "--width"),
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
    assert result.exit_code == EXIT_ERROR
    assert result.stdout == ""
    for taught in ("attribution report story.txt", "A4 (vague", "--format", "Exit codes"):
        assert taught in result.stderr


def test_a_file_in_place_of_a_command(run: Run) -> None:  # noqa: ARG001 (makes port.txt)
    result = CliRunner().invoke(main, ["port.txt"])
    assert result.exit_code == EXIT_ERROR
    assert "attribution report port.txt" in result.stderr


def test_unknown_command() -> None:
    assert CliRunner().invoke(main, ["reprot"]).exit_code == EXIT_ERROR


# -------------------------------------------------------------------------------------------- writing


def test_output_goes_to_a_file_and_nothing_to_the_screen(run: Run) -> None:
    result = run("port.txt", "--output", "report.md", "--format", "markdown")
    assert (result.exit_code, result.stdout, result.stderr) == (EXIT_DONE, "", "")
    assert "Łukaszewicz-O’Brien" in Path("report.md").read_text(encoding="utf-8")


def test_output_that_cannot_be_written(run: Run) -> None:
    Path("folder").mkdir()
    result = run("port.txt", "--output", "folder")
    assert result.exit_code == EXIT_ERROR
    assert "folder" in result.stderr


def test_kinds_widen_the_tables(run: Run) -> None:
    assert "The union" not in run("port.txt").stdout
    assert "The union" in run("port.txt", "--kinds", "all").stdout
    assert "The union" in run("port.txt", "--kinds", "speech, intention").stdout
    assert "An audit" not in run("port.txt", "--kinds", "speech").stdout


@pytest.mark.parametrize("table", ["attributions", "sources", "metrics"])
def test_csv_tables(run: Run, table: str) -> None:
    header = run("port.txt", "--format", "csv", "--table", table).stdout.partition("\n")[0]
    assert header.startswith("path,")
    assert {"attributions": "cue", "sources": "mention_spans", "metrics": "numerator"}[table] in header.split(",")


def test_machine_readable_output_is_utf8_whatever_the_terminal(run: Run) -> None:  # noqa: ARG001 (makes port.txt)
    result = CliRunner(charset="ascii").invoke(main, ["report", "port.txt", "--format", "json"])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Łukaszewicz-O’Brien" in result.stdout_bytes.decode("utf-8")


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_width(run: Run, columns: int) -> None:
    lines = run("port.txt", "--width", str(columns)).stdout.splitlines()
    assert columns * 0.8 < max(map(len, lines)) <= columns


def test_the_terminal_gives_the_width(run: Run) -> None:
    assert max(map(len, run("port.txt", env={"COLUMNS": "60"}).stdout.splitlines())) <= 60


@pytest.mark.parametrize(
    ("terminal", "environment", "coloured"),
    [
        (True, {}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
        (False, {}, False),
    ],
)
def test_colour_on_a_terminal_only_and_not_against_the_users_word(
    run: Run, monkeypatch: pytest.MonkeyPatch, terminal: bool, environment: dict[str, str], coloured: bool
) -> None:
    monkeypatch.setattr("attribution.cli.output.at_terminal", lambda _: terminal)
    unset: dict[str, str | None] = {"NO_COLOR": None, "TERM": "xterm"}
    result = run("port.txt", env={**unset, **environment}, color=True)
    assert ("\x1b[" in result.stdout) == coloured


def test_a_file_never_holds_colour(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attribution.cli.output.at_terminal", lambda _: True)
    run("port.txt", "--output", "out.txt", env={"NO_COLOR": None, "TERM": "xterm"})
    assert "\x1b" not in Path("out.txt").read_text(encoding="utf-8")


def test_quiet_says_nothing_but_errors_and_verbose_says_more(run: Run) -> None:
    Path("long.txt").write_text(PORT_TEXT * 160, encoding="utf-8")
    assert "warning: long.txt: it has 2" in run("long.txt").stderr
    assert run("long.txt", "--quiet").stderr == ""
    assert "error: gone.txt" in run("gone.txt", "--quiet").stderr
    assert "port.txt: analysed in" in run("port.txt", "--verbose").stderr


# ------------------------------------------------------------------------------- as a process


def python(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


HEAVY = "{'torch', 'stanza', 'pandas', 'transformers', 'trafilatura'}"


@pytest.mark.parametrize(
    "statement",
    [
        "import attribution",
        "import attribution; attribution.load, attribution.Analyzer, attribution.analyze_many",
        "import attribution.cli.report",
        "import attribution.cli.check",
        "from click.testing import CliRunner; from attribution.cli import main; CliRunner().invoke(main, ['--help'])",
    ],
)
def test_nothing_heavy_is_imported(statement: str) -> None:
    result = python("-c", f"import sys; {statement}; print(sorted({HEAVY} & set(sys.modules)))")
    assert (result.stdout.strip(), result.stderr) == ("[]", "")


def test_help_lists_every_command_in_no_time() -> None:
    started = time.monotonic()
    result = python("-m", "attribution", "--help")
    elapsed = time.monotonic() - started
    assert result.returncode == EXIT_DONE
    for name in COMMANDS:
        assert name in result.stdout
    assert elapsed < 2, "0.5 s on an idle machine; this one may be busy"


def test_every_command_has_help() -> None:
    for name in COMMANDS:
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == EXIT_DONE, result.output
        assert "Usage:" in result.stdout


def test_a_reader_that_leaves_early_is_no_failure(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, 'tests'); import build, attribution.cli.articles as r;"
        "r._analyzer = lambda *_: build.StubAnalyzer({build.PORT_TEXT: build.port_story()});"
        "from attribution.cli import main; main(['report', '--format', 'json', *[sys.argv[1]] * 40])"
    )
    (tmp_path / "port.txt").write_text(PORT_TEXT, encoding="utf-8")
    root = Path(__file__).parents[1]
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "port.txt")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=60), errors) == (EXIT_DONE, b"")
