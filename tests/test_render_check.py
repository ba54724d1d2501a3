"""Formats of the editorial check, on a story whose findings are known.

Golden outputs live in fixtures/golden.  After a wanted change: UPDATE_GOLDEN=1 python -m pytest
tests/test_render_check.py, then read the difference.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import FIXTURES

from attribution.records import (
    Analysis,
    ArticleError,
    Corrected,
    Correction,
    CorrectionKind,
    Decider,
    Severity,
    Suppression,
)
from attribution.render import CHECK_RENDERERS, RENDERERS, Settings
from attribution.render.annotations import github_report, line_report
from attribution.render.cards import sheet_of
from attribution.render.findings import check_text
from attribution.render.fit import width
from attribution.render.sarif import sarif_report
from attribution.render.terminal import Page, text_report
from attribution.rules import RULES, Selection, run_rules
from attribution.rules import Settings as RuleSettings
from build import analysis, report
from check_build import RULES as PLAIN_RULES
from check_build import quarry_story

ALL = RuleSettings(selection=Selection(extend=("ALL",)))
BASIS = "profile npr, genre news"


@pytest.fixture(autouse=True)
def plain_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attribution.rules.engine.RULES", PLAIN_RULES)
    monkeypatch.setattr("attribution.render.withheld.RULES", PLAIN_RULES)


def checked(path: str | None = "quarry.txt", **fields: Any) -> Analysis:
    story = quarry_story(path=path)
    return replace(story, findings=run_rules(story, ALL), **fields)


def accepted(story: Analysis, code: str, reason: str, by: Decider = Decider.COMMENT) -> Analysis:
    findings = (replace(f, suppressed=Suppression(reason, by)) if f.code == code else f for f in story.findings)
    return replace(story, findings=tuple(findings))


def with_one_accepted() -> Analysis:
    return accepted(checked(), "SRC303", "The fire service says so, see paragraph 9")


def sarif(*items: Analysis | ArticleError, **options: Any) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(sarif_report(report(*items, basis=BASIS), rules=PLAIN_RULES, **options))
    return log


# --------------------------------------------------------------------------------------------- golden


@pytest.mark.parametrize(
    ("name", "format_", "settings"),
    [
        ("check-60.txt", "text", Settings(Page(60))),
        ("check-80.txt", "text", Settings(Page(80))),
        ("check-140.txt", "text", Settings(Page(140))),
        ("check-statistics.txt", "text", Settings(Page(80), statistics=True)),
        ("check.lines", "line", Settings()),
        ("check-no-text.lines", "line", Settings(with_text=False)),
        ("check.json", "json", Settings()),
        ("check.github", "github", Settings()),
        ("check-no-text.github", "github", Settings(with_text=False)),
    ],
)
def test_golden(name: str, format_: str, settings: Settings) -> None:
    equals_golden(name, CHECK_RENDERERS[format_](report(with_one_accepted(), basis=BASIS), settings))


@pytest.mark.parametrize(("name", "with_text"), [("check.sarif", True), ("check-no-text.sarif", False)])
def test_golden_sarif(name: str, with_text: bool) -> None:
    items = (with_one_accepted(), ArticleError("gone.txt", "load", "there is no such file"))
    log = sarif_report(report(*items, basis=BASIS), with_text=with_text, rules=PLAIN_RULES)
    equals_golden(name, log)


def equals_golden(name: str, rendered: str) -> None:
    expected = FIXTURES / "golden" / name
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_bytes(rendered.encode())
    assert rendered == expected.read_bytes().decode()


# ----------------------------------------------------------------------------------------------- text


def test_a_card_for_each_source_and_claim_the_gravest_first() -> None:
    sheet = sheet_of(checked())
    assert [[f.code for f in card.findings] for card in sheet.sources] == [["SRC101", "SRC102"], ["SRC102"], ["SRC303"]]
    assert [[f.code for f in card.findings] for card in sheet.claims] == [["SRC201"]]
    assert sheet.story is not None
    assert [f.code for f in sheet.story.findings] == ["SRC501"]


@pytest.mark.parametrize("columns", [48, 60, 72, 80, 120, 160])
def test_no_line_is_wider_than_the_page(columns: int) -> None:
    page = check_text(report(with_one_accepted(), basis=BASIS), Page(columns))
    assert max(width(line) for line in page.splitlines()) <= columns


def test_standards_that_have_no_room_beside_a_finding_stand_below_it() -> None:
    found = checked()
    first = replace(found.findings[0], name="anonymous-lead-or-blind-quote", line=1234, column=567)
    page = check_text(report(replace(found, findings=(first,))), Page(48)).splitlines()
    head = next(at for at, line in enumerate(page) if "1234:567" in line)
    assert page[head].endswith("anonymous-lead-or-blind-quote")
    assert page[head + 1] == "    BBC; medium confidence"


def test_what_is_accepted_is_listed_with_its_reason_and_counts_for_nothing() -> None:
    page = check_text(report(with_one_accepted()), Page(100))
    assert "SRC303 agentless-attribution: The fire service says so, see paragraph 9" in page
    assert page.endswith("1 error, 3 warnings, 1 info in 1 article; 1 accepted.\n")


def test_a_baseline_is_counted_not_listed() -> None:
    page = check_text(report(accepted(checked(), "SRC102", "known", Decider.BASELINE)), Page(100))
    assert "2 in the baseline" in page
    assert "known" not in page


def test_corrections_are_listed_in_every_report_unless_they_changed_nothing() -> None:
    told = (
        Corrected(Correction("same-source 1", CorrectionKind.SAME_SOURCE, ("a source", "the source"), reason="seen")),
        Corrected(
            Correction("different-sources 1", CorrectionKind.DIFFERENT_SOURCES, ("a source", "a former foreman"))
        ),
        Corrected(Correction("grade 1", CorrectionKind.GRADE, ("Korrin Stone",), type="biz", level="A1")),
        Corrected(Correction("no-attribution 1", CorrectionKind.NO_ATTRIBUTION, ("is alleged to",))),
        Corrected(Correction("grade 2", CorrectionKind.GRADE, ("the mayor",), type="gov"), stale="gone"),
    )
    story = checked(corrections=told)
    for rendered in (
        check_text(report(story), Page(120)),
        text_report(report(story), Page(120)),
        CHECK_RENDERERS["html"](report(story), Settings()),
        RENDERERS["markdown"](report(story), Settings()),
    ):
        rendered = " ".join(rendered.split())
        assert "“a source” and “the source” are one source (seen)" in rendered
        assert "“a former foreman” is not “a source”" in rendered
        assert "“Korrin Stone” is business, A1 named body" in rendered
        assert "nothing is attributed at “is alleged to”" in rendered
        assert "the mayor" not in rendered
    (article,) = json.loads(CHECK_RENDERERS["json"](report(story), Settings()))["articles"]
    assert [c["stale"] for c in article["corrections"]] == [None, None, None, None, "gone"]
    assert article["corrections"][2]["level"] == "A1"
    bare = CHECK_RENDERERS["json"](report(story), Settings(with_text=False))
    assert "mayor" not in bare
    assert "seen" not in bare


def test_a_question_is_asked_once_a_card() -> None:
    assert check_text(report(checked()), Page(80)).count("Ask: Does an editor know who it is?") == 2


def test_several_articles_each_say_how_many_and_clean_ones_say_nothing() -> None:
    page = check_text(report(checked("a.txt"), analysis("All was quiet."), checked("b.txt")), Page(80))
    assert page.count("1 error, 4 warnings, 1 info\n") == 2
    assert "2 errors, 8 warnings, 2 info in 2 of 3 articles." in page


def test_nothing_found() -> None:
    assert check_text(report(analysis("All was quiet.")), Page(80)) == "No findings in 1 article.\n"
    assert check_text(report(ArticleError("a.txt", "load", "gone")), Page(80)) == ""


def test_colour_never_stands_in_place_of_words() -> None:
    coloured = check_text(report(checked()), Page(80, colour=True))
    assert "\x1b[31merror  \x1b[0m" in coloured
    for code in ("0", "1", "2", "31", "32", "33", "36"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == check_text(report(checked()), Page(80))


def hostile() -> Analysis:
    story = checked("\x1b[31m,x:%\n.txt")
    loud = (replace(f, message="red \x1b[31m\r\nred\u202e 100 %, a: b", name="a,b:c") for f in story.findings)
    return replace(story, findings=tuple(loud))


@pytest.mark.parametrize("format_", list(CHECK_RENDERERS))
def test_control_characters_are_shown_not_sent(format_: str) -> None:
    rendered = CHECK_RENDERERS[format_](report(hostile()), Settings())
    assert not {"\x1b", "\r", "\u202e"} & set(rendered)


def test_a_finding_stays_one_line() -> None:
    assert len(line_report(report(hostile())).splitlines()) == len(hostile().findings)
    assert len(github_report(report(hostile())).splitlines()) == len(hostile().findings)


# ----------------------------------------------------------------------------------------------- json

FINDING = [
    "code",
    "name",
    "severity",
    "path",
    "span",
    "line",
    "column",
    "end_line",
    "end_column",
    "message",
    "excerpt",
    "question",
    "standards",
    "source_id",
    "claim_id",
    "evidence",
    "related",
    "confidence",
    "fingerprint",
    "suppressed",
]
"""Keys of a finding in schema version 1, in order."""


def test_json_findings_keep_to_the_schema() -> None:
    (article,) = json.loads(CHECK_RENDERERS["json"](report(with_one_accepted()), Settings()))["articles"]
    assert [list(finding) for finding in article["findings"]] == [FINDING] * 6
    found = {finding["code"]: finding for finding in article["findings"]}
    assert found["SRC101"]["standards"][0] == {
        "name": "AP",
        "year": 2005,
        "reference": "Shooing Anonymice? (Reason), quoting the draft policy",
    }
    assert found["SRC101"]["suppressed"] is None
    assert found["SRC303"]["suppressed"] == {"reason": "The fire service says so, see paragraph 9", "by": "comment"}
    assert found["SRC102"]["evidence"] == ["searched 4 sentences for a reason"]
    assert (found["SRC501"]["severity"], found["SRC501"]["confidence"]) == ("info", "medium")


# --------------------------------------------------------------------------------------------- github


def test_github_escapes_what_its_commands_would_read() -> None:
    first = github_report(report(hostile())).splitlines()[0]
    properties, _, message = first.removeprefix("::").partition("::")
    assert "file=␛[31m%2Cx%3A%25 .txt," in properties
    assert properties.endswith("title=SRC501 a%2Cb%3Ac")
    assert message == "red ␛[31m red\\u202e 100 %25, a: b"


def test_github_paths_are_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "file=drafts/a.txt," in github_report(report(checked(str(tmp_path / "drafts" / "a.txt"))))
    assert "file=/elsewhere/a.txt," in github_report(report(checked("/elsewhere/a.txt")))


def test_github_levels() -> None:
    commands = [line.split()[0] for line in github_report(report(checked())).splitlines()]
    assert commands == ["::notice", "::error", "::warning", "::warning", "::warning", "::warning"]


def test_a_web_pages_findings_stand_on_the_file() -> None:
    page = checked("page.html")
    page = replace(page, article=replace(page.article, extracted=True))
    assert "line=" not in github_report(report(page))
    assert all("region" not in r["locations"][0]["physicalLocation"] for r in sarif(page)["runs"][0]["results"])


# ---------------------------------------------------------------------------------------------- sarif


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads((FIXTURES / "sarif" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("with_text", [True, False])
def test_sarif_is_what_the_standard_says(schema: Any, with_text: bool) -> None:
    items = (with_one_accepted(), hostile(), ArticleError(None, "load", "it is empty"), analysis("Quiet.", findings=()))
    log = sarif(*items, with_text=with_text)
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")


def test_sarif_without_articles_is_valid_too(schema: Any) -> None:
    jsonschema.Draft4Validator(schema).validate(sarif())


def test_sarif_declares_every_rule(schema: Any) -> None:
    log = json.loads(sarif_report(report(analysis())))
    jsonschema.Draft4Validator(schema).validate(log)
    declared = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in declared][: len(RULES)] == [rule.code for rule in RULES]
    for rule in declared:
        assert rule["shortDescription"]["text"].endswith(".")
        assert rule["help"]["text"]


def test_sarif_results_point_at_their_rule_and_at_the_exact_words() -> None:
    (run,) = sarif(with_one_accepted())["runs"]
    text = with_one_accepted().article.text
    assert run["columnKind"] == "unicodeCodePoints"
    for result, finding in zip(run["results"], with_one_accepted().findings, strict=True):
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        region = result["locations"][0]["physicalLocation"]["region"]
        begin = region["charOffset"]
        assert text[begin : begin + region["charLength"]] == region["snippet"]["text"] == finding.excerpt
        assert (region["startLine"], region["startColumn"]) == (finding.line, finding.column)
        assert (region["endLine"], region["endColumn"]) == (finding.end_line, finding.end_column)
        assert result["partialFingerprints"] == {"attribution/v1": finding.fingerprint}


def test_sarif_keeps_what_is_accepted_with_its_reason() -> None:
    results = sarif(with_one_accepted())["runs"][0]["results"]
    found = {result["ruleId"]: result["suppressions"] for result in results}
    reason = "The fire service says so, see paragraph 9"
    assert found["SRC303"] == [{"kind": "inSource", "status": "accepted", "justification": reason}]
    assert found["SRC101"] == []
    (external,) = (
        result["suppressions"]
        for result in sarif(accepted(checked(), "SRC303", "known", Decider.BASELINE))["runs"][0]["results"]
        if result["suppressions"]
    )
    assert external[0]["kind"] == "external"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("drafts/a b.txt", "drafts/a%20b.txt"),
        ("/news/drafts/a.txt", "drafts/a.txt"),
        ("/elsewhere/a.txt", "file:///elsewhere/a.txt"),
        ("./drafts/é.txt", "drafts/%C3%A9.txt"),
        ("drafts/../a.txt", "a.txt"),
        ("../elsewhere/a.txt", "file:///elsewhere/a.txt"),
        ("-", "standard-input"),
        (None, "text"),
    ],
)
def test_sarif_paths_are_relative(path: str | None, uri: str) -> None:
    (run,) = sarif(checked(path), root=Path("/news"))["runs"]
    assert run["artifacts"][0]["location"]["uri"] == uri
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri, "index": 0}


def test_sarif_tells_what_could_not_be_read() -> None:
    (run,) = sarif(checked(), ArticleError("gone.txt", "load", "there is no such file"))["runs"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "gone.txt" in invocation["toolExecutionNotifications"][0]["message"]["text"]


# ----------------------------------------------------------------------------------- without the text


@pytest.mark.parametrize("format_", ["line", "json", "sarif", "github"])
def test_no_word_of_the_article_without_its_text(format_: str) -> None:
    asked = replace(checked().findings[0], question="Did the foreman see the lightning?", severity=Severity.ERROR)
    story = replace(with_one_accepted(), findings=(asked, *with_one_accepted().findings[1:]))
    rendered = CHECK_RENDERERS[format_](report(story), Settings(with_text=False))
    for word in ("Korrin", "quarry on", "foreman", "lightning", "two warnings", "fire service", "4 sentences"):
        assert word not in rendered, word
    assert "SRC101" in rendered
    assert checked().findings[1].fingerprint in rendered or format_ in {"line", "github"}
