"""Loading: bytes of every kind to articles, and what each paragraph of a story is."""

from __future__ import annotations

import io
import os
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.errors import LanguageError, LoadError
from attribution.load import from_text, furniture, load, load_bytes, markdown, plain
from attribution.load.blocks import recognise
from attribution.load.dateline import dateline_end
from attribution.records import Article, Block, BlockKind

FIXTURES = Path(__file__).parent.parent / "fixtures"
ARTICLES = FIXTURES / "articles"
CASES: dict[str, list[dict[str, Any]]] = tomllib.loads((FIXTURES / "cases" / "load.toml").read_text(encoding="utf-8"))

STORY = "The mayor’s aide said “no” – twice – on Monday.\n\nThe café in Besançon was closed, Ms Muñoz said.\n"


def cases(kind: str) -> Any:
    """Parametrise a test with the cases of one kind."""
    rows = CASES[kind]
    return pytest.mark.parametrize("case", rows, ids=[row.get("name") or row["text"][:40] for row in rows])


def words(article: Article, block: Block) -> str:
    return article.text[block.span.start : block.span.end]


def kinds(article: Article) -> list[str]:
    return [block.kind.value for block in article.blocks]


def of_kind(article: Article, kind: BlockKind) -> list[str]:
    return [words(article, block) for block in article.blocks if block.kind is kind]


# ------------------------------------------------------------------------------------- how stories are made


@cases("dateline")
def test_dateline_ends_before_the_sentence(case: dict[str, str]) -> None:
    article = from_text(case["text"])
    assert of_kind(article, BlockKind.DATELINE) == [case["dateline"]]
    assert of_kind(article, BlockKind.PARAGRAPH) == [case["text"].removeprefix(case["dateline"]).strip()]


@cases("no_dateline")
def test_sentence_is_no_dateline(case: dict[str, str]) -> None:
    assert dateline_end(case["text"], colon=True) == 0, case["why"]
    assert kinds(from_text(case["text"])) == ["paragraph"]


@cases("byline")
def test_byline(case: dict[str, str]) -> None:
    assert furniture.is_byline(case["text"])


@cases("no_byline")
def test_sentence_is_no_byline(case: dict[str, str]) -> None:
    assert not furniture.is_byline(case["text"])


@cases("credit")
def test_credit(case: dict[str, str]) -> None:
    assert furniture.is_credit(case["text"])


@cases("no_credit")
def test_sentence_is_no_credit(case: dict[str, str]) -> None:
    assert not furniture.is_credit(case["text"])


@cases("mark")
def test_end_mark(case: dict[str, str]) -> None:
    assert furniture.is_mark(case["text"])


@cases("no_mark")
def test_words_are_no_end_mark(case: dict[str, str]) -> None:
    assert not furniture.is_mark(case["text"])


@cases("story")
def test_story(case: dict[str, Any]) -> None:
    article = from_text(case["text"])
    assert [[block.kind.value, words(article, block)] for block in article.blocks] == case["blocks"]


def test_title_is_the_headline() -> None:
    assert from_text("Mayor quits  over files\n\nHe left on Monday, aides said.").title == "Mayor quits over files"
    assert from_text("He left on Monday, aides said.").title is None


# -------------------------------------------------------------------------------------------- whole articles


def test_plain_story() -> None:
    article = load(ARTICLES / "ferry-inquiry.txt")
    assert kinds(article) == [
        "headline", "standfirst", "byline", "dateline", "paragraph", "paragraph", "paragraph", "heading", "paragraph",
        "list-item", "list-item", "list-item", "paragraph", "paragraph", "byline", "byline",
    ]  # fmt: skip
    assert article.text == (ARTICLES / "ferry-inquiry.txt").read_bytes().decode()
    assert article.title == "Ferry operator knew of faulty doors before sinking, inquiry told"
    assert article.path == str(ARTICLES / "ferry-inquiry.txt")
    assert article.warnings == ()
    assert article.reading is None


def test_hard_wrapped_story_keeps_its_paragraphs() -> None:
    article = load(ARTICLES / "ferry-wrapped.txt")
    assert kinds(article) == ["headline", "dateline", *["paragraph"] * 4, "byline", "byline"]
    assert of_kind(article, BlockKind.PARAGRAPH)[3].startswith("The ship's log")
    assert of_kind(article, BlockKind.PARAGRAPH)[3].endswith("safety\ncommittee.")


def test_story_with_single_line_breaks() -> None:
    assert kinds(load(ARTICLES / "ferry-lines.txt")) == ["headline", "standfirst", *["paragraph"] * 4]


def test_markdown_story() -> None:
    article = load(ARTICLES / "ferry-inquiry.md")
    assert kinds(article) == [
        "headline", "standfirst", "byline", "dateline", "paragraph", "paragraph", "paragraph", "heading", "paragraph",
        "list-item", "list-item", "list-item", "quote", "paragraph", "byline",
    ]  # fmt: skip
    assert article.text == (ARTICLES / "ferry-inquiry.md").read_bytes().decode()
    assert article.title == "Ferry operator knew of faulty doors before sinking, inquiry told"
    assert article.reading is not None
    assert len(article.reading) == len(article.text)
    covered = " ".join(article.reading[block.span.start : block.span.end] for block in article.blocks)
    for unwanted in ("slug", "SRC204", "lady-ansa.jpg", "desk note", "inquiry.example", "| 4", "**", "](", "```"):
        assert unwanted not in covered
    assert "two former engineers told  a public inquiry" in covered


def test_markdown_title_of_front_matter() -> None:
    article = load_bytes(b'---\ntitle: "Mayor quits"\n---\nThe mayor resigned, aides said.\n', path="a.md")
    assert article.title == "Mayor quits"
    assert kinds(article) == ["paragraph"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor quits\n===========\n\nLost files\n----------\nHe left.", ["headline", "heading", "paragraph"]),
        ("# Mayor quits #\nHe left.\n# Another one\nShe stayed.", ["headline", "paragraph", "heading", "paragraph"]),
        ("He left,\nthey said.\n\n    code = 1\n\nShe stayed.", ["paragraph", "paragraph"]),
        ("He left in\n2016. She stayed.", ["paragraph"]),
        ("- He left.\n\n  Then he came back.\n- She stayed.", ["list-item", "list-item", "list-item"]),
        ("He left.\n\n| a | b |\n|---|---|\n| c | d |\n\nShe stayed.", ["paragraph", "paragraph"]),
        ("He left.\n\na | b\n--|--\nc | d\n\nShe stayed.", ["paragraph", "paragraph"]),
        ("He left.\n\n***\n\n<div>\n\nShe stayed.\n\n</div>", ["paragraph", "paragraph"]),
        ("He left.\n\n```\nShe stayed.", ["paragraph"]),
        ("He left.\n\n<!-- not\n\nyet -->\nShe stayed.", ["paragraph", "paragraph"]),
        ("> He left.\n>\n> She stayed.", ["quote", "quote"]),
    ],
)
def test_markdown_blocks(text: str, expected: list[str]) -> None:
    assert kinds(load_bytes(text.encode(), path="story.md")) == expected


@cases("markup")
def test_markup_is_blanked_in_place(case: dict[str, str]) -> None:
    reading = markdown.blank_markup(case["text"])
    assert reading == case["reading"].replace("·", " ")


def test_web_page() -> None:
    article = load(ARTICLES / "ferry-inquiry.html")
    assert kinds(article) == [
        "headline", "standfirst", "dateline", "paragraph", "paragraph", "paragraph", "heading", "paragraph",
        "list-item", "list-item", "list-item", "quote", "paragraph", "byline",
    ]  # fmt: skip
    assert article.title == "Ferry operator knew of faulty doors before sinking, inquiry told"
    assert "“Nobody wrote back.”" in article.text  # a <q>
    assert "executive’s" in article.text
    assert "Zoë Abénard" in article.text
    for unwanted in ("Sport", "harbourcat", "All rights", "tracker"):
        assert unwanted not in article.text
    assert article.text.split("\n\n")[3].startswith("“We wrote it down")


def test_web_page_in_the_encoding_it_declares() -> None:
    page = (ARTICLES / "ferry-inquiry.html").read_text(encoding="utf-8").replace('charset="utf-8"', 'charset="latin1"')
    article = load_bytes(page.encode("cp1252"), path="page.html")
    assert "“does not recognise”" in article.text
    assert article.warnings == ()


def test_headline_outside_the_article_element_is_put_back() -> None:
    page = (ARTICLES / "ferry-inquiry.html").read_text(encoding="utf-8")
    heading = "<h1>Ferry operator knew of faulty doors before sinking, inquiry told</h1>"
    moved = page.replace(heading, "").replace("<nav>", heading + "<nav>")
    article = load_bytes(moved.encode(), path="page.html")
    assert kinds(article)[:2] == ["headline", "standfirst"]
    assert article.text.count("Ferry operator knew") == 1


def test_fragment_of_a_page_and_line_breaks() -> None:
    fragment = "<p>The mayor resigned on Monday,<br>aides said.<br><br>He gave no reason.</p><p>She stayed.</p>"
    article = load_bytes(fragment.encode(), path="fragment.html")
    assert [words(article, block) for block in article.blocks] == [
        "The mayor resigned on Monday,\naides said.",
        "He gave no reason.",
        "She stayed.",
    ]


def test_xhtml_with_an_xml_declaration() -> None:
    page = '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body>'
    page += "<p>The café was closed, aides said.</p></body></html>"
    assert load_bytes(page.encode(), path="-").text == "The café was closed, aides said."


def test_web_page_is_known_by_its_start() -> None:
    page = (ARTICLES / "ferry-inquiry.html").read_bytes()
    assert load_bytes(page, path="-").text == load_bytes(page, path=None, media_type="text/html").text
    assert load_bytes(page, path="page.txt").text.startswith("<!DOCTYPE")


# ------------------------------------------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("encoding", "guessed"),
    [
        ("utf-8", False),
        ("utf-8-sig", False),
        ("utf-16", False),
        ("utf-32", False),
        ("cp1252", True),
        ("mac_roman", True),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_encoding(encoding: str, guessed: bool, line_break: str) -> None:
    text = STORY.replace("\n", line_break)
    article = load_bytes(text.encode(encoding), path="story.txt")
    assert article.text == text
    assert kinds(article) == ["paragraph", "paragraph"]
    assert bool(article.warnings) is guessed


def test_latin_1() -> None:
    text = "The mayor, José Alba, said on Monday that the café in Besançon was closed.\n"
    article = load_bytes(text.encode("latin_1"), path="story.txt")
    assert article.text == text
    assert "guess" in article.warnings[0]


def test_utf_8_with_a_bad_byte_is_still_utf_8() -> None:
    article = load_bytes(STORY.encode() + b"It ended \xe2\x80 there.\n", path="story.txt")
    assert article.text.startswith(STORY)
    assert "not valid UTF-8" in article.warnings[0]


def test_text_that_was_garbled_before() -> None:
    assert "garbled" in load_bytes("He said â€œnoâ€ on Monday.".encode(), path="a.txt").warnings[0]


def test_control_characters_stay_in_the_text() -> None:
    text = "The mayor\x1b[31m resigned\x07, aides said."
    assert from_text(text).text == text


# ---------------------------------------------------------------------------------------------------- errors


def docx() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf", "no words"),
        (b"-- *** --", "no words"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"{\\rtf1\\ansi He left.}", "RTF"),
        (docx(), "Word document"),
        (b"PK\x03\x04\x14\x00" + b"\x00" * 40, "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "Microsoft Office"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"\x1f\x8b\x08\x00\x00", "gzip"),
        (b"He left\x00\x01\x02 on Monday.", "zero bytes"),
        ("He left.".encode("utf-16-le"), "zero bytes"),
        (b"\xff\xfeH\x00e", "damaged"),
        (bytes(range(128, 256)) * 4, "encoding cannot be told"),
    ],
)
def test_file_that_is_no_article(data: bytes, message: str) -> None:
    with pytest.raises(LoadError, match=message) as caught:
        load_bytes(data, path="drafts/story.txt")
    assert caught.value.where == "drafts/story.txt"
    assert caught.value.remedy


def test_text_may_begin_like_a_recording() -> None:
    assert load_bytes(b"ID3 tags were lost, the archive said.", path="a.txt").blocks


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        '<html><head><title>x</title></head><body><nav><a href="/">Home</a></nav><footer>©</footer></body></html>',
        '<html><body><div id="app"></div><script>render("The mayor resigned, aides said.")</script></body></html>',
    ],
)
def test_page_without_article(page: str) -> None:
    with pytest.raises(LoadError) as caught:
        load_bytes(page.encode(), path="page.html")
    assert "article text" in str(caught.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="no such file"):
        load(tmp_path / "nothing.txt")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="folder"):
        load(tmp_path)


def test_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(STORY, encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)  # the superuser may read everything, so permissions alone prove nothing
    with pytest.raises(LoadError, match="may not be read"):
        load(path)


@pytest.mark.parametrize("source", ["The mayor resigned on Monday. " * 300, "a\0b"])
def test_text_where_a_path_belongs(source: str) -> None:
    with pytest.raises(LoadError, match="from_text") as caught:
        load(source)
    assert len(str(caught.value)) < 300


def test_web_address() -> None:
    with pytest.raises(LoadError, match="nothing is fetched"):
        load("https://news.example/story")


def test_unknown_media_type() -> None:
    with pytest.raises(LoadError, match="text/markdown"):
        load_bytes(b"He left.", path=None, media_type="application/pdf")


def test_too_many_words() -> None:
    text = "He left on Monday, aides said. " * 20
    with pytest.raises(LoadError, match="--max-words"):
        from_text(text, max_words=100)
    assert from_text(text, max_words=200).text == text


def test_too_many_bytes_are_not_even_decoded() -> None:
    with pytest.raises(LoadError, match="too large"):
        load_bytes(b"x" * (64 * 2**20 + 1), path="big.txt")


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no endless file here")  # noqa: PTH110
def test_endless_file_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attribution.load._SMALLEST_LIMIT", 1000)
    with pytest.raises(LoadError, match="too large"):
        load("/dev/zero", max_words=10)


def test_long_article_is_read_with_a_warning() -> None:
    assert "20,004 words" in from_text("He left on Monday, aides said. " * 3334).warnings[0]


def test_half_a_surrogate_pair() -> None:
    with pytest.raises(LoadError, match="surrogate"):
        from_text("He left \ud83d on Monday.")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
    article = load("-")
    assert article.path == "-"
    assert article.text == STORY


def test_errors_name_standard_input() -> None:
    with pytest.raises(LoadError, match="standard input"):
        load_bytes(b"", path="-")


# -------------------------------------------------------------------------------------------------- language


@cases("foreign")
def test_other_languages_are_refused(case: dict[str, str]) -> None:
    with pytest.raises(LanguageError, match="not English"):
        from_text(case["text"])


def test_other_script_in_a_legacy_encoding_is_refused() -> None:
    russian = next(case["text"] for case in CASES["foreign"] if case["language"] == "Russian")
    with pytest.raises(LanguageError, match="Cyrillic"):
        load_bytes(russian.encode("cp1251"), path="story.txt")


@cases("english")
def test_english_is_read(case: dict[str, str]) -> None:
    assert from_text(case["text"]).language == "en", case["why"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"headline": "Mayor quits", "body": "He left."}', "JSON"),
        ("day,witness,place\n1,Wrede,Selwyn\n2,Alba,Selwyn\n3,Prest,Ansa\n", "a table"),
        ('<?xml version="1.0"?><nitf><body>He left.</body></nitf>', "XML"),
        ("def leave(who):\n    x = [w for w in who if w != '']\n    return {k: v[0] for k, v in x.items()}\n", "code"),
    ],
)
def test_what_is_not_prose_is_read_with_a_warning(text: str, what: str) -> None:
    (warning,) = from_text(text).warnings
    assert what in warning


# ------------------------------------------------------------------------------------------------ properties

LINES = st.sampled_from(
    """|Mayor quits over lost files|By Jane Doe
|BAMAKO, Nov 3 (AFP) — He left.|He left on Monday, aides said.|- the files
|1. Friday|2. Monday|> quoted|   |\ufeff|— Reuters|- More -|ENDS|***|Lost files|“No,” he said|\x0c|a|É|SELWYN: The
|(Reporting by Jane Doe; Editing by John Roe)|```|# Head|**bold**|[a](b)|---
|the council found that files had been lost over many years in the town hall and|the next""".replace("\n", "").split(
        "|"
    )
)
BREAKS = st.sampled_from(("\n", "\r\n", "\n\n", "\r", "\u2029"))
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.tuples(LINES, BREAKS), max_size=12).map(lambda rows: "".join(line + end for line, end in rows)),
)


def prints_nothing(text: str) -> bool:
    return all(character.isspace() or character in "\ufeff\u200b\u2060" for character in text)


@given(TEXTS)
def test_blocks_of_plain_text_cover_what_it_prints(text: str) -> None:
    at = 0
    for block in recognise(text, plain.paragraphs(text)):
        assert at <= block.span.start < block.span.end <= len(text)
        assert prints_nothing(text[at : block.span.start])
        assert not text[block.span.start].isspace()
        assert not text[block.span.end - 1].isspace()
        at = block.span.end
    assert prints_nothing(text[at:])


@given(TEXTS)
def test_blocks_of_markdown_are_ordered_and_inside(text: str) -> None:
    document = markdown.read(text)
    assert len(document.reading) == len(text)
    at = 0
    for block in recognise(document.reading, document.pieces):
        assert at <= block.span.start < block.span.end <= len(text)
        at = block.span.end


@given(st.text(alphabet="ab *_`[]()<>!&;\\~\n#>-:./“”\"'", max_size=60))
def test_blanking_markup_keeps_length_and_every_other_character(text: str) -> None:
    reading = markdown.blank_markup(text)
    assert len(reading) == len(text)
    if "&" not in text:
        assert all(new in (old, " ") for old, new in zip(text, reading, strict=True))
