"""Renderers: a ``Report`` in, text out.  Nothing here reads files, asks the terminal or prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from attribution.records import Report
from attribution.render.annotations import github_report, line_report
from attribution.render.delimited import csv_report
from attribution.render.findings import check_text, statistics_text
from attribution.render.html import html_report
from attribution.render.markdown import markdown_report
from attribution.render.sarif import sarif_report
from attribution.render.terminal import Page, text_report
from attribution.render.wire import json_report


@dataclass(frozen=True, slots=True)
class Settings:
    """How to render.

    Attributes:
        page: width and colour of the text report.
        table: which table CSV holds ("attributions", "sources" or "metrics").
        with_text: False leaves the articles' words out of machine-readable formats.
        statistics: the check's text says how often each rule found something, not what.
    """

    page: Page = field(default_factory=Page)
    table: str = "attributions"
    with_text: bool = True
    statistics: bool = False


RENDERERS: Mapping[str, Callable[[Report, Settings], str]] = MappingProxyType(
    {
        "text": lambda report, settings: text_report(report, settings.page),
        "markdown": lambda report, _: markdown_report(report),
        "csv": lambda report, settings: csv_report(report, table=settings.table, with_text=settings.with_text),
        "json": lambda report, settings: json_report(report, with_text=settings.with_text),
        "html": lambda report, _: html_report(report),
    }
)
"""Formats of the report, by name."""

CHECK_RENDERERS: Mapping[str, Callable[[Report, Settings], str]] = MappingProxyType(
    {
        "text": lambda report, settings: (statistics_text if settings.statistics else check_text)(
            report, settings.page
        ),
        "line": lambda report, settings: line_report(report, with_text=settings.with_text),
        "json": RENDERERS["json"],
        "sarif": lambda report, settings: sarif_report(report, with_text=settings.with_text),
        "github": lambda report, settings: github_report(report, with_text=settings.with_text),
        "html": lambda report, _: html_report(report, findings=True),
    }
)
"""Formats of the editorial check, by name."""
