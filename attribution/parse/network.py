"""The newsroom network: one small transformer encoder, several heads, one pass.

The encoder is a BERT of MiniLM's size (6 layers, 384 wide), written as plain blocks on
``scaled_dot_product_attention``; it reads word pieces plus an embedding of each word's shape, because its
vocabulary knows no capitals.  A word is represented by the mean of its first and last piece.  The heads:

* tags: universal part of speech, treebank tag, morphological features;
* trees: biaffine arcs and labels (Dozat & Manning 2017); the root of a sentence is its own head;
* named entities and sentence boundaries;
* attribution: source, cue and content tags, and links from every word to the cue it belongs to.

This module knows torch and nothing of Stanza, files or articles.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

ROLES = ("source", "cue", "content")
"""Order of the attribution tag heads.  Each has the three tags O, B, I."""

LINKED_ROLES = ("source", "content")
"""Roles that are linked to a cue."""

SHAPES = ("none", "lower", "title", "upper", "initial", "mixed", "digits", "digits-mixed", "other")
"""Word shapes, in the order of their embedding.  "none" is for the special pieces and padding."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """What the heads choose from.  Stored with the weights."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    deprel: tuple[str, ...]
    ner: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """Dimensions of the network.  The defaults are those of the starting weights."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    layers: int = 6
    attention_heads: int = 12
    inner: int = 1536
    arc: int = 320
    label: int = 128
    link: int = 192


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of text as tensors: B windows, P word pieces, W words.

    Attributes:
        pieces, shapes: ``[B, P]`` piece and shape ids, 0 where padded.
        piece_mask: ``[B, P]`` True for real pieces.
        first, last: ``[B, W]`` positions of each word's first and last piece.
        word_mask: ``[B, W]`` True for real words.
    """

    pieces: Tensor
    shapes: Tensor
    piece_mask: Tensor
    first: Tensor
    last: Tensor
    word_mask: Tensor


class Block(nn.Module):
    """One transformer layer, normalised after each residual sum as in BERT."""

    def __init__(self, size: Size, dropout: float) -> None:
        super().__init__()
        self.heads = size.attention_heads
        self.attend = nn.Linear(size.width, 3 * size.width)
        self.attended = nn.Linear(size.width, size.width)
        self.norm_attention = nn.LayerNorm(size.width, eps=1e-12)
        self.widen = nn.Linear(size.width, size.inner)
        self.narrow = nn.Linear(size.inner, size.width)
        self.norm = nn.LayerNorm(size.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        rows, length, width = x.shape
        q, k, v = self.attend(x).view(rows, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        context = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        context = context.transpose(1, 2).reshape(rows, length, width)
        x = self.norm_attention(x + self.dropout(self.attended(context)))
        out: Tensor = self.norm(x + self.dropout(self.narrow(functional.gelu(self.widen(x)))))
        return out


class Biaffine(nn.Module):
    """Scores every pair (dependent, head) for each of ``outputs`` relations."""

    def __init__(self, width: int, inner: int, outputs: int, dropout: float) -> None:
        super().__init__()
        self.dependent = nn.Linear(width, inner)
        self.head = nn.Linear(width, inner)
        self.weight = nn.Parameter(torch.zeros(outputs, inner + 1, inner + 1))
        self.dropout = nn.Dropout(dropout)

    def sides(self, dependents: Tensor, heads: Tensor) -> tuple[Tensor, Tensor]:
        """Both sides projected, each with a constant 1 appended for the linear terms."""
        d = functional.pad(self.dropout(functional.gelu(self.dependent(dependents))), (0, 1), value=1.0)
        h = functional.pad(self.dropout(functional.gelu(self.head(heads))), (0, 1), value=1.0)
        return d, h

    def forward(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """``[B, D, width]`` and ``[B, H, width]`` to ``[B, outputs, D, H]``."""
        d, h = self.sides(dependents, heads)
        left = torch.einsum("bdi,oij->bodj", d, self.weight)
        return torch.einsum("bodj,bhj->bodh", left, h)

    def pairs(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """``[N, width]`` twice to ``[N, outputs]``: the score of each given pair."""
        d, h = self.sides(dependents, heads)
        left = torch.einsum("ni,oij->noj", d, self.weight)
        return torch.einsum("noj,nj->no", left, h)


class Network(nn.Module):
    """Encoder and heads.  ``words`` makes the word vectors; the other methods are the heads over them."""

    def __init__(self, inventory: Inventory, size: Size | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        size = size or Size()
        self.inventory = inventory
        self.size = size
        width = size.width
        self.piece_embedding = nn.Embedding(size.vocabulary, width, padding_idx=0)
        self.position_embedding = nn.Embedding(size.positions, width)
        self.shape_embedding = nn.Embedding(len(SHAPES), width)
        self.embedding_norm = nn.LayerNorm(width, eps=1e-12)
        self.blocks = nn.ModuleList(Block(size, dropout) for _ in range(size.layers))
        self.dropout = nn.Dropout(dropout)
        self.head_dropout = nn.Dropout(2 * dropout)
        self.upos = nn.Linear(width, len(inventory.upos))
        self.xpos = nn.Linear(width, len(inventory.xpos))
        self.feats = nn.Linear(width, len(inventory.feats))
        self.ner = nn.Linear(width, len(inventory.ner))
        self.boundary = nn.Linear(width, 1)
        self.arc = Biaffine(width, size.arc, 1, 2 * dropout)
        self.label = Biaffine(width, size.label, len(inventory.deprel), 2 * dropout)
        self.roles = nn.Linear(width, 3 * len(ROLES))
        self.link = Biaffine(width, size.link, len(LINKED_ROLES), 2 * dropout)
        nn.init.zeros_(self.shape_embedding.weight)

    def words(self, batch: Batch) -> Tensor:
        """``[B, W, width]``: the encoder's vector of every word."""
        positions = torch.arange(batch.pieces.shape[1], device=batch.pieces.device)
        x = self.piece_embedding(batch.pieces) + self.position_embedding(positions) + self.shape_embedding(batch.shapes)
        x = self.dropout(self.embedding_norm(x))
        mask = batch.piece_mask[:, None, None, :]
        for block in self.blocks:
            x = block(x, mask)
        index = batch.first.unsqueeze(-1).expand(-1, -1, x.shape[-1])
        first = x.gather(1, index)
        last = x.gather(1, batch.last.unsqueeze(-1).expand(-1, -1, x.shape[-1]))
        vectors: Tensor = self.head_dropout((first + last) / 2)
        return vectors

    def boundaries(self, words: Tensor) -> Tensor:
        """``[B, W]``: log-odds that a sentence ends after the word."""
        scores: Tensor = self.boundary(words).squeeze(-1)
        return scores

    def arcs(self, words: Tensor, allowed: Tensor) -> Tensor:
        """``[B, W, W]``: score of each word (row) having each word (column) as head.

        The diagonal stands for the root.  ``allowed`` is True for pairs within one sentence.
        """
        scores: Tensor = self.arc(words, words).squeeze(1)
        return scores.masked_fill(~allowed, -1e4)

    def role_tags(self, words: Tensor) -> Tensor:
        """``[B, W, 3 roles, 3 tags]``: scores of O, B and I for source, cue and content."""
        scores: Tensor = self.roles(words)
        return scores.view(*words.shape[:2], len(ROLES), 3)

    def links(self, words: Tensor, cues: Tensor) -> Tensor:
        """``[B, 2, W, C]``: log-odds that a word belongs to the source (0) or content (1) of each cue.

        ``cues`` is ``[B, C]``: positions of the cues' first words.
        """
        heads = words.gather(1, cues.unsqueeze(-1).expand(-1, -1, words.shape[-1]))
        scores: Tensor = self.link(words, heads)
        return scores
