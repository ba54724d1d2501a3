"""What Jupyter shows for an ``Analysis``."""

from __future__ import annotations

from dataclasses import replace

import attribution as attribution_package
from attribution.records import ArticleError, Hedge, Level, SourceType, Span
from build import PORT_TEXT, analysis, article, attribution, finding, port_story, source
from html_page import Page


def test_the_article_stands_there_word_for_word() -> None:
    page = Page(port_story()._repr_html_())
    assert "".join(words for _, words in page.story).split() == PORT_TEXT.split()


def test_sources_cues_contents_and_hedges_are_marked() -> None:
    page = Page(port_story()._repr_html_())
    assert "The navy" in page.marked("source")
    assert "denied" in page.marked("cue")
    assert "any fuel was missing" in page.marked("content")
    assert "alleged" in page.marked("hedge")


def test_nested_spans_carry_all_their_roles() -> None:
    page = Page(port_story()._repr_html_())
    for role in ("content", "source", "mention"):
        assert "colleagues" in page.marked(role)
    assert {"described as"} == set(page.marked("content")) & set(page.marked("cue"))


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


def test_findings_are_shown_where_there_are_any() -> None:
    assert "Findings" not in Page(port_story()._repr_html_()).words
    words = Page(replace(port_story(), findings=(finding(PORT_TEXT, "A security source"),))._repr_html_()).words
    assert "SRC101 bare-anonymous-source" in words


# --------------------------------------------------------------------------------------- comparison


def test_analyses_side_by_side() -> None:
    compared = attribution_package.compare([port_story(), ArticleError("gone.txt", "load", "there is no such file")])
    page = Page(compared._repr_html_())
    assert [row.words.split() for row in page.elements if row.tag == "tr"][1][-4:] == ["10)", "2", "no", "findings"]
    assert "gone.txt" in page.words
    assert "there is no such file" in page.words


def test_a_comparison_is_a_sequence() -> None:
    compared = attribution_package.compare(port_story(f"{n}.txt") for n in range(3))
    assert len(compared) == 3
    assert compared[1].article.path == "1.txt"
    assert repr(compared[1:]) == "<Comparison of 2 articles>"


def test_nothing_in_a_comparison_is_taken_for_html() -> None:
    hostile = analysis(article=article("It rained.", title="<script>alert(1)</script>"))
    page = Page(attribution_package.compare([hostile, ArticleError("<img>", "load", "<b>")])._repr_html_())
    assert page.tags.isdisjoint({"script", "img", "b"})
