"""What somebody has accepted: comments in text, Markdown and web pages, and files of decisions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import FIXTURES
from hypothesis import given
from hypothesis import strategies as st

from attribution.load import from_text, load, load_bytes
from attribution.pipeline import Analyzer
from attribution.records import Analysis, Article, Decider, Finding, Severity
from attribution.rules import Selection, Settings, check
from attribution.text import words_of
from build import analysis
from check_build import QUARRY_TEXT, QUARRY_TITLE, quarry_analysis
from check_build import RULES as PLAIN_RULES

LEAD = "KORRIN, May 6 — Two people died in a blast at the Korrin quarry on Monday, a source said."
SECOND = "The company had ignored two warnings, the source said. “They never cared, 100 %,” said a former foreman."
THIRD = "The blast is alleged to have been set off by lightning. Korrin Stone said it was “shocked”."
NOTHING_RUNS = Settings(selection=Selection(ignore=("ALL",)))
BECAUSE = 'reason="the desk knows"'


@pytest.fixture(autouse=True)
def plain_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("engine", "codes"):
        monkeypatch.setattr(f"attribution.rules.{module}.RULES", PLAIN_RULES)


def comment(words: str) -> str:
    return f"<!-- attribution: {words} -->"


def story(title: str = QUARRY_TITLE, lead: str = LEAD, second: str = SECOND, third: str = THIRD) -> str:
    return f"{title}\n\n{lead}\n\n{second}\n\n{third}\n"


def page(*parts: str) -> bytes:
    written = "\n".join(part if part.startswith("<") else f"<p>{part}</p>" for part in parts)
    return f"<html><body><article><h1>{QUARRY_TITLE}</h1>\n{written}\n</article></body></html>".encode()


def findings(article: Article, settings: Settings | None = None) -> tuple[Finding, ...]:
    return check(quarry_analysis(article), settings)


def open_codes(article: Article) -> list[str]:
    return [f.code for f in findings(article) if f.suppressed is None]


def accepted_codes(article: Article) -> list[str]:
    return [f.code for f in findings(article) if f.suppressed is not None]


def message(article: Article, code: str) -> str:
    (told,) = (f.message for f in findings(article) if f.code == code)
    return told


def as_text(text: str) -> Article:
    return from_text(text, path="quarry.txt")


def as_markdown(text: str) -> Article:
    return load_bytes(f"# {text}".encode(), path="quarry.md")


def test_without_comments() -> None:
    assert open_codes(as_text(story())) == ["SRC101", "SRC102", "SRC201", "SRC102", "SRC303"]
    assert accepted_codes(as_text(story())) == []


# --------------------------------------------------------------------------------------- where it holds


@pytest.mark.parametrize("read", [as_text, as_markdown])
@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (story(lead=f"{comment(f'ignore SRC101 {BECAUSE}')}\n{LEAD}"), ["SRC101"]),
        (story(lead=f"{comment(f'ignore SRC101 {BECAUSE}')}\n\n{LEAD}"), ["SRC101"]),
        (story(lead=f"{LEAD} {comment(f'ignore SRC1 {BECAUSE}')}"), ["SRC101", "SRC102"]),
        (story(lead=f"{LEAD} {comment(f'ignore SRC101, SRC102 {BECAUSE}')}"), ["SRC101", "SRC102"]),
        (story(second=f"{comment(f'ignore ALL {BECAUSE}')} {SECOND}"), ["SRC201", "SRC102"]),
        (story(second=SECOND.replace(". ", f". {comment(f'ignore SRC2 {BECAUSE}')} ")), ["SRC201"]),
        (story(title=f"{comment(f'ignore-file SRC102 {BECAUSE}')}\n{QUARRY_TITLE}"), ["SRC102", "SRC102"]),
        (story(third=f"{THIRD}\n\n{comment(f'ignore-file SRC102 {BECAUSE}')}"), ["SRC102", "SRC102"]),
        (story(second=f"{comment(f'off SRC1 {BECAUSE}')}\n{SECOND}\n\n{comment('on SRC1')}"), ["SRC102"]),
        (story(second=f"{comment(f'off SRC102 SRC3 {BECAUSE}')}\n{SECOND}"), ["SRC102", "SRC303"]),
        (
            story(lead=f"{comment(f'off SRC102,SRC2 {BECAUSE}')}\n{LEAD}", second=f"{comment('on SRC2')}\n{SECOND}"),
            ["SRC102", "SRC102"],
        ),
    ],
)
def test_a_comment_holds_for_its_paragraph_its_range_or_the_file(read: object, text: str, codes: list[str]) -> None:
    if read is as_markdown and text.startswith("<!--"):
        text = text.replace(f"\n{QUARRY_TITLE}", f"\n\n# {QUARRY_TITLE}")
        article = load_bytes(text.encode(), path="quarry.md")
    else:
        article = read(text)  # type: ignore[operator]
    assert accepted_codes(article) == codes
    needless = [f.message for f in findings(article) if f.code == "SRC003"]
    assert not needless


@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        ((comment(f"ignore SRC101 {BECAUSE}"), LEAD, SECOND, THIRD), ["SRC101"]),
        ((LEAD + comment(f"ignore SRC1 {BECAUSE}"), SECOND, THIRD), ["SRC101", "SRC102"]),
        ((f"<p><b>{LEAD}</b> {comment(f'ignore SRC1 {BECAUSE}')}</p>", SECOND, THIRD), ["SRC101", "SRC102"]),
        ((LEAD, comment(f"ignore SRC102 {BECAUSE}"), f"<div><p>{SECOND}</p></div>", THIRD), ["SRC102"]),
        ((LEAD, SECOND, comment(f"off SRC3 {BECAUSE}"), THIRD, comment("on SRC3")), ["SRC303"]),
        ((comment(f"off SRC1 {BECAUSE}"), LEAD, comment("on SRC1"), SECOND, THIRD), ["SRC101", "SRC102"]),
        ((LEAD, SECOND, THIRD, comment(f"ignore-file SRC2 {BECAUSE}")), ["SRC201"]),
    ],
)
def test_a_pages_comment_goes_with_its_paragraph(parts: tuple[str, ...], codes: list[str]) -> None:
    article = load_bytes(page(*parts), path="quarry.html")
    assert accepted_codes(article) == codes
    assert "attribution" not in article.text
    plain = load_bytes(page(*(p for p in parts if not p.startswith("<!--"))), path="quarry.html")
    assert (article.text, article.blocks) == (plain.text, plain.blocks)


def test_a_comment_before_the_page_holds_for_the_file() -> None:
    data = comment(f"ignore-file SRC101 {BECAUSE}").encode() + b"<!DOCTYPE html>" + page(LEAD, SECOND, THIRD)
    assert accepted_codes(load_bytes(data, path="-")) == ["SRC101"]


def test_a_pages_comment_at_nothing_of_the_article_is_not_obeyed() -> None:
    nowhere = f"<footer>{comment(f'ignore SRC101 {BECAUSE}')}<p>Contact us by post or telephone.</p></footer>"
    assert "nothing that is part of the article" in message(
        load_bytes(page(LEAD, SECOND, THIRD) + nowhere.encode(), path="a.html"), "SRC003"
    )


# ----------------------------------------------------------------------------------------- never prose


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_comment_is_no_prose_and_moves_no_offset(end: str) -> None:
    text = story(lead=f"{comment(f'ignore SRC101 {BECAUSE}')}\n{LEAD}").replace("\n", end)
    article = from_text(text)
    assert article.text == text
    assert article.reading is not None
    assert len(article.reading) == len(text)
    assert "attribution" not in article.reading
    assert [text[slice(*b.span)] for b in article.blocks][-3:] == [LEAD.partition(" — ")[2], SECOND, THIRD]
    assert [text[slice(*f.span)] for f in findings(article) if f.code == "SRC101"] == ["a source"]


def test_a_comment_on_a_line_of_its_own_parts_no_paragraph() -> None:
    lines = [
        "The harbour authority of Port Sabine said on Tuesday that it would",
        "rebuild the eastern mole, which was damaged by last winter's storms,",
        "before the end of the year, and that the work would cost 40 million,",
        "which the city council called “a great deal of money for a wall”.",
    ]
    with_comment = "\n".join([*lines[:2], comment("ignore SRC1 reason='x'"), *lines[2:]])
    assert len(from_text("\n".join(lines)).blocks) == len(from_text(with_comment).blocks) == 1


def test_other_comments_are_no_prose_either_and_say_nothing() -> None:
    article = as_text(story(lead=f"<!-- ask the desk: is this right? -->\n{LEAD}"))
    assert article.comments == ()
    assert "desk" not in article.prose
    assert open_codes(article) == open_codes(as_text(story()))


def test_a_fenced_example_in_markdown_is_no_comment() -> None:
    fenced = f"```\n{comment(f'ignore-file SRC101 {BECAUSE}')}\n```"
    assert accepted_codes(as_markdown(story(lead=f"{LEAD}\n\n{fenced}"))) == []


# ---------------------------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("ignore SRC101", "it gives no reason"),
        ('ignore SRC101 reason=""', "must stand in quotation marks"),
        ("ignore SRC101 reason=because", "must stand in quotation marks"),
        ('ingore SRC101 reason="x"', "“ingore”; write ignore, ignore-file, off or on"),
        ('ignore reason="x"', "it names no rule"),
        ('ignore SRC999 reason="x"', "there is no rule SRC999"),
        ('ignore no-reply reason="x"', "there is no rule no-reply; write SRC501"),
        ('ignore SRC002 reason="x"', "about the check itself"),
        ("on SRC101", "no “off SRC101” stands before it"),
        ("?", "write ignore"),
    ],
)
def test_what_cannot_be_obeyed_is_an_error_and_accepts_nothing(words: str, told: str) -> None:
    article = as_text(story(lead=f"{comment(words)}\n{LEAD}"))
    assert told in message(article, "SRC003")
    assert accepted_codes(article) == []
    (fault,) = (f for f in findings(article) if f.code == "SRC003")
    assert (fault.severity, fault.line, fault.excerpt) == ("error", 3, comment(words))


def test_a_comment_that_is_never_closed_hides_its_line_only() -> None:
    article = as_text(story(lead=f"<!-- attribution: ignore SRC101 {BECAUSE} ->\n{LEAD}"))
    assert "its end, -->, is missing" in message(article, "SRC003")
    assert open_codes(article) == ["SRC003", "SRC101", "SRC102", "SRC201", "SRC102", "SRC303"]


def test_a_comment_with_no_paragraph_after_it() -> None:
    article = as_text(story(third=f"{THIRD}\n\n{comment(f'ignore SRC303 {BECAUSE}')}"))
    assert "no paragraph follows" in message(article, "SRC003")


@pytest.mark.parametrize("reason", ['"it’s known"', "“it’s known”", "'it’s known'", '"it’s\n known"'])
def test_reasons_may_be_quoted_as_word_processors_do(reason: str) -> None:
    article = as_text(story(lead=f"{comment(f'ignore SRC101 reason={reason}')}\n{LEAD}"))
    (accepted,) = (f.suppressed for f in findings(article) if f.suppressed)
    assert (accepted.reason, accepted.by) == ("it’s known", Decider.COMMENT)


WORDS = '<!-- --> attribution: ignore off on ignore-file SRC101 SRC1 , reason="x" reason= " “ ALL <p> </p> ` Rain.'
PIECES = st.lists(st.sampled_from([*WORDS.split(), " ", "\n", "\n\n"]), max_size=14)


@given(PIECES, st.integers(min_value=0, max_value=3), st.sampled_from([as_text, as_markdown]))
def test_no_comment_however_broken_breaks_the_check(pieces: list[str], place: int, read: object) -> None:
    parts = [QUARRY_TITLE, LEAD, SECOND, THIRD]
    parts.insert(place + 1, "".join(pieces))
    article = read("\n\n".join(parts))  # type: ignore[operator]
    assert len(article.prose) == len(article.text)
    empty = analysis(article.text, article=article)
    for finding in check(empty, NOTHING_RUNS):
        assert finding.code in ("SRC002", "SRC003")
        assert finding.message.endswith(".")


@given(PIECES, st.integers(min_value=0, max_value=2))
def test_no_pages_comment_breaks_it_either(pieces: list[str], place: int) -> None:
    parts = [LEAD, SECOND, THIRD]
    parts.insert(place, comment("".join(pieces)))
    article = load_bytes(page(*parts), path="a.html")
    assert not re.search("[\U00100000-\U0010fffd]", article.text)
    check(analysis(article.text, article=article), NOTHING_RUNS)


# ---------------------------------------------------------------------------------------------- unused


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("ignore SRC303", "accepts SRC303, but nothing of the kind is found"),
        ("ignore SRC101, SRC303", "accepts SRC303,"),
        ("ignore-file SRC303 SRC1", None),
        ("ignore SRC501", None),
        ("ignore SRC5 SRC2", "accepts SRC2,"),
    ],
)
def test_what_no_finding_needs_is_told_where_its_rule_ran(words: str, told: str | None) -> None:
    article = as_text(story(lead=f"{comment(f'{words} {BECAUSE}')}\n{LEAD}"))
    unused = [f.message for f in findings(article) if f.code == "SRC002"]
    assert len(unused) == (told is not None)
    assert all(str(told) in message for message in unused)


def test_a_rule_left_out_leaves_its_suppressions_alone() -> None:
    article = as_text(story(lead=f"{comment(f'ignore SRC101 {BECAUSE}')}\n{LEAD}"))
    left_out = Settings(selection=Selection(ignore=("SRC101",)))
    assert [f.code for f in findings(article, left_out)] == ["SRC102", "SRC201", "SRC102", "SRC303"]


def test_findings_about_the_check_are_ignored_by_their_whole_codes_and_weighed_as_set() -> None:
    article = as_text(story(lead=f"{comment('ignore SRC101')}\n{LEAD}"))
    for ignored in ("SRC0", "SRC", "ALL"):
        assert "SRC003" in [f.code for f in findings(article, Settings(selection=Selection(ignore=(ignored,))))]
    assert "SRC003" not in [f.code for f in findings(article, Settings(selection=Selection(ignore=("SRC003",))))]
    lighter = Settings(severities={"SRC003": Severity.INFO})
    assert [f.severity for f in findings(article, lighter) if f.code == "SRC003"] == ["info"]


# ------------------------------------------------------------------------------------------ fingerprints


def test_fingerprints_outlive_moved_lines_and_comments() -> None:
    moved = story(lead=f"{SECOND.partition('.')[0]}, it is feared.\n\n{LEAD}").replace("ignored two", "ignored  two", 1)
    here = {f.code: f.fingerprint for f in findings(as_text(story()))}
    there = {f.code: f.fingerprint for f in findings(as_text("\n\n" + moved)) if f.code != "SRC201"}
    assert {code: here[code] for code in there} == there


# -------------------------------------------------------------------------------------- file of decisions


def decided(tmp_path: Path, decisions: str, text: str = QUARRY_TEXT) -> Article:
    (tmp_path / "quarry.txt").write_text(text, encoding="utf-8")
    (tmp_path / "quarry.attribution.toml").write_text(decisions, encoding="utf-8")
    return load(tmp_path / "quarry.txt")


@pytest.mark.parametrize(
    ("entry", "codes"),
    [
        ('codes = ["SRC102"]', ["SRC102", "SRC102"]),
        ('codes = ["SRC102"]\ntext = "a blast at the Korrin quarry"', ["SRC102"]),
        ('codes = ["SRC1"]\ntext = "\\"They  never cared, 100 %,\\""', ["SRC102"]),
        ('codes = ["SRC1", "SRC303"]\ntext = "The blast is alleged"', ["SRC303"]),
    ],
)
def test_a_file_of_decisions_accepts(tmp_path: Path, entry: str, codes: list[str]) -> None:
    article = decided(tmp_path, f'[[ignore]]\nreason = "seen by the desk"\n{entry}\n')
    assert accepted_codes(article) == codes
    assert {f.suppressed.by for f in findings(article) if f.suppressed} == {Decider.SIDECAR}


@pytest.mark.parametrize(
    ("entry", "code", "told"),
    [
        ('codes = ["SRC102"]', "SRC003", "ignore 1 is not obeyed: it gives no reason"),
        ('codes = ["SRC999"]\nreason = "x"', "SRC003", "there is no rule SRC999"),
        ('codes = "SRC102"\nreason = "x"', "SRC003", "ignore 1: codes is a list"),
        ('codes = ["SRC102"]\nreason = 3', "SRC003", "ignore 1: reason is words"),
        ('codes = ["SRC102"]\nreasons = "x"', "SRC003", "there is no key 'reasons'"),
        ('codes = ["SRC102"]\nreason = "x"\ntext = "the mayor"', "SRC002", "its words are no longer in the text"),
        ('codes = ["SRC303"]\nreason = "x"\ntext = "Two people"', "SRC002", "accepts SRC303, but nothing"),
    ],
)
def test_entries_that_do_not_hold_are_told(tmp_path: Path, entry: str, code: str, told: str) -> None:
    article = decided(tmp_path, f"[[ignore]]\n{entry}\n")
    assert told in message(article, code)
    assert "quarry.attribution.toml, ignore 1" in message(article, code)
    assert accepted_codes(article) == []


# -------------------------------------------------------------------------------------- the whole program

STORY = (FIXTURES / "stories" / "garrison-arrests.txt").read_text(encoding="utf-8")
SEEN = comment('ignore SRC102 reason="the desk knows who it is"')


def found(analysis: Analysis) -> object:
    """What is found, in words, wherever it stands."""
    prose = analysis.article.prose
    said = [tuple(words_of(spans, prose) for spans in (a.source, a.cue, a.content)) for a in analysis.attributions]
    sources = [(s.name, s.type, s.level, s.count) for s in analysis.sources]
    return said, sources, [(c.text, c.sources, c.cluster) for c in analysis.claims], analysis.metrics


@pytest.mark.model
@pytest.mark.parametrize(
    "commented",
    [
        "\n\n".join(f"{SEEN}\n{paragraph}" for paragraph in STORY.split("\n\n")),
        "\n\n".join(f"{paragraph} {SEEN}" for paragraph in STORY.split("\n\n")),
        STORY.replace(". ", f". {SEEN} "),
        STORY.replace(", ", f", {SEEN} "),
    ],
    ids=["before paragraphs", "after paragraphs", "between sentences", "inside sentences"],
)
def test_comments_change_nothing_that_is_found(analyzer: Analyzer, commented: str) -> None:
    assert found(analyzer.analyze(commented)) == found(analyzer.analyze(STORY))
