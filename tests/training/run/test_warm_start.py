"""A run that begins with another's weights."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F

import genapp
from tests.training.pictures import make_folder, small_recipe
from training.core import checkpoint
from training.core.checkpoint import RunError
from training.core.ema import averaged
from training.data.pixels import to_uint8
from training.families.build import build
from training.families.config import GanConfig
from training.families.gan_networks import build_networks
from training.families.graphs import gan_graphs
from training.families.pictures import output_of
from training.recipes import RECIPES
from training.run.export import export, load_run
from training.run.loop import Budget, train
from training.run.warm_start import begin_with, slim

SHIPPED = Path("assets/weights/faces-gan").resolve()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make_folder(tmp_path / "mine", side=32)


def recipe_of(size: int, data: Path) -> GanConfig:
    widths = (8, 6, 4)[: 2 if size == 16 else 3]
    return replace(small_recipe("faces-gan", data), size=size, widths=widths)


def run(config: GanConfig, folder: Path, images: int, start: Path | None = None, resume: bool = False):
    family = build(config)
    train(family, folder, Budget(images=images, threads=1), resume, start=start)
    return family


def test_a_larger_network_has_the_smaller_ones_blocks(data: Path, tmp_path: Path) -> None:
    small = run(recipe_of(16, data), tmp_path / "small", 16)
    large = build(recipe_of(32, data))
    origin = begin_with(large.modules, tmp_path / "small")
    assert origin.images == 16
    for name in ("generator", "critic", "average"):
        theirs, mine = small.modules[name].state_dict(), large.modules[name].state_dict()
        kept = [key for key in theirs if "blocks" in key]
        assert kept and all(torch.equal(theirs[key], mine[key]) for key in kept)
        assert set(mine) > set(theirs)


def test_counters_and_commands_go_on_and_resume_works(data: Path, tmp_path: Path) -> None:
    run(recipe_of(16, data), tmp_path / "small", 16)
    run(recipe_of(32, data), tmp_path / "large", 32, start=tmp_path / "small")
    run(recipe_of(32, data), tmp_path / "large", 48, resume=True)
    _, meta = checkpoint.load(tmp_path / "large" / "latest")
    assert meta["progress"]["images"] == 48 and meta["progress"]["step"] == 4
    facts = json.loads((tmp_path / "large" / "recipe.json").read_text("utf-8"))
    assert facts["start"]["facts"]["recipe"]["size"] == 16
    loaded = load_run(tmp_path / "large", "latest")
    assert loaded.facts.commands == f"{facts['start']['facts']['command']} && {facts['command']}"
    assert facts["command"].endswith(" --start small")
    assert loaded.images == 48


def test_a_run_that_does_not_fit_is_refused(data: Path, tmp_path: Path) -> None:
    config = small_recipe("digits-autoencoder", data)
    train(build(config), tmp_path / "other", Budget(images=8, threads=1))
    with pytest.raises(RunError, match="no weights that fit"):
        run(recipe_of(16, data), tmp_path / "new", 16, start=tmp_path / "other")
    assert not (tmp_path / "new").exists()


def test_a_slim_run_is_small_and_can_be_begun_with(data: Path, tmp_path: Path) -> None:
    large = run(recipe_of(32, data), tmp_path / "whole", 32)
    folder = slim(tmp_path / "whole", tmp_path / "slim")
    sizes = [
        sum(file.stat().st_size for file in root.rglob("best/*.safetensors")) for root in (tmp_path / "whole", folder)
    ]
    assert sizes[1] < 0.2 * sizes[0]
    with pytest.raises(RunError, match=r"seen 32 pictures .* give more"):
        run(recipe_of(32, data), tmp_path / "next", 32, start=folder)
    run(recipe_of(32, data), tmp_path / "next", 40, start=folder)
    assert json.loads((tmp_path / "next" / "recipe.json").read_text("utf-8"))["start"]["facts"]["recipe"]["size"] == 32
    fresh = build(recipe_of(32, data))
    begin_with(fresh.modules, folder)
    theirs = large.average.module.state_dict()
    for name, module in (("generator", fresh.generator), ("average", fresh.average.module)):
        for key, tensor in module.state_dict().items():
            assert torch.allclose(tensor, theirs[key], rtol=1e-3, atol=1e-6), f"{name} {key}"
    for key, tensor in fresh.critic.state_dict().items():
        assert torch.allclose(tensor, large.critic.state_dict()[key], rtol=1e-3, atol=1e-6), key


@pytest.mark.slow
def test_a_slim_run_exports_what_the_whole_one_would(data: Path, tmp_path: Path) -> None:
    run(recipe_of(16, data), tmp_path / "whole", 32)
    folder = slim(tmp_path / "whole", tmp_path / "slim")
    thin = genapp.load_model(export(folder, tmp_path / "models"))
    whole = load_run(tmp_path / "whole")
    z = np.stack([np.random.RandomState(seed).standard_normal(8) for seed in range(8)]).astype(np.float32)
    with torch.no_grad():
        images = to_uint8(whole.networks.average(torch.from_numpy(z)))
    apart = np.abs(images.astype(int) - thin.decode(thin.latents(range(8))))
    assert apart.max() <= 2 and apart.mean() < 0.1, "weights are rounded to float16, no more"
    assert load_run(folder).facts == whole.facts and thin.config.provenance.command == whole.facts.commands


def test_only_gans_are_slimmed_and_nothing_is_overwritten(data: Path, tmp_path: Path) -> None:
    run(recipe_of(16, data), tmp_path / "gan", 16)
    with pytest.raises(RunError, match="exists"):
        slim(tmp_path / "gan", tmp_path)
    config = small_recipe("digits-autoencoder", data)
    train(build(config), tmp_path / "other", Budget(images=8, threads=1))
    with pytest.raises(RunError, match="no GAN"):
        slim(tmp_path / "other", tmp_path / "slim")


def test_faces_of_128_pixels_begin_as_the_shipped_ones_enlarged() -> None:
    small, large = (begun_with_shipped(RECIPES[name]) for name in ("faces-gan", "faces-gan-128"))
    z = torch.randn(4, 128)
    with torch.no_grad():
        for name in ("generator", "average"):
            faces, again = small[name](z), large[name](z)
            assert (again - F.interpolate(faces, scale_factor=2.0, mode="bilinear")).abs().mean() < 0.01
            wrong = large[name](z.flip(0)) - F.interpolate(faces, scale_factor=2.0, mode="bilinear")
            assert wrong.abs().mean() > 0.1
        photographs = again + 0.05 * torch.randn_like(again)
        assert torch.allclose(large["critic"](photographs), small["critic"](F.avg_pool2d(photographs, 2)), atol=1e-5)
    theirs, ours = (
        gan_graphs(each["average"].module, 128, output_of(RECIPES[name]), mean_of=100)
        for each, name in ((small, "faces-gan"), (large, "faces-gan-128"))
    )
    assert ours.latent == theirs.latent and np.array_equal(ours.mean, theirs.mean)


def begun_with_shipped(config: GanConfig) -> dict[str, torch.nn.Module]:
    generator, critic = build_networks(config)
    modules = {"generator": generator, "critic": critic, "average": averaged(generator, 1.0, 1)}
    assert begin_with(modules, SHIPPED).images == 1_000_000
    return modules
