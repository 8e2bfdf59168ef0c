"""Pictures a second of the engine against torch eager: `python -m benchmarks.engine [--recipes digits-gan digits-vae]`.

Both run one generator with the same weights, float32, on the same threads, in turns; the weights are untrained ones of
the recipe's network, as speed does not depend on them. Needs training/requirements.txt.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
import tyro

from genapp.model import hardware
from genapp.model.engine import Graph, Settings
from training.families import vae
from training.families.config import GanConfig, VaeConfig
from training.families.exportable import GraphSource
from training.families.gan_networks import build_networks
from training.families.graphs import gan_graphs, vae_graphs
from training.families.pictures import output_of
from training.recipes import RECIPES
from training.run.export import write_graph

BATCHES = (1, 16, 64)


def main(
    recipes: tuple[str, ...] = ("digits-gan", "digits-dcgan", "digits-vae", "faces-gan", "faces-vae"),
    seconds: float = 0.3,
    rounds: int = 9,
    threads: int = 0,
) -> None:
    """Print a table: recipe, batch, pictures a second of each, and the ratio.

    Args:
        recipes: Names of GAN and VAE recipes.
        seconds: Of one measurement.
        rounds: Measurements of each; the median counts.
        threads: Of both; 0: all cores that this process may use.
    """
    settings = Settings.from_environment()
    settings = Settings(settings.provider, threads or settings.threads)
    torch.set_num_threads(settings.threads)
    device = "cuda" if settings.provider != "cpu" and torch.cuda.is_available() else "cpu"
    print(f"{hardware.processor_features()}, {settings.threads} threads, torch {torch.__version__} on {device}")
    print(f"{'recipe':20} {'batch':>5} {'engine/s':>9} {'torch/s':>9} {'ratio':>6}  provider")
    for name in recipes:
        source = generator_of(name)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "generator.onnx"
            write_graph(source, path)
            graph = Graph(path.read_bytes(), settings)
        for batch in BATCHES:
            ours, theirs = compare(graph, source, batch, device, seconds, rounds)
            print(f"{name:20} {batch:5} {ours:9.0f} {theirs:9.0f} {ours / theirs:6.2f}  {graph.provider}", flush=True)


def generator_of(name: str) -> GraphSource:
    """What is exported as generator.onnx of a recipe, with untrained weights."""
    torch.manual_seed(0)
    config = RECIPES[name]
    if isinstance(config, GanConfig):
        generator, _ = build_networks(config)
        return gan_graphs(generator.eval(), config.latent, output_of(config)).graphs["generator"]
    if isinstance(config, VaeConfig):
        network = vae.build_network(config).eval()
        return vae_graphs(network, "vae", "normal", output_of(config)).graphs["generator"]
    raise SystemExit(f"{name} is no GAN and no VAE")


def compare(
    graph: Graph, source: GraphSource, batch: int, device: str, seconds: float, rounds: int
) -> tuple[float, float]:
    """Median pictures a second of the engine and of torch, measured in turns.

    Raises:
        SystemExit: they do not draw the same pictures.
    """
    w = source.examples(batch)["w"]
    module, latents = source.module.to(device), torch.from_numpy(w).to(device)

    def eager() -> np.ndarray:
        with torch.inference_mode():
            drawn: np.ndarray = module(latents).cpu().numpy()
            return drawn

    def engine() -> np.ndarray:
        return graph.run({"w": w})["image"]

    if np.abs(engine().astype(int) - eager().astype(int)).max() > 1:
        raise SystemExit("the engine and torch do not draw the same pictures: the numbers would compare nothing")
    rates = [(rate(engine, batch, seconds), rate(eager, batch, seconds)) for _ in range(rounds)]
    ours, theirs = zip(*rates, strict=True)
    return statistics.median(ours), statistics.median(theirs)


def rate(draw: Callable[[], np.ndarray], batch: int, seconds: float) -> float:
    """Pictures a second over about `seconds`."""
    draw()
    count, begin = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - begin) < seconds:
        draw()
        count += batch
    return count / elapsed


if __name__ == "__main__":
    tyro.cli(main)
