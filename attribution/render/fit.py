"""Words made fit for a column: what is invisible is shown, what is wide is measured, what is long is cut.

Widths are terminal cells, not characters: CJK characters take two, combining marks none.
"""

from __future__ import annotations

import re

from wcwidth import wcswidth, wcwidth

ELLIPSIS = "…"

# C0 and C1 controls could drive a terminal; bidirectional controls could reorder what a reader sees.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_BREAKS = re.compile("[\t\n\r]+")


def visible(text: str) -> str:
    """Text on one line, with control characters shown, not sent: ESC is "␛", U+202E is "\\u202e"."""
    return _UNSAFE.sub(_symbol, _BREAKS.sub(" ", text))


def _symbol(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def width(text: str) -> int:
    """Terminal cells that visible text takes."""
    return max(0, wcswidth(text))


def elide(text: str, cells: int) -> str:
    """Text cut to at most ``cells``, at a word where possible, with "…" where something was cut; "" without room."""
    if cells < 1:
        return ""
    if width(text) <= cells:
        return text
    kept = _prefix(text, cells - 1)
    at_word = kept.rpartition(" ")[0] if not text[len(kept)].isspace() else kept
    # A cut inside the only long word keeps its beginning rather than losing it.
    return (at_word if width(at_word) >= cells // 2 else kept).rstrip(" ,;:") + ELLIPSIS


def wrap(text: str, cells: int, lines: int) -> list[str]:
    """Text broken at spaces into at most ``lines`` lines of at most ``cells``, the last one elided."""
    broken: list[str] = []
    rest = text.strip()
    while width(rest) > cells and len(broken) < lines - 1:
        fitting = len(_prefix(rest, cells))
        at = rest.rfind(" ", 0, fitting + 1)
        if at <= 0:  # one long word: after a hyphen or a slash if it has one, else anywhere
            at = max(rest.rfind(mark, 0, fitting) for mark in "-–—/") + 1 or fitting
        broken.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*broken, elide(rest, cells)]


def _prefix(text: str, cells: int) -> str:
    """The longest beginning of the text that takes at most ``cells``."""
    used = 0
    for at, character in enumerate(text):
        used += max(0, wcwidth(character))
        if used > cells:
            text = text[:at]
            break
    while width(text) > cells:  # a vowel sign that is written beside its letter takes a cell only together with it
        text = text[:-1]
    return text
