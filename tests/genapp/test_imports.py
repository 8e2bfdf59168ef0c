"""What may be imported, and what an import may cost."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _modules_after(statement: str) -> set[str]:
    script = f"{statement}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_importing_genapp_is_light() -> None:
    heavy = {"numpy", "onnxruntime", "pydantic", "gradio", "torch", "PIL", "huggingface_hub", "safetensors"}
    assert not _modules_after("import genapp") & heavy


def test_the_model_side_starts_no_page_and_no_session() -> None:
    heavy = {"onnxruntime", "gradio", "torch", "training", "huggingface_hub", "imageio_ffmpeg", "tyro"}
    imports = "from genapp.latents import walk; from genapp.model import library, model"
    assert not _modules_after(f"{imports}; from genapp.picture import recipe") & heavy


@pytest.mark.parametrize("module", ["genapp.__main__", "genapp.doctor", "genapp.pixels.animation"])
def test_the_command_line_loads_neither_torch_nor_training(module: str) -> None:
    assert not _modules_after(f"import {module}") & {"torch", "training", "datasets"}


def _imported(folder: Path) -> set[str]:
    """Top-level names of every import statement under `folder`."""
    names = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names


def _required(path: Path) -> set[str]:
    """Names of the distributions in a requirements file, without those of files that it includes."""
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return {re.match(r"[A-Za-z0-9._-]+", line).group().lower() for line in lines if line and line[0] not in "#-"}


def _distributions(names: set[str]) -> set[str]:
    """The distributions that bring these top-level packages; ONNX Runtime's two are one."""
    known = packages_distributions() | {"dlib": ["dlib-bin"]}  # its wheel does not say what it brings
    found = {distribution.lower().replace("_", "-") for name in names for distribution in known.get(name, [name])}
    return {"onnxruntime" if name.startswith("onnxruntime") else name for name in found}


def test_requirements_name_what_the_app_imports_and_no_more() -> None:
    imported = _distributions(_imported(ROOT / "genapp") - {"genapp"})
    required = {
        "onnxruntime" if name.startswith("onnxruntime") else name for name in _required(ROOT / "requirements.txt")
    }
    # torch is there for the CUDA libraries that it brings, and for training.
    assert required - {"torch"} == imported


def test_nothing_in_genapp_names_torch_or_training() -> None:
    assert not _imported(ROOT / "genapp") & {"torch", "training", "datasets", "pickle"}


@pytest.mark.parametrize("folders", [("training",), ("training", "benchmarks", "tests")], ids=["training", "tests"])
def test_requirements_name_what_is_imported(folders: tuple[str, ...]) -> None:
    ours = {"genapp", "training", "benchmarks", "tests", "app"}
    imported = _distributions(set().union(*(_imported(ROOT / folder) for folder in folders)) - ours)
    files = [ROOT / "requirements.txt", *(ROOT / f / "requirements.txt" for f in folders if f != "benchmarks")]
    assert imported - {"onnxruntime"} <= set().union(*map(_required, files))


def test_onnx_runtime_does_not_call_home_unless_the_host_says_so() -> None:
    script = "import os, genapp; print(os.environ['ORT_DISABLE_TELEMETRY'])"
    for asked, expected in ({}, "1"), ({"ORT_DISABLE_TELEMETRY": "0"}, "0"):
        environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"} | asked
        command = [sys.executable, "-c", script]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == expected
