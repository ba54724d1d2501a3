"""What Jupyter shows for an ``Analysis``."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from attribution.records import Hedge, Level, SourceType, Span
from build import PORT_TEXT, analysis, article, attribution, port_story, source


class Page(HTMLParser):
    """Reads a fragment strictly: every element closed in order; collects tags, text and roles of the story."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.tags: set[str] = set()
        self.words = ""
        self.story: list[tuple[str, str]] = []  # (roles, words)
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append((tag, dict(attrs)))
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any(tag == "style" for tag, _ in self.open):
            return
        self.words += data
        if any(attributes.get("class") == "text" for _, attributes in self.open):
            self.story.append((self.open[-1][1].get("class") or "", data))


def test_the_article_stands_there_word_for_word() -> None:
    page = Page(port_story()._repr_html_())
    assert "".join(words for _, words in page.story) == PORT_TEXT


def test_sources_cues_contents_and_hedges_are_marked() -> None:
    story = Page(port_story()._repr_html_()).story
    marked = {roles: [words for r, words in story if r == roles] for roles, _ in story}
    assert "The navy" in marked["source"]
    assert "denied" in marked["cue"]
    assert "any fuel was missing" in marked["content"]
    assert "alleged" in marked["hedge"]


def test_nested_spans_carry_all_their_roles() -> None:
    story = Page(port_story()._repr_html_()).story
    assert ("content source", "colleagues") in story
    assert ("content cue", "described as") in story


def test_tables_say_what_the_report_says() -> None:
    words = Page(port_story()._repr_html_()).words
    for shown in ("10 attributions, 9 sources", "A4 vague", "Łukaszewicz-O’Brien", "granted, specific reason", "10 %"):
        assert shown in words


def test_nothing_of_the_article_is_taken_for_html() -> None:
    text = "<script>alert('x')</script> & \x1b[2J \u202e said <img src=x onerror=y>."
    said = attribution(text, 1, "<img src=x onerror=y>", "said", "<script>alert('x')</script>", source_id="s1")
    name = "\"><script>alert('x')</script>"
    speaker = replace(source(text, 1, "<img src=x onerror=y>", SourceType.UNKNOWN, Level.A5), name=name)
    hostile = analysis(
        article=article(text, title=name),
        attributions=(said,),
        sources=(speaker,),
        hedges=(Hedge(Span(0, 8), "<script>"),),
    )
    html = hostile._repr_html_()
    page = Page(html)
    assert page.tags.isdisjoint({"script", "img", "a", "iframe", "object", "link", "form"})
    assert not any(character in html for character in "\x1b\u202e")


def test_an_article_without_reported_speech() -> None:
    assert "no reported speech found" in Page(analysis("It rained.")._repr_html_()).words
