"""``import attribution`` and what hangs on it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import attribution
from attribution.errors import LoadError
from attribution.records import Article
from build import PORT_TEXT


def test_every_public_name_is_there() -> None:
    assert set(attribution.__all__) == {
        "Analyzer",
        "__version__",
        "analyze",
        "analyze_many",
        "compare",
        "compare_coverage",
        "frames",
        "load",
    }
    for name in attribution.__all__:
        assert getattr(attribution, name)
        assert name in dir(attribution)


def test_a_name_that_does_not_exist() -> None:
    with pytest.raises(AttributeError, match="analyse"):
        attribution.analyse  # noqa: B018


def test_load_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "port.txt"
    path.write_text(PORT_TEXT, encoding="utf-8")
    article = attribution.load(path)
    assert isinstance(article, Article)
    assert article.text == PORT_TEXT
    with pytest.raises(LoadError, match="the limit is 50 words"):
        attribution.load(path, max_words=50)


@pytest.mark.parametrize(
    "imports",
    [
        "import attribution",
        "import attribution.load",
        "import attribution; from attribution.load import load_bytes",
        "import attribution.cli.report, attribution.load.plain",
    ],
)
def test_load_can_be_called_whatever_was_imported_before(imports: str, tmp_path: Path) -> None:
    path = tmp_path / "port.txt"
    path.write_text(PORT_TEXT, encoding="utf-8")
    script = f"import sys; {imports}; import attribution; print(type(attribution.load(sys.argv[1])).__name__)"
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("Article\n", "")
