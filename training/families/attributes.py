"""Trains a judge of attributes: EfficientNet-Lite0, from ImageNet's weights on, with several yes-or-no outputs.

Pictures with an attribute and those without it weigh the same in the loss, however rare it is: so a probability of a
half is where balanced accuracy is best.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.optim import Optimizer

from training.core.device import autocast, channels_last, to_device
from training.core.ema import averaged
from training.core.schedules import anneal
from training.data.augment import flip
from training.data.conditioning import half_of
from training.data.pixels import to_float
from training.data.sources import DataError
from training.evaluation.metrics import balanced_accuracy
from training.families.classifier import SHOWN, jitter, logits_of
from training.families.config import AttributesConfig
from training.families.exportable import Exportable
from training.families.family import Sample
from training.families.graphs import judge_graphs
from training.families.pictures import OnPictures, PictureBatch, PictureData, load_pictures, output_of, sheet
from training.networks.efficientnet import AttributeNetwork


class AttributesNetworks:
    """See `family.Networks`."""

    def __init__(self, config: AttributesConfig) -> None:
        torch.manual_seed(0)
        self.config = config
        self.net = channels_last(AttributeNetwork(len(config.attributes)))
        self.average = averaged(self.net, config.ema_images, config.batch)
        self.modules: dict[str, nn.Module] = {"judge": self.net, "average": self.average}

    def describe(self) -> dict[str, Any]:
        """Nothing: its configuration names the attributes."""
        return {}

    def exportable(self) -> Exportable:
        """The averaged judge."""
        network, output = self.average.module.eval(), output_of(self.config)
        return judge_graphs(network, output, attributes=self.config.attributes)


class AttributesFamily(OnPictures, AttributesNetworks):
    """See `family.Family`. Scored by one less the mean balanced accuracy on labelled held-out pictures."""

    config: AttributesConfig

    def __init__(self, config: AttributesConfig, data: PictureData) -> None:
        pictures = data.pictures
        labels = pictures.given_labels if pictures.weights is None else pictures.given_labels[pictures.weights > 0]
        shares = np.stack([(labels == truth).sum(0) for truth in (-1, 1)])
        if not shares.all():
            lone = config.attributes[int(np.argmin(shares.all(0)))]
            raise DataError(f"{pictures.source}: every picture, or none, is {lone}: there is nothing to learn of it")
        super().__init__(config)
        self.data = data
        self.side_weights = to_device((shares.sum(0) / (2 * shares)).astype(np.float32))
        optimizer = torch.optim.AdamW(self.net.parameters(), config.lr, weight_decay=config.weight_decay)
        self.optimizers: dict[str, Optimizer] = {"judge": optimizer}

    @staticmethod
    def load(config: AttributesConfig) -> PictureData:
        """The pictures of the configuration's half of the labelled ones; the others are never drawn."""
        data = load_pictures(config, config.attributes)
        weights = half_of(data.pictures.given_labels, config.half)
        return replace(data, pictures=replace(data.pictures, weights=weights))

    @staticmethod
    def restore(config: AttributesConfig, meaning: Mapping[str, Any]) -> AttributesNetworks:
        """See `family.FamilyClass`."""
        return AttributesNetworks(config)

    def step(self, batch: PictureBatch, step: int) -> dict[str, float]:
        """One step of binary cross-entropy over what is known of each picture, both sides of an attribute alike."""
        config, labels = self.config, batch.labels
        if labels is None:
            raise ValueError("a judge of attributes learns from labelled pictures")
        anneal(self.optimizers["judge"], config.lr, step * config.batch, config.decay_images)
        pictures = jitter(flip(to_float(batch.images)), config.turn, config.scale, config.shift)
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
        reads = logits_of(self.average, self.data.held_out) > 0
        accuracy = float(np.mean(balanced_accuracy(reads, self.data.held_out.given_labels)))
        return {"score": 1 - accuracy if math.isfinite(accuracy) else math.inf}

    def samples(self) -> Sample:
        """The labelled held-out pictures in which it is wrong about most attributes."""
        labels = self.data.held_out.given_labels
        wrong = ((logits_of(self.average, self.data.held_out) > 0) != (labels > 0)) & (labels != 0)
        worst = np.argsort(-wrong.sum(1), kind="stable")[:SHOWN]
        return sheet(np.asarray(self.data.held_out.images[worst]))
