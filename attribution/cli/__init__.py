"""The command line: the group, exit codes, and the options that all commands share.

Sub-commands are modules of this package, each with a click command named ``command``.  They are
imported when they are called, so that ``attribution --help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, NoReturn

import click

from attribution._version import __version__
from attribution.errors import AttributionError

EXIT_DONE = 0
"""Done; for ``check``: nothing at or above ``--fail-on``."""

EXIT_FOUND = 1
"""``check`` found something."""

EXIT_ERROR = 2
"""Could not run, or an input could not be read.  Wins over ``EXIT_FOUND``."""

_EXIT_INTERRUPTED = 130  # as shells report SIGINT

DEFAULT_MAX_WORDS = 200_000
"""Texts with more words than this are refused unless ``--max-words`` says otherwise."""

COMMANDS = {
    "report": "Who stands behind each claim of an article: the tables.",
    "check": "What an editor should ask about a story's sources.",
    "serve": "A local web page: paste a story, see the report, edit, check again.",
    "diff": "What changed in the sourcing between two versions of a story.",
    "rules": "All rules of the editorial check.",
    "explain": "What a rule, a source type or an anonymity level means.",
    "config": "The check's settings in force, and where each comes from.",
    "evaluate": "Accuracy on a corpus.",
    "models": "Which models are there; check or download them.",
}
"""Sub-commands and their one-line help, which must not cost an import."""


class LazyGroup(click.Group):
    """A group that imports a command when it is called and ends with this program's exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Names of the sub-commands, in the order of ``COMMANDS``."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The sub-command, imported now; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"attribution.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands in the help, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but a file in place of a command gets told which command to use."""
        if args and args[0] not in COMMANDS and os.path.exists(args[0]):  # noqa: PTH110 (a name, not yet a path)
            ctx.fail(f"{args[0]!r} is a file; to report on it: attribution report {args[0]}")
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run, print errors without a traceback, and exit with a command's return value."""
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except click.ClickException as error:
            error.show()
            code = EXIT_ERROR
        except AttributionError as error:
            from attribution.cli.console import Console  # it needs the renderers, which --help does not

            Console().error(str(error))
            code = EXIT_ERROR
        except (click.Abort, KeyboardInterrupt):
            code = _EXIT_INTERRUPTED
        except BrokenPipeError:
            # The reader (head, less) has seen enough.  Python would complain again when it flushes.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = EXIT_DONE
        sys.exit(code if isinstance(code, int) else EXIT_DONE)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="attribution")
def main() -> None:
    """Find who stands behind each claim of a news article, and how hidden they are.

    \b
    Start here:
      attribution report story.txt      the sourcing-quality tables of a story
      attribution check story.txt       what an editor should ask about its sources
      attribution report --help         formats and options

    Articles are read on this machine and sent nowhere.
    """


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--quiet`` and ``--verbose``, passed to a command as ``quiet`` and ``verbose``."""
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Say on standard error what is being done."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but errors."),
    ):
        command = option(command)
    return command


def article_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``shared_options`` with those of commands that read articles: ``with_text`` and ``max_words``."""
    for option in (
        shared_options,
        click.option(
            "--max-words",
            type=click.IntRange(min=1),
            default=DEFAULT_MAX_WORDS,
            show_default=True,
            help="Refuse longer texts.",
        ),
        click.option(
            "--no-text",
            "with_text",
            flag_value=False,
            default=True,
            help="Leave the article's words out of machine-readable formats, for logs that others can read.",
        ),
    ):
        command = option(command)
    return command
