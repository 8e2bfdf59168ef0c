from __future__ import annotations

import json
from pathlib import Path

import pytest

from genapp.model.config import ConfigError, ModelConfig, file_sha256
from tests.folders import make_generator


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_generator(tmp_path_factory.mktemp("card") / "mine", "mine", mapping=True, layers=3)


def test_a_card_survives_its_file(folder: Path, tmp_path: Path) -> None:
    config = ModelConfig.load(folder)
    config.save(tmp_path)
    assert ModelConfig.load(tmp_path) == config


def test_the_models_hash_is_of_every_file(folder: Path) -> None:
    config = ModelConfig.load(folder)
    assert config.sha256["generator.onnx"] == file_sha256(folder / "generator.onnx")
    hashes = {config.model_sha256}
    for name in config.sha256:
        hashes.add(config.model_copy(update={"sha256": config.sha256 | {name: "0" * 64}}).model_sha256)
    assert len(hashes) == 1 + len(config.sha256)
    turned = config.model_copy(update={"sha256": dict(reversed(config.sha256.items()))})
    assert turned.model_sha256 == config.model_sha256


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"schema_version": 2}, "schema_version"),
        ({"name": "../../etc"}, "name"),
        ({"role": "painter"}, "role"),
        ({"graphs": {"generator": "../generator.onnx"}}, "graphs"),
        ({"graphs": {"generator": "/tmp/generator.onnx"}}, "graphs"),
        ({"graphs": {"encoder": "encoder.onnx"}}, "needs a graph 'generator'"),
        ({"sha256": {}}, "no sha256 for"),
        ({"latent": None}, "needs 'latent'"),
        ({"output": {"kind": "image", "height": 0, "width": 8, "channels": 1}}, "output.height"),
        ({"output": {"kind": "image", "height": 8, "width": 8, "channels": 4}}, "output.channels"),
        ({"latent": {"dim": 0, "layers": 1, "width": 1}}, "latent.dim"),
        ({"surprise": 1}, "surprise"),
        ({"conditions": [{"name": "digit", "kind": "class", "labels": ["1"], "graphs": []}]}, "labels"),
    ],
)
def test_a_card_that_makes_no_sense_is_refused_with_the_place(
    folder: Path, tmp_path: Path, change: dict, where: str
) -> None:
    fields = json.loads((folder / "config.json").read_text("utf-8")) | change
    (tmp_path / "config.json").write_text(json.dumps(fields), "utf-8")
    with pytest.raises(ConfigError) as caught:
        ModelConfig.load(tmp_path)
    assert where in str(caught.value)
    assert str(tmp_path / "config.json") in str(caught.value)


def test_cards_from_before_held_out_pictures_were_counted_stay_valid(folder: Path, tmp_path: Path) -> None:
    fields = json.loads((folder / "config.json").read_text("utf-8"))
    for held_out in (None, 3000, -1):
        fields["provenance"]["held_out"] = held_out
        if held_out is None:
            del fields["provenance"]["held_out"]
        (tmp_path / "config.json").write_text(json.dumps(fields), "utf-8")
        if held_out == -1:
            with pytest.raises(ConfigError, match="held_out"):
                ModelConfig.load(tmp_path)
        else:
            assert ModelConfig.load(tmp_path).provenance.held_out == (held_out or 0)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"null"])
def test_a_file_that_is_no_card(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "config.json").write_bytes(content)
    with pytest.raises(ConfigError, match=r"config\.json"):
        ModelConfig.load(tmp_path)


def test_a_folder_without_a_card(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is not a model folder"):
        ModelConfig.load(tmp_path)
