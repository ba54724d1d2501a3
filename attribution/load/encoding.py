"""Bytes to text: byte-order marks, UTF-8, a page's own declaration, and as a last resort a guess.

English copy that is not UTF-8 is nearly always Windows-1252 (typographic quotes from a word processor),
sometimes Mac Roman.  A general detector does not know that the text is English and often prefers Central
European code pages for it, so those two are told apart by where quotation marks and accents stand.  Only
where so many bytes are outside ASCII that the text can hardly be English is charset-normalizer asked.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from attribution.errors import LoadError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LIKELY = ("cp1252", "mac_roman", "latin_1")
_ENGLISH_HIGH_BYTES = 0.15
"""Above this share of bytes outside ASCII a text in a one-byte encoding is not English."""

_FEW = 20  # such bytes prove nothing

_IN_PLACE = re.compile(
    r"(?<![^\W\d_])[“‘„‚«](?=\S)|(?<=[^\s“‘])[”’»]|(?<!\w)’(?=[\dA-Za-z])"
    r"|[–—…\u00a0£€•½¼¾°§©®™]"
    r"|(?<![^\W\d_])[À-ÖØ-Þ](?=[a-zß-öø-ÿ’])|(?<=[A-ZÀ-Þ])[À-ÖØ-Þ]|[À-ÖØ-Þ](?=[A-ZÀ-Þ])"
    r"|[ß-öø-ÿ](?=[a-zß-öø-ÿ])|(?<=[A-Za-zÀ-ÿ])[ß-öø-ÿ](?![A-Z])"
)
"""Typographic marks on their side of a word; dashes and signs; capitals at the start of a word or among
capitals; small letters inside a word, or at its start before another."""

_SAVE_AS_UTF8 = "open it in the program it was written with and save it as plain text in UTF-8"
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_MOJIBAKE = re.compile("â€[™œ\x9d“”˜¦]|Ã[©¨¼¶¤±³¡]")


class Decoded(NamedTuple):
    """Text, and what a reader should know about how it was decoded."""

    text: str
    warnings: tuple[str, ...]


def decode(data: bytes, where: str, declared: str | None = None) -> Decoded:
    """Decode a file's bytes; the byte-order mark is dropped, nothing else is changed.

    Args:
        where: the file's name, for errors.
        declared: the encoding that the file itself names (an HTML page's ``charset``), if any.

    Raises:
        LoadError: it is not text, or not in an encoding that can be told.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding, where)
    if b"\0" in data:
        raise LoadError(
            "this is not text: it contains zero bytes",
            where=where,
            remedy=f"if it is text in UTF-16, {_SAVE_AS_UTF8}",
        )
    try:
        return Decoded(*_with_doubts(data.decode("utf-8")))
    except UnicodeDecodeError:
        pass
    if declared:
        try:
            return Decoded(*_with_doubts(data.decode(_as_browsers_read(declared))))
        except (UnicodeDecodeError, LookupError):
            pass
    return _damaged_utf8(data) or _guess(data, where)


def _decode_marked(data: bytes, encoding: str, where: str) -> Decoded:
    try:
        return Decoded(*_with_doubts(data.decode(encoding)))
    except UnicodeDecodeError as error:
        raise LoadError(
            f"it says it is {encoding[:6].upper()}, but is damaged at byte {error.start}",
            where=where,
            remedy=_SAVE_AS_UTF8,
        ) from None


def _as_browsers_read(declared: str) -> str:
    """Pages that say ISO-8859-1 or ASCII mean Windows-1252 (WHATWG Encoding Standard, labels)."""
    encoding = codecs.lookup(declared.strip()).name
    return "cp1252" if encoding in ("iso8859-1", "ascii") else encoding


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with some bad bytes: better read as such than taken for something else altogether."""
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    if len(_MULTIBYTE.findall(data)) <= lost:
        return None
    return Decoded(text, (f"{lost} places are not valid UTF-8; unreadable characters stand as \ufffd",))


def _guess(data: bytes, where: str) -> Decoded:
    high = sum(byte > 127 for byte in data)
    if high <= max(_FEW, _ENGLISH_HIGH_BYTES * len(data)):
        text, encoding = _most_plausible(data)
    else:
        import charset_normalizer  # slow to import, and rarely needed

        match = charset_normalizer.from_bytes(data).best()
        if match is None:
            raise LoadError("its character encoding cannot be told", where=where, remedy=_SAVE_AS_UTF8)
        text, encoding = str(match), match.encoding
    name = encoding.replace("_", "-")
    return Decoded(text, (f"the encoding is a guess ({name}): check quotation marks and accents",))


def _most_plausible(data: bytes) -> tuple[str, str]:
    """The likely encoding whose characters outside ASCII stand where English has them."""
    readings = []
    for encoding in _LIKELY:
        try:
            readings.append((data.decode(encoding), encoding))
        except UnicodeDecodeError:  # five bytes mean nothing in Windows-1252
            continue
    return max(readings, key=lambda reading: _plausibility(reading[0]))


def _plausibility(text: str) -> int:
    """The number of characters outside ASCII that stand where they should, less those that do not."""
    right = len(_IN_PLACE.findall(text))
    return 2 * right - sum(not character.isascii() for character in text)


def _with_doubts(text: str) -> tuple[str, tuple[str, ...]]:
    warnings = []
    if "\ufffd" in text:
        warnings.append("some characters were lost before it reached us (they stand as \ufffd)")
    if _MOJIBAKE.search(text):
        warnings.append("some characters are garbled (such as â€œ for a quotation mark): save it as UTF-8 again")
    return text, tuple(warnings)
