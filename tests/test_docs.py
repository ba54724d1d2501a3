"""The documentation does what it says.

Blocks of Python are executed, page by page, in a folder with the repository's fixtures.  Commands of this program in
``console`` blocks are run; where a line begins with ``$``, what follows it is its output, in which a line ``…`` stands
for any others.  A block after ``<!-- not run: WHY -->`` is left alone.
"""

from __future__ import annotations

import ast
import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import attribution
from attribution.cli import COMMANDS, EXIT_DONE, EXIT_FOUND, main
from attribution.config.files import check
from generate import generated

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
DOCS = [page for page in PAGES if page.parent.name == "docs"]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

_FENCE = re.compile(
    r"(?:<!-- not run: (?P<why>.+?) -->\n\n?)?^```(?P<language>\w+)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True)
class Block:
    """A fenced block of a page.

    Attributes:
        line: of its first line, 1-based.
        why: why it is not run, None for one that is.
    """

    page: Path
    line: int
    language: str
    body: str
    why: str | None

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks(*languages: str) -> list[Block]:
    """The blocks that are run, in all pages."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for m in _FENCE.finditer(text):
            line = text.count("\n", 0, m.start("body")) + 1
            found.append(Block(page, line, m["language"], m["body"], m["why"]))
    return [block for block in found if block.language in languages and block.why is None]


each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to write in, with the repository's fixtures."""
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    monkeypatch.chdir(tmp_path)
    return tmp_path


# ------------------------------------------------------------------------------------------ Python


@pytest.mark.model
@each_page
@pytest.mark.usefixtures("checkout")
def test_python_blocks_run(page: Path, monkeypatch: pytest.MonkeyPatch, analyzer: Any) -> None:
    monkeypatch.setattr(attribution, "_analyzer", lambda _: analyzer)
    monkeypatch.setattr(attribution, "Analyzer", lambda: analyzer, raising=False)
    import matplotlib

    matplotlib.use("agg")
    names: dict[str, Any] = {"__name__": "__main__"}
    for block in blocks("python"):
        if block.page == page:
            exec(compile("\n" * (block.line - 1) + block.body, str(page), "exec"), names)


@pytest.mark.parametrize("block", blocks("python"), ids=str)
def test_python_blocks_are_whole(block: Block) -> None:
    ast.parse(block.body)


# ------------------------------------------------------------------------------------------ commands


def commands(block: Block) -> Iterator[tuple[str, str | None]]:
    """The commands of this program in a block, each with the output that is shown, None where none is."""
    if not re.search(r"^\$ ", block.body, re.MULTILINE):
        yield from ((line, None) for line in block.body.splitlines() if line.startswith("attribution "))
        return
    for part in re.split(r"^\$ ", block.body, flags=re.MULTILINE)[1:]:
        line, _, output = part.partition("\n")
        if line.startswith("attribution "):
            yield line, output or None


COMMAND_LINES = [
    pytest.param(line, output, id=f"{block}-{line}") for block in blocks("console") for line, output in commands(block)
]


@pytest.mark.model
@pytest.mark.parametrize(("line", "output"), COMMAND_LINES)
@pytest.mark.usefixtures("checkout")
def test_commands_run(line: str, output: str | None, analyzer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attribution.cli.articles._analyzer", lambda *_: analyzer)
    result = CliRunner().invoke(main, shlex.split(line)[1:])
    assert result.exit_code in (EXIT_DONE, EXIT_FOUND), result.output
    if output is not None:
        shown = ".*".join(re.escape(part) for part in re.split(r"^…\n", output, flags=re.MULTILINE))
        assert re.fullmatch(shown, result.stdout, re.DOTALL), result.stdout


@pytest.mark.model
@pytest.mark.parametrize(("number", "command"), [(0, "report"), (1, "check")])
@pytest.mark.usefixtures("checkout")
def test_the_front_page_shows_what_is_printed(
    number: int, command: str, analyzer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("attribution.cli.articles._analyzer", lambda *_: analyzer)
    shown = [block for block in blocks("text") if block.page == ROOT / "README.md"][number]
    story = shown.body.partition("\n")[0]
    result = CliRunner().invoke(main, [command, story, "--width", "100"])
    at = 0
    for part in re.split(r"^…\n", shown.body, flags=re.MULTILINE):  # what is left out stands for anything
        at = result.stdout.find(part.strip(), at)
        assert at >= 0, part


def test_every_command_is_documented() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [name for name in COMMANDS if f"attribution {name}" not in text] == []


def test_every_public_name_is_documented() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    public = (name for name in attribution.__all__ if not name.startswith("_"))
    assert [name for name in public if f"attribution.{name}" not in text] == []


# ------------------------------------------------------------------------------------------ configuration


@pytest.mark.parametrize("block", blocks("toml"), ids=str)
def test_settings_exist(block: Block) -> None:
    table = tomllib.loads(block.body)
    if block.page.name == "configuration.md":
        check(table, str(block))


def test_every_word_list_of_the_rules_is_documented() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "attribution").rglob("*.py")))
    lists = re.findall(r"""settings\.words\.get\(\s*"([\w-]+)\"""", code)
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert lists
    assert [name for name in lists if f"| `{name}` |" not in page] == []


# ------------------------------------------------------------------------------------------ pages


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_generated_parts_are_up_to_date(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text == generated(text), "run: python docs/generate.py"


@pytest.mark.parametrize("page", [*PAGES, *NOTEBOOKS], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if page in NOTEBOOKS:
        cells = json.loads(text)["cells"]
        text = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    text = _FENCE.sub("", text)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?:", target):
            continue
        path, _, heading = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        if heading:
            assert heading in headings(file), target


def headings(page: Path) -> set[str]:
    """The anchors that forges give to a page's headings."""
    lines = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


def test_the_index_names_every_page() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in DOCS if page.name != "README.md" and f"]({page.name})" not in index] == []
    assert [path.name for path in NOTEBOOKS if f"(../notebooks/{path.name})" not in index] == []
