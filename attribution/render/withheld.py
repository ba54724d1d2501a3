"""What a finding may say where the article's words must not appear (``--no-text``).

Messages, evidence and a rule's questions about one case quote the article; reasons for a suppression are part of it.
What the rule says of itself quotes nothing.
"""

from __future__ import annotations

from functools import cache

from attribution.records import Finding
from attribution.rules import RULES, RULES_OF_THE_CHECK

_HELD_BACK = "withheld"


def message_of(finding: Finding, with_text: bool) -> str:
    """A finding's message; without the article's words, what its rule finds."""
    return finding.message if with_text else _meanings().get(finding.code, finding.name)


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


@cache
def _meanings() -> dict[str, str]:
    meanings = {rule.code: (rule.__doc__ or "").splitlines()[0] for rule in RULES}
    return meanings | {code: rule.meaning for code, rule in RULES_OF_THE_CHECK.items()}
