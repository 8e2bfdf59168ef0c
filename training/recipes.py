"""What to train, by name: one frozen dataclass a kind, one instance a shipped model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from .augment import Augmentation
from .features import EFFICIENTNET
from .losses import Loss
from .pixels import Precision

MNIST = "assets/data/mnist"
MNIST_LICENCE = "CC BY-SA 3.0"
CELEBA = "data/celeba"
MODELS = Path("assets/models")
CELEBA_LICENCE = "non-commercial research"


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What all kinds of models have in common."""

    name: str
    title: str
    task: str = "digits"
    licence: str = MNIST_LICENCE
    data: str = MNIST
    size: int = 28
    channels: Literal[1, 3] = 1
    batch: int = 64
    held_out: int = 5_000
    """This many training pictures, the last ones, are kept out of training: they choose the best checkpoint."""
    ema_images: float = 20_000
    """Half-life of the average of the weights, in pictures."""
    precision: Precision = "auto"
    """bfloat16 or float32; auto is what this machine is quick with."""


@dataclass(frozen=True, kw_only=True)
class GanRecipe(Recipe):
    """A generator against a critic; see `gan.py`."""

    network: Literal["style", "dcgan"] = "style"
    loss: Loss = "relativistic"
    latent: int = 64
    style: int = 64
    mapping_depth: int = 3
    """Layers between z and the styles; 0 takes z itself."""
    style_mixing: float = 0.0
    """Probability that a picture's styles are those of two latents, one for the coarse layers, one for the fine."""
    widths: tuple[int, ...] = ()
    """Channels from coarse to fine; empty: the size's default. DCGAN takes the last as its narrowest."""
    finish: tuple[int, ...] = ()
    """Channels at full resolution, in generator and critic, and at twice that for each more: `size` is what comes out
    of the last, and the widths are those of pictures half as large for each but the first; see `networks/style.py`."""
    generator_lr: float = 2e-3
    critic_lr: float = 2e-3
    betas: tuple[float, float] = (0.0, 0.99)
    decay_images: int = 0
    """Over so many pictures the learning rates fall along a cosine to a tenth; 0 keeps them."""
    penalty_weight: float = 1.0
    """gamma of R1 and R2 (relativistic), or of the gradient penalty (wasserstein); 0 is none."""
    penalty_every: int = 16
    """Steps between penalties, which then weigh as many times more."""
    critic_steps: int = 1
    condition: str = ""
    """What the pictures' labels are called, e.g. "digit", where one can be asked for; empty asks for nothing."""
    attributes: tuple[str, ...] = ()
    """Columns of truth values that can be asked for instead, each for itself."""
    labeller: str = ""
    """Model folder of a judge of attributes that labels the pictures of which they are unknown; empty leaves these
    without, and they are drawn for no request, not even an empty one."""
    mismatch: float = 1.0
    """Weight of what the critic learns from real pictures that are said to be something else; see `gan.py`."""
    flips: bool = False
    """Mirrors real pictures at random."""
    augment: tuple[Augmentation, ...] = ()
    """Of everything that the critic sees; see `augment.py`."""
    judge: str | None = "digits-judge"
    """Whose features choose the best checkpoint: a model folder's or "efficientnet-lite0"'s; None keeps the last."""


@dataclass(frozen=True, kw_only=True)
class LadderRecipe(Recipe):
    """What VAEs and autoencoders have in common: their network; see `networks/ladder.py`."""

    layout: str
    """Groups of latents."""
    widths: tuple[int, ...]
    """Channels at side 1, and at each map from the coarsest to the one of side size / 2."""
    depth: tuple[int, int] = (2, 1)
    """Residual blocks a map, in the encoder and in the decoder."""
    lr: float = 1e-3
    flips: bool = False
    """Mirrors pictures at random."""


@dataclass(frozen=True, kw_only=True)
class VaeRecipe(LadderRecipe):
    """A variational autoencoder; see `vae.py`."""

    layout: str = "1x16 1x16 7x4 7x4 7x4 7x4 14x1"
    widths: tuple[int, ...] = (96, 64, 16)
    likelihood: Literal["bernoulli", "spectral"] = "bernoulli"
    """Of pictures given latents: binary pixels for digits, or noise in which each octave of a photograph counts the
    same; see `networks/observation.py`."""
    warmup_images: int = 300_000
    """Over so many pictures the KL term's weight rises from 0 to 1."""
    largest_gradient: float = 200.0
    """Norm to which longer gradients are cut."""
    critic: str = ""
    """Run, or what `slim` kept of it, of a style GAN of such pictures, by whose critic's maps rebuilt pictures are
    compared as well; see `critic_features.py`. Empty: they are not."""
    critic_weight: float = 20_000.0
    """Nats that being as far apart as strangers costs there."""
    components: int = 0
    """Gaussians of the mixture that samples are drawn from, fitted at the export; 0 draws from N(0, I)."""
    condition: str = ""
    """What the pictures' labels are called, e.g. "digit", where one can be asked for; empty asks for nothing."""


@dataclass(frozen=True, kw_only=True)
class AutoencoderRecipe(LadderRecipe):
    """A plain autoencoder; see `autoencoder.py`."""

    layout: str = "1x32"
    widths: tuple[int, ...] = (64, 32, 16)
    loss: Literal["squared", "spectral"] = "squared"
    """Squared error of pixels, or the spectral likelihood of `networks/observation.py`."""


@dataclass(frozen=True, kw_only=True)
class JudgeRecipe(Recipe):
    """What judges have in common: how they learn, and by how much the pictures are turned (degrees), scaled and shifted
    (shares of the side) meanwhile."""

    lr: float = 2e-3
    decay_images: int = 600_000
    """Over so many pictures the learning rate falls to 0, along a cosine."""
    weight_decay: float = 0.02
    turn: float = 12.0
    scale: float = 0.1
    shift: float = 0.08


@dataclass(frozen=True, kw_only=True)
class ClassifierRecipe(JudgeRecipe):
    """A classifier that judges; see `classifier.py`."""

    classes: int = 10
    width: int = 16
    features: int = 128


@dataclass(frozen=True, kw_only=True)
class AttributesRecipe(JudgeRecipe):
    """A judge of attributes; see `attributes.py`."""

    attributes: tuple[str, ...]
    """Columns of truth values."""
    half: Literal["first", "second", "both"] = "both"
    """Of the labelled pictures: two judges of different halves have learned from different people's opinions."""
    lr: float = 5e-4
    decay_images: int = 80_000
    turn: float = 6.0
    scale: float = 0.06
    shift: float = 0.04


@dataclass(frozen=True, kw_only=True)
class EncoderRecipe(Recipe):
    """An encoder for a style GAN that is done; see `encoder.py`."""

    model: str
    """The model folder that it becomes a part of."""
    gan: str
    """The run that this folder was exported from, or what `slim` kept of it."""
    lr: float = 1e-3
    decay_images: int = 200_000
    """Over so many pictures the learning rate falls to 0, along a cosine."""
    nearness: float = 0.02
    """Weight of the styles' distance from their mean: far from it there are no faces to edit."""


KINDS: tuple[type[Recipe], ...] = (
    GanRecipe,
    VaeRecipe,
    AutoencoderRecipe,
    ClassifierRecipe,
    AttributesRecipe,
    EncoderRecipe,
)


def from_dict(kind: str, fields: dict) -> Recipe:
    """The recipe of class `kind` that a run's JSON holds. Raises pydantic's ValidationError (a ValueError)."""
    (found,) = (cls for cls in KINDS if cls.__name__ == kind)
    return TypeAdapter(found).validate_python(fields)


DIGITS_GAN = GanRecipe(
    name="digits-gan",
    title="Digits: GAN",
    widths=(96, 48),
    batch=32,
    latent=128,
    style=128,
    generator_lr=4e-3,
    critic_lr=4e-3,
    decay_images=360_000,
)
FACES = {
    "task": "faces",
    "licence": CELEBA_LICENCE,
    "data": CELEBA,
    "size": 64,
    "channels": 3,
    "held_out": 3_000,
}
FACE_ATTRIBUTES = (
    "smiling",
    "male",
    "young",
    "eyeglasses",
    "black_hair",
    "blond_hair",
    "brown_hair",
    "gray_hair",
    "bangs",
    "mouth_slightly_open",
)
FACES_LADDER = FACES | {"batch": 32, "widths": (256, 192, 128, 64, 48), "depth": (1, 2), "flips": True}
FACES_GAN = GanRecipe(
    name="faces-gan",
    title="Faces: GAN",
    latent=128,
    style=128,
    widths=(192, 192, 96, 64),
    batch=32,
    style_mixing=0.5,
    generator_lr=8e-3,
    critic_lr=8e-3,
    decay_images=1_000_000,
    penalty_weight=0.25,
    flips=True,
    judge=EFFICIENTNET,
    **FACES,
)
"""Chosen by `benchmarks/ablation.py`, and at 64x64 by the probes that README has."""
FACES_JUDGE = AttributesRecipe(
    name="faces-judge",
    title="Faces: judge of attributes",
    attributes=FACE_ATTRIBUTES,
    half="second",
    **FACES,
)

RECIPES: dict[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        DIGITS_GAN,
        replace(DIGITS_GAN, name="digits-conditional-gan", title="Digits to order: GAN", condition="digit"),
        GanRecipe(
            name="digits-dcgan",
            title="Digits: DCGAN baseline",
            network="dcgan",
            loss="non-saturating",
            latent=100,
            widths=(256, 128, 64),
            generator_lr=2e-4,
            critic_lr=2e-4,
            betas=(0.5, 0.999),
            penalty_weight=0.0,
        ),
        GanRecipe(
            name="digits-wgan",
            title="Digits: Wasserstein GAN",
            widths=(96, 48),
            loss="wasserstein",
            generator_lr=1e-3,
            critic_lr=1e-3,
            penalty_weight=10.0,
            penalty_every=1,
            critic_steps=3,
        ),
        VaeRecipe(name="digits-vae", title="Digits: VAE", ema_images=100_000),
        VaeRecipe(
            name="digits-conditional-vae",
            title="Digits to order: VAE",
            layout="1x32",
            warmup_images=0,
            condition="digit",
        ),
        VaeRecipe(
            name="digits-vae-2d", title="Digits: VAE with a map", layout="1x2", widths=(96, 32, 16), warmup_images=0
        ),
        AutoencoderRecipe(name="digits-autoencoder", title="Digits: autoencoder"),
        VaeRecipe(
            name="faces-vae",
            title="Faces: VAE",
            **FACES_LADDER,
            layout="1x128",
            likelihood="spectral",
            warmup_images=30_000,
            largest_gradient=20_000.0,
            critic="assets/weights/faces-gan",
            components=10,
        ),
        AutoencoderRecipe(
            name="faces-autoencoder",
            title="Faces: autoencoder",
            **FACES_LADDER,
            layout="1x256",
            loss="spectral",
        ),
        ClassifierRecipe(name="digits-judge", title="Digits: judge"),
        FACES_GAN,
        replace(
            FACES_GAN,
            name="faces-gan-32",
            title="Faces: GAN, small",
            size=32,
            widths=(192, 192, 96),
        ),
        replace(
            FACES_GAN,
            name="faces-gan-128",
            title="Faces: GAN, large",
            size=128,
            finish=(32, 8),
            generator_lr=4e-3,
            critic_lr=4e-3,
            ema_images=40_000,
            penalty_weight=1.0,
        ),
        replace(FACES_GAN, name="faces-conditional-gan", title="Faces to order: GAN", attributes=FACE_ATTRIBUTES),
        EncoderRecipe(
            name="faces-encoder",
            title="Faces: encoder of the GAN",
            model="faces-gan",
            gan="assets/weights/faces-gan",
            batch=16,
            **FACES,
        ),
        FACES_JUDGE,
        replace(FACES_JUDGE, name="faces-labeller", title="Faces: labeller", half="first"),
        GanRecipe(
            name="faces-dcgan",
            title="Faces: DCGAN baseline",
            network="dcgan",
            loss="non-saturating",
            latent=100,
            widths=(512, 256, 128, 64),
            generator_lr=2e-4,
            critic_lr=2e-4,
            betas=(0.5, 0.999),
            penalty_weight=0.0,
            judge=EFFICIENTNET,
            **FACES,
        ),
        GanRecipe(
            name="pictures-gan",
            title="My pictures",
            task="pictures",
            licence="unknown",
            data="data/pictures",
            size=64,
            channels=3,
            batch=32,
            generator_lr=8e-3,
            critic_lr=8e-3,
            decay_images=400_000,
            penalty_weight=0.25,
            judge=None,
        ),
    )
}
