"""How the word lists of this layer are looked up."""

from __future__ import annotations

from attribution.records import Token


def word_key(token: Token) -> tuple[str, str]:
    """Lemma in lower case and part of speech, names as nouns."""
    return token.lemma.lower(), "NOUN" if token.upos == "PROPN" else token.upos
