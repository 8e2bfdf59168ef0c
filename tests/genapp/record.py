"""Records what the shipped models draw, for `test_same_pictures.py`: `python -m tests.genapp.record`.

Run it when a model's weights change, never because code changed: its pictures are what the code must go on drawing.
Fifty recipes a model (plain, truncated, mixed, edited, conditional, finished, enlarged, of a latent, encoded) are kept
as JSON with the sha256 of what they draw, and 8 x 8 block means of each picture for machines that round otherwise.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

import genapp
from genapp.model import library

RECORDED = Path(__file__).parent / "recorded"
COUNT = 50
FINISHES = (
    {"brightness": 1.2, "contrast": 0.9},
    {"sharpen": 1.0},
    {"edges": 0.5, "contrast": 1.3},
    {"saturation": 0.4, "warmth": 0.6, "sharpen": 0.5},
)


def recipes(model: Any, config: dict[str, Any], classes: tuple[str, ...], attributes: tuple[str, ...]) -> list[dict]:
    """The recipes of a generator with a prior, as JSON; each kind as often as the model can."""
    name, styles = config["name"], list(config["latent"]["styles"])
    directions = list(model.directions)
    condition = next((c["name"] for c in config["conditions"] if c["kind"] == "class"), None)
    made: list[dict] = []

    def add(index: int, **fields: Any) -> None:
        if condition and "conditions" not in fields:
            fields["conditions"] = {condition: classes[index % len(classes)]}
        made.append({"schema_version": 1, "model": name, **fields})

    for index in range(8):
        add(index, seed=index)
    for index in range(6):
        add(index, seed=100 + index, truncation=(0.3, 0.5, 0.7, 0.9, 1.2, -1.0)[index])
    for index in range(8 if styles else 0):
        shares = {styles[index % len(styles)]: (1.0, 0.5)[index % 2]}
        add(index, seed=200 + index, truncation=0.8, mix={"seed": 300 + index, "truncation": 0.7, "shares": shares})
    for index in range(8 if directions else 0):
        edits = {directions[index % len(directions)]: 1.5, directions[(index + 3) % len(directions)]: -0.7}
        add(index, seed=400 + index, truncation=0.7, edits=edits)
    for index in range(6 if attributes else 0):
        wanted = {attributes[index % len(attributes)]: True, attributes[(index + 2) % len(attributes)]: False}
        add(index, seed=500 + index, truncation=0.8, conditions=wanted)
    if condition:
        add(0, seed=7, truncation=0.8, conditions={condition: [classes[2], classes[0], classes[2], classes[6]]})
    for index in range(6):
        add(index, seed=600 + index, truncation=0.8, finish=FINISHES[index % len(FINISHES)])
    for index in range(4):
        add(index, seed=700 + index, truncation=0.8, enlarge=(2, 4, 3, 8)[index])
    latent = np.random.RandomState(1).standard_normal((config["latent"]["layers"], config["latent"]["width"]))
    add(5, w=np.round(latent, 3).tolist(), finish={"brightness": 1.1})
    index = len(made)
    encodes = 6 if "encoder" in config["graphs"] else 0
    while len(made) < COUNT - encodes:
        add(index, seed=1000 + index, truncation=(1.0, 0.8, 0.6)[index % 3])
        index += 1
    return made[: COUNT - encodes]


def encoded(model: Any, picture: np.ndarray, conditions: dict[str, Any]) -> np.ndarray:
    """The picture that a model remembers of `picture`, uint8 (H, W, C)."""
    w = model.encode(picture[None], **conditions)
    return model.decode(w, **conditions)[0]


def draw(model: Any, entry: dict[str, Any], drawn: list[np.ndarray]) -> np.ndarray:
    """The picture of an entry, uint8 (H, W, C); `drawn` are those of the entries before it."""
    if "recipe" in entry:
        return genapp.Recipe.from_json(json.dumps(entry["recipe"])).render(model)
    return encoded(
        model, starts()[entry["encode"]] if entry["of"] == "digits-gan" else drawn[entry["encode"]], entry["conditions"]
    )


def starts() -> np.ndarray:
    """Digits for an autoencoder, which draws none of its own accord: uint8 (50, 28, 28, 1)."""
    return genapp.load_model("digits-gan").generate(range(2000, 2000 + COUNT))


def sha256(picture: np.ndarray) -> str:
    """Of a picture's shape and pixels."""
    return hashlib.sha256(repr(picture.shape).encode() + picture.tobytes()).hexdigest()


def block_means(picture: np.ndarray) -> np.ndarray:
    """uint8 (8, 8, C): the mean of each of 8 x 8 blocks."""
    rows = np.array_split(picture.astype(float), 8, axis=0)
    means = [[block.mean(axis=(0, 1)) for block in np.array_split(row, 8, axis=1)] for row in rows]
    return np.rint(np.array(means)).astype(np.uint8)


def record(folder: Path) -> None:
    """Write the recording of one model folder."""
    config = json.loads((folder / "config.json").read_text("utf-8"))
    model = genapp.load_model(folder)
    classes = next((tuple(c["labels"]) for c in config["conditions"] if c["kind"] == "class"), ())
    attributes = tuple(c["name"] for c in config["conditions"] if c["kind"] == "attribute")
    condition = next((c["name"] for c in config["conditions"] if c["kind"] == "class"), None)
    entries: list[dict] = []
    if config["sampling"] is None:
        entries = [{"encode": index, "of": "digits-gan", "conditions": {}} for index in range(COUNT)]
    else:
        entries = [{"recipe": recipe} for recipe in recipes(model, config, classes, attributes)]
        for index in range(COUNT - len(entries)):
            asked = {condition: classes[index % len(classes)]} if condition else {}
            entries.append({"encode": index, "of": config["name"], "conditions": asked})
    drawn: list[np.ndarray] = []
    for entry in entries:
        picture = draw(model, entry, drawn)
        entry["sha256"] = sha256(picture)
        drawn.append(picture)
    sealed = genapp.Recipe(model=config["name"], w=np.zeros(model.mean.shape).tolist()).sealed(model)
    kept = {"model_sha256": sealed.model_sha256, "fingerprint": sealed.fingerprint.model_dump(), "entries": entries}
    (RECORDED / f"{config['name']}.json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    np.savez_compressed(RECORDED / f"{config['name']}.npz", means=np.stack([block_means(p) for p in drawn]))
    print(config["name"], len(entries))


def main() -> None:
    """Record every shipped generator, or those named on the command line."""
    for path in sorted(library.SHIPPED.glob("*/config.json")):
        if json.loads(path.read_text("utf-8"))["role"] == "generator" and sys.argv[1:] in ([], [path.parent.name]):
            record(path.parent)


if __name__ == "__main__":
    main()
