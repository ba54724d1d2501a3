"""The network's weights on disk: one safetensors file that carries its own inventory.

Word-piece embeddings are half of the parameters; they are stored as 8-bit integers with one scale a row,
the rest as 16-bit floats.  Both are expanded to 32 bits on loading.  Nothing in the file can execute.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file

from attribution.errors import ModelError
from attribution.parse.network import Inventory, Network, Size

FILE = "weights.safetensors"

_EMBEDDING = "piece_embedding.weight"


def save(network: Network, folder: Path) -> Path:
    """Write the network's weights into a folder; returns the file's path."""
    tensors = {}
    for name, value in network.state_dict().items():
        if name == _EMBEDDING:
            scale = value.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
            tensors[f"{name}.int8"] = (value / scale).round().to(torch.int8)
            tensors[f"{name}.scale"] = scale.to(torch.float32)
        else:
            tensors[name] = value.to(torch.float16).contiguous()
    metadata = {
        "inventory": json.dumps(asdict(network.inventory), ensure_ascii=False),
        "size": json.dumps(asdict(network.size)),
    }
    path = folder / FILE
    save_file(tensors, path, metadata=metadata)
    path.chmod(0o644)  # safetensors writes for the owner alone, which an installed package must not be
    return path


def load(folder: Path) -> Network:
    """The network from a folder, in evaluation mode.

    Raises:
        ModelError: the weights are missing or are not this network's.
    """
    path = folder / FILE
    remedy = "reinstall the package; `attribution models verify` checks every file of the model"
    if not path.is_file():
        raise ModelError("the newsroom model's weights are missing", where=str(path), remedy=remedy)
    try:
        with safe_open(path, framework="pt") as stored:
            metadata = stored.metadata()
            inventory = Inventory(**{k: tuple(v) for k, v in json.loads(metadata["inventory"]).items()})
            size = Size(**json.loads(metadata["size"]))
            # Parameters are filled at once: random initialisation would cost more time than reading does.
            with torch.device("meta"):
                network = Network(inventory, size, dropout=0.0)
            state = {}
            for name in network.state_dict():
                if name == _EMBEDDING:
                    scale = stored.get_tensor(f"{name}.scale")
                    state[name] = stored.get_tensor(f"{name}.int8").to(torch.float32) * scale
                else:
                    state[name] = stored.get_tensor(name).to(torch.float32)
        network.load_state_dict(state, assign=True)
    except ModelError:
        raise
    except Exception as error:
        # safetensors has an error type of its own for every kind of damage; all mean the same to a user.
        raise ModelError(
            f"the newsroom model's weights cannot be read ({error})", where=str(path), remedy=remedy
        ) from error
    return network.eval()
