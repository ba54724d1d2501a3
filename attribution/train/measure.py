"""Development scores during training: quick, on gold tokens, straight from the heads.

``attribution evaluate`` measures the whole program; these figures are only to watch a run by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import torch

from attribution.parse.network import ROLES, Network
from attribution.parse.pieces import Pieces, batch
from attribution.train import corpora
from attribution.train.corpora import Example


def measure(network: Network, pieces: Pieces, data: Path, tasks: Iterable[str]) -> dict[str, dict[str, float]]:
    """Scores in per cent by development set, for the tasks "trees" and "attributions"."""
    network.eval()
    scores = {}
    with torch.inference_mode():
        if "trees" in tasks:
            for name in ("en_ewt", "en_gum"):
                scores[name] = _syntax(network, _tree_examples(data / "ud" / f"{name}-ud-dev.conllu", pieces))
        if "attributions" in tasks:
            scores["polnear"] = _roles(network, _attribution_examples(data / "polnear", pieces))
    return scores


@cache
def _tree_examples(file: Path, pieces: Pieces) -> tuple[Example, ...]:
    return tuple(corpora.universal_dependencies([file], pieces))


@cache
def _attribution_examples(corpus: Path, pieces: Pieces) -> tuple[Example, ...]:
    return tuple(corpora.attributions(corpus, "dev", pieces))


def _batches(examples: Sequence[Example], size: int = 24) -> Iterator[list[Example]]:
    ordered = sorted(examples, key=lambda e: len(e.window))
    for i in range(0, len(ordered), size):
        yield ordered[i : i + size]


def _syntax(network: Network, examples: Sequence[Example]) -> dict[str, float]:
    """UPOS, treebank tag, UAS and LAS (greedy arcs: a lower bound of what the tree decoder reaches)."""
    right = dict.fromkeys(("upos", "xpos", "feats", "uas", "las"), 0)
    ends = dict.fromkeys(("hit", "said", "gold"), 0)
    words_seen = 0
    names = network.inventory
    for group in _batches(examples):
        inputs = batch([e.window for e in group])
        words = network.words(inputs)
        width = words.shape[1]
        sentence = torch.full((len(group), width), -1)
        for i, e in enumerate(group):
            if e.syntax is not None:
                sentence[i, : len(e.syntax.sentence)] = torch.tensor(e.syntax.sentence)
        arcs = network.arcs(words, sentence[:, :, None] == sentence[:, None, :]).argmax(-1)
        heads = words.gather(1, arcs.unsqueeze(-1).expand(-1, -1, words.shape[-1]))
        labels = network.label.pairs(words.flatten(0, 1), heads.flatten(0, 1)).argmax(-1).view(len(group), width)
        tags = {name: getattr(network, name)(words).argmax(-1) for name in ("upos", "xpos", "feats")}
        stops = network.boundaries(words) > 0
        for i, e in enumerate(group):
            s = e.syntax
            assert s is not None
            for j in range(len(s.upos)):
                words_seen += 1
                right["upos"] += names.upos[tags["upos"][i, j]] == s.upos[j]
                right["xpos"] += names.xpos[tags["xpos"][i, j]] == s.xpos[j]
                right["feats"] += names.feats[tags["feats"][i, j]] == s.feats[j]
                attached = int(arcs[i, j]) == s.heads[j]
                right["uas"] += attached
                right["las"] += attached and names.deprel[labels[i, j]] == s.deprel[j]
                if j + 1 < len(s.upos):
                    said, gold = bool(stops[i, j]), s.sentence[j] != s.sentence[j + 1]
                    ends["hit"] += said and gold
                    ends["said"] += said
                    ends["gold"] += gold
    scores = {name: round(100 * n / words_seen, 2) for name, n in right.items()}
    scores["boundary_f1"] = round(200 * ends["hit"] / max(1, ends["said"] + ends["gold"]), 2)
    return scores


def _roles(network: Network, examples: Sequence[Example]) -> dict[str, float]:
    """Token F1 of the source, cue and content tags, and of the links given gold cues."""
    counts = {name: [0, 0, 0] for name in (*ROLES, "link-source", "link-content")}
    for group in _batches(examples):
        inputs = batch([e.window for e in group])
        words = network.words(inputs)
        tags = network.role_tags(words).argmax(-1)
        most = max(1, max(len(e.links.cues) for e in group if e.links is not None))
        cues = torch.zeros(len(group), most, dtype=torch.long)
        for i, e in enumerate(group):
            assert e.links is not None
            for k, (cue, _, _) in enumerate(e.links.cues):
                cues[i, k] = cue
        linked = network.links(words, cues) > 0
        for i, e in enumerate(group):
            assert e.links is not None
            n = len(e.window.first)
            for role, name in enumerate(ROLES):
                said = {j for j in range(n) if tags[i, j, role]}
                gold = {j for j in range(n) if e.links.tags[role][j] != "O"}
                _add(counts[name], said, gold)
            for k, (_, source, content) in enumerate(e.links.cues):
                for role, name, truth in ((0, "link-source", source), (1, "link-content", content)):
                    _add(counts[name], {j for j in range(n) if linked[i, role, j, k]}, set(truth))
    return {name: round(200 * hit / max(1, said + gold), 2) for name, (hit, said, gold) in counts.items()}


def _add(counts: list[int], said: set[int], gold: set[int]) -> None:
    for i, n in enumerate((len(said & gold), len(said), len(gold))):
        counts[i] += n
