"""The gate: floors that hold, what breaks them, how they are pinned; and the gate itself on the gold that ships."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import FIXTURES
from gold_build import STORY, by_heart, write_gold
from hypothesis import given
from hypothesis import strategies as st

from attribution.cli import main
from attribution.errors import GoldError
from attribution.evaluate.gate import (
    FLOORS,
    PINNED,
    SLACK,
    Figure,
    Floors,
    broken,
    gold_digest,
    lowered,
    pin,
    pinned_figures,
    read_floors,
    write_floors,
)
from attribution.evaluate.gold import measure_stories, read_stories, summarise_stories
from attribution.evaluate.grants import measure_grants, read_grants
from attribution.evaluate.score import Count, Scores
from attribution.evaluate.source_score import MEASURES

GOLD = FIXTURES / "gold"
N = 1000
AT_80 = Floors("digest", {"found.level": 0.8})


def level(value: float, n: int = N) -> dict[str, Figure]:
    return {"found.level": Figure(value, n)}


# -------------------------------------------------------------------------------------------- mechanism


@pytest.mark.parametrize("value", [0.8, 0.9, 1.0, 0.8 - SLACK / N + 1e-9])
def test_what_passes(value: float) -> None:
    assert broken(AT_80, "digest", level(value)) == []


@pytest.mark.parametrize("value", [0.8 - SLACK / N - 1e-6, 0.5, 0.0])
def test_what_falls_below(value: float) -> None:
    (problem,) = broken(AT_80, "digest", level(value))
    assert problem.startswith("found.level is ")
    assert "below its floor of 80.00" in problem


def test_the_slack_is_counted_in_items() -> None:
    assert Figure(0.5, 300).slack == 3 * Figure(0.5, 900).slack == SLACK / 300


def test_gold_that_changed() -> None:
    (problem,) = broken(AT_80, "another digest", level(0.9))
    assert "the gold has changed" in problem


def test_a_measure_that_went_missing_or_was_never_pinned() -> None:
    gone, new = broken(AT_80, "digest", {"found.type": Figure(1.0, N)})
    assert "found.level has a floor of 80.00, but is not measured any more" in gone
    assert "found.type has no floor" in new


def test_floors_rise() -> None:
    assert pin(AT_80, "new", level(0.85123456)) == Floors("new", {"found.level": 0.8512})


def test_a_figure_within_the_slack_does_not_erode_its_floor() -> None:
    assert pin(AT_80, "new", level(0.799)).figures == {"found.level": 0.8}


@pytest.mark.parametrize("figures", [level(0.7), {"found.type": Figure(1.0, N)}], ids=["lower", "gone"])
def test_floors_are_not_lowered_silently(figures: dict[str, Figure]) -> None:
    with pytest.raises(GoldError, match="--allow-regression"):
        pin(AT_80, "digest", figures)
    assert lowered(AT_80, figures)
    allowed = pin(AT_80, "digest", figures, allow_regression=True)
    assert allowed.figures == {name: figure.value for name, figure in figures.items()}


def test_the_first_floors() -> None:
    assert pin(None, "digest", level(0.4)) == Floors("digest", {"found.level": 0.4})


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 5000), st.booleans())
def test_what_was_just_pinned_passes(old: float, new: float, n: int, allow: bool) -> None:
    before = Floors("digest", {"found.level": round(old, 4)})
    try:
        after = pin(before, "digest", level(new, n), allow_regression=allow)
    except GoldError:
        assert not allow
        assert new < old
    else:
        assert broken(after, "digest", level(new, n)) == []
        assert allow or after.figures["found.level"] >= before.figures["found.level"]


def test_only_what_has_gold_is_pinned() -> None:
    counts = {name: Count(1, 2, 1, 2) for name in MEASURES} | {"unnamed": Count(0, 0, 0, 0)}
    figures = pinned_figures({"given": Scores(counts, {}, 1, 1)})
    assert set(figures) == {name for name in PINNED if name.startswith("given.")} - {"given.unnamed"}
    assert figures["given.level"] == Figure(0.5, 2)


# ----------------------------------------------------------------------------------------------- digest


def test_the_digest_is_of_names_and_words(tmp_path: Path) -> None:
    folder = write_gold(tmp_path / "gold")
    before = gold_digest(folder)
    (folder / FLOORS).write_text("{}")
    (folder / "README.md").write_text("words")
    assert gold_digest(folder) == before
    (folder / "dam.toml").write_bytes(STORY.replace("\n", "\r\n").encode())
    assert gold_digest(folder) == before, "line ends do not matter"
    (folder / "dam.toml").rename(folder / "weir.toml")
    assert gold_digest(folder) != before


@pytest.mark.parametrize("name", ["dam.toml", "grants.toml"])
def test_any_change_of_the_gold_changes_its_digest(tmp_path: Path, name: str) -> None:
    folder = write_gold(tmp_path)
    before = gold_digest(folder)
    path = folder / name
    path.write_text(path.read_text().replace("none", "specific", 1))
    assert gold_digest(folder) != before


# ------------------------------------------------------------------------------------------------- file


def test_floors_survive_the_disk(tmp_path: Path) -> None:
    write_floors(tmp_path / FLOORS, AT_80)
    assert read_floors(tmp_path / FLOORS) == AT_80
    assert read_floors(tmp_path / "nothing.json") is None


@pytest.mark.parametrize("text", ["{", "[]", '{"gold": "x"}', '{"gold": "x", "floors": {"a": "high"}}'])
def test_a_file_that_holds_no_floors(tmp_path: Path, text: str) -> None:
    (tmp_path / FLOORS).write_text(text)
    with pytest.raises(GoldError, match="no floors"):
        read_floors(tmp_path / FLOORS)


# -------------------------------------------------------------------------------------------- commands


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["evaluate", "gold", *(str(a) for a in arguments), "--bootstrap", "0"])


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("attribution.pipeline.Analyzer", by_heart)
    return write_gold(tmp_path / "gold")


def raise_floors(gold: Path) -> None:
    stored = json.loads((gold / FLOORS).read_text())
    stored["floors"] = dict.fromkeys(stored["floors"], 9.0)
    (gold / FLOORS).write_text(json.dumps(stored))


def test_pin_and_pass(gold: Path) -> None:
    pinned = run(gold, "--update-floors", "--verbose")
    assert pinned.exit_code == 0, pinned.output
    assert "floors pinned" in pinned.stderr
    passed = run(gold, "--gate")
    assert (passed.exit_code, passed.stderr) == (0, "")


def test_the_gate_fails_below_a_floor(gold: Path) -> None:
    run(gold, "--update-floors")
    raise_floors(gold)
    failed = run(gold, "--gate")
    assert failed.exit_code == 1
    assert "given.entity is 100.00, below its floor of 900.00" in failed.stderr
    assert failed.stdout.startswith("Gold stories")


def test_the_gate_fails_on_gold_that_changed(gold: Path) -> None:
    run(gold, "--update-floors")
    (gold / "weir.toml").write_text(STORY)
    failed = run(gold, "--gate")
    assert failed.exit_code == 1
    assert "the gold has changed" in failed.stderr
    assert run(gold, "--update-floors").exit_code == 0
    assert run(gold, "--gate").exit_code == 0


def test_lowering_needs_a_word(gold: Path) -> None:
    run(gold, "--update-floors")
    raise_floors(gold)
    kept = (gold / FLOORS).read_text()
    refused = run(gold, "--update-floors")
    assert refused.exit_code == 2
    assert "--allow-regression" in refused.stderr
    assert (gold / FLOORS).read_text() == kept
    allowed = run(gold, "--update-floors", "--allow-regression")
    assert allowed.exit_code == 0
    assert "lowered: given.entity is 100.00" in allowed.stderr
    assert run(gold, "--gate").exit_code == 0


def test_floors_for_a_corpus_are_a_file_of_their_own(tmp_path: Path) -> None:
    for part in ("text", "attributions"):
        (tmp_path / "dev" / part).mkdir(parents=True)
    (tmp_path / "dev" / "text" / "a.txt").write_text("No rain, he said.")
    annotation = tmp_path / "dev" / "attributions" / "a_0a1b.ann"
    annotation.write_text("T1\tContent 0 7\tx\nT2\tCue 12 16\tsaid\nE1\tAttribution:T2 Cue:T2 Content:T1\n")
    found, nothing, floors = (tmp_path / name for name in ("found.jsonl", "nothing.jsonl", "floors.json"))
    found.write_text('{"id": "a", "attributions": [{"content": [[0, 7]]}]}\n')
    nothing.write_text('{"id": "a"}\n')

    def polnear(predictions: Path, *options: str | Path) -> Result:
        return CliRunner().invoke(main, ["evaluate", "polnear", *map(str, (tmp_path, "--from", predictions, *options))])

    assert polnear(found, "--update-floors").exit_code == 2  # which file?
    assert polnear(found, "--update-floors", "--floors", floors).exit_code == 0
    assert polnear(found, "--gate", "--floors", floors).exit_code == 0
    stored = read_floors(floors)
    assert stored is not None
    assert stored.figures["extraction.attribution.lenient"] == 1.0
    # One item of gold is less than the slack; a floor that is out of reach breaks.
    write_floors(floors, replace(stored, figures={**stored.figures, "extraction.attribution.lenient": 9.0}))
    failed = polnear(nothing, "--gate", "--floors", floors)
    assert failed.exit_code == 1
    assert "extraction.attribution.lenient is 0.00" in failed.stderr
    annotation.write_text(annotation.read_text().replace("0 7", "0 2"))
    assert "the gold has changed" in polnear(found, "--gate", "--floors", floors).stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--gate"],  # there are no floors yet
        ["--gate", "--update-floors"],
        ["--allow-regression"],
        ["--gate", "--limit", "1"],
        ["--update-floors", "--parser", "stanza"],
    ],
)
def test_what_cannot_be_gated(gold: Path, options: list[str]) -> None:
    result = run(gold, *options)
    assert result.exit_code == 2
    assert "rror" in result.stderr
    assert not (gold / FLOORS).exists()


# ---------------------------------------------------------------------------------------------- the gate


@pytest.mark.model
def test_no_figure_on_our_own_gold_has_fallen(analyzer: Any) -> None:
    floors = read_floors(GOLD / FLOORS)
    if floors is None:
        pytest.skip("no floors are pinned: attribution evaluate gold fixtures/gold --update-floors")
    parts = summarise_stories(measure_stories(analyzer, read_stories(GOLD)))
    on_cases = measure_grants(analyzer, read_grants(GOLD))
    measured = {**parts, **{f"grants.{setting}": scores for setting, scores in on_cases.items()}}
    figures = pinned_figures(measured)
    assert broken(floors, gold_digest(GOLD), figures) == []
    # The gate is alive: with every floor raised by more than the slack, each of them breaks.
    raised = {name: floor + 1 for name, floor in floors.figures.items()}
    assert len(broken(replace(floors, figures=raised), gold_digest(GOLD), figures)) == len(raised)
