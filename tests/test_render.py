"""Renderers, on an article whose analysis was built by hand.

Golden outputs live in fixtures/golden.  After a wanted change: UPDATE_GOLDEN=1 python -m pytest
tests/test_render.py, then read the difference.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.records import (
    Analysis,
    ArticleError,
    Kind,
    Level,
    Metric,
    Quote,
    Source,
    SourceType,
)
from attribution.render import RENDERERS, Settings
from attribution.render.delimited import COLUMNS, csv_report
from attribution.render.fit import elide, visible, width, wrap
from attribution.render.markdown import escape, markdown_report
from attribution.render.rows import claim_rows, figure_rows, hedge_rows, share_rows, source_rows
from attribution.render.summary import summary
from attribution.render.table import Column, draw
from attribution.render.terminal import Page, text_report
from attribution.render.view import view_of
from attribution.render.wire import json_report, report_object
from attribution.render.words import TYPE_WORDS, anonymity_words, count_words, metric_counts, metric_value
from build import PORT_TEXT, analysis, article, attribution, claim, port_story, report, source

GOLDEN = Path(__file__).parent.parent / "fixtures" / "golden"


def one_source(level: Level, type_: SourceType = SourceType.SECURITY, **fields: Any) -> Source:
    return source("somebody", 1, "somebody", type_, level, **fields)


def one_claim(level: Level, **fields: Any) -> Analysis:
    """“The bank will close, somebody said.”, with one source of some kind."""
    text = "The bank will close, somebody said."
    said = attribution(text, 1, "somebody", "said", "The bank will close", source_id="s1")
    speaker = source(text, 1, "somebody", fields.pop("type_", SourceType.BUSINESS), level, **fields)
    return analysis(text, attributions=(said,), sources=(speaker,), claims=(claim(said, text, level),))


# --------------------------------------------------------------------------------------------- golden


@pytest.mark.parametrize(
    ("name", "format_", "settings"),
    [
        ("port-60.txt", "text", Settings(Page(60))),
        ("port-80.txt", "text", Settings(Page(80))),
        ("port-140.txt", "text", Settings(Page(140))),
        ("port.md", "markdown", Settings()),
        ("port-attributions.csv", "csv", Settings()),
        ("port-sources.csv", "csv", Settings(table="sources")),
        ("port-metrics.csv", "csv", Settings(table="metrics")),
        ("port.json", "json", Settings()),
        ("port-no-text.json", "json", Settings(with_text=False)),
    ],
)
def test_golden(name: str, format_: str, settings: Settings) -> None:
    rendered = RENDERERS[format_](report(port_story()), settings)
    expected = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_bytes(rendered.encode())
    assert rendered == expected.read_bytes().decode()


# -------------------------------------------------------------------------------------------- summary


@pytest.mark.parametrize(
    ("level", "fields", "expected"),
    [
        (Level.A0, {}, "1 named, 0 institutions, 0 unnamed"),
        (Level.A1, {}, "0 named, 1 institution, 0 unnamed"),
        (Level.A1, {"type_": SourceType.DOCUMENT}, "0 named, 0 institutions, 1 document, 0 unnamed"),
        (Level.A1, {"type_": SourceType.OBSERVATION}, "0 named, 0 institutions, 1 own reporting, 0 unnamed"),
        (Level.A2, {}, "0 named, 0 institutions, 1 partly named, 0 unnamed"),
        (Level.A4, {"type_": SourceType.DOCUMENT, "count": "3"}, "0 named, 0 institutions, 1 unnamed"),
        (Level.A3, {"collective": True}, "0 named, 0 institutions, 1 unnamed"),
        (Level.A5, {"collective": True}, "0 named, 0 institutions, 1 unnamed"),
        (Level.A5, {"count": "0"}, "0 named, 0 institutions, 0 unnamed, 1 not stated"),
    ],
)
def test_summary_puts_every_source_into_one_group(level: Level, fields: dict[str, Any], expected: str) -> None:
    assert summary(view_of(one_claim(level, **fields))) == f"1 attribution, 1 source: {expected}"


@pytest.mark.parametrize("level", [Level.A3, Level.A4, Level.A5])
def test_summary_counts_claims_on_one_unnamed_source(level: Level) -> None:
    assert summary(view_of(one_claim(level))).endswith("1 unnamed; 1 claim rests on one unnamed source")


@pytest.mark.parametrize(
    ("level", "fields"),
    [
        (Level.A0, {}),
        (Level.A1, {}),
        (Level.A2, {}),
        (Level.A4, {"collective": True, "count": ">=2"}),
        (Level.A4, {"collective": True, "count": "?"}),
        (Level.A4, {"collective": False, "count": "3"}),
        (Level.A5, {"count": "0"}),
    ],
)
def test_a_group_a_name_or_nobody_is_not_one_unnamed_source(level: Level, fields: dict[str, Any]) -> None:
    assert "rest" not in summary(view_of(one_claim(level, **fields)))


def test_a_claim_that_another_source_makes_too_does_not_rest_on_one() -> None:
    """In the port story a security source and officials report the same arrests."""
    lone = {row.claim for row in claim_rows(view_of(port_story())) if row.lone}
    assert "the arrests" not in lone
    alone = replace(port_story(), clusters=(), claims=tuple(replace(c, cluster=None) for c in port_story().claims))
    assert "the arrests" in {row.claim for row in claim_rows(view_of(alone)) if row.lone}


def test_a_question_rests_on_nobody() -> None:
    base = one_claim(Level.A4)
    asked = replace(base, attributions=(replace(base.attributions[0], hypothetical=True),))
    assert summary(view_of(asked)) == "0 attributions, 0 sources; not counted: 1 question or condition"
    assert [row.marked_claim for row in claim_rows(view_of(asked))] == ["(not asserted) The bank will close"]


def test_summary_mentions_quotations_without_a_speaker() -> None:
    text = "“It is over.” “So be it.”"
    bare = [
        attribution(text, n, "", "", words, quote=Quote.DIRECT)
        for n, words in ((1, "“It is over.”"), (2, "“So be it.”"))
    ]
    story = analysis(text, attributions=tuple(bare), claims=tuple(claim(a, text, Level.A5) for a in bare))
    assert summary(view_of(story)) == "2 attributions, 0 sources; 2 quotations without a speaker"


def test_an_article_without_reported_speech_says_so_and_shows_no_tables() -> None:
    page = text_report(report(analysis("It rained all day.")), Page(80))
    assert "0 attributions: no reported speech found." in page
    assert "SOURCES" not in page
    assert "CLAIMS" not in page


# ------------------------------------------------------------------------------------ words and rows


def test_every_type_has_words() -> None:
    assert set(TYPE_WORDS) == set(SourceType)


@pytest.mark.parametrize(
    ("count", "words"), [("1", "1"), ("3", "3"), (">=2", "2 or more"), ("?", "unknown"), ("0", "none")]
)
def test_counts_in_words(count: str, words: str) -> None:
    assert count_words(one_source(Level.A4, count=count)) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "no reason given"),
        ({"reason": "boilerplate"}, "stock reason"),
        ({"reason": "specific"}, "specific reason"),
        ({"granted": True}, "granted, no reason given"),
        ({"granted": True, "reason": "boilerplate"}, "granted, stock reason"),
        ({"granted": True, "reason": "specific"}, "granted, specific reason"),
    ],
)
def test_anonymity_in_words(fields: dict[str, Any], words: str) -> None:
    assert anonymity_words(one_source(Level.A4, **fields)) == words
    assert anonymity_words(one_source(Level.A2, **fields)) == words


@pytest.mark.parametrize(
    "accountable",
    [
        one_source(Level.A0),
        one_source(Level.A1),
        one_source(Level.A4, SourceType.DOCUMENT),
        one_source(Level.A5, SourceType.UNKNOWN, count="0"),
    ],
)
def test_no_reason_is_missed_where_nobody_could_give_one(accountable: Source) -> None:
    assert anonymity_words(accountable) == ""


@pytest.mark.parametrize(
    ("metric", "value", "counts"),
    [
        (Metric(7), "7", ""),
        (Metric(0.0, 0, 7), "0 %", "0 of 7"),
        (Metric(2 / 3, 2, 3), "67 %", "2 of 3"),
        (Metric(None, 0, 0), "n/a", "0 of 0"),
        (Metric((3, 5)), "3 to 5", ""),
        (Metric((3, 3)), "3", ""),
        (Metric((3, None)), "3 or more", ""),
        (Metric({"sec": 4, "A0": 1, "no_reason": 2, "pol": 0}), "security 4, A0 named 1, no reason 2", ""),
        (Metric({}), "none", ""),
        (Metric(0.8764), "0.88", ""),
    ],
)
def test_metrics_in_words(metric: Metric, value: str, counts: str) -> None:
    assert (metric_value("", metric), metric_counts(metric)) == (value, counts)


def test_a_mean_is_not_shown_as_a_percentage() -> None:
    assert metric_value("placement_facets", Metric(0.4, 2, 5)) == "0.4"


def test_the_page_leaves_out_figures_that_say_nothing_but_keeps_shares_of_nothing() -> None:
    names = [row.name for row in figure_rows(view_of(port_story()))]
    assert "opaque" in names, "0 of 10"
    assert "hedges" in names
    assert "doubtful extractions" not in names, "zero"
    assert "reason for anonymity" not in names, "undefined"
    assert [row.statements for row in share_rows(view_of(port_story()))] == ["10 % (1 of 10)"]


def test_a_source_that_may_be_misread_says_so_and_no_other() -> None:
    unsure = one_claim(Level.A4, confidence=0.376)
    assert "unsure, 38 %" in text_report(report(unsure), Page(80))
    assert "unsure, 38 %" in markdown_report(report(unsure))
    assert "unsure" not in text_report(report(one_claim(Level.A4, confidence=0.5)), Page(80))


def test_source_rows_say_who_told_whom_and_how() -> None:
    rows = {row.id: row for row in source_rows(view_of(port_story()))}
    assert rows["s5"].remarks == "partial quote, told the Harbour Gazette, interview"
    assert rows["s2"].remarks == "anonymity granted, specific reason; direct quote"
    assert rows["s8"].remarks == "no reason given; 2 or more people; direct quote, second-hand"
    assert (rows["s9"].who, rows["s9"].line) == ("nobody stated", 11)


def test_claim_rows_show_chains_denials_and_support() -> None:
    rows = {row.claim: row for row in claim_rows(view_of(port_story()))}
    assert rows["“a debt of honour”"].chain == ("A court clerk", "colleagues")
    assert rows["any fuel was missing"].mark == "denied"
    assert rows["the arrests"].others_words == "several defence officials (independent: 1 or more)"
    assert rows["“Nobody asked questions.”"].source == "no speaker found"
    assert [row.claim for row in rows.values() if row.lone] == [
        "“They took it by the lorry-load,”",
        "the officers had spoken of what colleagues described as “a debt of honour”",
    ]


def test_hedges_are_listed_once_with_all_their_lines() -> None:
    assert [row.words for row in hedge_rows(view_of(port_story()))] == ["alleged (lines 1, 3)"]


# ---------------------------------------------------------------------------------------------- kinds


def test_tables_leave_out_what_was_not_asked_for() -> None:
    counted, everything = view_of(port_story()), view_of(port_story(), frozenset(Kind))
    assert "s10" not in {s.id for s in counted.sources}
    assert "s10" in {s.id for s in everything.sources}
    assert (len(counted.claims), len(everything.claims)) == (10, 11)


def test_metrics_are_measured_again_for_other_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[frozenset[Kind]] = []

    def measure(_: Analysis, kinds: frozenset[Kind]) -> dict[str, Metric]:
        asked.append(kinds)
        return {"attributions": Metric(1)}

    monkeypatch.setattr("attribution.render.view.measure", measure)
    writing = frozenset({Kind.WRITING})
    shown = report_object(report(port_story(), kinds=writing))["articles"][0]
    assert shown["metrics"]["attributions"]["value"] == 1
    assert asked == [writing]
    assert len(shown["attributions"]) == 11, "JSON always holds all attributions"
    assert report_object(report(port_story()))["articles"][0]["metrics"]["attributions"]["value"] == 10


# --------------------------------------------------------------------------------------------- layout


@pytest.mark.parametrize("columns", [48, 60, 71, 72, 80, 100, 119, 120, 140, 200])
def test_no_line_is_wider_than_the_page(columns: int) -> None:
    page = text_report(report(port_story()), Page(columns))
    assert max(width(line) for line in page.splitlines()) <= columns


@pytest.mark.parametrize("columns", [60, 80, 140])
def test_everything_an_editor_needs_is_on_every_page(columns: int) -> None:
    page = " ".join(text_report(report(port_story()), Page(columns)).split())
    for words in ("A4 vague", "A0 named", "A1 named body", "security", "A court clerk > colleagues", "(denied)"):
        assert words in page
    for words in ("granted, specific reason", "2 or more", "told the Harbour Gazette", "1 of 10", "5 or more", "10 %"):
        assert words in page


def test_wide_characters_keep_columns_aligned() -> None:
    drawn = draw(
        [Column("Name", weight=1), Column("Level")], [["日本放送協会の記者", "A1"], ["Zoë Łukaszewicz", "A0"]], 40
    )
    places = {width(row[0][: row[0].rindex("A")]) for row in drawn.rows}
    assert len(places) == 1


def test_colour_only_when_asked_for_and_never_in_place_of_words() -> None:
    plain = text_report(report(port_story()), Page(80, colour=False))
    coloured = text_report(report(port_story()), Page(80, colour=True))
    assert "\x1b" not in plain
    assert "\x1b[33mA4 vague\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


def test_several_articles_are_parted_and_share_one_key() -> None:
    page = text_report(
        report(port_story("one.txt"), ArticleError("two.txt", "load", "empty"), port_story("three.txt")), Page(80)
    )
    assert page.index("one.txt") < page.index("─" * 80) < page.index("three.txt")
    assert page.count("Levels: A0 named") == 1
    assert "two.txt" not in page


@given(st.text(), st.integers(min_value=-5, max_value=100))
def test_elided_text_fits(text: str, cells: int) -> None:
    shown = elide(visible(text), cells)
    assert width(shown) <= max(0, cells)
    assert shown == visible(text) or shown.endswith("…") or cells < 1


@given(st.text(), st.integers(min_value=2, max_value=60), st.integers(min_value=1, max_value=5))
def test_wrapped_text_fits_and_loses_nothing_but_what_it_says(text: str, cells: int, lines: int) -> None:
    shown = wrap(visible(text), cells, lines)
    assert len(shown) <= lines
    assert all(width(line) <= cells for line in shown)
    if not shown[-1].endswith("…"):
        assert "".join("".join(shown).split()) == "".join(visible(text).split())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a quick brown fox", ["a quick", "brown fox"]),
        ("Łukaszewicz-O’Brien", ["Łukaszewic", "z-O’Brien"]),
        ("Smith-Łukaszewicz", ["Smith-", "Łukaszewi…"]),
    ],
)
def test_wrapping_prefers_spaces_then_hyphens(words: str, expected: list[str]) -> None:
    assert wrap(words, 10, 2) == expected


# ----------------------------------------------------------------------------------- what must not run

HOSTILE = "\x1b[2J\x07 said\x9b31m \u202etxt.exe\u2066 \x7f"


def hostile_story() -> Analysis:
    text = f"The {HOSTILE} bank <script>alert(1)</script> | will `close`, a | source said."
    said = attribution(text, 1, "a | source", "said", f"The {HOSTILE} bank <script>alert(1)</script>", source_id="s1")
    speaker = source(text, 1, "a | source", SourceType.BUSINESS, Level.A5)
    return analysis(
        article=article(text, path="\x1b]0;pwned\x07.txt", title=f"Title {HOSTILE}"),
        attributions=(replace(said, recipient="=HYPERLINK(0)"),),
        sources=(speaker,),
        claims=(claim(said, text, Level.A5),),
    )


@pytest.mark.parametrize("format_", list(RENDERERS))
def test_control_characters_are_shown_not_sent(format_: str) -> None:
    rendered = RENDERERS[format_](report(hostile_story()), Settings())
    sent = [c for c in rendered if (ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) <= 0x9F or c in "\u202e\u2066"]
    assert sent == []


def test_control_characters_survive_in_json() -> None:
    assert json.loads(json_report(report(hostile_story())))["articles"][0]["text"] == hostile_story().article.text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a␛[31mb"),
        ("a\x00b\x7fc", "a␀b␡c"),
        ("a\x9bb", "a\\x9bb"),
        ("a\u202eb", "a\\u202eb"),
        ("a\tb\r\nc", "a b c"),
        ("Zoë’s “café” – naïve … 日本", "Zoë’s “café” – naïve … 日本"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a|b", "a\\|b"),
        ("<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)\\>"),
        ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
        ("**bold** _it_ `code`", "\\*\\*bold\\*\\* \\_it\\_ \\`code\\`"),
        ("a\\|b", "a\\\\\\|b"),
        ("&lt;", "\\&lt;"),
    ],
)
def test_markdown_is_escaped(words: str, shown: str) -> None:
    assert escape(words) == shown


def test_markdown_tables_keep_their_columns() -> None:
    tables = [line for line in markdown_report(report(hostile_story())).splitlines() if line.startswith("|")]
    cells = [len(re.findall(r"(?<!\\)\|", line)) for line in tables]
    assert cells[:3] == [10, 10, 10]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1+1", "\r=1+1", "=cmd|' /C calc'!A0"])
def test_formulas_are_neutralised(cell: str) -> None:
    text = "Prices will fall, somebody said."
    said = attribution(text, 1, "somebody", "said", "Prices will fall", source_id="s1", recipient=cell)
    story = analysis(text, attributions=(said,), sources=(source(text, 1, "somebody", SourceType.BUSINESS, Level.A5),))
    (row,) = csv.DictReader(io.StringIO(csv_report(report(story))))
    assert row["recipient"].startswith("'")
    assert row["recipient"].lstrip("'").strip() == cell.strip()


@pytest.mark.parametrize("cell", ["AFP", "3-1", "a=b", "“=”", "O’Brien"])
def test_other_cells_are_left_alone(cell: str) -> None:
    text = "Prices will fall, somebody said."
    said = attribution(text, 1, "somebody", "said", "Prices will fall", source_id="s1", recipient=cell)
    story = analysis(text, attributions=(said,), sources=(source(text, 1, "somebody", SourceType.BUSINESS, Level.A5),))
    (row,) = csv.DictReader(io.StringIO(csv_report(report(story))))
    assert row["recipient"] == cell


@pytest.mark.parametrize("table", list(COLUMNS))
def test_csv_header_stands_even_without_rows(table: str) -> None:
    assert csv_report(report(), table=table) == ",".join(COLUMNS[table]) + "\n"


# ------------------------------------------------------------------------------------------ no text


def _words(value: Any) -> set[str]:
    """All words in the strings of a JSON value, keys left out."""
    if isinstance(value, dict):
        return set().union(*map(_words, value.values())) if value else set()
    if isinstance(value, list):
        return set().union(*map(_words, value)) if value else set()
    return set(re.findall(r"[^\W\d_]{4,}", value.lower())) if isinstance(value, str) else set()


CODES = {"named", "source", "indirect", "direct", "mixed", "negative", "positive", "none", "specific", "headline"}


def test_no_text_leaves_no_word_of_the_article() -> None:
    told = set(re.findall(r"[^\W\d_]{4,}", PORT_TEXT.lower())) - CODES - {"port"}
    shown = json.loads(json_report(report(port_story()), with_text=False))
    assert _words(shown["articles"]) & told == set()
    for table in COLUMNS:
        rendered = csv_report(report(port_story()), table=table, with_text=False).partition("\n")[2]
        assert set(re.findall(r"[^\W\d_]{4,}", rendered.lower())) & told == set()


def test_no_text_keeps_structure_and_offsets() -> None:
    with_text = report_object(report(port_story()))["articles"][0]
    without = report_object(report(port_story()), with_text=False)["articles"][0]
    assert with_text.keys() == without.keys()
    assert [a["content"] for a in without["attributions"]] == [a["content"] for a in with_text["attributions"]]
    assert without["text"] is None
    assert {s["name"] for s in without["sources"]} == {None}


# ----------------------------------------------------------------------------------------- JSON schema

SPAN = [int, int]
TEXT = (str, type(None))


SCHEMA: dict[str, Any] = {
    "path": TEXT,
    "title": TEXT,
    "text_sha256": str,
    "language": str,
    "text": str,
    "warnings": [str, ...],
    "blocks": [{"kind": str, "span": SPAN}, ...],
    "sentences": [SPAN, ...],
    "attributions": [
        {
            "id": str,
            "source": [SPAN, ...],
            "cue": [SPAN, ...],
            "content": [SPAN, ...],
            "source_id": TEXT,
            "claim_id": str,
            "parent": TEXT,
            "quote": {"direct", "indirect", "mixed"},
            "kind": {"speech", "writing", "belief", "intention", "sentiment", "perception", "decree", "other"},
            "polarity": {"positive", "negative"},
            "hypothetical": bool,
            "recipient": TEXT,
            "channel": TEXT,
            "confidence": float,
            "evidence": [str, ...],
        },
        ...,
    ],
    "sources": [
        {
            "id": str,
            "name": str,
            "type": str,
            "types": [str, ...],
            "level": {"A0", "A1", "A2", "A3", "A4", "A5"},
            "mentions": [{"span": SPAN, "level": str}, ...],
            "granted": bool,
            "reason": {"none", "boilerplate", "specific"},
            "collective": bool,
            "count": str,
            "organisation": TEXT,
            "role": TEXT,
            "proximity": {"direct", "second-hand", "unknown"},
            "inherited": bool,
            "institutional": bool,
            "claims": int,
            "confidence": float,
        },
        ...,
    ],
    "claims": [
        {
            "id": str,
            "attribution_ids": [str, ...],
            "text": str,
            "span": [SPAN, ...],
            "sources": [str, ...],
            "level": {"A0", "A1", "A2", "A3", "A4", "A5"},
            "hedges": [str, ...],
            "cluster": TEXT,
            "class": {"fact", "figure", "allegation", "opinion", "prediction"},
        },
        ...,
    ],
    "clusters": [
        {
            "id": str,
            "claim_ids": [str, ...],
            "source_ids": [str, ...],
            "independent": [int, (int, type(None))],
            "merged": [[str, str, str], ...],
        },
        ...,
    ],
    "hedges": [{"text": str, "span": SPAN, "claim_id": TEXT}, ...],
    "metrics": dict,
    "findings": [],
    "corrections": [],
}
"""ARTICLE of schema version 1: a type or types, a set of allowed values, an object with exactly these
keys, a list of exactly these items, or of any number of one item followed by ``...``."""


def _check(value: Any, schema: Any, where: str) -> None:
    if isinstance(schema, dict):
        assert isinstance(value, dict), where
        assert list(value) == list(schema), where
        for key, part in schema.items():
            _check(value[key], part, f"{where}.{key}")
    elif isinstance(schema, list):
        assert isinstance(value, list), where
        each = schema[:1] * len(value) if schema[-1:] == [...] else schema
        assert len(value) == len(each), where
        for at, (item, part) in enumerate(zip(value, each, strict=True)):
            _check(item, part, f"{where}[{at}]")
    elif isinstance(schema, set):
        assert value in schema, where
    else:
        assert isinstance(value, schema), where


def test_json_keeps_to_the_schema() -> None:
    error = ArticleError("gone.txt", "load", "there is no such file")
    shown = json.loads(json_report(report(port_story(), error)))
    assert list(shown) == ["schema_version", "program", "articles", "errors"]
    assert shown["schema_version"] == "1"
    assert list(shown["program"]) == ["name", "version", "parser", "model"]
    assert shown["errors"] == [{"path": "gone.txt", "stage": "load", "message": "there is no such file"}]
    (one,) = shown["articles"]
    _check(one, SCHEMA, "article")
    for name, metric in one["metrics"].items():
        assert list(metric) == ["value", "numerator", "denominator"], name
    assert one["metrics"]["independent_sources"]["value"] == [5, None]


def test_json_offsets_index_its_own_text() -> None:
    (one,) = json.loads(json_report(report(port_story())))["articles"]
    for each in one["claims"]:
        assert " … ".join(one["text"][start:end] for start, end in each["span"]) == each["text"]
    (denied,) = [a for a in one["attributions"] if a["polarity"] == "negative"]
    assert [one["text"][start:end] for start, end in denied["cue"]] == ["denied"]


@given(st.text(max_size=200))
def test_json_gives_any_text_back(text: str) -> None:
    story = analysis(article=article(text))
    assert json.loads(json_report(report(story)))["articles"][0]["text"] == text
