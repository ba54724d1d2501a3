"""The hook for pre-commit, run by the real pre-commit on a repository of its own; the analyzer is a stub."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from check_build import QUARRY_TEXT

ROOT = Path(__file__).parents[1]
HOOKS = ROOT / ".pre-commit-hooks.yaml"

STUB = """
import sys
sys.path.insert(0, {tests!r})
import attribution.cli.articles, attribution.config.layers, attribution.rules.engine
from attribution.cli import main
from build import StubAnalyzer
from check_build import QUARRY_TEXT, RULES, quarry_story

attribution.cli.articles._analyzer = lambda *_: StubAnalyzer({{QUARRY_TEXT: quarry_story()}})
attribution.rules.engine.RULES = attribution.config.layers.RULES = RULES
main(sys.argv[1:])
"""


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(arguments, capture_output=True, text=True, check=False, env={**os.environ, **environment})


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose configuration runs our hook, from the entry that the manifest gives, in this environment."""
    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    program, _, arguments = hook["entry"].partition(" ")
    assert program == "attribution"
    (tmp_path / "stub.py").write_text(STUB.format(tests=str(ROOT / "tests")), encoding="utf-8")
    hook |= {"language": "system", "entry": f"{sys.executable} {tmp_path / 'stub.py'} {arguments}"}
    home = tmp_path / "articles"
    home.mkdir()
    configuration = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (home / ".pre-commit-config.yaml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
    monkeypatch.chdir(home)
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    assert command("git", "init", "--quiet").returncode == 0
    return home


def run_hook() -> subprocess.CompletedProcess[str]:
    assert command("git", "add", "--all").returncode == 0
    return command(sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never")


def test_the_manifest_is_one() -> None:
    result = command(sys.executable, "-m", "pre_commit", "validate-manifest", str(HOOKS))
    assert result.returncode == 0, result.stdout


def test_the_hook_stops_a_story_and_lets_another_pass(repository: Path) -> None:
    (repository / "rain.md").write_text("# Rain\n\nIt rained all day in the village.\n", encoding="utf-8")
    (repository / "sources.py").write_text("raise SystemExit('no article')\n", encoding="utf-8")
    passed = run_hook()
    assert passed.returncode == 0, passed.stdout
    (repository / "quarry.txt").write_text(QUARRY_TEXT, encoding="utf-8")
    stopped = run_hook()
    assert stopped.returncode == 1
    assert "hook id: attribution-check" in stopped.stdout
    assert "SRC101 bare-anonymous-source" in stopped.stdout
    assert "sources.py" not in stopped.stdout
