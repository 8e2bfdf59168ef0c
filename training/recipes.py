"""The recipes: a configuration for each model that ships, and for your own pictures, by name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from training.core.config import TrainConfig
from training.evaluation.features import EFFICIENTNET
from training.families.config import (
    AttributesConfig,
    AutoencoderConfig,
    ClassifierConfig,
    EncoderConfig,
    GanConfig,
    VaeConfig,
)

MNIST = "assets/data/mnist"
CELEBA = "data/celeba"

DIGITS: dict[str, Any] = {"task": "digits", "licence": "CC BY-SA 3.0", "data": MNIST, "size": 28, "channels": 1}
DIGITS_GAN = GanConfig(
    name="digits-gan",
    title="Digits: GAN",
    widths=(96, 48),
    batch=32,
    latent=128,
    style=128,
    generator_lr=4e-3,
    critic_lr=4e-3,
    decay_images=360_000,
    **DIGITS,
)
FACES: dict[str, Any] = {
    "task": "faces",
    "licence": "non-commercial research",
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
FACES_VAE = FACES | {"batch": 32, "widths": (256, 192, 128, 64, 48), "depth": (1, 2), "flips": True}
FACES_GAN = GanConfig(
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
"""Chosen by `benchmarks/ablation.py`, and at 64x64 by the probes in `docs/RESULTS.md`."""
FACES_JUDGE = AttributesConfig(
    name="faces-judge",
    title="Faces: judge of attributes",
    attributes=FACE_ATTRIBUTES,
    half="second",
    **FACES,
)

RECIPES: dict[str, TrainConfig] = {
    config.name: config
    for config in (
        DIGITS_GAN,
        replace(DIGITS_GAN, name="digits-conditional-gan", title="Digits to order: GAN", condition="digit"),
        GanConfig(
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
            **DIGITS,
        ),
        GanConfig(
            name="digits-wgan",
            title="Digits: Wasserstein GAN",
            widths=(96, 48),
            loss="wasserstein",
            generator_lr=1e-3,
            critic_lr=1e-3,
            penalty_weight=10.0,
            penalty_every=1,
            critic_steps=3,
            **DIGITS,
        ),
        VaeConfig(name="digits-vae", title="Digits: VAE", ema_images=100_000, **DIGITS),
        VaeConfig(
            name="digits-conditional-vae",
            title="Digits to order: VAE",
            layout="1x32",
            warmup_images=0,
            condition="digit",
            **DIGITS,
        ),
        VaeConfig(
            name="digits-vae-2d",
            title="Digits: VAE with a map",
            layout="1x2",
            widths=(96, 32, 16),
            warmup_images=0,
            **DIGITS,
        ),
        AutoencoderConfig(name="digits-autoencoder", title="Digits: autoencoder", **DIGITS),
        VaeConfig(
            name="faces-vae",
            title="Faces: VAE",
            **FACES_VAE,
            layout="1x128",
            likelihood="spectral",
            warmup_images=30_000,
            largest_gradient=20_000.0,
            critic="assets/weights/faces-gan",
            components=10,
        ),
        AutoencoderConfig(
            name="faces-autoencoder",
            title="Faces: autoencoder",
            **FACES_VAE,
            layout="1x256",
            loss="spectral",
        ),
        ClassifierConfig(name="digits-judge", title="Digits: judge", **DIGITS),
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
        EncoderConfig(
            name="faces-encoder",
            title="Faces: encoder of the GAN",
            model="faces-gan",
            gan="assets/weights/faces-gan",
            batch=16,
            **FACES,
        ),
        FACES_JUDGE,
        replace(FACES_JUDGE, name="faces-labeller", title="Faces: labeller", half="first"),
        GanConfig(
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
        GanConfig(
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
