"""The web application: one page, and what its script asks for."""

from __future__ import annotations

from ipaddress import ip_address
from threading import Lock
from typing import Any

from flask import Flask, Response, abort, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from attribution._version import __version__
from attribution.config import PROFILES, Overrides, configuration
from attribution.errors import AttributionError
from attribution.load import load_bytes
from attribution.pipeline import Analyzer
from attribution.records import Analysis, ArticleError, Report, Severity
from attribution.render import CHECK_RENDERERS, Settings
from attribution.render.html.template import script, source_hash
from attribution.rules import Genre

MAX_BYTES = 16 * 2**20
"""Larger stories are refused before they are read."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

_KEPT_AS_THEY_ARE = (".txt", ".text", ".md", ".markdown")
"""Files whose text the editor goes on editing; of others it gets the text that was taken out."""

_HEADERS = {
    # Only what this server sends may run.  The report, framed without the page's origin, inherits this policy, so its
    # one script is named by its hash; its style sheets are inline.
    "Content-Security-Policy": f"default-src 'none'; script-src 'self' {source_hash(script())};"
    " style-src 'self' 'unsafe-inline'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def create_app(analyzer: Analyzer, *, hosts: frozenset[str] = LOOPBACK) -> Flask:
    """The application, ready to be served.

    Args:
        analyzer: analyses one story after another, whoever asks.
        hosts: names under which the page may be asked for, besides numeric addresses; others are refused, so that
            no web site can reach a server on the loopback interface through a name of its own.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BYTES
    one_at_a_time = Lock()

    @app.before_request
    def _refuse_strangers() -> tuple[Response, int] | None:
        host = _host(request.host)
        origin = request.headers.get("Origin")
        known = host in hosts or _is_address(host)
        if not known or (origin is not None and origin.partition("://")[2] != request.host):
            return jsonify(error="this page answers to its own address only"), 403
        return None

    @app.after_request
    def _add_headers(response: Response) -> Response:
        response.headers.update(_HEADERS)
        return response

    @app.get("/")
    def page() -> str:
        return render_template(
            "page.html", version=__version__, profiles=PROFILES, genres=[genre.value for genre in Genre]
        )

    @app.get("/favicon.ico")
    def favicon() -> tuple[str, int]:
        return "", 204

    @app.post("/open")
    def open_file() -> Response:
        """A dropped file's text, to be put into the editor."""
        file = request.files["story"]
        name, data = file.filename or "story.txt", file.read()
        article = load_bytes(data, path=name)
        kept = name.lower().endswith(_KEPT_AS_THEY_ARE)
        return jsonify(
            text=article.text,
            name=name if kept else f"{name.rpartition('.')[0] or name}.txt",
            warnings=list(article.warnings),
        )

    @app.post("/check")
    def check() -> Response:
        """A story's report, as a page to be framed and as JSON to be saved."""
        asked: Any = request.get_json()
        if not isinstance(asked, dict):
            abort(400)
        overrides = Overrides(profile=str(asked.get("profile", "")), genre=asked.get("genre") or None)
        config = configuration(overrides=overrides)
        # Half a surrogate pair, which a script's string may hold, becomes "?".
        text = str(asked.get("text", "")).encode("utf-8", "replace")
        article = load_bytes(text, path=str(asked.get("name") or "story.txt"))
        with one_at_a_time:
            item = analyzer.attempt(article, config.settings)
        if isinstance(item, ArticleError):
            raise AttributionError(item.message)
        profile = f"profile {config.profile}; " if config.profile else ""
        report = Report(analyzer.program, (item,), basis=f"{profile}genre {config.genre.value}")
        settings = Settings()
        return jsonify(
            html=CHECK_RENDERERS["html"](report, settings),
            json=CHECK_RENDERERS["json"](report, settings),
            findings=_counts(item),
            warnings=[*article.warnings, *config.remarks],
        )

    @app.errorhandler(AttributionError)
    def refused(error: AttributionError) -> tuple[Response, int]:
        return jsonify(error=error.message), 422

    @app.errorhandler(HTTPException)
    def wrong_request(error: HTTPException) -> tuple[Response, int]:
        words = {
            404: "there is nothing at this address",
            413: f"the story is larger than {MAX_BYTES // 2**20} MB",
            500: "the program broke on this story; the terminal it runs in shows where",
        }
        return jsonify(error=words.get(error.code or 400, "this request makes no sense")), error.code or 400

    return app


def _host(host: str) -> str:
    """A host without its port: "localhost:8765", "[::1]:8765"."""
    return host.rpartition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]


def _is_address(host: str) -> bool:
    """Whether a host is a numeric address, which nobody can point elsewhere."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _counts(analysis: Analysis) -> dict[str, int]:
    """Findings by severity, those that somebody accepted left out."""
    open_findings = [finding for finding in analysis.findings if finding.suppressed is None]
    return {severity.value: sum(f.severity is severity for f in open_findings) for severity in Severity}
