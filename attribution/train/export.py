"""A checkpoint to a model folder: weights, word-piece tokenizer, and the manifest that vouches for them."""

from __future__ import annotations

import shutil
from pathlib import Path

import torch

from attribution.parse import weights
from attribution.parse.network import Inventory, Network
from attribution.train import start


def export(checkpoint: Path, folder: Path) -> Path:
    """Write a checkpoint's weights and the tokenizer into a model folder; returns the weights' path.

    ``attribution.parse.assets.write_manifest`` then records every file's digest.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stored = torch.load(checkpoint, weights_only=True, map_location="cpu")
    network = Network(Inventory(**{k: tuple(v) for k, v in stored["inventory"].items()}))
    network.load_state_dict(stored["network"])
    shutil.copyfile(start.folder() / "tokenizer.json", folder / "tokenizer.json")
    return weights.save(network, folder)
