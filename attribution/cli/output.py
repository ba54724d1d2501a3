"""Where a command's result goes: a file or the screen, in which width, with or without colour."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from attribution.cli.articles import STDIN
from attribution.cli.console import at_terminal
from attribution.errors import AttributionError
from attribution.render.terminal import Page

DEFAULT_WIDTH = 80
MIN_WIDTH = 48
MAX_DEFAULT_WIDTH = 160
"""Wider terminals exist, but lines of prose beyond this are hard to follow."""


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--output`` and ``--width``, passed to a command as ``output`` and ``width``."""
    for option in (
        click.option(
            "--width", type=click.IntRange(min=MIN_WIDTH), help="Columns of the text report.  [default: the terminal's]"
        ),
        click.option(
            "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write here, not to the screen."
        ),
    ):
        command = option(command)
    return command


def check_output(output: Path | None, paths: Sequence[str]) -> None:
    """Refuse, before any article is read, an output that has no folder or would overwrite an input."""
    if output is None:
        return
    if not output.parent.is_dir():
        raise click.UsageError(f"--output {output}: there is no folder {output.parent}; create it first.")
    if any(path != STDIN and Path(path).exists() and output.exists() and output.samefile(path) for path in paths):
        raise click.UsageError(f"--output {output} would overwrite an article that is to be read.")


def page_for(output: Path | None, width: int | None) -> Page:
    """What text is fitted to: the terminal's width and colour, plain 80 columns for a file."""
    return Page(width or _default_width(output), colour=output is None and _colour_wanted())


def write(written: str, output: Path | None, *, utf8: bool) -> None:
    """Write to a file in UTF-8, or to standard output.

    Args:
        utf8: machine-readable, so UTF-8 whatever the terminal's encoding.
    """
    if output is not None:
        try:
            output.write_bytes(written.encode("utf-8", "backslashreplace"))
        except OSError as error:
            remedy = "choose a place that can be written to"
            raise AttributionError(f"cannot be written: {error.strerror}", where=str(output), remedy=remedy) from error
        return
    encoding = "utf-8" if utf8 else sys.stdout.encoding or "utf-8"
    sys.stdout.flush()
    sys.stdout.buffer.write(written.encode(encoding, "backslashreplace"))
    sys.stdout.buffer.flush()


def _default_width(output: Path | None) -> int:
    if output is not None:
        return DEFAULT_WIDTH
    columns = shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns
    return min(max(columns, MIN_WIDTH), MAX_DEFAULT_WIDTH)


def _colour_wanted() -> bool:
    """Colour on a terminal only, and not against the user's word (https://no-color.org)."""
    return at_terminal(sys.stdout) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
