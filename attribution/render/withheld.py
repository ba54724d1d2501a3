"""What a finding may say where the article's words must not appear (``--no-text``).

Messages, evidence and a rule's questions about one case quote the article; reasons for a suppression are part of it.
What the rule says of itself quotes nothing.
"""

from __future__ import annotations

from attribution.records import Finding
from attribution.rules import RULES, RULES_OF_THE_CHECK

_HELD_BACK = "withheld"


def message_of(finding: Finding, with_text: bool) -> str:
    """A finding's message; without the article's words, what its rule finds."""
    return finding.message if with_text else _meaning(finding)


def question_of(finding: Finding, with_text: bool) -> str | None:
    """A finding's question to the desk; without the article's words, only one that the rule always asks."""
    if with_text or finding.question in {rule.question for rule in RULES if rule.code == finding.code}:
        return finding.question
    return None


def reason_of(finding: Finding, with_text: bool) -> str | None:
    """Why a finding was accepted, None if it was not."""
    if finding.suppressed is None:
        return None
    return finding.suppressed.reason if with_text else _HELD_BACK


def _meaning(finding: Finding) -> str:
    if finding.code in RULES_OF_THE_CHECK:
        return RULES_OF_THE_CHECK[finding.code].meaning
    documentation = next((rule.__doc__ for rule in RULES if rule.code == finding.code), None)
    return documentation.splitlines()[0] if documentation else finding.name
