"""Every notebook runs from top to bottom, and is stored with output that a reader elsewhere can see and trust."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


@pytest.mark.model
@each_notebook
def test_notebook_runs(path: Path) -> None:
    NotebookClient(read(path), timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()


@each_notebook
def test_it_is_stored_as_it_ran(path: Path) -> None:
    code = [cell for cell in read(path).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1)), "run it from top to bottom"
    outputs = [output for cell in code for output in cell.outputs]
    assert outputs
    assert not [output for output in outputs if output.output_type == "error"]
    assert all("execution" not in cell.metadata for cell in code), "times differ from run to run"


@each_notebook
def test_its_output_is_that_of_any_machine(path: Path) -> None:
    for cell in read(path).cells:
        for output in cell.get("outputs", ()):
            shown = [output.get("text", ""), *(str(v) for k, v in output.get("data", {}).items() if k != "image/png")]
            for text in shown:
                assert not re.search(
                    r"/(?:home|root|tmp|Users|usr|var)/|site-packages| at 0x[0-9a-f]{6,}|Warning:", text
                )
                assert "\x1b[" not in text, "colours of a terminal"
                assert not re.search(r'id="T_[0-9a-f]{5}', text), "a Styler draws a new id in each run"
