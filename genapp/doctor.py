"""What works on this machine and what does not, in plain lines."""

from __future__ import annotations

import platform
import time
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from genapp.model import engine, hardware, library
from genapp.model.engine import EngineError, Settings
from genapp.model.model import Model

PACKAGES = (
    "gradio",
    "huggingface-hub",
    "imageio-ffmpeg",
    "numpy",
    "onnxruntime",
    "onnxruntime-gpu",
    "pillow",
    "pydantic",
    "safetensors",
    "torch",
)


def report(models: Iterable[str | Path] = ()) -> tuple[list[str], list[str]]:
    """Look at Python, packages, processors and every model, each opened and run.

    Args:
        models: folders or Hub ids to look into besides the shipped ones.

    Returns:
        Lines to read, and lines about problems.
    """
    installed = {name: number for name in PACKAGES if (number := _version(name))}
    lines = [f"Python {platform.python_version()} on {platform.platform()}"]
    lines += [f"{name} {number}" for name, number in installed.items()]
    problems = []
    if {"onnxruntime", "onnxruntime-gpu"} <= installed.keys():
        problems.append(
            "onnxruntime and onnxruntime-gpu are both installed and overwrite each other: "
            "`pip uninstall onnxruntime onnxruntime-gpu`, then install one"
        )
    found = library.find([*models, library.SHIPPED])
    problems += [problem.message for problem in found.problems]
    entries = [*found.models, *found.judges]
    lines += _processors(entries[0].folder if entries else None)
    for entry in entries:
        try:
            lines.append(_try(entry.folder, Settings.from_environment()))
        except (ValueError, EngineError) as error:
            problems.append(f"{entry.config.name}: {error}")
    return lines, problems


def _processors(folder: Path | None) -> Iterator[str]:
    import onnxruntime

    listed = (name.removesuffix("ExecutionProvider") for name in onnxruntime.get_available_providers())
    yield f"processor: {hardware.processor_features()}, {hardware.usable_cores()} cores for this process"
    yield f"GPU: {hardware.nvidia_gpu() or 'none'}"
    yield f"ONNX Runtime is built for {', '.join(listed)}"
    if problem := engine.cuda_problem():
        yield f"CUDA cannot be used: {problem}"
    elif folder is not None:
        try:
            yield f"CUDA works: {_try(folder, Settings('cuda', 1))}"
        except (ValueError, EngineError) as error:
            yield f"CUDA cannot be used: {error}"


def _try(folder: Path, settings: Settings) -> str:
    model = Model(folder, settings)
    model.warm()
    begin = time.perf_counter()
    model.warm()
    milliseconds = (time.perf_counter() - begin) * 1000
    return f"model {model.config.name} runs on {model.provider}, {settings.threads} threads, {milliseconds:.1f} ms"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
