"""``attribution.frames``: tidy tables that join, with the same columns and dtypes whatever they hold."""

from __future__ import annotations

from dataclasses import fields, replace

import pandas as pd
import pytest

import attribution
from attribution.frame import COLUMNS, Frames, frames
from attribution.metrics import METRICS, measure
from attribution.records import Analysis, ArticleError
from build import PORT_TEXT, analysis, port_story

NAMES = [field.name for field in fields(Frames)]


def table(made: Frames, name: str) -> pd.DataFrame:
    frame = getattr(made, name)
    assert isinstance(frame, pd.DataFrame)
    return frame


def measured() -> Analysis:
    return replace(port_story(), metrics=measure(port_story()))


def test_frames_are_a_public_name() -> None:
    assert attribution.frames is frames


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "given",
    [
        [],
        [ArticleError("gone.txt", "load", "there is no such file")],
        [analysis("It rained.")],
        [measured()],
        [measured(), ArticleError(None, "analysis", "KeyError"), analysis("It rained.")],
    ],
    ids=["nothing", "an error", "no reported speech", "a story", "a mixture"],
)
def test_columns_and_dtypes_are_always_the_same(name: str, given: list[Analysis | ArticleError]) -> None:
    columns = COLUMNS[name]
    made = table(frames(given), name)
    assert list(made.columns) == list(columns)
    for title, column in columns.items():
        assert made[title].dtype == pd.Series([], dtype=column.dtype).dtype, title  # type: ignore[call-overload]


def test_every_column_is_explained() -> None:
    for name, columns in COLUMNS.items():
        for title, column in columns.items():
            assert len(column.meaning) > 3, f"{name}.{title}"


def test_every_metric_is_in_a_frame() -> None:
    made = frames(measured())
    assert list(made.metrics["metric"].unique()) == [m.name for m in METRICS if measured().metrics[m.name].value != {}]
    wide = made.articles.iloc[0]
    assert wide["named_share"] == measured().metrics["named_share"].value
    assert wide["independent_sources_min"] >= 1
    assert pd.isna(wide["independent_sources_max"]), "no upper end"


def test_parts_of_a_metric_are_rows() -> None:
    made = frames(port_story()).metrics
    types = made[made["metric"] == "source_types"].set_index("part")["value"]
    assert dict(types) == {"sec": 5.0, "pro": 1.0}
    low, high = made.loc[made["metric"] == "independent_sources", ["minimum", "maximum"]].iloc[0]
    assert low == 5
    assert pd.isna(high)


def test_one_analysis_or_any_iterable() -> None:
    assert len(frames(port_story()).articles) == 1
    assert len(frames(iter([port_story("a.txt"), port_story("b.txt")])).articles) == 2
    assert len(frames(ArticleError("x", "load", "empty")).articles) == 1


def test_sources_attributions_and_claims_join() -> None:
    made = frames([port_story("a.txt"), port_story("b.txt")])
    joined = made.attributions.merge(made.sources, on=["article_id", "source_id"], how="left", validate="many_to_one")
    joined = joined.merge(made.claims, on=["article_id", "claim_id"], validate="many_to_one", suffixes=("", "_claim"))
    assert len(joined) == 22
    denied = joined[joined["polarity"] == "negative"]
    assert list(denied["name"]) == ["The navy", "The navy"]
    assert joined["name"].isna().sum() == 2, "the quotation without a speaker, in each article"


def test_keys_are_unique_even_for_the_same_article_twice() -> None:
    made = frames([port_story("a.txt"), port_story("a.txt"), port_story(None), port_story(None)])
    assert made.articles["article_id"].is_unique
    assert list(made.articles["article_id"][:2]) == ["a.txt", "a.txt#2"]
    assert made.articles["article_id"][2].startswith("text-")
    for name, key in (("sources", "source_id"), ("attributions", "attribution_id"), ("claims", "claim_id")):
        assert not table(made, name).duplicated(["article_id", key]).any()


def test_an_error_is_a_row_among_the_articles_only() -> None:
    made = frames([port_story(), ArticleError("gone.txt", "load", "there is no such file")])
    assert list(made.articles["error"].isna()) == [True, False]
    for name in NAMES[1:]:
        assert "gone.txt" not in set(table(made, name)["article_id"])


def test_offsets_and_lines_index_the_text() -> None:
    made = frames(port_story())
    row = made.attributions.set_index("attribution_id").loc["a4"]
    assert PORT_TEXT[row["start"] : row["end"]] == "The navy denied that any fuel was missing"
    assert row["line"] == PORT_TEXT[: row["start"]].count("\n") + 1


def test_what_is_not_there_is_missing_not_empty() -> None:
    bare = frames(port_story()).attributions.set_index("attribution_id").loc["a10"]
    assert all(pd.isna(bare[title]) for title in ("source_id", "source", "cue", "parent_id", "recipient"))
    nobody = frames(port_story()).sources.set_index("source_id").loc["s9"]
    assert all(pd.isna(nobody[title]) for title in ("start", "end", "line"))
