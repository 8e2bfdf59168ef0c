"""Makes small model folders of cartoon faces: what moves, what looks, what colours sits in layers of its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import TensorProto
from PIL import Image, ImageDraw, ImageFilter
from safetensors.numpy import save_file

from genapp.model.config import AttributeCondition, Latent, ModelConfig, Provenance, file_sha256
from genapp.model.kinds.image import ImageOutput
from tests.folders import Builder

SIZE = 64
PICTURE = (SIZE, SIZE, 3)
STYLES = {"coarse": (0, 2), "middle": (2, 4), "fine": (4, 6)}
LAYERS, WIDTH, DIM = 6, 4, 12
LICENCE = "non-commercial research"
LOOKS = ("smiling", "black_hair", "blond_hair", "eyes_wide_open")


def make_face_gan(folder: Path, name: str = "faces-gan") -> Path:
    """A style model, 64 x 64 x 3: z through a mapping to six styles. Its mean is a face, not a blank.

    Directions: "smiling", in the layers of features, and "pca-1", which moves the face aside.
    """
    rows = [row for layer in range(LAYERS) for row in _moves(layer // 2, 10 + layer)]
    _generator(folder, np.stack(rows), LAYERS, WIDTH, blur=0.6)
    build = Builder(np.random.RandomState(1))
    hidden = build.node("Mul", build.linear("z", DIM, LAYERS * WIDTH), build.constant(1.5, np.float32))
    build.reshape(build.node("Tanh", hidden), -1, LAYERS, WIDTH, out="w")
    latents = {"z": (TensorProto.FLOAT, (DIM,))}, {"w": (TensorProto.FLOAT, (LAYERS, WIDTH))}
    build.save(folder / "mapping.onnx", *latents)
    latent = Latent(dim=DIM, layers=LAYERS, width=WIDTH, styles=STYLES)
    directions = {"smiling": _direction(slice(2, 4), 1), "pca-1": _direction(slice(0, 2), 0)}
    return _card(folder, name, "gan", latent, np.full((LAYERS, WIDTH), 0.05, np.float32), directions)


def _direction(layers: slice, column: int) -> np.ndarray:
    direction = np.zeros((LAYERS, WIDTH), np.float32)
    direction[layers, column] = 0.4
    return direction


def make_face_vae(folder: Path, name: str = "faces-vae") -> Path:
    """Softer faces without styles: w is z. Its encoder finds the w that draws a picture best."""
    rows = [row for kind in range(3) for row in _moves(kind, 30 + kind)]
    _generator(folder, 0.5 * np.stack(rows), 1, len(rows), blur=2.5)
    _encoder(folder, 0.5 * np.stack(rows), blur=2.5)
    latent = Latent(dim=len(rows), layers=1, width=len(rows))
    return _card(folder, name, "vae", latent, np.zeros((1, len(rows)), np.float32))


def make_face_artist(folder: Path, name: str = "faces-conditional-gan") -> Path:
    """Such a style model that takes orders: a smile, black or blond hair, never both, wide eyes with a smile only."""
    make_face_gan(folder, name)
    still = _logits(_portrait())
    looks = [_logits(_portrait(smile=6)) - still, *_hair(still), _logits(_portrait(eyes=4)) - still]
    rows = np.stack([row for layer in range(LAYERS) for row in _moves(layer // 2, 10 + layer)])
    _generator(folder, rows, LAYERS, WIDTH, blur=0.6, looks=np.stack(looks))
    counts = {(-1, -1, -1, -1): 5, (-1, 1, -1, -1): 8, (1, 1, -1, -1): 8, (1, -1, 1, -1): 4, (1, -1, -1, 1): 3}
    save_file(
        {"rows": np.array(list(counts), np.int8), "counts": np.array(list(counts.values()), np.int64)},
        folder / "attributes.safetensors",
    )
    config = ModelConfig.load(folder)
    files = ("generator.onnx", "attributes.safetensors")
    config.model_copy(
        update={
            "conditions": tuple(AttributeCondition(name=name, graphs=("generator",)) for name in LOOKS),
            "sha256": config.sha256 | {file: file_sha256(folder / file) for file in files},
        }
    ).save(folder)
    return folder


def _hair(still: np.ndarray) -> list[np.ndarray]:
    """Black and blond, as moves in the space of logits."""
    hair = np.abs(_logits(_portrait(paint=True)) - still).max(2, keepdims=True) > 0.5
    return [
        hair * (_logits(np.full(PICTURE, 1.0) * colour) - still) for colour in ((0.05, 0.05, 0.05), (0.9, 0.8, 0.5))
    ]


def _generator(
    folder: Path, rows: np.ndarray, layers: int, width: int, blur: float, looks: np.ndarray | None = None
) -> None:
    """sigmoid(average face + w . rows + the looks that are asked for), all of them blurred."""
    folder.mkdir(parents=True, exist_ok=True)
    build = Builder(np.random.RandomState(0))
    weights = np.stack([_blurred(row, blur) for row in rows]).reshape(layers * width, -1)
    flat = build.reshape("w", -1, layers * width)
    moved = build.node("MatMul", flat, build.constant(weights, np.float32))
    logits = build.node("Add", moved, build.constant(_blurred(_logits(_portrait()), blur).ravel(), np.float32))
    inputs = {"w": (TensorProto.FLOAT, (layers, width))}
    if looks is not None:
        asked = build.node("Max", "attributes", build.constant(0, np.float32))
        table = build.constant(looks.reshape(len(looks), -1), np.float32)
        logits = build.node("Add", logits, build.node("MatMul", asked, table))
        inputs["attributes"] = (TensorProto.FLOAT, (len(looks),))
    levels = build.node("Mul", build.node("Sigmoid", logits), build.constant(255, np.float32))
    build.reshape(build.node("Cast", build.node("Round", levels), to=TensorProto.UINT8), -1, *PICTURE, out="image")
    build.save(folder / "generator.onnx", inputs, {"image": (TensorProto.UINT8, PICTURE)})


def _encoder(folder: Path, rows: np.ndarray, blur: float) -> None:
    """Least squares for w in the space of logits."""
    build = Builder(np.random.RandomState(0))
    weights = np.stack([_blurred(row, blur) for row in rows]).reshape(len(rows), -1)
    levels = build.node("Cast", "image", to=TensorProto.FLOAT)
    shares = build.node("Div", levels, build.constant(255, np.float32))
    inside = build.node("Clip", shares, build.constant(0.01, np.float32), build.constant(0.99, np.float32))
    odds = build.node("Div", inside, build.node("Sub", build.constant(1, np.float32), inside))
    logits = build.reshape(build.node("Log", odds), -1, SIZE * SIZE * 3)
    moved = build.node("Sub", logits, build.constant(_blurred(_logits(_portrait()), blur).ravel(), np.float32))
    w = build.node("MatMul", moved, build.constant(np.linalg.pinv(weights), np.float32))
    build.reshape(w, -1, 1, len(rows), out="w")
    inputs, outputs = {"image": (TensorProto.UINT8, PICTURE)}, {"w": (TensorProto.FLOAT, (1, len(rows)))}
    build.save(folder / "encoder.onnx", inputs, outputs)


def _moves(kind: int, seed: int) -> list[np.ndarray]:
    """Four directions in the space of logits, float (64, 64, 3): of shape (0), of features (1), of colours (2)."""
    random = np.random.RandomState(seed)
    if kind == 0:
        still = _logits(_portrait())
        turns = [
            _logits(_portrait(**change)) - still for change in ({"shift": 4}, {"lift": 3}, {"wide": 3}, {"tall": 3})
        ]
        return [turn * random.uniform(0.5, 1) for turn in turns]
    if kind == 1:
        still = _logits(_portrait())
        looks = [
            _logits(_portrait(**change)) - still for change in ({"eyes": 2}, {"smile": 5}, {"hair": 6}, {"brow": 3})
        ]
        return [look * random.uniform(0.5, 1) for look in looks]
    hair, skin = _logits(_portrait(paint=True)), _logits(_portrait(paint=False))
    regions = [np.abs(hair - skin) > 1, np.abs(skin) > 0.6, np.ones(PICTURE, bool), np.ones(PICTURE, bool)]
    return [region * random.standard_normal(3) * 0.4 for region in regions]


def _portrait(
    shift: int = 0,
    lift: int = 0,
    wide: int = 0,
    tall: int = 0,
    eyes: int = 0,
    smile: int = 0,
    hair: int = 0,
    brow: int = 0,
    paint: bool = False,
) -> np.ndarray:
    """A cartoon face, float (64, 64, 3) in 0 .. 1."""
    image = Image.new("RGB", (SIZE * 4, SIZE * 4), (96, 120, 140))
    pen = ImageDraw.Draw(image)
    x, y = 128 + 4 * shift, 132 - 4 * lift
    w, h = 66 + 4 * wide, 84 + 4 * tall
    pen.ellipse((x - w - 24, y - h - 34, x + w + 24, y + h - 10 + 8 * hair), (170, 60, 60) if paint else (70, 48, 36))
    pen.rectangle((x - 30, y + h - 20, x + 30, 256), (206, 158, 132))
    pen.ellipse((x - w, y - h, x + w, y + h), (222, 176, 150))
    for side in (-1, 1):
        at = x + side * 28
        pen.ellipse((at - 11, y - 20 - 3 * eyes, at + 11, y - 4 + 3 * eyes), (250, 250, 250))
        pen.ellipse((at - 6, y - 18, at + 6, y - 6), (50, 40, 30))
        pen.line((at - 15, y - 34 - 2 * brow, at + 15, y - 34 - 2 * brow), (90, 60, 40), 5)
    pen.line((x, y - 8, x - 5, y + 18, x + 4, y + 20), (180, 130, 108), 5, joint="curve")
    pen.arc((x - 28, y + 22 - 3 * smile, x + 28, y + 50 + 2 * smile), 20, 160, (170, 70, 70), 7)
    return np.asarray(image.resize((SIZE, SIZE), Image.Resampling.BOX)) / 255


def _logits(picture: np.ndarray) -> np.ndarray:
    clipped = np.clip(picture, 0.02, 0.98)
    return np.log(clipped / (1 - clipped))


def _blurred(logits: np.ndarray, radius: float) -> np.ndarray:
    low, high = logits.min(), logits.max() + 1e-6
    levels = Image.fromarray(np.rint((logits - low) / (high - low) * 255).astype(np.uint8))
    return np.asarray(levels.filter(ImageFilter.GaussianBlur(radius))) / 255 * (high - low) + low


def _card(
    folder: Path,
    name: str,
    family: str,
    latent: Latent,
    mean: np.ndarray,
    directions: dict[str, np.ndarray] | None = None,
) -> Path:
    directions = directions or {}
    tensors = {"mean": mean} | {f"directions.{name}": vector for name, vector in directions.items()}
    tensors |= {f"ranges.{name}": np.array([-3, 3], np.float32) for name in directions}
    save_file(tensors, folder / "latents.safetensors")
    graphs = {path.stem: path.name for path in sorted(folder.glob("*.onnx"))}
    ModelConfig(
        name=name,
        title=name.replace("-", " ").title(),
        role="generator",
        task="faces",
        family=family,
        output=ImageOutput(height=SIZE, width=SIZE, channels=3),
        latent=latent,
        sampling="normal",
        graphs=graphs,
        sha256={file: file_sha256(folder / file) for file in (*graphs.values(), "latents.safetensors")},
        licence=LICENCE,
        provenance=Provenance(
            data="data/cartoons",
            data_sha256="0" * 64,
            command="none",
            commit="none",
            images_seen=0,
            minutes=0,
            threads=1,
        ),
    ).save(folder)
    (folder / "metrics.json").write_text("{}\n", "utf-8")
    (folder / "README.md").write_text("# Cartoon faces for tests\n", "utf-8")
    return folder


def drawn_face(side: int, scale: float = 1.0) -> np.ndarray:
    """Hair, face, brows, eyes, nose and mouth as ellipses: uint8 (side, side, 3)."""
    large = 512
    picture = Image.new("RGB", (large, large), (90, 110, 130))
    draw = ImageDraw.Draw(picture)

    def ellipse(x: float, y: float, width: float, height: float, colour: tuple[int, int, int]) -> None:
        left, top, right, bottom = x - width, y - height, x + width, y + height
        draw.ellipse([large * (0.5 + scale * edge) for edge in (left, top, right, bottom)], colour)

    ellipse(0, -0.08, 0.36, 0.44, (50, 35, 30))
    ellipse(0, 0.03, 0.29, 0.38, (215, 175, 150))
    for x in (-0.125, 0.125):
        ellipse(x, -0.12, 0.085, 0.022, (70, 45, 35))
        ellipse(x, -0.05, 0.07, 0.035, (240, 240, 240))
        ellipse(x, -0.05, 0.034, 0.034, (40, 30, 30))
    ellipse(0, 0.05, 0.03, 0.09, (195, 150, 125))
    ellipse(0, 0.22, 0.105, 0.035, (150, 60, 60))
    return np.asarray(picture.resize((side, side), Image.Resampling.LANCZOS))


def photograph(*places: tuple[int, int, int, float], size: tuple[int, int]) -> Image.Image:
    """Drawn faces on a plain ground: centre, side and degrees clockwise of each. `size` is width and height."""
    ground = (90, 110, 130)
    photo = Image.new("RGB", size, ground)
    for x, y, side, turn in places:
        face = Image.fromarray(drawn_face(side)).rotate(-turn, Image.Resampling.BICUBIC, fillcolor=ground)
        photo.paste(face, (x - side // 2, y - side // 2))
    return photo
