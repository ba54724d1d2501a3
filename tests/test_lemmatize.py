"""Lemmas: what English inflects, what UD English agrees on, and how the tables are learned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.parse.conllu import parse_documents
from attribution.parse.lemmatize import Lemmatizer, base_form, in_lemma_case
from attribution.train import tables

LEMMATIZER = Lemmatizer()

REGULAR = {
    "VERB": {
        "VBZ": "says:say denies:deny alleges:allege accuses:accuse goes:go watches:watch vetoes:veto ties:tie",
        "VBD": "alleged:allege denied:deny admitted:admit planned:plan faded:fade shouted:shout echoed:echo "
        "agreed:agree reported:report told:tell said:say wrote:write underscored:underscore visited:visit cited:cite "
        "travelled:travel panicked:panic offered:offer interfered:interfere conceded:concede succeeded:succeed "
        "killed:kill freed:free",
        "VBN": "reported:report written:write taken:take quoted:quote found:find begun:begin shot:shoot",
        "VBG": "saying:say alleging:allege denying:deny planning:plan running:run lying:lie citing:cite visiting:visit "
        "revealing:reveal making:make evoking:evoke",
        "VB": "say:say be:be",
    },
    "NOUN": {
        "NNS": "officials:official cities:city sources:source men:man women:woman spokesmen:spokesman children:child "
        "crises:crisis lives:life attaches:attache series:series headquarters:headquarters boxes:box heroes:hero "
        "governments:government deaths:death buses:bus",
        "NN": "government:government gas:gas analysis:analysis series:series",
    },
    "ADJ": {"JJR": "bigger:big higher:high better:good happier:happy", "JJS": "worst:bad largest:large biggest:big"},
    "ADV": {"RB": "reportedly:reportedly", "RBR": "earlier:early"},
}


@pytest.mark.parametrize(
    ("form", "upos", "xpos", "lemma"),
    [
        (form, upos, xpos, lemma)
        for upos, by_tag in REGULAR.items()
        for xpos, pairs in by_tag.items()
        for form, lemma in (pair.split(":") for pair in pairs.split())
    ],
)
def test_inflection(form: str, upos: str, xpos: str, lemma: str) -> None:
    assert LEMMATIZER.lemma(form, upos, xpos) == lemma


@pytest.mark.parametrize(
    ("form", "upos", "xpos", "lemma"),
    [
        ("n't", "PART", "RB", "not"),
        ("n’t", "PART", "RB", "not"),
        ("'s", "AUX", "VBZ", "be"),
        ("’s", "AUX", "VBZ", "be"),
        ("'s", "PART", "POS", "'s"),
        ("’s", "PART", "POS", "'s"),
        ("'s", "PRON", "PRP", "we"),  # let's
        ("'ll", "AUX", "MD", "will"),
        ("'d", "AUX", "MD", "would"),
        ("'d", "AUX", "VBD", "have"),
        ("ca", "AUX", "MD", "can"),
        ("wo", "AUX", "MD", "will"),
        ("'ve", "AUX", "VBP", "have"),
        ("was", "AUX", "VBD", "be"),
        ("been", "AUX", "VBN", "be"),
    ],
)
def test_contractions_and_auxiliaries(form: str, upos: str, xpos: str, lemma: str) -> None:
    assert LEMMATIZER.lemma(form, upos, xpos) == lemma


@pytest.mark.parametrize(
    ("form", "xpos", "lemma"),
    [("I", "PRP", "I"), ("me", "PRP", "I"), ("He", "PRP", "he"), ("him", "PRP", "he"), ("them", "PRP", "they"),
     ("his", "PRP$", "his"), ("Their", "PRP$", "their"), ("herself", "PRP", "herself")],
)  # fmt: skip
def test_pronouns(form: str, xpos: str, lemma: str) -> None:
    assert LEMMATIZER.lemma(form, "PRON", xpos) == lemma


@pytest.mark.parametrize(
    ("form", "upos", "xpos", "lemma"),
    [
        ("Bamako", "PROPN", "NNP", "Bamako"),
        ("AFP", "PROPN", "NNP", "AFP"),
        ("Diallos", "PROPN", "NNPS", "Diallo"),
        ("Reuters", "PROPN", "NNP", "Reuters"),
        ("States", "PROPN", "NNPS", "State"),
        ("United", "ADJ", "NNP", "United"),
        ("Malian", "ADJ", "JJ", "Malian"),
        ("American", "ADJ", "JJ", "American"),
        ("Officials", "NOUN", "NNS", "official"),  # at the start of a sentence
        ("Senior", "ADJ", "JJ", "senior"),
        ("The", "DET", "DT", "the"),
        ("SAID", "VERB", "VBD", "say"),  # in a headline
    ],
)
def test_capitals(form: str, upos: str, xpos: str, lemma: str) -> None:
    assert LEMMATIZER.lemma(form, upos, xpos) == lemma


@pytest.mark.parametrize(
    ("form", "upos", "xpos", "lemma"),
    [
        ("1,000", "NUM", "CD", "1000"),
        ("1,250,000.50", "NUM", "CD", "1250000.50"),
        ("3.5", "NUM", "CD", "3.5"),
        ("12", "NUM", "CD", "12"),
        ("Three", "NUM", "CD", "three"),
        (".", "PUNCT", ".", "."),
        ("%", "SYM", "NN", "%"),
    ],
)
def test_figures_and_marks(form: str, upos: str, xpos: str, lemma: str) -> None:
    assert LEMMATIZER.lemma(form, upos, xpos) == lemma


def test_the_same_form_has_the_lemma_of_its_part_of_speech() -> None:
    assert LEMMATIZER.lemma("found", "VERB", "VBD") == "find"
    assert LEMMATIZER.lemma("found", "VERB", "VB") == "found"
    assert LEMMATIZER.lemma("left", "VERB", "VBD") == "leave"
    assert LEMMATIZER.lemma("left", "ADJ", "JJ") == "left"
    assert LEMMATIZER.lemma("lies", "VERB", "VBZ") == "lie"
    assert LEMMATIZER.lemma("says", "NOUN", "NNS") == "say"


def test_a_foreign_word_is_its_own_lemma() -> None:
    assert LEMMATIZER.lemma("Kataeb", "X", "FW", "Foreign=Yes") == "Kataeb"
    assert LEMMATIZER.lemma("cheikhs", "NOUN", "NNS", "Foreign=Yes|Number=Plur") == "cheikhs"


def test_unknown_tags_change_nothing_but_case() -> None:
    assert LEMMATIZER.lemma("Gunmen", "NOUN", "") == "gunmen"
    assert LEMMATIZER.lemma("Gunmen", "PROPN", "") == "Gunmen"


TAGS = st.sampled_from(
    ["VBD", "VBG", "VBN", "VBZ", "NNS", "NN", "NNP", "NNPS", "JJR", "JJS", "RB", "CD", "PRP", "", "?"]
)
UPOS = st.sampled_from(["VERB", "NOUN", "PROPN", "ADJ", "ADV", "NUM", "PRON", "X", "AUX"])


@given(st.text(min_size=1, max_size=20), UPOS, TAGS)
def test_no_lemma_is_empty(form: str, upos: str, xpos: str) -> None:
    assert LEMMATIZER.lemma(form, upos, xpos)


@given(st.text(alphabet="bdgrstaeiouy", min_size=2, max_size=10), UPOS, TAGS)
def test_case_of_a_word_does_not_change_which_lemma_it_has(form: str, upos: str, xpos: str) -> None:
    assert LEMMATIZER.lemma(form.upper(), upos, xpos).lower() == LEMMATIZER.lemma(form, upos, xpos).lower()


# ------------------------------------------------------------------------------------ learning the tables


def test_a_rule_is_learned_from_words_and_used_on_others() -> None:
    regular = [(f"{noun}s", noun) for noun in ("dog", "cat", "stone")]
    rules = tables.lemma_rules({"NNS": [("cities", "city"), ("ladies", "lady"), *regular]})
    assert base_form(rules, "parties", "NNS") == "party"
    assert base_form(rules, "sources", "NNS") == "source"


def test_verbs_in_ed_and_ing_share_their_rules() -> None:
    rules = tables.lemma_rules({"VBD": [("faded", "fade"), ("baked", "bake"), ("talked", "talk"), ("acted", "act")]})
    assert base_form(rules, "rating", "VBG") == "rate"
    assert base_form(rules, "walking", "VBG") == "walk"
    assert base_form(rules, "said", "VBD") == "said"  # irregular: no rule touches it


def table_of(*rows: tuple[str, str]) -> dict[tuple[str, str], str]:
    """The table of exceptions from a treebank of one-word sentences, plural nouns given as (form, lemma)."""
    _, lemmas = tables.lemma_tables(
        parse_documents("".join(f"1\t{form}\t{lemma}\tNOUN\tNNS\t_\t0\troot\t_\t_\n\n" for form, lemma in rows))
    )
    return lemmas


REGULAR_NOUNS = (("dogs", "dog"), ("cats", "cat"), ("cows", "cow"))


def test_an_exception_is_kept_only_where_the_rules_fail() -> None:
    lemmas = table_of(*REGULAR_NOUNS, ("oxes", "ox"))
    assert lemmas["NNS", "oxes"] == "ox"
    assert ("NNS", "dogs") not in lemmas


def test_the_more_frequent_lemma_wins() -> None:
    assert (
        table_of(*REGULAR_NOUNS, ("pence", "pence"), ("pence", "penny"), ("pence", "penny"))["NNS", "pence"] == "penny"
    )


def test_our_own_list_goes_before_a_treebank() -> None:
    assert table_of(*REGULAR_NOUNS, ("women", "womyn"))["NNS", "women"] == "woman"


def test_names_keep_their_case_and_other_words_do_not() -> None:
    assert in_lemma_case("Army", "PROPN", "NNP") == "Army"
    assert in_lemma_case("Army", "NOUN", "NN") == "army"
    assert in_lemma_case("Korean", "ADJ", "JJ") == "Korean"
    assert in_lemma_case("B", "NOUN", "NN") == "B"
