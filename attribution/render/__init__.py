"""Renderers: a ``Report`` in, text out.  Nothing here reads files, asks the terminal or prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from attribution.records import Report
from attribution.render.delimited import csv_report
from attribution.render.html import html_report
from attribution.render.markdown import markdown_report
from attribution.render.terminal import Page, text_report
from attribution.render.wire import json_report


@dataclass(frozen=True, slots=True)
class Settings:
    """How to render.

    Attributes:
        page: width and colour of the text report.
        table: which table CSV holds ("attributions", "sources" or "metrics").
        with_text: False leaves the articles' words out of CSV and JSON.
    """

    page: Page = field(default_factory=Page)
    table: str = "attributions"
    with_text: bool = True


RENDERERS: Mapping[str, Callable[[Report, Settings], str]] = MappingProxyType(
    {
        "text": lambda report, settings: text_report(report, settings.page),
        "markdown": lambda report, _: markdown_report(report),
        "csv": lambda report, settings: csv_report(report, table=settings.table, with_text=settings.with_text),
        "json": lambda report, settings: json_report(report, with_text=settings.with_text),
        "html": lambda report, _: html_report(report),
    }
)
"""Output formats by name."""
