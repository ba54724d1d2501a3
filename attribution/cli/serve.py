"""``attribution serve``: a page for editors on this machine."""

from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING, Any

import click

from attribution.cli import EXIT_DONE, shared_options
from attribution.cli.articles import parser_option
from attribution.cli.console import Console
from attribution.errors import AttributionError

if TYPE_CHECKING:
    from flask import Flask

DEFAULT_PORT = 8765


@click.command("serve", short_help="A local web page: paste a story, see the report, edit, check again.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True, help="0 takes any free port."
)
@click.option("--open/--no-open", "open_browser", default=True, help="Open the page in the browser.")
@parser_option
@shared_options
def command(host: str, port: int, open_browser: bool, parser: str, quiet: bool, verbose: bool) -> int:
    """A local web page for editors: paste or drop a story, see the report with its findings, edit, check again.

    Reads text, Markdown, HTML and Word documents.  House rules come from the nearest attribution.toml, as for `check`.
    Stories stay on this machine: nothing is stored or sent, and by default nobody else on the network can reach it.

    \b
    attribution serve
    attribution serve --port 8080 --no-open
    """
    console = Console(quiet=quiet, verbose=verbose)
    app = _app(host, parser, console)
    server = _server(app, host, port)
    address = f"http://{_shown(host)}:{server.effective_port}/"
    click.echo(f"attribution is at {address} (Ctrl+C ends it)", err=quiet)
    if open_browser:
        webbrowser.open(address)
    try:
        server.run()
    finally:
        server.close()
    return EXIT_DONE


_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_ANY = ("0.0.0.0", "::")  # every address of this machine, the loopback one among them


def _shown(host: str) -> str:
    """A host as addresses of pages spell it."""
    if host in _LOOPBACK or host in _ANY:
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _app(host: str, parser: str, console: Console) -> Flask:
    try:
        from attribution.serve.app import LOOPBACK, create_app  # an extra: not every installation serves pages
    except ImportError as error:
        raise AttributionError(
            f"the page needs {error.name}, which is not installed", remedy='pip install "attribution[serve]"'
        ) from None
    from attribution.pipeline import Analyzer

    if host not in _LOOPBACK:
        console.warning(f"{host} can be reached from the network: whoever reaches it can use this page")
    console.note("loading the model …")
    return create_app(Analyzer(parser), hosts=LOOPBACK | {host})


def _server(app: Flask, host: str, port: int) -> Any:
    from waitress import create_server

    try:
        return create_server(app, host=host, port=port, threads=4, ident=None)
    except OSError as error:
        raise AttributionError(
            f"cannot listen on {host}, port {port}: {error.strerror or error}",
            remedy="another program may use the port: --port 0 takes a free one",
        ) from error
