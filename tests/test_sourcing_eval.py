"""Scoring of sources: which entity, how graded; labels read from disk; confidence; what changed between two runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from gold_build import TEXT, ParserByHeart, by_heart
from hypothesis import given
from hypothesis import strategies as st

from attribution.cli import main
from attribution.errors import GoldError
from attribution.evaluate.assignment import best_assignment
from attribution.evaluate.calibration import attribution_reliability, reliability
from attribution.evaluate.changes import changes
from attribution.evaluate.given import given_attributions
from attribution.evaluate.labels import NOBODY, Labels, SourceLabels
from attribution.evaluate.polnear import GoldArticle, GoldAttribution
from attribution.evaluate.score import Count
from attribution.evaluate.source_score import MEASURES, Judged, count_sources, right_entities
from attribution.evaluate.sourcing import judge, measure, read_sourcing, source_reliability, summarise
from attribution.load import from_text
from attribution.records import Attribution, Kind, Level, Quote, Source, SourceType, Span
from build import attribution as build_attribution
from build import source as build_source

# ------------------------------------------------------------------------------------------- assignment

weights = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 9), min_size=width, max_size=width), max_size=5)
)


@given(weights)
def test_no_assignment_is_better(table: list[list[int]]) -> None:
    pairs = best_assignment(table)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    wide = table if not table or len(table) <= len(table[0]) else [list(c) for c in zip(*table, strict=True)]
    columns = range(len(wide[0])) if wide else ()
    best = max(sum(wide[r][c] for r, c in enumerate(order)) for order in permutations(columns, len(wide)))
    assert sum(table[row][column] for row, column in pairs) == best


def test_what_shares_nothing_is_not_assigned() -> None:
    assert best_assignment([[0, 3], [0, 0]]) == [(0, 1)]


# --------------------------------------------------------------------------------------------- entities


def judged(gold: Sequence[str | None], found: Sequence[str | None]) -> list[Judged]:
    """Attributions with their gold entities and the ids of their predicted sources ("0…" names nobody)."""
    rows = []
    for number, (entity, predicted) in enumerate(zip(gold, found, strict=True)):
        labels = Labels(entity, NOBODY if entity is None else graded(), None, Kind.SPEECH, hypothetical=False)
        source = None if predicted is None else a_source(predicted, count="0" if predicted.startswith("0") else "1")
        rows.append(Judged(f"E{number}", labels, an_attribution(), source))
    return rows


def graded(**fields: Any) -> SourceLabels:
    return replace(SourceLabels(SourceType.GOVERNMENT, Level.A3, False, "none", False, "1"), **fields)


def a_source(identifier: str = "s1", **fields: Any) -> Source:
    made = build_source("a minister", 1, "a minister", SourceType.GOVERNMENT, Level.A3)
    return replace(made, id=identifier, **fields)


def an_attribution(**fields: Any) -> Attribution:
    return build_attribution("a minister said no", 1, "a minister", "said", "no", **fields)


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        (["x", "x", "y"], ["1", "1", "2"], [1, 1, 1]),
        (["x", "x", "y"], ["2", "2", "1"], [1, 1, 1]),  # names do not matter
        (["x", "x", "y"], ["1", "1", "1"], [1, 1, 0]),  # one predicted source for two
        (["x", "x", "x"], ["1", "1", "2"], [1, 1, 0]),  # a mention missed
        (["x", "y"], ["1", "1"], [1, 0]),  # a tie is settled for one of them, not for both
        (["x", "x", "y", "y", "y"], ["1", "2", "2", "2", "1"], [1, 0, 1, 1, 0]),
        (["x", None], ["1", "02"], [1, 1]),  # nobody, and nobody was found
        ([None, None], ["01", None], [1, 1]),
        (["x"], ["01"], [0]),  # somebody, but nobody was found
        (["x"], [None], [0]),
        ([None], ["1"], [0]),
    ],
)
def test_the_right_entity(gold: list[str | None], found: list[str | None], right: list[int]) -> None:
    rows = judged(gold, found)
    assert right_entities(rows) == [bool(r) for r in right]
    assert count_sources(rows)["entity"].right_gold == sum(right)


@pytest.mark.parametrize(
    ("gold", "found", "links"),
    [
        (["x", "x", "x"], ["1", "1", "1"], (3, 3, 3)),
        (["x", "x", "x"], ["1", "1", "2"], (1, 1, 3)),
        (["x", "x", "y"], ["1", "1", "1"], (1, 3, 1)),
        ([None, None], ["01", "01"], (0, 0, 0)),  # two that name nobody are not one source
        (["x", "x"], [None, None], (0, 0, 1)),
    ],
)
def test_links(gold: list[str | None], found: list[str | None], links: tuple[int, int, int]) -> None:
    counted = count_sources(judged(gold, found))["entity.links"]
    assert (counted.right_gold, counted.predicted, counted.gold) == links


# ----------------------------------------------------------------------------------------------- grades


def grade(gold: dict[str, Any], found: dict[str, Any] | None, **labels: Any) -> dict[str, Count]:
    """All measures of one attribution, from what differs in gold and prediction."""
    said = labels.pop("attribution", {})
    made = replace(Labels("x", graded(**gold), None, Kind.SPEECH, hypothetical=False), **labels)
    return count_sources([Judged("E1", made, an_attribution(**said), None if found is None else a_source(**found))])


@pytest.mark.parametrize(
    ("measure", "gold", "source", "right"),
    [
        ("level", {}, {}, 1),
        ("level", {"level": Level.A4}, {}, 0),
        ("level.step", {"level": Level.A4}, {}, 1),
        ("level.step", {"level": Level.A5}, {}, 0),
        ("level", {"level": Level.A5}, None, 1),  # no source: nobody stands behind it
        ("type", {}, {}, 1),
        ("type", {"type": SourceType.SECURITY}, {"types": (SourceType.GOVERNMENT, SourceType.SECURITY)}, 0),
        ("collective", {"collective": True}, {}, 0),
        ("count", {"count": ">=2"}, {"count": "2"}, 0),
        ("count", {"count": "?"}, {"count": "?"}, 1),
    ],
)
def test_shares(measure: str, gold: dict[str, Any], source: dict[str, Any] | None, right: int) -> None:
    assert grade(gold, source)[measure] == Count(right, 1, right, 1)


@pytest.mark.parametrize(
    ("measure", "gold", "source", "counts"),
    [
        ("unnamed", {}, {}, (1, 1, 1)),
        ("unnamed", {"level": Level.A1}, {}, (0, 1, 0)),
        ("unnamed", {"level": Level.A2}, {"level": Level.A0}, (0, 0, 1)),
        ("unnamed", {"level": Level.A0}, {"level": Level.A1}, (0, 0, 0)),
        ("unnamed", {}, None, (1, 1, 1)),
        ("granted", {"granted": True}, {"granted": True}, (1, 1, 1)),
        ("granted", {}, {"granted": True}, (0, 1, 0)),
        ("reason", {"reason": "specific"}, {"reason": "specific"}, (1, 1, 1)),
        ("reason", {"reason": "specific"}, {"reason": "boilerplate"}, (0, 1, 1)),
        ("reason", {}, {}, (0, 0, 0)),
    ],
)
def test_detections(
    measure: str, gold: dict[str, Any], source: dict[str, Any] | None, counts: tuple[int, int, int]
) -> None:
    counted = grade(gold, source)[measure]
    assert (counted.right_gold, counted.predicted, counted.gold) == counts


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ("The New York Times", "the Times", 1),
        ('CBS\' "60 Minutes"', "CBS", 1),
        ("the AP", "the Post", 0),
        ("AFP", None, 0),
    ],
)
def test_recipients_share_a_word(gold: str, found: str | None, right: int) -> None:
    counted = grade({}, {}, recipient=gold, attribution={"recipient": found})["recipient"]
    assert (counted.right_gold, counted.predicted, counted.gold) == (right, int(found is not None), 1)


def test_what_is_not_annotated_is_not_judged() -> None:
    without_speaker = grade({}, None, entity=None, source=None)
    assert without_speaker["entity"] == Count(1, 1, 1, 1)
    assert without_speaker["level"] == without_speaker["type"] == without_speaker["unnamed"] == Count(0, 0, 0, 0)
    assert grade({}, {})["negative"] == Count(0, 0, 0, 0)
    assert grade({}, {}, negative=True, attribution={"polarity": "negative"})["negative"] == Count(1, 1, 1, 1)


sides = st.lists(st.sampled_from(["x", "y", "z", None]), max_size=7)


@given(sides)
def test_gold_against_itself_is_all_right(entities: list[str | None]) -> None:
    assert all(right_entities(judged(entities, entities)))


@given(st.lists(st.tuples(st.sampled_from(["x", "y", None]), st.sampled_from(["1", "2", "01", None])), max_size=7))
def test_never_more_right_than_there_are(pairs: list[tuple[str | None, str | None]]) -> None:
    counted = count_sources(judged([g for g, _ in pairs], [f for _, f in pairs]))
    assert tuple(counted) == MEASURES
    assert all(0 <= c.right_gold <= min(c.gold, c.predicted) for c in counted.values())


# ------------------------------------------------------------------------------------------- given spans


def spans_of(*pieces: str) -> tuple[Span, ...]:
    return tuple(Span(TEXT.index(p), TEXT.index(p) + len(p)) for p in pieces)


def test_given_spans_get_what_the_program_sees_in_their_words() -> None:
    article = from_text(TEXT)
    parse = ParserByHeart().parse(article)
    later = GoldAttribution(spans_of("She"), spans_of("told"), spans_of("that residents had complained"), id="E9")
    first = GoldAttribution(spans_of("The mayor"), spans_of("said"), spans_of("the dam was safe"), id="E12")
    made = given_attributions(article, parse, [later, first])
    assert [a.id for a in made] == ["E12", "E9"]
    assert [(a.source, a.cue, a.content) for a in made] == [(g.source, g.cue, g.content) for g in (first, later)]
    assert [a.recipient for a in made] == [None, "AFP"]
    assert all(a.quote is Quote.INDIRECT and a.kind is Kind.SPEECH and a.source_id is None for a in made)


def test_spans_that_no_pattern_would_find() -> None:
    article = from_text(TEXT)
    parse = ParserByHeart().parse(article)
    odd = [
        GoldAttribution((), (), spans_of("residents"), id="E1"),
        GoldAttribution(spans_of("noise"), spans_of("dam"), spans_of("The"), id="E2"),
    ]
    assert [(a.id, a.kind, a.recipient) for a in given_attributions(article, parse, odd)] == [
        ("E2", Kind.SPEECH, None), ("E1", Kind.SPEECH, None),
    ]  # fmt: skip


# ---------------------------------------------------------------------------------------------- reading


def row(**fields: Any) -> dict[str, Any]:
    """A row of labels: the mayor's first attribution."""
    return {
        "doc": "dam_1", "id": "E1", "entity": "Ana Lopez", "type": "gov", "level": "A0", "granted": False,
        "reason": "none", "collective": False, "count": "1", "recipient": None, "kind": "speech", "hyp": False,
        "noise": False, **fields,
    }  # fmt: skip


ROWS = [
    row(),
    row(id="E2", recipient="AFP"),
    row(id="E3", entity="residents", type="cit", level="A4", collective=True, count=">=2", noise=True),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_data(tmp_path, ROWS)


def write_data(folder: Path, rows: Sequence[dict[str, Any]]) -> Path:
    for part in ("text", "attributions"):
        (folder / "polnear" / "dev" / part).mkdir(parents=True)
    (folder / "polnear" / "dev" / "text" / "dam_1.txt").write_bytes(TEXT.encode())
    events, lines = [("The mayor, Ana Lopez", "said", "the dam was safe"), ("She", "told", "that residents"),
                     ("residents", "had complained", "of noise")], []  # fmt: skip
    for number, event in enumerate(events, start=1):
        for at, (role, words) in enumerate(zip(("Source", "Cue", "Content"), event, strict=True)):
            start, end = spans_of(words)[0]
            end = len(TEXT) - 1 if words == "that residents" else end
            lines.append(f"T{number}{at}\t{role} {start} {end}\t{words}")
        lines.append(f"E{number}\tAttribution:T{number}1 Source:T{number}0 Cue:T{number}1 Content:T{number}2")
    (folder / "polnear" / "dev" / "attributions" / "dam_1_0a1b.ann").write_text("\n".join(lines) + "\n")
    (folder / "sourcing").mkdir()
    (folder / "sourcing" / "dev.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    return folder


def test_labels_join_the_events_by_their_ids(data: Path) -> None:
    (article,) = read_sourcing(data, "dev")
    assert [a.id for a in article.attributions] == ["E1", "E2", "E3"]
    assert list(article.labels) == ["E1", "E2"]  # noise is not judged
    assert article.labels["E2"].recipient == "AFP"
    assert article.labels["E1"].source == graded(level=Level.A0)


def test_nobody_counts_none(tmp_path: Path) -> None:
    write_data(tmp_path, [row(entity=None, type="unknown", level="A5", count="?")])
    (article,) = read_sourcing(tmp_path, "dev")
    assert article.labels["E1"].entity is None
    assert article.labels["E1"].source == NOBODY


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([row(level="A7")], r"dev\.jsonl:1: not a row of labels: level is 'A7'"),
        ([row(type="government")], "type is 'government'"),
        ([row(kind="saying")], "kind is 'saying'"),
        ([row(reason="because")], "reason is 'because'"),
        ([row(count=1)], "count is 1"),
        ([row(count="many")], "count is 'many'"),
        ([row(granted="no")], "granted is 'no'"),
        ([row(noise=None)], "noise is None"),
        ([{k: v for k, v in row().items() if k != "entity"}], "not a row of labels: 'entity'"),
        ([row(), row()], "event E1 of 'dam_1' stands there twice"),
        ([row(id="E44")], "'dam_1' has no event E44"),
        ([row(doc="other")], "article 'other' is not in this split"),
    ],
)
def test_labels_that_cannot_be(tmp_path: Path, rows: list[dict[str, Any]], message: str) -> None:
    write_data(tmp_path, rows)
    with pytest.raises(GoldError, match=message):
        read_sourcing(tmp_path, "dev")


def test_labels_that_are_not_there(data: Path) -> None:
    with pytest.raises(GoldError, match=r"train\.jsonl: no such labels"):
        read_sourcing(data, "train")


# ------------------------------------------------------------------------------------------- measuring


def test_given_and_found(data: Path) -> None:
    articles = read_sourcing(data, "dev")
    seen: list[str] = []
    judgements = measure(by_heart(), articles, done=seen.append)
    assert seen == ["dam_1"]
    scores = summarise(judgements, bootstrap=5)
    assert {name: scores["given"].counts[name].right_gold for name in ("entity", "level", "type", "recipient")} == {
        "entity": 2, "level": 2, "type": 2, "recipient": 1,
    }  # fmt: skip
    assert scores["found"].counts["kind"].gold == 2
    assert scores["given"].intervals["entity"] == (1.0, 1.0)


def test_only_what_was_found_is_judged_end_to_end(data: Path) -> None:
    class FindsNothing:
        parser = ParserByHeart()

        def parse(self, article: Any) -> Any:
            return self.parser.parse(article)

        def complete(self, article: Any, parse: Any) -> Any:
            return replace(by_heart().complete(article, parse), attributions=())

    (article,) = read_sourcing(data, "dev")
    judgement = judge(FindsNothing(), article)
    assert (len(judgement.given), len(judgement.found)) == (2, 0)


# ------------------------------------------------------------------------------------------- confidence


def test_expected_calibration_error_by_hand() -> None:
    measured = reliability([(0.95, True), (1.0, False), (0.6, True), (0.6, True), (0.0, False)])
    assert measured.n == 5
    assert {(b.low, b.n, b.right) for b in measured.bins if b.n} == {(0.0, 1, 0), (0.6, 2, 2), (0.9, 2, 1)}
    assert measured.error == pytest.approx((2 * abs(0.975 - 0.5) + 2 * abs(0.6 - 1)) / 5)


def test_calibration_of_nothing() -> None:
    assert reliability([]).error == 0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_every_prediction_is_in_one_bin(pairs: list[tuple[float, bool]]) -> None:
    measured = reliability(pairs)
    assert measured.n == len(pairs)
    assert 0 <= measured.error <= 1
    assert all(b.low - 1e-9 <= b.mean_confidence <= b.high + 1e-9 for b in measured.bins if b.n)


GOLD = GoldArticle(
    "dam_1",
    TEXT,
    (
        GoldAttribution(spans_of("Ana Lopez"), spans_of("said"), spans_of("the dam was safe")),
        GoldAttribution(spans_of("She"), spans_of("told"), spans_of("that residents had complained of noise")),
    ),
)


def test_right_is_what_the_scorer_counts_as_right() -> None:
    found = [replace(GOLD.attributions[0], confidence=0.9), replace(GOLD.attributions[0], confidence=0.3)]
    measured = attribution_reliability([GOLD], {"dam_1": found})
    assert [(b.n, b.right) for b in measured.bins if b.n] == [(1, 0), (1, 1)]


@pytest.mark.parametrize("confidence", [None, 1.5])
def test_predictions_without_confidence(confidence: float | None) -> None:
    with pytest.raises(GoldError, match="no confidence"):
        attribution_reliability([GOLD], {"dam_1": [replace(GOLD.attributions[0], confidence=confidence)]})


def test_confidence_of_sources(data: Path) -> None:
    measured = source_reliability(measure(by_heart(), read_sourcing(data, "dev")))
    assert (measured.n, sum(b.right for b in measured.bins)) == (2, 2)


# ---------------------------------------------------------------------------------------------- changes


def test_gained_and_lost_with_their_sentences() -> None:
    first, second = GOLD.attributions
    found = changes([GOLD], {"dam_1": [second]}, {"dam_1": [first]})
    ((gained,), (lost,)) = found.gained, found.lost
    assert (gained.source, gained.cue) == ("She", "told")
    assert gained.sentence == "She told AFP that residents had complained of noise."
    assert lost.sentence == "The mayor, Ana Lopez, said the dam was safe."
    assert found.unchanged == 0


def test_nothing_changed() -> None:
    found = changes([GOLD], {"dam_1": GOLD.attributions}, {"dam_1": GOLD.attributions})
    assert (found.gained, found.lost, found.unchanged) == ((), (), 2)


# --------------------------------------------------------------------------------------------- commands


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def parser_by_heart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attribution.pipeline.Analyzer", by_heart)


@pytest.mark.usefixtures("parser_by_heart")
def test_evaluate_sourcing(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "rows.jsonl"
    result = run("evaluate", "sourcing", data, "--predictions", out, "--calibration", "--bootstrap", "10")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(
        "Sources, PolNeAR dev, 1 articles, 2 attributions; 2 of them were found (100.0 %)\n"
    )
    assert "granted" not in result.stdout  # there is none to find, and none was found
    assert "expected calibration error" in result.stdout
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert [(r["doc"], r["setting"], r["id"], r["level"], r["wrong"]) for r in rows] == [
        ("dam_1", setting, event, "A0", []) for setting in ("given", "found") for event in ("E1", "E2")
    ]
    figures = json.loads(run("evaluate", "sourcing", data, "--json", "--calibration").stdout)
    assert figures["given"]["level"]["f1"] == 1.0
    assert figures["_calibration"]["n"] == 2


@pytest.mark.usefixtures("parser_by_heart")
def test_what_is_wrong_is_written_with_the_rows(tmp_path: Path) -> None:
    write_data(tmp_path, [row(entity=None, type="biz", level="A4", kind="decree")])
    run("evaluate", "sourcing", tmp_path, "--predictions", tmp_path / "out.jsonl", "--bootstrap", "0")
    wrong = {tuple(json.loads(line)["wrong"]) for line in (tmp_path / "out.jsonl").read_text().splitlines()}
    assert wrong == {("entity", "level", "level.step", "unnamed", "type", "count", "kind")}


@pytest.mark.usefixtures("parser_by_heart")
def test_evaluate_polnear_against_an_earlier_run(data: Path, tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").write_text('{"id": "dam_1"}\n')
    shown = run("evaluate", "polnear", data / "polnear", "--against", tmp_path / "old.jsonl", "--calibration")
    assert shown.exit_code == 0, shown.output
    assert "gained, 0 lost, 0 right in both" in shown.stdout
    assert "+ dam_1: The mayor, Ana Lopez | said | the dam was safe" in shown.stdout
    assert "Confidence of" in shown.stdout
    plain = run("evaluate", "polnear", data / "polnear", "--against", tmp_path / "old.jsonl", "--json", "--calibration")
    figures = json.loads(plain.stdout)
    assert figures["_changes"]["gained"][0]["cue"] == "said"
    assert len(figures["_calibration"]["bins"]) == 10


def test_predictions_of_others_need_no_confidence_unless_it_is_asked_for(data: Path, tmp_path: Path) -> None:
    stored = [{"source": [], "cue": [], "content": [[0, 5]]}]
    (tmp_path / "p.jsonl").write_text(json.dumps({"id": "dam_1", "attributions": stored}) + "\n")
    command = ["evaluate", "polnear", data / "polnear", "--from", tmp_path / "p.jsonl"]
    assert run(*command).exit_code == 0
    refused = run(*command, "--calibration")
    assert refused.exit_code == 2
    assert "no confidence" in refused.stderr
