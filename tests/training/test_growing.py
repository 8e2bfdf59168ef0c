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
from training import checkpoint, export
from training.checkpoint import RunError
from training.ema import averaged
from training.families import build, pictures_for
from training.gan import build_networks
from training.graphs import gan_graphs
from training.growing import begin_with, slim
from training.loop import Budget, train
from training.recipes import RECIPES, GanRecipe

SHIPPED = Path("assets/weights/faces-gan").resolve()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make_folder(tmp_path / "mine", side=32)


def recipe_of(size: int, data: Path) -> GanRecipe:
    widths = (8, 6, 4)[: 2 if size == 16 else 3]
    return replace(small_recipe("faces-gan", data), size=size, widths=widths)


def run(recipe: GanRecipe, folder: Path, images: int, start: Path | None = None, resume: bool = False):
    pictures, held_out = pictures_for(recipe)
    family = build(recipe, pictures, held_out)
    train(family, recipe, pictures, folder, Budget(images=images, threads=1), resume, start=start)
    return family


def test_a_larger_network_has_the_smaller_ones_blocks(data: Path, tmp_path: Path) -> None:
    small = run(recipe_of(16, data), tmp_path / "small", 16)
    large = build(recipe_of(32, data), *pictures_for(recipe_of(32, data)))
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
    assert facts["start"]["recipe"]["size"] == 16
    made = genapp.load_model(export.export(tmp_path / "large", tmp_path / "models")).card.provenance
    assert made.command == f"{facts['start']['command']} && {facts['command']}"
    assert facts["command"].endswith(f" --start {tmp_path / 'small'}")
    assert made.images_seen == 48


def test_a_run_that_does_not_fit_is_refused(data: Path, tmp_path: Path) -> None:
    recipe = small_recipe("digits-autoencoder", data)
    pictures, held_out = pictures_for(recipe)
    train(build(recipe, pictures, held_out), recipe, pictures, tmp_path / "other", Budget(images=8, threads=1))
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
    assert json.loads((tmp_path / "next" / "recipe.json").read_text("utf-8"))["start"]["recipe"]["size"] == 32
    fresh = build(recipe_of(32, data), *pictures_for(recipe_of(32, data)))
    begin_with(fresh.modules, folder)
    theirs = large.average.module.state_dict()
    for name, module in (("generator", fresh.generator), ("average", fresh.average.module)):
        for key, tensor in module.state_dict().items():
            assert torch.allclose(tensor, theirs[key], rtol=1e-3, atol=1e-6), f"{name} {key}"
    for key, tensor in fresh.critic.state_dict().items():
        assert torch.allclose(tensor, large.critic.state_dict()[key], rtol=1e-3, atol=1e-6), key


def test_a_slim_run_exports_what_the_whole_one_does(data: Path, tmp_path: Path) -> None:
    run(recipe_of(32, data), tmp_path / "whole", 32)
    folder = slim(tmp_path / "whole", tmp_path / "slim")
    whole, thin = (
        genapp.load_model(export.export(source, tmp_path / source.name / "models"))
        for source in (tmp_path / "whole", folder)
    )
    w = whole.latents(range(8))
    apart = np.abs(whole.decode(w).astype(int) - thin.decode(thin.latents(range(8))))
    assert apart.max() <= 2 and apart.mean() < 0.1, "weights are rounded to float16, no more"
    assert thin.card.provenance == whole.card.provenance


def test_only_gans_are_slimmed_and_nothing_is_overwritten(data: Path, tmp_path: Path) -> None:
    run(recipe_of(16, data), tmp_path / "gan", 16)
    with pytest.raises(RunError, match="exists"):
        slim(tmp_path / "gan", tmp_path)
    recipe = small_recipe("digits-autoencoder", data)
    pictures, held_out = pictures_for(recipe)
    train(build(recipe, pictures, held_out), recipe, pictures, tmp_path / "other", Budget(images=8, threads=1))
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
    theirs, ours = (gan_graphs(each["average"].module, 128, mean_of=100) for each in (small, large))
    assert ours.latent == theirs.latent and np.array_equal(ours.mean, theirs.mean)


def begun_with_shipped(recipe: GanRecipe) -> dict[str, torch.nn.Module]:
    generator, critic = build_networks(recipe)
    modules = {"generator": generator, "critic": critic, "average": averaged(generator, 1.0, 1)}
    assert begin_with(modules, SHIPPED).images == 1_000_000
    return modules
