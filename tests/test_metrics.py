"""Every figure of the report: the standard's worked example, and what a figure must do at its edges."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from claim_build import at, complete, garrison_story, parsed, said, who, worked_example

from attribution.counted import Counted
from attribution.metrics import METRICS, measure
from attribution.records import (
    REPORTED,
    Analysis,
    Attribution,
    Claim,
    ClaimClass,
    Hedge,
    Kind,
    Level,
    Metric,
    Quote,
    Source,
    SourceType,
    Span,
)
from build import analysis, attribution, source

GOV, MED, OBS, DOC = SourceType.GOVERNMENT, SourceType.MEDIA, SourceType.OBSERVATION, SourceType.DOCUMENT
CIT = SourceType.CITIZEN


def test_every_metric_is_defined_once_and_says_what_it_is() -> None:
    names = [m.name for m in METRICS]
    assert len(set(names)) == len(names)
    assert all(m.name.isidentifier() and m.name == m.name.lower() for m in METRICS)
    assert all(m.label and m.meaning.endswith(".") for m in METRICS)
    assert list(measure(analysis())) == names


def test_an_article_without_attributions_has_no_shares_and_no_division_by_zero() -> None:
    metrics = measure(analysis())
    assert metrics["attributions"] == Metric(0)
    assert metrics["independent_sources"] == Metric((0, 0))
    assert metrics["named_share"] == Metric(None, 0, 0)
    assert metrics["extraction_confidence"].value is None
    assert metrics["source_types"].value == {}
    assert metrics["unattributed_contentious"] == Metric(None, 0, 0)
    assert metrics["reply_coverage"] == Metric(None, 0, 0)
    assert metrics["verb_balance"].value == {}


# ---------------------------------------------------------------------- worked example, standards §3.4


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("attributions", Metric(6)),
        ("sources", Metric(5)),
        ("claims", Metric(6)),
        ("independent_sources", Metric((3, None))),
        ("named_share", Metric(0.0, 0, 6)),
        ("accountable_share", Metric(0.167, 1, 6)),
        ("anonymous_share", Metric(0.833, 5, 6)),
        ("opaque_share", Metric(0.167, 1, 6)),
        ("accountable_share_sources", Metric(0.2, 1, 5)),
        ("reason_share", Metric(0.333, 1, 3)),
        ("reasons", Metric({"specific": 1, "none": 2})),
        ("anonymity_granted", Metric(0.333, 1, 3)),
        ("quote_forms", Metric({"direct": 2, "indirect": 4})),
        ("source_levels", Metric({"A1": 1, "A4": 3, "A5": 1})),
        ("source_types", Metric({"gov": 2, "sec": 1, "arm": 1, "unknown": 1})),
        # “Shot dead”, “ambushed” and “a butcher”: the group is more than one, “is alleged” is nobody.
        ("single_unnamed_claims", Metric(3)),
        ("chain_depth", Metric(1)),
    ],
)
def test_worked_example(name: str, expected: Metric) -> None:
    assert measure(worked_example())[name] == expected


# ------------------------------------------------------------------- after the acceptance story, §3.6


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("attributions", Metric(7)),
        ("sources", Metric(5)),
        ("source_levels", Metric({"A3": 1, "A4": 4})),
        ("anonymous_share", Metric(1.0, 7, 7)),
        ("accountable_share", Metric(0.0, 0, 7)),
        ("independent_sources", Metric((3, None))),
        # Both claims of the second source, both of the friend.  The arrests have two sources, what authorities
        # described comes from a group.
        ("single_unnamed_claims", Metric(4)),
        ("corroborated_claims", Metric(0.0, 0, 7)),
        ("chain_depth", Metric(2)),
        ("hedges", Metric(1)),
    ],
)
def test_coup_story(name: str, expected: Metric) -> None:
    assert measure(garrison_story())[name] == expected


def test_the_claims_on_one_unnamed_source_of_the_coup_story() -> None:
    story = garrison_story()
    assert [c.text for c in story.claims if Counted(story, frozenset(Kind)).rests_on_one_unnamed(c)] == [
        "the alleged plot",
        "calm had returned and arrests were made",
        "soldiers surrounded his house",
        "he had not phoned",
    ]


# ----------------------------------------------------------------------------------- one rule at a time

TEXT = """The mayor, Anna Roth, said the road was closed. A clerk said the bridge was safe. Reuters reported, citing \
an aide, that trains had stopped. Our reporter saw two boats. “Nobody came.” Would he resign, a rival asked. \
She wants a new road. Town officials said schools were shut."""

ROTH = source(TEXT, 1, "Anna Roth", GOV, Level.A0)
CLERK = source(TEXT, 2, "A clerk", GOV, Level.A4)
REUTERS = source(TEXT, 3, "Reuters", MED, Level.A1)
AIDE = source(TEXT, 4, "an aide", GOV, Level.A4)
REPORTER = source(TEXT, 5, "Our reporter", OBS, Level.A1)
RIVAL = source(TEXT, 6, "a rival", GOV, Level.A4)
OFFICIALS = source(TEXT, 7, "Town officials", GOV, Level.A3, collective=True, count=">=2", institutional=True)


def told(number: int, speaker: Source | None, *words: str, **fields: Any) -> Attribution:
    return attribution(TEXT, number, *words, source_id=speaker and speaker.id, claim_id=None, **fields)


ROAD = told(1, ROTH, "Anna Roth", "said", "the road was closed")
BRIDGE = told(2, CLERK, "A clerk", "said", "the bridge was safe")
REPORTED_TRAINS = told(3, REUTERS, "Reuters", "reported", "that trains had stopped")
CITED_TRAINS = told(4, AIDE, "an aide", "citing", "that trains had stopped", parent="a3")
BOATS = told(5, REPORTER, "Our reporter", "saw", "two boats", kind=Kind.PERCEPTION)
BARE = told(6, None, "", "", "“Nobody came.”", quote=Quote.DIRECT)
QUESTION = told(7, RIVAL, "a rival", "asked", "Would he resign", hypothetical=True)
WISH = told(8, ROTH, "She", "wants", "a new road", kind=Kind.INTENTION)
SCHOOLS = told(9, OFFICIALS, "Town officials", "said", "schools were shut")


def story(*attributions: Attribution) -> Analysis:
    heard = {a.source_id for a in attributions}
    everybody = (ROTH, CLERK, REUTERS, AIDE, REPORTER, RIVAL, OFFICIALS)
    return complete(TEXT, attributions, tuple(s for s in everybody if s.id in heard))


def test_own_observation_is_counted_but_has_no_part_in_shares() -> None:
    metrics = measure(story(BRIDGE, BOATS))
    assert metrics["attributions"].value == 2
    assert metrics["anonymous_share"] == Metric(1.0, 1, 1)
    assert metrics["anonymous_share_sources"] == Metric(1.0, 1, 1)
    assert metrics["anonymous_share_words"] == Metric(1.0, 4, 4)
    assert metrics["source_levels"].value == {"A4": 1}


def test_a_quotation_without_a_speaker_is_in_no_share() -> None:
    metrics = measure(story(ROAD, BARE))
    assert metrics["named_share"] == Metric(1.0, 1, 1)
    assert metrics["unattributed_quotations"] == Metric(1)
    assert metrics["single_unnamed_claims"] == Metric(0)


def test_questions_and_other_kinds_are_left_out_and_counted_as_such() -> None:
    metrics = measure(story(ROAD, QUESTION, WISH))
    assert metrics["attributions"].value == 1
    assert metrics["sources"].value == 1
    assert metrics["left_out"] == Metric({"questions and conditions": 1, "other kinds": 1})
    assert measure(story(ROAD, WISH), kinds=REPORTED | {Kind.INTENTION})["attributions"].value == 2


def test_a_relayed_statement_is_as_anonymous_as_its_weakest_link() -> None:
    metrics = measure(story(ROAD, REPORTED_TRAINS, CITED_TRAINS))
    assert metrics["claims"].value == 2
    assert metrics["accountable_share"] == Metric(0.667, 2, 3)
    assert metrics["anonymous_share"] == Metric(0.333, 1, 3)
    # The words of one content are counted once, for the aide.
    assert metrics["anonymous_share_words"] == Metric(0.5, 4, 8)
    assert metrics["chain_depth"].value == 2


def test_officials_of_a_named_body_are_accountable_and_shown_apart() -> None:
    metrics = measure(story(ROAD, SCHOOLS))
    assert metrics["accountable_share"] == Metric(1.0, 2, 2)
    assert metrics["institutional_share"] == Metric(0.5, 1, 2)
    assert metrics["anonymous_share"] == Metric(0.0, 0, 2)
    assert metrics["reason_share"] == Metric(None, 0, 0)


def test_shares_by_words_and_by_statements_differ() -> None:
    long = told(1, ROTH, "Anna Roth", "said", "the road was closed. A clerk said the bridge was safe")
    metrics = measure(story(long, SCHOOLS))
    assert metrics["named_share"] == Metric(0.5, 1, 2)
    assert metrics["named_share_words"] == Metric(0.786, 11, 14)


def test_words_of_an_inner_statement_belong_to_its_own_source() -> None:
    outer = told(1, ROTH, "Anna Roth", "said", "the road was closed. A clerk said the bridge was safe")
    inner = told(2, CLERK, "A clerk", "said", "the bridge was safe", parent="a1")
    metrics = measure(story(outer, inner))
    assert metrics["named_share_words"] == Metric(0.636, 7, 11)
    assert metrics["largest_source_share"] == Metric(0.636, 7, 11)


def test_diversity_needs_four_sources() -> None:
    assert measure(story(ROAD, BRIDGE, BOATS))["type_diversity"] == Metric(None)
    assert measure(story(ROAD, BRIDGE, BOATS))["officials_share"] == Metric(None, 2, 3)
    four = measure(story(ROAD, BRIDGE, SCHOOLS, REPORTED_TRAINS))
    assert four["officials_share"] == Metric(0.75, 3, 4)
    assert four["type_diversity"] == Metric(1.75)


def test_a_claim_two_sources_make_does_not_rest_on_one() -> None:
    alone = story(BRIDGE)
    assert measure(alone)["single_unnamed_claims"] == Metric(1)
    joint = story(BRIDGE, replace(BRIDGE, id="a3", source_id=RIVAL.id))
    assert measure(joint)["claims"] == Metric(1)
    assert measure(joint)["single_unnamed_claims"] == Metric(0)


def test_a_named_person_or_a_group_is_not_one_unnamed_source() -> None:
    assert measure(story(ROAD))["single_unnamed_claims"] == Metric(0)
    assert measure(story(SCHOOLS))["single_unnamed_claims"] == Metric(0)


def test_a_claim_that_a_named_outlet_relays_from_one_unnamed_source_rests_on_that_source() -> None:
    assert measure(story(REPORTED_TRAINS, CITED_TRAINS))["single_unnamed_claims"] == Metric(1)
    narrower = told(4, AIDE, "an aide", "citing", "trains had stopped", parent="a3")
    assert measure(story(REPORTED_TRAINS, narrower))["single_unnamed_claims"] == Metric(1)


def test_primary_and_secondary_sources() -> None:
    eyewitness = replace(CLERK, proximity="direct")
    cousin = replace(RIVAL, proximity="second-hand")
    one = complete(
        TEXT,
        (BRIDGE, replace(QUESTION, hypothetical=False), BOATS, REPORTED_TRAINS, ROAD),
        (ROTH, eyewitness, REUTERS, REPORTER, cousin),
    )
    metrics = measure(one)
    assert metrics["primary_share"] == Metric(0.5, 2, 4)
    assert metrics["proximity"] == Metric({"direct": 1, "second-hand": 1, "unknown": 3})


def test_placement_counts_what_the_text_gives() -> None:
    placed = replace(CLERK, organisation="the council", role="clerk", reason="boilerplate")
    one = complete(TEXT, (BRIDGE, replace(QUESTION, hypothetical=False)), (placed, RIVAL))
    assert measure(one)["placement_facets"] == Metric(1.5, 3, 2)


def test_documents_give_no_reason_for_anonymity() -> None:
    papers = replace(CLERK, type=DOC, types=(DOC,))
    assert measure(complete(TEXT, (BRIDGE,), (papers,)))["reason_share"] == Metric(None, 0, 0)


def test_doubtful_extractions_are_counted() -> None:
    metrics = measure(story(ROAD, replace(BRIDGE, confidence=0.4)))
    assert metrics["extraction_confidence"] == Metric(0.7)
    assert metrics["low_confidence"] == Metric(0.5, 1, 2)


def test_hedges_are_counted() -> None:
    hedged = replace(story(ROAD), hedges=(Hedge(Span(0, 3), "The"),))
    assert measure(hedged)["hedges"] == Metric(1)


def test_corroboration_needs_two_origins() -> None:
    witness = who(2, "a driver", CIT, Level.A4)
    joint = complete(TEXT, (ROAD, replace(ROAD, id="a2", source_id="s2")), (ROTH, witness))
    assert measure(joint)["corroborated_claims"] == Metric(1.0, 1, 1)
    assert measure(joint)["single_origin_claims"] == Metric(0.0, 0, 1)
    doubtful = complete(TEXT, (ROAD, replace(ROAD, id="a2", source_id="s2")), (ROTH, CLERK))
    assert measure(doubtful)["corroborated_claims"] == Metric(0.0, 0, 1)


# ------------------------------------------------------------------- estimates of the outlet's own voice

WRECK = """
    The the DET 2 det
    reform reform NOUN 4 nsubj
    will will AUX 4 aux
    wreck wreck VERB 0 root
    farms farm NOUN 4 obj
"""
DISGRACE = """
    It it PRON 4 nsubj
    is be AUX 4 cop
    a a DET 4 det
    disgrace disgrace NOUN 0 root
"""


def test_contentious_sentences_are_counted_with_and_without_a_source() -> None:
    document = parsed(WRECK, DISGRACE)
    statement = said(1, at(document, "It is a disgrace"), "s1", claim_id="c1")
    union = who(1, "the union", SourceType.CIVIL_SOCIETY, Level.A1)
    claim = Claim("c1", ("a1",), "It is a disgrace", statement.content, ("s1",), Level.A1)
    opinion = replace(claim, claim_class=ClaimClass.OPINION)
    made = Analysis(document.article, document.parse, (statement,), (union,), (opinion,), (), ())
    assert measure(made)["unattributed_contentious"] == Metric(0.5, 1, 2)
