"""The page for editors: what its server answers, and to whom."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from conftest import FIXTURES
from flask.testing import FlaskClient

from attribution.cli import EXIT_ERROR, main
from attribution.cli.serve import _shown
from attribution.pipeline import Analyzer
from attribution.serve import create_app
from build import PORT_TEXT, StubAnalyzer, port_story

STORY = {"text": PORT_TEXT, "name": "port.txt", "profile": "", "genre": ""}


@pytest.fixture
def client() -> FlaskClient:
    return create_app(StubAnalyzer({PORT_TEXT: port_story()})).test_client()  # type: ignore[arg-type]


def test_the_page_offers_profiles_and_genres(client: FlaskClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    for words in ("<option>npr</option>", "<option>court</option>", 'label for="text"'):
        assert words in page.text
    for name in ("page.css", "page.js"):
        assert client.get(f"/static/{name}").status_code == 200


def test_a_story_comes_back_as_a_report(client: FlaskClient) -> None:
    answer = client.post("/check", json=STORY)
    assert answer.status_code == 200
    shown = answer.get_json()
    assert shown["html"].startswith("<!")
    assert '"schema_version"' in shown["json"]
    assert set(shown["findings"]) == {"error", "warning", "info"}


def test_what_cannot_be_read_says_why(client: FlaskClient) -> None:
    answer = client.post("/check", json={**STORY, "text": " \n "})
    assert answer.status_code == 422
    assert "empty" in answer.get_json()["error"]
    answer = client.post("/check", json={**STORY, "genre": "courts"})
    assert (answer.status_code, "it takes one of" in answer.get_json()["error"]) == (422, True)
    answer = client.post("/check", json={**STORY, "profile": "afp"})
    assert answer.get_json()["warnings"] == [
        "profile afp: off, since their texts are known only second-hand or from memory: SRC205, SRC306, SRC404"
    ]
    assert client.post("/check", data="no json").status_code == 415
    assert client.post("/check", json={}).status_code == 422
    assert client.post("/check", json=["no story"]).status_code == 400
    assert client.post("/check", json={**STORY, "text": "\ud800"}).status_code == 422
    assert client.post("/open").status_code == 400
    assert client.get("/nowhere").get_json() == {"error": "there is nothing at this address"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "news.example:8765"},
        {"Origin": "https://news.example"},
        {"Origin": "http://192.0.2.7"},
        {"Origin": "null"},
        {"Host": "localhost:8765", "Origin": "http://localhost:8000"},
    ],
)
def test_strangers_are_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/check", json=STORY, headers=headers).status_code == 403


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1:8765", "[::1]:8765", "192.0.2.7:8765"])
def test_this_machine_is_let_in(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host, "Origin": f"http://{host}"}).status_code == 200


def test_nothing_is_cached_framed_or_run_from_elsewhere(client: FlaskClient) -> None:
    headers = client.get("/").headers
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_a_dropped_file_becomes_text(client: FlaskClient) -> None:
    written = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("The bridge at Telm will stay shut until May, the water board said on Tuesday.")
    document.save(written)
    for name, data, called in (
        ("bridge.docx", written.getvalue(), "bridge.txt"),
        ("ferry.md", (FIXTURES / "articles" / "ferry-inquiry.md").read_bytes(), "ferry.md"),
        ("ferry.html", (FIXTURES / "articles" / "ferry-inquiry.html").read_bytes(), "ferry.txt"),
    ):
        answer = client.post("/open", data={"story": (io.BytesIO(data), name)})
        assert answer.status_code == 200, answer.text
        assert answer.get_json()["name"] == called
    answer = client.post("/open", data={"story": (io.BytesIO(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"), "story.pdf")})
    assert (answer.status_code, "PDF" in answer.get_json()["error"]) == (422, True)


def test_a_crash_is_called_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attribution.serve.app.CHECK_RENDERERS", {})
    app = create_app(StubAnalyzer({PORT_TEXT: port_story()}))  # type: ignore[arg-type]
    answer = app.test_client().post("/check", json=STORY)
    assert (answer.status_code, "broke" in answer.get_json()["error"]) == (500, True)


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "localhost"), ("0.0.0.0", "localhost"), ("fe80::7", "[fe80::7]"), ("desk.local", "desk.local")],
)
def test_how_an_address_is_spelled(host: str, shown: str) -> None:
    assert _shown(host) == shown


def test_a_port_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    import socket

    monkeypatch.setattr("attribution.pipeline.Analyzer", lambda _: StubAnalyzer({}))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = CliRunner().invoke(main, ["serve", "--no-open", "--port", str(taken.getsockname()[1])])
    assert done.exit_code == EXIT_ERROR
    assert "--port 0 takes a free one" in done.stderr


@pytest.fixture(scope="module")
def real() -> Iterator[FlaskClient]:
    with create_app(Analyzer()).test_client() as client:
        yield client


@pytest.mark.model
def test_hostile_text_stays_text(real: FlaskClient) -> None:
    text = 'The bank will close, a source said. <script>alert("x")</script> <img src=x onerror=alert(1)> & more.'
    shown = real.post("/check", json={**STORY, "text": text, "name": "story.txt"}).get_json()
    assert "<script>alert" not in shown["html"]
    assert "<img" not in shown["html"]
    assert shown["findings"]["error"] >= 1
