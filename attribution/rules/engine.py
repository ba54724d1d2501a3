"""Runs the rules over one analysis and makes findings of what they say."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from attribution.records import Analysis, Confidence, Finding, Severity, Span
from attribution.rules.base import Remark, Rule
from attribution.rules.registry import RULES, RULES_OF_THE_CHECK, CheckRule
from attribution.rules.settings import Settings
from attribution.rules.standards import standards
from attribution.rules.story import Story
from attribution.text import LineIndex, overlap, words_of
from attribution.voice import Voice

_BY_RANK = sorted(Severity, key=lambda severity: severity.rank)


def run_rules(
    analysis: Analysis, settings: Settings | None = None, *, voice: Voice | None = None
) -> tuple[Finding, ...]:
    """What the chosen rules find in one analysis, in text order.

    A rule that breaks becomes a finding that says so (SRC001), and the others still run.

    Args:
        voice: the outlet's own voice, where it has been read already.
    """
    settings = settings or Settings()
    story = Story(analysis, settings, voice)
    writer = _Writer(story)
    said: list[tuple[Rule, Remark]] = []
    crashes: list[Finding] = []
    for rule in chosen_rules(settings):
        try:
            said += [(rule, remark) for remark in rule.check(story)]
        except Exception as error:  # whatever a rule does, the story's other findings are not lost
            crashes.append(writer.crash(rule, error))
    findings = [writer.finding(rule, remark) for rule, remark in said if not _said_better(rule, remark, said)]
    return numbered([*findings, *crashes])


def chosen_rules(settings: Settings) -> Iterator[Rule]:
    """The rules that a selection chooses, with their options set."""
    for rule in RULES:
        default = rule.default if settings.defaults is None else rule.code in settings.defaults
        if settings.selection.chooses(rule.code, default=default):
            yield rule(**settings.options.get(rule.code, {}))


def finding_of_the_check(story: Story, code: str, span: Span, message: str) -> Finding:
    """A finding about the check itself: a suppression that nothing needs, a correction that no longer fits."""
    return _Writer(story).of_the_check(RULES_OF_THE_CHECK[code], span, message)


def numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in text order, the same words twice told apart in their fingerprints."""
    seen: Counter[str] = Counter()
    ordered = []
    for finding in sorted(findings, key=lambda f: (f.span, f.code, f.message)):
        seen[finding.fingerprint] += 1
        if seen[finding.fingerprint] > 1:
            finding = replace(finding, fingerprint=f"{finding.fingerprint}-{seen[finding.fingerprint]}")
        ordered.append(finding)
    return tuple(ordered)


def _said_better(rule: Rule, remark: Remark, said: Iterable[tuple[Rule, Remark]]) -> bool:
    return any(
        other.code in rule.yields_to
        and (
            (remark.claim_id is not None and better.claim_id == remark.claim_id)
            or overlap((better.span,), (remark.span,)) > 0
        )
        for other, better in said
    )


class _Writer:
    """Makes findings of one story."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.lines = LineIndex(story.article.text)

    def finding(self, rule: Rule, remark: Remark) -> Finding:
        set_by_user = self.story.settings.severities.get(rule.code)
        return self._at(
            remark.span,
            rule.code,
            rule.name,
            set_by_user or _lowered(remark.severity or rule.severity, remark.confidence),
            remark,
            rule.standards,
            remark.question or rule.question,
        )

    def crash(self, rule: Rule, error: Exception) -> Finding:
        message = (
            f"{rule.code} {rule.name} broke on this story ({type(error).__name__}: {error}); the other rules ran."
            " Please report it with the sentence that shows it."
        )
        return self.of_the_check(RULES_OF_THE_CHECK["SRC001"], self.story.opening, message)

    def of_the_check(self, rule: CheckRule, span: Span, message: str) -> Finding:
        severity = self.story.settings.severities.get(rule.code, rule.severity)
        return self._at(span, rule.code, rule.name, severity, Remark(span, message), (), None)

    def _at(
        self,
        span: Span,
        code: str,
        name: str,
        severity: Severity,
        remark: Remark,
        cited: tuple[str, ...],
        question: str | None,
    ) -> Finding:
        line, column = self.lines.position(span.start)
        end_line, end_column = self.lines.position(span.end)
        # A comment to this program is no prose; a finding about it shows it all the same.
        excerpt = self.story.words(span) or words_of((span,), self.story.article.text)
        return Finding(
            code=code,
            name=name,
            severity=severity,
            path=self.story.article.path,
            span=span,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            message=remark.message,
            excerpt=excerpt,
            question=question,
            standards=tuple(standards()[key].standard for key in cited),
            source_id=remark.source_id,
            claim_id=remark.claim_id,
            evidence=remark.evidence,
            related=remark.related,
            confidence=remark.confidence,
            fingerprint=self._fingerprint(code, span, excerpt),
        )

    def _fingerprint(self, code: str, span: Span, excerpt: str) -> str:
        """Of the rule and the words of the sentence: it outlives moved lines and changed white space."""
        sentences = self.story.analysis.parse.sentences
        context = self.story.words(self.story.sentence(span).span) if sentences else ""
        words = " ".join((code, *excerpt.split(), "|", *context.split())).casefold()
        return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _lowered(severity: Severity, confidence: Confidence) -> Severity:
    """The severity of a finding that a rule is less than sure of."""
    if confidence is Confidence.LOW:
        return Severity.INFO
    steps = 1 if confidence is Confidence.MEDIUM else 0
    return _BY_RANK[min(severity.rank + steps, len(_BY_RANK) - 1)]
