"""Trains plain autoencoders: a vector that says what is in the picture, and the picture again."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from genapp.sheet import contact_sheet

from .data import Pictures
from .ema import averaged
from .graphs import Exportable, ladder_graphs
from .pixels import autocast
from .recipes import AutoencoderRecipe
from .vae import build_network


class AutoencoderFamily:
    """See `loop.Family`. Scored by the held-out pictures' squared error a pixel, for brightness 0..1."""

    def __init__(self, recipe: AutoencoderRecipe, pictures: Pictures, held_out: Pictures) -> None:
        torch.manual_seed(0)
        self.recipe = recipe
        self.net = build_network(recipe)
        self.average = averaged(self.net, recipe.ema_images, recipe.batch)
        self.modules = {"autoencoder": self.net, "average": self.average}
        self.optimizers = {"autoencoder": torch.optim.Adam(self.net.parameters(), recipe.lr)}
        self.held_out = torch.from_numpy(held_out.images.transpose(0, 3, 1, 2).astype(np.float32) / 255)

    def step(self, images: Tensor, labels: Tensor | None, step: int) -> dict[str, float]:
        """One step on the squared error."""
        pictures = images.to(torch.float32, memory_format=torch.channels_last) / 255
        with autocast(self.recipe.precision):
            logits = self.net.decode(self.net.encode(pictures))
        loss = F.mse_loss(torch.sigmoid(logits), pictures)
        optimizer = self.optimizers["autoencoder"]
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        self.average.update_parameters(self.net)
        return {"squared_error": loss.item()}

    @torch.no_grad()
    def _reconstruct(self, pictures: Tensor) -> Tensor:
        net = self.average.module
        return torch.sigmoid(net.decode(net.encode(pictures)))

    def score(self) -> dict[str, float]:
        """Mean squared error of the averaged network."""
        errors = [F.mse_loss(self._reconstruct(part), part).item() * len(part) for part in self.held_out.split(500)]
        return {"score": sum(errors) / len(self.held_out)}

    def exportable(self) -> Exportable:
        """The averaged decoder and encoder; there is no prior to sample from."""
        return ladder_graphs(self.average.module, "autoencoder", None, self.recipe.size)

    def samples(self) -> np.ndarray:
        """Held-out pictures, each with its reconstruction to the right."""
        originals = self.held_out[:32]
        pairs = torch.stack((originals, self._reconstruct(originals)), 1).flatten(0, 1)
        return contact_sheet((pairs * 255).round().to(torch.uint8).permute(0, 2, 3, 1).numpy(), 8)
