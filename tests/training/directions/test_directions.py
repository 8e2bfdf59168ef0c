"""Directions: found where they are known to be, measured, stored and served."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from scipy.linalg import subspace_angles

import genapp
from genapp.model.editing import Direction
from tests.faces import make_face_gan, make_face_vae
from training.directions import find, measure
from training.evaluation import identity
from training.families.gan_networks import build_networks
from training.families.graphs import gan_graphs
from training.families.pictures import output_of
from training.recipes import RECIPES
from training.run.export import write_graph


class Judge:
    """Sees whether a cartoon face's background is bright, whether its middle is, and beards where there are none."""

    config = SimpleNamespace(name="judge", model_sha256="0" * 64, attributes=("bright", "pale", "bearded"))

    def classify(self, images: np.ndarray) -> tuple[np.ndarray, None]:
        levels = np.stack([images[:, :6].mean((1, 2, 3)), images[:, 20:40, 20:44].mean((1, 2, 3))], 1)
        beards = 0.01 * (images[:, 50, 30] % 7).mean(1)  # seen in nothing that a latent could tell
        return np.column_stack([1 / (1 + np.exp(-(levels - (120, 170)) / 8)), beards]), None


@pytest.fixture
def gan(tmp_path: Path) -> genapp.Model:
    return genapp.load_model(make_face_gan(tmp_path / "faces-gan"))


def test_a_boundarys_normal_is_the_direction_that_matters() -> None:
    ws = np.random.RandomState(0).standard_normal((4000, 8)) * np.linspace(0.5, 2, 8)
    wanted = np.array([1, 0, -2, 0, 0, 1, 0, 0]) / np.sqrt(6)
    normal = find.boundary(ws, 1 / (1 + np.exp(-3 * ws @ wanted)))
    assert normal @ wanted > 0.97 and np.linalg.norm(normal) == pytest.approx(1)


def test_orthogonal_directions_leave_the_other_boundaries_alone() -> None:
    normals = {
        name: row / np.linalg.norm(row) for name, row in zip("abc", np.random.RandomState(1).randn(3, 8), strict=True)
    }
    found = find.orthogonalised(normals)
    for name, row in found.items():
        assert np.linalg.norm(row) == pytest.approx(1) and row @ normals[name] > 0
        assert all(abs(row @ other) < 1e-9 for key, other in normals.items() if key != name)


def test_principal_components_are_unit_vectors_the_widest_first() -> None:
    ws = np.random.RandomState(2).standard_normal((3000, 4)) * (1, 5, 3, 0.5) + 7
    found = find.principal_components(ws, 2)
    assert abs(found[0, 1]) > 0.99 and abs(found[1, 2]) > 0.99 and found.max(1) == pytest.approx(np.abs(found).max(1))


def test_sefa_reads_the_style_maps_out_of_the_exported_graph(tmp_path: Path) -> None:
    config = replace(RECIPES["faces-gan"], size=16, widths=(24, 16), style=12, latent=12)
    generator = build_networks(config)[0].eval()
    with torch.no_grad():
        for module in generator.modules():
            if hasattr(module, "bias") and module.bias is not None:
                module.bias.add_(0.1)
    source = gan_graphs(generator, 12, output_of(config), mean_of=10).graphs["generator"]
    write_graph(source, tmp_path / "generator.onnx")
    synthesis = generator.synthesis
    layers = [
        synthesis.start,
        *(c.style for b in synthesis.blocks for c in (b.first, b.second)),
        synthesis.output.style,
    ]
    rows = np.concatenate([layer.weight.detach().numpy() for layer in layers])
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    wanted = np.linalg.svd(rows, full_matrices=False)[2][:3]
    found = find.style_singular_vectors(tmp_path / "generator.onnx", 3)
    assert found.shape == (3, 12) and np.abs((found * wanted).sum(1)) == pytest.approx(np.ones(3), abs=1e-5)


def test_a_plain_generator_has_no_style_maps(tmp_path: Path) -> None:
    make_face_vae(tmp_path / "vae")
    assert find.style_singular_vectors(tmp_path / "vae" / "generator.onnx", 3).size == 0


def test_what_is_found_does_what_its_name_says(gan: genapp.Model) -> None:
    found = find.find(gan, Judge(), count=1500, components=2)
    assert set(found) == {"bright", "pale", "bearded", "pca-1", "pca-2"}
    w = gan.latents(range(5000, 5060))
    for column, name in enumerate(("bright", "pale")):
        less, more = (Judge().classify(gan.decode(w + np.float32(a) * found[name]))[0].mean(0) for a in (-2, 2))
        assert more[column] - less[column] > 0.3, name
    along = (gan.latents(range(1500)).reshape(1500, -1) @ found["pca-1"].ravel()) / np.linalg.norm(found["pca-1"])
    assert np.linalg.norm(found["pca-1"]) == pytest.approx(along.std(), rel=1e-4)
    apart = find.find(gan, Judge(), count=1500, components=0, orthogonal=True)
    plain = np.stack([found[name].ravel() for name in Judge.config.attributes])
    moved = np.stack([apart[name].ravel() for name in Judge.config.attributes])
    assert np.allclose(subspace_angles(plain.T, moved.T), 0, atol=1e-3) and abs(moved[0] @ plain[1]) < 1e-5


@pytest.fixture
def measured(gan: genapp.Model, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Direction], dict]:
    """By a detector that loses a face when it is too bright, and an embedding that is the picture itself."""
    monkeypatch.setattr(measure, "one_face_share", lambda images: float((images[:, :6].mean((1, 2, 3)) < 150).mean()))
    monkeypatch.setattr(identity, "describe", lambda images: images.reshape(len(images), -1).astype(float))
    found = find.find(gan, Judge(), count=1500, components=1)
    return measure.measure(gan, found, Judge(), count=20)


def test_a_range_ends_where_faces_do(measured: tuple[dict, dict]) -> None:
    found, scores = measured
    assert found["bright"].low < -1 and found["bright"].high < measure.AMOUNTS[-1]
    assert (
        set(scores["left_out"]) == {"bearded"} and "bearded" not in found
    )  # a direction that does nothing of the kind
    curve = scores["by_direction"]["bright"]
    assert curve["attribute"] == "bright" and curve["amounts"][0] == found["bright"].low
    assert curve["probability"] == sorted(curve["probability"]) and len(curve["probability"]) == 9
    assert all(scores["strangers"]["value"] < like < 1 for like in curve["likeness"])
    assert scores["by_direction"]["pca-1"]["attribute"] in Judge.config.attributes


def test_what_is_stored_is_served(gan: genapp.Model, measured: tuple[dict, dict]) -> None:
    before = gan.config.model_sha256
    find.store(gan.folder, measured[0])
    again = genapp.load_model(gan.folder)
    assert again.config.model_sha256 != before and set(again.directions) == {"bright", "pale", "pca-1"}
    assert again.directions["bright"].high == measured[0]["bright"].high
    edited, plain = again.generate([1], edits={"bright": 2.0}), again.generate([1])
    assert edited[:, :6].mean() > plain[:, :6].mean() + 5
    assert np.array_equal(plain, gan.generate([1]))


def test_likeness_is_one_for_oneself_and_negative_for_ones_opposite() -> None:
    centre, a = np.array([1.0, 1.0]), np.array([[3.0, 1.0], [1.0, 2.0]])
    assert identity.likeness(a, a, centre).tolist() == [1, 1]
    assert identity.likeness(a, 2 * centre - a, centre).tolist() == [-1, -1]


def test_a_face_is_likest_to_its_own_mirror_image() -> None:
    model = genapp.load_model("faces-vae")
    images = model.generate(range(4), truncation=0.7)
    faces, mirrored = identity.describe(images), identity.describe(images[:, :, ::-1])
    centre = faces.mean(0)
    table = np.stack([identity.likeness(faces, np.roll(mirrored, turn, axis=0), centre) for turn in range(4)])
    assert (table.argmax(0) == 0).all() and (table[0] > 0.6).all()
