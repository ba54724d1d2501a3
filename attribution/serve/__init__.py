"""A page for editors: paste or drop a story, see what its sourcing discloses, edit, check again.

A small web server for one machine.  It holds a model and nothing else: no story is stored, logged or sent anywhere.
"""

from __future__ import annotations

from attribution.serve.app import create_app

__all__ = ["create_app"]
