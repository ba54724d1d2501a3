"""HTML: a report as one page that needs nothing else, and the same parts as fragments for notebooks."""

from attribution.render.html.page import html_report

__all__ = ["html_report"]
