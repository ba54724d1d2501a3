"""Our own gold: what its files may say, how they are measured, and that those that ship are sound."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import FIXTURES
from gold_build import GRANTS, STORY, TEXT, by_heart, write_gold
from hypothesis import given
from hypothesis import strategies as st

from attribution.cli import main
from attribution.errors import GoldError
from attribution.evaluate.gold import (
    DESKS,
    break_down,
    measure_stories,
    read_stories,
    read_story,
    summarise_stories,
)
from attribution.evaluate.grants import measure_grants, read_grants
from attribution.evaluate.labels import NOBODY
from attribution.evaluate.markup import read_markup
from attribution.evaluate.score import Count
from attribution.records import Kind, Level

GOLD = FIXTURES / "gold"

# ----------------------------------------------------------------------------------------------- markup


def words(marked: str) -> dict[str, dict[str, list[str]]]:
    text, found = read_markup(marked)
    return {number: {role: [text[b:e] for b, e in s] for role, s in roles.items()} for number, roles in found.items()}


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{s1:She} {c1:said} {x1:no}.", {"1": {"source": ["She"], "cue": ["said"], "content": ["no"]}}),
        ("{s:She} left", {"": {"source": ["She"]}}),
        ("{x2:“No,”} she said, {x2:“never.”}", {"2": {"content": ["“No,”", "“never.”"]}}),
        ("{x1:that {s2:he} {c2:lied}}", {"1": {"content": ["that he lied"]}, "2": {"source": ["he"], "cue": ["lied"]}}),
        ("plain words", {}),
    ],
)
def test_markup(marked: str, expected: dict[str, dict[str, list[str]]]) -> None:
    assert words(marked) == expected


@pytest.mark.parametrize(
    ("marked", "message"),
    [
        ("{s1:She", "the source of 1 is never closed"),
        ("{x:She", "the content of the attribution is never closed"),
        ("She} said", "closed that was not opened"),
        ("a {brace}", "a brace that is no markup"),
        ("{s01:She}", "a brace that is no markup"),
        ("{q1:She}", "a brace that is no markup"),
        ("{s1: }", "around no words"),
    ],
)
def test_markup_that_is_none(marked: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_markup(marked)


@given(st.text(alphabet="ab {}:s1x"))
def test_markup_never_changes_the_words(marked: str) -> None:
    try:
        text, found = read_markup(marked)
    except ValueError:
        return
    assert not set(text) & set("{}")
    assert all(0 <= s.start < s.end <= len(text) for roles in found.values() for spans in roles.values() for s in spans)


# ---------------------------------------------------------------------------------------------- reading


def test_a_story(tmp_path: Path) -> None:
    (story,) = read_stories(write_gold(tmp_path))
    article = story.article
    assert (story.desk, story.style, article.id, article.text) == ("local", "agency", "dam", TEXT)
    assert [a.id for a in article.attributions] == ["1", "2", "3"]
    labels = article.labels["3"]
    assert labels.source is not None
    assert (labels.entity, labels.kind, labels.negative, labels.source.level) == (
        "residents", Kind.SPEECH, False, Level.A4,
    )  # fmt: skip


def test_nobody_and_nobody_known(tmp_path: Path) -> None:
    story = STORY.split("[sources")[0].replace("{s1:The mayor, Ana Lopez}", "The mayor").replace("{s2:She}", "She")
    story = (
        story.replace("{s3:residents}", "residents")
        + "[sources]\n"
        + "".join(f'[attributions.{n}]\nsource = "{key}"\n' for n, key in ((1, ""), (2, "?"), (3, "")))
    )
    labels = read_stories(write_gold(tmp_path, story=story))[0].article.labels
    assert [labels[n].source for n in "123"] == [NOBODY, None, NOBODY]
    assert {labels[n].entity for n in "123"} == {None}


def broken(old: str, new: str) -> str:
    assert old in STORY
    return STORY.replace(old, new, 1)


@pytest.mark.parametrize(
    ("story", "message"),
    [
        ("desk = ", r"dam\.toml: cannot be read"),
        ("", r"dam\.toml: not a gold story: the story lacks 'attributions'"),
        (broken('"local"', '"gardening"'), "desk is 'gardening', not one of"),
        (broken('"agency"', '"loud"'), "style is 'loud'"),
        ('note = "x"\n' + STORY, "a field 'note'"),
        (broken("{c1:said}", "{c1:said"), "never closed"),
        (broken("{x3:of noise}", "of noise"), "attribution 3: it has no content"),
        (broken("[attributions.3]", "[attributions.4]"), r"\[attributions\.4\] has no markup"),
        (
            broken('[attributions.3]\nsource = "residents"', ""),
            r"3 is marked in the text but has no \[attributions\.3\]",
        ),
        (broken('source = "residents"', 'source = "neighbours"'), r"3: there is no \[sources\.neighbours\]"),
        (broken('source = "residents"', 'source = "mayor"'), r"\[sources\.residents\] is the source of no attribution"),
        (broken('source = "residents"', 'source = ""'), "its source is '', but words are marked as one"),
        (broken('source = "residents"', 'kind = "speech"'), "lacks 'source'"),
        (broken('recipient = "AFP"', "recipient = 1"), "recipient is 1"),
        (broken('recipient = "AFP"', 'channel = "interview"'), "a field 'channel'"),
        (broken('recipient = "AFP"', 'polarity = "no"'), "polarity is 'no'"),
        (broken('recipient = "AFP"', 'hypothetical = "yes"'), "hypothetical is 'yes'"),
        (broken('recipient = "AFP"', 'kind = "talk"'), "kind is 'talk'"),
        (broken('level = "A4"', 'level = "A6"'), r"\[sources\.residents\]: level is 'A6'"),
        (broken('type = "cit"', 'type = "people"'), "type is 'people'"),
        (broken('count = ">=2"', 'count = "several"'), "count is 'several'"),
        (broken('count = ">=2"\n', ""), "lacks 'count'"),
        (broken("granted = false", "granted = 0"), "granted is 0"),
        (broken('reason = "none"', 'reason = "fear"'), "reason is 'fear'"),
        (broken("text = '''", "text = ''''''\nnext = '''"), "a field 'next'"),
    ],
)
def test_a_story_that_breaks_the_rules(tmp_path: Path, story: str, message: str) -> None:
    with pytest.raises(GoldError, match=message):
        read_stories(write_gold(tmp_path, story=story))


def test_a_folder_without_stories(tmp_path: Path) -> None:
    (tmp_path / "grants.toml").write_text(GRANTS)
    with pytest.raises(GoldError, match="no gold stories here"):
        read_stories(tmp_path)


def test_a_grant(tmp_path: Path) -> None:
    (case,) = read_grants(write_gold(tmp_path))
    assert (case.id, case.granted, case.reason) == ("asked", True, "none")
    assert [case.article.text[b:e] for b, e in case.source.source] == ["A nurse"]


def test_stories_need_no_grants(tmp_path: Path) -> None:
    assert read_grants(write_gold(tmp_path, grants=None)) == []


@pytest.mark.parametrize(
    ("grants", "message"),
    [
        ("", r"grants\.toml: holds no \[\[case\]\]"),
        ("[case]\nid = 1", "holds no"),
        (GRANTS + GRANTS, "case asked stands there twice"),
        (GRANTS.replace("{s:A nurse}", "A nurse"), "case asked: not one source is marked"),
        (GRANTS.replace("said", "{c:said}"), "not one source is marked"),
        (GRANTS.replace("She", "{s2:She}"), "not one source is marked"),
        (GRANTS.replace("granted = true", 'granted = "yes"'), "granted is 'yes'"),
        (GRANTS.replace('reason = "none"', 'reason = "fear"'), "reason is 'fear'"),
        (GRANTS.replace("why", "because"), "a field 'because'"),
        (GRANTS.replace('id = "asked"\n', ""), "case 1: it lacks 'id'"),
    ],
)
def test_grants_that_break_the_rules(tmp_path: Path, grants: str, message: str) -> None:
    with pytest.raises(GoldError, match=message):
        read_grants(write_gold(tmp_path, grants=grants))


# ------------------------------------------------------------------------------------------- measuring


def test_a_story_is_measured_in_three_parts(tmp_path: Path) -> None:
    seen: list[str] = []
    results = measure_stories(by_heart(), read_stories(write_gold(tmp_path)), done=seen.append)
    parts = summarise_stories(results, bootstrap=3)
    assert seen == ["dam"]
    assert parts["extraction"].counts["attribution.lenient"].gold == 3
    assert parts["given"].counts["entity"] == Count(3, 3, 3, 3)
    found = parts["found"].counts["level"]
    assert found.gold == parts["extraction"].counts["attribution.lenient"].right_gold
    assert set(parts["given"].intervals) == set(parts["given"].counts)


def test_groups_of_stories_add_up(tmp_path: Path) -> None:
    write_gold(tmp_path)
    (tmp_path / "again.toml").write_text(broken('"local"', '"health"'))
    results = measure_stories(by_heart(), read_stories(tmp_path))
    by_desk = break_down(results, lambda story: story.desk)
    assert list(by_desk) == ["health", "local"]
    together = summarise_stories(results)["given"].counts["level"]
    assert by_desk["health"]["given"].counts["level"] + by_desk["local"]["given"].counts["level"] == together


def test_grants_are_measured_on_the_marked_source_alone(tmp_path: Path) -> None:
    scores = measure_grants(by_heart(), read_grants(write_gold(tmp_path)))
    assert scores["given"].counts == {"granted": Count(1, 1, 1, 1), "reason": Count(0, 0, 0, 0)}
    refused = GRANTS.replace("granted = true", "granted = false").replace('"none"', '"specific"')
    scores = measure_grants(by_heart(), read_grants(write_gold(tmp_path, grants=refused)))
    assert scores["found"].counts == {"granted": Count(0, 1, 0, 0), "reason": Count(0, 0, 0, 1)}


# --------------------------------------------------------------------------------------------- the gold


def test_every_story_that_ships_is_sound() -> None:
    stories = read_stories(GOLD)
    assert len({story.article.id for story in stories}) == len(stories) >= 25
    assert sum(len(story.article.attributions) for story in stories) >= 400
    assert len({story.desk for story in stories}) >= len(DESKS) / 2
    assert len({story.style for story in stories}) >= 4


def test_grants_are_given_and_not_given_often_enough_to_measure() -> None:
    cases = read_grants(GOLD)
    assert sum(case.granted for case in cases) >= 60
    assert sum(not case.granted and case.reason == "none" for case in cases) >= 60


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.toml")), ids=lambda path: path.stem)
def test_marked_words_begin_and_end_with_words(path: Path) -> None:
    if path.name == "grants.toml":
        return
    article = read_story(path).article
    for attribution in article.attributions:
        for spans in (attribution.source, attribution.cue, attribution.content):
            marked = [article.text[b:e] for b, e in spans]
            assert all(piece == piece.strip() for piece in marked), f"{path.stem}, {attribution.id}: {marked}"


# --------------------------------------------------------------------------------------------- commands


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def parser_by_heart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attribution.pipeline.Analyzer", by_heart)


@pytest.mark.usefixtures("parser_by_heart")
def test_evaluate_gold(tmp_path: Path) -> None:
    folder, out = write_gold(tmp_path / "gold"), tmp_path / "found.jsonl"
    result = run("evaluate", "gold", folder, "--predictions", out, "--bootstrap", "5")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Gold stories, 1 articles, 3 attributions: attribution (lenient) F1 ")
    for heading in ("Sources of the gold stories", "Anonymity granted and reasons, 1 cases", "By desk", "By style"):
        assert heading in result.stdout
    figures = json.loads(run("evaluate", "gold", folder, "--json", "--against", out).stdout)
    assert figures["given"]["entity"]["f1"] == 1.0
    assert figures["grants"]["found"]["granted"]["f1"] == 1.0
    assert figures["desks"]["local"]["extraction"]["attribution.lenient"]["n_gold"] == 3
    assert (figures["_changes"]["gained"], figures["_changes"]["lost"]) == ([], [])


@pytest.mark.usefixtures("parser_by_heart")
def test_gold_without_grants(tmp_path: Path) -> None:
    folder = write_gold(tmp_path, grants=None)
    assert "Anonymity granted" not in run("evaluate", "gold", folder).stdout
    assert json.loads(run("evaluate", "gold", folder, "--json").stdout)["grants"] == {}


def test_malformed_gold_names_its_file(tmp_path: Path) -> None:
    result = run("evaluate", "gold", write_gold(tmp_path, story="desk = 1"))
    assert result.exit_code == 2
    assert "dam.toml: not a gold story" in result.stderr
    assert result.stdout == ""
