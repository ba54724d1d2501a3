"""The embedded parser: an article's text to words, sentences, tags, trees, entities and attribution tags.

One window is one paragraph (a longer one is cut where a sentence can end).  The encoder passes over each
window once; sentence boundaries are read off first, then trees within those sentences.  What comes out
depends on the window alone: not on the other paragraphs, nor on how windows are batched.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy
import torch
from torch import Tensor

from attribution.parse import assets, weights
from attribution.parse.lemmatize import Lemmatizer
from attribution.parse.network import ROLES, Batch, Network
from attribution.parse.pieces import Pieces, Window, batch
from attribution.parse.tokenize import Word, may_end_sentence, tokenize
from attribution.records import Article, Parse, Sentence, Span, TaggedCue, Token

_LONGEST_WINDOW = 256
"""Word pieces read together; a little over the longest training window."""

_BATCH_PIECES = 4096
"""Word pieces, padding included, in one pass."""

_LEAST_CUE = 0.15
"""Words less probable than this to be a cue are none, whatever a pattern says."""

_LEAST_LINK = 0.05
"""Links less probable than this are not worth keeping."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the network says of one window, as plain numbers; positions are within the window."""

    ends: tuple[int, ...]  # sentence ends, exclusive, the last one the window's own
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    heads: tuple[int, ...]
    deprel: tuple[str, ...]
    ner: tuple[str, ...]
    cues: tuple[TaggedCue, ...]


class NewsroomParser:
    """The ``newsroom`` model.

    Args:
        folder: a model folder, by default the one in the package.

    Raises:
        ModelError: the model is missing or damaged.
    """

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or assets.newsroom_folder()
        self.network: Network = weights.load(folder)
        self.pieces = Pieces(folder / "tokenizer.json")
        self.lemmatizer = Lemmatizer()
        self.model = assets.newsroom_name(folder)

    def parse(self, article: Article) -> Parse:
        """The full analysis of an article's text."""
        windows: list[list[Word]] = []
        text = article.prose
        for block in article.blocks:
            if block.is_prose:
                windows.extend(self._windows(tokenize(text, block.span)))
        readings = self._read(windows, None)
        return self._parse(windows, readings)

    def annotate(self, article: Article, sentences: Sequence[Sequence[Word]]) -> Parse:
        """The analysis of words and sentences that are given (gold tokens, or another parser's).

        Sentences of one block are read together, as ``parse`` reads them.  A sentence too long for the network is cut
        into several.
        """
        windows: list[list[Word]] = []
        ends: list[list[int]] = []
        starts = sorted(block.span.start for block in article.blocks)
        block_of_last = -1
        parts = (part for sentence in sentences for part in self._readable(sentence))
        for sentence in parts:
            block = int(numpy.searchsorted(starts, sentence[0].span.start, side="right"))
            fits = block == block_of_last and self._length(windows[-1]) + self._length(sentence) <= _LONGEST_WINDOW
            if not fits:
                windows.append([])
                ends.append([])
            windows[-1].extend(sentence)
            ends[-1].append(len(windows[-1]))
            block_of_last = block
        return self._parse(windows, self._read(windows, ends))

    # ------------------------------------------------------------------------------------- windows

    def _readable(self, sentence: Sequence[Word]) -> Iterator[Sequence[Word]]:
        """A sentence in parts that the network can read: nearly always itself, none if it is empty."""
        if self._length(sentence) + 2 <= self.network.size.positions:
            return iter([sentence] if sentence else [])
        return self._windows(list(sentence))

    def _length(self, words: Sequence[Word]) -> int:
        return sum(len(self.pieces.of_word(w.text)) for w in words)

    def _windows(self, words: list[Word]) -> Iterator[list[Word]]:
        """Cut a paragraph into windows, after the last place where a sentence can end."""
        start = 0
        while start < len(words):
            end, size, stop = start, 2, start
            while end < len(words):
                size += len(self.pieces.of_word(words[end].text))
                if size > _LONGEST_WINDOW and end > start:
                    break
                end += 1
                if may_end_sentence(words, end - 1) and words[end - 1].text in _STOPS:
                    stop = end
            if end == len(words) or stop == start:
                stop = end
            yield words[start:stop]
            start = stop

    def _read(self, windows: Sequence[Sequence[Word]], ends: Sequence[Sequence[int]] | None) -> list[_Reading]:
        """One reading a window, in order; windows of like length go through the network together."""
        made = [self.pieces.window([w.text for w in words]) for words in windows]
        readings: dict[int, _Reading] = {}
        with torch.inference_mode():
            for group in _groups(made):
                inputs = batch([made[i] for i in group])
                vectors = self.network.words(inputs)
                fixed = None if ends is None else [ends[i] for i in group]
                readings.update(
                    zip(group, self._heads(vectors, inputs, [windows[i] for i in group], fixed), strict=True)
                )
        return [readings[i] for i in range(len(windows))]

    # --------------------------------------------------------------------------------------- heads

    def _heads(
        self,
        vectors: Tensor,
        inputs: Batch,
        windows: Sequence[Sequence[Word]],
        fixed_ends: Sequence[Sequence[int]] | None,
    ) -> list[_Reading]:
        network, inventory = self.network, self.network.inventory
        rows, width = inputs.word_mask.shape
        if fixed_ends is None:
            stops = network.boundaries(vectors).tolist()
            ends: Sequence[Sequence[int]] = [
                [i + 1 for i in range(len(words) - 1) if _ends_sentence(words, i, stops[row][i])] + [len(words)]
                for row, words in enumerate(windows)
            ]
        else:
            ends = fixed_ends
        sentence = torch.full((rows, width), -1)
        for row, row_ends in enumerate(ends):
            start = 0
            for number, end in enumerate(row_ends):
                sentence[row, start:end] = number
                start = end
        arcs = network.arcs(vectors, sentence[:, :, None] == sentence[:, None, :])
        heads = [_trees(arcs[row], ends[row]) for row in range(rows)]
        head_index = torch.zeros(rows, width, dtype=torch.long)
        for row, row_heads in enumerate(heads):
            head_index[row, : len(row_heads)] = torch.tensor(row_heads)
        head_vectors = vectors.gather(1, head_index.unsqueeze(-1).expand(-1, -1, vectors.shape[-1]))
        relations = network.label.pairs(vectors.flatten(0, 1), head_vectors.flatten(0, 1)).view(rows, width, -1)
        at_root = head_index == torch.arange(width)
        root = inventory.deprel.index("root")
        relations[..., root] = torch.where(at_root, 1e4, -1e4)
        chosen = {
            "upos": network.upos(vectors).argmax(-1).tolist(),
            "xpos": network.xpos(vectors).argmax(-1).tolist(),
            "feats": network.feats(vectors).argmax(-1).tolist(),
            "deprel": relations.argmax(-1).tolist(),
            "ner": network.ner(vectors).argmax(-1).tolist(),
        }
        cues = self._cues(vectors, inputs)
        readings = []
        for row, words in enumerate(windows):
            names = {
                layer: tuple(getattr(inventory, layer)[i] for i in ids[row][: len(words)])
                for layer, ids in chosen.items()
            }
            names["xpos"] = tuple(_fitting(w.text, tag) for w, tag in zip(words, names["xpos"], strict=True))
            _attach_second_subjects(heads[row], names)
            readings.append(
                _Reading(
                    ends=tuple(ends[row]),
                    upos=names["upos"],
                    xpos=names["xpos"],
                    feats=names["feats"],
                    heads=tuple(heads[row]),
                    deprel=names["deprel"],
                    ner=_bio(names["ner"]),
                    cues=cues[row],
                )
            )
        return readings

    def _cues(self, vectors: Tensor, inputs: Batch) -> list[tuple[TaggedCue, ...]]:
        """The tagger's cues of each window, with the words linked to them."""
        probabilities = self.network.role_tags(vectors).softmax(-1)[:, :, ROLES.index("cue")]
        tags, outside = probabilities.argmax(-1).tolist(), probabilities[:, :, 0].tolist()
        lengths = inputs.word_mask.sum(-1).tolist()
        spans = [_cue_spans(tags[row][:n], outside[row][:n]) for row, n in enumerate(lengths)]
        most = max((len(s) for s in spans), default=0)
        if not most:
            return [() for _ in spans]
        first = torch.zeros(len(spans), most, dtype=torch.long)
        for row, row_spans in enumerate(spans):
            for k, cue in enumerate(row_spans):
                first[row, k] = cue[0]
        links = self.network.links(vectors, first).sigmoid()
        found = []
        for row, row_spans in enumerate(spans):
            words = lengths[row]
            found.append(
                tuple(
                    TaggedCue(
                        cue=cue,
                        score=round(float((1 - probabilities[row, list(cue), 0]).mean()), 3),
                        source=_linked(links[row, 0, :words, k]),
                        content=_linked(links[row, 1, :words, k]),
                    )
                    for k, cue in enumerate(row_spans)
                )
            )
        return found

    # --------------------------------------------------------------------------------------- result

    def _parse(self, windows: Sequence[Sequence[Word]], readings: Sequence[_Reading]) -> Parse:
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        tagged: list[TaggedCue] = []
        for words, reading in zip(windows, readings, strict=True):
            base = len(tokens)
            start = 0
            for end in reading.ends:
                number = len(sentences)
                for i in range(start, end):
                    word = words[i]
                    tokens.append(
                        Token(
                            index=base + i,
                            span=word.span,
                            text=word.text,
                            lemma=self.lemmatizer.lemma(word.text, reading.upos[i], reading.xpos[i], reading.feats[i]),
                            upos=reading.upos[i],
                            xpos=reading.xpos[i],
                            feats=reading.feats[i],
                            head=base + reading.heads[i],
                            deprel=reading.deprel[i],
                            ner=reading.ner[i],
                            sentence=number,
                            joined=i > 0 and word.in_multiword_token and words[i - 1].token == word.token,
                        )
                    )
                span = Span(words[start].span.start, words[end - 1].span.end)
                sentences.append(Sentence(number, span, base + start, base + end))
                start = end
            tagged.extend(_shifted(cue, base) for cue in reading.cues)
        return Parse(tuple(tokens), tuple(sentences), tuple(tagged), model=self.model)


def _ends_sentence(words: Sequence[Word], i: int, log_odds: float) -> bool:
    """Whether a sentence ends after a word: as learned, where the marks allow it.

    The rule tokenizer leaves a full stop alone only where it ends a sentence, so before a capital little more
    is asked; inside closing marks nothing more, for English puts a comma there when the sentence goes on ("“It
    is late,” she said").
    """
    if not may_end_sentence(words, i):
        return False
    if words[i].text in _CLOSING and i > 0 and words[i - 1].text == "." and _opens(words[i + 1].text):
        return True
    plain_stop = words[i].text == "." and _opens(words[i + 1].text)
    return log_odds > (_PLAIN_STOP if plain_stop else 0.0)


def _opens(word: str) -> bool:
    return word[0].isupper() or word in _OPENING


def _attach_second_subjects(heads: list[int], names: dict[str, tuple[str, ...]]) -> None:
    """Make a participle that was taken for a second subject modify the first ("The arrests, carried out over …").

    A predicate has one subject; what looks like another after it, and is a past form without a subject of its
    own, is a reduced relative clause.
    """
    deprel, xpos = list(names["deprel"]), list(names["xpos"])
    subjects: dict[int, int] = {}
    for i, relation in enumerate(deprel):
        if not relation.startswith("nsubj"):
            continue
        first = subjects.setdefault(heads[i], i)
        if first != i and xpos[i] in {"VBD", "VBN"} and names["upos"][first] in {"NOUN", "PROPN", "PRON"}:
            heads[i], deprel[i], xpos[i] = first, "acl", "VBN"
    names["deprel"], names["xpos"] = tuple(deprel), tuple(xpos)


def _fitting(form: str, xpos: str) -> str:
    """The treebank tag, corrected where the form cannot have it: "described" is no base form, "says" no past."""
    word = form.lower()
    if xpos in {"VB", "VBP"} and word.endswith("ed") and not word.endswith("eed") and word not in _BASE_IN_ED:
        return "VBD"
    if xpos in {"VB", "VBP", "VBD", "VBN"} and len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return "VBZ"
    return xpos


def _cue_spans(tags: Sequence[int], outside: Sequence[float]) -> list[tuple[int, ...]]:
    """Runs of words tagged as cues, and of words that might be (for patterns to agree with), in text order."""
    spans: list[list[int]] = []
    for i, tag in enumerate(tags):
        kind = "cue" if tag else "maybe" if outside[i] <= 1 - _LEAST_CUE else None
        before = None if i == 0 else "cue" if tags[i - 1] else "maybe" if outside[i - 1] <= 1 - _LEAST_CUE else None
        if kind is not None:
            if kind != before or tag == 1:
                spans.append([])
            spans[-1].append(i)
    return [tuple(span) for span in spans]


_BASE_IN_ED = frozenset({"bed", "embed", "imbed", "led", "red", "rewed", "shed", "shred", "sled", "ted", "wed"})

_PLAIN_STOP = -4.0
"""Log-odds that are enough where a lone full stop stands before a capital."""

_CLOSING = frozenset({"”", "’", '"', "'", "»"})
_OPENING = frozenset({"“", "‘", '"', "'", "«"})

_STOPS = frozenset('.?!…”"')
"""Where an over-long paragraph is cut: marks that end a sentence whatever the model thinks."""


def _groups(windows: Sequence[Window]) -> Iterator[list[int]]:
    """Windows of like length together, up to a number of pieces."""
    order = sorted(range(len(windows)), key=lambda i: (len(windows[i]), i))
    group: list[int] = []
    for i in order:
        if group and len(windows[i]) * (len(group) + 1) > _BATCH_PIECES:
            yield group
            group = []
        group.append(i)
    if group:
        yield group


def _trees(scores: Tensor, ends: Sequence[int]) -> list[int]:
    """The best tree of each sentence of a window: every word's head, its own position for a root."""
    heads: list[int] = []
    start = 0
    for end in ends:
        part = scores[start:end, start:end]
        best = part.argmax(-1).tolist()
        if not _is_tree(best):
            best = _spanning_tree(part)
        heads.extend(start + h for h in best)
        start = end
    return heads


def _is_tree(heads: Sequence[int]) -> bool:
    """Whether there is one root and every word leads to it."""
    if sum(h == i for i, h in enumerate(heads)) != 1:
        return False
    reaches = [h == i for i, h in enumerate(heads)]
    for i in range(len(heads)):
        path = []
        while not reaches[i]:
            if i in path:
                return False
            path.append(i)
            i = heads[i]
        for j in path:
            reaches[j] = True
    return True


def _spanning_tree(scores: Tensor) -> list[int]:
    """Maximum spanning tree with one root, by Stanza's implementation of Chu-Liu-Edmonds."""
    # Imported here: most sentences need no search, and Stanza takes over a second to import.
    with warnings.catch_warnings():
        # Stanza brings a progress bar that complains in notebooks without ipywidgets; nothing here shows one.
        warnings.filterwarnings("ignore", message="IProgress not found")
        from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root

    n = scores.shape[0]
    # Stanza's matrix has the root in row and column 0; ours has it on the diagonal.
    square = numpy.full((n + 1, n + 1), -1e4, dtype=numpy.float32)
    square[1:, 1:] = scores.log_softmax(-1).numpy()
    square[1:, 0] = square[1:, 1:].diagonal()
    square[1:, 1:][numpy.diag_indices(n)] = -1e4
    heads = chuliu_edmonds_one_root(square)[1:]
    return [i if h == 0 else int(h) - 1 for i, h in enumerate(heads)]


def _bio(tags: Sequence[str]) -> tuple[str, ...]:
    """Entity tags with every entity beginning in B."""
    clean: list[str] = []
    for tag in tags:
        starts = tag.startswith("I-") and (not clean or clean[-1][2:] != tag[2:])
        clean.append(f"B-{tag[2:]}" if starts else tag)
    return tuple(clean)


def _linked(probabilities: Tensor) -> tuple[tuple[int, float], ...]:
    return tuple((i, round(p, 3)) for i, p in enumerate(probabilities.tolist()) if p >= _LEAST_LINK)


def _shifted(cue: TaggedCue, by: int) -> TaggedCue:
    return TaggedCue(
        cue=tuple(i + by for i in cue.cue),
        score=cue.score,
        source=tuple((i + by, p) for i, p in cue.source),
        content=tuple((i + by, p) for i, p in cue.content),
    )
