"""The page for editors in a real browser, with the flows an editor would use.  Skipped where there is none."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import docx
import pytest
from browser import DESKTOP, PHONE, launched, no_violations
from conftest import FIXTURES
from waitress import create_server

from attribution.pipeline import Analyzer
from attribution.serve import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.model

BANK = """Merrow Bank to shut branches

The Merrow Bank will close a third of its branches by June, a source said on Tuesday.

Its spokeswoman, Ada Linn, said no decision had been taken.
"""
LONG = 60_000  # milliseconds: the machine may be busy


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = create_server(create_app(Analyzer()), host="127.0.0.1", port=0)
    Thread(target=server.run, daemon=True).start()
    yield f"http://localhost:{server.effective_port}/"
    server.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, which fails the test if it asks for anything but its own server."""
    opened = browser.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    elsewhere: list[str] = []
    opened.on(
        "request", lambda request: None if request.url.startswith((address, "blob:")) else elsewhere.append(request.url)
    )
    opened.on("pageerror", lambda error: elsewhere.append(str(error)))
    opened.goto(address)
    yield opened
    opened.close()
    assert not elsewhere


def check(page: Page) -> str:
    page.get_by_role("button", name="Check").click()
    page.locator("#status", has_text="Checked").wait_for(timeout=LONG)
    return page.locator("#status").inner_text()


def test_paste_check_edit_check_again(page: Page) -> None:
    page.get_by_label("Paste a story").fill(BANK)
    assert "1 error" in check(page)
    report = page.frame_locator("#report")
    report.get_by_text("tells readers nothing about who is speaking").first.wait_for()
    page.get_by_label("Paste a story").fill(BANK.replace("a source said", "a member of its supervisory board said"))
    page.locator("#text").press("Control+Enter")
    page.locator("#status", has_text="Reading").wait_for(timeout=LONG)
    page.locator("#status", has_text="Checked").wait_for(timeout=LONG)
    assert "error" not in page.locator("#status").inner_text()
    assert report.get_by_text("tells readers nothing").count() == 0


def test_house_rules(page: Page) -> None:
    page.get_by_label("Paste a story").fill(BANK)
    page.get_by_label("House rules").select_option("afp")
    check(page)
    assert "second-hand" in page.locator("#warnings").inner_text()
    page.frame_locator("#report").get_by_text("profile afp").first.wait_for()


def test_a_word_document_is_opened(page: Page) -> None:
    written = io.BytesIO()
    document = docx.Document()
    for words in BANK.strip().split("\n\n"):
        document.add_paragraph(words)
    document.save(written)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.locator("#file").set_input_files({"name": "bank.docx", "mimeType": kind, "buffer": written.getvalue()})
    page.locator("#status", has_text="Checked").wait_for(timeout=LONG)
    assert page.get_by_label("Paste a story").input_value().startswith("Merrow Bank to shut branches\n\nThe Merrow")
    assert page.locator("#name").inner_text() == "bank.txt"


def test_a_file_that_is_no_story_says_why(page: Page) -> None:
    page.locator("#file").set_input_files(
        {"name": "b.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%\xe2\xe3"}
    )
    page.locator("#status.wrong", has_text="PDF").wait_for(timeout=LONG)
    page.get_by_label("Paste a story").fill("")
    page.get_by_role("button", name="Check").click()
    page.locator("#status.wrong", has_text="empty").wait_for(timeout=LONG)


def test_the_report_is_saved(page: Page, tmp_path: Path) -> None:
    page.get_by_label("Paste a story").fill(BANK)
    check(page)
    for name, file in (("Save as HTML", "story.html"), ("Save as JSON", "story.json")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        assert download.value.suggested_filename == file
        download.value.save_as(tmp_path / file)
    assert "Merrow Bank" in (tmp_path / "story.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "story.json").read_text(encoding="utf-8"))["articles"][0]["text"] == BANK


def test_markup_in_a_story_is_only_text(page: Page) -> None:
    page.get_by_label("Paste a story").fill(
        BANK
        + '\n<img src="https://news.example/x.png" onerror="document.title=1"> <script>document.title = 2</script>\n'
    )
    check(page)
    report = page.frame_locator("#report")
    report.get_by_text("onerror=").first.wait_for()
    assert report.locator("img").count() == 0
    assert page.title() == "attribution: who stands behind each claim"


def test_twenty_thousand_words(page: Page) -> None:
    story = (FIXTURES / "stories" / "court-verdict.txt").read_text(encoding="utf-8")
    words = 20_000
    page.get_by_label("Paste a story").fill((story + "\n\n") * (words // len(story.split()) + 1))
    page.get_by_role("button", name="Check").click()
    page.locator("#status", has_text="Checked").wait_for(timeout=10 * LONG)
    assert page.frame_locator("#report").locator("h2").first.inner_text()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(browser: Browser, address: str, size: tuple[int, int], scheme: str) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page.goto(address)
    no_violations(page)
    page.get_by_label("Paste a story").fill(BANK)
    check(page)
    no_violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    page.close()
