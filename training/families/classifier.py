"""Trains the judge of classes: a classifier, on slightly turned, scaled and shifted pictures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.optim import Optimizer

from training.core.device import autocast, channels_last
from training.core.ema import averaged
from training.core.schedules import anneal
from training.data.pictures import Pictures
from training.data.pixels import batches, to_float
from training.families.config import ClassifierConfig
from training.families.exportable import Exportable
from training.families.family import Sample
from training.families.graphs import judge_graphs
from training.families.pictures import OnPictures, PictureBatch, PictureData, load_pictures, output_of, sheet
from training.networks.classifier import Classifier

SHOWN = 64


class ClassifierNetworks:
    """See `family.Networks`. labels: names of the classes."""

    def __init__(self, config: ClassifierConfig, labels: tuple[str, ...]) -> None:
        torch.manual_seed(0)
        self.config, self.labels = config, labels
        net = Classifier(config.size, config.channels, config.classes, config.width, config.features)
        self.net = channels_last(net)
        self.average = averaged(self.net, config.ema_images, config.batch)
        self.modules: dict[str, nn.Module] = {"classifier": self.net, "average": self.average}

    def describe(self) -> dict[str, Any]:
        """The names of the classes."""
        return {"labels": list(self.labels)}

    def exportable(self) -> Exportable:
        """The averaged classifier."""
        return judge_graphs(self.average.module.eval(), output_of(self.config), labels=self.labels)


class ClassifierFamily(OnPictures, ClassifierNetworks):
    """See `family.Family`. Scored by its error on the last 5,000 training pictures, which it does not train on."""

    config: ClassifierConfig

    def __init__(self, config: ClassifierConfig, data: PictureData) -> None:
        if data.held_out.labels is None:
            raise ValueError("a classifier needs labels; this data has none")
        super().__init__(config, data.pictures.label_names)
        self.data = data
        optimizer = torch.optim.AdamW(self.net.parameters(), config.lr, weight_decay=config.weight_decay)
        self.optimizers: dict[str, Optimizer] = {"classifier": optimizer}

    @staticmethod
    def load(config: ClassifierConfig) -> PictureData:
        """See `family.FamilyClass`."""
        return load_pictures(config)

    @staticmethod
    def restore(config: ClassifierConfig, meaning: Mapping[str, Any]) -> ClassifierNetworks:
        """See `family.FamilyClass`."""
        return ClassifierNetworks(config, tuple(meaning["labels"]))

    def step(self, batch: PictureBatch, step: int) -> dict[str, float]:
        """One step of cross-entropy with label smoothing 0.05."""
        if batch.labels is None:
            raise ValueError("a classifier learns from labelled pictures")
        config = self.config
        anneal(self.optimizers["classifier"], config.lr, step * config.batch, config.decay_images)
        pictures = jitter(to_float(batch.images), config.turn, config.scale, config.shift)
        with autocast(config.precision):
            logits, _ = self.net(pictures)
        loss = F.cross_entropy(logits.float(), batch.labels, label_smoothing=0.05)
        self.optimizers["classifier"].zero_grad(set_to_none=True)
        loss.backward()
        self.optimizers["classifier"].step()
        self.average.update_parameters(self.net)
        return {"loss": loss.item()}

    def score(self) -> dict[str, float]:
        """Share of wrong answers, and cross-entropy, which breaks ties."""
        logits, labels = logits_of(self.average, self.data.held_out), self.data.held_out.given_labels
        error = float((logits.argmax(1) != labels).mean())
        entropy = F.cross_entropy(torch.from_numpy(logits), torch.from_numpy(labels)).item()
        return {"score": error + 0.01 * entropy, "error": error, "cross_entropy": entropy}

    def samples(self) -> Sample:
        """The held-out pictures it gets wrong, or is least sure of."""
        logits, labels = logits_of(self.average, self.data.held_out), self.data.held_out.given_labels
        margin = logits[np.arange(len(labels)), labels] - np.where(
            np.eye(logits.shape[1])[labels], -np.inf, logits
        ).max(1)
        return sheet(np.asarray(self.data.held_out.images[np.argsort(margin)[:SHOWN]]))


@torch.no_grad()
def logits_of(net: nn.Module, pictures: Pictures) -> NDArray[np.float32]:
    """float32 (N, K): the first of the outputs of `net`, which is put into evaluation mode."""
    net.eval()
    return np.concatenate([net(to_float(images))[0].cpu().numpy() for images in batches(pictures.images)])


def jitter(pictures: Tensor, turn: float, scale: float, shift: float) -> Tensor:
    """Turn by up to `turn` degrees, scale by up to 1 +- `scale`, shift by up to `shift` of the side; -1 outside."""
    count = len(pictures)

    def draw(limit: float) -> Tensor:
        return (torch.rand(count) * 2 - 1) * limit

    angle, zoom = draw(math.radians(turn)), 1 + draw(scale)
    theta = torch.zeros(count, 2, 3)
    theta[:, 0, 0] = theta[:, 1, 1] = angle.cos() / zoom
    theta[:, 0, 1], theta[:, 1, 0] = -angle.sin() / zoom, angle.sin() / zoom
    theta[:, 0, 2], theta[:, 1, 2] = draw(2 * shift), draw(2 * shift)
    grid = F.affine_grid(theta, list(pictures.shape), align_corners=False)
    return F.grid_sample(pictures + 1, grid, align_corners=False) - 1
