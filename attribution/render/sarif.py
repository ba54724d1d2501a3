"""The check as SARIF 2.1.0 (OASIS Standard, 27 March 2020), for code-scanning services and editors' plug-ins.

All rules are declared, found or not.  Fingerprints outlive moved lines.  Suppressed findings are kept with their
reasons.  Findings in a web page or Word document carry no region: their lines are those of the extracted text.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from attribution.records import (
    Analysis,
    Article,
    ArticleError,
    Decider,
    Finding,
    Program,
    Report,
    Severity,
    Span,
    Suppression,
)
from attribution.render.annotations import relative_path
from attribution.render.fit import visible
from attribution.render.wire import escape_controls, text_digest
from attribution.render.withheld import message_of, question_of, reason_of
from attribution.rules import RULES, RULES_OF_THE_CHECK, CheckRule, Rule
from attribution.rules.standards import standards
from attribution.text import LineIndex

Object = dict[str, Any]

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "attribution/v1"
"""Names the way fingerprints are made; a new way gets a new name."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_KINDS = {Decider.COMMENT: "inSource", Decider.SIDECAR: "external", Decider.BASELINE: "external"}
_MEDIA_TYPES = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def sarif_report(
    report: Report, *, with_text: bool = True, rules: Sequence[type[Rule]] = RULES, root: Path | None = None
) -> str:
    """A report as SARIF text.

    Args:
        with_text: False leaves out every word of the articles: snippets go, messages say what the rule finds.
        rules: those to declare.
        root: the folder that paths are written relative to, by default the working folder.
    """
    log = _Log(report, with_text, rules, (root or Path()).absolute())
    written = json.dumps(log.object(), ensure_ascii=False, indent=1, allow_nan=False)
    return escape_controls(written) + "\n"


class _Log:
    def __init__(self, report: Report, with_text: bool, rules: Sequence[type[Rule]], root: Path) -> None:
        self.report = report
        self.with_text = with_text
        self.root = root
        self.rules = [_rule(rule) for rule in rules]
        self.rules += [_check_rule(rule) for rule in RULES_OF_THE_CHECK.values()]
        self.index = {rule["id"]: at for at, rule in enumerate(self.rules)}

    def object(self) -> Object:
        return {"$schema": SCHEMA, "version": VERSION, "runs": [self.run()]}

    def run(self) -> Object:
        analyses = [item for item in self.report.items if isinstance(item, Analysis)]
        errors = [item for item in self.report.items if isinstance(item, ArticleError)]
        return {
            "tool": {"driver": {**_driver(self.report.program), "rules": self.rules}},
            "columnKind": "unicodeCodePoints",
            "invocations": [
                {
                    "executionSuccessful": not errors,
                    "toolExecutionNotifications": [self.notification(error) for error in errors],
                }
            ],
            "artifacts": [self.artifact(each.article) for each in analyses],
            "results": [result for at, each in enumerate(analyses) for result in self.results(each, at)],
            "properties": {"basis": self.report.basis, "withText": self.with_text},
        }

    def notification(self, error: ArticleError) -> Object:
        return {
            "level": "error",
            "message": {"text": visible(f"{error.path or 'text'} could not be read: {error.message}")},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": self.uri(error.path)}}}],
        }

    def artifact(self, article: Article) -> Object:
        suffix = Path(article.path or "").suffix.lower()
        return {
            "location": {"uri": self.uri(article.path)},
            "mimeType": _MEDIA_TYPES.get(suffix, "text/plain"),
            "properties": {"textSha256": text_digest(article.text)},
        }

    def results(self, analysis: Analysis, artifact: int) -> Iterable[Object]:
        lines = LineIndex(analysis.article.text)
        for finding in analysis.findings:
            result: Object = {
                "ruleId": finding.code,
                "level": _LEVELS[finding.severity],
                "message": {"text": self.message(finding)},
                "locations": [self.location(analysis, finding.span, artifact, lines)],
                "partialFingerprints": {FINGERPRINT: finding.fingerprint},
                "suppressions": self.suppressions(finding),
                "properties": {"confidence": finding.confidence.value},
            }
            if finding.code in self.index:
                result["ruleIndex"] = self.index[finding.code]
            if finding.related and not analysis.article.extracted:
                result["relatedLocations"] = [
                    {
                        **self.location(analysis, span, artifact, lines),
                        "id": number,
                        "message": {"text": "see also"},
                    }
                    for number, span in enumerate(finding.related, start=1)
                ]
            if self.with_text and finding.evidence:
                result["properties"]["evidence"] = [visible(words) for words in finding.evidence]
            yield result

    def message(self, finding: Finding) -> str:
        asked = question_of(finding, self.with_text)
        parts = (message_of(finding, self.with_text), f"Ask: {asked}" if asked else "")
        return " ".join(visible(part) for part in parts if part)

    def location(self, analysis: Analysis, span: Span, artifact: int, lines: LineIndex) -> Object:
        article = analysis.article
        physical: Object = {"artifactLocation": {"uri": self.uri(article.path), "index": artifact}}
        if not article.extracted:
            start_line, start_column = lines.position(span.start)
            end_line, end_column = lines.position(span.end)
            physical["region"] = {
                "startLine": start_line,
                "startColumn": start_column,
                "endLine": end_line,
                "endColumn": end_column,
                "charOffset": span.start,
                "charLength": span.end - span.start,
            }
            if self.with_text:
                physical["region"]["snippet"] = {"text": article.text[span.start : span.end]}
        return {"physicalLocation": physical}

    def suppressions(self, finding: Finding) -> list[Object]:
        """Always a list: where one result of a run has it, all must (SARIF 3.27.23)."""
        decided: Suppression | None = finding.suppressed
        if decided is None:
            return []
        reason = visible(str(reason_of(finding, self.with_text)))
        return [{"kind": _KINDS[decided.by], "status": "accepted", "justification": reason}]

    def uri(self, path: str | None) -> str:
        """Relative to the root with "/" between folders, as code scanning needs it; a file elsewhere is absolute."""
        if path is None or path == "-":
            return "standard-input" if path else "text"
        place = relative_path(path, self.root)
        return place.as_uri() if place.is_absolute() else quote(place.as_posix())


# ----------------------------------------------------------------------------------------------- rules


def _driver(program: Program) -> Object:
    return {
        "name": program.name,
        "version": program.version,
        "properties": {"parser": program.parser, "model": program.model},
    }


def _rule(rule: type[Rule]) -> Object:
    first, _, rest = inspect.cleandoc(rule.__doc__ or "").partition("\n")
    cited = [standards()[key].standard for key in rule.standards]
    references = [f"{s.name}{f' ({s.year})' if s.year else ''}: {s.reference}" for s in cited]
    help_text = "\n".join([first, rest, "", "References:", *(f"- {reference}" for reference in references)])
    described: Object = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": first},
        "help": {"text": help_text, "markdown": _markdown(help_text)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.default},
        "properties": {"tags": [rule.group().value], "standards": references},
    }
    if rule.question:
        described["properties"]["question"] = rule.question
    return described


def _check_rule(rule: CheckRule) -> Object:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.meaning},
        "help": {"text": rule.meaning},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": True},
        "properties": {"tags": ["the check itself"]},
    }


_SECTION = re.compile(r"^([A-Z][\w ]+):$", re.MULTILINE)


def _markdown(help_text: str) -> str:
    """A rule's docstring with its section names as headings and their text unindented (indented it would be code)."""
    return re.sub(r"^ +", "", _SECTION.sub(r"### \1\n", help_text), flags=re.MULTILINE)
