"""Text to ``Parse``: the embedded newsroom model, Stanza's official models, CoNLL-U files.

To use the newsroom model inside Stanza::

    import stanza, attribution.parse
    nlp = stanza.Pipeline("en", **attribution.parse.newsroom())

Importing this package imports neither torch nor Stanza; where Stanza is imported already, it registers the
processors.
"""

from __future__ import annotations

import sys
from typing import Any


def newsroom() -> dict[str, Any]:
    """Arguments for ``stanza.Pipeline("en", …)`` that make it run the newsroom model, offline.

    Registers the processors with Stanza, so it imports Stanza.  The pipeline has tokenize, mwt, pos,
    lemma, depparse, ner and attribution; to have fewer, drop them from ``["processors"]`` (tokenize and mwt
    belong together).

    Raises:
        ModelError: the model is missing or damaged.
    """
    from attribution.parse.newsroom_parser import NewsroomParser
    from attribution.parse.stanza_adapter import pipeline_arguments

    return pipeline_arguments(NewsroomParser())


if "stanza" in sys.modules:
    from attribution.parse.stanza_adapter import register

    register()
