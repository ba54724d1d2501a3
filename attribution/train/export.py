"""A checkpoint to a model folder: weights, word-piece tokenizer, and the manifest that vouches for them.

The tables (``attribution.train.tables``), MODEL_LICENSE and APACHE-2.0 must be in the folder already: the
manifest lists every file with its digest.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import torch

from attribution.parse import assets, weights
from attribution.parse.assets import Manifest
from attribution.parse.network import Inventory, Network
from attribution.train import start

DATA = {
    "all-MiniLM-L6-v2 (starting weights)": "Apache-2.0",
    "UD English EWT, train": "CC BY-SA 4.0",
    "UD English GUM, train, openly licensed genres": "texts CC BY or public domain; corpus CC BY-NC-SA 4.0",
    "Universal NER EWT, dev": "CC BY-SA 4.0",
    "re3d": "open government licences and CC BY, by source",
    "WNUT 2017": "CC BY 4.0",
    "Broad Twitter Corpus": "CC BY 4.0",
    "SEC filings": "CC BY 3.0",
    "WikiGold": "CC BY 4.0",
    "PolNeAR 1.0, train": "research corpus, none stated",
}
"""What the weights that ship were trained on, with licences, as the manifest states them."""


def export(checkpoint: Path, folder: Path, version: str, scores: Mapping[str, float]) -> Manifest:
    """Write weights, tokenizer and manifest into a model folder.

    Args:
        scores: F1 or accuracy in per cent by name, as ``attribution evaluate`` measured them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stored = torch.load(checkpoint, weights_only=True, map_location="cpu")
    network = Network(Inventory(**{k: tuple(v) for k, v in stored["inventory"].items()}))
    network.load_state_dict(stored["network"])
    shutil.copyfile(start.folder() / "tokenizer.json", folder / "tokenizer.json")
    weights.save(network, folder)
    return seal(folder, version, scores, {"steps": stored["step"]})


def seal(folder: Path, version: str, scores: Mapping[str, float], training: Mapping[str, int]) -> Manifest:
    """Write the manifest of a model folder whose other files are complete."""
    versions = {
        "torch": torch.__version__,
        "stanza": metadata.version("stanza"),
        "tokenizers": metadata.version("tokenizers"),
    }
    details = {"data": DATA, "training": dict(training), "scores": dict(scores), "versions": versions}
    return assets.write_manifest(folder, "newsroom", version, details)
