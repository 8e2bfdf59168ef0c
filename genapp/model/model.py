"""`load_model(source)`: a model folder, checked and ready to draw. Seeds, latents, truncation, edits, conditions."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np

from genapp.limits import MAX_PICTURES, MAX_SEED, MAX_TRUNCATION
from genapp.model import editing, library, signature
from genapp.model.conditions import ConditionValues, condition_arrays
from genapp.model.config import CONFIG_FILE, ConfigError, GraphRole, ModelConfig
from genapp.model.engine import Graph, Settings

LATENTS_FILE = "latents.safetensors"


class Model:
    """One model folder. Its files are checked when it is opened; each graph starts when it is first used."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        """Open `folder`. Raises `ConfigError` naming the file that is missing, altered or unfit."""
        self.folder = Path(folder)
        self.config = ModelConfig.load(self.folder)
        self.sha256 = self.config.model_sha256
        self._settings = settings
        self._files = signature.read_files(self.folder, self.config)
        self._graphs: dict[str, Graph] = {}
        self._lock = threading.Lock()
        self.joint = signature.joint_table(self.folder, self.config, self._files.pop(signature.ATTRIBUTES_FILE, None))
        self._mean, self.directions = signature.latents(self.folder, self.config, self._files.pop(LATENTS_FILE, None))

    @property
    def provider(self) -> str:
        """The processor really in use, as ONNX Runtime tells it: "CPU", "CUDA"."""
        return self._graph("generator" if self.config.role == "generator" else "classifier").provider

    @property
    def mean(self) -> np.ndarray:
        """The mean of w, float32 (L, Dw). Raises ValueError for a judge, which has no latents."""
        if self._mean is None:
            raise ValueError(f"{self.config.name} is a judge: it has no latents")
        return self._mean

    def warm(self) -> None:
        """Start every graph and run it once, so that the first visitor does not wait.

        Raises:
            ConfigError: a graph is not what the config promises. EngineError: it cannot run here.
        """
        for role in self.config.graphs:
            graph = self._graph(role)
            zeros = signature.zeros(self.config, role, graph.warm_rows)
            if role == "generator":
                w = np.zeros((graph.warm_rows, *self.config.latent_space.shape), np.float32)
                self.config.output.run(graph, {"w": w, **zeros})
            else:
                graph.run(zeros)

    def latents(self, seeds: int | Iterable[int], **conditions: ConditionValues) -> np.ndarray:
        """The latents of seeds, untruncated: z = numpy.random.RandomState(seed).standard_normal(Dz), mapped.

        Args:
            seeds: one or N of 0 .. 2**32 - 1.
            conditions: values by name, e.g. `digit=7`, `smiling=True`; left out: drawn by seed, or free.

        Returns:
            float32 (N, L, Dw).

        Raises:
            ValueError: a seed or condition that does not exist, or a model without a prior to sample from.
        """
        seeds = self._seeds(seeds)
        return self._map(seeds, self._drawn(conditions, seeds))

    def truncate(self, w: np.ndarray, psi: float) -> np.ndarray:
        """mean + psi (w - mean): psi below 1 trades variety for typical pictures (StyleGAN's truncation trick).

        Args:
            w: float32 (N, L, Dw).
            psi: -2 .. 2.

        Returns:
            float32 (N, L, Dw).
        """
        if not (isinstance(psi, int | float | np.number) and math.isfinite(psi) and abs(psi) <= MAX_TRUNCATION):
            raise ValueError(f"truncation is {psi!r}: give a number between -{MAX_TRUNCATION:g} and {MAX_TRUNCATION:g}")
        w = self._latents(w)
        if psi == 1:
            return w
        mean = self.mean
        return (mean + np.float32(psi) * (w - mean)).astype(np.float32)

    def edit(self, w: np.ndarray, edits: Mapping[str, float] | None) -> np.ndarray:
        """w + amount x direction, for each name of `edits`; see `editing.edit`, which says what it raises."""
        w = self._latents(w)
        return editing.edit(self.config, self.directions, w, edits) if edits else w

    def decode(self, w: np.ndarray, **conditions: ConditionValues) -> np.ndarray:
        """Pictures, or what else the model gives, of latents.

        Args:
            w: float32 (N, L, Dw).
            conditions: as in `latents`; a class that the generator takes must be given, as nothing here could draw it.

        Returns:
            uint8 (N, H, W, C).
        """
        w = self._latents(w)
        return self._decode(w, self._given(conditions, len(w), "generator"))

    def generate(
        self,
        seeds: int | Iterable[int],
        truncation: float = 1.0,
        edits: Mapping[str, float] | None = None,
        **conditions: ConditionValues,
    ) -> np.ndarray:
        """Pictures of seeds: latents, truncated, edited, decoded.

        Returns:
            uint8 (N, H, W, C). A picture depends on its own seed, not on its place among the N.

        Raises:
            ValueError: as `latents`, `truncate` and `edit` do.
        """
        seeds = self._seeds(seeds)
        given = self._drawn(conditions, seeds)
        w = self.edit(self.truncate(self._map(seeds, given), truncation), edits)
        return self._decode(w, given)

    def encode(self, images: np.ndarray, **conditions: ConditionValues) -> np.ndarray:
        """Latents of pictures, where the folder has an encoder.

        Args:
            images: uint8 (N, H, W, C), of the config's size.

        Returns:
            float32 (N, L, Dw).
        """
        return self._run("encoder", "w", **self._rows(images), **self._given(conditions, len(images), "encoder"))

    def score(self, images: np.ndarray, **conditions: ConditionValues) -> np.ndarray:
        """The critic's opinion, float32 (N,), higher is more real, where the folder has a critic."""
        return self._run("critic", "score", **self._rows(images), **self._given(conditions, len(images), "critic"))

    def classify(self, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """A judge's view of uint8 (N, H, W, C): probabilities float32 (N, K) in the order of `config.labels` or
        `config.attributes`, features float32 (N, F)."""
        outputs = self._graph("classifier").run(self._rows(images))
        return outputs["probabilities"], outputs["features"]

    def _drawn(self, conditions: Mapping[str, ConditionValues], seeds: list[int]) -> dict[str, np.ndarray]:
        """Conditions as graph inputs; what is open is drawn by each seed."""
        if not conditions and not self.config.conditions:
            return {}
        return condition_arrays(self.config, conditions, seeds, self.joint)

    def _map(self, seeds: list[int], given: Mapping[str, np.ndarray]) -> np.ndarray:
        dim = self.config.latent_space.dim
        z = np.stack([np.random.RandomState(seed).standard_normal(dim) for seed in seeds]).astype(np.float32)
        if "mapping" not in self.config.graphs:
            return z[:, None, :]
        return self._run("mapping", "w", z=z, **given)

    def _run(self, role: GraphRole, output: str, **inputs: np.ndarray) -> np.ndarray:
        return self._graph(role).run(inputs)[output]

    def _graph(self, role: GraphRole) -> Graph:
        if role not in self.config.graphs:
            raise ValueError(f"{self.config.name} has no {role}: choose a model with that graph")
        with self._lock:
            if role not in self._graphs:
                file = self.config.graphs[role]
                graph = Graph(self._files[file], self._settings)
                signature.check_graph(self.config, role, graph.inputs, graph.outputs)
                self._graphs[role] = graph
                del self._files[file]  # the session has its own copy of the weights
            return self._graphs[role]

    def _seeds(self, seeds: int | Iterable[int]) -> list[int]:
        if self.config.role != "generator" or self.config.sampling is None:
            why = (
                "is a judge" if self.config.role == "judge" else "has no prior to draw from; use encode() and decode()"
            )
            raise ValueError(f"{self.config.name} cannot generate: it {why}")
        found = [seeds] if isinstance(seeds, int | np.integer) else list(seeds)
        for seed in found:
            if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or not 0 <= seed <= MAX_SEED:
                raise ValueError(f"seed {seed!r}: a seed is a whole number from 0 to {MAX_SEED}")
        if not 1 <= len(found) <= MAX_PICTURES:
            raise ValueError(f"{len(found)} seeds: ask for 1 to {MAX_PICTURES} pictures at a time")
        return [int(seed) for seed in found]

    def _latents(self, w: np.ndarray) -> np.ndarray:
        shape = self.mean.shape
        if not isinstance(w, np.ndarray) or w.ndim != 3 or w.shape[1:] != shape or w.dtype.kind != "f":
            raise ValueError(f"latents are {_describe(w)}: give float32 (N, {shape[0]}, {shape[1]})")
        _count(len(w))
        if not np.isfinite(w).all():
            raise ValueError("latents hold NaN or infinity: give finite numbers")
        return w.astype(np.float32, copy=False)

    def _rows(self, rows: np.ndarray) -> dict[str, np.ndarray]:
        """Pictures, or rows of another kind, as an input of the graphs that take them."""
        checked = self.config.output.check(rows)
        _count(len(checked))
        return {self.config.output.name: checked}

    def _decode(self, w: np.ndarray, given: Mapping[str, np.ndarray]) -> np.ndarray:
        return self.config.output.run(self._graph("generator"), {"w": w, **given})

    def _given(self, conditions: Mapping[str, ConditionValues], count: int, role: GraphRole) -> dict[str, np.ndarray]:
        if not conditions and not self.config.conditions:
            return {}
        # A class that this graph does not take need not be given; attributes are columns of one array, so all stay.
        takes = tuple(
            condition
            for condition in self.config.conditions
            if condition.kind == "attribute" or role in condition.graphs or condition.name in conditions
        )
        return condition_arrays(self.config.model_copy(update={"conditions": takes}), conditions, [None] * count)


def _count(count: int) -> None:
    if not 1 <= count <= MAX_PICTURES:
        raise ValueError(f"{count} pictures: give 1 to {MAX_PICTURES} at a time")


def _describe(value: object) -> str:
    return f"{value.dtype} {value.shape}" if isinstance(value, np.ndarray) else f"a {type(value).__name__}"


def load_model(source: str | Path, models: Iterable[str | Path] | None = None) -> Model:
    """Open a model.

    Args:
        source: the name of a shipped model, a model folder, or a Hub repo id "owner/name" (downloaded once).
        models: more folders to look for the name in.

    Returns:
        The model; the same object as long as neither the folder's `config.json` nor the environment's settings change.

    Raises:
        ValueError: there is no such model. ConfigError (a ValueError): its folder cannot be used.
    """
    folder = library.resolve(source, models or ()).resolve()
    try:
        config = (folder / CONFIG_FILE).read_bytes()
    except OSError as error:
        raise ConfigError(f"{folder} is not a model folder: {CONFIG_FILE} cannot be read ({error.strerror})") from None
    return _load(folder, config, Settings.from_environment())


@lru_cache(maxsize=16)
def _load(folder: Path, config: bytes, settings: Settings) -> Model:
    # `config` is only a key: a folder that was trained again is opened again.
    return Model(folder, settings)
