"""Finds models: those shipped in assets/models, in other people's folders, on the Hugging Face Hub."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from genapp.model.config import CONFIG_FILE, ConfigError, ModelConfig
from genapp.shipped import MODELS

SHIPPED = MODELS
"""The folder of the models that come with GenApp."""
HUB_ID = re.compile(r"^[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}$")
TENSORS = ("latents.safetensors", "attributes.safetensors")
HUB_FILES = (CONFIG_FILE, "*.onnx", *TENSORS, "metrics.json", "README.md", "samples*.png")
"""What is fetched of a Hub repo: a model folder's files and nothing else, so no code."""


@dataclass(frozen=True)
class Entry:
    """A model folder with a valid `config.json`. Its files are checked when it is opened."""

    folder: Path
    config: ModelConfig


@dataclass(frozen=True)
class Problem:
    """A folder that was meant to hold a model and cannot be used; `message` says why."""

    folder: Path
    message: str


@dataclass(frozen=True)
class Library:
    """What was found: generators, judges (never offered as generators), and what was broken."""

    models: tuple[Entry, ...] = ()
    judges: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()


def shipped() -> Library:
    """The models in assets/models, by name."""
    return find([SHIPPED])


def find(sources: Iterable[str | Path]) -> Library:
    """Look for models.

    Args:
        sources: model folders, folders of model folders, or Hub ids (downloaded). Of two models with one name the
            first wins and the second is a problem.

    Returns:
        The models found; a broken folder is listed among the problems and spoils nothing else.
    """
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for source in sources:
        try:
            folders = _folders(_fetched(source))
        except (ConfigError, ValueError) as error:
            problems.append(Problem(Path(source), str(error)))
            continue
        for folder in folders:
            try:
                config = ModelConfig.load(folder)
            except ConfigError as error:
                problems.append(Problem(folder, str(error)))
                continue
            first = entries.setdefault(config.name, Entry(folder, config))
            if first.folder.resolve() != folder.resolve():
                message = (
                    f"{folder} is left out: {first.folder} is named {config.name} too; rename one in {CONFIG_FILE}"
                )
                problems.append(Problem(folder, message))
    found = tuple(entries.values())
    return Library(
        tuple(entry for entry in found if entry.config.role == "generator"),
        tuple(entry for entry in found if entry.config.role == "judge"),
        tuple(problems),
    )


def resolve(source: str | Path, models: Iterable[str | Path] = ()) -> Path:
    """The folder of a model.

    Args:
        source: a name among `models` and the shipped ones, a model folder, or a Hub id.
        models: folders to look for the name in, before the shipped ones.

    Raises:
        ValueError: there is no such model; the message lists those there are.
    """
    text = str(source)
    found = find([*models, SHIPPED]) if "/" not in text and "\\" not in text else Library()
    for entry in (*found.models, *found.judges):
        if entry.config.name == text:
            return entry.folder
    for problem in found.problems:
        if problem.folder.name == text:
            raise ConfigError(problem.message)
    if Path(source).is_dir() or HUB_ID.match(text):
        return _fetched(source)
    names = ", ".join(entry.config.name for entry in (*found.models, *found.judges)) or "none here"
    raise ValueError(f"there is no model {text!r}: give a name ({names}), a model folder, or a Hub id owner/name")


def fetch(hub_id: str) -> Path:
    """Download a model repo from the Hugging Face Hub, once, and give its folder.

    Raises:
        ValueError: it cannot be had: no such repo, no permission, no network.
    """
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(hub_id, allow_patterns=list(HUB_FILES)))
    except Exception as error:  # the client raises its own, httpx's and OSError
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ValueError(f"{hub_id} cannot be fetched from the Hub: {reason}") from error


def _fetched(source: str | Path) -> Path:
    if Path(source).is_dir():
        return Path(source)
    if HUB_ID.match(str(source)):
        return fetch(str(source))
    raise ValueError(f"{source} is neither a folder nor a Hub id owner/name")


def _folders(root: Path) -> list[Path]:
    """`root` itself where it looks like a model folder, else those of its subfolders that do."""
    if _looks_like_a_model(root):
        return [root]
    try:
        inside = sorted(path for path in root.iterdir() if path.is_dir() and _looks_like_a_model(path))
    except OSError as error:
        raise ConfigError(f"{root} cannot be read: {error.strerror}") from None
    if not inside:
        raise ConfigError(f"{root} holds no models: neither it nor its folders have a {CONFIG_FILE}")
    return inside


def _looks_like_a_model(folder: Path) -> bool:
    return (folder / CONFIG_FILE).exists() or any(folder.glob("*.onnx"))
