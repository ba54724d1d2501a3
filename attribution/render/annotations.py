"""Findings one a line: for editors and scripts (``line``) and for GitHub's annotations (``github``).

What somebody has accepted is left out.  Without the article's words, a finding says what its rule finds, since messages
quote the article.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from attribution.records import Analysis, Article, Finding, Report, Severity
from attribution.render.fit import visible
from attribution.render.withheld import message_of, question_of

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def line_report(report: Report, *, with_text: bool = True) -> str:
    """``path:line:column: CODE message``, 1-based, a finding a line; "" where nothing was found."""
    lines = [
        f"{finding.path or 'text'}:{finding.line}:{finding.column}: {finding.code} {message_of(finding, with_text)}"
        for _, finding in _counting(report)
    ]
    return "".join(f"{visible(line)}\n" for line in lines)


def relative_path(path: str, root: Path) -> Path:
    """A path relative to a folder, as services that annotate a repository need it; absolute where it lies elsewhere."""
    place = Path(os.path.normpath(root / path))
    return place.relative_to(root) if place.is_relative_to(root) else place


def github_report(report: Report, *, with_text: bool = True) -> str:
    """GitHub's workflow commands (``::warning file=…,line=…,title=…::message``), a finding a line.

    A finding in a web page or Word document is put on the file as a whole: its lines are those of the extracted text.
    """
    return "".join(f"{_command(a, finding, with_text)}\n" for a, finding in _counting(report))


def _counting(report: Report) -> Iterator[tuple[Article, Finding]]:
    for item in report.items:
        if isinstance(item, Analysis):
            yield from ((item.article, finding) for finding in item.findings if finding.suppressed is None)


def _command(article: Article, finding: Finding, with_text: bool) -> str:
    file = relative_path(finding.path, Path().absolute()).as_posix() if finding.path else "text"
    properties: dict[str, str | int] = {"file": file}
    if not article.extracted:
        properties |= {"line": finding.line, "endLine": finding.end_line}
    if not article.extracted and finding.line == finding.end_line:  # columns over several lines are refused
        properties |= {"col": finding.column, "endColumn": finding.end_column}
    properties["title"] = f"{finding.code} {finding.name}"
    message = visible(message_of(finding, with_text))
    if question := question_of(finding, with_text):
        message += f"\nAsk: {visible(question)}"
    written = ",".join(f"{key}={_property(visible(str(value)))}" for key, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {written}::{_data(message)}"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
