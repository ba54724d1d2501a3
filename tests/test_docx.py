"""Word documents: styles, tracked changes, and what is left out."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from attribution.errors import LoadError
from attribution.load import load, load_bytes
from attribution.records import Article, BlockKind

RUN = "<w:{mark} {ns} w:id='1' w:author='desk'><w:r><w:{text}>{words}</w:{text}></w:r></w:{mark}>"


def saved(document: docx.document.Document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def story() -> docx.document.Document:
    document = docx.Document()
    document.add_heading("Bridge at Telm stays shut", 0)
    document.add_paragraph("Engineers find new cracks", style="Subtitle")
    document.add_paragraph("The bridge at Telm will stay shut until May, the water board said on Tuesday.")
    document.add_heading("Nine million crowns", 2)
    document.add_paragraph("“Nobody told us,” a resident said.\tShe asked not to be named.")
    document.add_paragraph("the north pier", style="List Bullet")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "a table's cell"
    document.sections[0].header.paragraphs[0].text = "DRAFT"
    return document


def shown(article: Article) -> list[tuple[str, str]]:
    return [(block.kind.value, article.text[block.span.start : block.span.end]) for block in article.blocks]


def test_styles_say_what_a_paragraph_is() -> None:
    article = load_bytes(saved(story()), path="bridge.docx")
    assert article.title == "Bridge at Telm stays shut"
    assert shown(article) == [
        ("headline", "Bridge at Telm stays shut"),
        ("standfirst", "Engineers find new cracks"),
        ("paragraph", "The bridge at Telm will stay shut until May, the water board said on Tuesday."),
        ("heading", "Nine million crowns"),
        ("paragraph", "“Nobody told us,” a resident said. She asked not to be named."),
        ("list-item", "the north pier"),
    ]
    assert article.warnings == ()


def test_a_document_is_known_by_its_bytes_too(tmp_path: Path) -> None:
    path = tmp_path / "story"
    path.write_bytes(saved(story()))
    assert load(path).title == "Bridge at Telm stays shut"


def test_tracked_changes_are_read_as_accepted() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The bridge will stay shut until ")
    for mark, text, words in (("del", "delText", "April"), ("ins", "t", "May")):
        paragraph._p.append(parse_xml(RUN.format(mark=mark, text=text, words=words, ns=nsdecls("w"))))
    paragraph.add_run(", the water board said.")
    article = load_bytes(saved(document), path="bridge.docx")
    assert article.text == "The bridge will stay shut until May, the water board said."
    assert article.warnings == ("it has tracked changes; it is read as if they were accepted",)


def test_text_boxes_are_left_out() -> None:
    document = docx.Document()
    run = document.add_paragraph("The bridge will stay shut until May, the water board said.").add_run()
    box = (
        f"<w:pict {nsdecls('w')}><w:txbxContent><w:p><w:r><w:t>Subscribe now</w:t></w:r></w:p></w:txbxContent></w:pict>"
    )
    run._r.append(parse_xml(box))
    assert (
        load_bytes(saved(document), path="b.docx").text == "The bridge will stay shut until May, the water board said."
    )


def test_a_document_that_would_fill_the_memory_is_refused_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attribution.load.docx.MAX_UNPACKED", 2**20)
    written = io.BytesIO(saved(story()))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/big.bin", b"0" * 2**21)
    with pytest.raises(LoadError, match="this Word document holds more than 1 MB"):
        load_bytes(written.getvalue(), path="bridge.docx")


def test_a_second_title_is_a_cross_head() -> None:
    document = docx.Document()
    for words in ("Bridge at Telm stays shut", "What the engineers found"):
        document.add_heading(words, 1)
        document.add_paragraph("The water board said on Tuesday that the bridge was not safe.")
    kinds = [block.kind for block in load_bytes(saved(document), path="b.docx").blocks]
    assert kinds == [BlockKind.HEADLINE, BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_a_damaged_document() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", "<w:document")
    with pytest.raises(LoadError, match=r"bridge.docx: this Word document is damaged\n  open it in a word processor"):
        load_bytes(written.getvalue(), path="bridge.docx")


def test_an_empty_document() -> None:
    with pytest.raises(LoadError, match="it holds no words"):
        load_bytes(saved(docx.Document()), path="bridge.docx")


SAVED = saved(story())


def test_without_python_docx(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(LoadError, match=r"python-docx is not installed\n  install it \(pip install"):
        load_bytes(SAVED, path="bridge.docx")
