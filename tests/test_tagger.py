"""Tagger and patterns together, on hand-built parses and hand-written probabilities."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.extract import extract
from attribution.extract.tags import _best_run, _runs
from attribution.parse.conllu import Document, parse_documents
from attribution.records import Attribution, TaggedCue
from attribution.text import words_of

SURE, LIKELY, UNLIKELY = 0.98, 0.7, 0.1


def document(rows: str) -> Document:
    """A one-sentence document from lines "word lemma UPOS XPOS head relation"."""
    lines = []
    for number, row in enumerate(rows.strip().splitlines(), start=1):
        word, lemma, upos, xpos, head, relation = row.split()
        lines.append(f"{number}\t{word}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{relation}\t_\t_")
    return next(parse_documents("\n".join(lines) + "\n"))


SAID = document("""
Engineers engineer NOUN NNS 2 nsubj
said say VERB VBD 0 root
the the DET DT 4 det
dam dam NOUN NN 5 nsubj
leaked leak VERB VBD 2 ccomp
on on ADP IN 7 case
Monday Monday PROPN NNP 5 obl
. . PUNCT . 2 punct
""")

MURMURED = document("""
The the DET DT 2 det
council council NOUN NN 3 nsubj
minuted minute VERB VBD 0 root
that that SCONJ IN 6 mark
funds fund NOUN NNS 6 nsubj
ran run VERB VBD 3 ccomp
out out ADP RP 6 compound:prt
. . PUNCT . 3 punct
""")

ACCUSED = document("""
Police police NOUN NNS 2 nsubj
held hold VERB VBD 0 root
men man NOUN NNS 2 obj
accused accuse VERB VBN 3 acl
of of SCONJ IN 6 mark
stealing steal VERB VBG 4 advcl
fuel fuel NOUN NN 6 obj
. . PUNCT . 2 punct
""")


BELIEVED = next(
    parse_documents("""
1	Lowe	Lowe	PROPN	NNP	_	2	nsubj	_	_
2	waited	wait	VERB	VBD	_	0	root	_	_
3	.	.	PUNCT	.	_	2	punct	_	_

1	The	the	DET	DT	_	2	det	_	_
2	man	man	NOUN	NN	_	4	nsubj:pass	_	_
3	is	be	AUX	VBZ	_	4	aux:pass	_	_
4	believed	believe	VERB	VBN	_	0	root	_	_
5	to	to	PART	TO	_	7	mark	_	_
6	have	have	AUX	VB	_	7	aux	_	_
7	left	leave	VERB	VBN	_	4	xcomp	_	_
8	.	.	PUNCT	.	_	4	punct	_	_
""")
)

HURRIED = document("""
She she PRON PRP 3 nsubj
also also ADV RB 3 advmod
recirculated recirculate VERB VBD 0 root
the the DET DT 5 det
chart chart NOUN NN 3 obj
. . PUNCT . 3 punct
""")


DISPUTED = document("""
Ruiz Ruiz PROPN NNP 2 nsubj
disputed dispute VERB VBD 0 root
that that PRON DT 2 obj
, , PUNCT , 5 punct
saying say VERB VBG 2 advcl
pumps pump NOUN NNS 7 nsubj
failed fail VERB VBD 5 ccomp
. . PUNCT . 2 punct
""")

SENT = document("""
Rome Rome PROPN NNP 2 nsubj
sent send VERB VBD 0 root
900 900 NUM CD 4 nummod
medics medic NOUN NNS 2 obj
, , PUNCT , 8 punct
according accord VERB VBG 8 case
to to ADP IN 6 fixed
radio radio NOUN NN 2 obl
. . PUNCT . 2 punct
""")


def cue(tokens: list[int], score: float, source: dict[int, float], content: dict[int, float]) -> TaggedCue:
    return TaggedCue(tuple(tokens), score, tuple(source.items()), tuple(content.items()))


def found(doc: Document, *tagged: TaggedCue) -> list[Attribution]:
    return list(extract(doc.article, replace(doc.parse, tagged=tagged)))


def shown(doc: Document, a: Attribution) -> tuple[str, str, str]:
    text = doc.article.text
    return words_of(a.source, text), words_of(a.cue, text), words_of(a.content, text)


def test_both_agree() -> None:
    whole = dict.fromkeys(range(2, 7), SURE)
    (a,) = found(SAID, cue([1], SURE, {0: SURE}, whole))
    assert shown(SAID, a) == ("Engineers", "said", "the dam leaked on Monday")
    assert set(a.evidence) == {"pattern:clause", "tagger"}


def test_what_is_said_beside_a_denial_is_not_denied() -> None:
    content = {5: SURE, 6: SURE}
    (a,) = found(DISPUTED, cue([1], SURE, {0: SURE}, content), cue([4], SURE, {0: SURE}, content))
    assert shown(DISPUTED, a) == ("Ruiz", "saying", "pumps failed")
    assert a.polarity == "positive"


def test_a_number_keeps_its_noun() -> None:
    links = {0: SURE, 1: SURE, 2: SURE, 3: 0.001}
    (a,) = found(SENT, cue([5, 6], SURE, {7: SURE}, {**links, 4: 0.001}))
    assert shown(SENT, a)[2] == "Rome sent 900 medics"


def test_a_doubtful_word_does_not_break_a_whole_clause() -> None:
    (a,) = found(SAID, cue([1], SURE, {0: SURE}, {2: SURE, 3: SURE, 4: SURE, 5: LIKELY, 6: 0.4}))
    assert shown(SAID, a)[2] == "the dam leaked on Monday"


def test_the_tagger_may_overrule_a_clause() -> None:
    (a,) = found(SAID, cue([1], SURE, {0: SURE}, {2: SURE, 3: SURE, 4: SURE, 5: 0.001, 6: 0.001}))
    assert shown(SAID, a)[2] == "the dam leaked"


def test_the_tagger_cuts_no_hole_into_a_clause() -> None:
    (a,) = found(SAID, cue([1], SURE, {0: SURE}, {2: SURE, 3: SURE, 4: 0.001, 5: SURE, 6: SURE}))
    assert shown(SAID, a)[2] == "the dam leaked on Monday"


def test_what_nobody_says_is_not_laid_to_the_sentence_before() -> None:
    tagged = cue([5, 6], SURE, {0: SURE}, dict.fromkeys((3, 4, 7, 8, 9), SURE))
    (a,) = found(BELIEVED, tagged)
    assert shown(BELIEVED, a) == ("", "is believed", "The man … to have left")


def test_a_cue_that_no_list_holds() -> None:
    (a,) = found(MURMURED, cue([2], SURE, {0: SURE, 1: SURE}, dict.fromkeys(range(3, 7), SURE)))
    assert shown(MURMURED, a) == ("The council", "minuted", "that funds ran out")
    assert a.evidence == ("tagger",)


@pytest.mark.parametrize(
    "tagged",
    [
        cue([2], 0.4, {1: SURE}, {3: SURE, 4: SURE, 5: SURE}),
        cue([2], SURE, {1: SURE}, {}),
        cue([3], SURE, {1: SURE}, {4: SURE, 5: SURE}),
    ],
    ids=["improbable cue", "no content", "a cue without meaning"],
)
def test_no_attribution_by_the_tagger_alone(tagged: TaggedCue) -> None:
    assert found(MURMURED, tagged) == []


def test_an_adverb_torn_from_its_verb_attributes_nothing() -> None:
    chart = {3: SURE, 4: SURE}
    (a,) = found(HURRIED, cue([1], SURE, {0: SURE}, chart), cue([2], SURE, {0: SURE}, chart))
    assert shown(HURRIED, a) == ("She", "recirculated", "the chart")


def test_a_hedge_is_no_cue() -> None:
    assert found(ACCUSED, cue([3], SURE, {0: SURE}, {5: SURE, 6: SURE})) == []


def test_a_pattern_that_the_tagger_does_not_see_at_all_is_dropped() -> None:
    elsewhere = cue([6], UNLIKELY, {}, {3: 0.2})
    assert found(SAID, elsewhere) == []
    assert len(found(SAID)) == 1  # without a tagger the pattern stands


def test_a_pattern_that_the_tagger_holds_for_possible_stands() -> None:
    (a,) = found(SAID, cue([1], 0.2, {0: 0.5}, {2: 0.5, 3: 0.5, 4: 0.5}))
    assert shown(SAID, a)[0] == "Engineers"


def test_confidence_follows_the_tagger() -> None:
    whole = dict.fromkeys(range(2, 7), SURE)
    (sure,) = found(SAID, cue([1], SURE, {0: SURE}, whole))
    (unsure,) = found(SAID, cue([1], 0.3, {0: SURE}, dict.fromkeys(whole, 0.5)))
    assert 0 < unsure.confidence < sure.confidence < 1


probabilities = st.dictionaries(st.integers(0, 30), st.floats(0, 1), max_size=20)


@given(probabilities, st.frozensets(st.integers(0, 30), max_size=4))
def test_runs_avoid_the_cue_and_stay_in_reach(links: dict[int, float], barred: frozenset[int]) -> None:
    for chosen in (_runs(links, barred), _best_run(links, barred)):
        assert not chosen & barred
        assert not chosen or (min(links) <= min(chosen) and max(chosen) <= max(links))


@given(probabilities)
def test_a_source_is_one_run(links: dict[int, float]) -> None:
    chosen = _best_run(links, frozenset())
    assert not chosen or chosen == frozenset(range(min(chosen), max(chosen) + 1))
