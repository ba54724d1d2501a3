"""Files that are no text: said by name, with the way to turn them into text."""

from __future__ import annotations

import re

from attribution.errors import LoadError

_WORD_PROCESSOR = "save it as plain text or HTML from your word processor (or: pandoc FILE -o FILE.md)"
_PDF = "extract its text first (pdftotext FILE.pdf), and check the reading order of columns"
_PICTURE = "text in a picture has to be typed or recognised first"
_RECORDING = "it has to be transcribed first"
_ARCHIVE = "unpack it first"
_DATA = "export the article's text from it first"

# (offset, magic bytes, what it is, remedy); the more specific first.  From the formats' own specifications.
_SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF-", "a PDF document", _PDF),
    (0, b"{\\rtf", "a rich-text (RTF) document", _WORD_PROCESSOR),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document", _WORD_PROCESSOR),
    (30, b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file", _WORD_PROCESSOR),
    (30, b"mimetypeapplication/epub+zip", "an e-book (EPUB)", _WORD_PROCESSOR),
    (0, b"PK\x03\x04", "a zip archive", _ARCHIVE),
    (0, b"\x1f\x8b", "a gzip archive", _ARCHIVE),
    (0, b"BZh", "a bzip2 archive", _ARCHIVE),
    (0, b"\xfd7zXZ\0", "an xz archive", _ARCHIVE),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _ARCHIVE),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image", _PICTURE),
    (0, b"\xff\xd8\xff", "a JPEG image", _PICTURE),
    (0, b"GIF87a", "a GIF image", _PICTURE),
    (0, b"GIF89a", "a GIF image", _PICTURE),
    (8, b"WEBP", "a WebP image", _PICTURE),
    (0, b"II*\0", "a TIFF image", _PICTURE),
    (0, b"MM\0*", "a TIFF image", _PICTURE),
    (0, b"ID3", "an MP3 recording", _RECORDING),
    (8, b"WAVE", "a WAV recording", _RECORDING),
    (0, b"OggS", "an Ogg recording", _RECORDING),
    (4, b"ftyp", "a video or audio recording", _RECORDING),
    (0, b"PAR1", "a Parquet table", _DATA),
    (0, b"SQLite format 3\0", "an SQLite database", _DATA),
    (0, b"\x7fELF", "a program", "name the article instead"),
)
_TEXTUAL = (b"%PDF-", b"{\\rtf")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_MICROSOFT_XML = ((b"word/", "a Word document"), (b"xl/", "an Excel workbook"), (b"ppt/", "a PowerPoint file"))


def refuse_binary(data: bytes, where: str) -> None:
    """Raise ``LoadError`` where the first bytes are those of a known kind of file that is no text."""
    for offset, magic, what, remedy in _SIGNATURES:
        if not data.startswith(magic, offset):
            continue
        # A story may well begin with "ID3"; only a recording goes on with control bytes.
        if magic not in _TEXTUAL and not _CONTROL.search(data, 0, 4096):
            continue
        if magic.startswith(b"PK") and b"[Content_Types].xml" in data:
            what = next((name for folder, name in _MICROSOFT_XML if folder in data), "a Microsoft Office document")
            remedy = _WORD_PROCESSOR
        raise LoadError(f"this is {what}, not text", where=where, remedy=remedy)
