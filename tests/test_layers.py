"""The import order, and who may import what.  Read from the source, so nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "attribution"

ORDER = (
    ("_version", "errors", "records"),
    ("text", "toml_file"),
    ("models", "lexicon"),
    ("load",),
    ("parse",),
    ("extract",),
    ("sources",),
    ("claims",),
    ("counted",),
    ("voice",),
    ("metrics",),
    ("rules",),
    ("config",),
    ("versions", "coverage"),
    ("pipeline",),
    ("render",),
    ("frame", "notebook", "plot"),
    ("evaluate",),
    ("train",),
    ("serve",),
    ("cli",),
)
LAYER = {name: depth for depth, names in enumerate(ORDER) for name in names}

ONLY = {
    "stanza": {"parse", "train", "cli.models"},  # cli.models: Stanza's own download, the one network command
    "torch": {"parse", "train", "pipeline"},  # pipeline: one thread per worker process
    "safetensors": {"parse", "train"},
    "tokenizers": {"parse"},
    "trafilatura": {"load"},
    "docx": {"load"},
    "flask": {"serve", "cli.serve"},  # cli.serve: for types only
    "werkzeug": {"serve"},
    "waitress": {"cli.serve"},
    "charset_normalizer": {"load"},
    "pandas": {"frame"},
    "matplotlib": {"plot"},
    "tabulate": {"render.table", "render.markdown"},
    "click": {"cli"},
    "jinja2": {"render.html"},
    "markupsafe": {"render.html"},
}

EXCEPTIONS = {
    # `Analysis` shows and draws itself; the imports are made when it does.
    ("records", "notebook"),
    ("records", "plot"),
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(p for p in parts if p != "__init__")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_each_module_imports_only_what_stands_before_it(path: Path) -> None:
    own = name_of(path).partition(".")[0]
    if own in {"", "__main__"}:  # the public names and the entry point may use everything
        return
    for target in imported(path):
        if target.startswith("attribution."):
            layer = target.split(".")[1]
            if layer != own and (own, layer) not in EXCEPTIONS:
                assert LAYER[layer] < LAYER[own], f"{own} may not import {layer}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_each_library_has_its_place(path: Path) -> None:
    name = name_of(path)
    for target in imported(path):
        library = target.partition(".")[0]
        if library in ONLY:
            assert any(name == place or name.startswith(f"{place}.") for place in ONLY[library]), (
                f"{name} may not import {library}"
            )
