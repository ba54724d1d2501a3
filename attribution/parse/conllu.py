"""CoNLL-U files to ``Parse`` values, so that everything after parsing works without a model.

Reads the Universal Dependencies v2 format.  ``# newpar``, ``# newdoc`` and ``SpaceAfter=No`` shape the text:
paragraphs are set apart by a blank line, sentences of one paragraph by a space.  Entities are read from
MISC (``NER=B-PER``), which is also how ``write`` stores them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from attribution.errors import ParseError
from attribution.records import Article, Block, BlockKind, Parse, Sentence, Span, Token


@dataclass(frozen=True, slots=True)
class Document:
    """One ``# newdoc`` of a CoNLL-U file (or the whole file where it has none)."""

    name: str
    article: Article
    parse: Parse


def read(path: str | Path) -> Iterator[Document]:
    """Read every document of a CoNLL-U file.

    Raises:
        ParseError: a row does not have ten columns, or a head is not a word of its sentence.
    """
    return parse_documents(Path(path).read_text(encoding="utf-8"), where=str(path))


def parse_documents(conllu: str, where: str = "CoNLL-U") -> Iterator[Document]:
    """Like ``read``, from a string; ``where`` names it in errors."""
    builder = _Builder("")
    comments: list[str] = []
    rows: list[list[str]] = []
    for number, line in enumerate([*conllu.splitlines(), ""], start=1):
        if line.startswith("#"):
            comments.append(line[1:].strip())
        elif line.strip():
            columns = line.split("\t")
            if len(columns) != 10:
                raise ParseError(
                    f"line {number} has {len(columns)} columns, CoNLL-U has 10",
                    where=where,
                    remedy=f"the line reads: {line[:80]!r}",
                )
            rows.append(columns)
        elif rows:
            for comment in comments:
                if comment.startswith("newdoc"):
                    if builder.tokens:
                        yield builder.document()
                    builder = _Builder(comment.partition("=")[2].strip())
            new_paragraph = any(comment.split("=")[0].split()[0] == "newpar" for comment in comments if comment)
            builder.add_sentence(rows, new_paragraph, f"{where}, sentence ending on line {number - 1}")
            comments, rows = [], []
    if builder.tokens:
        yield builder.document()


class _Builder:
    """Collects one document's text and tokens."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = ""
        self.space_pending = False
        self.tokens: list[Token] = []
        self.sentences: list[Sentence] = []
        self.paragraphs: list[int] = []

    def add_sentence(self, rows: list[list[str]], new_paragraph: bool, where: str) -> None:
        if new_paragraph or not self.paragraphs:
            self.text = self.text.rstrip() + ("\n\n" if self.text else "")
            self.paragraphs.append(len(self.text))
            self.space_pending = False
        first = len(self.tokens)
        position = {row[0]: first + i for i, row in enumerate(r for r in rows if r[0].isdigit())}
        surface: list[tuple[Span, bool]] = []  # span of each word, and whether the word before shares its token
        words = {row[0]: row for row in rows if row[0].isdigit()}
        inside_until = 0
        for row in rows:
            number = row[0]
            if "-" in number:
                start, end = (int(n) for n in number.split("-"))
                span = self._append(row[1], row[9])
                inside_until = end
                parts = share_out(span, [words[str(n)][1] for n in range(start, end + 1)])
                surface.extend((part, i > 0) for i, part in enumerate(parts))
            elif number.isdigit() and int(number) > inside_until:
                surface.append((self._append(row[1], row[9]), False))
        for row, (span, joined) in zip(words.values(), surface, strict=True):
            index = position[row[0]]
            if row[6] == "0" or row[6] == "_":
                head = index
            elif row[6] in position:
                head = position[row[6]]
            else:
                raise ParseError(f"the head of word {row[0]} ({row[1]}) is {row[6]}, which is no word", where=where)
            blank = {3: "", 4: "", 5: ""}
            upos, xpos, feats = ("" if row[c] == "_" and row[1] != "_" else row[c] for c in blank)
            self.tokens.append(
                Token(
                    index=index,
                    span=span,
                    text=row[1],
                    lemma=row[1] if row[2] == "_" else row[2],
                    upos=upos,
                    xpos=xpos,
                    feats=feats,
                    head=head,
                    deprel=row[7],
                    ner=_misc(row[9]).get("NER", "O"),
                    sentence=len(self.sentences),
                    joined=joined,
                )
            )
        span = Span(self.tokens[first].span.start, self.tokens[-1].span.end)
        self.sentences.append(Sentence(len(self.sentences), span, first, len(self.tokens)))

    def _append(self, form: str, misc: str) -> Span:
        if self.space_pending:
            self.text += " "
        start = len(self.text)
        self.text += form
        self.space_pending = _misc(misc).get("SpaceAfter") != "No"
        return Span(start, len(self.text))

    def document(self) -> Document:
        ends = [*(p - 2 for p in self.paragraphs[1:]), len(self.text)]
        blocks = tuple(Block(BlockKind.PARAGRAPH, Span(b, e)) for b, e in zip(self.paragraphs, ends, strict=True))
        article = Article(text=self.text, blocks=blocks, path=None, title=None)
        return Document(self.name, article, Parse(tuple(self.tokens), tuple(self.sentences)))


def _misc(column: str) -> dict[str, str]:
    return dict(item.partition("=")[::2] for item in column.split("|") if "=" in item)


def share_out(span: Span, words: Sequence[str]) -> list[Span]:
    """Give each word of a multi-word token its own characters: "don't" is do + n't.

    Where the words do not spell the token out, the last word takes what is left and the others their
    own length, at least one character each as long as there are any.
    """
    spans, at = [], span.start
    for i, word in enumerate(words):
        left = len(words) - i - 1
        end = span.end if left == 0 else min(at + len(word), max(at, span.end - left))
        spans.append(Span(at, end))
        at = end
    return spans


def write(document: Document) -> str:
    """A document as CoNLL-U, with entities in MISC; reading it again gives the same tokens."""
    article, parse = document.article, document.parse
    starts = {block.span.start for block in article.blocks}
    lines = [f"# newdoc id = {document.name}"] if document.name else []
    for sentence in parse.sentences:
        tokens = parse.tokens[sentence.first : sentence.last]
        if sentence.span.start in starts:
            lines.append("# newpar")
        lines.append(f"# text = {article.text[sentence.span.start : sentence.span.end]}")
        for position, token in enumerate(tokens):
            last = position
            while last + 1 < len(tokens) and tokens[last + 1].joined:
                last += 1
            if last > position and not token.joined:
                surface = Span(token.span.start, tokens[last].span.end)
                columns = [f"{position + 1}-{last + 1}", article.text[surface.start : surface.end], *"_______"]
                lines.append("\t".join([*columns, _space_after(article.text, surface.end) or "_"]))
            head = 0 if token.head == token.index else token.head - sentence.first + 1
            misc = [] if token.ner == "O" else [f"NER={token.ner}"]
            if last == position and not token.joined and _space_after(article.text, token.span.end):
                misc.append(_space_after(article.text, token.span.end))
            columns = [
                str(token.index - sentence.first + 1), token.text, token.lemma, token.upos or "_",
                token.xpos or "_", token.feats or "_", str(head), token.deprel, "_", "|".join(misc) or "_",
            ]  # fmt: skip
            lines.append("\t".join(columns))
        lines.append("")
    return "\n".join(lines) + "\n"


def _space_after(text: str, end: int) -> str:
    """The MISC entry of a token that ends here: "" where white space or nothing follows."""
    return "SpaceAfter=No" if text[end : end + 1].strip() else ""
