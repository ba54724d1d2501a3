"""How many independent origins a report has: the standard's rule, its worked cases, and what must always hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations
from typing import Any

import pytest
from claim_build import garrison_story, who, worked_example
from hypothesis import given
from hypothesis import strategies as st

from attribution.claims import Independence, independence
from attribution.metrics import measure
from attribution.records import Level, Source, SourceType

GOV, SEC, MED, DOC = SourceType.GOVERNMENT, SourceType.SECURITY, SourceType.MEDIA, SourceType.DOCUMENT
UNKNOWN, OBS, CIT = SourceType.UNKNOWN, SourceType.OBSERVATION, SourceType.CITIZEN


def counted(*sources: Source) -> Independence:
    """The range where every source speaks for itself."""
    return independence((s,) for s in sources)


def test_worked_example_of_the_standard_is_3_to_5_or_more() -> None:
    metrics = measure(worked_example())
    assert metrics["independent_sources"].value == (3, None)
    assert metrics["stated_sources"].value == 5


def test_worked_example_takes_the_official_for_the_ministry() -> None:
    story = worked_example()
    result = counted(*story.sources)
    assert [(m.first, m.second) for m in result.merged] == [("s4", "s5")]
    assert result.merged[0].why == "“an official” may speak for “The interior ministry”"


def test_coup_story_has_three_certain_origins() -> None:
    # The official and the second source are two; the group may be either; authorities are relayed by the official;
    # the friend is nobody's official.
    metrics = measure(garrison_story())
    assert metrics["independent_sources"].value == (3, None)
    assert metrics["stated_sources"].value == 5


ministry = who(1, "the interior ministry", GOV, Level.A1)
spokesman = who(2, "a ministry spokesman", GOV, Level.A1, organisation="the interior ministry")
treasury = who(3, "the Treasury", GOV, Level.A1)
official = who(4, "an official", GOV, Level.A4)
officials = who(5, "officials", GOV, Level.A4, collective=True, count=">=2")
minister = who(6, "Anna Roth", GOV, Level.A0, organisation="the interior ministry")
rival = who(7, "Karl Beck", GOV, Level.A0)
aide = who(8, "a close associate", GOV, Level.A4, inherited=True)
sources_said = who(9, "sources", UNKNOWN, Level.A5, collective=True, count=">=2")
reportedly = who(10, "", UNKNOWN, Level.A5, count="0", mentions=())
officer = who(11, "a security source", SEC, Level.A4)
russian = who(12, "a Russian official", GOV, Level.A4)
white_house = who(13, "the White House", GOV, Level.A1)
american = who(14, "a senior U.S. official", GOV, Level.A4)
another = who(15, "another official", GOV, Level.A4)
reuters = who(16, "Reuters", MED, Level.A1)
reporter = who(17, "an AFP journalist", OBS, Level.A1)
three = who(18, "three Treasury officials", GOV, Level.A3, collective=True, count="3", organisation="the Treasury")
leak = who(19, "documents", DOC, Level.A4)
residents = who(20, "residents", CIT, Level.A4, collective=True, count=">=2")
ministry_of = who(21, "the Ministry of the Interior", GOV, Level.A1)
union = who(22, "the police union", SEC, Level.A1)
police = who(23, "police", SEC, Level.A1)
named_pair = who(24, "two drivers", CIT, Level.A4, collective=True, count="2")


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        pytest.param([], (0, 0), id="nobody"),
        pytest.param([reportedly], (0, 0), id="reportedly is nobody"),
        pytest.param([ministry], (1, 1), id="one body"),
        pytest.param([ministry, treasury], (2, 2), id="two bodies"),
        pytest.param([ministry, spokesman], (1, 2), id="a body and its spokesman"),
        pytest.param([ministry, minister], (1, 2), id="a body and its minister"),
        pytest.param([ministry, ministry_of], (1, 2), id="a body under two forms of its name"),
        pytest.param([police, union], (2, 2), id="bodies that only share a word"),
        pytest.param([minister, rival], (2, 2), id="two named people"),
        pytest.param([ministry, official], (1, 2), id="an official may speak for the ministry"),
        pytest.param([ministry, treasury, official], (2, 3), id="an official is merged once"),
        pytest.param([ministry, officer], (2, 2), id="another type"),
        pytest.param([officer, officials], (2, None), id="officials are not security sources"),
        pytest.param([official, officials], (1, None), id="one of a group"),
        pytest.param([officials], (1, None), id="a plural group is one origin at least"),
        pytest.param([three], (1, 3), id="a stated count"),
        pytest.param([treasury, three], (1, 4), id="officials of a counted body"),
        pytest.param([named_pair, residents], (1, None), id="residents may include the drivers"),
        pytest.param([rival, sources_said], (1, None), id="bare sources may be anybody"),
        pytest.param([leak, sources_said], (2, None), id="bare sources are no documents"),
        pytest.param([ministry, aide], (2, 2), id="an associate's type is the principal's"),
        pytest.param([ministry, reporter], (2, 2), id="own observation is an origin of its own"),
        pytest.param([official, another], (2, 2), id="another official is somebody else"),
        pytest.param([white_house, russian], (2, 2), id="another country"),
        pytest.param([white_house, american], (1, 2), id="the same country"),
        pytest.param([russian, american], (2, 2), id="two countries"),
        pytest.param([official, reportedly], (1, 1), id="nobody adds nothing"),
    ],
)
def test_range(sources: list[Source], expected: tuple[int, int | None]) -> None:
    assert counted(*sources).range == expected


@pytest.mark.parametrize(
    ("chains", "expected"),
    [
        pytest.param([(reuters, officials)], (1, 1), id="an outlet citing officials is one origin"),
        pytest.param([(reuters, rival), (rival,)], (1, 1), id="the outlet cites who also speaks"),
        pytest.param([(reuters, officer), (treasury,)], (2, 2), id="a relayed source and another"),
        pytest.param([(residents, rival)], (1, 1), id="many relaying one"),
        pytest.param([(rival, reportedly)], (1, 1), id="somebody relaying hearsay"),
        pytest.param([(official,), (official,)], (1, 1), id="the same source twice"),
    ],
)
def test_range_of_chains(chains: list[tuple[Source, ...]], expected: tuple[int, int | None]) -> None:
    assert independence(chains).range == expected


@pytest.mark.parametrize(
    ("sources", "why"),
    [
        ([ministry, spokesman], "both speak for the interior ministry"),
        ([rival, officials], "“officials” may include “Karl Beck”"),
        ([officials, official], "“officials” may include “an official”"),
        ([residents, named_pair], "“two drivers” may be among “residents”"),
    ],
)
def test_every_merge_says_why(sources: list[Source], why: str) -> None:
    assert [m.why for m in counted(*sources).merged] == [why]


def test_relaying_is_said() -> None:
    (merge,) = independence([(reuters, officer)]).merged
    assert (merge.first, merge.second, merge.why) == ("s16", "s11", "“Reuters” relays “a security source”")


# ------------------------------------------------------------------------------------------ properties

NAMES = ("an official", "a second source", "the army", "a French diplomat", "sources", "the Treasury", "Anna Roth")


@st.composite
def some_sources(draw: Callable[..., Any]) -> list[Source]:
    size = draw(st.integers(0, 6))
    return [
        who(
            number + 1,
            draw(st.sampled_from(NAMES)),
            draw(st.sampled_from([GOV, SEC, MED, DOC, UNKNOWN])),
            draw(st.sampled_from(list(Level))),
            count=draw(st.sampled_from(["0", "1", "3", ">=2", "?"])),
            collective=draw(st.booleans()),
            inherited=draw(st.booleans()),
            organisation=draw(st.sampled_from([None, "the army", "the French army", "the Treasury"])),
        )
        for number in range(size)
    ]


@st.composite
def some_chains(draw: Callable[..., Any]) -> list[tuple[Source, ...]]:
    pool = draw(some_sources())
    if not pool:
        return []
    return draw(st.lists(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True).map(tuple), max_size=6))


def most(result: Independence) -> float:
    return float("inf") if result.maximum is None else result.maximum


@given(some_chains())
def test_minimum_is_never_above_maximum(chains: list[tuple[Source, ...]]) -> None:
    result = independence(chains)
    assert 0 <= result.minimum <= result.stated <= most(result)


@given(some_chains(), st.randoms())
def test_order_does_not_change_the_range(chains: list[tuple[Source, ...]], random: Any) -> None:
    shuffled = list(chains)
    random.shuffle(shuffled)
    assert independence(shuffled) == independence(chains)


@given(some_chains(), some_chains())
def test_more_sources_never_lower_the_maximum(first: list[tuple[Source, ...]], more: list[tuple[Source, ...]]) -> None:
    assert most(independence([*first, *more])) >= most(independence(first))


@given(some_chains())
def test_each_merge_takes_one_off_the_minimum(chains: list[tuple[Source, ...]]) -> None:
    result = independence(chains)
    heard = {s.id for chain in chains for s in chain if s.count != "0"}
    assert result.minimum == len(heard) - len(result.merged)


@pytest.mark.parametrize("order", list(permutations([ministry, official, officer, officials])))
def test_every_order_of_one_set(order: Sequence[Source]) -> None:
    assert counted(*order) == counted(ministry, official, officer, officials)
