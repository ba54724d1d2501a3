"""The HTML report in a real browser: what lights up, what filters, who can use it.  Skipped where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import DESKTOP, PHONE, launched, no_violations

from attribution.render.html import html_report
from build import analysis, checked_story, report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with everything: a checked story and one in which nothing was found."""
    path = tmp_path_factory.mktemp("html") / "report.html"
    path.write_text(html_report(report(checked_story(), analysis("It rained.")), findings=True), encoding="utf-8")
    return path


def opened(browser: Browser, file: Path, size: tuple[int, int] = DESKTOP, **options: object) -> Page:
    """The page, which fails the test if anything goes wrong in it or it asks for anything but itself."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, **options)  # type: ignore[arg-type]
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: None if request.url == file.as_uri() else wrong.append(request.url))
    page.goto(file.as_uri())
    assert not wrong
    return page


def lit(page: Page) -> set[str]:
    """The words of the article that are lit."""
    return set(page.eval_on_selector_all(".story .lit:not(a):not(li)", "all => all.map(e => e.textContent)"))


def lit_cards(page: Page) -> list[str]:
    return page.eval_on_selector_all(".card.lit", "all => all.map(e => e.dataset.s)")  # type: ignore[no-any-return]


# -------------------------------------------------------------------------------------- who can use it


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(browser: Browser, file: Path, size: tuple[int, int], scheme: str) -> None:
    page = opened(browser, file, size, color_scheme=scheme)
    no_violations(page)
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_while_they_are_lit(browser: Browser, file: Path, scheme: str) -> None:
    page = opened(browser, file, color_scheme=scheme)
    page.eval_on_selector_all("[data-a], [data-s], [data-f]", "all => all.forEach(e => e.classList.add('lit'))")
    no_violations(page, options={"runOnly": ["color-contrast"]})
    page.close()


@pytest.mark.parametrize("width", [320, 375, 700, 960, 1184, 1280, 1920])
def test_nothing_runs_over_the_edge(browser: Browser, file: Path, width: int) -> None:
    page = opened(browser, file, (width, 800))
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_a_keyboard_is_enough(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.locator("#n1-a4").focus()
    assert {"The navy", "denied", "any fuel was missing"} <= lit(page)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "n1-s4"
    page.keyboard.press("Escape")
    assert lit(page) == set()
    page.close()


def test_it_is_whole_without_its_script(browser: Browser, file: Path) -> None:
    page = opened(browser, file, java_script_enabled=False)
    assert "The navy" in page.locator(".story").first.inner_text()
    assert page.locator("form.filters").first.is_hidden()
    page.locator("#n1-a4").click()
    assert page.url.endswith("#n1-s4")
    page.close()


# ---------------------------------------------------------------------------------------- what lights up


def test_pointing_at_a_part_lights_up_the_whole_and_its_source(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    page.get_by_text("any fuel was missing", exact=True).first.hover()
    assert lit(page) == {"The navy", "denied", "any fuel was missing"}
    assert lit_cards(page) == ["s4"]
    page.locator("h1").hover()
    assert lit(page) == set()
    page.close()


def test_pointing_at_nested_words_lights_up_the_innermost(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    page.get_by_text("described as", exact=True).first.hover()
    assert lit(page) == {"colleagues", "described as", "“a debt of honour”"}
    page.get_by_text("the officers had spoken of what", exact=False).first.hover()
    assert "A court clerk" in lit(page)
    page.close()


def test_pointing_at_a_source_lights_up_all_that_it_says(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    page.locator("#n1-s4 .who").hover()
    assert lit(page) == {"The navy", "denied", "any fuel was missing"}
    page.close()


def test_pointing_at_a_finding_lights_up_its_words(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    page.locator("#n1-f2 .excerpt").hover()
    assert lit(page) == {"A security source"}
    page.close()


def test_a_tap_on_a_phone_tells_the_source(browser: Browser, file: Path) -> None:
    page = opened(browser, file, PHONE, has_touch=True, is_mobile=True)
    page.get_by_text("any fuel was missing", exact=True).first.tap()
    told = page.locator(".inspector")
    assert "The navy" in told.inner_text()
    told.get_by_role("button", name="Close").tap()
    assert told.is_hidden()
    page.close()


# ----------------------------------------------------------------------------------------- what filters


def test_filtering_by_level_and_type(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    page.get_by_role("checkbox", name="A1 named body").first.uncheck()
    assert page.locator("#n1-s4").is_hidden()
    assert page.locator("#n1-a4").is_hidden()
    assert page.get_by_text("any fuel was missing", exact=True).first.is_visible(), "the article stays whole"
    assert page.locator("#n1-s2").is_visible()
    page.get_by_role("checkbox", name="judicial").uncheck()
    assert page.locator("#n1-s7").is_hidden()
    page.get_by_role("button", name="Show all").click()
    page.locator("#n1-s4").wait_for()
    assert page.locator("#n1-s7").is_visible()
    page.close()


def test_filtering_by_severity(browser: Browser, file: Path) -> None:
    page = opened(browser, file)
    page.get_by_label("1 info").uncheck()
    assert [page.locator(f"#n1-f{n}").is_visible() for n in (1, 2, 3)] == [False, True, True]
    assert page.locator("#n1-r1").is_hidden()
    page.get_by_label("1 accepted").uncheck()
    assert page.locator("#n1-f3").is_hidden()
    page.close()
