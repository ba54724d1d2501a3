"""Factories for claims: hand-made parses in a few columns, and the two stories that the standard works out."""

from __future__ import annotations

from typing import Any

from attribution.claims import build_claims, cluster_claims
from attribution.parse.conllu import Document, parse_documents
from attribution.records import (
    Analysis,
    Attribution,
    Hedge,
    Level,
    Parse,
    Quote,
    Source,
    SourceMention,
    SourceType,
    Span,
    Spans,
)
from build import analysis, article, attribution, source


def parsed(*sentences: str) -> Document:
    """A document from sentences of "FORM LEMMA UPOS HEAD DEPREL [NER]" lines; one paragraph a sentence.

    A form that begins with "~" joins the word before it; past participles of passives need no features.
    """
    rows: list[str] = []
    for sentence in sentences:
        rows.append("# newpar")
        words = [line.split() for line in sentence.strip().splitlines()]
        for number, (form, lemma, upos, head, deprel, *entity) in enumerate(words, start=1):
            glued = number < len(words) and words[number][0].startswith("~")
            misc = [f"NER={tag}" for tag in entity] + ["SpaceAfter=No"] * glued
            columns = [form.removeprefix("~"), lemma, upos, "_", "_", head, deprel, "_", "|".join(misc) or "_"]
            rows.append("\t".join([str(number), *columns]))
        rows.append("")
    (document,) = parse_documents("\n".join(rows))
    return document


def at(document: Document, *pieces: str) -> Spans:
    """Where each of these words first stands."""
    text = document.article.text
    return tuple(Span(text.index(piece), text.index(piece) + len(piece)) for piece in pieces)


def said(number: int, content: Spans, speaker: str | None, **fields: Any) -> Attribution:
    """Attribution ``a<number>``; its source's words and cue do not matter to claims."""
    fields = {"quote": Quote.INDIRECT, "source": (), "cue": (), **fields}
    return Attribution(id=f"a{number}", content=content, source_id=speaker, **fields)


def who(number: int, name: str, kind: SourceType, level: Level, **fields: Any) -> Source:
    """Source ``s<number>``, first mentioned in the order of its number."""
    mentions = (SourceMention(Span(100 * number, 100 * number + len(name)), level),)
    return Source(
        id=f"s{number}", name=name, type=kind, **{"types": (kind,), "level": level, "mentions": mentions, **fields}
    )


def complete(text: str, attributions: tuple[Attribution, ...], sources: tuple[Source, ...]) -> Analysis:
    """An analysis with its claims built without a parse: nothing is compared, so nothing is clustered."""
    empty = Parse(tokens=(), sentences=())
    built, claims, _ = build_claims(article(text), empty, attributions, sources, ())
    claims, clusters = cluster_claims(article(text), empty, claims, built, sources)
    return analysis(text, attributions=built, sources=sources, claims=claims, clusters=clusters)


WORKED_EXAMPLE = """A militia commander was shot dead on Monday, a close associate told AFP. “They ambushed him,” \
the source said, requesting anonymity for fear of reprisals. Multiple security and military sources said he died in \
Zintan. He is alleged to have run smuggling routes. The interior ministry opened an inquiry, it said in a statement. \
“He was a butcher,” an official said."""


def worked_example() -> Analysis:
    """The worked example of the sourcing standards (§3.4) as its table has it."""
    text = WORKED_EXAMPLE

    def told(number: int, speaker: str, *words: str, **fields: Any) -> Attribution:
        return attribution(text, number, *words, source_id=speaker, claim_id=None, **fields)

    group: dict[str, Any] = {"collective": True, "count": ">=2", "types": (SourceType.SECURITY,)}
    return complete(
        text,
        (
            told(1, "s1", "a close associate", "told", "A militia commander was shot dead on Monday", recipient="AFP"),
            told(2, "s1", "the source", "said", "“They ambushed him,”", quote=Quote.DIRECT),
            told(3, "s2", "Multiple security and military sources", "said", "he died in Zintan"),
            told(4, "s3", "", "is alleged to", "have run smuggling routes"),
            told(5, "s4", "it", "said", "The interior ministry opened an inquiry", channel="statement"),
            told(6, "s5", "an official", "said", "“He was a butcher,”", quote=Quote.DIRECT),
        ),
        (
            source(
                text,
                1,
                "a close associate",
                SourceType.ARMED,
                Level.A4,
                inherited=True,
                granted=True,
                reason="specific",
            ),
            source(text, 2, "Multiple security and military sources", SourceType.SECURITY, Level.A4, **group),
            source(text, 3, "alleged", SourceType.UNKNOWN, Level.A5, count="0"),
            source(text, 4, "The interior ministry", SourceType.GOVERNMENT, Level.A1),
            source(text, 5, "an official", SourceType.GOVERNMENT, Level.A4),
        ),
    )


GARRISON = (
    """
    The the DET 2 det
    arrests arrest NOUN 10 nsubj:pass
    ~, , PUNCT 4 punct
    begun begin VERB 2 acl
    on on ADP 6 case
    Thursday Thursday PROPN 4 obl
    ~, , PUNCT 4 punct
    were be AUX 10 aux:pass
    first first ADV 10 advmod
    confirmed confirm VERB 0 root
    by by ADP 14 case
    several several ADJ 14 amod
    security security NOUN 14 compound
    sources source NOUN 10 obl:agent
    ~. . PUNCT 10 punct
    """,
    """
    An a DET 3 det
    intelligence intelligence NOUN 3 compound
    official official NOUN 4 nsubj
    said say VERB 0 root
    no no DET 8 det
    fewer few ADJ 8 amod
    than than ADP 8 case
    24 24 NUM 9 nummod
    arrests arrest NOUN 12 nsubj:pass
    had have AUX 12 aux
    been be AUX 12 aux:pass
    made make VERB 4 ccomp
    over over ADP 17 case
    what what PRON 17 nsubj
    authorities authority NOUN 16 nsubj
    described describe VERB 14 acl:relcl
    scheme scheme NOUN 12 obl
    ~. . PUNCT 4 punct
    """,
    """
    A a DET 3 det
    second second ADJ 3 amod
    source source NOUN 7 nsubj
    within within ADP 6 case
    the the DET 6 det
    army army NOUN 3 nmod
    confirmed confirm VERB 0 root
    the the DET 10 det
    alleged alleged ADJ 10 amod
    plot plot NOUN 7 obj
    ~, , PUNCT 12 punct
    saying say VERB 7 advcl
    calm calm NOUN 15 nsubj
    had have AUX 15 aux
    returned return VERB 12 ccomp
    and and CCONJ 19 cc
    arrests arrest NOUN 19 nsubj:pass
    were be AUX 19 aux:pass
    made make VERB 15 conj
    ~. . PUNCT 7 punct
    """,
    """
    According accord VERB 4 case
    to to ADP 1 fixed
    a a DET 4 det
    friend friend NOUN 6 obl
    soldiers soldier NOUN 6 nsubj
    surrounded surround VERB 0 root
    his his PRON 8 nmod:poss
    house house NOUN 6 obj
    ~. . PUNCT 6 punct
    """,
    """
    The the DET 2 det
    source source NOUN 3 nsubj
    said say VERB 0 root
    he he PRON 7 nsubj
    had have AUX 7 aux
    not not PART 7 advmod
    phoned phone VERB 3 ccomp
    ~. . PUNCT 3 punct
    """,
)


def garrison_story() -> Analysis:
    """A coup story after the acceptance story of the standards (§3.6): seven attributions, five unnamed sources."""
    document = parsed(*GARRISON)
    attributions = (
        said(1, at(document, "The arrests, begun on Thursday,"), "s1"),
        said(2, at(document, "no fewer than 24 arrests had been made over what authorities described scheme"), "s2"),
        said(3, at(document, "scheme"), "s3", parent="a2"),
        said(4, at(document, "the alleged plot"), "s4"),
        said(5, at(document, "calm had returned and arrests were made"), "s4"),
        said(6, at(document, "soldiers surrounded his house"), "s5"),
        said(7, at(document, "he had not phoned"), "s5"),
    )
    sources = (
        who(1, "several security sources", SourceType.SECURITY, Level.A4, collective=True, count=">=2"),
        who(2, "an intelligence official", SourceType.SECURITY, Level.A4),
        who(3, "authorities", SourceType.GOVERNMENT, Level.A4, collective=True, count="?"),
        who(4, "a second source within the army", SourceType.SECURITY, Level.A3, organisation="the army"),
        who(5, "a friend", SourceType.SECURITY, Level.A4, inherited=True),
    )
    alleged = tuple(Hedge(span, "alleged") for span in at(document, "alleged"))
    built, claims, hedges = build_claims(document.article, document.parse, attributions, sources, alleged)
    claims, clusters = cluster_claims(document.article, document.parse, claims, built, sources)
    return Analysis(document.article, document.parse, built, sources, claims, clusters, hedges)
