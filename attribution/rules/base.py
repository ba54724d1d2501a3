"""What a rule is, and what it raises.

A rule is one class in one module of ``attribution.rules.catalogue`` with one case file in ``fixtures/rules``.  It reads
a ``Story`` and yields ``Remark`` values; places, fingerprints, severities and suppressions are the engine's business.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, cast

from attribution.records import Confidence, Severity, Span, Spans
from attribution.rules.settings import OptionValue
from attribution.rules.story import Story


class Group(StrEnum):
    """What a rule is about; the first digit of its code."""

    CHECK = "the check itself"
    ANONYMITY = "anonymity"
    CORROBORATION = "corroboration"
    WORDING = "attribution wording"
    SECOND_HAND = "second-hand sources"
    REPLY = "balance and right of reply"
    QUOTES = "quotations"
    UNATTRIBUTED = "unattributed assertions"
    VERBS = "reporting verbs"


_GROUPS: Mapping[str, Group] = MappingProxyType(dict(zip("012345678", Group, strict=True)))


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing a rule has to say, before the engine makes a ``Finding`` of it.

    Attributes:
        span: characters of ``Article.text`` that it is about.
        message: what was seen, and why it matters, in one or two short sentences.
        source_id, claim_id: what it is about, where it is about one source or claim.
        evidence: what was looked at ("searched 14 sentences for a reply"), for what is missing.
        related: other places that belong to it.
        confidence: below high, the engine lowers the severity: medium by one step, low to info.
        severity: set where this case weighs more or less than the rule's own severity.
        question: set where the rule's question to the desk does not fit this case.
    """

    span: Span
    message: str
    source_id: str | None = None
    claim_id: str | None = None
    evidence: tuple[str, ...] = ()
    related: Spans = ()
    confidence: Confidence = Confidence.HIGH
    severity: Severity | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of one rule.

    Attributes:
        meaning: what it does, with its unit.
        least: the smallest number allowed, None for no limit.
        choices: the words allowed, () for any.
    """

    name: str
    default: OptionValue
    meaning: str
    least: float | None = None
    choices: tuple[str, ...] = ()


def option(default: Any, meaning: str, *, least: float | None = None, choices: tuple[str, ...] = ()) -> Any:
    """Declare an option: a field of the rule's dataclass, with what ``attribution explain`` says about it."""
    return field(default=default, metadata={"meaning": meaning, "least": least, "choices": choices})


@dataclass(frozen=True)
class Rule(ABC):
    """One rule of the catalogue.  A subclass is a frozen dataclass whose fields are its options.

    Its docstring says in one line what it finds, then has the sections What, Why, Example, Better, Standards and
    False positives, in this order; ``attribution explain`` and the docs print them.

    Attributes:
        code: "SRC" and three digits; never used again for another rule.
        name: the same in words, as people say it.
        severity: unless a profile, a configuration or the case at hand says otherwise.  What is there may be an
            error; what is missing never is, since it may only not have been found.
        default: whether it is in the set that runs unless asked otherwise.
        standards: keys of ``standards.toml``.
        question: what the desk should ask, which no text can answer.
        yields_to: codes of rules that say it better: where one of them speaks of the same claim or the same words,
            this one is silent.
        word_lists: names of the lists that a configuration may add words to (``[words]``).
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    default: ClassVar[bool] = False
    standards: ClassVar[tuple[str, ...]]
    question: ClassVar[str | None] = None
    yields_to: ClassVar[tuple[str, ...]] = ()
    word_lists: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def check(self, story: Story) -> Iterator[Remark]:
        """What this rule has to say about a story, in any order."""

    @classmethod
    def group(cls) -> Group:
        """What the rule is about."""
        return _GROUPS[cls.code[3]]

    @classmethod
    def options(cls) -> tuple[Option, ...]:
        """The rule's options."""
        return tuple(Option(f.name, cast("OptionValue", f.default), **f.metadata) for f in fields(cls))
