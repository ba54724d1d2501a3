"""The HTML report: whole, self-contained, and nothing of an article in it but words.  Its looks: test_html_browser."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attribution.records import (
    Analysis,
    ArticleError,
    Block,
    BlockKind,
    Hedge,
    Kind,
    Level,
    SourceType,
    Span,
)
from attribution.render import RENDERERS, Settings
from attribution.render.html import html_report
from attribution.render.html.template import script, source_hash, style
from attribution.render.marking import UNREAD, passages
from attribution.render.palette import PALETTE
from attribution.render.rows import OwnVoiceRow
from attribution.render.view import view_of
from build import PORT_TEXT, analysis, article, attribution, checked_story, finding, port_story, report, source
from html_page import Page

GOLDEN = Path(__file__).parents[1] / "fixtures" / "golden" / "short.html"


def page(*items: Analysis | ArticleError, findings: bool = False) -> Page:
    return Page(html_report(report(*items), findings=findings))


# ---------------------------------------------------------------------------------------- one whole page


def test_golden() -> None:
    """The body of a short report; style and script are not repeated here."""
    text = "The bank will close, a source said."
    said = attribution(text, 1, "a source", "said", "The bank will close", source_id="s1")
    short = analysis(
        text, attributions=(said,), sources=(source(text, 1, "a source", SourceType.UNKNOWN, Level.A5),), metrics={}
    )
    html = html_report(report(replace(short, findings=(finding(text, "a source"),))), findings=True)
    body = re.sub(r"<svg.*?</svg>|<script>.*?</script>", "", html[html.index("<body") :], flags=re.DOTALL)
    body = re.sub(r"\n\s*\n+", "\n", body)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(body, encoding="utf-8")
    assert body == GOLDEN.read_text(encoding="utf-8")


def test_html_is_a_format_of_the_report() -> None:
    html = RENDERERS["html"](report(checked_story()), Settings())
    assert html.startswith("<!DOCTYPE html>")
    assert not Page(html).having("note"), "what the check found is the check's business"


@pytest.mark.parametrize("findings", [False, True])
def test_every_id_is_unique_and_every_reference_resolves(findings: bool) -> None:
    shown = page(checked_story("a.txt"), checked_story("b.txt"), findings=findings)
    assert len(shown.ids) == len(set(shown.ids))
    ids = set(shown.ids)
    for element in shown.elements:
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            assert ids.issuperset(element.attributes.get(name, "").split())
        if element.tag == "a":
            target = element.attributes["href"]
            assert target.startswith("#")
            assert target[1:] in ids


def test_nothing_is_fetched_and_only_its_own_script_runs() -> None:
    html = html_report(report(checked_story()), findings=True)
    shown = Page(html)
    assert shown.tags.isdisjoint({"img", "link", "iframe", "object", "embed", "base"})
    for element in shown.elements:
        assert not {name for name in element.attributes if name.startswith("on") or name in {"src", "style"}}
    (policy,) = [e.attributes["content"] for e in shown.elements if "http-equiv" in e.attributes]
    assert policy.startswith("default-src 'none'; ")
    for inline in [e.words for e in shown.elements if e.tag in {"style", "script"}]:
        assert source_hash(inline) in policy
    assert "http" not in style("story", "report") + script()


def test_headings_and_landmarks_tell_the_page() -> None:
    shown = page(checked_story(), findings=True)
    headings = [(e.tag, " ".join(e.words.split())) for e in shown.elements if re.fullmatch("h[1-6]", e.tag)]
    assert headings == [
        ("h1", "Sourcing check"),
        ("h2", port_story().article.title),
        ("h3", "Who speaks where"),
        ("h3", "The article"),
        ("h3", "Sources"),
        ("h3", "Claims"),
        ("h3", "Figures"),
    ]
    assert {"header", "main", "footer", "article", "section"} <= shown.tags
    for section in (e for e in shown.elements if e.tag in {"section", "article", "nav", "form"}):
        assert {"aria-labelledby", "aria-label"} & set(section.attributes)


# ------------------------------------------------------------------------------------------- the article


def test_the_article_stands_there_word_for_word_with_its_lines() -> None:
    shown = page(checked_story(), findings=True)
    assert "".join(words for _, words in shown.story).split() == PORT_TEXT.split()
    starts = [PORT_TEXT[: b.span.start].count("\n") + 1 for b in port_story().article.blocks]
    assert [int(e.words) for e in shown.having("line-number")] == starts


def test_pieces_know_their_attributions_and_the_innermost() -> None:
    (piece,) = [e for e in page(port_story()).having("source") if e.words == "colleagues"]
    assert piece.attributes["data-a"] == "a7 a8"
    assert piece.attributes["data-pick"] == "a8"
    assert "A4 vague: colleagues" in piece.attributes["title"]


def test_each_statement_has_one_mark_that_leads_to_its_source() -> None:
    shown = page(port_story())
    refs = {e.attributes["data-a"]: e for e in shown.having("ref")}
    assert sorted(id_ for ids in refs for id_ in ids.split()) == sorted(f"a{n}" for n in range(1, 11))
    assert refs["a4"].attributes["href"] == "#n1-s4"
    assert refs["a4"].attributes["aria-label"] == "A1 named body: The navy"
    assert refs["a10"].attributes["href"] == "#n1-unspoken"


def test_a_dateline_stands_in_the_paragraph_that_it_opens() -> None:
    text = "BAMAKO, Nov 3 - It rained.\n\nIt stopped."
    blocks = (
        Block(BlockKind.DATELINE, Span(0, 15)),
        Block(BlockKind.PARAGRAPH, Span(16, 26)),
        Block(BlockKind.PARAGRAPH, Span(28, 39)),
    )
    found = passages(view_of(analysis(text, article=replace(article(text), blocks=blocks))))
    assert [(p.kind, "".join(piece.words for piece in p.pieces)) for p in found] == [
        ("paragraph", "BAMAKO, Nov 3 - It rained."),
        ("paragraph", "It stopped."),
    ]


def test_words_outside_all_blocks_are_shown_all_the_same() -> None:
    text = "Advertisement\n- It rained.\n\nShare this"
    blocks = (Block(BlockKind.LIST_ITEM, Span(16, 26)),)
    found = passages(view_of(analysis(text, article=replace(article(text), blocks=blocks))))
    assert "".join(piece.words for piece in found[0].pieces) == "Advertisement\n-"
    assert [(p.kind, p.line) for p in found] == [(UNREAD, 1), ("list-item", 2), (UNREAD, 4)]


def test_sources_stand_in_order_of_their_words() -> None:
    cards = page(port_story()).having("card")
    words = [int(re.search(r"(\d+) words", card.words)[1]) for card in cards if "words," in card.words]  # type: ignore[index]
    assert words == sorted(words, reverse=True)
    assert "no speaker found" in cards[-1].words


def test_kinds_that_are_left_out_are_not_marked() -> None:
    assert "The union" not in page(port_story()).marked("source")
    shown = Page(html_report(report(port_story(), kinds=frozenset(Kind))))
    assert "The union" in shown.marked("source")


def test_contentious_sentences_without_a_source_are_marked_and_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    start = PORT_TEXT.index("The officers are alleged")
    sentence = Span(start, PORT_TEXT.index(".", start) + 1)
    row = OwnVoiceRow(9, "allegation", PORT_TEXT[slice(*sentence)], sentence)
    monkeypatch.setattr("attribution.render.html.page.own_voice_rows", lambda _: [row])
    shown = page(port_story())
    marked = " ".join(" ".join(shown.marked("own-voice")).split())
    assert marked == "The officers are alleged to have sold it across the border ."
    (listed,) = [e for e in shown.elements if e.tag == "section" and "n1-own" in e.attributes["aria-labelledby"]]
    assert "line 9, allegation: The officers" in " ".join(listed.words.split())


# ------------------------------------------------------------------------------------------- findings


def test_each_finding_is_a_note_with_its_words_and_its_number_in_the_text() -> None:
    shown = page(checked_story(), findings=True)
    notes = shown.having("note")
    assert [note.attributes["id"] for note in notes] == ["n1-f1", "n1-f2", "n1-f3"]
    for part in ("error", "SRC101", "A security source", "Who vouches for them?", "AP 2005"):
        assert part in notes[1].words
    assert "Confidence low" in notes[0].words
    assert [ref.words for ref in shown.having("finding-ref")] == ["1", "2", "3"]


def test_an_accepted_finding_is_shown_as_such_and_not_counted() -> None:
    shown = page(checked_story(), findings=True)
    (accepted,) = shown.having("suppressed")
    assert "agreed with the desk" in accepted.words
    (verdict,) = shown.having("verdict")
    assert " ".join(verdict.words.split()) == "1 error 1 info 1 accepted"


def test_a_check_without_findings_says_so() -> None:
    assert "No findings." in page(port_story(), findings=True).words


# ------------------------------------------------------------------------------------- several articles


def test_several_articles_have_an_index_and_errors_are_told() -> None:
    shown = page(
        port_story(),
        ArticleError("gone.txt", "load", "there is no such file\n  check the path"),
        analysis("It rained."),
    )
    (nav,) = [e for e in shown.elements if e.tag == "nav"]
    assert "no reported speech found" in nav.words
    (errors,) = [e for e in shown.elements if e.attributes.get("aria-labelledby") == "errors"]
    assert "gone.txt: there is no such file; check the path" in " ".join(errors.words.split())
    assert [e.attributes["id"] for e in shown.having("article")] == ["n1", "n2"]


def test_a_report_of_nothing_but_errors_is_a_page() -> None:
    assert "gone.txt" in page(ArticleError("gone.txt", "load", "no such file")).words


def test_an_article_without_reported_speech() -> None:
    shown = page(analysis("It rained."))
    assert "no reported speech found" in shown.words
    assert "It rained." in "".join(words for _, words in shown.story)


def test_the_limits_are_stated() -> None:
    assert "not whether it is true" in page(port_story()).words


# ---------------------------------------------------------------------------------------------- hostile


@example("</script><script>alert(1)</script>")
@example("\"' onmouseover=alert(1) x='")
@example("{{ 7 * 7 }}{% raw %}<!--")
@example("\x1b[2J\u202e\ud800\x00]]>&amp;")
@given(st.text(st.characters(), min_size=1, max_size=40))
def test_hostile_words_stay_words(hostile: str) -> None:
    hostile = f"x{hostile}"  # words are counted, and white space is none
    text = f"{hostile} said {hostile}."
    words = Span(0, len(hostile))
    said = replace(
        attribution("x said y", 1, "x", "said", "y", source_id="s1"),
        source=(words,),
        cue=(Span(words.end + 1, words.end + 5),),
        content=(Span(words.end + 6, len(text) - 1),),
        recipient=hostile,
    )
    speaker = source("x", 1, "x", SourceType.UNKNOWN, Level.A5)
    story = analysis(
        article=replace(
            article(text, title=hostile, path=hostile), blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),)
        ),
        attributions=(said,),
        sources=(replace(speaker, name=hostile, mentions=()),),
        hedges=(Hedge(words, hostile),),
        findings=(replace(finding("x", "x"), span=words, message=hostile, excerpt=hostile, question=hostile),),
    )
    plain = analysis(
        article=replace(article("x said x.", title="x", path="x"), blocks=(Block(BlockKind.PARAGRAPH, Span(0, 9)),)),
        attributions=(attribution("x said y", 1, "x", "said", "y", source_id="s1", recipient="x"),),
        sources=(speaker,),
        hedges=(Hedge(Span(0, 1), "x"),),
        findings=(replace(finding("x", "x"), question="x"),),
    )
    html = html_report(report(story, ArticleError(hostile, "load", hostile)), findings=True)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", html)
    expected = page(plain, ArticleError("x", "load", "x"), findings=True)
    assert [(e.tag, sorted(e.attributes)) for e in Page(html).elements] == [
        (e.tag, sorted(e.attributes)) for e in expected.elements
    ]


# ---------------------------------------------------------------------------------------------- colours


def luminance(colour: str) -> float:
    """WCAG's relative luminance of "#rrggbb"."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("level", Level)
def test_letters_on_a_level_can_be_read(level: Level) -> None:
    paint = PALETTE[level]
    assert contrast(paint.light, paint.ink) >= 4.5
    assert contrast(paint.dark, "#14161a") >= 4.5


def test_neighbouring_levels_differ_in_lightness_or_pattern() -> None:
    for first, second in zip(list(Level), list(Level)[1:], strict=False):
        lighter = contrast(PALETTE[first].light, PALETTE[second].light) > 1.3
        assert lighter or PALETTE[first].hatch != PALETTE[second].hatch
