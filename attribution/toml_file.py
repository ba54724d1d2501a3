"""TOML files that people write: read, or said why not."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from attribution.errors import AttributionError


def read_toml(path: Path, error: type[AttributionError], *, remedy: str) -> dict[str, Any]:
    """The table of a TOML file, a byte-order mark passed over.

    Args:
        error: what to raise.
        remedy: what helps where the file cannot be read.

    Raises:
        AttributionError: of the kind asked for; the file cannot be read, or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as unread:
        raise error(f"cannot be read: {unread.strerror}", where=str(path), remedy=remedy) from unread
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as malformed:
        raise error(f"is not TOML: {malformed}", where=str(path), remedy="see https://toml.io") from malformed
