"""Small sets of pictures and small recipes, so that a test trains in seconds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image
from torch import Tensor, nn

from training.core.config import TrainConfig
from training.networks.efficientnet import FEATURES
from training.recipes import RECIPES

SIDE = 28
SMALL: dict[str, dict] = {
    "digits-gan": {"widths": (8, 8), "style": 8, "latent": 8, "judge": None},
    "digits-conditional-gan": {"widths": (8, 8), "style": 8, "latent": 8, "judge": None, "condition": "shape"},
    "digits-wgan": {"widths": (8, 8), "style": 8, "latent": 8, "judge": None, "critic_steps": 1},
    "digits-dcgan": {"widths": (16, 8, 4), "latent": 8, "judge": None},
    "faces-gan": {"size": SIDE, "widths": (8, 8), "style": 8, "latent": 8, "judge": None},
    "faces-gan-32": {"size": 16, "widths": (8, 8), "style": 8, "latent": 8, "judge": None},
    "faces-gan-128": {"widths": (8, 8, 8, 8), "finish": (8, 4), "style": 8, "latent": 8, "judge": None},
    "faces-conditional-gan": {
        "size": SIDE,
        "widths": (8, 8),
        "style": 8,
        "latent": 8,
        "judge": None,
        "attributes": ("bars", "bright"),
    },
    "faces-dcgan": {"size": SIDE, "widths": (16, 8, 4), "latent": 8, "judge": None},
    "pictures-gan": {"size": SIDE, "channels": 1, "style": 8, "latent": 8},
    "digits-vae": {"layout": "1x4 7x1 14x1", "widths": (16, 16, 8)},
    "digits-conditional-vae": {"layout": "1x4", "widths": (16, 16, 8), "condition": "shape"},
    "digits-vae-2d": {"widths": (16, 16, 8)},
    "digits-autoencoder": {"layout": "1x8", "widths": (16, 16, 8)},
    "faces-vae": {"size": SIDE, "layout": "1x4", "widths": (16, 16, 8), "components": 2},
    "faces-autoencoder": {"size": SIDE, "layout": "1x8", "widths": (16, 16, 8)},
    "faces-encoder": {"size": SIDE},
    "faces-judge": {"size": SIDE, "attributes": ("bars", "bright")},
    "faces-labeller": {"size": SIDE, "attributes": ("bars", "bright")},
    "digits-judge": {"width": 4, "features": 16, "classes": 2},
}


class TinyBackbone(nn.Module):
    """Stands for EfficientNet where a judge of attributes is trained: one convolution, as many features."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, FEATURES, 16, 16)

    def extract_features(self, pictures: Tensor) -> Tensor:
        return self.conv(pictures)


def make_folder(root: Path, count: int = 40, side: int = SIDE) -> Path:
    """PNG pictures in `root/bars` and `root/blobs`: upright bars, and soft blobs, at seeded places."""
    draw = np.random.RandomState(0)
    rows, columns = np.mgrid[:side, :side]
    for index in range(count):
        x, y = draw.uniform(side / 4, 3 * side / 4, 2)
        if index % 2:
            kind, brightness = "blobs", np.exp(-((rows - y) ** 2 + (columns - x) ** 2) / (side / 2))
        else:
            kind, brightness = "bars", (np.abs(columns - x) < 2).astype(float)
        (root / kind).mkdir(parents=True, exist_ok=True)
        Image.fromarray((brightness * 255).astype(np.uint8)).save(root / kind / f"{index:03d}.png")
    return root


def make_table(root: Path, folder: Path) -> Path:
    """Those pictures in a parquet file, with what is known of some: `Bars` of two thirds, `Bright` of a half."""
    import datasets

    files = sorted(folder.rglob("*.png"))
    columns = {
        "image": [{"path": None, "bytes": file.read_bytes()} for file in files],
        "Bars": [file.parent.name == "bars" if index % 3 else None for index, file in enumerate(files)],
        "Bright": [index % 8 < 4 if index % 2 else None for index, file in enumerate(files)],
    }
    kinds = {"image": datasets.Image(), "Bars": datasets.Value("bool"), "Bright": datasets.Value("bool")}
    root.mkdir(parents=True, exist_ok=True)
    table = datasets.Dataset.from_dict(columns, features=datasets.Features(kinds))
    table.to_parquet(root / "train-00000-of-00001.parquet")
    return root


def small_recipe(name: str, data: Path) -> TrainConfig:
    """The shipped recipe of that name with tiny networks, on the pictures of `data`; those with attributes are beside
    it, in `table`."""
    config = replace(RECIPES[name], data=str(data), batch=8, precision="fp32", **SMALL[name])
    return replace(config, data=str(data.parent / "table")) if getattr(config, "attributes", ()) else config
