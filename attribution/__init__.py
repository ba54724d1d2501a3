"""Who stands behind each claim in a news article, and how hidden they are.

    >>> import attribution
    >>> analysis = attribution.analyze("The bank will close, a source said.")  # doctest: +SKIP
    >>> attribution.frames(analysis).sources  # doctest: +SKIP

Importing this package loads neither a model nor pandas; the first use of a function does.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from attribution._version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from attribution.coverage import compare_coverage
    from attribution.frame import frames
    from attribution.load import load
    from attribution.notebook import compare
    from attribution.pipeline import Analyzer, Input, analyze_many
    from attribution.records import Analysis, Article

__all__ = ["Analyzer", "__version__", "analyze", "analyze_many", "compare", "compare_coverage", "frames", "load"]

_HOMES = {
    "Analyzer": "attribution.pipeline",
    "analyze_many": "attribution.pipeline",
    "compare": "attribution.notebook",
    "compare_coverage": "attribution.coverage",
    "frames": "attribution.frame",
}


def analyze(article: Input, *, parser: str = "newsroom") -> Analysis:
    """Everything found in one article.

    The model is loaded on the first call and kept.

    Args:
        article: the text itself (str), a ``pathlib.Path`` to a file, or an ``Article``.
        parser: "newsroom" (embedded, offline) or "stanza" (Stanza's official English models).

    Raises:
        LoadError: the text or file is not an article that can be read.
        ModelError: the parser's model is missing or damaged.
    """
    return _analyzer(parser).analyze(article)


@lru_cache(maxsize=2)
def _analyzer(parser: str) -> Analyzer:
    from attribution.pipeline import Analyzer

    return Analyzer(parser)


class _CallableLoad(ModuleType):
    def __call__(self, source: str | Path, **options: Any) -> Article:
        article: Article = self.load(source, **options)
        return article


class _Package(ModuleType):
    """This package, whose ``load`` is a function to users and a sub-package to its own modules.

    Python binds a sub-package to its name here when it is first imported, which would hide a function
    of that name; so the sub-package itself is made callable at that moment.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name == "load" and isinstance(value, ModuleType):
            value.__class__ = _CallableLoad
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name == "load":
        return import_module("attribution.load")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
