"""Examples to batches with gold tensors, and the loss of each layer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import torch
from torch import Tensor
from torch.nn import functional

from attribution.parse.network import Batch, Inventory, Network
from attribution.parse.pieces import batch
from attribution.train.corpora import Example

IGNORE = -100
"""The label that cross entropy leaves out."""

_ROLE_TAGS = {"O": 0, "B": 1, "I": 2}


@dataclass(frozen=True, slots=True)
class Labels:
    """Label ids by name, looked up once."""

    upos: dict[str, int]
    xpos: dict[str, int]
    feats: dict[str, int]
    deprel: dict[str, int]
    ner: dict[str, int]

    @classmethod
    def of(cls, inventory: Inventory) -> Labels:
        """The ids that an inventory's order gives."""
        return cls(*(
            {name: i for i, name in enumerate(names)}
            for names in (inventory.upos, inventory.xpos, inventory.feats, inventory.deprel, inventory.ner)
        ))  # fmt: skip


class Stream:
    """Endless batches of one corpus: examples of like length together, shuffled anew each epoch.

    The order depends on the seed and the number of batches drawn alone, so training resumes exactly by
    skipping.
    """

    def __init__(self, examples: Sequence[Example], pieces_per_batch: int, seed: int) -> None:
        self.examples = examples
        self.pieces_per_batch = pieces_per_batch
        self.seed = seed
        self._batches = self._draw()

    def _draw(self) -> Iterator[list[int]]:
        epoch = 0
        while True:
            random = Random(f"{self.seed}-{epoch}")
            order = sorted(
                range(len(self.examples)), key=lambda i: len(self.examples[i].window) + random.uniform(0.0, 12.0)
            )
            groups: list[list[int]] = []
            group: list[int] = []
            longest = 0
            for i in order:
                length = len(self.examples[i].window)
                if group and max(longest, length) * (len(group) + 1) > self.pieces_per_batch:
                    groups.append(group)
                    group, longest = [], 0
                group.append(i)
                longest = max(longest, length)
            if group:
                groups.append(group)
            random.shuffle(groups)
            yield from groups
            epoch += 1

    def skip(self, batches: int) -> None:
        """Pass over batches drawn before training was interrupted."""
        for _ in range(batches):
            next(self._batches)

    def next(self) -> list[Example]:
        """The next batch."""
        return [self.examples[i] for i in next(self._batches)]


def loss(network: Network, examples: Sequence[Example], labels: Labels) -> dict[str, Tensor]:
    """The mean loss of every layer that these examples annotate, by name."""
    inputs = batch([e.window for e in examples])
    words = network.words(inputs)
    losses: dict[str, Tensor] = {}
    if examples[0].syntax is not None:
        losses.update(_syntax_losses(network, words, inputs, examples, labels))
    if any(e.ner is not None for e in examples):
        gold = _rows([[labels.ner[t] for t in e.ner] if e.ner else [] for e in examples], words.shape[1])
        losses["ner"] = functional.cross_entropy(network.ner(words).flatten(0, 1), gold.flatten(), ignore_index=IGNORE)
    if examples[0].links is not None:
        losses.update(_link_losses(network, words, inputs, examples))
    return losses


def _rows(values: Sequence[Sequence[int]], width: int) -> Tensor:
    gold = torch.full((len(values), width), IGNORE, dtype=torch.long)
    for i, row in enumerate(values):
        if row:
            gold[i, : len(row)] = torch.tensor(row)
    return gold


def _syntax_losses(
    network: Network, words: Tensor, inputs: Batch, examples: Sequence[Example], labels: Labels
) -> dict[str, Tensor]:
    width = words.shape[1]
    syntax = [e.syntax for e in examples if e.syntax is not None]
    gold = {
        "upos": _rows([[labels.upos[t] for t in s.upos] for s in syntax], width),
        "xpos": _rows([[labels.xpos[t] for t in s.xpos] for s in syntax], width),
        "feats": _rows([[labels.feats.get(t, IGNORE) for t in s.feats] for s in syntax], width),
    }
    losses = {
        name: functional.cross_entropy(getattr(network, name)(words).flatten(0, 1), ids.flatten(), ignore_index=IGNORE)
        for name, ids in gold.items()
    }
    sentence = _rows([s.sentence for s in syntax], width)
    allowed = sentence[:, :, None] == sentence[:, None, :]
    heads = _rows([s.heads for s in syntax], width)
    losses["arc"] = functional.cross_entropy(
        network.arcs(words, allowed).flatten(0, 1), heads.flatten(), ignore_index=IGNORE
    )
    real = inputs.word_mask
    head_vectors = words.gather(1, heads.clamp(min=0).unsqueeze(-1).expand(-1, -1, words.shape[-1]))
    relations = _rows([[labels.deprel[t] for t in s.deprel] for s in syntax], width)
    losses["label"] = functional.cross_entropy(network.label.pairs(words[real], head_vectors[real]), relations[real])
    # Whether a sentence ends after a word; nothing is to be learned at the window's own end.
    ends = torch.zeros_like(real, dtype=torch.float)
    ends[:, :-1] = (sentence[:, 1:] != sentence[:, :-1]).float()
    inner = real.clone()
    inner[:, :-1] &= real[:, 1:]
    inner[:, -1] = False
    if inner.any():
        losses["boundary"] = functional.binary_cross_entropy_with_logits(network.boundaries(words)[inner], ends[inner])
    return losses


def _link_losses(network: Network, words: Tensor, inputs: Batch, examples: Sequence[Example]) -> dict[str, Tensor]:
    width = words.shape[1]
    links = [e.links for e in examples if e.links is not None]
    tags = torch.stack(
        [_rows([[_ROLE_TAGS[t] for t in x.tags[role]] for x in links], width) for role in range(3)], dim=-1
    )
    scores = network.role_tags(words)
    losses = {"roles": 3 * functional.cross_entropy(scores.flatten(0, 2), tags.flatten(), ignore_index=IGNORE)}
    most = max(len(x.cues) for x in links)
    if most:
        cues = torch.zeros(len(links), most, dtype=torch.long)
        gold = torch.zeros(len(links), 2, width, most)
        counted = torch.zeros(len(links), 1, width, most, dtype=torch.bool)
        for i, x in enumerate(links):
            for k, (cue, source, content) in enumerate(x.cues):
                cues[i, k] = cue
                counted[i, 0, :, k] = inputs.word_mask[i]
                for role, members in enumerate((source, content)):
                    gold[i, role, list(members), k] = 1.0
        raw = functional.binary_cross_entropy_with_logits(network.links(words, cues), gold, reduction="none")
        losses["links"] = 2 * (raw * counted).sum() / (2 * counted.sum())
    return losses
