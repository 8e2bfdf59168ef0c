"""Trains the judge: a classifier on slightly turned, scaled and shifted pictures."""

from __future__ import annotations

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from genapp.pixels.sheet import contact_sheet
from training.core.config import ClassifierConfig
from training.core.ema import averaged
from training.core.pixels import autocast, batches, to_float
from training.core.schedules import anneal
from training.data.pictures import Pictures
from training.families.graphs import Exportable, judge_graphs
from training.networks.classifier import Classifier


class ClassifierFamily:
    """See `loop.Family`. Scored by its error on the last 5,000 training pictures, which it does not train on."""

    def __init__(self, config: ClassifierConfig, pictures: Pictures, held_out: Pictures) -> None:
        torch.manual_seed(0)
        if held_out.labels is None:
            raise ValueError("a classifier needs labels; this data has none")
        self.config = config
        self.held_out = held_out
        net = Classifier(config.size, config.channels, config.classes, config.width, config.features)
        net.to(memory_format=torch.channels_last)
        self.net, self.average = net, averaged(net, config.ema_images, config.batch)
        self.modules = {"classifier": net, "average": self.average}
        optimizer = torch.optim.AdamW(net.parameters(), config.lr, weight_decay=config.weight_decay)
        self.optimizers = {"classifier": optimizer}

    def step(self, images: Tensor, labels: Tensor | None, step: int) -> dict[str, float]:
        """One step of cross-entropy with label smoothing 0.05."""
        config = self.config
        anneal(self.optimizers["classifier"], config.lr, step * config.batch, config.decay_images)
        pictures = jitter(to_float(images), self.config.turn, self.config.scale, self.config.shift)
        with autocast(self.config.precision):
            logits, _ = self.net(pictures)
        loss = F.cross_entropy(logits.float(), labels, label_smoothing=0.05)
        self.optimizers["classifier"].zero_grad(set_to_none=True)
        loss.backward()
        self.optimizers["classifier"].step()
        self.average.update_parameters(self.net)
        return {"loss": loss.item()}

    def score(self) -> dict[str, float]:
        """Share of wrong answers, and cross-entropy, which breaks ties."""
        logits = logits_of(self.average, self.held_out)
        labels = np.asarray(self.held_out.labels)
        error = float((logits.argmax(1) != labels).mean())
        entropy = F.cross_entropy(torch.from_numpy(logits), torch.from_numpy(labels)).item()
        return {"score": error + 0.01 * entropy, "error": error, "cross_entropy": entropy}

    def exportable(self) -> Exportable:
        """The averaged classifier."""
        return judge_graphs(self.average.module.eval(), self.config.size, self.config.channels)

    def samples(self) -> np.ndarray:
        """The held-out pictures it gets wrong, or is least sure of."""
        logits = logits_of(self.average, self.held_out)
        labels = np.asarray(self.held_out.labels)
        margin = logits[np.arange(len(labels)), labels] - np.where(
            np.eye(logits.shape[1])[labels], -np.inf, logits
        ).max(1)
        return contact_sheet(np.asarray(self.held_out.images[np.argsort(margin)[:64]]), 8)


@torch.no_grad()
def logits_of(net: nn.Module, pictures: Pictures) -> np.ndarray:
    """float32 (N, K): the logits that come first of what `net` gives."""
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
