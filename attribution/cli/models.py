"""``attribution models``: which models are there, are they whole, fetch Stanza's."""

from __future__ import annotations

import json
from pathlib import Path

import click

from attribution.cli import EXIT_DONE, EXIT_ERROR, shared_options
from attribution.cli.console import Console

_NAMES = ("newsroom", "stanza")
_WIDTH = 100

_dir_option = click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Stanza's model folder.  [default: STANZA_RESOURCES_DIR, else Stanza's own]",
)


@click.group("models", short_help="Which models are there; check or download them.")
def command() -> None:
    """The models: newsroom, which comes with the program, and Stanza's official English ones."""


@command.command("list")
@_dir_option
@click.option("--json", "as_json", is_flag=True, help="With the newsroom model's whole manifest.")
@shared_options
def list_command(folder: Path | None, as_json: bool, quiet: bool, verbose: bool) -> int:
    """Which models are there, where, and what they say of themselves."""
    del quiet, verbose
    from attribution.parse import assets, stanza_official

    home = assets.newsroom_folder()
    manifest = assets.read_manifest(home)
    stanza_home = folder or stanza_official.models_folder()
    there = stanza_official.installed(stanza_home)
    if as_json:
        newsroom = {"version": manifest.version, "path": str(home), "bytes": manifest.size, **manifest.details}
        newsroom["files"] = {file.path: {"bytes": file.size, "sha256": file.sha256} for file in manifest.files}
        stanza = {"path": str(stanza_home), "installed": there}
        click.echo(json.dumps({manifest.name: newsroom, "stanza": stanza}, indent=1, ensure_ascii=False))
        return EXIT_DONE
    from attribution.render.table import Column, draw

    state = "downloaded" if there else f"not there; {stanza_official.download_command(stanza_home)}"
    rows = [
        [manifest.name, manifest.version, f"comes with the program, {manifest.size / 1e6:.0f} MB", str(home)],
        ["stanza", stanza_official.VERSION, state, str(stanza_home)],
    ]
    drawn = draw([Column(title) for title in ("model", "version", "state", "folder")], rows, _WIDTH)
    click.echo("\n".join([*drawn.head, *(line for row in drawn.rows for line in row)]))
    return EXIT_DONE


@command.command("path")
@click.argument("model", type=click.Choice(_NAMES), default="newsroom")
@shared_options
def path_command(model: str, quiet: bool, verbose: bool) -> int:
    """The folder of a model, newsroom unless another is named."""
    del quiet, verbose
    from attribution.parse import assets

    if model == "newsroom":
        click.echo(str(assets.newsroom_folder()))
    else:
        from attribution.parse import stanza_official

        click.echo(str(stanza_official.models_folder()))
    return EXIT_DONE


@command.command("verify")
@click.argument("model", type=click.Choice(_NAMES), default="newsroom")
@_dir_option
@shared_options
def verify_command(model: str, folder: Path | None, quiet: bool, verbose: bool) -> int:
    """Compare every file of a model with the checksums it came with.

    Exit codes: 0 whole, 2 a file is missing or damaged.
    """
    from attribution.parse import assets

    console = Console(quiet=quiet, verbose=verbose)
    if model == "newsroom":
        home = assets.newsroom_folder()
        checked, wrong = len(assets.read_manifest(home).files), assets.problems(home)
    else:
        from attribution.parse import stanza_official

        home = folder or stanza_official.models_folder()
        checked, wrong = stanza_official.check(home)
    for path, what in wrong.items():
        console.error(f"{home / path}: {what}")
    if wrong:
        return EXIT_ERROR
    click.echo(f"{model}: {checked} files, all as they should be")
    return EXIT_DONE


@command.command("download")
@_dir_option
@shared_options
def download_command(folder: Path | None, quiet: bool, verbose: bool) -> int:
    """Fetch Stanza's official English models, for ``--parser stanza``.

    Some hundreds of megabytes.  This is the only command that uses the network.
    """
    from attribution.parse import stanza_official

    console = Console(quiet=quiet, verbose=verbose)
    home = stanza_official.download(folder)
    console.detail("fetched; `attribution report --parser stanza` uses them")
    click.echo(str(home))
    return EXIT_DONE
