"""The outlet's own voice, accusations and replies, on hand-made parses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from claim_build import at, parsed, said, who

from attribution.parse.conllu import Document
from attribution.records import Analysis, Attribution, Confidence, Level, Source, SourceType
from attribution.voice import AssertionKind, FigureKind, ReplyKind, ViewKind, Voice, balance

GOV, CIT = SourceType.GOVERNMENT, SourceType.CITIZEN


def voice(document: Document, *attributions: Attribution, sources: tuple[Source, ...] = ()) -> Voice:
    return Voice(Analysis(document.article, document.parse, attributions, sources, (), (), ()))


def names(*words: str, first: int = 1, tag: str = "PER") -> list[str]:
    """Rows of a name that is the subject of the word behind it."""
    head = first + len(words)
    rows = [f"{words[0]} {words[0]} PROPN {head} nsubj B-{tag}"]
    return rows + [f"{word} {word} PROPN {first} flat I-{tag}" for word in words[1:]]


def sentence(*rows: str) -> str:
    return "\n".join(rows)


SALLOW_EMBEZZLED = sentence(
    *names("Martin", "Sallow"),
    "embezzled embezzle VERB 0 root",
    "the the DET 5 det",
    "fund fund NOUN 3 obj",
    ". . PUNCT 3 punct",
)
HE_EMBEZZLED = sentence("He he PRON 2 nsubj", "embezzled embezzle VERB 0 root", "it it PRON 2 obj", ". . PUNCT 2 punct")
SALLOW_CONVICTED = sentence(
    "Sallow Sallow PROPN 3 nsubj:pass B-PER",
    "was be AUX 3 aux:pass",
    "convicted convict VERB 0 root",
    ". . PUNCT 3 punct",
)
SALLOW_DIED = sentence("Sallow Sallow PROPN 2 nsubj B-PER", "died die VERB 0 root", ". . PUNCT 2 punct")


# -------------------------------------------------------------------------------------- allegations


def allegations(document: Document, *attributions: Attribution) -> list[tuple[str, Confidence]]:
    found = voice(document, *attributions).assertions
    return [(a.party.name, a.confidence) for a in found if a.kind is AssertionKind.ALLEGATION and a.party]


def test_a_crime_of_a_named_person_is_an_allegation() -> None:
    assert allegations(parsed(SALLOW_EMBEZZLED)) == [("Martin Sallow", Confidence.HIGH)]


def test_its_span_is_the_deed_with_its_object() -> None:
    document = parsed(SALLOW_EMBEZZLED)
    (found,) = voice(document).assertions
    assert document.article.text[found.span.start : found.span.end] == "embezzled the fund"


def test_a_source_in_the_sentence_makes_it_somebody_elses() -> None:
    document = parsed(SALLOW_EMBEZZLED)
    assert allegations(document, said(1, at(document, "Martin Sallow embezzled the fund"), "s1")) == []


@pytest.mark.parametrize("record", [SALLOW_CONVICTED, SALLOW_DIED], ids=["convicted", "dead"])
def test_what_is_on_the_record_is_no_allegation(record: str) -> None:
    assert allegations(parsed(record, SALLOW_EMBEZZLED)) == []


@pytest.mark.parametrize(
    "rows",
    [
        ["never never ADV 4 advmod", "embezzled embezzle VERB 0 root"],
        ["may may AUX 4 aux", "embezzle embezzle VERB 0 root"],
        ["will will AUX 4 aux", "embezzle embezzle VERB 0 root"],
    ],
    ids=["negated", "possible", "future"],
)
def test_what_is_not_said_to_be_so_is_no_allegation(rows: list[str]) -> None:
    doer = ["Martin Martin PROPN 4 nsubj B-PER", "Sallow Sallow PROPN 1 flat I-PER"]
    document = parsed(sentence(*doer, *rows, "money money NOUN 4 obj", ". . PUNCT 4 punct"))
    assert allegations(document) == []


def test_an_object_can_make_it_harmless() -> None:
    def stole(thing: str) -> Document:
        rows = [*names("Kasia", "Marsh"), "stole steal VERB 0 root", "the the DET 5 det"]
        return parsed(sentence(*rows, f"{thing} {thing} NOUN 3 obj", ". . PUNCT 3 punct"))

    assert allegations(stole("show")) == []
    assert allegations(stole("money")) == [("Kasia Marsh", Confidence.HIGH)]


def test_nobody_identifiable_is_accused_of_nothing() -> None:
    assert allegations(parsed(HE_EMBEZZLED)) == []


def test_the_passive_accuses_its_agent_only() -> None:
    bare = ["Funds fund NOUN 3 nsubj:pass", "were be AUX 3 aux:pass", "embezzled embezzle VERB 0 root"]
    agent = ["by by ADP 5 case", "Sallow Sallow PROPN 3 obl B-PER"]
    assert allegations(parsed(sentence(*bare, ". . PUNCT 3 punct"))) == []
    assert allegations(parsed(sentence(*bare, *agent, ". . PUNCT 3 punct"))) == [("Sallow", Confidence.HIGH)]


def test_conduct_is_less_sure_than_crime() -> None:
    document = parsed(
        sentence(*names("Corvane", tag="ORG"), "misled mislead VERB 0 root", "investors investor NOUN 2 obj")
    )
    assert allegations(document) == [("Corvane", Confidence.MEDIUM)]


# ------------------------------------------------------------------------------------------ figures

FORTY_DIED = sentence(
    "At at ADP 2 case", "least least ADJ 3 advmod", "40 40 NUM 4 nummod", "people people NOUN 5 nsubj",
    "died die VERB 0 root", "in in ADP 7 case", "Telm Telm PROPN 5 obl B-LOC", ". . PUNCT 5 punct",
)  # fmt: skip
DIED_AT_92 = sentence(
    *names("Anna", "Marsh"), "died die VERB 0 root", "at at ADP 5 case", "92 92 NUM 3 obl", ". . PUNCT 3 punct"
)
A_SHARE_IS_EMPTY = sentence(
    "35 35 NUM 2 nummod", "percent percent NOUN 6 nsubj", "of of ADP 4 case", "houses house NOUN 2 nmod",
    "are be AUX 6 cop", "empty empty ADJ 0 root", ". . PUNCT 6 punct",
)  # fmt: skip
A_TARIFF = sentence(
    "A a DET 2 det", "tariff tariff NOUN 5 nsubj", "of of ADP 5 case", "25 25 NUM 5 nummod",
    "percent percent NOUN 6 nsubj", "applies apply VERB 0 root", ". . PUNCT 6 punct",
)  # fmt: skip
THE_CENSUS = sentence(
    "The the DET 2 det", "census census NOUN 3 nsubj", "counted count VERB 0 root", "them they PRON 3 obj"
)


def figures_in(document: Document, *attributions: Attribution) -> list[tuple[FigureKind | None, str]]:
    text = document.article.text
    found = voice(document, *attributions).assertions
    return [(a.figure, text[a.span.start : a.span.end]) for a in found if a.kind is AssertionKind.FIGURE]


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ([FORTY_DIED], [(FigureKind.CASUALTY, "At least 40 people")]),
        ([A_SHARE_IS_EMPTY], [(FigureKind.PERCENTAGE, "35 percent")]),
        ([DIED_AT_92], []),
        ([A_TARIFF], []),
        ([THE_CENSUS, A_SHARE_IS_EMPTY], []),
    ],
    ids=["a toll", "a share", "an age", "a set rate", "a document in the sentence before"],
)
def test_figures_that_need_a_source(story: list[str], expected: list[tuple[FigureKind, str]]) -> None:
    assert figures_in(parsed(*story)) == expected


# -------------------------------------------------------------------------------------------- views


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["It it PRON 3 nsubj", "will will AUX 3 aux", "wreck wreck VERB 0 root", "farms farm NOUN 3 obj"],
         (ViewKind.FORECAST, Confidence.HIGH)),
        (["It it PRON 3 nsubj", "will will AUX 3 aux", "meet meet VERB 0 root", "Monday Monday PROPN 3 obl"],
         (ViewKind.FORECAST, Confidence.LOW)),
        (["It it PRON 4 nsubj", "is be AUX 4 cop", "a a DET 4 det", "disgrace disgrace NOUN 0 root"],
         (ViewKind.EVALUATION, Confidence.HIGH)),
        (["They they PRON 3 nsubj", "were be AUX 3 cop", "angry angry ADJ 0 root"], None),
        (["Is be AUX 4 cop", "it it PRON 4 nsubj", "a a DET 4 det", "disgrace disgrace NOUN 0 root",
          "? ? PUNCT 4 punct"], None),
    ],
    ids=["effect", "appointment", "judgement", "feeling", "question"],
)  # fmt: skip
def test_views(rows: list[str], expected: tuple[ViewKind, Confidence] | None) -> None:
    found = [(a.view, a.confidence) for a in voice(parsed(sentence(*rows))).assertions]
    assert found == ([expected] if expected else [])


# ------------------------------------------------------------------------------- accusations, replies

REEDY_ACCUSED_CORVANE = sentence(
    *names("Tomas", "Reedy"),
    "accused accuse VERB 0 root",
    "Corvane Corvane PROPN 3 obj B-ORG",
    "of of ADP 6 case",
    "fraud fraud NOUN 3 obl",
    ". . PUNCT 3 punct",
)
CORVANE_DENIED_IT = sentence(
    *names("Corvane", tag="ORG"), "denied deny VERB 0 root", "it it PRON 2 obj", ". . PUNCT 2 punct"
)
A_SPOKESMAN_SILENT = sentence(
    "A a DET 2 det", "spokesman spokesman NOUN 5 nsubj", "did do AUX 5 aux", "not not PART 5 advmod",
    "respond respond VERB 0 root", ". . PUNCT 5 punct",
)  # fmt: skip
HALDEN_SILENT = A_SPOKESMAN_SILENT.replace("spokesman spokesman NOUN 5 nsubj", "Halden Halden PROPN 5 nsubj B-ORG")
REEDY = who(1, "Tomas Reedy", CIT, Level.A0)


def accused(*more: str, **fields: Any) -> Voice:
    document = parsed(REEDY_ACCUSED_CORVANE, *more)
    statement = said(1, at(document, "Corvane of fraud"), "s1", source=at(document, "Tomas Reedy"),
                     cue=at(document, "accused"))  # fmt: skip
    return voice(document, replace(statement, **fields), sources=(REEDY,))


def test_who_accuses_whom() -> None:
    (found,) = accused().accusations
    assert (found.party.name, found.by, found.attribution) == ("Corvane", "s1", "a1")


@pytest.mark.parametrize(
    ("more", "reply"),
    [
        ((), None),
        ((CORVANE_DENIED_IT,), ReplyKind.DENIAL),
        ((A_SPOKESMAN_SILENT,), ReplyKind.ATTEMPT),
        ((HALDEN_SILENT,), None),
    ],
    ids=["nothing", "a denial of it", "an attempt that may be theirs", "an attempt that is another's"],
)
def test_replies(more: tuple[str, ...], reply: ReplyKind | None) -> None:
    story = accused(*more)
    (party,) = story.accused
    found = story.reply_of(party)
    assert (found.kind if found else None) is reply


def test_a_question_or_a_denial_accuses_nobody() -> None:
    assert accused(hypothetical=True).accusations == ()
    assert accused(polarity="negative").accusations == ()


# ------------------------------------------------------------------------------------ parties, verbs


@pytest.mark.parametrize(
    ("first", "second", "parties"),
    [
        (("PER", "Anna", "Marsh"), ("PER", "Marsh"), 1),
        (("PER", "Anna", "Marsh"), ("PER", "Tom", "Marsh"), 2),
        (("ORG", "Halden", "Inc"), ("ORG", "Halden"), 1),
        (("ORG", "Coastal", "Fishing", "Board"), ("ORG", "CFB"), 1),
        (("ORG", "Halden"), ("PER", "Halden"), 1),
    ],
    ids=["surname", "another first name", "legal form", "initials", "tagged in two ways"],
)
def test_names_of_one_party(first: tuple[str, ...], second: tuple[str, ...], parties: int) -> None:
    def spoke(name: tuple[str, ...]) -> str:
        tag, *words = name
        return sentence(*names(*words, tag=tag), "left leave VERB 0 root")

    assert len(voice(parsed(spoke(first), spoke(second))).parties.all) == parties


def test_verbs_by_side() -> None:
    document = parsed(
        sentence("Police police NOUN 2 nsubj", "said say VERB 0 root", "so so ADV 2 advmod"),
        sentence("Residents resident NOUN 2 nsubj", "claimed claim VERB 0 root", "otherwise otherwise ADV 2 advmod"),
    )
    police, residents = who(1, "Police", GOV, Level.A1), who(2, "Residents", CIT, Level.A4)
    statements = (
        said(1, at(document, "so"), "s1", cue=at(document, "said")),
        said(2, at(document, "otherwise"), "s2", cue=at(document, "claimed")),
    )
    found = balance(voice(document, *statements, sources=(police, residents)).reporting_verbs)
    assert {side: dict(counts) for side, counts in found.items()} == {
        "officials": {"neutral": 1},
        "cit": {"doubt": 1},
    }
