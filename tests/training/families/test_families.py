"""Every family trains two tiny steps, exports, and is served."""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

import genapp
from genapp.model.config import ModelConfig
from tests.training.conftest import Made
from tests.training.pictures import SMALL, small_recipe
from training.__main__ import likelihood
from training.core.checkpoint import RunError
from training.core.config import from_fields, to_fields
from training.core.facts import read_facts
from training.evaluation.metrics_file import merge_metrics, read_metrics
from training.families.build import build, load_data
from training.families.pictures import PictureBatch
from training.networks.efficientnet import load_efficientnet
from training.recipes import RECIPES
from training.run import export
from training.run.export import load_run
from training.run.loop import Budget, train

EXPORTED = (
    "digits-conditional-gan",
    "digits-dcgan",
    "faces-gan",
    "faces-conditional-gan",
    "digits-vae",
    "digits-conditional-vae",
    "faces-vae",
    "digits-autoencoder",
    "faces-judge",
    "digits-judge",
)
"""A recipe of each shape of model folder; the graphs of the others differ in sizes alone, and tracing takes seconds."""


@pytest.fixture(scope="module")
def data(made: Made) -> Path:
    return made.data


def test_every_recipe_is_covered() -> None:
    assert set(SMALL) == set(RECIPES) > set(EXPORTED)


@pytest.mark.parametrize("name", SMALL)
def test_a_recipe_learns_and_its_run_opens_without_data(made: Made, name: str, monkeypatch, tmp_path: Path) -> None:
    run = made.run(name)
    monkeypatch.chdir(made.root)
    family = build(small_recipe(name, made.data))
    monkeypatch.chdir(tmp_path)  # where no recipe finds anything
    networks = load_run(run).networks
    assert type(networks) is not type(family) and networks.describe() == family.describe()
    assert networks.config == from_fields(type(family.config), to_fields(family.config))
    assert networks.modules.keys() == family.modules.keys()
    for module in ("average", *family.optimizers):
        ours, fresh = (list(side.modules[module].parameters()) for side in (networks, family))
        assert any(not torch.equal(*pair) for pair in zip(ours, fresh, strict=True)), f"{module} did not learn"
    exported, whole = networks.exportable(), read_facts(run)
    assert all(source.examples(2) for source in exported.graphs.values())
    assert str(made.root) not in whole.model_dump_json(), "no path of this machine"


def test_judges_are_served(made: Made) -> None:
    attributes, classes = made.model("faces-judge"), made.model("digits-judge")
    assert attributes.config.attributes == ("bars", "bright") and not attributes.config.labels
    assert classes.config.labels == ("bars", "blobs") and not classes.config.attributes
    for judge in (attributes, classes):
        assert judge.config.role == "judge"
        probabilities, features = judge.classify(np.zeros((3, 28, 28, judge.config.image.channels), np.uint8))
        assert probabilities.shape == (3, 2) and len(features) == 3
    assert probabilities.sum(1) == pytest.approx(np.ones(3), abs=1e-5)


@pytest.mark.parametrize("name", [name for name in EXPORTED if not name.endswith("-judge")])
def test_generators_are_served(made: Made, name: str) -> None:
    model = made.model(name)
    assert model.config.role == "generator"
    w = np.random.RandomState(0).standard_normal((3, model.config.latent.layers, model.config.latent.width))
    values = {"shape": ["blobs", "bars", "blobs"], "bars": [True, None, False], "bright": False}
    conditions = {condition.name: values[condition.name] for condition in model.config.conditions}
    images = model.decode(w.astype(np.float32), **conditions)
    output = model.config.output
    assert images.shape == (3, output.height, output.width, output.channels)
    assert len(np.unique(images)) > 1
    if "encoder" in model.config.graphs:
        assert model.encode(images, **conditions).shape == w.shape
    if model.config.sampling:
        assert np.array_equal(model.generate(seeds=[3, 4])[1:], model.generate(seeds=[4]))
    else:
        with pytest.raises(ValueError, match="no prior"):
            model.generate(seeds=[1])


@pytest.mark.parametrize("name", EXPORTED)
def test_graphs_have_no_random_operator_and_a_free_batch(made: Made, name: str) -> None:
    for path in made.folder(name).glob("*.onnx"):
        graph = onnx.load(path).graph
        assert not {node.op_type for node in graph.node} & {
            "RandomNormal",
            "RandomNormalLike",
            "RandomUniform",
            "Dropout",
        }
        assert b"File " not in path.read_bytes() and str(Path.cwd()).encode() not in path.read_bytes()
        for value in (*graph.input, *graph.output):
            assert value.type.tensor_type.shape.dim[0].dim_param, f"{path.name}: {value.name}"


@pytest.mark.parametrize("name", ["digits-conditional-gan", "digits-conditional-vae"])
def test_a_conditional_model_takes_the_labels_of_its_data(made: Made, name: str) -> None:
    model = made.model(name)
    (condition,) = model.config.conditions
    assert (condition.name, condition.labels) == ("shape", ("bars", "blobs"))
    w = model.latents([1, 2])
    bars, blobs = (model.decode(w, shape=label) for label in condition.labels)
    assert not np.array_equal(bars, blobs)
    assert np.array_equal(model.generate([1, 2], shape="blobs"), blobs)
    with pytest.raises(ValueError, match="ask for one of bars, blobs"):
        model.generate([1], shape="rings")


def test_attributes_are_asked_for_one_by_one_and_drawn_as_the_data_has_them(made: Made, data: Path) -> None:
    model = made.model("faces-conditional-gan")
    assert [condition.name for condition in model.config.conditions] == ["bars", "bright"]
    pictures = load_data(small_recipe("faces-conditional-gan", data)).pictures
    known = pictures.labels[(pictures.labels != 0).all(1)]
    assert dict(zip(map(tuple, model.joint.rows.tolist()), model.joint.counts.tolist(), strict=True)) == {
        row: int((known == row).all(1).sum()) for row in {tuple(row) for row in known.astype(int).tolist()}
    }
    w = model.latents([1, 2])
    with_bars, without = model.decode(w, bars=True), model.decode(w, bars=False)
    assert not np.array_equal(with_bars, without)
    with pytest.raises(ValueError, match="no condition 'hat': it takes bars, bright"):
        model.generate([1], hat=True)


def test_an_encoder_becomes_a_part_of_its_generators_folder(
    made: Made, data: Path, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.chdir(made.root)
    model = made.model("faces-encoder")
    assert (
        model.config.name == "faces-gan"
        and model.config.provenance.encoder.startswith("python ")
        and "encoder" in model.config.graphs
    )
    w = model.encode(model.generate([1, 2]))
    assert w.shape[1:] == model.mean.shape and not np.array_equal(w[0], w[1])
    other = train_other_gan(data, tmp_path)
    before = (other / "config.json").read_bytes()
    with pytest.raises(RunError, match="not the generator that this encoder is trained for"):
        export.export(made.run("faces-encoder"), other.parent)
    monkeypatch.setattr("training.families.encoder.MODELS", other.parent)
    config = small_recipe("faces-encoder", data)
    with pytest.raises(RunError, match="not the generator"):
        train(build(config), tmp_path / "early", Budget(images=16, threads=1))
    assert (other / "config.json").read_bytes() == before and not (other / "encoder.onnx").exists()
    config = replace(small_recipe("faces-encoder", data), gan=str(made.run("faces-dcgan")))
    with pytest.raises(ValueError, match="holds no unconditional style GAN"):
        build(config)


def test_a_new_encoder_leaves_the_scores_of_samples(made: Made, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(made.root)
    folder = tmp_path / "faces-gan"
    shutil.copytree(made.folder("faces-gan"), folder)
    whole = ModelConfig.load(folder)
    for part in ("graphs", "sha256"):
        kept = {key: value for key, value in getattr(whole, part).items() if "encoder" not in key}
        whole = whole.model_copy(update={part: kept})
    whole.save(folder)
    merge_metrics(folder, "samples", {"count": 2})
    before = genapp.load_model(folder).config.model_sha256
    export.export(made.run("faces-encoder"), tmp_path)
    model_config = genapp.load_model(folder).config
    assert "encoder" in model_config.graphs and model_config.model_sha256 != before
    assert read_metrics(folder) == {"samples": {"count": 2, "model_sha256": model_config.model_sha256}}


def train_other_gan(data: Path, root: Path) -> Path:
    """The folder of a GAN that only shares its name with that of the encoder."""
    config = replace(small_recipe("faces-gan", data), generator_lr=1.0)
    train(build(config), root / "runs" / "other", Budget(images=16, threads=1))
    return export.export(root / "runs" / "other", root / "other")


def test_an_encoder_learns_the_styles_of_what_its_generator_draws(made: Made, data: Path, monkeypatch) -> None:
    monkeypatch.chdir(made.root)
    config = replace(small_recipe("faces-encoder", data), batch=16, lr=4e-3)
    family = build(config)
    batch = PictureBatch(torch.tensor(family.data.pictures.images[:16].transpose(0, 3, 1, 2)))
    frozen = [parameter.clone() for network in (family.generator, family.critic) for parameter in network.parameters()]
    losses = [family.step(batch, step) for step in range(120)]
    for name in ("styles", "pixels"):
        assert np.mean([loss[name] for loss in losses[-20:]]) < 0.9 * np.mean([loss[name] for loss in losses[:5]]), name
    kept = [parameter for network in (family.generator, family.critic) for parameter in network.parameters()]
    assert all(torch.equal(one, other) for one, other in zip(frozen, kept, strict=True))


def test_a_judge_of_attributes_needs_both_sides_of_each(data: Path) -> None:
    config = small_recipe("faces-judge", data)
    data = load_data(config)
    bright = replace(data.pictures, labels=np.where([False, True], 1, data.pictures.labels).astype(np.float32))
    with pytest.raises(ValueError, match="every picture, or none, is bright"):
        build(config, replace(data, pictures=bright))


def test_attributes_need_columns(data: Path) -> None:
    config = small_recipe("faces-conditional-gan", data)
    with pytest.raises(ValueError, match="no column of truth values 'hat'; it has Bars, Bright"):
        load_data(replace(config, attributes=("bars", "hat")))
    with pytest.raises(ValueError, match="it has none"):
        load_data(replace(config, data=str(data)))


def test_classes_need_labels_and_a_network_that_knows_them(data: Path) -> None:
    config = small_recipe("digits-conditional-gan", data)
    with pytest.raises(ValueError, match="DCGAN takes no conditions"):
        build(replace(config, network="dcgan", widths=(16, 8, 4)))
    unlabelled = replace(config, data=str(data / "bars"))
    with pytest.raises(ValueError, match="no labels to ask for"):
        build(unlabelled)
    labelled = load_data(config)
    pictures = labelled.pictures
    gap = replace(pictures, labels=np.where(np.arange(len(pictures)) == 3, -1, pictures.labels))
    with pytest.raises(ValueError, match="without a label"):
        build(config, replace(labelled, pictures=gap))


def test_card_says_how_the_model_was_made(made: Made, data: Path) -> None:
    provenance = made.model("digits-vae").config.provenance
    assert (provenance.images_seen, provenance.threads, provenance.data) == (16, 1, data.name)
    assert provenance.command.startswith("python ")
    assert len(provenance.data_sha256) == 64 and provenance.held_out == 4


def test_export_refuses_graphs_that_differ_from_torch(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(made.folder("digits-autoencoder"), tmp_path / "digits-autoencoder")
    before = (folder / "config.json").read_bytes()
    right = export.write_graph

    def wrong(source: export.GraphSource, path: Path) -> None:
        """Writes a network whose output layer is another."""
        bias = source.module.vae.output[-2].bias
        with torch.no_grad():
            bias += 0.5
            right(source, path)
            bias -= 0.5

    monkeypatch.chdir(made.root)
    monkeypatch.setattr(export, "write_graph", wrong)
    with pytest.raises(export.ExportError, match="grey levels apart"):
        export.export(made.run("digits-autoencoder"), tmp_path)
    assert (folder / "config.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["digits-autoencoder"]


def test_mean_latent_is_the_mapping_networks(made: Made) -> None:
    model = made.model("faces-gan")
    assert model.mean == pytest.approx(model.latents(range(300)).mean(0), abs=0.2)
    assert model.config.latent.styles == {"coarse": (0, 2), "fine": (2, 5)}


def test_faces_vae_draws_from_its_mixture(made: Made) -> None:
    model = made.model("faces-vae")
    assert (model.config.latent.dim, model.config.latent.layers, model.config.latent.width) == (5, 1, 4)
    w = model.latents(range(300))
    assert model.mean == pytest.approx(w.mean(0), abs=0.3)
    assert model.truncate(w, 0) == pytest.approx(np.broadcast_to(model.mean, w.shape), abs=1e-6)
    assert len({image.tobytes() for image in model.generate(range(8), truncation=0.0)}) == 1


def test_a_critic_takes_part_in_what_a_vae_learns_and_is_scored_by(made: Made, data: Path, monkeypatch) -> None:
    monkeypatch.chdir(made.root)
    config = small_recipe("faces-vae", data)
    data = load_data(config)
    images = torch.tensor(data.pictures.images[:16].transpose(0, 3, 1, 2))
    learned = {}
    for weight in (0.0, 1e5):
        family = build(replace(config, critic_weight=weight), data)
        before = [parameter.clone() for parameter in family.critic.parameters()]
        torch.manual_seed(0)
        assert 0.01 < family.step(PictureBatch(images), 0)["unlike"] < 5
        assert all(torch.equal(*pair) for pair in zip(before, family.critic.parameters(), strict=True))
        learned[weight] = torch.cat([parameter.grad.flatten() for parameter in family.net.output.parameters()])
        score = family.score()
        assert score["score"] == pytest.approx(score["nats"] + weight * score["held_out_unlike"])
    assert learned[1e5].norm() > 2 * learned[0.0].norm()
    assert made.model("faces-vae").config.provenance.critic == config.critic


def test_a_critic_of_other_pictures_teaches_nobody(made: Made, data: Path, monkeypatch) -> None:
    monkeypatch.chdir(made.root)
    config = replace(small_recipe("faces-vae", data), critic=str(made.run("faces-gan-32")))
    with pytest.raises(RunError, match=r"runs/faces-gan-32 have 16 pixels .* faces-vae 28 pixels"):
        build(config)
    without = replace(config, critic="")
    images = torch.zeros(8, 3, 28, 28, dtype=torch.uint8)
    assert build(without).step(PictureBatch(images), 0)["unlike"] == 0


def test_likelihood_is_for_binarised_digits(made: Made, monkeypatch) -> None:
    monkeypatch.chdir(made.root)
    with pytest.raises(ValueError, match="binarised digits"):
        likelihood(made.run("faces-vae"))


def test_recipe_that_does_not_fit_says_so(data: Path) -> None:
    with pytest.raises(ValueError, match="need 2 widths"):
        build(replace(small_recipe("digits-gan", data), widths=(8,)))
    with pytest.raises(ValueError, match="groups at sides"):
        build(replace(small_recipe("digits-vae", data), layout="5x1"))
    with pytest.raises(ValueError, match="spectral for pictures in colour"):
        build(replace(small_recipe("digits-vae", data), channels=3))


@pytest.mark.slow
def test_a_judge_of_attributes_begins_with_efficientnet_and_learns_what_it_is_shown(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other tests give it a smaller network."""
    monkeypatch.setattr("training.networks.efficientnet.load_efficientnet", load_efficientnet)
    family = build(replace(small_recipe("faces-judge", made.data), half="both", lr=2e-3))
    pictures = family.data.pictures
    shown = np.flatnonzero(pictures.weights)[:10]
    images = torch.tensor(pictures.images[shown].transpose(0, 3, 1, 2))
    batch = PictureBatch(images, torch.tensor(pictures.labels[shown]))
    losses = [family.step(batch, step)["loss"] for step in range(6)]
    assert losses[-1] < 0.7 * losses[0]
    train(family, tmp_path / "run", Budget(images=8, threads=1))
    judge = genapp.load_model(export.export(tmp_path / "run", tmp_path / "models"))
    probabilities, features = judge.classify(np.zeros((2, 28, 28, 3), np.uint8))
    assert probabilities.shape == (2, 2) and features.shape == (2, 1280)


def test_a_stopped_vae_has_no_mixture_yet(made: Made, tmp_path: Path) -> None:
    config = replace(small_recipe("faces-vae", made.data), critic="")
    stop = threading.Event()
    family = build(config)
    step = family.step
    family.step = lambda batch, number: (stop.set() if number else None) or step(batch, number)
    train(family, tmp_path / "run", Budget(images=1000, threads=1, score_images=1000), stop=stop)
    with pytest.raises(RunError, match="before its mixture was fitted"):
        load_run(tmp_path / "run", "latest").networks.exportable()
    train(build(config), tmp_path / "run", Budget(images=24, threads=1), resume=True)
    assert load_run(tmp_path / "run", "latest").networks.mixture.fitted
