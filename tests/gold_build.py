"""A tiny gold story with its hand-made parse, so that evaluation is tested on the real program without a model."""

from __future__ import annotations

from pathlib import Path

from attribution.parse.conllu import parse_documents
from attribution.pipeline import Analyzer
from attribution.records import Article, Parse

STORY = """\
desk = "local"
style = "agency"
text = '''{s1:The mayor, Ana Lopez}, {c1:said} {x1:the dam was safe}.

{s2:She} {c2:told} AFP {x2:that {s3:residents} {c3:had complained} {x3:of noise}}.'''

[sources.mayor]
name = "Ana Lopez"
type = "gov"
level = "A0"
count = "1"
collective = false
granted = false
reason = "none"

[sources.residents]
name = "residents"
type = "cit"
level = "A4"
count = ">=2"
collective = true
granted = false
reason = "none"

[attributions.1]
source = "mayor"
[attributions.2]
source = "mayor"
recipient = "AFP"
[attributions.3]
source = "residents"
"""

TEXT = "The mayor, Ana Lopez, said the dam was safe.\n\nShe told AFP that residents had complained of noise."

GRANTS = """\
[[case]]
id = "asked"
text = "{s:A nurse} said the ward was full. She asked not to be named."
granted = true
reason = "none"
why = "the second sentence is about her"
"""

# form, lemma, tag, head, relation, entity
_STORY = (
    (
        "The the DET 2 det", "mayor mayor NOUN 7 nsubj", ", , PUNCT 4 punct", "Ana Ana PROPN 2 appos B-PER",
        "Lopez Lopez PROPN 4 flat I-PER", ", , PUNCT 2 punct", "said say VERB 0 root", "the the DET 9 det",
        "dam dam NOUN 11 nsubj", "was be AUX 11 cop", "safe safe ADJ 7 ccomp", ". . PUNCT 7 punct",
    ),
    (
        "She she PRON 2 nsubj", "told tell VERB 0 root", "AFP AFP PROPN 2 iobj B-ORG", "that that SCONJ 7 mark",
        "residents resident NOUN 7 nsubj", "had have AUX 7 aux", "complained complain VERB 2 ccomp",
        "of of ADP 9 case", "noise noise NOUN 7 obl", ". . PUNCT 2 punct",
    ),
)  # fmt: skip
_CASE = (
    (
        "A a DET 2 det", "nurse nurse NOUN 3 nsubj", "said say VERB 0 root", "the the DET 5 det",
        "ward ward NOUN 7 nsubj", "was be AUX 7 cop", "full full ADJ 3 ccomp", ". . PUNCT 3 punct",
    ),
    (
        "She she PRON 2 nsubj", "asked ask VERB 0 root", "not not PART 6 advmod", "to to PART 6 mark",
        "be be AUX 6 aux:pass", "named name VERB 2 xcomp", ". . PUNCT 2 punct",
    ),
)  # fmt: skip


class ParserByHeart:
    """Parses two texts, from memory."""

    model = "by heart"

    def __init__(self) -> None:
        documents = [*parse_documents(_conllu(_STORY, "newpar")), *parse_documents(_conllu(_CASE))]
        self.known = {document.article.text: document.parse for document in documents}

    def parse(self, article: Article) -> Parse:
        """The parse of a known text."""
        return self.known[article.text.strip()]


def by_heart(_: str = "newsroom") -> Analyzer:
    """The real program with that parser."""
    return Analyzer(ParserByHeart())


def write_gold(folder: Path, *, story: str = STORY, grants: str | None = GRANTS) -> Path:
    """A folder of gold with one story."""
    folder.mkdir(exist_ok=True)
    (folder / "dam.toml").write_text(story, encoding="utf-8")
    if grants is not None:
        (folder / "grants.toml").write_text(grants, encoding="utf-8")
    return folder


def _conllu(sentences: tuple[tuple[str, ...], ...], *comments: str) -> str:
    lines = []
    for words in sentences:
        lines += [f"# {comment}" for comment in comments]
        cells = [word.split() for word in words]
        for number, (form, lemma, tag, head, relation, *entity) in enumerate(cells, start=1):
            misc = [f"NER={entity[0]}"] if entity else []
            if number < len(cells) and cells[number][2] == "PUNCT":
                misc.append("SpaceAfter=No")
            feats = {"she": "Gender=Fem|Number=Sing|Person=3", "resident": "Number=Plur"}.get(lemma, "_")
            row = [str(number), form, lemma, tag, "_", feats, head, relation, "_", "|".join(misc) or "_"]
            lines.append("\t".join(row))
        lines.append("")
    return "\n".join(lines) + "\n"
