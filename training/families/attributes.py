"""Trains a judge of attributes: EfficientNet-Lite0, from ImageNet's weights on, asked several yes-or-no questions.

Pictures with an attribute and those without it weigh the same in the loss, however rare it is: so a probability of a
half is where balanced accuracy is best.
"""

from __future__ import annotations

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from genapp.pixels.sheet import contact_sheet
from training.core.augment import flip
from training.core.config import AttributesConfig
from training.core.ema import averaged
from training.core.pixels import autocast, to_device, to_float
from training.core.schedules import anneal
from training.data.pictures import DataError, Pictures
from training.evaluation.metrics import balanced_accuracy
from training.families.classifier import jitter, logits_of
from training.families.graphs import Exportable, judge_graphs
from training.networks.efficientnet import AttributeNetwork


class AttributesFamily:
    """See `loop.Family`. Scored by one less the mean balanced accuracy on labelled held-out pictures."""

    def __init__(self, config: AttributesConfig, pictures: Pictures, held_out: Pictures) -> None:
        torch.manual_seed(0)
        labels = pictures.labels[pictures.weights > 0]
        shares = np.stack([(labels == truth).sum(0) for truth in (-1, 1)])
        if not shares.all():
            lone = config.attributes[int(np.argmin(shares.all(0)))]
            raise DataError(f"{pictures.source}: every picture, or none, is {lone}: there is nothing to learn of it")
        self.config, self.held_out = config, held_out
        self.side_weights = to_device((shares.sum(0) / (2 * shares)).astype(np.float32))
        net = AttributeNetwork(len(config.attributes)).to(memory_format=torch.channels_last)
        self.net, self.average = net, averaged(net, config.ema_images, config.batch)
        self.modules = {"judge": net, "average": self.average}
        optimizer = torch.optim.AdamW(net.parameters(), config.lr, weight_decay=config.weight_decay)
        self.optimizers = {"judge": optimizer}

    def step(self, images: Tensor, labels: Tensor | None, step: int) -> dict[str, float]:
        """One step of binary cross-entropy over what is known of each picture, both sides of an attribute alike."""
        config = self.config
        anneal(self.optimizers["judge"], config.lr, step * config.batch, config.decay_images)
        pictures = jitter(flip(to_float(images)), config.turn, config.scale, config.shift)
        self.net.train()
        with autocast(config.precision):
            logits, _ = self.net(pictures)
        weights = torch.where(labels > 0, self.side_weights[1], self.side_weights[0]) * (labels != 0)
        losses = F.binary_cross_entropy_with_logits(logits.float(), (labels > 0).float(), weights, reduction="sum")
        loss = losses / weights.sum().clamp(min=1)
        self.optimizers["judge"].zero_grad(set_to_none=True)
        loss.backward()
        self.optimizers["judge"].step()
        self.average.update_parameters(self.net)
        return {"loss": loss.item()}

    def score(self) -> dict[str, float]:
        """One less the mean balanced accuracy of the attributes; infinite where too little is known to tell."""
        reads = logits_of(self.average, self.held_out) > 0
        accuracy = float(np.mean(balanced_accuracy(reads, np.asarray(self.held_out.labels))))
        return {"score": 1 - accuracy if math.isfinite(accuracy) else math.inf}

    def exportable(self) -> Exportable:
        """The averaged judge."""
        return judge_graphs(self.average.module.eval(), self.config.size, self.config.channels, self.config.attributes)

    def samples(self) -> np.ndarray:
        """The labelled held-out pictures in which it is wrong about most attributes."""
        labels = np.asarray(self.held_out.labels)
        wrong = ((logits_of(self.average, self.held_out) > 0) != (labels > 0)) & (labels != 0)
        worst = np.argsort(-wrong.sum(1), kind="stable")[:64]
        return contact_sheet(np.asarray(self.held_out.images[worst]), 8)
