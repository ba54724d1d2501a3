"""The options of commands that choose rules: ``--profile``, ``--genre``, ``--select`` and their like."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from attribution.config import PROFILES, Overrides
from attribution.rules import Genre


def _codes(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ARG001
    """Codes given in one or several comma-separated lists."""
    return tuple(code.strip() for given in value for code in given.split(",") if code.strip())


def rule_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Pass a command ``config_file`` (a path or None) and ``overrides`` (what the command line says)."""

    @wraps(command)
    def with_overrides(
        *args: Any,
        profile: str | None,
        genre: str | None,
        select: tuple[str, ...],
        extend_select: tuple[str, ...],
        ignore: tuple[str, ...],
        **kwargs: Any,
    ) -> Any:
        overrides = Overrides(
            profile=profile,
            genre=genre,
            fail_on=kwargs.pop("fail_on", None),
            select=select,
            extend=extend_select,
            ignore=ignore,
        )
        return command(*args, overrides=overrides, **kwargs)

    decorated: Callable[..., Any] = with_overrides
    for option in (
        click.option(
            "--config",
            "config_file",
            type=click.Path(path_type=Path, dir_okay=False),
            help="Read this file, not the nearest attribution.toml or pyproject.toml.",
        ),
        click.option("--ignore", multiple=True, callback=_codes, metavar="CODE,…", help="Leave these rules out."),
        click.option("--extend-select", multiple=True, callback=_codes, metavar="CODE,…", help="Run these besides."),
        click.option(
            "--select",
            multiple=True,
            callback=_codes,
            metavar="CODE,…",
            help="Run these in place of the default set: codes, prefixes (SRC1), ALL.",
        ),
        click.option("--genre", type=click.Choice([g.value for g in Genre]), help="What sort of piece it is."),
        click.option("--profile", type=click.Choice(PROFILES), help="Whose house rules to follow."),
    ):
        decorated = option(decorated)
    return decorated
