"""The check as an editor reads it: per article, what is wrong with which source, then what was accepted and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from attribution.records import Analysis, Claim, Confidence, Decider, Finding, Report, Severity, Source
from attribution.render.cards import (
    SEVERITY_WORDS,
    Card,
    Sheet,
    sheet_of,
    source_heading,
    standards_words,
    tally,
)
from attribution.render.fit import elide, visible, width, wrap
from attribution.render.rows import correction_rows
from attribution.render.table import Column, draw
from attribution.render.terminal import BOLD, CYAN, DIM, RED, YELLOW, Page, example_line
from attribution.render.words import level_words

_INDENT = "  "
_DEEPER = "    "
_MESSAGE_LINES = 6
_COLOURS = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.INFO: CYAN}
_SEVERITY_WIDTH = max(map(len, SEVERITY_WORDS.values()))


def check_text(report: Report, page: Page) -> str:
    """All articles with something to say, in order, and one line that sums up.

    Articles that could not be read are told elsewhere.
    """
    sheets = [sheet_of(item) for item in report.items if isinstance(item, Analysis)]
    if not sheets:
        return ""
    worth_showing = [sheet for sheet in sheets if sheet.findings or sheet.accepted or correction_rows(sheet.view)]
    parts = ["\n\n".join(_article(sheet, page, alone=len(sheets) == 1)) + "\n\n" for sheet in worth_showing]
    rule = page.paint("─" * page.width, DIM) + "\n\n"
    return rule.join(parts) + _summary(sheets, report.basis, page)


def statistics_text(report: Report, page: Page) -> str:
    """How often each rule found something, and one line that sums up."""
    sheets = [sheet_of(item) for item in report.items if isinstance(item, Analysis)]
    counts = Counter((f.code, f.name, f.severity) for sheet in sheets for f in sheet.findings)
    rows = [[str(n), code, visible(name), SEVERITY_WORDS[s]] for (code, name, s), n in _by_frequency(counts)]
    columns = [Column("Findings", right=True), Column("Rule"), Column("", weight=1), Column("Severity")]
    drawn = draw(columns, rows, page.width)
    lines = [line for row in drawn.rows for line in row]
    table = "\n".join([*(page.paint(line, DIM) for line in drawn.head), *lines]) + "\n\n" if rows else ""
    return table + _summary(sheets, report.basis, page)


def _by_frequency(
    counts: Counter[tuple[str, str, Severity]],
) -> list[tuple[tuple[str, str, Severity], int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0][0], item[0][2].rank))


# ------------------------------------------------------------------------------------------- an article


def _article(sheet: Sheet, page: Page, *, alone: bool) -> list[str]:
    article = sheet.view.article
    title = [page.paint(line, BOLD) for line in wrap(visible(article.title or ""), page.width, 2) if line]
    path = [page.paint(elide(visible(article.path), page.width), DIM)] if article.path else []
    # The last line of the page says how many findings there are; among several articles each says it too.
    sections = ["\n".join([*path, *title, *([] if alone else [tally(sheet.findings)])])]
    sections += _section("SOURCES", sheet.sources, sheet, page)
    sections += _section("CLAIMS", sheet.claims, sheet, page)
    sections += _section("THE STORY", [sheet.story] if sheet.story else [], sheet, page)
    sections += _listed("ACCEPTED", _accepted(sheet), page)
    sections += _listed("CORRECTED BY HAND", correction_rows(sheet.view), page)
    return sections


def _section(title: str, cards: Iterable[Card], sheet: Sheet, page: Page) -> list[str]:
    drawn = [_card(card, sheet, page) for card in cards]
    if not drawn:
        return []
    first, *others = drawn
    return ["\n".join([page.paint(title, BOLD), *first]), *("\n".join(lines) for lines in others)]


def _card(card: Card, sheet: Sheet, page: Page) -> list[str]:
    lines = _heading(card.about, page)
    quoted = None
    for finding in card.findings:
        quote = sheet.quoted(finding)
        lines += _finding(finding, page)
        if card.about is not None and quote.words != quoted:
            lines.append(page.paint(_DEEPER + example_line(">", quote, page.width - len(_DEEPER)), DIM))
        quoted = quote.words
    for question in card.questions:
        lines += _hanging("Ask: ", question, page)
    return lines


def _heading(about: Source | Claim | None, page: Page) -> list[str]:
    if isinstance(about, Source):
        who, level, more = (visible(words) for words in source_heading(about))
    elif isinstance(about, Claim):
        who, level, more = visible(f"“{about.text}”"), level_words(about.level), about.claim_class.value
    else:
        return []
    known = ", ".join(words for words in (level, more) if words)
    room = page.width - width(known) - 3
    painted = ", ".join(words for words in (page.paint_level(level), more) if words)
    if room < page.width // 3:
        below = [page.paint(line, DIM) for line in wrap(known, page.width, 2)]
        return [page.paint(elide(who, page.width), BOLD), *below]
    return [page.paint(elide(who, room), BOLD) + (f" - {painted}" if known else "")]


def _finding(finding: Finding, page: Page) -> list[str]:
    """Where, how grave, which rule by whose standards; then the message."""
    place = f"{finding.line}:{finding.column}"
    word = f"{SEVERITY_WORDS[finding.severity]:<{_SEVERITY_WIDTH}}"
    head = f"{_INDENT}{word}  {place}  {finding.code} {visible(finding.name)}"
    told = [standards_words(finding)]
    if finding.confidence is not Confidence.HIGH:
        told.append(f"{finding.confidence.value} confidence")
    remarks = visible("; ".join(words for words in told if words))
    room = page.width - width(head) - len(" ()")
    first = head.replace(word, page.paint(word, _COLOURS[finding.severity]), 1)
    below = []
    if remarks and room >= min(width(remarks), page.width // 4):
        first += page.paint(f" ({elide(remarks, room)})", DIM)
    elif remarks:
        below = [page.paint(_DEEPER + elide(remarks, page.width - len(_DEEPER)), DIM)]
    lines = [first, *below, *(_DEEPER + line for line in _wrapped(finding.message, page))]
    if finding.evidence:
        lines += [page.paint(_DEEPER + line, DIM) for line in _wrapped("; ".join(finding.evidence), page)]
    return lines


def _wrapped(words: str, page: Page) -> list[str]:
    return wrap(visible(words), page.width - len(_DEEPER), _MESSAGE_LINES)


def _hanging(label: str, words: str, page: Page) -> list[str]:
    """A label with words beside it, further lines under the words."""
    room = page.width - len(_INDENT) - len(label)
    first, *rest = wrap(visible(words), room, _MESSAGE_LINES)
    return [_INDENT + page.paint(label, BOLD) + first, *(_INDENT + " " * len(label) + line for line in rest)]


# ------------------------------------------------------------------------------ accepted, and the sum


def _accepted(sheet: Sheet) -> list[str]:
    """What somebody has accepted, with the reason; what a baseline holds is counted only."""
    listed = []
    known = 0
    for finding in sheet.accepted:
        decision = finding.suppressed
        assert decision is not None
        if decision.by is Decider.BASELINE:
            known += 1
            continue
        where = f" ({decision.by.value})" if decision.by is Decider.SIDECAR else ""
        listed.append(f"{finding.line}:{finding.column}  {finding.code} {finding.name}: {decision.reason}{where}")
    return [*listed, f"{known} in the baseline"] if known else listed


def _listed(title: str, items: list[str], page: Page) -> list[str]:
    lines = []
    for item in items:
        first, *rest = wrap(visible(item), page.width - len(_DEEPER), 3)
        lines += [_INDENT + first, *(_DEEPER + line for line in rest)]
    return ["\n".join([page.paint(title, BOLD), *lines])] if lines else []


def _summary(sheets: list[Sheet], basis: str, page: Page) -> str:
    findings = [finding for sheet in sheets for finding in sheet.findings]
    found_in = sum(bool(sheet.findings) for sheet in sheets)
    articles = f"{len(sheets)} article{'' if len(sheets) == 1 else 's'}"
    where = articles if len(sheets) == 1 or not findings else f"{found_in} of {articles}"
    accepted = sum(len(sheet.accepted) for sheet in sheets)
    words = f"{tally(findings)} in {where}"
    words += f"; {accepted} accepted" if accepted else ""
    words += f"; {basis}" if basis else ""
    words = words[0].upper() + words[1:]
    return "\n".join(page.paint(line, BOLD) for line in wrap(visible(words) + ".", page.width, 4)) + "\n"
