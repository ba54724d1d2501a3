"""Errors a user can meet.  Each says what happened, where, and what to do about it.

Only these cross the package's border on purpose; anything else that escapes is a bug.  The command
line prints them without a traceback and exits with code 2.
"""

from __future__ import annotations


class AttributionError(Exception):
    """Base class of every error this package raises on purpose.

    Args:
        what: one sentence that says what went wrong.
        where: the file, option or record concerned, if there is one.
        remedy: what the user can do about it, if anything is known to help.
    """

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(what, where, remedy)
        self.what = what
        self.where = where
        self.remedy = remedy

    @property
    def message(self) -> str:
        """What happened and what to do, without the place."""
        return f"{self.what}\n  {self.remedy}" if self.remedy else self.what

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message

    def __reduce__(self) -> tuple[object, ...]:
        # Errors travel between worker processes; keyword arguments need this to survive pickling.
        return _rebuild, (type(self), self.what, self.where, self.remedy)


def _rebuild(kind: type[AttributionError], what: str, where: str | None, remedy: str | None) -> AttributionError:
    return kind(what, where=where, remedy=remedy)


class LoadError(AttributionError):
    """An input could not be read as an article (missing, empty, binary, undecodable, too large …)."""


class LanguageError(LoadError):
    """The input is readable, but it is not English."""


class ConfigError(AttributionError):
    """A configuration names something that does not exist, or cannot be read."""


class ModelError(AttributionError):
    """A model is missing, damaged, or does not fit the installed libraries."""


class ParseError(AttributionError):
    """A parse could not be made or read (malformed CoNLL-U, offsets outside the text …)."""


class LexiconError(AttributionError):
    """A lexicon file breaks its own column rules; names the file and line."""


class GoldError(AttributionError):
    """An evaluation corpus is missing or malformed."""
