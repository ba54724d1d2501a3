"""The model files that come with the package: where they are, what they say of themselves, whether they are whole.

A model is a folder with a ``manifest.json``::

    {"name": "newsroom", "version": "1.0",
     "files": {"weights.safetensors": {"bytes": 23456789, "sha256": "…"}, …},
     …what it was trained on, with which licences, and the scores it reached…}

and the files listed there, ``MODEL_LICENSE`` among them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from attribution.errors import ModelError

MANIFEST = "manifest.json"

_REINSTALL = "reinstall the package, or train the model again with `python -m attribution.train`"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file that a manifest lists.

    Attributes:
        path: relative to the model's folder, with forward slashes.
        size: in bytes.
        sha256: in lower-case hexadecimal.
    """

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a model says of itself.

    Attributes:
        details: everything else in the manifest (training data and licences, scores, versions).
    """

    name: str
    version: str
    files: tuple[ModelFile, ...]
    details: Mapping[str, Any]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


def newsroom_folder() -> Path:
    """The folder of the embedded model.

    Raises:
        ModelError: there is none.
    """
    folder = Path(str(resources.files("attribution.models").joinpath("newsroom")))
    if not (folder / MANIFEST).is_file():
        raise ModelError("the newsroom model is missing", where=str(folder), remedy=_REINSTALL)
    return folder


def newsroom_name(folder: Path | None = None) -> str:
    """Name and version of the model in a folder, by default the embedded one: "newsroom 1.0"."""
    manifest = read_manifest(folder or newsroom_folder())
    return f"{manifest.name} {manifest.version}"


def read_manifest(folder: Path) -> Manifest:
    """A model's manifest.

    Raises:
        ModelError: it is missing, or is not a manifest.
    """
    path = folder / MANIFEST
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        files = tuple(
            ModelFile(name, int(entry["bytes"]), str(entry["sha256"])) for name, entry in stored.pop("files").items()
        )
        return Manifest(str(stored.pop("name")), str(stored.pop("version")), files, stored)
    except FileNotFoundError:
        raise ModelError("the model has no manifest", where=str(path), remedy=_REINSTALL) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"the model's manifest cannot be read ({error!r})", where=str(path), remedy=_REINSTALL
        ) from error


def write_manifest(folder: Path, name: str, version: str, details: Mapping[str, Any]) -> Manifest:
    """Seal a model: list every file in its folder, with size and checksum."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != MANIFEST)
    files = tuple(ModelFile(p.relative_to(folder).as_posix(), p.stat().st_size, _sha256(p)) for p in paths)
    stored = {
        "name": name,
        "version": version,
        **details,
        "files": {file.path: {"bytes": file.size, "sha256": file.sha256} for file in files},
    }
    (folder / MANIFEST).write_text(json.dumps(stored, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return Manifest(name, version, files, dict(details))


def problems(folder: Path) -> dict[str, str]:
    """What is wrong with a model's files, by path; empty if it is whole.

    Raises:
        ModelError: it has no readable manifest to compare with.
    """
    found = {}
    for file in read_manifest(folder).files:
        path = folder / file.path
        if not path.is_file():
            found[file.path] = "missing"
        elif path.stat().st_size != file.size:
            found[file.path] = f"{path.stat().st_size} bytes, {file.size} expected"
        elif _sha256(path) != file.sha256:
            found[file.path] = "checksum differs from the manifest's"
    return found


def verify(folder: Path) -> Manifest:
    """The manifest of a model whose files are all there and unchanged.

    Raises:
        ModelError: a file is missing or damaged; says which.
    """
    wrong = problems(folder)
    if wrong:
        listed = "; ".join(f"{path}: {what}" for path, what in wrong.items())
        raise ModelError(f"the model is damaged ({listed})", where=str(folder), remedy=_REINSTALL)
    return read_manifest(folder)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
