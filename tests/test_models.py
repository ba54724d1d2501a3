"""Model files: the manifest, what is wrong with a model, and the ``models`` command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import attribution.models
from attribution.cli import main
from attribution.errors import ModelError
from attribution.parse import assets


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "newsroom"
    (folder / "tables").mkdir(parents=True)
    (folder / "weights.safetensors").write_bytes(b"\0" * 1000)
    (folder / "tables" / "lemmas.tsv").write_text("said\tsay\n")
    (folder / "MODEL_LICENSE").write_text("terms")
    assets.write_manifest(folder, "newsroom", "2.1", {"data": [{"name": "EWT", "licence": "CC BY-SA 4.0"}]})
    return folder


# -------------------------------------------------------------------------------------------- manifest


def test_a_manifest_says_what_is_there(model: Path) -> None:
    manifest = assets.read_manifest(model)
    assert (manifest.name, manifest.version, manifest.size) == ("newsroom", "2.1", 1014)
    assert [file.path for file in manifest.files] == ["MODEL_LICENSE", "tables/lemmas.tsv", "weights.safetensors"]
    assert manifest.details == {"data": [{"name": "EWT", "licence": "CC BY-SA 4.0"}]}
    assert assets.newsroom_name(model) == "newsroom 2.1"


def test_sealing_again_gives_the_same_manifest(model: Path) -> None:
    before = (model / assets.MANIFEST).read_bytes()
    manifest = assets.read_manifest(model)
    assert assets.write_manifest(model, manifest.name, manifest.version, manifest.details) == manifest
    assert (model / assets.MANIFEST).read_bytes() == before


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"name": "x"}', '{"name": "x", "version": "1", "files": {"a": {"bytes": "many", "sha256": ""}}}',
     '{"name": "x", "version": "1", "files": ["a"]}'],
)  # fmt: skip
def test_a_manifest_that_is_none(model: Path, content: str) -> None:
    (model / assets.MANIFEST).write_text(content)
    with pytest.raises(ModelError, match="manifest cannot be read") as caught:
        assets.read_manifest(model)
    assert caught.value.where == str(model / assets.MANIFEST)
    assert caught.value.remedy is not None


def test_a_folder_without_a_manifest(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="has no manifest"):
        assets.verify(tmp_path)


# ---------------------------------------------------------------------------------------------- checks


def test_a_whole_model(model: Path) -> None:
    assert assets.problems(model) == {}
    assert assets.verify(model).version == "2.1"


def damage(path: Path, how: str) -> None:
    if how == "removed":
        path.unlink()
    elif how == "cut short":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        path.write_bytes(b"\1" + path.read_bytes()[1:])


@pytest.mark.parametrize(
    ("how", "message"),
    [("removed", "missing"), ("cut short", "999 bytes, 1000 expected"), ("changed", "checksum differs")],
)
def test_a_damaged_model(model: Path, how: str, message: str) -> None:
    damage(model / "weights.safetensors", how)
    assert set(assets.problems(model)) == {"weights.safetensors"}
    with pytest.raises(ModelError, match=message) as caught:
        assets.verify(model)
    assert "weights.safetensors" in caught.value.what
    assert "reinstall" in str(caught.value)


def test_other_files_in_the_folder_do_no_harm(model: Path) -> None:
    (model / "notes.txt").write_text("mine")
    assert assets.problems(model) == {}


def test_a_package_without_its_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attribution.models, "__path__", [str(tmp_path)])
    monkeypatch.setattr("attribution.parse.assets.resources.files", lambda _: tmp_path)
    with pytest.raises(ModelError, match="the newsroom model is missing"):
        assets.newsroom_folder()


# ------------------------------------------------------------------------------------- the real model


@pytest.mark.model
def test_the_bundled_model_is_whole_and_licensed() -> None:
    folder = assets.newsroom_folder()
    manifest = assets.verify(folder)
    listed = {file.path for file in manifest.files}
    assert {"weights.safetensors", "MODEL_LICENSE", "APACHE-2.0"} <= listed
    assert manifest.size < 40e6, "the package promises less than 40 MB"
    text = (folder / "MODEL_LICENSE").read_text(encoding="utf-8")
    for corpus in (
        "EWT",
        "GUM",
        "Universal NER",
        "re3d",
        "WNUT",
        "Broad Twitter",
        "SEC",
        "WikiGold",
        "PolNeAR",
        "MiniLM",
    ):
        assert corpus in text


# -------------------------------------------------------------------------------------------- commands


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["models", *(str(a) for a in arguments)])


@pytest.fixture
def bundled(model: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The tests' own model in the place of the real one, and no models of Stanza's."""
    monkeypatch.setattr("attribution.parse.assets.newsroom_folder", lambda: model)
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path / "stanza"))
    return model


def test_list(bundled: Path) -> None:
    result = run("list")
    assert result.exit_code == 0, result.output
    assert "newsroom  2.1" in result.stdout
    assert str(bundled) in result.stdout
    assert "not there; attribution models download" in result.stdout


def test_list_as_json_holds_the_manifest(bundled: Path, tmp_path: Path) -> None:
    listed = json.loads(run("list", "--json").stdout)
    assert listed["newsroom"]["data"][0]["licence"] == "CC BY-SA 4.0"
    assert listed["newsroom"]["files"]["weights.safetensors"]["bytes"] == 1000
    assert listed["stanza"] == {"path": str(tmp_path / "stanza"), "installed": False}
    assert listed["newsroom"]["path"] == str(bundled)


def test_path(bundled: Path, tmp_path: Path) -> None:
    assert run("path").stdout == f"{bundled}\n"
    assert run("path", "stanza").stdout == f"{tmp_path / 'stanza'}\n"
    assert run("path", "other").exit_code == 2


def test_verify(bundled: Path) -> None:
    whole = run("verify")
    assert (whole.exit_code, whole.stdout) == (0, "newsroom: 3 files, all as they should be\n")
    damage(bundled / "tables" / "lemmas.tsv", "changed")
    damage(bundled / "weights.safetensors", "removed")
    result = run("verify")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "lemmas.tsv: checksum differs" in result.stderr
    assert "weights.safetensors: missing" in result.stderr


@pytest.mark.usefixtures("bundled")
def test_verify_stanzas_models(tmp_path: Path) -> None:
    nothing = run("verify", "stanza")
    assert nothing.exit_code == 2
    assert "attribution models download" in nothing.stderr
    folder = tmp_path / "there"
    names = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
    md5_of_nothing = "d41d8cd98f00b204e9800998ecf8427e"
    for name in names:
        (folder / "en" / name).mkdir(parents=True)
        (folder / "en" / name / "tiny.pt").write_bytes(b"")
    files = {name: {"tiny": {"md5": md5_of_nothing}} for name in names}
    english = {"lang_name": "English", **files, "packages": {"default": dict.fromkeys(names, "tiny")}}
    (folder / "resources.json").write_text(json.dumps({"en": english}))
    assert run("verify", "stanza", "--dir", folder).stdout == "stanza: 6 files, all as they should be\n"
    (folder / "en" / "ner" / "tiny.pt").unlink()
    (folder / "en" / "pos" / "tiny.pt").write_bytes(b"x")
    wrong = run("verify", "stanza", "--dir", folder)
    assert wrong.exit_code == 2
    assert "ner/tiny.pt: missing" in wrong.stderr
    assert "pos/tiny.pt: checksum differs" in wrong.stderr


@pytest.mark.usefixtures("bundled")
def test_download(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("stanza.download", lambda *_, model_dir, **__: asked.append(model_dir))
    assert run("download").stdout == f"{tmp_path / 'stanza'}\n"
    assert run("download", "--dir", tmp_path / "x").stdout == f"{tmp_path / 'x'}\n"
    assert asked == [str(tmp_path / "stanza"), str(tmp_path / "x")]


@pytest.mark.usefixtures("bundled")
def test_download_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise ConnectionError("no route to host")

    monkeypatch.setattr("stanza.download", unreachable)
    result = run("download")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "could not be fetched (ConnectionError: no route to host)" in result.stderr
    assert "needs access to the network" in result.stderr
