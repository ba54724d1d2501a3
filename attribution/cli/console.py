"""What commands say on standard error.  Standard output is for data."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TextIO

import click

from attribution.render.fit import visible


def at_terminal(stream: TextIO) -> bool:
    """Whether a person sits at the other end."""
    return stream.isatty()


class Console:
    """Messages for the person at the terminal.

    Args:
        quiet: errors only.
        verbose: also what is being done.
    """

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self._quiet = quiet
        self._verbose = verbose and not quiet
        self._progress = False

    def error(self, message: str) -> None:
        """Something could not be done."""
        self._say("error: ", message)

    def warning(self, message: str) -> None:
        """Something was done, but a reader should know about it."""
        if not self._quiet:
            self._say("warning: ", message)

    def note(self, message: str) -> None:
        """Something was done that the result does not show."""
        if not self._quiet:
            self._say("", message)

    def detail(self, message: str) -> None:
        """What is being done, for those who asked."""
        if self._verbose:
            self._say("", message)

    def progress(self, message: str) -> None:
        """Where a long job stands: one line that is written over, on a terminal only."""
        if not self._quiet and at_terminal(sys.stderr):
            self.clear()
            click.echo(f"{visible(message)[:76]}", err=True, nl=False)
            self._progress = True

    def counter(self, total: int) -> Callable[[str], None]:
        """Called with a name each time something is done, says how far the job is."""
        so_far = 0

        def done(name: str) -> None:
            nonlocal so_far
            so_far += 1
            self.progress(f"{so_far}/{total} {name}")

        return done

    def clear(self) -> None:
        """Take the progress line away."""
        if self._progress:
            click.echo("\r\x1b[K", err=True, nl=False)
            self._progress = False

    def _say(self, prefix: str, message: str) -> None:
        self.clear()
        first, *rest = message.splitlines() or [""]
        for line in (prefix + first, *rest):
            click.echo(visible(line), err=True)
