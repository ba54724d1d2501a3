"""Baselines: findings of older work, accepted in one go, so that a check shows only what is new.

A baseline is a small JSON file of fingerprints.  It holds no word of any article.  Paths are written relative to its
own folder, so that it can be committed with the articles.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from attribution.errors import ConfigError
from attribution.records import Analysis, Decider, Suppression
from attribution.rules.registry import RULES_OF_THE_CHECK

VERSION = 1


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was accepted: (path relative to the baseline's folder, fingerprint) pairs."""

    path: Path
    accepted: frozenset[tuple[str, str]]

    def apply(self, analysis: Analysis) -> Analysis:
        """An analysis whose findings are marked as accepted where the baseline holds them."""
        name = _relative(analysis.article.path, self.path)
        suppression = Suppression(f"in the baseline {self.path.name}", Decider.BASELINE)
        findings = (
            replace(f, suppressed=suppression)
            if f.suppressed is None and f.code not in RULES_OF_THE_CHECK and (name, f.fingerprint) in self.accepted
            else f
            for f in analysis.findings
        )
        return replace(analysis, findings=tuple(findings))

    def gone(self, analyses: Iterable[Analysis]) -> int:
        """How many accepted findings of these articles are found no more."""
        found: set[tuple[str, str]] = set()
        names = set()
        for analysis in analyses:
            name = _relative(analysis.article.path, self.path)
            names.add(name)
            found |= {(name, finding.fingerprint) for finding in analysis.findings}
        return sum(name in names and (name, fingerprint) not in found for name, fingerprint in self.accepted)


def read_baseline(path: Path) -> Baseline:
    """Read a baseline.

    Raises:
        ConfigError: it is not there, or is no baseline.
    """
    remedy = f"make one: attribution check … --write-baseline {path}"
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        if table["baseline"] != VERSION:
            raise ConfigError(f"is a baseline of version {table['baseline']}", where=str(path), remedy=remedy)
        accepted = frozenset((str(row["path"]), str(row["fingerprint"])) for row in table["accepted"])
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", where=str(path), remedy=remedy) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError("is no baseline", where=str(path), remedy=remedy) from error
    return Baseline(path, accepted)


def baseline_text(path: Path, analyses: Iterable[Analysis]) -> tuple[str, int]:
    """A baseline of all findings that nobody has accepted in the articles themselves, and how many these are.

    What is said about the check itself (SRC0) is left out: it wants mending.

    Args:
        path: where the baseline will lie.
    """
    rows: list[dict[str, Any]] = [
        {"path": _relative(analysis.article.path, path), "code": finding.code, "fingerprint": finding.fingerprint}
        for analysis in analyses
        for finding in analysis.findings
        if finding.suppressed is None and finding.code not in RULES_OF_THE_CHECK
    ]
    rows.sort(key=lambda row: (row["path"], row["code"], row["fingerprint"]))
    lines = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)
    return f'{{"baseline": {VERSION}, "accepted": [\n{lines}\n]}}\n', len(rows)


def _relative(path: str | None, baseline: Path) -> str:
    if path is None or path == "-":
        return path or ""
    try:
        return Path(os.path.relpath(path, baseline.parent)).as_posix()
    except ValueError:  # another drive
        return Path(path).as_posix()
