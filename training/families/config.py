"""Configurations of the families that train on pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from training.core.config import TrainConfig
from training.core.losses import Loss
from training.data.augment import Augmentation


@dataclass(frozen=True, kw_only=True)
class PictureConfig(TrainConfig):
    """What all families of pictures have in common."""

    size: int = 28
    """Side of the square pictures, in pixels. Others are cropped to a centred square and resized."""
    channels: Literal[1, 3] = 1
    """1 is grey, 3 is RGB."""


@dataclass(frozen=True, kw_only=True)
class GanConfig(PictureConfig):
    """A generator against a critic; see `gan.py`."""

    family: ClassVar[str] = "gan"

    network: Literal["style", "dcgan"] = "style"
    """Style-based networks, or the baseline of the tutorials."""
    loss: Loss = "relativistic"
    """Adversarial loss; see `core/losses.py`."""
    latent: int = 64
    """Dimensions of z."""
    style: int = 64
    """Dimensions of w, the output of the mapping network."""
    mapping_depth: int = 3
    """Layers of the mapping network between z and w; 0 takes z itself."""
    style_mixing: float = 0.0
    """Probability that a picture's styles are those of two latents, one for the coarse layers, one for the fine."""
    widths: tuple[int, ...] = ()
    """Channels from coarse to fine; empty: the size's default. DCGAN takes the last as its narrowest."""
    finish: tuple[int, ...] = ()
    """Channels at full resolution, in generator and critic, and at twice that for each more: `size` is what comes out
    of the last, and the widths are those of pictures half as large for each but the first; see `networks/style.py`."""
    generator_lr: float = 2e-3
    """Learning rate of the generator."""
    critic_lr: float = 2e-3
    """Learning rate of the critic."""
    betas: tuple[float, float] = (0.0, 0.99)
    """Of Adam, for both networks."""
    decay_images: int = 0
    """Over so many pictures the learning rates fall along a cosine to a tenth; 0 keeps them."""
    penalty_weight: float = 1.0
    """gamma of R1 and R2 (relativistic), or of the gradient penalty (wasserstein); 0 is none."""
    penalty_every: int = 16
    """Steps between penalties, which then weigh as many times more."""
    critic_steps: int = 1
    """Steps of the critic to one of the generator."""
    condition: str = ""
    """Makes a conditional model of classes: what the pictures' labels are called, e.g. "digit". Empty: none."""
    attributes: tuple[str, ...] = ()
    """Makes a conditional model of attributes instead: columns of truth values in the data."""
    labeller: str = ""
    """Model folder of a judge of attributes that labels the pictures of which they are unknown. Empty: attributes
    that nobody has labelled are 0, free."""
    mismatch: float = 1.0
    """Weight of the critic's loss on real pictures under wrong conditions; see `gan.py`."""
    flips: bool = False
    """Mirrors real pictures at random."""
    augment: tuple[Augmentation, ...] = ()
    """Augmentations of everything that the critic sees; see `data/augment.py`."""
    judge: str | None = "digits-judge"
    """Network whose features choose the best checkpoint: a model folder's name or "efficientnet-lite0". None keeps the
    last."""


@dataclass(frozen=True, kw_only=True)
class HierarchicalVaeConfig(PictureConfig):
    """What VAEs and autoencoders have in common: their network; see `networks/hierarchical_vae.py`."""

    layout: str
    """Groups of latents, from the top down: side and channels of each, e.g. "1x16 7x4"."""
    widths: tuple[int, ...]
    """Channels at side 1, and at each map from the coarsest to the one of side size / 2."""
    depth: tuple[int, int] = (2, 1)
    """Residual blocks a map, in the encoder and in the decoder."""
    lr: float = 1e-3
    """Learning rate."""
    flips: bool = False
    """Mirrors pictures at random."""


@dataclass(frozen=True, kw_only=True)
class VaeConfig(HierarchicalVaeConfig):
    """A variational autoencoder; see `vae.py`."""

    family: ClassVar[str] = "vae"

    layout: str = "1x16 1x16 7x4 7x4 7x4 7x4 14x1"
    widths: tuple[int, ...] = (96, 64, 16)
    likelihood: Literal["bernoulli", "spectral"] = "bernoulli"
    """Of pictures given latents: of binary pixels for digits, or with noise that weighs each octave of a photograph
    alike; see `networks/likelihoods.py`."""
    warmup_images: int = 300_000
    """Over so many pictures the KL term's weight rises from 0 to 1."""
    largest_gradient: float = 200.0
    """Norm to which longer gradients are cut."""
    critic: str = ""
    """Run, or what `slim` kept of it, of a style GAN of such pictures: rebuilt pictures are compared in its critic's
    feature maps too; see `critic_features.py`. Empty: they are not."""
    critic_weight: float = 20_000.0
    """Nats that a distance of 1 in the critic's feature maps, about that of two strangers' faces, costs."""
    components: int = 0
    """Gaussians of the mixture that samples are drawn from, fitted to the encoded training pictures; 0 draws from
    N(0, I)."""
    condition: str = ""
    """Makes a conditional model of classes: what the pictures' labels are called, e.g. "digit". Empty: none."""


@dataclass(frozen=True, kw_only=True)
class AutoencoderConfig(HierarchicalVaeConfig):
    """A plain autoencoder; see `autoencoder.py`."""

    family: ClassVar[str] = "autoencoder"

    layout: str = "1x32"
    widths: tuple[int, ...] = (64, 32, 16)
    loss: Literal["squared", "spectral"] = "squared"
    """Squared error of pixels, or the spectral likelihood of `networks/likelihoods.py`."""


@dataclass(frozen=True, kw_only=True)
class JudgeConfig(PictureConfig):
    """What judges have in common: how they learn, and how much their pictures are moved meanwhile."""

    lr: float = 2e-3
    """Learning rate."""
    decay_images: int = 600_000
    """Over so many pictures the learning rate falls to 0, along a cosine."""
    weight_decay: float = 0.02
    """Of AdamW."""
    turn: float = 12.0
    """Pictures are turned by up to so many degrees."""
    scale: float = 0.1
    """Pictures are enlarged or reduced by up to this share."""
    shift: float = 0.08
    """Pictures are shifted by up to this share of their side."""


@dataclass(frozen=True, kw_only=True)
class ClassifierConfig(JudgeConfig):
    """A judge of classes; see `classifier.py`."""

    family: ClassVar[str] = "classifier"

    classes: int = 10
    """How many classes the data has."""
    width: int = 16
    """Channels of the first block."""
    features: int = 128
    """Dimensions of the features that pictures are compared in."""


@dataclass(frozen=True, kw_only=True)
class AttributesConfig(JudgeConfig):
    """A judge of attributes; see `attributes.py`."""

    family: ClassVar[str] = "attributes"

    attributes: tuple[str, ...]
    """Columns of truth values in the data."""
    half: Literal["first", "second", "both"] = "both"
    """Of the labelled pictures: judges of different halves have learned from different people's opinions."""
    lr: float = 5e-4
    decay_images: int = 80_000
    turn: float = 6.0
    scale: float = 0.06
    shift: float = 0.04


@dataclass(frozen=True, kw_only=True)
class EncoderConfig(PictureConfig):
    """An encoder for a style GAN that is trained already; see `encoder.py`."""

    family: ClassVar[str] = "encoder"

    model: str
    """The model folder that the encoder becomes a part of."""
    gan: str
    """The run that this folder was exported from, or what `slim` kept of it."""
    lr: float = 1e-3
    """Learning rate."""
    decay_images: int = 200_000
    """Over so many pictures the learning rate falls to 0, along a cosine."""
    nearness: float = 0.02
    """Weight of the styles' distance from their mean: far from it there are no faces to edit."""
