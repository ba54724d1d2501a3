"""Fixtures that several test modules share."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# How long an example takes depends on the machine and what else runs there; what it does must not.
settings.register_profile("attribution", deadline=None)
settings.load_profile("attribution")

os.environ.setdefault("OMP_NUM_THREADS", "2")

FIXTURES = Path(__file__).parents[1] / "fixtures"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may leave the machine; loopback stays open for notebooks' kernels."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def analyzer() -> Any:
    """The whole program with the real newsroom model, loaded once."""
    from attribution.pipeline import Analyzer

    return Analyzer()
