"""Words in quotation marks: pairing, nesting, quotations that run on over paragraphs.

Rules (typographic practice of English-language newsrooms):

* Double marks “ ” " „ ‟ « » ``…'' ''…'' and single marks ‘ ’ ' are paired within one block (paragraph).
* A single mark between letters is an apostrophe; so is one that opens an elision ('em, '90s) and one that
  closes nothing.  A plural possessive (soldiers') closes a quotation only where nothing better does.
* A quotation of several paragraphs opens anew in each and closes only in the last: each piece but the last
  is not closed, and the next ``continues`` it.
* A mark that was never closed ends with its paragraph, or where the same mark opens again: one bad mark
  costs one quotation, never the article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from attribution.records import Article, Quotation, QuotationKind, Span

DOUBLE_OPENING = {"“": "“", "„": "“", "‟": "“", "«": "«", "``": '"'}
DOUBLE_CLOSING = {"”": "“", "»": "«"}
STRAIGHT = {'"': '"', "''": '"'}

_MARK = re.compile("``|''|[\"“”„‟«»‘’‛']")
_ELISION = re.compile(r"(?i)(em|tis|twas|til|cause|n|round|bout|cuz|\d0s|\d\ds)\b")
_TITLE_NOUN = re.compile(
    r"(?i)\b(books?|novels?|memoirs?|films?|movies?|documentar(?:y|ies)|songs?|albums?|plays?|musicals?|shows?|series|sitcom|podcasts?|"
    r"program(?:me)?s?|essays?|articles?|columns?|titled|entitled|headlined|magazine|paintings?|poems?|episodes?|hit|single)"
    r"[\s,:]*(?:called|named)?[\s,:]*$"
)
_DISTANCED = re.compile(
    r"(?i)(so[- ]called|self[- ](?:styled|proclaimed|declared)|dubbed|nicknamed|known as)\s*(?:the\s+|an?\s+)?$"
)
_SPOKEN = re.compile(
    r"(?i)\b(as|called|calling|calls|call|said|says|saying|say|told|wrote|tweeted|replied|added|asked|labell?ed|termed|described)\W*(?:\w+\s+){0,3}$"
)
_SENTENCE_END = re.compile(r"[.!?…,;:\-–—]\W*$")
_SCARE_WORDS = 4


@dataclass(slots=True)
class _Open:
    """A mark waiting for its partner."""

    family: str
    start: int
    inner: int


def find_quotations(article: Article) -> tuple[Quotation, ...]:
    """Every quotation of the article, in order of its opening mark.

    Spans are half-open characters into ``Article.text``.  Never raises: a mark that makes no sense is text.
    """
    text = article.prose
    found: list[Quotation] = []
    running: int | None = None  # an outermost quotation left open by the paragraph before
    for block in article.blocks:
        if not text[block.span.start : block.span.end].strip():
            continue
        in_block = _pair(text, block.span)
        if running is not None and in_block and _opens_block(text, block.span, in_block[0]):
            in_block[0] = replace(in_block[0], continues=running)
        first = len(found)
        found.extend(in_block)
        last = max(
            (
                i
                for i in range(first, len(found))
                if found[i].depth == 0 and not found[i].closed and found[i].span.end == _end(text, block.span)
            ),
            default=None,
        )
        running = last
    return tuple(found)


def _end(text: str, block: Span) -> int:
    return block.start + len(text[block.start : block.end].rstrip())


def _opens_block(text: str, block: Span, quotation: Quotation) -> bool:
    return quotation.depth == 0 and not text[block.start : quotation.span.start].strip()


def _pair(text: str, block: Span) -> list[Quotation]:
    """Pair the marks of one block."""
    marks = list(_MARK.finditer(text, block.start, block.end))
    stack: list[_Open] = []
    pieces: list[tuple[Span, Span, bool, int]] = []  # span, inner, closed, depth

    def close(opened: _Open, inner_end: int, end: int, closed: bool) -> None:
        if text[opened.inner : inner_end].strip():
            pieces.append((Span(opened.start, end), Span(opened.inner, inner_end), closed, stack.index(opened)))

    for number, match in enumerate(marks):
        role, family = _role(text, block, match, stack, marks[number + 1 :])
        if role == "open":
            same = next((o for o in stack if o.family == family), None)
            if same is not None:
                end = opened_before(text, match.start())
                close(same, end, end, False)
                del stack[stack.index(same) :]
            stack.append(_Open(family, match.start(), match.end()))
        elif role == "close":
            opened = next(o for o in reversed(stack) if o.family == family)
            close(opened, match.start(), match.end(), True)
            del stack[stack.index(opened) :]
    for opened in stack:
        if opened.family != "'":  # a single mark left open was an apostrophe
            end = _end(text, block)
            close(opened, end, end, False)
    pieces = _without_crossings(pieces)
    return [
        Quotation(span, inner, _kind(text, block, span, inner), depth, closed)
        for span, inner, closed, depth in sorted(pieces)
    ]


def opened_before(text: str, start: int) -> int:
    """Where the text before ``start`` ends, white space left out."""
    return len(text[:start].rstrip())


def _without_crossings(pieces: list[tuple[Span, Span, bool, int]]) -> list[tuple[Span, Span, bool, int]]:
    """Depth counted from what really encloses each piece (an opening mark may have proved an apostrophe)."""
    return [
        (span, inner, closed, sum(o[0].start < span.start and span.end <= o[0].end for o in pieces))
        for span, inner, closed, _ in pieces
    ]


def _role(
    text: str, block: Span, match: re.Match[str], stack: list[_Open], later: list[re.Match[str]]
) -> tuple[str, str]:
    """What a mark does here: ("open" | "close" | "", family)."""
    mark = match.group()
    before = text[match.start() - 1] if match.start() > block.start else " "
    after = text[match.end()] if match.end() < block.end else " "
    open_families = {o.family for o in stack}
    if mark in DOUBLE_OPENING:
        return "open", DOUBLE_OPENING[mark]
    if mark in DOUBLE_CLOSING:
        family = DOUBLE_CLOSING[mark]
        if family in open_families:
            return "close", family
        if '"' in open_families and _may_close(before, after):  # "straight to open, typographic to close”
            return "close", '"'
        # Some copy opens with a closing mark: ”We had no warning,” she said.
        opens = _may_open(before, after)
        return ("open", family) if opens else ("", "")
    if mark in STRAIGHT:
        opens, closes = _may_open(before, after), _may_close(before, after)
        if '"' in open_families and (closes or not opens):
            return "close", '"'
        # “Typographic, then straight": a straight mark may close what a typographic one opened.
        if closes and not opens and "“" in open_families:
            return "close", "“"
        return ("open", '"') if (opens and '"' not in open_families) or (opens and not closes) else ("", "")
    return _single_role(text, block, match, before, after, open_families, later)


def _single_role(
    text: str,
    block: Span,
    match: re.Match[str],
    before: str,
    after: str,
    open_families: set[str],
    later: list[re.Match[str]],
) -> tuple[str, str]:
    mark = match.group()
    if before.isalnum() and after.isalnum():
        return "", ""
    if "'" in open_families:
        # Closing was decided when the quotation opened: see _closing_single.
        closing = _closing_single(text, block, [match, *later])
        return ("close", "'") if closing == match.start() and _may_close(before, after) else ("", "")
    if mark == "’":
        return "", ""
    if _may_open(before, after) and not _ELISION.match(text, match.end()):
        return ("open", "'") if _closing_single(text, block, later) is not None else ("", "")
    return "", ""


def _closing_single(text: str, block: Span, later: list[re.Match[str]]) -> int | None:
    """Where a single-marked quotation that is open closes: after punctuation, else at the first mark that is
    no plural possessive, else at the first; never beyond the next mark that opens one."""
    candidates: list[int] = []
    for match in later:
        if match.group() not in ("’", "'", "‘", "‛"):
            continue
        before = text[match.start() - 1] if match.start() > block.start else " "
        after = text[match.end()] if match.end() < block.end else " "
        if before.isalnum() and after.isalnum():
            continue
        if match.group() in ("‘", "‛") or (
            match.group() == "'" and _may_open(before, after) and not _ELISION.match(text, match.end())
        ):
            break
        if _may_close(before, after):
            candidates.append(match.start())
    after_punctuation = [c for c in candidates if text[c - 1] in ".,!?…"]
    no_possessive = [c for c in candidates if text[c - 1] not in "sS" or not text[c + 1 : c + 3].strip()[:1].isalpha()]
    return next(iter(after_punctuation or no_possessive or candidates), None)


def _may_open(before: str, after: str) -> bool:
    return not after.isspace() and (before.isspace() or before in "([{—–-:/“\"‘'«…")


def _may_close(before: str, after: str) -> bool:
    return not before.isspace() and not after.isalnum()


def _kind(text: str, block: Span, span: Span, inner: Span) -> QuotationKind:
    """Speech, a distanced word, or a title, from the marks and the words around them alone.

    Whether a short stretch is somebody's words is settled later, when it stands in an attribution's
    content: this only says how a stretch reads that nobody speaks.
    """
    before, inside = text[block.start : span.start], text[inner.start : inner.end].strip()
    words = inside.split()
    if _DISTANCED.search(before):
        return QuotationKind.SCARE
    if _title_case(words) and (_TITLE_NOUN.search(before) or _is_long_title(inside, words)):
        return QuotationKind.TITLE
    if len(words) <= _SCARE_WORDS and not _SENTENCE_END.search(inside) and not _SPOKEN.search(before):
        return QuotationKind.SCARE if before.strip() or text[span.end : block.end].strip() else QuotationKind.SPEECH
    return QuotationKind.SPEECH


def _is_long_title(inside: str, words: list[str]) -> bool:
    """“Andy Warhol: Photographs and Prints”: several words in capitals and no sentence."""
    capitals = [w for w in words if len(w) > 4 and w[:1].isupper()]
    return len(capitals) >= 3 and not _SENTENCE_END.search(inside)


def _title_case(words: list[str]) -> bool:
    return all(w[:1].isupper() or len(w) <= 4 or not w[:1].isalpha() for w in words) and words[0][:1].isupper()
