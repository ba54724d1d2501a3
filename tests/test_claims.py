"""From attributions to claims, and which claims say the same."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from claim_build import at, garrison_story, parsed, said, who
from hypothesis import given
from hypothesis import strategies as st

from attribution.claims import (
    ClaimFeatures,
    Event,
    Quantity,
    Verdict,
    build_claims,
    cluster_claims,
    features,
    same_claim,
)
from attribution.claims.classify import classify
from attribution.parse.conllu import Document
from attribution.records import (
    Article,
    Attribution,
    Block,
    BlockKind,
    ClaimClass,
    Hedge,
    Kind,
    Level,
    Parse,
    SourceType,
    Span,
    Spans,
)

CASES = Path(__file__).parents[1] / "fixtures" / "cases"
GOV, SEC, MED = SourceType.GOVERNMENT, SourceType.SECURITY, SourceType.MEDIA

# -------------------------------------------------------------------------- comparing, on hand-built features


def event(concept: str, who: str = "", whom: str = "", **fields: Any) -> Event:
    return Event(concept, frozenset(who.split()), frozenset(whom.split()), **fields)


def clause(*events: Event, words: str = "", names: str = "", **fields: Any) -> ClaimFeatures:
    """A clause; names are separated by "/", the concepts of its events and participants come by themselves."""
    concepts = {e.concept for e in events} | set(words.split())
    named = frozenset(frozenset(name.split()) for name in names.split("/") if name)
    people = {p for e in events for p in e.agents | e.patients} - {"?", names} - {w for name in named for w in name}
    return ClaimFeatures(events, concepts=frozenset(concepts | people), names=named, **fields)


def noun(concept: str, words: str = "", names: str = "", **fields: Any) -> ClaimFeatures:
    fields = {"nominal": True, "definite": True, "eventive": True, **fields}
    return clause(Event(concept), words=words, names=names, **fields)


def figures(*values: float, unit: str = "soldier", limit: str = "") -> frozenset[Quantity]:
    return frozenset(Quantity(v, unit, limit) for v in values)


ARRESTED_20 = clause(event("arrest", whom="soldier"), quantities=figures(20))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(ARRESTED_20, ARRESTED_20, id="itself"),
        pytest.param(
            ARRESTED_20, clause(event("arrest", "police", "soldier"), quantities=figures(20)), id="agent on one side"
        ),
        pytest.param(ARRESTED_20, clause(event("arrest"), quantities=figures(20, unit="arrest")), id="20 arrests"),
        pytest.param(
            ARRESTED_20, clause(event("arrest", "?", "?"), quantities=figures(20, unit="")), id="they arrested 20"
        ),
        pytest.param(
            ARRESTED_20, clause(event("arrest", whom="person"), quantities=figures(20, unit="person")), id="20 people"
        ),
        pytest.param(noun("arrest"), ARRESTED_20, id="the arrests"),
        pytest.param(noun("arrest", names="abass okonta"), clause(event("arrest", whom="okonta"), names="okonta")),
        pytest.param(noun("attack"), noun("attack", names="dorsa"), id="the attack, the attack on Dorsa"),
        pytest.param(
            clause(event("approve", "imf", "loan"), names="imf"),
            clause(
                Event("approve", frozenset({"international monetary fund"}), frozenset({"loan"})),
                names="international monetary fund",
                words="loan",
            ),
            id="initials",
        ),
        pytest.param(
            clause(event("close", "army", "border"), times=frozenset({"monday"})),
            clause(event("close", whom="border")),
            id="day on one side",
        ),
        pytest.param(
            clause(event("reach", "party", "deal", negated=True)),
            clause(event("reach", "party", "deal", negated=True)),
            id="both deny",
        ),
    ],
)
def test_same(first: ClaimFeatures, second: ClaimFeatures) -> None:
    decision = same_claim(first, second)
    assert decision.same, decision.why
    assert same_claim(second, first) == decision


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (ARRESTED_20, clause(event("arrest", whom="soldier"), quantities=figures(35)), "different figures"),
        (
            ARRESTED_20,
            clause(event("arrest", whom="soldier"), quantities=figures(20, limit="more")),
            "different figures",
        ),
        (
            clause(event("pay", "state"), quantities=figures(40, unit="$")),
            clause(event("pay", "state"), quantities=figures(40, unit="€")),
            "different figures",
        ),
        (ARRESTED_20, clause(event("arrest", whom="soldier")), "a figure on one side"),
        (ARRESTED_20, clause(event("release", whom="soldier"), quantities=figures(20)), "different events"),
        (ARRESTED_20, clause(event("arrest", whom="student"), quantities=figures(20)), "different participants"),
        (
            clause(event("attack", "police", "crowd")),
            clause(event("attack", "crowd", "police")),
            "different participants",
        ),
        (
            clause(event("charge", whom="markovic"), names="elena markovic"),
            clause(event("charge", whom="petrov"), names="ivan petrov"),
            "different names",
        ),
        (
            clause(event("explode"), names="torma", words="bomb"),
            clause(event("explode"), names="gandiole", words="bomb"),
            "different names",
        ),
        (
            clause(event("hear", whom="case"), times=frozenset({"monday"})),
            clause(event("hear", whom="case"), times=frozenset({"friday"})),
            "different times",
        ),
        (
            clause(event("close", "firm", "plant", status="future")),
            clause(event("close", "firm", "plant")),
            "a plan against a deed",
        ),
        (
            clause(event("close", "firm", "plant", status="possible")),
            clause(event("close", "firm", "plant")),
            "a plan against a deed",
        ),
        (
            clause(event("strike", "union"), conditional=True),
            clause(event("strike", "union")),
            "a condition on one side",
        ),
        (
            clause(event("arrest", whom="general"), event("flee", "leader")),
            clause(event("arrest", whom="general")),
            "a part against a whole",
        ),
        (
            noun("arrest"),
            clause(event("arrest", whom="general"), event("flee", "leader")),
            "a part against a whole",
        ),
        (noun("arrest", definite=False), ARRESTED_20, "an indefinite noun phrase"),
        (noun("soldier", eventive=False), ARRESTED_20, "a noun phrase that names no event"),
        (noun("merge"), clause(event("merge", "orbis", status="future"), names="orbis"), "a plan against a deed"),
        (noun("arrest", names="keita"), clause(event("arrest", whom="barry"), names="barry"), "different names"),
        (noun("arrest", words="mass"), ARRESTED_20, "the noun phrase says more"),
        (noun("attack", words="first"), noun("attack", words="latest"), "each says what the other does not"),
        (
            clause(event("resign", "she"), words="health"),
            clause(event("resign", "she"), words="scandal"),
            "each says what the other does not",
        ),
        (clause(event("love", "?", "?")), clause(event("love", "?", "?")), "only the event in common"),
        (
            clause(event("open", "road"), words="north repair month engineer"),
            clause(event("open", "road")),
            "too little in common",
        ),
        (ClaimFeatures(()), ARRESTED_20, "no event to compare"),
    ],
)
def test_apart(first: ClaimFeatures, second: ClaimFeatures, why: str) -> None:
    decision = same_claim(first, second)
    assert (decision.verdict, decision.why) == (Verdict.APART, why)
    assert same_claim(second, first) == decision


@pytest.mark.parametrize("known", [ARRESTED_20, noun("arrest")])
def test_a_denial_is_opposed_to_the_assertion(known: ClaimFeatures) -> None:
    denied = clause(event("arrest", whom="soldier", negated=True), quantities=figures(20))
    assert same_claim(known, denied).verdict is Verdict.OPPOSED


WORDS = st.sampled_from(["arrest", "attack", "soldier", "police", "?", "kone"])
EVENTS = st.builds(
    Event,
    WORDS,
    st.frozensets(WORDS, max_size=2),
    st.frozensets(WORDS, max_size=2),
    st.booleans(),
    st.sampled_from(["done", "future"]),
)
FEATURES = st.builds(
    ClaimFeatures,
    events=st.lists(EVENTS, max_size=2).map(tuple),
    nominal=st.booleans(),
    definite=st.booleans(),
    eventive=st.booleans(),
    concepts=st.frozensets(WORDS, max_size=4),
    names=st.frozensets(st.frozensets(WORDS, min_size=1, max_size=2), max_size=2),
    quantities=st.frozensets(st.builds(Quantity, st.sampled_from([None, 2.0, 20.0]), WORDS), max_size=2),
    times=st.frozensets(st.sampled_from(["monday", "2021"]), max_size=2),
)


@given(FEATURES, FEATURES)
def test_comparison_is_symmetric(first: ClaimFeatures, second: ClaimFeatures) -> None:
    assert same_claim(first, second).verdict == same_claim(second, first).verdict


@given(FEATURES)
def test_nothing_is_opposed_to_itself(one: ClaimFeatures) -> None:
    assert same_claim(one, one).verdict is not Verdict.OPPOSED


@given(FEATURES, FEATURES)
def test_claims_with_different_figures_are_never_the_same(first: ClaimFeatures, second: ClaimFeatures) -> None:
    ours = replace(first, quantities=frozenset({Quantity(20.0, "soldier")}))
    theirs = replace(second, quantities=frozenset({Quantity(35.0, "soldier")}))
    assert not same_claim(ours, theirs).same


# ---------------------------------------------------------------------------------- features, on hand-made parses

ARRESTS_MADE = """
at at ADP 2 case
least least ADJ 3 nmod
20 20 NUM 4 nummod
arrests arrest NOUN 7 nsubj:pass
have have AUX 7 aux
been be AUX 7 aux:pass
made make VERB 0 root
in in ADP 9 case
Mali Mali PROPN 7 obl B-LOC
"""
GENERAL_TAKEN = """
The the DET 2 det
police police NOUN 5 nsubj
will will AUX 5 aux
not not PART 5 advmod
detain detain VERB 0 root
General general NOUN 7 compound
Abass Abass PROPN 5 obj B-PER
Okonta Okonta PROPN 7 flat I-PER
and and CCONJ 12 cc
the the DET 11 det
junta junta NOUN 12 nsubj
fled flee VERB 5 conj
"""


def read(document: Document, *pieces: str, **fields: Any) -> ClaimFeatures:
    return features(document.parse, at(document, *pieces or (document.article.text,)), **fields)


def test_an_apposition_that_is_punctuation_alone_is_survived() -> None:
    document = parsed("the the DET 2 det\nmanager manager NOUN 0 root\n😀 😀 PUNCT 2 appos")
    assert read(document) is not None


def test_a_light_verb_leaves_the_event_to_its_noun() -> None:
    found = read(parsed(ARRESTS_MADE))
    assert found.events == (Event("arrest"),)
    assert found.quantities == {Quantity(20.0, "arrest")}
    assert found.names == {frozenset({"mali"})}
    assert "make" not in found.concepts
    assert not found.nominal


def test_participants_status_negation_and_coordination() -> None:
    found = read(parsed(GENERAL_TAKEN))
    assert found.events == (
        Event("arrest", frozenset({"police"}), frozenset({"abass okonta"}), negated=True, status="future"),
        Event("flee", frozenset({"junta"})),
    )
    # A title before a name says who is meant, not what is claimed.
    assert found.concepts == {"arrest", "police", "flee", "junta"}


def test_a_denial_turns_the_claim_round() -> None:
    found = read(parsed(GENERAL_TAKEN), denied=True)
    assert [e.negated for e in found.events] == [False, True]


PLAN = """
The the DET 2 det
arrests arrest NOUN 0 root
~, , PUNCT 4 punct
ordered order VERB 2 acl
on on ADP 6 case
Monday Monday PROPN 4 obl
"""


def test_what_a_noun_phrase_adds_after_a_comma_does_not_narrow_it() -> None:
    found = read(parsed(PLAN))
    assert (found.nominal, found.definite, found.eventive) == (True, True, True)
    assert found.concepts == {"arrest"}
    assert found.times == frozenset()


MISPARSED = PLAN.replace("arrests arrest NOUN 0 root", "arrests arrest NOUN 4 nsubj").replace(
    "VERB 2 acl", "VERB 0 root"
)


def test_a_participle_after_a_comma_is_no_predicate_even_where_the_parser_says_so() -> None:
    assert read(parsed(MISPARSED)) == read(parsed(PLAN))


MONEY = """
Norvik Norvik PROPN 3 nsubj B-ORG
will will AUX 3 aux
pay pay VERB 0 root
more more ADJ 8 advmod
than than ADP 4 fixed
$ $ SYM 3 obj
~1.2 1.2 NUM 8 compound
billion billion NUM 6 nummod
on on ADP 10 case
May May PROPN 3 obl
~5 5 NUM 10 nummod
~, , PUNCT 14 punct
rising rise VERB 3 advcl
9.4 9.4 NUM 15 nummod
% % SYM 13 obl
~, , PUNCT 17 punct
in in ADP 18 case
2031 2031 NUM 3 obl
"""


def test_figures_with_their_units_and_limits_but_no_dates() -> None:
    found = read(parsed(MONEY))
    assert found.quantities == {Quantity(1.2e9, "$", "more"), Quantity(9.4, "%")}
    assert found.times == {"may", "2031"}


# ----------------------------------------------------------------------------------------- building claims

TEXT = Document("", Article("The army and the police said the road was mined. So they alleged.", ()), Parse((), ()))
ROAD = at(TEXT, "the road was mined")
ARMY = who(1, "the army", SEC, Level.A1)
POLICE = who(2, "the police", SEC, Level.A4)
PAPER = who(3, "the paper", MED, Level.A1)


def built(*attributions: Attribution, hedges: tuple[Hedge, ...] = ()) -> tuple[Any, Any, Any]:
    return build_claims(TEXT.article, TEXT.parse, attributions, (ARMY, POLICE, PAPER), hedges)


def test_conjoined_sources_share_a_claim_at_the_level_of_the_best() -> None:
    attributions, (claim,), _ = built(said(1, ROAD, "s1"), said(2, ROAD, "s2"))
    assert [a.claim_id for a in attributions] == ["c1", "c1"]
    assert claim.attribution_ids == ("a1", "a2")
    assert claim.sources == ("s1", "s2")
    assert claim.level is Level.A1
    assert claim.text == "the road was mined"


def test_a_relayed_claim_is_as_bad_as_its_worst_link_outermost_source_first() -> None:
    _, claims, _ = built(
        said(1, at(TEXT, "the police said the road was mined"), "s3"), said(2, ROAD, "s2", parent="a1")
    )
    assert [(c.sources, c.level) for c in claims] == [(("s3",), Level.A1), (("s3", "s2"), Level.A4)]


def test_a_relay_of_the_very_same_words_is_one_claim_and_no_second_voice() -> None:
    _, (claim,), _ = built(said(1, ROAD, "s3"), said(2, ROAD, "s2", parent="a1"))
    assert (claim.sources, claim.level) == (("s3", "s2"), Level.A4)


def test_affirming_denying_and_asking_are_three_claims() -> None:
    _, claims, _ = built(
        said(1, ROAD, "s1"), said(2, ROAD, "s2", polarity="negative"), said(3, ROAD, "s3", hypothetical=True)
    )
    assert len(claims) == 3


def test_a_speaker_who_was_not_found_is_nobody_to_hold_to_account() -> None:
    _, (claim,), _ = built(said(1, ROAD, None))
    assert (claim.sources, claim.level) == ((), Level.A5)


def test_an_attribution_without_content_makes_no_claim() -> None:
    attributions, claims, _ = built(said(1, (), "s1"))
    assert (attributions[0].claim_id, claims) == (None, ())


def test_a_hedge_belongs_to_the_innermost_claim_around_it() -> None:
    alleged = Hedge(at(TEXT, "mined")[0], "mined")
    outside = Hedge(at(TEXT, "alleged")[0], "alleged")
    outer = at(TEXT, "the police said the road was mined")
    _, claims, hedges = built(said(1, outer, "s3"), said(2, ROAD, "s2", parent="a1"), hedges=(alleged, outside))
    assert [c.hedges for c in claims] == [("mined",), ("mined",)]
    assert [h.claim_id for h in hedges] == ["c2", None]


def test_a_circle_of_parents_is_an_error() -> None:
    with pytest.raises(ValueError, match="stands inside itself"):
        built(said(1, ROAD, "s1", parent="a2"), said(2, ROAD, "s2", parent="a1"))


# ----------------------------------------------------------------------------------------- clusters


def test_the_arrests_of_the_coup_story_have_two_sources() -> None:
    story = garrison_story()
    (cluster,) = story.clusters
    assert cluster.claim_ids == ("c1", "c2")
    assert cluster.source_ids == ("s1", "s2")
    assert cluster.independent == (1, None)
    assert [m.why for m in cluster.merged] == ["“several security sources” may include “an intelligence official”"]
    assert [c.cluster for c in story.claims] == ["k1", "k1", None, None, None, None, None]


def test_the_hedged_plot_is_an_allegation() -> None:
    story = garrison_story()
    plot = next(c for c in story.claims if c.text == "the alleged plot")
    assert (plot.claim_class, plot.hedges) == (ClaimClass.ALLEGATION, ("alleged",))
    assert story.hedges[0].claim_id == plot.id
    assert next(c for c in story.claims if "24" in c.text).claim_class is ClaimClass.FIGURE


DETAINED = """
Soldiers soldier NOUN 3 nsubj:pass
were be AUX 3 aux:pass
detained detain VERB 0 root
in in ADP 5 case
{} {} PROPN 3 obl B-LOC
"""
ARRESTS = """
The the DET 2 det
arrests arrest NOUN 0 root
"""


def clustered(document: Document, *attributions: Attribution, sources: tuple[Any, ...] = (ARMY, POLICE, PAPER)) -> Any:
    article, parse = document.article, document.parse
    made, claims, _ = build_claims(article, parse, attributions, sources, ())
    return cluster_claims(article, parse, claims, made, sources)


def paragraphs(document: Document) -> list[Spans]:
    return [(block.span,) for block in document.article.blocks]


def test_a_noun_phrase_that_may_mean_either_of_two_events_stays_alone() -> None:
    document = parsed(DETAINED.format("Kati", "Kati"), DETAINED.format("Gao", "Gao"), ARRESTS)
    one, two, arrests = paragraphs(document)
    _, clusters = clustered(document, said(1, one, "s1"), said(2, two, "s2"), said(3, arrests, "s3"))
    assert clusters == ()
    _, clusters = clustered(document, said(1, one, "s1"), said(3, arrests, "s3"))
    assert [c.claim_ids for c in clusters] == [("c1", "c2")]


@pytest.mark.parametrize(
    "fields",
    [
        {"hypothetical": True},
        {"polarity": "negative"},
        {"kind": Kind.INTENTION},
        {"kind": Kind.SENTIMENT},
        {"parent": "a1"},
    ],
    ids=str,
)
def test_what_corroborates_nothing(fields: dict[str, Any]) -> None:
    document = parsed(DETAINED.format("Kati", "Kati"), DETAINED.format("Kati", "Kati"))
    one, two = paragraphs(document)
    _, clusters = clustered(document, said(1, one, "s1"), said(2, two, "s3"))
    assert [c.independent for c in clusters] == [(2, 2)]
    _, clusters = clustered(document, said(1, one, "s1"), said(2, two, "s3", **fields))
    assert clusters == ()


def test_a_source_that_repeats_itself_is_one_origin() -> None:
    document = parsed(DETAINED.format("Kati", "Kati"), DETAINED.format("Kati", "Kati"))
    one, two = paragraphs(document)
    claims, (cluster,) = clustered(document, said(1, one, "s1"), said(2, two, "s1"))
    assert cluster.independent == (1, 1)
    assert cluster.source_ids == ("s1",)
    assert {c.cluster for c in claims} == {"k1"}


TOWNS = ("Kati", "Gao", "Kayes")


@given(st.lists(st.tuples(st.sampled_from(TOWNS), st.sampled_from(["s1", "s2", "s3"])), max_size=7))
def test_clusters_partition_the_claims(plan: list[tuple[str, str]]) -> None:
    if not plan:
        return
    document = parsed(*(DETAINED.format(town, town) for town, _ in plan))
    attributions = [
        said(n, span, speaker)
        for n, (span, (_, speaker)) in enumerate(zip(paragraphs(document), plan, strict=True), start=1)
    ]
    claims, clusters = clustered(document, *attributions)
    members = [c for cluster in clusters for c in cluster.claim_ids]
    assert len(members) == len(set(members))
    assert all(len(cluster.claim_ids) >= 2 for cluster in clusters)
    assert {c.id for c in claims if c.cluster} == set(members)
    # Same town, same claim; nothing else in these sentences differs.
    assert len(clusters) == sum(sum(t == town for t, _ in plan) > 1 for town in TOWNS)


# ------------------------------------------------------------------------------------ with the real model


def marked(sentence: str) -> tuple[str, Span]:
    """A sentence without its braces, and where the words in braces stand."""
    start, end = sentence.index("{"), sentence.index("}") - 1
    return sentence.replace("{", "").replace("}", ""), Span(start, end)


class Marked:
    """Sentences with a claim in braces, parsed together: one paragraph each."""

    def __init__(self, analyzer: Any, sentences: list[str]) -> None:
        text, blocks, self.claims = "", [], []
        for sentence in sentences:
            words, span = marked(sentence)
            blocks.append(Block(BlockKind.PARAGRAPH, Span(len(text), len(text) + len(words))))
            self.claims.append((Span(len(text) + span.start, len(text) + span.end),))
            text += words + "\n\n"
        self.article = Article(text, tuple(blocks))
        self.parse = analyzer.parse(self.article)


@cache
def judged(analyzer: Any) -> tuple[tuple[dict[str, Any], bool], ...]:
    """Every labelled pair with what the program makes of it."""
    pairs = tomllib.loads((CASES / "claim_pairs.toml").read_text(encoding="utf-8"))["pair"]
    sentences = Marked(analyzer, [pair[side] for pair in pairs for side in "ab"])
    found = iter(sentences.claims)
    results = []
    for pair in pairs:
        first, second = (features(sentences.parse, next(found), denied=side in pair.get("denied", ())) for side in "ab")
        results.append((pair, same_claim(first, second).same))
    return tuple(results)


@pytest.mark.model
@pytest.mark.parametrize("split", ["dev", "test"])
def test_labelled_pairs(analyzer: Any, split: str) -> None:
    results = [(pair["same"], said_same) for pair, said_same in judged(analyzer) if pair["split"] == split]
    right = sum(gold and found for gold, found in results)
    assert right / sum(found for _, found in results) >= 0.9, "precision"
    assert right / sum(gold for gold, _ in results) >= 0.65, "recall"


@pytest.mark.model
def test_classes(analyzer: Any) -> None:
    cases = tomllib.loads((CASES / "claim_classes.toml").read_text(encoding="utf-8"))["claim"]
    sentences = Marked(analyzer, [case["text"] for case in cases])
    wrong = []
    for case, content in zip(cases, sentences.claims, strict=True):
        text = sentences.article.text
        start = text.index(marked(case["text"])[0])
        cue = tuple(
            Span(start + case["text"].index(word), start + case["text"].index(word) + len(word))
            for word in [case.get("cue")]
            if word
        )
        hedges = [
            Hedge(Span(text.index(word, content[0].start), text.index(word, content[0].start) + len(word)), word)
            for word in case.get("hedges", ())
        ]
        made_by = said(1, content, "s1", cue=cue, polarity=case.get("polarity", "positive"))
        found = classify(sentences.parse, content, [made_by], hedges)
        if found != case["class"]:
            wrong.append(f"{case['text']} is {found}, not {case['class']}")
    assert len(wrong) <= 0.15 * len(cases), "\n".join(wrong)
