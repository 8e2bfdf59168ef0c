"""GenApp's command line: python -m genapp list | generate | write | redraw | dataset | verify | doctor | serve."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import tyro

import genapp
from genapp.model import library
from genapp.model.engine import EngineError
from genapp.picture.dataset import SUFFIXES, Kind, Order, counts_of
from genapp.picture.dataset import write as write_dataset
from genapp.picture.packing import pack
from genapp.picture.writing import conditions_of
from genapp.pixels import png

Models = Annotated[tuple[str, ...], tyro.conf.arg(metavar="DIR|HUB-ID", help="Where else to look for models.")]
Pairs = tuple[str, ...]
MAX_FILES = 10_000


class UsageError(ValueError):
    """A command that cannot be done; the message says what to write instead."""


def list_models(models: Models = ()) -> int:
    """List the models that can be opened, and the folders that cannot."""
    found = library.find([*models, library.SHIPPED])
    for entry in (*found.models, *found.judges):
        config = entry.config
        print(f"{config.name:24} {config.role:10} {config.family:12} {config.output.summary:10} {config.title}")
    return _complain(problem.message for problem in found.problems)


def generate(
    model: tyro.conf.Positional[str],
    seed: int = 0,
    count: int = 1,
    truncation: float = 1.0,
    condition: Pairs = (),
    edit: Pairs = (),
    out: Path = Path(),
    sheet: Path | None = None,
    columns: int = 8,
    models: Models = (),
) -> int:
    """Draw pictures as PNG files that carry their recipes, or one sheet of them.

    Args:
        model: Name, model folder or Hub id.
        seed: Of the first picture; the next has the next seed.
        count: How many pictures.
        truncation: -2 to 2. Below 1: less variety, more typical pictures.
        condition: NAME=LABEL of a class, NAME=true or NAME=false of an attribute.
        edit: NAME=AMOUNT of a direction of the model.
        out: Folder for the PNG files.
        sheet: Write this PNG with all of the pictures instead.
        columns: Of the sheet.
        models: Where else to look for the model.
    """
    if not 1 <= count <= MAX_FILES:
        raise UsageError(f"--count is {count}: ask for 1 to {MAX_FILES} pictures")
    opened = genapp.load_model(model, models)
    conditions, edits = _conditions(condition), _amounts(edit)
    if sheet is not None:
        from genapp.pixels.sheet import contact_sheet

        if sheet.suffix.lower() != ".png":
            raise UsageError(f"--sheet is {sheet}: let its name end in .png")
        pictures = opened.generate(range(seed, seed + count), truncation, edits, **conditions)
        page = contact_sheet(pictures, columns)
        sheet.parent.mkdir(parents=True, exist_ok=True)
        sheet.write_bytes(png.encode(page))
        print(sheet)
        return 0
    out.mkdir(parents=True, exist_ok=True)
    for number in range(seed, seed + count):
        path = out / f"{opened.config.name}-{number}{opened.config.output.suffix}"
        recipe = genapp.Recipe(model=model, seed=number, truncation=truncation, conditions=conditions, edits=edits)
        recipe.save(path, opened)
        print(path)
    return 0


def write(
    model: tyro.conf.Positional[str],
    text: tyro.conf.Positional[str],
    seed: int = 0,
    truncation: float = 0.8,
    enlarge: int = 4,
    out: Path | None = None,
    models: Models = (),
) -> int:
    """Write a number in one hand, as a PNG that carries its recipe.

    Args:
        model: Name, model folder or Hub id of a model that writes.
        text: What to write, e.g. 2026.
        seed: Of the hand.
        truncation: -2 to 2. Below 1: more usual hands.
        enlarge: How many times as large as the model draws.
        out: The file; by default MODEL-TEXT.png in this folder.
        models: Where else to look for the model.
    """
    opened = genapp.load_model(model, models)
    conditions = conditions_of(opened.config, text)
    recipe = genapp.Recipe(model=model, seed=seed, truncation=truncation, conditions=conditions, enlarge=enlarge)
    path = out or Path(f"{opened.config.name}-{''.join(text.split())}.png")
    path.parent.mkdir(parents=True, exist_ok=True)
    recipe.save(path, opened)
    print(path)
    return 0


def redraw(
    model: tyro.conf.Positional[str],
    photo: tyro.conf.Positional[Path],
    face: int = 1,
    edit: Pairs = (),
    enlarge: int = 4,
    out: Path | None = None,
    models: Models = (),
) -> int:
    """Draw the face in a photograph as a model of faces would, as a PNG that carries its recipe.

    From that recipe the face can be drawn again: give the file to nobody who should not have it.

    Args:
        model: Name, model folder or Hub id of a model that draws faces and has an encoder.
        photo: A picture file.
        face: Which face, from the left.
        edit: NAME=AMOUNT of a direction of the model.
        enlarge: How many times as large as the model draws.
        out: The file; by default redrawn.png in this folder.
        models: Where else to look for the model.
    """
    from genapp.photo.face_crop import cut_out, faces_in, read_photo

    opened = genapp.load_model(model, models)
    if opened.config.task != "faces" or "encoder" not in opened.config.graphs:
        raise UsageError(f"{opened.config.name} cannot redraw faces: choose a model of faces with an encoder")
    picture = read_photo(photo)
    frames = faces_in(picture)
    if not 1 <= face <= len(frames):
        raise UsageError(f"--face is {face}: the photo has {len(frames)}")
    w = opened.encode(cut_out(picture, frames[face - 1], opened.config.image)[None])[0]
    path = out or Path("redrawn.png")
    path.parent.mkdir(parents=True, exist_ok=True)
    genapp.Recipe(model=model, w=pack(w), edits=_amounts(edit), enlarge=enlarge).save(path, opened)
    print(path)
    return 0


def dataset(
    model: tyro.conf.Positional[str],
    count: int = 10_000,
    each: Pairs = (),
    kind: Kind = "png",
    out: Path | None = None,
    seed: int = 0,
    truncation: float = 1.0,
    models: Models = (),
) -> int:
    """Draw labelled pictures for the training of other models, in one file. Ctrl-C leaves nothing.

    Args:
        model: Name, model folder or Hub id of a model that draws classes on demand.
        count: How many pictures, as many of each class.
        each: LABEL=COUNT instead, for every class that is wanted.
        kind: png: a zip of pictures with labels.csv; npz: NumPy's arrays; parquet: for `datasets`; idx: MNIST's files.
        out: The file; by default MODEL-COUNT with the format's suffix, in this folder.
        seed: Of the first picture; the next has the next seed.
        truncation: -2 to 2. Below 1: less variety, more typical pictures.
        models: Where else to look for the model.
    """
    from tqdm import tqdm

    opened = genapp.load_model(model, models)
    order = Order(counts_of(opened.config, count, _counts(each)), seed, truncation)
    path = out or Path(f"{opened.config.name}-{order.total}{SUFFIXES[kind]}")
    with tqdm(total=order.total, unit="picture", disable=None) as bar:
        for done in write_dataset(opened, order, path, kind):
            bar.update(done - bar.n)
    print(path)
    return 0


def verify(picture: tyro.conf.Positional[Path], models: Models = ()) -> int:
    """Draw a saved picture again from the recipe in it and compare. Exit code 0: it is what its recipe says; 1: not.

    Args:
        picture: A PNG that GenApp saved.
        models: Where else to look for its model.
    """
    result = genapp.verify(picture, models=models)
    print(f"{picture}: {result.message}")
    return 0 if result.ok else 1


def doctor(models: Models = ()) -> int:
    """Say what works on this machine: versions, processors, and every model, opened and run."""
    from genapp.doctor import report

    lines, problems = report(models)
    print("\n".join(lines))
    return _complain(problems)


def serve(models: Models = (), host: str | None = None, port: int | None = None) -> int:
    """Open the page, as `python app.py` does.

    Args:
        models: Folders or Hub ids of more models.
        host: Address to listen on; 0.0.0.0 lets other machines in. Default: this machine only.
        port: Where the page answers. Default: the first free one from 7860.
    """
    from genapp.ui.server.app import main as open_page

    options = {"--models": models, "--host": (host,) if host else (), "--port": (str(port),) if port else ()}
    open_page([word for option, values in options.items() if values for word in (option, *values)])
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 done; 1 a picture or a model is not right; 2 it cannot be done, and one line says why; 130 stopped.
    """
    commands: dict[str, Callable[..., int]] = {
        "list": list_models,
        "generate": generate,
        "write": write,
        "redraw": redraw,
        "dataset": dataset,
        "verify": verify,
        "doctor": doctor,
        "serve": serve,
    }
    try:
        return tyro.extras.subcommand_cli_from_dict(commands, prog=_called(), description=__doc__, args=arguments)
    except KeyboardInterrupt:
        print("genapp: stopped", file=sys.stderr)
        return 130
    except (ValueError, EngineError, OSError) as error:
        print(f"genapp: {' '.join(_reason(error).split())}", file=sys.stderr)
        return 2


def _called() -> str:
    """How this program was called: by the name of the console script, or as a module."""
    return "genapp" if Path(sys.argv[0]).stem == "genapp" else "python -m genapp"


def _reason(error: Exception) -> str:
    from pydantic import ValidationError

    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error)


def _complain(problems: Iterable[str]) -> int:
    problems = list(problems)
    for problem in problems:
        print(f"problem: {problem}", file=sys.stderr)
    return 1 if problems else 0


def _pairs(option: str, pairs: Pairs) -> dict[str, str]:
    parted = {pair: pair.partition("=") for pair in pairs}
    for pair, (name, sign, value) in parted.items():
        if not (name and sign and value):
            raise UsageError(f"--{option} is {pair!r}: write NAME=VALUE")
    return {name: value for name, _, value in parted.values()}


def _counts(pairs: Pairs) -> dict[str, int]:
    texts = _pairs("each", pairs)
    try:
        return {label: int(text) for label, text in texts.items()}
    except ValueError:
        raise UsageError(f"--each is {' '.join(pairs)}: write LABEL=COUNT, a whole number") from None


def _conditions(pairs: Pairs) -> dict[str, str | bool]:
    attribute = {"true": True, "false": False}
    return {name: attribute.get(value, value) for name, value in _pairs("condition", pairs).items()}


def _amounts(pairs: Pairs) -> dict[str, float]:
    texts = _pairs("edit", pairs)
    try:
        return {name: float(text) for name, text in texts.items()}
    except ValueError as error:
        raise UsageError(f"--edit: {error}") from None


if __name__ == "__main__":
    sys.exit(main())
